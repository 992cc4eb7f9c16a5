"""The trained generators as occupants of the engine's seams; the only engine file that needs torch.

Loading is done by the factory, so that listing the registry imports nothing heavy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch

from engine.contract.errors import CheckpointMissing, GeneratorOutOfMemory
from engine.contract.storyboard import Subject
from engine.generators.colours import named_colour
from engine.generators.upscale import Upscaler, load_upscaler
from engine.media import UInt8Array
from engine.scenery import Colour, Sprite
from engine.settings import GeneratorSettings
from models.common.checkpoint import CheckpointError
from models.text_gan.sample import SubjectSampler, load_sampler

#: Alpha below this is no part of a subject when it is cropped.
_VISIBLE_ALPHA = 24
#: Enlarged pictures that are kept, about 1 MB each at 720p.
_KEPT_PICTURES = 64


class GanSubjects:
    """Draws known concepts with the text-conditional GAN of models/text_gan."""

    name = "text_gan"

    def __init__(
        self, sampler: SubjectSampler, upscaler: Upscaler, *, ranks: Mapping[str, int] | None = None
    ) -> None:
        """``ranks``: concept -> place of the right one among all when its drawing was measured, from 1."""
        self._sampler = sampler
        self._ranks = ranks or {}
        self._upscaler = upscaler
        # Enlarging costs most of the time, and a hero comes back scene after scene.
        self._enlarged = lru_cache(maxsize=_KEPT_PICTURES)(self._draw)

    @property
    def version(self) -> str:
        """Name and hash of the weights, and how their pictures are enlarged."""
        return f"{self._sampler.version}+{self._upscaler.name}"

    def trust(self, subject: Subject) -> float:
        """Return the measured chance that a person recognises the concept; 0 outside the vocabulary."""
        if subject.concept is None or subject.concept not in self._sampler.concepts:
            return 0.0
        return _trust_of(self._ranks.get(subject.concept))

    def draw(self, subject: Subject, *, seed: int, height_px: int, frames: int = 1) -> Sprite:  # noqa: ARG002
        """Draw one subject as a still, cropped to what is visible and ``height_px`` high.

        ``frames`` is not used yet: the shipped net draws stills, and poses move them.

        Raises GeneratorOutOfMemory when torch has none left, CheckpointMissing for an unknown concept.
        """
        if subject.concept is None or subject.concept not in self._sampler.concepts:
            raise CheckpointMissing(f"text_gan has no concept for {subject.text!r}.")
        picture = self._enlarged(subject.concept, seed, height_px, named_colour(subject.colour))
        return Sprite(frames=picture[np.newaxis], fps=0.0, source=self.name)

    def _draw(self, concept: str, seed: int, height_px: int, colour: Colour | None) -> UInt8Array:
        try:
            drawn = self._sampler.draw(concept, seeds=[seed], colour=colour)
        except torch.OutOfMemoryError as error:
            raise GeneratorOutOfMemory from error
        picture = self._upscaler.upscale(crop(drawn[0]), height_px=height_px)
        picture.flags.writeable = False  # it is shared by all scenes that show it
        return picture


def crop(picture: UInt8Array) -> UInt8Array:
    """Cut uint8 [H,W,4] down to its visible part; a picture with none is returned whole."""
    rows, columns = np.nonzero(picture[..., 3] >= _VISIBLE_ALPHA)
    if rows.size == 0:
        return picture
    return picture[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def _trust_of(rank: int | None) -> float:
    """Turn the measured rank into trust; a concept that was not measured gets the middle."""
    if rank is None:
        return 0.7
    return 0.95 if rank == 1 else 0.8 if rank <= 5 else 0.5


def read_ranks(path: Path, *, version: str) -> dict[str, int]:
    """Read what the evaluation measured; another version's figures say nothing of these weights."""
    if not path.is_file():
        return {}
    measured = json.loads(path.read_text(encoding="utf-8"))
    return (
        {str(name): int(rank) for name, rank in measured["ranks"].items()}
        if measured["version"] == version
        else {}
    )


def create(settings: GeneratorSettings, weights: Path) -> GanSubjects:
    """Load the shipped generator; raises CheckpointMissing when its weights are missing or damaged."""
    device = settings.device
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    threads = max(1, settings.threads)
    torch.set_num_threads(threads)
    try:
        sampler = load_sampler(weights, device=device, threads=threads)
    except CheckpointError as error:
        raise CheckpointMissing(str(error)) from error
    ranks = read_ranks(weights / "text_gan_ranks.json", version=sampler.version)
    return GanSubjects(sampler, load_upscaler(threads=threads), ranks=ranks)
