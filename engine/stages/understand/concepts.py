"""From a noun of the text to a concept of the generator's vocabulary, or to none.

Matchers are asked from the surest to the vaguest; each answer carries its trust and its reason. A wrong
picture is worse than none, so the vague ones are held back: faces, hands and signs never match by a tag.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from engine.contract.errors import CheckpointMissing
from engine.contract.storyboard import Language
from engine.stages.understand.gazetteer import DATA, names, read_rows

#: Below this trust a match is thrown away.
MIN_SCORE = 0.4
#: Chinese one-character nouns that may be the head of a longer word: 苹果树 is a tree.
_ZH_HEADS = frozenset(
    "树花鱼鸟车船山河湖桥塔楼寺庙岛马牛羊狗猫鸡鸭鹅蛇虎龙象鹿熊猴饼糖酒茶书画钟灯伞琴鼓箭剑球锅碗杯云雪雨旗"
)
_ZH_PREFIXES = re.compile(r"^(?:小|大|老|新|旧|红|白|黑|黄|蓝|绿|金|银|高|矮|长|古|美丽的|可爱的)")
_NEVER_HEAD = frozenset({"face", "button", "sign", "symbol", "mark", "japanese"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptMatch:
    """What was found for a noun."""

    #: Id in the vocabulary, None when nothing fits.
    concept: str | None
    #: Trust, 0 to 1; 0 for none.
    score: float
    #: The reason, for a person.
    why: str
    #: Kind for the procedural generator.
    kind: str = "object"


NO_MATCH = ConceptMatch(concept=None, score=0.0, why="no concept fits")


class Matcher(Protocol):
    """A further way to match, asked when the tables found nothing (sentence vectors, for example)."""

    def match(self, text: str, language: Language) -> ConceptMatch | None:
        """Return the best concept for a noun phrase, or None."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One entry of the vocabulary."""

    id: str
    label: Mapping[Language, str]
    tags: Mapping[Language, tuple[str, ...]]
    group: str
    subgroup: str


@dataclass(slots=True)
class _Tables:
    """Look-ups of one language."""

    synonyms: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    label_heads: dict[str, list[str]] = field(default_factory=dict)
    tags: dict[str, list[str]] = field(default_factory=dict)


