"""The trained generators as occupants of the engine's seams; the only engine file that needs torch.

Loading is done by the factory, so that listing the registry imports nothing heavy.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import torch

from engine.contract.errors import CheckpointMissing, GeneratorOutOfMemory
from engine.contract.storyboard import Subject
from engine.generators.upscale import Upscaler, load_upscaler
from engine.media import UInt8Array
from engine.scenery import Sprite
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

    def __init__(self, sampler: SubjectSampler, upscaler: Upscaler) -> None:
        self._sampler = sampler
        self._upscaler = upscaler
        # Enlarging costs most of the time, and a hero comes back scene after scene.
        self._enlarged = lru_cache(maxsize=_KEPT_PICTURES)(self._draw)

    @property
    def version(self) -> str:
        """Name and hash of the weights, and how their pictures are enlarged."""
        return f"{self._sampler.version}+{self._upscaler.name}"

    def can_draw(self, subject: Subject) -> bool:
        """Say whether the subject's concept is in the generator's vocabulary."""
        return subject.concept in self._sampler.concepts

    def draw(self, subject: Subject, *, seed: int, height_px: int, frames: int = 1) -> Sprite:  # noqa: ARG002
        """Draw one subject as a still, cropped to what is visible and ``height_px`` high.

        ``frames`` is not used yet: the shipped net draws stills, and poses move them.

        Raises GeneratorOutOfMemory when torch has none left, CheckpointMissing for an unknown concept.
        """
        if subject.concept is None or not self.can_draw(subject):
            raise CheckpointMissing(f"text_gan has no concept for {subject.text!r}.")
        picture = self._enlarged(subject.concept, seed, height_px)
        return Sprite(frames=picture[np.newaxis], fps=0.0, source=self.name)

    def _draw(self, concept: str, seed: int, height_px: int) -> UInt8Array:
        try:
            drawn = self._sampler.draw(concept, seeds=[seed])
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
    return GanSubjects(sampler, load_upscaler(threads=threads))
