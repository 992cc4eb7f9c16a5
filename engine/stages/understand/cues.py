"""Setting, mood and energy of sentences, by word tables in both languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.contract.storyboard import Hour, Language, Mood, Place, Setting, Weather
from engine.stages.understand.gazetteer import DATA
from engine.stages.understand.words import ParsedSentence, Word

#: Used when a text says nothing of place, hour and weather.
DEFAULT_SETTING = Setting(place=Place.FIELD, hour=Hour.NOON, weather=Weather.CLEAR)
#: How much of the mood of the sentence before is carried over.
_MOOD_CARRY = 0.35
#: Share of the whole text's cues that is added to each sentence.
_MOOD_WHOLE = 0.25


#: Added to a cue that stands where a place stands.
_PLACED = 1.2
_DENIAL = frozenset({"no", "not", "n't", "never", "without", "lose", "lost", "nor", "neither"})
_DENIED_ZH = re.compile(r"(?:不|没|没有|失去|毫无|无|并非|不再)$")
_PREPOSITIONS = frozenset(
    {
        "in",
        "on",
        "at",
        "through",
        "across",
        "into",
        "inside",
        "near",
        "by",
        "to",
        "along",
        "from",
        "under",
        "over",
    }
)


class WordCues:
    """Counts cue words of several classes in a sentence."""

    def __init__(self, classes: Mapping[str, Mapping[str, Sequence[str]]], *, places: bool = False) -> None:
        #: Words after 在 or before 里 and the like, that say where a thing is and not only what.
        self._placed: dict[str, re.Pattern[str]] = {}
        self._places = places
        if places:
            self._placed = {name: _located(words["zh"]) for name, words in classes.items()}
        self._chinese = {name: _alternatives(words["zh"]) for name, words in classes.items() if words["zh"]}
        self._english: dict[str, set[str]] = {}
        self._phrases: dict[str, re.Pattern[str]] = {}
        for name, words in classes.items():
            singles = {word for word in words["en"] if re.fullmatch(r"[a-z'é-]+", word)}
            self._english[name] = singles
            phrases = [word for word in words["en"] if word not in singles]
            if phrases:
                self._phrases[name] = re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b")

    def _weight(self, sentence: ParsedSentence, index: int) -> float:
        """How much an English cue counts: nothing after "no" or "lost", more where a place stands."""
        words = sentence.words
        if any(word.lemma in _DENIAL for word in words[max(0, index - 2) : index]):
            return 0.0
        word = words[index]
        behind = word.dep == "pobj" and words[word.head].lemma in _PREPOSITIONS
        return 1.0 + (_PLACED if self._places and behind else 0.0)

    def count(self, sentence: ParsedSentence, plain: str) -> dict[str, float]:
        """Return how often each class is named; classes that are not named are left out."""
        text = plain[sentence.start : sentence.end]
        counts: dict[str, float] = {}
        for name, pattern in self._chinese.items():
            found = float(
                len([m for m in pattern.finditer(text) if not _DENIED_ZH.search(text[: m.start()])])
            )
            placed = self._placed.get(name)
            if found:
                counts[name] = found + (_PLACED * len(placed.findall(text)) if placed is not None else 0.0)
        lowered = text.lower()
        for name, singles in self._english.items():
            found = sum(
                self._weight(sentence, i) for i, word in enumerate(sentence.words) if _is_one(word, singles)
            )
            pattern_found = len(self._phrases[name].findall(lowered)) if name in self._phrases else 0
            if found or pattern_found:
                counts[name] = counts.get(name, 0.0) + found + 1.5 * pattern_found
        return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingCues:
    """What a sentence says of its setting; None where it says nothing."""

    place: Place | None
    hour: Hour | None
    weather: Weather | None
    #: How many cue words were found.
    strength: float


class SettingFinder:
    """Finds place, hour and weather."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._place = WordCues(tables["place"], places=True)
        self._hour = WordCues(tables["hour"])
        self._weather = WordCues(tables["weather"])

    @classmethod
    def load(cls) -> SettingFinder:
        """Read data/settings.toml."""
        return cls(tomllib.loads((DATA / "settings.toml").read_text(encoding="utf-8")))

    def cues(self, sentence: ParsedSentence, plain: str, named: Iterable[str] = ()) -> SettingCues:
        """Read the cues of one sentence; ``named`` are settings of landmarks and places in it."""
        places = self._place.count(sentence, plain)
        for name in named:
            places[name] = places.get(name, 0.0) + 1.2
        hours = self._hour.count(sentence, plain)
        weathers = self._weather.count(sentence, plain)
        place, hour, weather = _best(places), _best(hours), _best(weathers)
        return SettingCues(
            place=Place(place) if place else None,
            hour=Hour(hour) if hour else None,
            weather=Weather(weather) if weather else None,
            strength=sum(places.values()) + sum(hours.values()) + sum(weathers.values()),
        )

    @staticmethod
    def settle(cues: Sequence[SettingCues]) -> tuple[Setting, ...]:
        """Give every sentence a setting: its own cues, else those before it, else the first ones."""
        place = next((cue.place for cue in cues if cue.place), DEFAULT_SETTING.place)
        hour = cues[0].hour or next((cue.hour for cue in cues[:2] if cue.hour), None)
        weather = cues[0].weather
        hour = hour or (Hour.NIGHT if place is Place.SPACE else DEFAULT_SETTING.hour)
        weather = weather or DEFAULT_SETTING.weather
        settings: list[Setting] = []
        for cue in cues:
            if cue.place is not None and cue.place is not place and cue.weather is None and settings:
                weather = DEFAULT_SETTING.weather
            place, hour, weather = cue.place or place, cue.hour or hour, cue.weather or weather
            settings.append(Setting(place=place, hour=hour, weather=weather))
        return tuple(settings)


