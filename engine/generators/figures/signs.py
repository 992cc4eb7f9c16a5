"""Food, heavenly bodies, signs, and the badge for what nothing else fits."""

from __future__ import annotations

import numpy as np

from engine.generators.figures.clay import Clay
from engine.generators.figures.paints import DARK, GOLD, GREEN, STONE, WHITE, WOOD
from engine.generators.figures.shapes import blob, box, ellipse, limb, rounded, star
from engine.oklab import mix, shade
from engine.scenery import Colour


def fruit(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """An apple."""
    del rng
    body = blob(
        [
            (0, 0.24),
            (0.20, 0.17),
            (0.42, 0.30),
            (0.45, 0.56),
            (0.30, 0.90),
            (0.12, 1.0),
            (0, 0.96),
            (-0.12, 1.0),
            (-0.30, 0.90),
            (-0.45, 0.56),
            (-0.42, 0.30),
            (-0.20, 0.17),
        ]
    )
    clay.part(body, colour, bulge=0.34, gloss=0.55)
    clay.part(limb([(0, 0.27), (0.0, 0.14), (0.05, 0.03)], (0.035, 0.035, 0.05)), WOOD, bulge=0.03)
    clay.part(blob([(0.04, 0.15), (0.15, 0.02), (0.34, 0.02), (0.24, 0.15)]), GREEN, bulge=0.05)


def cake(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A round cake with icing and a cherry: stands for food."""
    del rng
    crumb = (246, 212, 150)
    clay.part(box(-0.56, 0.92, 0.56, 1.0, radius=0.04), STONE, bulge=0.04)
    clay.part(box(-0.46, 0.42, 0.46, 0.95, radius=0.06), crumb, bulge=0.12)
    clay.part(box(-0.46, 0.68, 0.46, 0.76), mix(colour, WHITE, 0.25), bulge=0.02, cast=0.1)
    drops = [box(-0.48, 0.34, 0.48, 0.50, radius=0.08)]
    for x, y in zip(np.linspace(-0.40, 0.40, 6), (0.58, 0.66, 0.56, 0.64, 0.58, 0.66), strict=True):
        drops.append(limb([(float(x), 0.44), (float(x), y)], (0.15, 0.11)))
    clay.part(drops, colour, bulge=0.07, gloss=0.5)
    for x in (-0.30, 0.0, 0.30):
        clay.part(ellipse(x, 0.31, 0.115, 0.085), WHITE, bulge=0.08)
    clay.part(ellipse(0, 0.19, 0.085, 0.085), (226, 48, 72), bulge=0.08, gloss=0.7)
    clay.part(limb([(0.0, 0.12), (0.05, 0.02)], (0.016, 0.016)), GREEN, bulge=0.01)


def bowl(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A bowl of rice or noodles with sticks."""
    del rng
    for x in (0.16, 0.27):
        clay.part(limb([(x + 0.26, 0.0), (x - 0.12, 0.46)], (0.022, 0.034)), WOOD, bulge=0.02)
    for x, y in (
        (-0.32, 0.40),
        (-0.16, 0.32),
        (0.02, 0.29),
        (0.2, 0.33),
        (0.34, 0.41),
        (-0.06, 0.40),
        (0.12, 0.41),
    ):
        clay.part(ellipse(x, y, 0.16, 0.13), (255, 248, 230), bulge=0.10, cast=0.12)
    body = blob(
        [
            (-0.58, 0.42),
            (0, 0.46),
            (0.58, 0.42),
            (0.50, 0.70),
            (0.26, 0.92),
            (0, 0.94),
            (-0.26, 0.92),
            (-0.50, 0.70),
        ]
    )
    clay.part(box(-0.22, 0.88, 0.22, 1.0, radius=0.03), shade(colour, light=-0.06), bulge=0.04)
    clay.part(body, colour, bulge=0.18, gloss=0.5)
    clay.part(
        limb([(-0.54, 0.455), (0, 0.50), (0.54, 0.455)], (0.03, 0.035, 0.03)), WHITE, bulge=0.02, cast=0
    )


def cup(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A steaming cup."""
    del rng
    for x in (-0.16, 0.06):
        clay.part(
            limb([(x, 0.34), (x + 0.06, 0.24), (x, 0.14), (x + 0.06, 0.02)], (0.02, 0.05, 0.045, 0.012)),
            WHITE,
            bulge=0.03,
        )
    clay.part(ellipse(0.36, 0.62, 0.19, 0.17), colour, bulge=0.04, holes=(ellipse(0.36, 0.62, 0.115, 0.10),))
    clay.part(box(-0.54, 0.93, 0.54, 1.0, radius=0.035), mix(colour, WHITE, 0.5), bulge=0.03)
    clay.part(
        blob([(-0.42, 0.40), (0.36, 0.40), (0.36, 0.66), (0.22, 0.92), (-0.28, 0.92), (-0.42, 0.66)]),
        colour,
        bulge=0.16,
        gloss=0.5,
    )
    clay.part(ellipse(-0.03, 0.405, 0.385, 0.065), mix(colour, WHITE, 0.5), bulge=0.03)
    clay.part(ellipse(-0.03, 0.41, 0.34, 0.048), (120, 74, 52), bulge=0.02, cast=0)


def heart(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A heart."""
    del rng
    outline = blob(
        [
            (0, 0.24),
            (0.14, 0.07),
            (0.34, 0.03),
            (0.52, 0.16),
            (0.55, 0.38),
            (0.38, 0.66),
            (0.10, 0.94),
            (0, 1.0),
            (-0.10, 0.94),
            (-0.38, 0.66),
            (-0.55, 0.38),
            (-0.52, 0.16),
            (-0.34, 0.03),
            (-0.14, 0.07),
        ]
    )
    clay.part(outline, colour, bulge=0.30, gloss=0.55)


def shining_star(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A five-pointed star."""
    del rng
    clay.part(
        rounded(star(0, 0.54, 0.54, 0.265), 0.12),
        colour,
        bulge=0.20,
        gloss=0.5,
        lower=shade(colour, light=-0.06, hue=-20),
    )


def sun(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """The sun with rays."""
    del rng
    for index in range(12):
        a = np.radians(30 * index)
        start, end = 0.33, 0.49 if index % 2 else 0.45
        ray = [(np.cos(a) * start, 0.5 + np.sin(a) * start), (np.cos(a) * end, 0.5 + np.sin(a) * end)]
        clay.part(limb(ray, (0.085, 0.03)), shade(colour, hue=-22, light=-0.04), bulge=0.03)
    clay.part(
        ellipse(0, 0.5, 0.30, 0.30), colour, bulge=0.28, gloss=0.4, lower=shade(colour, hue=-25, light=-0.05)
    )


def moon(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A crescent moon with craters."""
    del rng
    outer, inner = ellipse(0, 0.5, 0.5, 0.5), ellipse(0.25, 0.40, 0.44, 0.44)
    clay.part(outer, colour, bulge=0.14, gloss=0.2, holes=(inner,))
    for x, y, size in ((-0.33, 0.50, 0.055), (-0.22, 0.74, 0.070), (-0.36, 0.32, 0.035), (0.04, 0.90, 0.040)):
        clay.part(ellipse(x, y, size, size), shade(colour, light=-0.08), bulge=0.02, cast=0)


def globe(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """The earth with seas and lands."""
    ball_ = ellipse(0, 0.5, 0.5, 0.5)
    clay.part(ball_, mix(colour, (70, 150, 240), 0.8), bulge=0.46, gloss=0.5)
    for x, y, size in (
        (-0.20, 0.30, 0.22),
        (-0.10, 0.68, 0.17),
        (0.27, 0.38, 0.20),
        (0.22, 0.78, 0.13),
        (-0.42, 0.60, 0.10),
    ):
        angle = np.linspace(0, 2 * np.pi, 9, endpoint=False)
        radius = size * rng.uniform(0.65, 1.15, 9)
        land = np.stack([x + np.cos(angle) * radius, y + np.sin(angle) * radius], axis=1)
        clay.part(blob(land), GREEN, bulge=0.05, cast=0.1, inside=ball_)


def book(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """An open book."""
    del rng
    clay.part(rounded([(-0.72, 0.20), (0.72, 0.20), (0.72, 0.98), (-0.72, 0.98)], 0.04), colour, bulge=0.04)
    for side in (-1, 1):
        page = np.array(
            [
                (0, 0.16),
                (side * 0.30, 0.05),
                (side * 0.66, 0.13),
                (side * 0.66, 0.90),
                (side * 0.30, 0.83),
                (0, 0.95),
            ]
        )
        clay.part(rounded(page, 0.05), (255, 250, 238), bulge=0.07, gloss=0.05)
        for row in range(6):
            y = 0.24 + 0.10 * row
            line = [
                (side * 0.10, y + 0.02),
                (side * 0.32, y - 0.045),
                (side * (0.56 if row != 5 else 0.40), y - 0.01),
            ]
            clay.part(limb(line, (0.022, 0.022)), mix((190, 184, 200), colour, 0.2), bulge=0, cast=0)
    clay.part(
        rounded([(0.34, 0.06), (0.44, 0.07), (0.44, 0.34), (0.39, 0.29), (0.34, 0.34)], 0.008),
        (236, 84, 92),
        bulge=0.02,
    )


def card(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A leaf of a calendar: stands for numbers and dates, which the type writes."""
    clay.part(box(-0.48, 0.08, 0.48, 1.0, radius=0.09), WHITE, bulge=0.05, gloss=0.1)
    clay.part(
        [box(-0.48, 0.08, 0.48, 0.32, radius=0.09), box(-0.48, 0.22, 0.48, 0.32)],
        colour,
        bulge=0.04,
        cast=0,
        gloss=0.4,
    )
    for x in (-0.24, 0.24):
        clay.part(ellipse(x, 0.19, 0.045, 0.045), mix(colour, DARK, 0.55), bulge=0.02, cast=0)
        clay.part(limb([(x, 0.02), (x, 0.18)], (0.055, 0.055)), STONE, bulge=0.03)
    marked = int(rng.integers(20))
    for index in range(20):
        x, y = -0.36 + 0.18 * (index % 5), 0.44 + 0.15 * (index // 5)
        tone = colour if index == marked else (222, 218, 232)
        clay.part(box(x - 0.055, y - 0.045, x + 0.055, y + 0.045, radius=0.025), tone, bulge=0.02, cast=0.05)


def ball(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A football."""
    del rng
    whole = ellipse(0, 0.5, 0.5, 0.5)
    clay.part(whole, WHITE, bulge=0.46, gloss=0.4)
    patch = mix(colour, DARK, 0.35)
    for turn in range(0, 360, 72):
        a = np.radians(turn - 90)
        middle = star(np.cos(a) * 0.42, 0.5 + np.sin(a) * 0.42, 0.17, 0.137)
        clay.part(
            limb(
                [(np.cos(a) * 0.15, 0.5 + np.sin(a) * 0.15), (np.cos(a) * 0.34, 0.5 + np.sin(a) * 0.34)],
                (0.014, 0.014),
            ),
            shade(patch, light=0.2),
            bulge=0,
            cast=0,
            inside=whole,
        )
        clay.part(rounded(middle, 0.03), patch, bulge=0.03, cast=0, inside=whole)
    clay.part(
        rounded(
            np.stack(
                [
                    np.cos(np.radians(np.arange(-90, 270, 72))) * 0.17,
                    0.5 + np.sin(np.radians(np.arange(-90, 270, 72))) * 0.17,
                ],
                1,
            ),
            0.03,
        ),
        patch,
        bulge=0.04,
        cast=0,
    )


def flag(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A waving flag on a pole."""
    del rng
    x = np.linspace(0, 0.86, 40)
    wave = 0.045 * np.sin(x * 8) * (0.3 + x)
    cloth = np.concatenate([np.stack([x - 0.36, 0.08 + wave], 1), np.stack([x - 0.36, 0.56 + wave], 1)[::-1]])
    clay.part(cloth, colour, bulge=0.10, gloss=0.2)
    for part in (0.24, 0.56):
        clay.part(
            limb(np.stack([x - 0.36, 0.32 + wave], 1)[int(part * 40) : int(part * 40) + 6 : 5], (0.09, 0.09)),
            mix(colour, WHITE, 0.75),
            bulge=0.03,
            cast=0,
        )
    clay.part(limb([(-0.40, 0.04), (-0.40, 0.99)], (0.045, 0.055)), STONE, bulge=0.03)
    clay.part(ellipse(-0.40, 0.035, 0.045, 0.045), GOLD, bulge=0.04, gloss=0.6)


def note(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """Two joined quavers: stands for music."""
    del rng
    for x, y in ((-0.28, 0.10), (0.36, 0.02)):
        clay.part(limb([(x, y), (x, 0.80)], (0.075, 0.075)), colour, bulge=0.04)
    clay.part(rounded([(-0.32, 0.08), (0.40, -0.02), (0.40, 0.18), (-0.32, 0.28)], 0.03), colour, bulge=0.05)
    for x in (-0.40, 0.24):
        clay.part(ellipse(x, 0.85, 0.185, 0.135, turn=-18), colour, bulge=0.12, gloss=0.5)


def chest(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A parcel with a ribbon: the badge for a thing that nothing else fits."""
    del rng
    clay.part(box(-0.46, 0.40, 0.46, 1.0, radius=0.05), colour, bulge=0.10, lower=shade(colour, light=-0.06))
    clay.part(box(-0.52, 0.27, 0.52, 0.45, radius=0.05), shade(colour, light=0.05), bulge=0.06)
    ribbon = mix(GOLD, WHITE, 0.25)
    clay.part(box(-0.085, 0.45, 0.085, 1.0), ribbon, bulge=0.03, cast=0.15)
    clay.part(box(-0.085, 0.27, 0.085, 0.45), ribbon, bulge=0.03, cast=0.1)
    for side in (-1, 1):
        loop = blob(
            [(0, 0.25), (side * 0.12, 0.05), (side * 0.32, 0.0), (side * 0.34, 0.16), (side * 0.16, 0.25)]
        )
        hole = blob(
            [
                (side * 0.09, 0.20),
                (side * 0.16, 0.10),
                (side * 0.26, 0.07),
                (side * 0.26, 0.14),
                (side * 0.16, 0.20),
            ]
        )
        clay.part(loop, ribbon, bulge=0.05, holes=(hole,))
    clay.part(ellipse(0, 0.23, 0.075, 0.065), shade(ribbon, light=-0.04), bulge=0.05)
