"""Compact picture shards: one compressed file per source, pixels with their concepts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.materials.fetch import MaterialError

__all__ = ["Shard", "read_shard", "write_shard"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Pictures of one source in one style."""

    #: Style name, for example "fluent", "noto" or "drawn".
    style: str
    #: Licence of the pictures, in words.
    licence: str
    #: Concept id of each picture, N names.
    concepts: tuple[str, ...]
    #: Premultiplied RGBA, uint8 [N, S, S, 4].
    pixels: npt.NDArray[np.uint8]


def write_shard(path: Path, shard: Shard) -> None:
    """Write a shard, lossless and compressed; the file appears whole or not at all."""
    _check(shard.pixels, shard.concepts, path)
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        style=np.array(shard.style),
        licence=np.array(shard.licence),
        concepts=np.array(shard.concepts),
        # one colour plane after the other compresses a tenth better than interleaved pixels
        planes=np.ascontiguousarray(shard.pixels.transpose(3, 0, 1, 2)),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    partial.write_bytes(buffer.getvalue())
    partial.replace(path)


def read_shard(path: Path) -> Shard:
    """Read a shard.

    Raises:
        MaterialError: the file is missing, damaged or of another shape.
    """
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as data:
            concepts: Sequence[str] = data["concepts"].tolist()
            shard = Shard(
                style=str(data["style"]),
                licence=str(data["licence"]),
                concepts=tuple(concepts),
                pixels=np.ascontiguousarray(data["planes"].transpose(1, 2, 3, 0)),
            )
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise MaterialError(
            f"{path} is not a shard ({error}); run `python -m models.materials build`"
        ) from error
    _check(shard.pixels, shard.concepts, path)
    return shard


def _check(pixels: npt.NDArray[np.uint8], concepts: Sequence[str], path: Path) -> None:
    good = pixels.ndim == 4 and pixels.shape[1] == pixels.shape[2] and pixels.shape[3] == 4
    if not good or pixels.dtype != np.uint8 or pixels.shape[0] != len(concepts):
        raise MaterialError(
            f"{path}: expected uint8 [{len(concepts)},S,S,4], got {pixels.dtype} {pixels.shape}"
        )
