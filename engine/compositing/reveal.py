"""How words and bars come onto the picture and leave it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from engine.compositing.blend import Patch, lay, lay_warped
from engine.compositing.easing import ease_in_out, ease_out, span
from engine.media import UInt8Array


class Motion(StrEnum):
    """Ways to appear."""

    RISE = "rise"  #: Fades in while it comes up a little.
    DRAW = "draw"  #: Is drawn from left to right.
    SPREAD = "spread"  #: Is drawn from its middle outwards.
    CLIMB = "climb"  #: Is drawn from below upwards.


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """A patch with its moment and manner of appearing."""

    patch: Patch
    motion: Motion
    #: First frame, from the scene's start.
    start: int
    #: Frames that appearing takes.
    frames: int
    #: One past the last frame in which it is seen; it fades before that. None: it stays.
    until: int | None = None
    #: How far it comes up, in px (RISE).
    rise_px: float = 0.0


#: Frames that a fade at the end takes.
_LEAVE = 8


def draw_reveal(canvas: UInt8Array, reveal: Reveal, frame: int) -> None:
    """Draw ``reveal`` as it stands at ``frame``, in place on uint8 [H,W,3]."""
    if frame < reveal.start or (reveal.until is not None and frame >= reveal.until):
        return
    leaving = 1.0 if reveal.until is None else min(1.0, (reveal.until - frame) / _LEAVE)
    way = span(frame + 1, reveal.start, reveal.frames)
    patch = reveal.patch
    if way >= 1.0:
        lay(canvas, patch.picture, patch.x_px, patch.y_px, opacity=leaving)
    elif reveal.motion is Motion.RISE:
        shift = reveal.rise_px * (1.0 - ease_out(way))
        matrix = np.array([[1.0, 0.0, patch.x_px], [0.0, 1.0, patch.y_px + shift]], dtype=np.float32)
        lay_warped(canvas, patch.picture, matrix, opacity=leaving * ease_in_out(way))
    else:
        _draw_part(canvas, patch, reveal.motion, ease_in_out(way), leaving)


def _draw_part(canvas: UInt8Array, patch: Patch, motion: Motion, shown: float, opacity: float) -> None:
    width, height = patch.width_px, patch.height_px
    if motion is Motion.CLIMB:
        top = height - round(height * shown)
        lay(canvas, patch.picture[top:], patch.x_px, patch.y_px + top, opacity=opacity)
        return
    left = 0 if motion is Motion.DRAW else round(width * (1.0 - shown) / 2.0)
    right = round(width * shown) if motion is Motion.DRAW else width - left
    if right > left:
        lay(canvas, patch.picture[:, left:right], patch.x_px + left, patch.y_px, opacity=opacity)
