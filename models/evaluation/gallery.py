"""All real drawings that a generated picture may be mistaken for, and the nearest of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.evaluation.features import Describe, Floats, layout
from models.materials.concepts import Concept
from models.materials.fetch import archive_path, load_packages
from models.materials.pictures import FLUENT_FOLDER, codepoints, read_pictures
from models.materials.shards import read_shard

__all__ = ["Gallery", "load_gallery"]

#: Code points of the five skin tones; pictures with one are variants, not concepts.
SKIN_TONES = frozenset({"1f3fb", "1f3fc", "1f3fd", "1f3fe", "1f3ff"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gallery:
    """Real drawings with their descriptions."""

    #: Concept id of each, or the code point where it is no concept of ours (symbols, flags).
    names: tuple[str, ...]
    #: Pictures, premultiplied uint8 [N,S,S,4].
    pixels: npt.NDArray[np.uint8]
    #: Features of the judge, float32 [N,D].
    features: Floats

    def rank(self, pixels: npt.NDArray[np.uint8], features: Floats) -> npt.NDArray[np.intp]:
        """Rows of the gallery for each picture, nearest first: [M,N].

        Nearness is the cosine of centred features plus the cosine of centred colour layouts.
        """
        by_features = _cosines(features, self.features)
        by_layout = _cosines(layout(pixels), layout(self.pixels))
        return np.argsort(-(by_features + by_layout), axis=1, kind="stable")

    def hits(self, order: npt.NDArray[np.intp], wanted: Sequence[frozenset[str]], *, within: int) -> float:
        """Share of pictures, 0..1, of which a wanted name is among the nearest `within`."""
        found = [
            any(self.names[row] in names for row in rows[:within])
            for rows, names in zip(order, wanted, strict=True)
        ]
        return float(np.mean(found))


def load_gallery(
    concepts: Sequence[Concept], describe: Describe, *, cache_dir: Path, shards_dir: Path
) -> Gallery:
    """All base drawings of the Fluent set, at 64 px, and our own landmarks; features are cached.

    Raises:
        models.materials.fetch.MaterialError: archive or shard cannot be had.
    """
    archive = archive_path(load_packages()["fluent-emoji-3d"], cache_dir)
    wanted = frozenset(
        point for point in codepoints(archive, FLUENT_FOLDER) if not SKIN_TONES & set(point.split("-"))
    )
    names = {concept.codepoint: concept.id for concept in concepts if concept.codepoint}
    found = dict(read_pictures(archive, FLUENT_FOLDER, wanted=wanted, size_px=64))
    drawn = read_shard(shards_dir / "drawn_64.npz")
    pixels = np.concatenate([np.stack(list(found.values())), drawn.pixels])
    all_names = (*(names.get(point, point) for point in found), *drawn.concepts)
    return Gallery(
        names=all_names, pixels=pixels, features=_cached(pixels, describe, cache_dir / "gallery.npz")
    )


def _cached(pixels: npt.NDArray[np.uint8], describe: Describe, path: Path) -> Floats:
    """Features of these very pictures, from the cache when it holds them."""
    if path.is_file():
        with np.load(path, allow_pickle=False) as data:
            if np.array_equal(data["pixels"], pixels):
                return np.asarray(data["features"], dtype=np.float32)
    features = describe(pixels)
    np.savez_compressed(path, pixels=pixels, features=features)
    return features


def _cosines(queries: Floats, items: Floats) -> Floats:
    """Cosines after the items' mean is subtracted and their spread evened out: [M,D], [N,D] to [M,N]."""
    mean, spread = items.mean(axis=0), items.std(axis=0) + 1e-3
    left, right = (queries - mean) / spread, (items - mean) / spread
    left = left / np.maximum(np.linalg.norm(left, axis=1, keepdims=True), 1e-6)
    right = right / np.maximum(np.linalg.norm(right, axis=1, keepdims=True), 1e-6)
    return np.asarray(left @ right.T, dtype=np.float32)