class MoodFinder:
    """Finds mood and energy: cue words, VADER for English feelings, a valence list for Chinese ones."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415 - reads its lexicon

        self._cues = WordCues(tables["cue"])
        energy = tables["energy"]
        self._energy = WordCues(
            {
                "high": {"en": energy["high_en"], "zh": energy["high_zh"]},
                "low": {"en": energy["low_en"], "zh": energy["low_zh"]},
            }
        )
        self._good = _alternatives([*tables["valence"]["good"], *tables["cue"]["happy"]["zh"]])
        self._bad = _alternatives(
            [*tables["valence"]["bad"], *tables["cue"]["sad"]["zh"], *tables["cue"]["tense"]["zh"]]
        )
        self._vader = SentimentIntensityAnalyzer()

    @classmethod
    def load(cls) -> MoodFinder:
        """Read data/moods.toml and VADER's lexicon."""
        return cls(tomllib.loads((DATA / "moods.toml").read_text(encoding="utf-8")))

    def read(self, sentences: Sequence[ParsedSentence], plain: str) -> list[tuple[Mood, float]]:
        """Return mood and energy of every sentence."""
        scores = [self._scores(sentence, plain) for sentence in sentences]
        whole = {mood: sum(row.get(mood, 0.0) for row in scores) / max(1, len(scores)) for mood in Mood}
        before: dict[Mood, float] = {}
        result: list[tuple[Mood, float]] = []
        for sentence, own in zip(sentences, scores, strict=True):
            mixed = {
                mood: own.get(mood, 0.0) + _MOOD_CARRY * before.get(mood, 0.0) + _MOOD_WHOLE * whole[mood]
                for mood in Mood
            }
            mixed[Mood.CALM] += 0.3
            mood = max(Mood, key=lambda name: mixed[name])
            result.append((mood, self._energy_of(sentence, plain, mood)))
            before = own
        return result

    def valence(self, sentence: ParsedSentence, plain: str) -> float:
        """Return the feeling of a sentence, -1 (bad) to 1 (good)."""
        text = plain[sentence.start : sentence.end]
        if sentence.language is Language.ENGLISH:
            return float(self._vader.polarity_scores(text)["compound"])
        good, bad = len(self._good.findall(text)), len(self._bad.findall(text))
        return (good - bad) / (good + bad + 2.0)

    def _scores(self, sentence: ParsedSentence, plain: str) -> dict[Mood, float]:
        scores = {Mood(name): value for name, value in self._cues.count(sentence, plain).items()}
        valence = self.valence(sentence, plain)
        if valence > 0.25:
            scores[Mood.HAPPY] = scores.get(Mood.HAPPY, 0.0) + 0.9 * valence
        elif valence < -0.25:
            darker = max((Mood.TENSE, Mood.SAD), key=lambda mood: scores.get(mood, 0.0))
            scores[darker] = scores.get(darker, 0.0) - 0.9 * valence
        return scores

    def _energy_of(self, sentence: ParsedSentence, plain: str, mood: Mood) -> float:
        counts = self._energy.count(sentence, plain)
        energy = _BASE_ENERGY[mood] + 0.12 * counts.get("high", 0.0) - 0.12 * counts.get("low", 0.0)
        energy += 0.1 * min(2, sentence.text.count("!") + sentence.text.count("！"))
        return round(min(1.0, max(0.05, energy)), 3)


_BASE_ENERGY = {
    Mood.CALM: 0.25,
    Mood.HAPPY: 0.5,
    Mood.SAD: 0.2,
    Mood.TENSE: 0.65,
    Mood.EPIC: 0.6,
    Mood.PLAYFUL: 0.6,
    Mood.MYSTERIOUS: 0.3,
}


def _alternatives(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True)))


def _is_one(word: Word, singles: set[str]) -> bool:
    return word.lemma in singles or word.text.lower() in singles


def _located(words: Iterable[str]) -> re.Pattern[str]:
    inner = "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))
    return re.compile(
        rf"(?:在|从|到|穿过|沿着|来到|走进|去|往|回)[^，。在]{{0,4}}?(?:{inner})|(?:{inner})(?:里|上|中|下|边|间|旁|外|内)"
    )


def _best(counts: Mapping[str, float]) -> str | None:
    return max(counts, key=lambda name: counts[name]) if counts else None
