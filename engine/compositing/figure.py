"""The shape that all drawings of data share, and the pens they use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from PIL import Image, ImageDraw

from engine.compositing.blend import Patch
from engine.compositing.boxes import Box
from engine.compositing.ink import BLACK, Ink
from engine.compositing.words import TextStyle
from engine.media import FrameSize, UInt8Array
from engine.scenery import Colour, Palette

#: Drawings are made so many times larger and scaled down, for smooth edges.
_FINER = 4


class Figure(Protocol):
    """Something that is drawn over a frame and knows its own moments."""

    @property
    def box(self) -> Box:
        """What its words and lines cover, in px; a dark ground is laid there when it is needed."""
        ...

    def draw(self, canvas: UInt8Array, frame: int) -> None:
        """Draw it as it stands at ``frame`` (from the scene's start), in place on uint8 [H,W,3]."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """When a figure comes and goes, in frames from the scene's start."""

    start: int
    #: None: it stays.
    until: int | None

    def opacity(self, frame: int) -> float:
        """Return how visible the figure is at ``frame``, 0 to 1."""
        if frame < self.start or (self.until is not None and frame >= self.until):
            return 0.0
        going = 1.0 if self.until is None else (self.until - frame) / 8.0
        return min(1.0, (frame - self.start + 1) / 8.0, going)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What every figure of a scene draws with."""

    size: FrameSize
    palette: Palette
    moments: Moments
    ink: Ink
    #: Pairs of characters that a line break had better not part.
    together: frozenset[str] = frozenset()

    @property
    def type(self) -> TextStyle:
        """Plain type in the scene's ink; figures replace size, weight and place."""
        return TextStyle(
            size_px=self.size.short_px * 0.05,
            weight=500,
            colour=self.ink.words,
            glow=self.ink.glow,
            together=self.together,
        )


class Sketch:
    """A small drawing of lines and shapes with smooth edges, in px of the frame."""

    def __init__(self, left: float, top: float, right: float, bottom: float) -> None:
        self._left, self._top = int(np.floor(left)), int(np.floor(top))
        self._size = (int(np.ceil(right)) - self._left, int(np.ceil(bottom)) - self._top)
        self._image = Image.new("RGBA", (self._size[0] * _FINER, self._size[1] * _FINER), (0, 0, 0, 0))
        self._pen = ImageDraw.Draw(self._image)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return (x - self._left) * _FINER, (y - self._top) * _FINER

    def line(
        self, start: tuple[float, float], end: tuple[float, float], colour: Colour, width: float
    ) -> None:
        """Draw a straight line."""
        self._pen.line((*self._at(*start), *self._at(*end)), fill=(*colour, 255), width=round(width * _FINER))

    def shape(self, points: list[tuple[float, float]], colour: Colour) -> None:
        """Fill a polygon."""
        self._pen.polygon([self._at(*point) for point in points], fill=(*colour, 255))

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Fill a circle."""
        left, top = self._at(x - radius, y - radius)
        right, bottom = self._at(x + radius, y + radius)
        self._pen.ellipse((left, top, right, bottom), fill=(*colour, 255))

    def ring(self, x: float, y: float, radii: tuple[float, float], pen: tuple[Colour, float]) -> None:
        """Draw the outline of an ellipse; ``pen`` is colour and width in px."""
        left, top = self._at(x - radii[0], y - radii[1])
        right, bottom = self._at(x + radii[0], y + radii[1])
        self._pen.ellipse((left, top, right, bottom), outline=(*pen[0], 255), width=round(pen[1] * _FINER))

    def patch(self, *, shadow: float = 0.35, glow: Colour = BLACK) -> Patch:
        """Return the drawing with a soft edge in ``glow``, so that it shows on any ground."""
        drawn = np.asarray(self._image, dtype=np.float32)
        alpha = drawn[..., 3:] / 255.0
        small = cv2.resize(
            np.dstack([drawn[..., :3] * alpha, drawn[..., 3]]), self._size, interpolation=cv2.INTER_AREA
        )
        edge = cv2.GaussianBlur(small[..., 3], (0, 0), 3.0) / 255.0 * shadow
        covered = small[..., 3] / 255.0
        total = 1.0 - (1.0 - covered) * (1.0 - edge)
        behind = (total - covered)[..., None] * np.asarray(glow, dtype=np.float32)
        picture = np.rint(np.dstack([small[..., :3] + behind, total * 255.0])).astype(np.uint8)
        return Patch(picture=picture, x_px=self._left, y_px=self._top)
