"""Brushes for the landmark drawings: shaded polygons on a large canvas, shapes in units of 0..100."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageDraw, ImageFilter

__all__ = ["CANVAS_PX", "Canvas", "Colour", "Point", "box", "turned"]

#: Width and height of the canvas, px; drawings are made large and reduced.
CANVAS_PX: Final = 1024
#: Pixels per drawing unit; a canvas is 100 units wide and high, y grows downwards.
UNIT: Final = CANVAS_PX / 100.0

Colour = tuple[int, int, int]
Point = tuple[float, float]


class Canvas:
    """A transparent picture that polygons are painted on, back to front."""

    def __init__(self) -> None:
        self.image = Image.new("RGBA", (CANVAS_PX, CANVAS_PX), (0, 0, 0, 0))

    def fill(
        self,
        outline: Sequence[Point],
        light: Colour,
        dark: Colour,
        *,
        vertical: float = 0.0,
        soft: float = 0.0,
    ) -> None:
        """Paint a polygon, from `light` at its left to `dark` at its right.

        `vertical` (0..1) turns the gradient from left-right to top-bottom; `soft` is a rim of darker colour
        that makes the edge look round, in units.
        """
        mask = self._mask(outline)
        self._paint(mask, _gradient(outline, light, dark, vertical), soft)

    def holes(self, outlines: Sequence[Sequence[Point]]) -> None:
        """Cut polygons out of everything painted so far."""
        alpha = self.image.getchannel("A")
        for outline in outlines:
            alpha = ImageChops.subtract(alpha, self._mask(outline))
        self.image.putalpha(alpha)

    def lines(self, segments: Sequence[tuple[Point, Point]], colour: Colour, *, width: float) -> None:
        """Paint straight bars of one colour, `width` in units."""
        brush = ImageDraw.Draw(self.image)
        for start, end in segments:
            brush.line([_px(start), _px(end)], fill=(*colour, 255), width=max(1, round(width * UNIT)))

    def ellipse(
        self, centre: Point, radii: Point, light: Colour, dark: Colour, *, vertical: float = 0.5
    ) -> None:
        """Paint an ellipse shaded like a polygon."""
        angles = np.linspace(0.0, 2.0 * np.pi, 96, endpoint=False)
        outline = [
            (centre[0] + radii[0] * float(np.cos(a)), centre[1] + radii[1] * float(np.sin(a))) for a in angles
        ]
        self.fill(outline, light, dark, vertical=vertical, soft=min(radii) * 0.2)

    def _mask(self, outline: Sequence[Point]) -> Image.Image:
        mask = Image.new("L", (CANVAS_PX, CANVAS_PX), 0)
        ImageDraw.Draw(mask).polygon([_px(point) for point in outline], fill=255)
        return mask

    def _paint(self, mask: Image.Image, colour: npt.NDArray[np.float32], soft: float) -> None:
        if soft > 0.0:
            blurred = np.asarray(mask.filter(ImageFilter.GaussianBlur(soft * UNIT)), dtype=np.float32) / 255.0
            colour = colour * (0.72 + 0.28 * np.clip(blurred * 2.0 - 1.0, 0.0, 1.0))[..., None]
        layer = Image.fromarray(np.clip(colour, 0, 255).astype(np.uint8)).convert("RGBA")
        layer.putalpha(mask)
        self.image.alpha_composite(layer)


def box(left: float, top: float, right: float, bottom: float) -> list[Point]:
    """Outline of an upright rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def turned(point: Point, pivot: Point, angle: float) -> Point:
    """A point turned clockwise about `pivot`, angle in radians."""
    x, y = point[0] - pivot[0], point[1] - pivot[1]
    cosine, sine = math.cos(angle), math.sin(angle)
    return pivot[0] + x * cosine - y * sine, pivot[1] + x * sine + y * cosine


def _gradient(
    outline: Sequence[Point], light: Colour, dark: Colour, vertical: float
) -> npt.NDArray[np.float32]:
    xs, ys = [point[0] for point in outline], [point[1] for point in outline]
    grid = (np.arange(CANVAS_PX, dtype=np.float32) + 0.5) / UNIT
    across = np.clip((grid - min(xs)) / max(max(xs) - min(xs), 1e-3), 0.0, 1.0)[None, :]
    down = np.clip((grid - min(ys)) / max(max(ys) - min(ys), 1e-3), 0.0, 1.0)[:, None]
    mix = ((1.0 - vertical) * across + vertical * down)[..., None]  # [H,W,1]
    return np.asarray(
        np.array(light, np.float32) * (1.0 - mix) + np.array(dark, np.float32) * mix, dtype=np.float32
    )


def _px(point: Point) -> tuple[float, float]:
    return point[0] * UNIT, point[1] * UNIT
