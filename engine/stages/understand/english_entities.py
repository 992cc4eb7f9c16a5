"""Key information of English sentences: the model's entities, mended by tables and rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.contract.storyboard import EntityKind, Language
from engine.stages.understand.gazetteer import DATA, Entry, Gazetteer, Hit, read_rows
from engine.stages.understand.people import PeopleTable
from engine.stages.understand.words import Mention, ParsedSentence, Word

_EN = Language.ENGLISH
_ARTICLE = re.compile(
    r"^(?:the|a|an|this|that|these|those|its|their|his|her|our|my|your|some|all|about|around|nearly|almost|"
    r"over|more than|at least|up to)\s+",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"(?:['’]s?|[,.;:])$")
_LANDMARK_WORDS = re.compile(
    r"\b(?:Tower|Bridge|Castle|Palace|Cathedral|Basilica|Church|Temple|Mosque|Shrine|Museum|Gallery|Monument|Memorial|"
    r"Statue|Stadium|Arena|Opera House|Theatre|Theater|Pagoda|Fort|Fortress|Abbey|Chapel|Lighthouse|"
    r"Observatory|Hall|"
    r"Pyramid|Pyramids|Falls|Waterfall|Canyon|Volcano|Glacier|Mountain|Mount|Mt|Peak|Gate|Wall|Fountain|Ruins|"
    r"Gardens?|Hill|Beach|Zoo|Dam|Cave|Caves|Skyscraper|Building|Plaza|Mausoleum|Tomb|National Park|"
    r"Library)\b"
)
#: Kinds of places whose names are no given names; single names of heavenly bodies that are none either.
_LANDSCAPES = frozenset({"river", "sea", "ocean", "desert", "lake"})
_HEAVENLY = frozenset({"Moon", "Sun", "Mars", "Earth", "Saturn", "Jupiter"})
_OFFICES = re.compile(
    r"\b(?:Bank|University|Church|Ministry|Department|Institute|Society|Academy|Order|Council|Republic|House|Board|Chamber|"
    r"Bureau|Office|Court|School|College) of (?:the )?[A-Z][\w’-]+(?: (?:and )?[A-Z][\w’-]+)*"
)
_JAPANESE_TEMPLE = re.compile(r"[a-z]-(?:ji|dera|in|jo|jinja|taisha)$")
_PLACE_WORDS = re.compile(
    r"\b(?:Street|Road|Lane|Avenue|Airport|Highway|Boulevard|Railway|Islands?|Bay|River|Valley|Coast)\b"
)
_HONORIFICS = frozenset(
    [
        "Mr",
        "Mrs",
        "Ms",
        "Miss",
        "Dr",
        "Prof",
        "Professor",
        "Doctor",
        "Judge",
        "Officer",
        "Coach",
        "Detective",
        "Inspector",
        "Chef",
        "Nurse",
        "Aunt",
        "Uncle",
    ]
)
_NOT_LANDMARK = re.compile(
    r"\b(?:University|College|Company|Inc|Corporation|Ministry|Department|Committee|Council|Institute|School|Bank|Union)\b"
)
_EVENT_WORDS = re.compile(
    r"\b(?:Great )?(?:Fire|Plague|Famine|Flood|Exhibition|Migration|Storm|Eruption) of (?:the "
    r")?[A-Z][\w'’-]+(?: [A-Z0-9][\w'’-]+)*"
    r"|\b(?:(?:[A-Z][\w'’-]+|[12][0-9]{3}) )+(?:War|Wars|Revolution|Festival|Games|Olympics|Cup|"
    r"Championships?|Marathon|Parade|"
    r"Summit|Treaty|Rebellion|Uprising|Massacre|Earthquake|Hurricane|Fair|Expo|Exhibition|Grand Prix|Derby|"
    r"Conference|Carnival|Eclipse|Pandemic|Crisis|Crusade|Gold Rush|Open|Masters|Prix|Night|Week|Day)\b"
    r"|\b(?:Battle|Siege|Treaty|Fall|Siege|Feast|Treaty) of (?:the )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*"
    r"|\b(?:Hurricane|Typhoon|Cyclone|Operation|Apollo) (?:[A-Z][a-z]+|[0-9]{1,2})\b"
)
_RULERS = (
    "King|Queen|Emperor|Empress|Pope|Prince|Princess|Tsar|Czar|Pharaoh|Sultan|President|Sir|Lord|Lady|Saint|Duke|Duchess|"
    "Count|Countess|General|Admiral|Captain|Caliph|Kaiser|Shah|Khan|Maharaja|Baron"
)
_RULER_BEFORE = re.compile(rf"(?:\b(?:{_RULERS}) )+$")
_RULER_NAME = re.compile(
    rf"\b(?:{_RULERS}) (?!of\b)[A-Z][\w'’-]+(?: (?:[IVX]+\b|the [A-Z][a-z]+|[A-Z][a-z]+))*"
)
_TWO_NAMES = re.compile(
    r"\b(?P<given>[A-Z][a-zéèöüïá]+) (?P<rest>(?:(?:van|von|de|da|del|la|al|bin) )?[A-Z][\w’-]+)"
)
_AFTER_PREPOSITION = re.compile(
    r"\b(?:in|at|from|to|near|of|outside|around|for|between|and|through|towards|into) "
    r"(?P<name>[A-Z][\w’-]+(?: [A-Z][\w’-]+)?)"
)
_NUMERAL_AFTER = re.compile(
    r"^ (?:[IVX]{1,5}\b|the (?:Great|Conqueror|Magnificent|Terrible|First|Second|Third))"
)
_SCENE = re.compile(
    r"\b(?:(?:[a-z]+ )?(?:night sky|skyline|view|views|scenery|landscape|panorama|sunrise|sunset|lights|"
    r"northern lights|nightscape)"
    r" (?:of|over|above|across) (?:the |a |an )?(?:[A-Z]?[a-z'’-]+ ){0,2}[A-Za-z][\w'’-]+"
    r"|(?:[A-Z][\w'’-]+ )+(?:skyline|scenery|landscape|nightscape|countryside))"
)
_DURATION_DATE = re.compile(
    r"\b(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centuries|daily|annual|annually|year-old|every|each|old|"
    r"season|one|now|recent|modern|once|future|same|few|many|several)\b",
    re.IGNORECASE,
)
_SEASON = re.compile(r"^(?:(?:early|late|mid)[ -]?)?(?:winter|summer|spring|autumn|fall)s?$", re.IGNORECASE)
_DATE_SHAPE = re.compile(
    r"\d{4}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|May)|day\b|century|morning|evening|night|summer|winter|spring|autumn",
    re.ASCII,
)
_MODEL_KINDS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANIZATION,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.LANDMARK,
    "EVENT": EntityKind.EVENT,
    "DATE": EntityKind.DATE,
}
#: Common nouns that the model takes for names when they begin a sentence or a recipe.
_NO_NAME = re.compile(
    r"^(?:[a-z]|https?|Add|Stir|Bake|Heat|Mix|Serve|Preheat|Chop|Pour|Cook|Season|Boil|Fry|Dear|Hello|Figure|Table|Step|Chapter|Video|Note|AI|TV|Internet)\b"
)


class EnglishEntities:
    """Finds mentions in English sentences."""

    def __init__(
        self, gazetteer: Gazetteer, people: PeopleTable, common: frozenset[str] = frozenset()
    ) -> None:
        self._gazetteer = gazetteer
        self._people = people
        #: Common nouns, which are no names though a sentence begins with them.
        self._common = common
        self._given = frozenset(
            name for row in read_rows(DATA / "given_names.txt") for name in row[0].split()
        )

    def find(self, text: str, sentence: ParsedSentence) -> Iterator[Mention]:
        """Yield the mentions of one sentence; they may overlap."""
        yield from self._from_tables(text, sentence)
        yield from self._from_model(text, sentence)
        yield from self._from_patterns(text, sentence)
        yield from self._people_words(sentence)

    def _from_tables(self, text: str, sentence: ParsedSentence) -> Iterator[Mention]:
        labels = {(start, end): label for start, end, label in sentence.labels}
        for hit in self._gazetteer.find(text, sentence.start, sentence.end, _EN):
            name = text[hit.start : hit.end]
            label = next(
                (tag for (low, high), tag in labels.items() if low <= hit.start and hit.end <= high), ""
            )
            if self._is_name(sentence, hit, name, label):
                yield table_mention(hit, 60 if hit.entry.kind is EntityKind.LANDMARK else 55)

    def _is_name(self, sentence: ParsedSentence, hit: Hit, name: str, label: str) -> bool:
        words = sentence.words_between(hit.start, hit.end)
        if not words:
            return False
        kind, subkind = hit.entry.kind, hit.entry.subkind
        sure = kind in {EntityKind.LANDMARK, EntityKind.PERSON} or subkind in _LANDSCAPES or name in _HEAVENLY
        if label == "PERSON" and " " not in name and not sure:
            return False
        if self._gazetteer.is_doubtful(name) or name in {"US", "America"}:
            return label in {"GPE", "LOC"} or name in {"US", "America"}
        if hit.entry.subkind == "heavenly" and name in {"Earth", "Mars", "Mercury", "Titan", "Europa"}:
            return words[0].is_noun
        return any(word.pos == "PROPN" or word.text[0].isupper() for word in words)

    def _from_model(self, text: str, sentence: ParsedSentence) -> Iterator[Mention]:
        for raw_start, raw_end, label in sentence.labels:
            kind = _MODEL_KINDS.get(label)
            start, end = tidy(text, raw_start, raw_end)
            if label == "NORP":
                yield from self._nation(sentence, start, end)
            if kind is None or start >= end or _NO_NAME.match(text[start:end]):
                continue
            if kind is EntityKind.DATE:
                if (
                    _DATE_SHAPE.search(text[start:end])
                    and not _DURATION_DATE.search(text[start:end])
                    and not _SEASON.match(text[start:end])
                ):
                    year = re.fullmatch(r"1[0-9]{3}|20[0-9]{2}", text[start:end])
                    normal = year.group() if year else None
                    yield Mention(start=start, end=end, kind=kind, priority=40, normal=normal, source="model")
                continue
            yield from self._name(text, sentence, start, end, kind)

    def _name(
        self, text: str, sentence: ParsedSentence, start: int, end: int, kind: EntityKind
    ) -> Iterator[Mention]:
        name = text[start:end]
        words = sentence.words_between(start, end)
        kind = self._person_after_all(name, kind)
        if not any(word.pos in {"PROPN", "X"} or word.text[:1].isupper() for word in words):
            return
        if self._is_common(sentence, words, kind):
            return
        if kind is EntityKind.PERSON:
            start, end = _with_title(text, _with_first_names(sentence, start), end)
            if self._people.role(name.lower(), _EN) is None:
                yield Mention(start=start, end=end, kind=kind, priority=50, source="model")
            return
        role = self._people.listed(name.lower(), _EN)
        if role is not None and kind is EntityKind.ORGANIZATION:
            yield Mention(start=start, end=end, kind=EntityKind.PEOPLE, priority=45, source="people table")
            return
        entry = self._gazetteer.lookup(name, _EN)
        if kind is EntityKind.LANDMARK and " " not in name and entry is None:
            return
        kind = _kind_of_name(name, kind, entry)
        normal = None
        if entry is not None:
            normal = entry.country if kind is EntityKind.COUNTRY and entry.country else entry.english
        yield Mention(start=start, end=end, kind=kind, priority=45, normal=normal, source="model")

    def _person_after_all(self, name: str, kind: EntityKind) -> EntityKind:
        """A given name and a family name are a person, though the model says place or organization."""
        first, _, rest = name.partition(" ")
        if kind not in {EntityKind.ORGANIZATION, EntityKind.PLACE} or first not in self._given:
            return kind
        known = (
            self._gazetteer.lookup(name, _EN) or _LANDMARK_WORDS.search(name) or _NOT_LANDMARK.search(name)
        )
        return EntityKind.PERSON if rest.istitle() and "'" not in rest and not known else kind

    def _is_common(self, sentence: ParsedSentence, words: tuple[Word, ...], kind: EntityKind) -> bool:
        """Whether the model took the first word of a sentence for a name because of its capital letter."""
        first = sentence.words[0]
        if (
            len(words) != 1
            or words[0] is not first
            or kind not in {EntityKind.PERSON, EntityKind.ORGANIZATION}
        ):
            return False
        lowered = first.text.lower()
        if {lowered, lowered.removesuffix("s"), lowered.removesuffix("es"), first.lemma} & self._common:
            return True
        if self._people.listed(first.lemma, _EN) or self._people.listed(lowered.removesuffix("s"), _EN):
            return True
        speaks = len(sentence.words) > 1 and sentence.words[1].pos == "VERB"
        return kind is EntityKind.ORGANIZATION and first.text.istitle() and not speaks

    def _nation(self, sentence: ParsedSentence, start: int, end: int) -> Iterator[Mention]:
        words = sentence.words_between(start, end)
        if words and (
            words[-1].tag in {"NNPS", "NNS"} or (words[-1].is_noun and words[-1].text.endswith("s"))
        ):
            yield Mention(
                start=words[0].start, end=words[-1].end, kind=EntityKind.PEOPLE, priority=44, source="model"
            )

    def _from_patterns(self, text: str, sentence: ParsedSentence) -> Iterator[Mention]:
        span = (sentence.start, sentence.end)
        for match in _EVENT_WORDS.finditer(text, *span):
            start, end = tidy(text, match.start(), match.end())
            if " " in text[start:end]:
                yield Mention(start=start, end=end, kind=EntityKind.EVENT, priority=58, source="pattern")
        for match in _OFFICES.finditer(text, *span):
            if "Republic" not in match.group() and "Court" not in match.group().split(" of ")[1]:
                yield Mention(
                    start=match.start(),
                    end=match.end(),
                    kind=EntityKind.ORGANIZATION,
                    priority=59,
                    source="pattern",
                )
        for match in _SCENE.finditer(text, *span):
            start, end = tidy(text, match.start(), match.end())
            yield Mention(start=start, end=end, kind=EntityKind.SCENE, priority=95, source="pattern")
        for match in _TWO_NAMES.finditer(text, *span):
            given = match["given"] in self._given and self._gazetteer.lookup(match["rest"], _EN) is None
            words = sentence.words_between(match.start(), match.end())
            if given and words[0].pos == "PROPN" and not _LANDMARK_WORDS.search(match.group()):
                yield Mention(
                    start=match.start(), end=match.end(), kind=EntityKind.PERSON, priority=42, source="names"
                )
        yield from self._cities(text, sentence)
        for match in _RULER_NAME.finditer(text, *span):
            yield Mention(
                start=match.start(), end=match.end(), kind=EntityKind.PERSON, priority=57, source="pattern"
            )

    def _cities(self, text: str, sentence: ParsedSentence) -> Iterator[Mention]:
        """Cities that the model missed: a known large one after a preposition."""
        for match in _AFTER_PREPOSITION.finditer(text, sentence.start, sentence.end):
            name = match["name"]
            entry = self._gazetteer.city(name, _EN) or self._gazetteer.city(name.split(" ")[0], _EN)
            if entry is not None and entry.thousands >= 150:
                end = match.start("name") + len(entry.english if name.startswith(entry.english) else name)
                yield Mention(
                    start=match.start("name"),
                    end=end,
                    kind=EntityKind.PLACE,
                    priority=30,
                    normal=entry.english,
                    source="cities",
                )

    def _people_words(self, sentence: ParsedSentence) -> Iterator[Mention]:
        words = sentence.words
        for index, word in enumerate(words):
            if word.pos not in {"NOUN", "PROPN"} or word.dep in {"compound", "amod", "nmod"}:
                continue
            first = index
            while (
                first > 0 and words[first - 1].pos == "NOUN" and words[first - 1].dep in {"compound", "nmod"}
            ):
                first -= 1
            lemma = word.lemma
            if index == 0 and word.pos == "PROPN" and word.text.istitle():
                lemma = word.text.lower().removesuffix("s")
            role = self._people.role(lemma, _EN)
            if role is None and first < index:
                role = self._people.role(f"{words[index - 1].lemma} {word.lemma}", _EN)
            if role is None:
                role = self._two_words(words, index)
                first = index - 1 if role else first
            if role is not None and role.telling and not (word.pos == "PROPN" and word.text[0].islower()):
                if word.lemma in {"brother", "sister", "twin"} and index and words[index - 1].tag == "NNP":
                    first = index - 1
                if word.pos == "PROPN" and word.tag == "NNP" and index > 0 and not word.text.isupper():
                    continue
                yield Mention(
                    start=words[first].start,
                    end=word.end,
                    kind=EntityKind.PEOPLE,
                    priority=35,
                    normal=role.english,
                    source="people table",
                )

    def _two_words(self, words: tuple[Word, ...], index: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
        if index == 0:
            return None
        return self._people.role(f"{words[index - 1].lemma} {words[index].lemma}", _EN)


def _kind_of_name(name: str, kind: EntityKind, entry: Entry | None) -> EntityKind:
    """Mend the model's kind by the words of the name and by the tables."""
    if kind is EntityKind.LANDMARK and _NOT_LANDMARK.search(name):
        return EntityKind.ORGANIZATION
    if kind is EntityKind.PLACE and entry is not None:
        return entry.kind
    sight = " " in name and _LANDMARK_WORDS.search(name) and not _NOT_LANDMARK.search(name)
    if sight or _JAPANESE_TEMPLE.search(name):
        return EntityKind.LANDMARK
    if kind is EntityKind.LANDMARK and _PLACE_WORDS.search(name):
        return EntityKind.PLACE
    if kind is EntityKind.ORGANIZATION and entry is not None and entry.thousands > 300:
        return EntityKind.PLACE
    return kind