class ConceptIndex:
    """The vocabulary with all the tables that lead to it."""

    def __init__(self, concepts: Sequence[Concept], *, fallback: Matcher | None = None) -> None:
        self._concepts = {concept.id: concept for concept in concepts}
        self._fallback = fallback
        kinds: dict[str, Any] = tomllib.loads((DATA / "drawing_kinds.toml").read_text("utf-8"))
        self._kind_by_subgroup: dict[str, str] = kinds["subgroup"]
        self._kind_by_concept: dict[str, str] = kinds["concept"]
        self._closed = frozenset(kinds["closed"]["subgroups"])
        self._vague = frozenset(kinds["closed"]["tags"])
        self._abstract = AbstractNouns.load()
        self._tables = {language: _Tables() for language in Language}
        self._index(concepts)

    @classmethod
    def from_file(cls, path: Path | None, *, fallback: Matcher | None = None) -> ConceptIndex:
        """Read the vocabulary; None gives one without labels and tags, whose synonyms are still known.

        Raises CheckpointMissing when the file is not there or is not such a table.
        """
        if path is None:
            return cls((), fallback=fallback)
        try:
            rows = json.loads(path.read_text(encoding="utf-8"))
            return cls([_concept(row) for row in rows], fallback=fallback)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CheckpointMissing(f"The concept table {path} cannot be read: {error}") from error

    @property
    def known(self) -> frozenset[str]:
        """Ids of the vocabulary; empty when it was built without one."""
        return frozenset(self._concepts)

    def words(self, language: Language) -> tuple[str, ...]:
        """Return the words and labels that name a concept for sure."""
        tables = self._tables[language]
        return unique([*tables.synonyms, *tables.labels])

    def has(self, concept: str) -> bool:
        """Whether the generator can draw ``concept``."""
        return bool(concept) and (concept in self._concepts or not self._concepts)

    def kind_of(self, concept: str | None) -> str:
        """Return the kind for the procedural generator."""
        if concept is None:
            return "object"
        if concept in self._kind_by_concept:
            return self._kind_by_concept[concept]
        found = self._concepts.get(concept)
        return self._kind_by_subgroup.get(found.subgroup, "object") if found else "object"

    def is_person(self, concept: str | None) -> bool:
        """Whether a concept shows people, not a robot or a snowman that only moves like one."""
        found = self._concepts.get(concept) if concept is not None else None
        return found is not None and found.subgroup.startswith(("person", "family"))

    def given(self, concept: str, score: float, why: str) -> ConceptMatch:
        """Return a match for a concept that a table names, or none when it is not in the vocabulary."""
        if not self.has(concept) or score < MIN_SCORE - 0.1:
            return NO_MATCH
        return ConceptMatch(concept=concept, score=score, why=why, kind=self.kind_of(concept))

    def match(
        self, text: str, language: Language, *, lemmas: Sequence[str] = (), colour: str | None = None
    ) -> ConceptMatch:
        """Match a noun phrase. ``lemmas`` are its words in base form, the head last (English)."""
        text = " ".join(text.lower().split())
        phrases = (
            list(_english_phrases(text, lemmas))
            if language is Language.ENGLISH
            else list(_chinese_phrases(text))
        )
        for phrase, trust in phrases:
            if colour is not None:
                coloured = self._exact(f"{colour} {phrase}", language)
                if coloured is not None:
                    return coloured
            found = self._exact(phrase, language)
            if found is not None:
                return _scaled(found, trust)
        if self.is_abstract(text, language, lemmas=lemmas):
            return ConceptMatch(concept=None, score=0.0, why="an abstract noun: nothing to draw")
        for phrase, trust in phrases:
            loose = self._loose(phrase, language)
            if loose is not None and loose.score * trust >= MIN_SCORE:
                return _scaled(loose, trust)
        further = self._fallback.match(text, language) if self._fallback else None
        return further if further is not None and further.score >= MIN_SCORE else NO_MATCH

    def is_abstract(self, text: str, language: Language, *, lemmas: Sequence[str] = ()) -> bool:
        """Whether a noun names nothing that can be seen."""
        head = lemmas[-1] if lemmas else text
        return self._abstract.contains(head, language)

    def names(self, phrase: str, language: Language) -> bool:
        """Whether ``phrase`` (English: base form) is a word or label of a concept."""
        return self._exact(phrase, language) is not None

    def _exact(self, phrase: str, language: Language) -> ConceptMatch | None:
        tables = self._tables[language]
        concept = tables.synonyms.get(phrase)
        if concept is not None and self.has(concept):
            return ConceptMatch(
                concept=concept,
                score=0.92,
                why=f"“{phrase}” is shown by {concept}",
                kind=self.kind_of(concept),
            )
        concept = tables.labels.get(phrase)
        if concept is not None:
            return ConceptMatch(
                concept=concept, score=0.97, why=f"“{phrase}” is a label", kind=self.kind_of(concept)
            )
        return None

    def _loose(self, phrase: str, language: Language) -> ConceptMatch | None:
        tables = self._tables[language]
        if language is Language.ENGLISH and len(phrase) < 3:
            return None
        for concept in tables.label_heads.get(phrase, ()):
            return ConceptMatch(
                concept=concept, score=0.7, why=f"“{phrase}” ends a label", kind=self.kind_of(concept)
            )
        if phrase in self._vague or len(phrase) < 2:
            return None
        tagged = tables.tags.get(phrase, [])
        if not tagged or len(tagged) > 5:
            return None
        best = min(tagged, key=lambda concept: self._tag_rank(concept, phrase, language))
        label = self._concepts[best].label[language].lower()
        inside = phrase in (label.split() if language is Language.ENGLISH else label)
        if not inside and not self._tag_names(phrase, best, tagged, language):
            return None
        score = 0.66 if inside else 0.5
        return ConceptMatch(concept=best, score=score, why=f"“{phrase}” is a tag", kind=self.kind_of(best))

    def _tag_names(self, phrase: str, concept: str, tagged: Sequence[str], language: Language) -> bool:
        """Whether a tag is another name of its concept, not a mere thought beside it."""
        long_enough = len(phrase) >= (4 if language is Language.ENGLISH else 3)
        subgroup = self._concepts[concept].subgroup
        return len(tagged) == 1 and long_enough and subgroup.startswith(("animal", "plant", "food"))

    def _tag_rank(self, concept: str, phrase: str, language: Language) -> tuple[bool, int]:
        found = self._concepts[concept]
        return (phrase not in found.label[language].lower(), len(found.tags[language]))

    def _index(self, concepts: Sequence[Concept]) -> None:
        for concept, english, chinese in read_rows(DATA / "synonyms.tsv"):
            for language, words in ((Language.ENGLISH, english), (Language.CHINESE, chinese)):
                for word in names(words):
                    self._tables[language].synonyms.setdefault(word.lower(), concept)
        for entry in concepts:
            for language, tables in self._tables.items():
                self._index_concept(entry, language, tables)

    def _index_concept(self, entry: Concept, language: Language, tables: _Tables) -> None:
        label = entry.label[language].lower()
        if ":" not in label:
            tables.labels.setdefault(label, entry.id)
        if entry.subgroup in self._closed:
            return
        head = label.rsplit(" ", 1)[-1] if language is Language.ENGLISH else label
        if head != label and head not in _NEVER_HEAD and head.isalpha() and len(label.split()) <= 3:
            tables.label_heads.setdefault(head, []).append(entry.id)
        for tag in entry.tags[language]:
            if tag.lower() not in self._vague:
                tables.tags.setdefault(tag.lower(), []).append(entry.id)


