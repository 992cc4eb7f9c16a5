"""Towers, drawn from their proportions."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from PIL import Image

from models.materials.drawn_canvas import Canvas, Colour, Point

__all__ = ["eiffel_tower"]

_IRON_LIGHT: Final[Colour] = (205, 146, 92)
_IRON: Final[Colour] = (160, 104, 64)
_IRON_DARK: Final[Colour] = (98, 60, 40)

#: Half width of the Eiffel tower by height, units: (y, outer half width). Real proportions: 125 m wide at the
#: base, 71 m at the first platform (57 m up), 41 m at the second (116 m), 18 m at the third (276 m of 330 m).
_EIFFEL_PROFILE: Final[tuple[Point, ...]] = (
    (5.0, 0.45),
    (19.0, 1.9),
    (34.0, 3.2),
    (48.0, 5.2),
    (62.0, 8.6),
    (79.0, 17.2),
    (97.0, 31.5),
)


def eiffel_tower() -> Image.Image:
    """Four curved lattice legs, the base arch, three platforms, the mast."""
    canvas = Canvas()
    canvas.fill(_eiffel_outline(), _IRON_LIGHT, _IRON_DARK)
    arch = [
        (50.0 + 17.5 * float(np.cos(a)), 99.0 - 15.0 * float(np.sin(a))) for a in np.linspace(0.0, np.pi, 40)
    ]
    upper_gap: list[Point] = [(45.2, 76.0), (54.8, 76.0), (52.6, 66.0), (47.4, 66.0)]
    canvas.holes([arch, upper_gap])
    _eiffel_lattice(canvas)
    _arch_band(canvas)
    for top, bottom, half in ((77.0, 81.0, 20.0), (60.5, 63.5, 10.6), (18.0, 20.2, 3.2)):
        _platform(canvas, top, bottom, half)
    canvas.fill([(49.3, 8.0), (50.7, 8.0), (50.5, 1.5), (49.5, 1.5)], _IRON, _IRON_DARK)
    for side in (-1.0, 1.0):
        foot = [(50 + side * x, y) for x, y in ((16.5, 96.0), (33.0, 96.0), (34.0, 99.0), (15.5, 99.0))]
        canvas.fill(foot, (190, 178, 160), (140, 128, 112))
    return canvas.image


def _half_width(y: float) -> float:
    ys = [point[0] for point in _EIFFEL_PROFILE]
    logs = np.log([point[1] for point in _EIFFEL_PROFILE])
    return float(np.exp(np.interp(y, ys, logs)))


def _eiffel_outline() -> list[Point]:
    heights = np.linspace(5.0, 97.0, 60)
    right = [(50.0 + _half_width(float(y)), float(y)) for y in heights]
    left = [(50.0 - _half_width(float(y)), float(y)) for y in heights[::-1]]
    return right + left


def _eiffel_lattice(canvas: Canvas) -> None:
    """Crossed bars: light on the left leg, dark on the right, so that the iron reads as open work."""
    bars: list[tuple[Point, Point]] = []
    heights = [22.0, 26.0, 30.0, 34.5, 39.0, 44.0, 49.5, 55.0, 60.0]
    for top, bottom in pairwise(heights):
        wide_top, wide_bottom = _half_width(top) * 0.72, _half_width(bottom) * 0.72
        bars.append(((50 - wide_top, top), (50 + wide_bottom, bottom)))
        bars.append(((50 + wide_top, top), (50 - wide_bottom, bottom)))
    canvas.lines(bars, _IRON_DARK, width=0.7)
    for side, colour in ((-1.0, _IRON_DARK), (1.0, (66, 40, 30))):
        legs: list[tuple[Point, Point]] = []
        steps = [64.0, 68.0, 72.0, 76.5, 82.0, 86.0, 90.0, 95.0]
        for top, bottom in pairwise(steps):
            outer_top, outer_bottom = _half_width(top) * 0.93, _half_width(bottom) * 0.93
            inner_top, inner_bottom = _half_width(top) * 0.55, _half_width(bottom) * 0.55
            legs.append(((50 + side * inner_top, top), (50 + side * outer_bottom, bottom)))
            legs.append(((50 + side * outer_top, top), (50 + side * inner_bottom, bottom)))
        canvas.lines(legs, colour, width=0.8)


def _arch_band(canvas: Canvas) -> None:
    angles = np.linspace(0.06 * np.pi, 0.94 * np.pi, 40)
    outer = [(50.0 + 19.0 * float(np.cos(a)), 98.0 - 16.0 * float(np.sin(a))) for a in angles]
    inner = [(50.0 + 17.2 * float(np.cos(a)), 98.0 - 14.2 * float(np.sin(a))) for a in angles[::-1]]
    canvas.fill(outer + inner, (226, 168, 110), _IRON)


def _platform(canvas: Canvas, top: float, bottom: float, half: float) -> None:
    canvas.fill(
        [(50 - half, top), (50 + half, top), (50 + half, bottom), (50 - half, bottom)],
        _IRON_LIGHT,
        _IRON_DARK,
    )
    lip = (bottom - top) * 0.3
    canvas.fill(
        [(50 - half, top), (50 + half, top), (50 + half, top + lip), (50 - half, top + lip)],
        (238, 188, 132),
        _IRON,
    )