def table_mention(hit: Hit, priority: int) -> Mention:
    """Turn a table hit into a mention; its normal value is the country code, else the English name."""
    entry = hit.entry
    normal = entry.country if entry.kind is EntityKind.COUNTRY and entry.country else entry.english
    return Mention(
        start=hit.start, end=hit.end, kind=entry.kind, priority=priority, normal=normal, source="table"
    )


def tidy(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut articles, possessives and stray marks off a span."""
    while start < end and text[start] in " \"'“‘([\n":
        start += 1
    while (article := _ARTICLE.match(text[start:end])) is not None:
        start += article.end()
    while end > start and (text[end - 1] in " \"”’')]\n" or _POSSESSIVE.search(text[start:end])):
        cut = _POSSESSIVE.search(text[start:end])
        if cut and re.search(r"[A-Z]\.$", text[start:end]):
            break
        end = start + cut.start() if cut else end - 1
    return start, end


def _with_first_names(sentence: ParsedSentence, start: int) -> int:
    """Return where a person's name begins: the model sometimes leaves the given name out."""
    words = sentence.words
    index = next((i for i, word in enumerate(words) if word.start == start), 0)
    while index > 0 and words[index - 1].tag == "NNP" and words[index - 1].dep == "compound":
        before = words[index - 1]
        if words[before.head].start < start or not before.text.isalpha() or before.text in _HONORIFICS:
            break
        start, index = before.start, index - 1
    return start


def _with_title(text: str, start: int, end: int) -> tuple[int, int]:
    before = _RULER_BEFORE.search(text[max(0, start - 30) : start])
    if before:
        start -= len(before.group())
    after = _NUMERAL_AFTER.match(text[end : end + 20])
    return start, end + (len(after.group()) if after else 0)
