"""Pixels and samples, checked on construction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.contract.request import Aspect

#: Frames a second of every clip.
FPS = 30
#: Samples a second of every sound track.
SAMPLE_RATE_HZ = 48_000

UInt8Array = NDArray[np.uint8]
Float32Array = NDArray[np.float32]


def check_picture(name: str, picture: UInt8Array, *, channels: int) -> None:
    """Raise ValueError unless ``picture`` is uint8 [H,W,channels] with at least one pixel."""
    if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] != channels:
        raise ValueError(f"{name} must be uint8 [H,W,{channels}], not {picture.dtype} {picture.shape}")
    if min(picture.shape[:2]) < 1:
        raise ValueError(f"{name} has no pixels: {picture.shape}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameSize:
    """Size of the finished picture; both sides are even, as yuv420p asks."""

    width_px: int
    height_px: int

    def __post_init__(self) -> None:
        if self.width_px < 16 or self.height_px < 16 or self.width_px % 2 or self.height_px % 2:
            raise ValueError(f"frame sides must be even and at least 16 px, not {self}")

    @classmethod
    def of(cls, aspect: Aspect, height_px: int) -> FrameSize:
        """Return the frame for an aspect; its shorter side is ``height_px`` (720: 1280x720 or 720x1280)."""
        short = max(16, round(height_px / 2) * 2)
        long = round(short * 16 / 9 / 2) * 2
        sides = {
            Aspect.WIDE: (long, short),
            Aspect.TALL: (short, long),
            Aspect.SQUARE: (short, short),
        }
        width_px, height = sides[aspect]
        return cls(width_px=width_px, height_px=height)

    @property
    def short_px(self) -> int:
        """The shorter side, in px; type and margins scale with it."""
        return min(self.width_px, self.height_px)


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioTrack:
    """Samples of a sound: float32 [S,C] in -1..1."""

    samples: Float32Array
    #: Samples a second.
    rate_hz: int = SAMPLE_RATE_HZ

    def __post_init__(self) -> None:
        if self.samples.dtype != np.float32 or self.samples.ndim != 2 or self.samples.shape[1] not in (1, 2):
            raise ValueError(
                f"samples must be float32 [S,1 or 2], not {self.samples.dtype} {self.samples.shape}"
            )
        if not bool(np.isfinite(self.samples).all()):
            raise ValueError("samples must be finite")

    @property
    def seconds(self) -> float:
        """Length, in seconds."""
        return float(self.samples.shape[0]) / self.rate_hz
