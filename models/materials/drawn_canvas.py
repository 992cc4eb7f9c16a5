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
#: Left, top, right, bottom of a part of the canvas, px.
Frame = tuple[int, int, int, int]


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
        frame = _frame(outline, soft)
        mask = _mask(outline, frame)
        colour = _gradient(outline, frame, (light, dark), vertical)
        if soft > 0.0:
            blurred = np.asarray(mask.filter(ImageFilter.GaussianBlur(soft * UNIT)), dtype=np.float32) / 255.0
            colour = colour * (0.72 + 0.28 * np.clip(blurred * 2.0 - 1.0, 0.0, 1.0))[..., None]
        layer = Image.fromarray(np.clip(colour, 0, 255).astype(np.uint8)).convert("RGBA")
        layer.putalpha(mask)
        self.image.alpha_composite(layer, dest=frame[:2])

    def holes(self, outlines: Sequence[Sequence[Point]]) -> None:
        """Cut polygons out of everything painted so far."""
        alpha = self.image.getchannel("A")
        for outline in outlines:
            alpha = ImageChops.subtract(alpha, _mask(outline, (0, 0, CANVAS_PX, CANVAS_PX)))
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


def box(left: float, top: float, right: float, bottom: float) -> list[Point]:
    """Outline of an upright rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def turned(point: Point, pivot: Point, angle: float) -> Point:
    """A point turned clockwise about `pivot`, angle in radians."""
    x, y = point[0] - pivot[0], point[1] - pivot[1]
    cosine, sine = math.cos(angle), math.sin(angle)
    return pivot[0] + x * cosine - y * sine, pivot[1] + x * sine + y * cosine


def _frame(outline: Sequence[Point], soft: float) -> Frame:
    """The part of the canvas that an outline and its soft rim can touch."""
    margin = 2.0 + soft * 4.0 * UNIT
    xs, ys = [point[0] * UNIT for point in outline], [point[1] * UNIT for point in outline]
    left, top = int(max(0.0, min(xs) - margin)), int(max(0.0, min(ys) - margin))
    right, bottom = int(min(CANVAS_PX, max(xs) + margin)), int(min(CANVAS_PX, max(ys) + margin))
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _mask(outline: Sequence[Point], frame: Frame) -> Image.Image:
    """Where the outline covers the frame: L picture of the frame's size."""
    left, top, right, bottom = frame
    mask = Image.new("L", (right - left, bottom - top), 0)
    moved = [(x - left, y - top) for x, y in map(_px, outline)]
    ImageDraw.Draw(mask).polygon(moved, fill=255)
    return mask


def _gradient(
    outline: Sequence[Point], frame: Frame, colours: tuple[Colour, Colour], vertical: float
) -> npt.NDArray[np.float32]:
    xs, ys = [point[0] for point in outline], [point[1] for point in outline]
    across = (np.arange(frame[0], frame[2], dtype=np.float32) + 0.5) / UNIT
    down = (np.arange(frame[1], frame[3], dtype=np.float32) + 0.5) / UNIT
    across = np.clip((across - min(xs)) / max(max(xs) - min(xs), 1e-3), 0.0, 1.0)[None, :]
    down = np.clip((down - min(ys)) / max(max(ys) - min(ys), 1e-3), 0.0, 1.0)[:, None]
    mix = ((1.0 - vertical) * across + vertical * down)[..., None]  # [H,W,1]
    light, dark = (np.array(colour, np.float32) for colour in colours)
    return np.asarray(light * (1.0 - mix) + dark * mix, dtype=np.float32)


def _px(point: Point) -> tuple[float, float]:
    return point[0] * UNIT, point[1] * UNIT
