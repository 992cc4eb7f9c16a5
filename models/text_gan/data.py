"""Batches for text_gan: pictures with a sentence vector of one of their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models.materials.shards import read_shard
from models.materials.text_vectors import VECTOR_LENGTH, read_vectors

__all__ = ["Batch", "TrainingSet", "load_training_set"]

#: How much more often than others a style's pictures are shown. Landmarks are few and asked for by name.
STYLE_WEIGHTS = {"drawn": 3.0}
#: Pictures that exist once more for each sex are shown half as often: they differ little.
TWIN_WORDS = frozenset({"man", "woman", "men", "women"})
TWIN_WEIGHT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one step learns from."""

    #: Real pictures, premultiplied, -1..1, float32 [B,4,S,S].
    pictures: Tensor
    #: Sentence vectors of them, float32 [B,E].
    text: Tensor
    #: Sentence vectors of other concepts, float32 [B,E].
    wrong_text: Tensor


class TrainingSet:
    """All pictures in memory as bytes; on a GPU when asked."""

    def __init__(self, pixels: Tensor, vectors: Tensor, weights: Tensor) -> None:
        """`pixels` uint8 [N,4,S,S], `vectors` float32 [N,captions,E], `weights` float32 [N]."""
        self.pixels = pixels
        self.vectors = vectors
        self._weights = weights

    def __len__(self) -> int:
        return int(self.pixels.shape[0])

    def batch(self, size: int, *, text_noise: float, random: torch.Generator) -> Batch:
        """Draw `size` different pictures, each under a mix of its captions and some noise."""
        picked = torch.multinomial(self._weights, size, replacement=size > len(self), generator=random)
        order = torch.roll(picked, 1)  # neighbours in a batch are different concepts
        return Batch(
            pictures=self.pictures(picked),
            text=self._mixed_text(picked, text_noise, random),
            wrong_text=self._mixed_text(order, text_noise, random),
        )

    def pictures(self, picked: Tensor) -> Tensor:
        """Pictures by row, float32 [B,4,S,S] in -1..1."""
        scaled = self.pixels[picked.to(self.pixels.device)].float() / 127.5 - 1.0
        return scaled.contiguous(memory_format=torch.channels_last)

    def _mixed_text(self, picked: Tensor, text_noise: float, random: torch.Generator) -> Tensor:
        """One caption half of the time, else a random blend: unseen wordings fall between the known ones."""
        captions = self.vectors.shape[1]
        chosen = torch.randint(captions, (len(picked),), generator=random)
        share = torch.nn.functional.one_hot(chosen, captions).float()
        blend = torch.rand((len(picked), captions), generator=random)
        blended = torch.rand((len(picked), 1), generator=random) < 0.5
        share = torch.where(blended, blend / blend.sum(dim=1, keepdim=True), share)  # [B,captions]
        device = self.vectors.device
        text = (self.vectors[picked.to(device)] * share[..., None].to(device)).sum(dim=1)  # [B,E]
        text = text * (VECTOR_LENGTH / text.norm(dim=1, keepdim=True).clamp_min(1e-6))
        noise = torch.randn(text.shape, generator=random).to(device)
        placed: Tensor = text + text_noise * noise
        return placed


def load_training_set(shards: Sequence[Path], vectors_file: Path, *, device: str = "cpu") -> TrainingSet:
    """Read shards and text vectors.

    Raises:
        models.materials.fetch.MaterialError: a file is missing or damaged, or a concept has no vector.
    """
    table = read_vectors(vectors_file)
    rows = {name: row for row, name in enumerate(table.concepts)}
    pixels: list[np.ndarray] = []
    picked: list[int] = []
    weights: list[float] = []
    for path in shards:
        shard = read_shard(path)
        known = [index for index, name in enumerate(shard.concepts) if name in rows]
        pixels.append(shard.pixels[known])
        picked += [rows[shard.concepts[index]] for index in known]
        style = STYLE_WEIGHTS.get(shard.style, 1.0)
        weights += [style * _twin_weight(shard.concepts[index]) for index in known]
    stacked = np.ascontiguousarray(np.concatenate(pixels).transpose(0, 3, 1, 2))
    return TrainingSet(
        torch.from_numpy(stacked).to(device),
        torch.from_numpy(table.vectors[picked]).to(device),
        torch.tensor(weights),
    )


def _twin_weight(name: str) -> float:
    return TWIN_WEIGHT if TWIN_WORDS & set(name.split("_")) else 1.0
