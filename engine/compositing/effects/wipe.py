"""A soft edge sweeps the picture before away, from left to right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from moviepy import Clip, Effect, VideoClip

from engine.compositing.easing import ease_in_out
from engine.media import FPS, UInt8Array

#: Width of the soft edge, as a fraction of the frame's width.
_EDGE = 0.18


@dataclass
class Wipe(Effect):  # type: ignore[misc]  # moviepy is not annotated
    """Sweep from the tail of ``before`` to the clip, over its first frames."""

    #: The clip that it takes over from.
    before: VideoClip
    #: Moment in ``before`` at which this clip begins, in seconds.
    before_from: float
    #: Length, in frames.
    frames: int

    def apply(self, clip: Clip) -> Clip:
        """Return ``clip`` with the transition at its start."""

        def swept(get_frame: Callable[[float], UInt8Array], t: float) -> UInt8Array:
            number = int(t * FPS)
            picture = get_frame(t)
            if number >= self.frames:
                return picture
            return sweep(
                self.before.get_frame(self.before_from + t), picture, (number + 1) / (self.frames + 1)
            )

        return clip.transform(swept)


def sweep(before: UInt8Array, after: UInt8Array, progress: float) -> UInt8Array:
    """Return ``after`` left of a soft edge and ``before`` right of it; uint8 [H,W,3]."""
    height, width = after.shape[:2]
    edge = ease_in_out(progress) * (1.0 + _EDGE)
    x = np.linspace(0.0, 1.0, width, dtype=np.float32)
    row = np.clip((edge - x) / _EDGE, 0.0, 1.0)
    weight = np.repeat(
        np.rint(row * row * (3.0 - 2.0 * row) * 255.0).astype(np.uint8)[None, :, None], height, axis=0
    )
    weight = np.repeat(weight, 3, axis=2)
    shown = cv2.multiply(after, weight, scale=1 / 255)
    left = cv2.multiply(before, cv2.bitwise_not(weight), scale=1 / 255)
    return np.asarray(cv2.add(shown, left), dtype=np.uint8)