class AbstractNouns:
    """Tells nouns that cannot be seen, by a list and by their endings."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._suffixes = tuple(table["suffixes"])
        self._exceptions = frozenset(table["exceptions"])
        self._words = {Language.ENGLISH: frozenset(table["en"]), Language.CHINESE: frozenset(table["zh"])}

    @classmethod
    def load(cls, path: Path = DATA / "abstract.toml") -> AbstractNouns:
        """Read the list."""
        return cls(tomllib.loads(path.read_text(encoding="utf-8")))

    def contains(self, noun: str, language: Language) -> bool:
        """Whether ``noun`` (English: base form) is abstract."""
        if noun in self._words[language]:
            return True
        if language is Language.CHINESE:
            return len(noun) > 1 and noun.endswith(
                ("性", "主义", "化", "感", "力", "度", "率", "学", "法", "论", "权")
            )
        return len(noun) > 5 and noun.endswith(self._suffixes) and noun not in self._exceptions


def _concept(row: Mapping[str, Any]) -> Concept:
    return Concept(
        id=str(row["id"]),
        label={Language.ENGLISH: str(row["label_en"]), Language.CHINESE: str(row["label_zh"])},
        tags={Language.ENGLISH: tuple(row["tags_en"]), Language.CHINESE: tuple(row["tags_zh"])},
        group=str(row["group"]),
        subgroup=str(row["subgroup"]),
    )


def _scaled(match: ConceptMatch, trust: float) -> ConceptMatch:
    if trust == 1.0:
        return match
    return ConceptMatch(concept=match.concept, score=match.score * trust, why=match.why, kind=match.kind)


def _english_phrases(text: str, lemmas: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield the phrase as written, then in base form, then ever shorter endings of it."""
    yield text, 1.0
    words = list(lemmas) or text.split()
    for first in range(len(words)):
        yield " ".join(words[first:]), 1.0 if first == 0 else 0.95
    head = words[-1] if words else text
    for plural, singular in (("ies", "y"), ("ves", "f"), ("es", ""), ("s", "")):
        if head.endswith(plural) and len(head) > len(plural) + 2:
            yield head[: -len(plural)] + singular, 0.9


def _chinese_phrases(text: str) -> Iterator[tuple[str, float]]:
    """Yield the word, the word without 小, 大 or a colour, then ever shorter endings of it."""
    yield text, 1.0
    bare = _ZH_PREFIXES.sub("", text)
    if bare != text and bare:
        yield bare, 0.97
    for first in range(1, len(text) - 1):
        yield text[first:], 0.85
    if len(text) > 1 and text[-1] in _ZH_HEADS:
        yield text[-1], 0.75


def unique(items: Iterable[str]) -> tuple[str, ...]:
    """Return the items once each, in order."""
    return tuple(dict.fromkeys(items))
