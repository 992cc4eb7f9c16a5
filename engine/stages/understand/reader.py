"""From a text to a Reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine.contract.errors import EmptyPrompt, NoWords, UnsupportedLanguage
from engine.contract.request import LanguageChoice
from engine.contract.storyboard import (
    Action,
    Entity,
    EntityKind,
    Language,
    Reading,
    Sentence,
    Subject,
)
from engine.stages.understand import cleaning, commands, keywords, script
from engine.stages.understand.branch import BranchJudge
from engine.stages.understand.chinese import ChineseModel
from engine.stages.understand.concepts import ConceptIndex
from engine.stages.understand.cues import MoodFinder, SettingFinder
from engine.stages.understand.english import EnglishModel
from engine.stages.understand.entities import EntityFinder, as_entity
from engine.stages.understand.found import Found, SentenceSubjects, identity
from engine.stages.understand.gazetteer import Gazetteer
from engine.stages.understand.mending import mended
from engine.stages.understand.nouns import VerbTable
from engine.stages.understand.people import PeopleTable
from engine.stages.understand.sentences import Span, split_sentences
from engine.stages.understand.subjects import SubjectFinder
from engine.stages.understand.words import Mention, ParsedSentence


def load_reader(concepts_file: Path | None = None) -> Reader:
    """Load the models and tables of understanding; about two seconds.

    ``concepts_file`` is the generator's vocabulary (models/weights/concepts.json); None knows the names that
    the tables give, and no further labels. Raises CheckpointMissing when the file or a model is missing.
    """
    return Reader(ConceptIndex.from_file(concepts_file))


class Reader:
    """Reads texts. Built once, used for many; it keeps nothing of a text."""

    def __init__(self, concepts: ConceptIndex) -> None:
        verbs = self._verbs = VerbTable.load()
        self._gazetteer = Gazetteer.load()
        people = PeopleTable.load()
        self._english = EnglishModel()
        self._chinese = ChineseModel(
            _lexicon(self._gazetteer, people, concepts), frozenset(concepts.words(Language.CHINESE))
        )
        self._entities = EntityFinder(self._gazetteer, people, concepts)
        self._subjects = SubjectFinder(concepts, self._gazetteer, people, verbs)
        self._settings = SettingFinder.load()
        self._moods = MoodFinder.load()
        self._branches = BranchJudge.load(verbs)
        self.concepts = concepts

    @property
    def versions(self) -> tuple[str, ...]:
        """Names and versions of the language models."""
        return (self._english.name, self._chinese.name)

    def read(self, text: str, choice: LanguageChoice = LanguageChoice.AUTO) -> Reading:
        """Understand ``text``.

        Raises EmptyPrompt when it is blank, NoWords when it has no letters or digits, and UnsupportedLanguage
        when none of them are Latin or Chinese. Other languages in Latin letters are read as far as they go
        and named in the notes.
        """
        if not text.strip():
            raise EmptyPrompt
        clean = commands.blank_command(cleaning.calmed(cleaning.readable(text)))
        if not cleaning.has_words(clean):
            raise NoWords
        finding = script.find_language(clean, choice)
        if not finding.readable:
            raise UnsupportedLanguage
        plain = script.simplified(clean)
        sentences = self.parse(clean)
        if not sentences:
            raise NoWords
        mentions = [self._entities.find(plain, sentence) for sentence in sentences]
        subjects = self._subjects.read(plain, sentences, mentions)
        return self._assemble(text, plain, finding, sentences, mentions, subjects)

    def branch_features(self, text: str) -> list[dict[str, float]]:
        """Return the features of the branch decision for every sentence, for fitting its weights."""
        clean = cleaning.readable(text)
        plain = script.simplified(clean)
        sentences = self.parse(clean)
        mentions = [self._entities.find(plain, sentence) for sentence in sentences]
        found = self._subjects.read(plain, sentences, mentions)
        return [
            self._branches.features(
                sentence,
                subjects,
                named,
                self._settings.cues(
                    sentence, plain, self._named_settings(plain, sentence, named, subjects)
                ).strength,
            )
            for sentence, subjects, named in zip(sentences, found, mentions, strict=True)
        ]

    def parse(self, clean: str) -> list[ParsedSentence]:
        """Parse every sentence with the model of its language."""
        spans = split_sentences(clean)
        chinese = [script.is_chinese(clean[span.start : span.end]) for span in spans]
        english_spans = [span for span, is_zh in zip(spans, chinese, strict=True) if not is_zh]
        chinese_spans = [span for span, is_zh in zip(spans, chinese, strict=True) if is_zh]
        parsed: dict[Span, ParsedSentence] = {}
        english = [mended(sentence, self._verbs) for sentence in self._english.parse(clean, english_spans)]
        parsed.update(zip(english_spans, english, strict=True))
        parsed.update(zip(chinese_spans, self._chinese.parse(clean, chinese_spans), strict=True))
        return [parsed[span] for span in spans]

    def _assemble(
        self,
        text: str,
        plain: str,
        finding: script.LanguageFinding,
        sentences: Sequence[ParsedSentence],
        mentions: Sequence[Sequence[Mention]],
        found: Sequence[SentenceSubjects],
    ) -> Reading:
        cues = [
            self._settings.cues(sentence, plain, self._named_settings(plain, sentence, named, subjects))
            for sentence, named, subjects in zip(sentences, mentions, found, strict=True)
        ]
        moods = self._moods.read(sentences, plain)
        all_mentions = [mention for named in mentions for mention in named]
        subjects, indices, actions = _subject_table(found)
        return Reading(
            text=text,
            language=finding.language,
            sentences=tuple(
                self._sentence(text, sentence, moods[i], found[i], mentions[i], cues[i].strength)
                for i, sentence in enumerate(sentences)
            ),
            entities=_entities(text, all_mentions, found),
            keywords=keywords.find_keywords(text, sentences, all_mentions),
            subjects=subjects,
            sentence_subjects=indices,
            sentence_actions=actions,
            settings=SettingFinder.settle(cues),
            notes=finding.notes,
        )

    def _sentence(
        self,
        text: str,
        sentence: ParsedSentence,
        mood: tuple,  # type: ignore[type-arg]
        found: SentenceSubjects,
        mentions: Sequence[Mention],
        setting: float,
    ) -> Sentence:
        decision = self._branches.decide(sentence, found, mentions, setting)
        return Sentence(
            text=text[sentence.start : sentence.end],
            start=sentence.start,
            end=sentence.end,
            branch=decision.branch,
            why=decision.why,
            mood=mood[0],
            energy=mood[1],
        )

    def _named_settings(
        self, plain: str, sentence: ParsedSentence, mentions: Sequence[Mention], found: SentenceSubjects
    ) -> list[str]:
        named = [item.place for item in found.found if item.place]
        for mention in mentions:
            if mention.kind is EntityKind.PLACE:
                entry = self._gazetteer.lookup(plain[mention.start : mention.end], sentence.language)
                if entry is not None and entry.place:
                    named.append(entry.place)
        return named


_TAG_OF_KIND = {EntityKind.ORGANIZATION: "ORG", EntityKind.EVENT: "nz", EntityKind.PERSON: "PER"}


def _lexicon(gazetteer: Gazetteer, people: PeopleTable, concepts: ConceptIndex) -> dict[str, str]:
    """Return the Chinese words that the tables know, of three characters or more, with their LAC tags."""
    lexicon = dict.fromkeys(concepts.words(Language.CHINESE), "n")
    lexicon |= dict.fromkeys(people.words(Language.CHINESE), "n")
    for name, entry in gazetteer.sure[Language.CHINESE].entries.items():
        lexicon[name] = _TAG_OF_KIND.get(entry.kind, "LOC")
    for name in gazetteer.cities[Language.CHINESE]:
        if len(name) > 2:
            lexicon.setdefault(name, "LOC")
    return {word: tag for word, tag in lexicon.items() if len(word) > 2 or tag == "LOC"}


def _subject_table(
    found: Sequence[SentenceSubjects],
) -> tuple[tuple[Subject, ...], tuple[tuple[int, ...], ...], tuple[tuple[Action, ...], ...]]:
    """Return the subjects once each, and which of them (doing what) every sentence has."""
    subjects: list[Subject] = []
    places: dict[tuple[str | None, str], int] = {}
    indices: list[tuple[int, ...]] = []
    actions: list[tuple[Action, ...]] = []
    for row in found:
        own: dict[int, Action] = {}
        for item in row.found:
            index = _place_of(item, places, subjects)
            own.setdefault(index, item.subject.action)
        indices.append(tuple(own))
        actions.append(tuple(own.values()))
    return tuple(subjects), tuple(indices), tuple(actions)


def _place_of(item: Found, places: dict[tuple[str | None, str], int], subjects: list[Subject]) -> int:
    subject = item.subject
    key = identity(subject)
    if key not in places:
        places[key] = len(subjects)
        subjects.append(subject)
    known = subjects[places[key]]
    if known.action is Action.STAND and subject.action is not Action.STAND:
        subjects[places[key]] = replace(known, action=subject.action)
    return places[key]


def _entities(
    text: str, mentions: Sequence[Mention], found: Sequence[SentenceSubjects]
) -> tuple[Entity, ...]:
    """Return the key information, with the drawable nouns that no other kind covers as OBJECT."""
    entities = [as_entity(text, mention) for mention in mentions]
    for row in found:
        for item in row.found:
            free = all(item.end <= mention.start or mention.end <= item.start for mention in mentions)
            pointing = item.subject.text != text[item.start : item.end]
            if (
                free
                and not pointing
                and not item.person
                and item.subject.concept
                and item.subject.score >= 0.6
            ):
                entities.append(
                    Entity(
                        text=text[item.start : item.end],
                        kind=EntityKind.OBJECT,
                        start=item.start,
                        end=item.end,
                        normal=item.subject.concept.replace("_", " "),
                    )
                )
    ordered: dict[tuple[int, int], Entity] = {}
    for entity in sorted(entities, key=lambda entity: (entity.start, entity.end)):
        ordered.setdefault((entity.start, entity.end), entity)
    return tuple(ordered.values())


__all__ = ["Language", "Reader", "load_reader"]
