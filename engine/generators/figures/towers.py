"""Towers."""

from __future__ import annotations

import numpy as np

from engine.generators.figures.clay import Clay
from engine.generators.figures.paints import DARK, GLASS, GOLD, STONE, WHITE
from engine.generators.figures.shapes import blob, box, ellipse, limb, rounded
from engine.oklab import mix, shade
from engine.scenery import Colour


def lattice_tower(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """An iron tower on four feet that curve together."""
    del rng
    light, dark = colour, shade(colour, light=-0.10)

    def half(y: float) -> float:
        """Return half the width at a height: an exponential curve, as wind asks for."""
        return 0.020 + 0.36 * float(np.exp(-3.3 * (1 - y)) - np.exp(-3.3)) / (1 - float(np.exp(-3.3)))

    clay.part(limb([(0, 0.0), (0, 0.13)], (0.012, 0.022)), dark, bulge=0.02)
    levels = np.linspace(0.12, 1.0, 14)
    for side in (-1, 1):
        path = [(side * half(float(y)) * 0.86, float(y)) for y in levels]
        clay.part(limb(path, (0.030, 0.045, 0.075, 0.15)), light, bulge=0.035, cast=0.2)
    for low, high in ((0.94, 0.76), (0.74, 0.60), (0.57, 0.46), (0.44, 0.34), (0.32, 0.23)):
        for side in (-1, 1):
            line = [(side * half(low) * 0.78, low - 0.01), (-side * half(high) * 0.78, high + 0.01)]
            if low < 0.9:
                clay.part(limb(line, (0.020, 0.016)), dark, bulge=0.015, cast=0.15)
    arch = [(-half(0.98) * 0.74, 0.99), (-0.16, 0.84), (0, 0.79), (0.16, 0.84), (half(0.98) * 0.74, 0.99)]
    clay.part(limb(arch, (0.035, 0.035)), dark, bulge=0.025, cast=0.2)
    for level, thick in ((0.75, 0.045), (0.45, 0.036), (0.13, 0.030)):
        wide = half(level) + 0.035
        clay.part(
            box(-wide, level - thick / 2, wide, level + thick / 2, radius=0.012),
            mix(light, WHITE, 0.18),
            bulge=0.02,
        )
    for side in (-1, 1):
        x = side * half(1.0) * 0.86
        clay.part(box(x - 0.10, 0.965, x + 0.10, 1.0, radius=0.015), mix(light, WHITE, 0.1), bulge=0.02)


def stone_tower(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A slender tower with a clock and a pointed roof."""
    del rng
    wall, roof = mix(STONE, colour, 0.16), colour
    clay.part(box(-0.16, 0.30, 0.16, 1.0, radius=0.01), wall, bulge=0.10, lower=shade(wall, light=-0.05))
    clay.part(box(-0.21, 0.92, 0.21, 1.0, radius=0.02), shade(wall, light=-0.05), bulge=0.05)
    clay.part(box(-0.20, 0.27, 0.20, 0.33, radius=0.02), shade(wall, light=0.03), bulge=0.03)
    clay.part(box(-0.20, 0.50, 0.20, 0.54, radius=0.02), shade(wall, light=0.03), bulge=0.03)
    clay.part(limb([(0, 0.0), (0, 0.1)], (0.012, 0.02)), GOLD, bulge=0.02)
    clay.part(rounded([(0, 0.04), (0.24, 0.29), (-0.24, 0.29)], 0.02), roof, bulge=0.10)
    clay.part(ellipse(0, 0.42, 0.095, 0.095), GOLD, bulge=0.03)
    clay.part(ellipse(0, 0.42, 0.075, 0.075), WHITE, bulge=0.02, cast=0.15)
    clay.part(limb([(0, 0.42), (0, 0.37)], (0.014, 0.010)), DARK, bulge=0.01, cast=0.0)
    clay.part(limb([(0, 0.42), (0.04, 0.435)], (0.014, 0.010)), DARK, bulge=0.01, cast=0.0)
    for y in (0.60, 0.76):
        clay.part(box(-0.045, y, 0.045, y + 0.10, radius=0.045), mix(DARK, GLASS, 0.25), bulge=0.03, cast=0.1)


def tv_tower(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A shaft with a ball of glass and a long mast."""
    del rng
    clay.part(limb([(0, 0.0), (0, 0.25)], (0.010, 0.030)), colour, bulge=0.02)
    clay.part(limb([(0, 0.30), (0, 0.97)], (0.07, 0.07, 0.11)), mix(STONE, colour, 0.1), bulge=0.06)
    for side in (-1, 1):
        clay.part(limb([(side * 0.03, 0.70), (side * 0.20, 0.98)], (0.04, 0.05)), STONE, bulge=0.03)
    clay.part(ellipse(0, 0.33, 0.135, 0.115), colour, bulge=0.13, gloss=0.5)
    clay.part(
        box(-0.14, 0.31, 0.14, 0.35, radius=0.02), GLASS, bulge=0.03, inside=ellipse(0, 0.33, 0.14, 0.12)
    )
    clay.part(ellipse(0, 0.68, 0.085, 0.07), colour, bulge=0.08, gloss=0.5)
    clay.part(box(-0.28, 0.95, 0.28, 1.0, radius=0.025), STONE, bulge=0.03)


def lighthouse(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A striped lighthouse on rock."""
    del rng
    body = rounded([(-0.115, 0.26), (0.115, 0.26), (0.185, 0.96), (-0.185, 0.96)], 0.01)
    clay.part(body, WHITE, bulge=0.13)
    for top in (0.36, 0.60, 0.84):
        clay.part(box(-0.3, top, 0.3, top + 0.12), colour, bulge=0, cast=0.0, inside=body)
    clay.part(box(-0.155, 0.235, 0.155, 0.275, radius=0.015), DARK, bulge=0.02)
    clay.part(box(-0.085, 0.12, 0.085, 0.24, radius=0.01), (255, 232, 150), bulge=0.06, gloss=0.6)
    for x in (-0.045, 0.045):
        clay.part(box(x - 0.007, 0.12, x + 0.007, 0.24), DARK, bulge=0, cast=0)
    clay.part(rounded([(0, 0.0), (0.13, 0.13), (-0.13, 0.13)], 0.02), colour, bulge=0.06)
    clay.part(box(-0.05, 0.80, 0.05, 0.95, radius=0.05), DARK, bulge=0.03)
    clay.part(
        blob([(-0.34, 1.0), (-0.30, 0.93), (-0.1, 0.91), (0.12, 0.92), (0.30, 0.94), (0.36, 1.0)]),
        (140, 132, 150),
        bulge=0.05,
    )
