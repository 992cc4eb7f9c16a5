"""People, animals and plants."""

from __future__ import annotations

import numpy as np

from engine.generators.figures.clay import Clay
from engine.generators.figures.made import DARK, GOLD, GREEN, WHITE, WOOD
from engine.generators.figures.shapes import blob, box, ellipse, limb, mirrored, moved, rounded
from engine.palette import mix, shade
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


def _eye(clay: Clay, x: float, y: float, size: float) -> None:
    clay.part(ellipse(x, y, size, size * 1.15), (50, 40, 60), bulge=size * 0.8, gloss=0.3, cast=0)
    clay.part(
        ellipse(x - size * 0.3, y - size * 0.4, size * 0.34, size * 0.34), (255, 255, 255), bulge=0, cast=0
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


def quadruped(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A four-legged animal that faces right, with pointed ears and a bushy tail: fox, dog or cat."""
    del rng
    dark, belly = shade(colour, light=-0.13), mix(colour, (255, 246, 230), 0.75)
    clay.part(
        limb([(-0.36, 0.52), (-0.60, 0.46), (-0.74, 0.26), (-0.66, 0.12)], (0.08, 0.17, 0.20, 0.06)),
        colour,
        bulge=0.08,
    )
    clay.part(limb([(-0.72, 0.24), (-0.68, 0.14)], (0.15, 0.06)), belly, bulge=0.05, cast=0.1)
    for x, foot in ((-0.22, -0.27), (0.30, 0.34)):
        clay.part(limb([(x, 0.60), (x - 0.02, 0.80), (foot, 0.96)], (0.15, 0.10, 0.085)), dark, bulge=0.05)
    body = blob(
        [
            (-0.44, 0.46),
            (-0.20, 0.38),
            (0.12, 0.40),
            (0.36, 0.38),
            (0.46, 0.52),
            (0.36, 0.70),
            (0.0, 0.70),
            (-0.32, 0.72),
            (-0.46, 0.62),
        ]
    )
    clay.part(body, colour, bulge=0.18)
    clay.part(blob([(0.22, 0.56), (0.42, 0.50), (0.42, 0.66), (0.30, 0.72)]), belly, bulge=0.06, cast=0.05)
    for x, foot in ((-0.34, -0.38), (0.22, 0.21)):
        clay.part(
            limb([(x, 0.58), (x - 0.02, 0.78), (foot, 0.95)], (0.19, 0.115, 0.09)),
            colour,
            bulge=0.06,
            cast=0.15,
        )
        clay.part(limb([(foot, 0.965), (foot + 0.06, 0.97)], (0.075, 0.065)), dark, bulge=0.03, cast=0.1)
    for x, lean in ((0.34, -0.05), (0.60, 0.05)):
        clay.part(rounded([(x - 0.09, 0.20), (x + lean, -0.02), (x + 0.09, 0.18)], 0.04), colour, bulge=0.05)
        clay.part(
            rounded([(x - 0.045, 0.18), (x + lean * 0.8, 0.05), (x + 0.045, 0.17)], 0.03),
            dark,
            bulge=0.02,
            cast=0,
        )
    head = blob(
        [
            (0.30, 0.22),
            (0.44, 0.12),
            (0.58, 0.14),
            (0.68, 0.26),
            (0.80, 0.35),
            (0.78, 0.42),
            (0.62, 0.46),
            (0.42, 0.46),
            (0.30, 0.36),
        ]
    )
    clay.part(head, colour, bulge=0.14)
    clay.part(
        blob([(0.56, 0.36), (0.70, 0.33), (0.80, 0.37), (0.76, 0.425), (0.60, 0.45), (0.46, 0.44)]),
        belly,
        bulge=0.05,
        cast=0.05,
    )
    clay.part(ellipse(0.795, 0.355, 0.034, 0.028), DARK, bulge=0.03, gloss=0.6, cast=0.1)
    _eye(clay, 0.60, 0.265, 0.026)


def horse(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A tall four-legged animal that faces right: horse, cow or deer."""
    del rng
    dark, mane = shade(colour, light=-0.13), mix(colour, DARK, 0.7)
    clay.part(limb([(-0.42, 0.42), (-0.56, 0.50), (-0.58, 0.72)], (0.06, 0.10, 0.05)), mane, bulge=0.04)
    for x, foot in ((-0.24, -0.28), (0.26, 0.31)):
        clay.part(limb([(x, 0.55), (x, 0.76), (foot, 0.96)], (0.14, 0.075, 0.07)), dark, bulge=0.04)
    body = blob(
        [
            (-0.46, 0.42),
            (-0.20, 0.38),
            (0.10, 0.40),
            (0.34, 0.34),
            (0.42, 0.50),
            (0.28, 0.64),
            (-0.06, 0.66),
            (-0.36, 0.64),
            (-0.48, 0.54),
        ]
    )
    clay.part(limb([(0.26, 0.50), (0.42, 0.32), (0.52, 0.16)], (0.32, 0.22, 0.16)), colour, bulge=0.09)
    clay.part(body, colour, bulge=0.16)
    clay.part(
        limb([(0.22, 0.42), (0.34, 0.26), (0.46, 0.08)], (0.07, 0.11, 0.05)), mane, bulge=0.04, cast=0.1
    )
    for x, foot in ((-0.36, -0.40), (0.20, 0.18)):
        clay.part(
            limb([(x, 0.54), (x, 0.75), (foot, 0.95)], (0.18, 0.085, 0.075)), colour, bulge=0.05, cast=0.15
        )
        clay.part(box(foot - 0.045, 0.945, foot + 0.055, 1.0, radius=0.02), DARK, bulge=0.02, cast=0.1)
    clay.part(rounded([(0.44, 0.12), (0.46, -0.02), (0.53, 0.08)], 0.02), colour, bulge=0.03)
    clay.part(limb([(0.50, 0.14), (0.62, 0.24), (0.74, 0.34)], (0.18, 0.16, 0.12)), colour, bulge=0.08)
    clay.part(ellipse(0.745, 0.345, 0.062, 0.055), mix(colour, WHITE, 0.35), bulge=0.05, cast=0.05)
    clay.part(ellipse(0.765, 0.335, 0.012, 0.014), DARK, bulge=0, cast=0)
    _eye(clay, 0.575, 0.165, 0.021)


def bird(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A bird in flight to the right, wings raised."""
    del rng
    dark, belly = shade(colour, light=-0.12), mix(colour, (255, 248, 232), 0.75)
    clay.part(
        blob([(-0.06, 0.56), (-0.32, 0.34), (-0.50, 0.06), (-0.26, 0.12), (0.02, 0.30), (0.16, 0.54)]),
        dark,
        bulge=0.06,
    )
    for lift in (0.0, 0.09):
        clay.part(
            limb(
                [(-0.42, 0.66 + lift * 0.4), (-0.66, 0.74 + lift), (-0.82, 0.74 + lift * 1.4)],
                (0.13, 0.11, 0.05),
            ),
            dark,
            bulge=0.04,
        )
    body = blob(
        [
            (-0.52, 0.66),
            (-0.26, 0.54),
            (0.12, 0.46),
            (0.36, 0.44),
            (0.52, 0.54),
            (0.44, 0.70),
            (0.16, 0.84),
            (-0.18, 0.82),
        ]
    )
    clay.part(rounded([(0.50, 0.49), (0.74, 0.57), (0.48, 0.62)], 0.03), (255, 176, 66), bulge=0.05)
    clay.part(body, colour, bulge=0.18)
    clay.part(
        blob([(0.40, 0.66), (0.12, 0.82), (-0.18, 0.80), (-0.02, 0.70), (0.24, 0.66)]),
        belly,
        bulge=0.08,
        cast=0,
    )
    wing = blob(
        [(0.10, 0.62), (-0.12, 0.50), (-0.20, 0.22), (-0.14, -0.02), (0.06, 0.16), (0.24, 0.40), (0.26, 0.58)]
    )
    clay.part(wing, shade(colour, light=0.03), bulge=0.08)
    for start, end in (((-0.13, 0.10), (0.02, 0.36)), ((-0.16, 0.26), (0.0, 0.46))):
        clay.part(limb([start, end], (0.018, 0.010)), dark, bulge=0.01, cast=0)
    _eye(clay, 0.38, 0.535, 0.030)


def fish(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A fish that swims to the right."""
    del rng
    fin, belly = shade(colour, light=-0.07, hue=-14), mix(colour, (255, 248, 226), 0.7)
    clay.part(
        blob([(-0.44, 0.50), (-0.66, 0.22), (-0.86, 0.14), (-0.78, 0.50), (-0.86, 0.86), (-0.66, 0.78)]),
        fin,
        bulge=0.06,
    )
    clay.part(blob([(-0.26, 0.26), (-0.10, 0.02), (0.20, 0.04), (0.30, 0.26)]), fin, bulge=0.05)
    clay.part(blob([(-0.16, 0.76), (-0.20, 0.98), (0.06, 0.92), (0.16, 0.78)]), fin, bulge=0.05)
    body = blob(
        [
            (-0.56, 0.50),
            (-0.22, 0.24),
            (0.22, 0.16),
            (0.58, 0.32),
            (0.72, 0.52),
            (0.56, 0.70),
            (0.22, 0.84),
            (-0.22, 0.76),
        ]
    )
    clay.part(body, colour, bulge=0.22, gloss=0.4)
    clay.part(
        blob([(0.62, 0.62), (0.22, 0.80), (-0.22, 0.74), (-0.40, 0.60), (0.10, 0.66)]),
        belly,
        bulge=0.08,
        cast=0,
        inside=body,
    )
    for x in (-0.20, 0.10):
        stripe = limb([(x, 0.1), (x + 0.09, 0.5), (x, 0.9)], (0.09, 0.11, 0.09))
        clay.part(stripe, WHITE, bulge=0.03, cast=0, inside=body, gloss=0.1)
    clay.part(blob([(0.12, 0.54), (-0.08, 0.58), (-0.14, 0.70), (0.08, 0.68)]), fin, bulge=0.04)
    clay.part(ellipse(0.46, 0.42, 0.075, 0.08), WHITE, bulge=0.05)
    _eye(clay, 0.475, 0.425, 0.040)
    clay.part(limb([(0.69, 0.56), (0.60, 0.60)], (0.016, 0.012)), mix(colour, DARK, 0.6), bulge=0, cast=0)


def insect(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A butterfly with open wings."""
    del rng
    for flip in (False, True):
        for outline, tone in (
            (
                blob([(0.05, 0.46), (0.20, 0.14), (0.50, 0.04), (0.56, 0.30), (0.40, 0.50), (0.10, 0.54)]),
                colour,
            ),
            (
                blob([(0.05, 0.54), (0.34, 0.54), (0.46, 0.72), (0.34, 0.96), (0.14, 0.84)]),
                shade(colour, hue=-28),
            ),
        ):
            wing = mirrored(outline) if flip else outline
            clay.part(wing, tone, bulge=0.07)
            centre = wing.mean(0)
            clay.part((wing - centre) * 0.45 + centre, mix(tone, WHITE, 0.62), bulge=0.04, cast=0.05)
        feeler = limb([(0.02, 0.26), (0.06, 0.12), (0.13, 0.04)], (0.016, 0.013, 0.022))
        clay.part(mirrored(feeler) if flip else feeler, DARK, bulge=0.01)
    clay.part(limb([(0, 0.30), (0, 0.58), (0, 0.82)], (0.085, 0.09, 0.035)), DARK, bulge=0.05)
    clay.part(ellipse(0, 0.27, 0.055, 0.055), DARK, bulge=0.05)


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
        cap = [(x - 1, top - 0.1), (x + 1, top - 0.1), (x + 1, top + drop), (x + half * 0.26, top + drop), (x + half * 0.12, top + drop * 0.68),
               (x, top + drop * 1.12), (x - half * 0.14, top + drop * 0.72), (x - half * 0.30, top + drop), (x - 1, top + drop)]  # fmt: skip
        clay.part(rounded(cap, 0.03), snow, bulge=0.06, cast=0.15, inside=outline, gloss=0.1)
