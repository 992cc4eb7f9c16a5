"""The trained generators as occupants of the engine's seams; the only engine file that needs torch.

Loading is done by the factory, so that listing the registry imports nothing heavy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
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
#: A rank up to this counts as recognised.
_NEAR_RANK = 5
#: Drawings with at most this error look finished; seen on sheets of all concepts, best to worst.
_FINE_ERROR = 0.045


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a concept's drawing came out when models.evaluate drew it by name."""

    #: Place of its own real drawing among all by nearness, from 1.
    rank: int
    #: Mean difference to that drawing, 0 to 1.
    error: float


class GanSubjects:
    """Draws known concepts with the text-conditional GAN of models/text_gan."""

    name = "text_gan"

    def __init__(
        self, sampler: SubjectSampler, upscaler: Upscaler, *, measured: Mapping[str, Outcome] | None = None
    ) -> None:
        """``measured``: concept -> how its drawing came out in the evaluation of these weights."""
        self._sampler = sampler
        self._measured = measured or {}
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
        return trust_of(self._measured.get(subject.concept))

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


def trust_of(outcome: Outcome | None) -> float:
    """Turn a measured outcome into trust, 0 to 1.

    The judge is a network and kinder than a person: a drawing that it recognises but that strays from the
    real one comes after a figure by rule of the same name, and before one of the mere kind.
    """
    if outcome is None:
        return 0.6
    if outcome.rank > _NEAR_RANK:
        return 0.4
    return 0.95 if outcome.error <= _FINE_ERROR else 0.6


def read_outcomes(path: Path, *, version: str) -> dict[str, Outcome]:
    """Read what the evaluation measured; another version's figures say nothing of these weights."""
    if not path.is_file():
        return {}
    measured = json.loads(path.read_text(encoding="utf-8"))
    if measured["version"] != version:
        return {}
    return {
        name: Outcome(rank=rank, error=measured["errors"][name]) for name, rank in measured["ranks"].items()
    }


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
    measured = read_outcomes(weights / "text_gan_ranks.json", version=sampler.version)
    return GanSubjects(sampler, load_upscaler(threads=threads), measured=measured)
