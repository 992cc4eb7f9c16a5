"""What both languages are reduced to: sentences of words with offsets into the text as given."""

from __future__ import annotations

from dataclasses import dataclass

from engine.contract.storyboard import EntityKind, Language, Measure

#: Parts of speech that stand for a thing.
NOUNS = frozenset({"NOUN", "PROPN"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a sentence."""

    text: str
    #: First character and one past the last, counted in the text as given.
    start: int
    end: int
    #: Base form in lower case (English); simplified characters (Chinese).
    lemma: str
    #: Universal part of speech: NOUN, PROPN, VERB, ADJ, ADV, NUM, PRON, ADP, DET, CCONJ, PART, PUNCT, X.
    pos: str
    #: Tag of the model: Penn Treebank (English) or LAC (Chinese).
    tag: str
    #: Index in the sentence of the word it depends on; its own index for a root or when there is no parse.
    head: int
    #: Dependency label; "" when there is no parse.
    dep: str = ""

    @property
    def is_noun(self) -> bool:
        """Whether it names something."""
        return self.pos in NOUNS


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span that may be an entity; overlapping ones compete by priority, then length."""

    start: int
    end: int
    kind: EntityKind
    #: The higher one wins an overlap.
    priority: int
    normal: str | None = None
    measure: Measure | None = None
    #: Who found it, for debugging and for scores: "landmark table", "model" ...
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedSentence:
    """One sentence with its words and the spans that the language model named."""

    text: str
    start: int
    end: int
    #: The language whose model read it.
    language: Language
    words: tuple[Word, ...]
    #: Model entities as (start, end, label), offsets in the text as given.
    labels: tuple[tuple[int, int, str], ...] = ()

    def words_between(self, start: int, end: int) -> tuple[Word, ...]:
        """Return the words that lie wholly between two offsets."""
        return tuple(word for word in self.words if word.start >= start and word.end <= end)
