"""All mentions of a sentence, and which of them win."""

from __future__ import annotations

from collections.abc import Iterable

from engine.contract.storyboard import Entity, EntityKind, Language
from engine.stages.understand.chinese_entities import ChineseEntities
from engine.stages.understand.concepts import ConceptIndex
from engine.stages.understand.dates import DateFinder
from engine.stages.understand.english_entities import EnglishEntities
from engine.stages.understand.gazetteer import Gazetteer
from engine.stages.understand.measures import MeasureFinder
from engine.stages.understand.people import PeopleTable
from engine.stages.understand.words import Mention, ParsedSentence


class EntityFinder:
    """Finds the key information of sentences in both languages."""

    def __init__(self, gazetteer: Gazetteer, people: PeopleTable, concepts: ConceptIndex) -> None:
        self._measures = MeasureFinder.from_file()
        self._dates = DateFinder.from_file()
        self._english = EnglishEntities(gazetteer, people, frozenset(concepts.words(Language.ENGLISH)))
        self._chinese = ChineseEntities(gazetteer, people, frozenset(concepts.words(Language.CHINESE)))

    def find(self, plain: str, sentence: ParsedSentence) -> list[Mention]:
        """Return the mentions of one sentence, in order, without overlaps.

        ``plain`` is the text in simplified characters; offsets are those of the text as given.
        """
        language = sentence.language
        found: list[Mention] = []
        found += self._measures.find(plain, sentence.start, sentence.end, language)
        found += self._dates.find(plain, sentence.start, sentence.end, language)
        if language is Language.CHINESE:
            found += self._chinese.find(plain, sentence)
        else:
            found += self._english.find(plain, sentence)
        return resolve(found)


def resolve(mentions: Iterable[Mention]) -> list[Mention]:
    """Keep the best of overlapping mentions: the higher priority, then the longer, then the earlier.

    A longer mention of a name swallows a shorter one of nearly the same priority.
    """
    kept: list[Mention] = []
    for mention in sorted(mentions, key=_rank):
        if mention.end > mention.start and all(
            mention.end <= other.start or mention.start >= other.end for other in kept
        ):
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def _rank(mention: Mention) -> tuple[float, int, int]:
    length = mention.end - mention.start
    bonus = (
        min(length, 24)
        if mention.kind not in {EntityKind.DATE, EntityKind.QUANTITY}
        else min(length, 24) * 0.5
    )
    return (-(mention.priority + bonus), -length, mention.start)


def as_entity(text: str, mention: Mention) -> Entity:
    """Turn a mention into an entity of the contract."""
    return Entity(
        text=text[mention.start : mention.end],
        kind=mention.kind,
        start=mention.start,
        end=mention.end,
        normal=mention.normal,
        measure=mention.measure,
    )
