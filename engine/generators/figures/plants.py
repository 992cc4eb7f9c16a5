"""Plants, and the mountain they grow on."""

from __future__ import annotations

import numpy as np

from engine.generators.figures.clay import Clay
from engine.generators.figures.paints import GOLD, GREEN, WOOD
from engine.generators.figures.shapes import box, ellipse, limb, mirrored, moved, rounded
from engine.oklab import mix, shade
from engine.scenery import Colour


def tree(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A leafy tree."""
    clay.part(limb([(0, 1.0), (0.01, 0.80), (0, 0.55)], (0.16, 0.10, 0.08)), WOOD, bulge=0.05)
    for x in (-0.20, 0.20):
        clay.part(limb([(0, 0.74), (x, 0.56)], (0.06, 0.04)), WOOD, bulge=0.03)
    heaps = [
        (-0.26, 0.46, 0.21),
        (0.27, 0.44, 0.21),
        (0.0, 0.50, 0.22),
        (-0.17, 0.24, 0.21),
        (0.18, 0.23, 0.20),
        (0.0, 0.34, 0.25),
        (0.01, 0.17, 0.17),
    ]
    for x, y, size in heaps:
        tone = shade(colour, light=0.10 * (0.35 - y), hue=float(rng.uniform(-6, 6)))
        clay.part(ellipse(x, y, size, size * 0.92), tone, bulge=size * 0.9, gloss=0.1, cast=0.22)


def pine(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A fir tree in tiers."""
    del rng
    clay.part(box(-0.06, 0.82, 0.06, 1.0, radius=0.02), WOOD, bulge=0.05)
    for index, (top, foot, half) in enumerate(((0.44, 0.90, 0.38), (0.22, 0.66, 0.30), (0.0, 0.42, 0.21))):
        tier = rounded(
            [
                (0, top),
                (half, foot),
                (half * 0.4, foot - 0.02),
                (0, foot + 0.025),
                (-half * 0.4, foot - 0.02),
                (-half, foot),
            ],
            0.06,
        )
        clay.part(tier, shade(colour, light=0.03 * index), bulge=0.12, gloss=0.1)


def plant(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A potted plant with broad leaves."""
    del rng
    pot = (222, 120, 88)
    for angle, length in ((-150, 0.36), (-30, 0.36), (-122, 0.48), (-58, 0.48), (-90, 0.54)):
        a = np.radians(angle)
        tip = (np.cos(a) * length, 0.62 + np.sin(a) * length)
        middle = (tip[0] * 0.55, 0.62 + (tip[1] - 0.62) * 0.62)
        clay.part(
            limb([(0, 0.68), middle, tip], (0.05, 0.17, 0.02)),
            shade(colour, light=0.03 * np.sin(a * 3)),
            bulge=0.06,
        )
        clay.part(limb([(0, 0.66), middle], (0.016, 0.010)), shade(colour, light=0.10), bulge=0.01, cast=0)
    clay.part(rounded([(-0.22, 0.70), (0.22, 0.70), (0.15, 1.0), (-0.15, 1.0)], 0.03), pot, bulge=0.10)
    clay.part(box(-0.25, 0.64, 0.25, 0.735, radius=0.03), shade(pot, light=0.04), bulge=0.04)


def flower(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A flower on a stem with two leaves."""
    del rng
    clay.part(limb([(0.01, 1.0), (-0.02, 0.72), (0, 0.36)], (0.05, 0.045, 0.04)), GREEN, bulge=0.03)
    leaf = limb([(0, 0.84), (0.17, 0.70), (0.31, 0.68)], (0.05, 0.13, 0.02))
    clay.part(leaf, GREEN, bulge=0.05)
    clay.part(moved(mirrored(leaf), -0.02, 0.06), shade(GREEN, light=-0.04), bulge=0.05)
    for ring, count, reach, tone in ((0, 8, 0.215, shade(colour, light=-0.06)), (1, 8, 0.19, colour)):
        for index in range(count):
            turn = 360 / count * (index + 0.5 * ring)
            a = np.radians(turn)
            clay.part(
                ellipse(np.cos(a) * reach * 0.80, 0.30 + np.sin(a) * reach * 0.80, 0.125, 0.072, turn=turn),
                tone,
                bulge=0.06,
                cast=0.18,
            )
    clay.part(ellipse(0, 0.30, 0.105, 0.105), mix(GOLD, (230, 130, 50), 0.3), bulge=0.09)


def mountain(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A snow-topped mountain with a lower one beside it."""
    del rng
    rock = mix(colour, (124, 128, 160), 0.7)
    snow = (246, 248, 255)
    for x, top, half in ((0.42, 0.34, 0.50), (-0.14, 0.0, 0.72)):
        outline = rounded(
            [
                (x, top),
                (x + half * 0.34, top + (1 - top) * 0.30),
                (x + half, 1.0),
                (x - half, 1.0),
                (x - half * 0.38, top + (1 - top) * 0.36),
            ],
            0.035,
        )
        clay.part(outline, rock, bulge=0.12, gloss=0.1, lower=mix(rock, GREEN, 0.35))
        drop = (1 - top) * 0.34
        teeth = ((0.26, 1.0), (0.12, 0.68), (0.0, 1.12), (-0.14, 0.72), (-0.30, 1.0))
        hang = [(x + half * across, top + drop * down) for across, down in teeth]
        cap = [(x - 1, top - 0.1), (x + 1, top - 0.1), (x + 1, top + drop), *hang, (x - 1, top + drop)]
        clay.part(rounded(cap, 0.03), snow, bulge=0.06, cast=0.15, inside=outline, gloss=0.1)
