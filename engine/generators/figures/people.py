"""People."""

from __future__ import annotations

import numpy as np

from engine.generators.figures.clay import Clay
from engine.generators.figures.paints import DARK
from engine.generators.figures.shapes import blob, ellipse, limb
from engine.oklab import mix, shade
from engine.scenery import Colour

_SKINS: tuple[Colour, ...] = (
    (255, 214, 178),
    (240, 190, 150),
    (206, 148, 106),
    (150, 100, 72),
    (112, 74, 56),
)


_HAIRS: tuple[Colour, ...] = (
    (64, 46, 48),
    (96, 62, 46),
    (150, 92, 52),
    (46, 42, 58),
    (222, 176, 96),
    (180, 180, 190),
)


def person(
    clay: Clay, colour: Colour, rng: np.random.Generator, *, at: float = 0.0, tall: float = 1.0
) -> None:
    """A person in a coloured top who looks at us and waves one hand.

    ``at`` moves the figure aside and ``tall`` (up to 1) makes it smaller, for groups.
    """
    skin, hair = _SKINS[int(rng.integers(len(_SKINS)))], _HAIRS[int(rng.integers(len(_HAIRS)))]
    long_hair, skirt = bool(rng.random() < 0.5), bool(rng.random() < 0.4)
    trousers = mix(colour, (58, 66, 120), 0.78)

    def put(outline: np.ndarray, tone: Colour, **material: float) -> None:
        clay.part(
            np.stack([outline[:, 0] * tall + at, 1 - (1 - outline[:, 1]) * tall], axis=1), tone, **material
        )  # type: ignore[arg-type]

    if long_hair:
        put(
            blob([(-0.15, 0.12), (0.15, 0.12), (0.18, 0.34), (0.10, 0.38), (-0.10, 0.38), (-0.18, 0.34)]),
            hair,
            bulge=0.06,
        )
    for x in (-0.072, 0.072):
        put(
            limb([(x, 0.64), (x * 1.1, 0.80), (x * 1.15, 0.945)], (0.105, 0.09, 0.08)),
            skin if skirt else trousers,
            bulge=0.05,
        )
        put(limb([(x * 1.05, 0.965), (x * 1.9, 0.972)], (0.066, 0.058)), DARK, bulge=0.03)
    arm = mix(colour, shade(colour, light=-0.03), 0.5)
    put(limb([(-0.15, 0.40), (-0.215, 0.52), (-0.205, 0.63)], (0.075, 0.066, 0.058)), arm, bulge=0.04)
    put(ellipse(-0.205, 0.655, 0.037, 0.040), skin, bulge=0.04)
    put(limb([(0.14, 0.41), (0.255, 0.40), (0.275, 0.28)], (0.075, 0.066, 0.058)), arm, bulge=0.04)
    put(ellipse(0.278, 0.235, 0.037, 0.042), skin, bulge=0.04)
    if skirt:
        put(
            blob([(-0.11, 0.58), (0.11, 0.58), (0.19, 0.77), (0.0, 0.795), (-0.19, 0.77)]),
            shade(colour, light=-0.08),
            bulge=0.07,
        )
    put(
        blob(
            [
                (-0.10, 0.345),
                (0.10, 0.345),
                (0.165, 0.40),
                (0.14, 0.55),
                (0.135, 0.67),
                (-0.135, 0.67),
                (-0.14, 0.55),
                (-0.165, 0.40),
            ]
        ),
        colour,
        bulge=0.09,
    )
    put(limb([(0, 0.30), (0, 0.36)], (0.075, 0.085)), shade(skin, light=-0.05), bulge=0.03, cast=0.15)
    put(ellipse(-0.135, 0.20, 0.026, 0.034), skin, bulge=0.03)
    put(ellipse(0.135, 0.20, 0.026, 0.034), skin, bulge=0.03)
    put(
        blob(
            [
                (0, 0.04),
                (0.115, 0.08),
                (0.138, 0.19),
                (0.095, 0.29),
                (0, 0.325),
                (-0.095, 0.29),
                (-0.138, 0.19),
                (-0.115, 0.08),
            ]
        ),
        skin,
        bulge=0.12,
    )
    fringe = [
        (-0.150, 0.19),
        (-0.155, 0.08),
        (-0.07, 0.0),
        (0.07, 0.0),
        (0.155, 0.08),
        (0.150, 0.19),
        (0.115, 0.12),
        (0.03, 0.095),
        (-0.09, 0.125),
    ]
    put(blob(fringe), hair, bulge=0.06, gloss=0.35)
    for x in (-0.052, 0.052):
        put(ellipse(x, 0.205, 0.014, 0.019), (50, 40, 60), bulge=0.01, cast=0)
        put(ellipse(x * 1.65, 0.25, 0.022, 0.015), mix(skin, (240, 110, 110), 0.45), bulge=0, cast=0)
    put(
        limb([(-0.036, 0.262), (0, 0.278), (0.036, 0.262)], (0.010, 0.013, 0.010)),
        (150, 60, 70),
        bulge=0,
        cast=0,
    )


def group(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """Three people side by side."""
    person(clay, shade(colour, hue=70), rng, at=-0.40, tall=0.86)
    person(clay, shade(colour, hue=-60), rng, at=0.40, tall=0.90)
    person(clay, colour, rng, at=0.0, tall=1.0)
