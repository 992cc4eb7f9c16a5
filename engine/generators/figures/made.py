"""Things that people made: houses, towers, bridges, vehicles."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.generators.figures.clay import Clay
from engine.generators.figures.shapes import blob, box, curve, ellipse, limb, rounded
from engine.palette import mix, shade
from engine.scenery import Colour

#: Paints a figure in its main colour; the generator gives the chance.
Figure = Callable[[Clay, Colour, np.random.Generator], None]

WHITE: Colour = (246, 244, 250)
GLASS: Colour = (126, 200, 246)
DARK: Colour = (66, 58, 84)
GOLD: Colour = (255, 200, 84)
WOOD: Colour = (168, 112, 74)
STONE: Colour = (206, 200, 214)
GREEN: Colour = (98, 190, 108)


def house(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A cottage with a gable roof."""
    del rng
    wall = mix(colour, (255, 246, 226), 0.78)
    clay.part(box(0.22, 0.10, 0.36, 0.45, radius=0.015), mix(colour, STONE, 0.6), bulge=0.04)
    clay.part(rounded([(-0.46, 0.46), (0.46, 0.46), (0.46, 1.0), (-0.46, 1.0)], 0.03), wall, bulge=0.05)
    clay.part(
        rounded([(-0.64, 0.54), (-0.58, 0.46), (0, 0.02), (0.58, 0.46), (0.64, 0.54)], 0.06),
        colour,
        bulge=0.07,
    )
    clay.part(box(-0.12, 0.64, 0.12, 1.0, radius=0.05), WOOD, bulge=0.03)
    clay.part(ellipse(0.07, 0.83, 0.018, 0.018), GOLD, bulge=0.02)
    clay.part(ellipse(0, 0.34, 0.085, 0.085), WHITE, bulge=0.03)
    clay.part(ellipse(0, 0.34, 0.06, 0.06), GLASS, bulge=0.02, cast=0.1)
    for x in (-0.30, 0.30):
        clay.part(box(x - 0.10, 0.62, x + 0.10, 0.84, radius=0.02), WHITE, bulge=0.02)
        clay.part(box(x - 0.075, 0.645, x + 0.075, 0.815, radius=0.01), GLASS, bulge=0.02, cast=0.1)
        clay.part(box(x - 0.01, 0.645, x + 0.01, 0.815), WHITE, bulge=0, cast=0.0)
        clay.part(box(x - 0.13, 0.84, x + 0.13, 0.87, radius=0.015), WHITE, bulge=0.02)


def building(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A block of flats or offices with a lower wing."""
    wing, dark = shade(colour, light=-0.06), shade(colour, light=-0.12)
    clay.part(box(0.0, 0.38, 0.46, 1.0, radius=0.03), wing, bulge=0.05)
    clay.part(box(-0.40, 0.07, 0.12, 1.0, radius=0.03), colour, bulge=0.05, lower=shade(colour, light=-0.04))
    clay.part(box(-0.30, 0.0, -0.06, 0.08, radius=0.02), dark, bulge=0.03)
    for row in range(7):
        for column in range(4):
            x, y = -0.33 + column * 0.107, 0.13 + row * 0.105
            lit = rng.random() < 0.35
            clay.part(
                box(x, y, x + 0.07, y + 0.065, radius=0.012), GOLD if lit else GLASS, bulge=0.015, cast=0.12
            )
    for row in range(5):
        for column in range(2):
            x, y = 0.18 + column * 0.13, 0.45 + row * 0.098
            clay.part(box(x, y, x + 0.085, y + 0.055, radius=0.012), GLASS, bulge=0.015, cast=0.12)
    clay.part(box(-0.23, 0.87, -0.05, 1.0, radius=0.02), WHITE, bulge=0.02)
    clay.part(box(-0.21, 0.89, -0.07, 1.0, radius=0.01), mix(GLASS, DARK, 0.35), bulge=0.02, cast=0.1)


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


def bridge(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A suspension bridge between two towers."""
    del rng
    for x in (-0.52, 0.52):
        clay.part(box(x - 0.05, 0.04, x + 0.05, 1.0, radius=0.02), colour, bulge=0.05)
        clay.part(box(x - 0.075, 0.0, x + 0.075, 0.07, radius=0.02), shade(colour, light=0.04), bulge=0.03)
        clay.part(box(x - 0.09, 0.93, x + 0.09, 1.0, radius=0.02), STONE, bulge=0.03)
    spans = (((-1.0, 0.66), (-0.75, 0.42), (-0.52, 0.07)), ((-0.52, 0.07), (-0.26, 0.46), (0, 0.56), (0.26, 0.46), (0.52, 0.07)),
             ((0.52, 0.07), (0.75, 0.42), (1.0, 0.66)))  # fmt: skip
    for span in spans:
        path = curve(span)
        for x, y in path[2::5]:
            if abs(abs(x) - 0.52) > 0.06:
                clay.part(
                    limb([(x, y), (x, 0.70)], (0.010, 0.010)),
                    shade(colour, light=-0.06),
                    bulge=0.008,
                    cast=0.0,
                )
        clay.part(limb(span, (0.026, 0.026)), shade(colour, light=0.04), bulge=0.02)
    clay.part(box(-1.06, 0.67, 1.06, 0.745, radius=0.02), mix(colour, DARK, 0.2), bulge=0.03)
    clay.part(box(-1.06, 0.655, 1.06, 0.685, radius=0.01), WHITE, bulge=0.015)


def castle(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A castle with three towers and a gate."""
    del rng
    wall = mix(STONE, colour, 0.08)

    def battlements(left: float, right: float, top: float, teeth: int) -> None:
        step = (right - left) / (2 * teeth - 1)
        for index in range(teeth):
            x = left + 2 * index * step
            clay.part(box(x, top - 0.055, x + step, top + 0.03, radius=0.008), wall, bulge=0.02, cast=0.0)

    def tower(x: float, half: float, top: float, *, roofed: bool) -> None:
        clay.part(
            box(x - half, top, x + half, 1.0, radius=0.015), wall, bulge=0.08, lower=shade(wall, light=-0.05)
        )
        battlements(x - half - 0.02, x + half + 0.02, top, 4)
        clay.part(box(x - half - 0.02, top, x + half + 0.02, top + 0.04, radius=0.01), wall, bulge=0.02)
        if roofed:
            clay.part(
                rounded([(x, top - 0.30), (x + half * 1.25, top), (x - half * 1.25, top)], 0.015),
                colour,
                bulge=0.08,
            )
        clay.part(box(x - 0.03, top + 0.12, x + 0.03, top + 0.22, radius=0.03), DARK, bulge=0.015, cast=0.1)

    tower(0.0, 0.15, 0.36, roofed=True)
    clay.part(limb([(0, 0.0), (0, 0.10)], (0.012, 0.014)), WOOD, bulge=0.01)
    clay.part(rounded([(0.0, 0.0), (0.15, 0.035), (0, 0.075)], 0.01), GOLD, bulge=0.02)
    clay.part(box(-0.42, 0.62, 0.42, 1.0, radius=0.01), shade(wall, light=-0.04), bulge=0.05)
    battlements(-0.42, 0.42, 0.62, 8)
    for x in (-0.46, 0.46):
        tower(x, 0.125, 0.46, roofed=True)
    clay.part(
        [box(-0.11, 0.84, 0.11, 1.0), ellipse(0, 0.84, 0.11, 0.11)], shade(wall, light=-0.12), bulge=0.02
    )
    clay.part([box(-0.085, 0.85, 0.085, 1.0), ellipse(0, 0.85, 0.085, 0.085)], WOOD, bulge=0.04, cast=0.1)


def temple(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A temple with columns, a gable and steps."""
    del rng
    wall = mix(STONE, colour, 0.22)
    clay.part(box(-0.54, 0.34, 0.54, 0.90), mix(wall, DARK, 0.45), bulge=0)
    for x in np.linspace(-0.50, 0.50, 6):
        clay.part(box(x - 0.055, 0.42, x + 0.055, 0.84), wall, bulge=0.055)
        clay.part(box(x - 0.075, 0.38, x + 0.075, 0.43, radius=0.015), shade(wall, light=0.03), bulge=0.02)
        clay.part(box(x - 0.075, 0.83, x + 0.075, 0.87, radius=0.015), shade(wall, light=0.03), bulge=0.02)
    clay.part(box(-0.62, 0.29, 0.62, 0.39, radius=0.012), wall, bulge=0.03)
    clay.part(rounded([(0, 0.0), (0.68, 0.29), (-0.68, 0.29)], 0.02), wall, bulge=0.06)
    clay.part(
        rounded([(0, 0.07), (0.46, 0.25), (-0.46, 0.25)], 0.02), mix(wall, colour, 0.5), bulge=0.02, cast=0.1
    )
    for index, wide in enumerate((0.62, 0.68, 0.74)):
        clay.part(
            box(-wide, 0.865 + 0.045 * index, wide, 0.915 + 0.045 * index, radius=0.01), wall, bulge=0.02
        )


def pagoda(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A pagoda: storeys under roofs with swept-up corners."""
    del rng
    roof, wall = colour, (240, 226, 206)
    clay.part(limb([(0, 0.0), (0, 0.14)], (0.014, 0.03)), GOLD, bulge=0.02)
    for index in range(4):
        top = 0.115 + 0.205 * index
        half = 0.17 + 0.065 * index
        clay.part(box(-half * 0.72, top + 0.05, half * 0.72, top + 0.215), wall, bulge=0.03)
        for part in np.linspace(-0.6, 0.6, 4):
            clay.part(
                box(half * part - 0.012, top + 0.08, half * part + 0.012, top + 0.21),
                (186, 62, 52),
                bulge=0.01,
                cast=0.1,
            )
        outline = blob([(-half * 1.32, top + 0.055), (-half * 0.80, top + 0.050), (-half * 0.46, top), (half * 0.46, top), (half * 0.80, top + 0.050),
                        (half * 1.32, top + 0.055), (half * 1.10, top + 0.098), (0, top + 0.108), (-half * 1.10, top + 0.098)])  # fmt: skip
        clay.part(outline, roof, bulge=0.04)
    clay.part(box(-0.36, 0.945, 0.36, 1.0, radius=0.015), STONE, bulge=0.03)


def statue(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A robed figure on a pedestal with a raised arm."""
    del rng
    bronze = mix(colour, (128, 190, 176), 0.75)
    clay.part(rounded([(-0.24, 0.72), (0.24, 0.72), (0.29, 1.0), (-0.29, 1.0)], 0.015), STONE, bulge=0.05)
    clay.part(box(-0.28, 0.69, 0.28, 0.745, radius=0.015), shade(STONE, light=0.03), bulge=0.03)
    clay.part(limb([(0.08, 0.36), (0.19, 0.24), (0.19, 0.10)], (0.07, 0.06, 0.05)), bronze, bulge=0.04)
    clay.part(box(0.155, 0.05, 0.225, 0.10, radius=0.02), bronze, bulge=0.02)
    clay.part(blob([(0.19, 0.0), (0.225, 0.035), (0.19, 0.06), (0.155, 0.035)]), GOLD, bulge=0.03, gloss=0.5)
    clay.part(
        blob([(-0.11, 0.30), (0.11, 0.30), (0.14, 0.50), (0.19, 0.70), (-0.19, 0.70), (-0.15, 0.50)]),
        bronze,
        bulge=0.10,
    )
    for x in (-0.08, 0.0, 0.08):
        clay.part(
            limb([(x * 0.6, 0.42), (x * 1.3, 0.68)], (0.012, 0.020)),
            shade(bronze, light=-0.10),
            bulge=0.012,
            cast=0,
        )
    clay.part(limb([(-0.09, 0.35), (-0.16, 0.46), (-0.07, 0.50)], (0.07, 0.06, 0.05)), bronze, bulge=0.04)
    clay.part(box(-0.15, 0.42, -0.02, 0.53, radius=0.015), shade(bronze, light=0.04), bulge=0.02)
    clay.part(ellipse(0, 0.225, 0.07, 0.085), bronze, bulge=0.07)
    for turn in np.linspace(-60, 60, 5):
        a = np.radians(turn - 90)
        clay.part(
            limb(
                [(np.cos(a) * 0.06, 0.19 + np.sin(a) * 0.05), (np.cos(a) * 0.12, 0.19 + np.sin(a) * 0.11)],
                (0.022, 0.008),
            ),
            bronze,
            bulge=0.012,
        )


def pyramid(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A pyramid of courses of stone, one side in shade."""
    del rng
    sand = mix(colour, (236, 196, 120), 0.75)
    clay.part(np.array([(0.0, 0.0), (0.98, 1.0), (-0.98, 1.0)]), sand, bulge=0.02)
    clay.part(np.array([(0.0, 0.0), (0.98, 1.0), (0.30, 1.0)]), shade(sand, light=-0.13), bulge=0, cast=0)
    for row in np.linspace(0.16, 0.9, 8):
        clay.part(box(-row * 0.98, row, row * 0.30, row + 0.010), shade(sand, light=-0.06), bulge=0, cast=0)
        clay.part(box(row * 0.30, row, row * 0.98, row + 0.010), shade(sand, light=-0.19), bulge=0, cast=0)
    clay.part(box(-0.26, 0.88, -0.12, 1.0, radius=0.02), shade(sand, light=-0.30), bulge=0.01, cast=0.0)


def wheel(clay: Clay, x: float, y: float, radius: float) -> None:
    """Draw a wheel."""
    clay.part(ellipse(x, y, radius, radius), (58, 54, 70), bulge=radius * 0.5)
    clay.part(ellipse(x, y, radius * 0.55, radius * 0.55), (206, 208, 222), bulge=radius * 0.3, cast=0.2)
    clay.part(ellipse(x, y, radius * 0.18, radius * 0.18), (120, 122, 140), bulge=radius * 0.1, cast=0.1)


def car(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A small car that drives to the right."""
    del rng
    clay.part(
        blob(
            [
                (-0.46, 0.44),
                (-0.34, 0.10),
                (-0.05, 0.02),
                (0.26, 0.06),
                (0.48, 0.44),
                (0.3, 0.56),
                (-0.3, 0.56),
            ]
        ),
        colour,
        bulge=0.12,
        gloss=0.5,
    )
    for window in (
        [(-0.37, 0.40), (-0.28, 0.15), (-0.05, 0.10), (-0.05, 0.40)],
        [(0.02, 0.40), (0.02, 0.10), (0.20, 0.14), (0.36, 0.40)],
    ):
        clay.part(rounded(window, 0.05), GLASS, bulge=0.05, gloss=0.6, cast=0.1)
    body = blob(
        [
            (-0.92, 0.62),
            (-0.84, 0.44),
            (-0.40, 0.40),
            (0.42, 0.40),
            (0.78, 0.46),
            (0.94, 0.60),
            (0.92, 0.80),
            (0.5, 0.86),
            (-0.5, 0.86),
            (-0.90, 0.80),
        ]
    )
    clay.part(body, colour, bulge=0.16, gloss=0.5, lower=shade(colour, light=-0.06))
    clay.part(box(-0.95, 0.74, 0.95, 0.82, radius=0.04), mix(DARK, colour, 0.15), bulge=0.03)
    for x in (-0.50, 0.52):
        clay.part(
            ellipse(x, 0.80, 0.235, 0.225),
            mix(DARK, colour, 0.1),
            bulge=0.02,
            cast=0.1,
            inside=box(-2, 0, 2, 0.86),
        )
        wheel(clay, x, 0.81, 0.19)
    clay.part(ellipse(0.86, 0.58, 0.055, 0.06), (255, 240, 180), bulge=0.05, gloss=0.6)
    clay.part(ellipse(-0.88, 0.58, 0.04, 0.055), (232, 70, 80), bulge=0.04, gloss=0.5)
    clay.part(limb([(0.04, 0.50), (0.13, 0.50)], (0.03, 0.03)), WHITE, bulge=0.02)


def bus(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A bus or a van that drives to the right."""
    del rng
    body = rounded([(-0.96, 0.06), (0.86, 0.06), (0.97, 0.40), (0.97, 0.86), (-0.96, 0.86)], 0.10)
    clay.part(body, colour, bulge=0.10, gloss=0.4)
    clay.part(box(-2, 0.60, 2, 0.66), WHITE, bulge=0, cast=0, inside=body)
    for x in (-0.84, -0.48, -0.12, 0.24):
        clay.part(box(x, 0.18, x + 0.30, 0.48, radius=0.05), GLASS, bulge=0.04, gloss=0.6, cast=0.12)
    clay.part(
        rounded([(0.62, 0.18), (0.80, 0.18), (0.90, 0.44), (0.90, 0.50), (0.62, 0.50)], 0.05),
        GLASS,
        bulge=0.04,
        gloss=0.6,
        cast=0.12,
    )
    for x in (-0.56, 0.56):
        wheel(clay, x, 0.83, 0.17)
    clay.part(ellipse(0.92, 0.70, 0.045, 0.05), (255, 240, 180), bulge=0.04, gloss=0.6)


def train(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A steam engine that drives to the right."""
    del rng
    dark = mix(DARK, colour, 0.15)
    clay.part(box(-0.92, 0.10, -0.30, 0.72, radius=0.04), colour, bulge=0.06)
    clay.part(box(-1.0, 0.03, -0.22, 0.13, radius=0.04), dark, bulge=0.04)
    clay.part(box(-0.78, 0.22, -0.44, 0.44, radius=0.04), GLASS, bulge=0.04, gloss=0.5)
    clay.part(rounded([(0.44, 0.04), (0.72, 0.04), (0.64, 0.34), (0.52, 0.34)], 0.03), dark, bulge=0.06)
    clay.part(ellipse(0.06, 0.32, 0.10, 0.10), GOLD, bulge=0.08, gloss=0.5)
    clay.part(box(-0.36, 0.32, 0.80, 0.70, radius=0.16), mix(colour, dark, 0.5), bulge=0.18, gloss=0.4)
    for x in (-0.10, 0.24, 0.58):
        clay.part(box(x, 0.33, x + 0.045, 0.69), GOLD, bulge=0.02, cast=0.1)
    clay.part(ellipse(0.82, 0.46, 0.075, 0.085), (255, 240, 180), bulge=0.06, gloss=0.6)
    clay.part(rounded([(0.66, 0.72), (0.98, 0.96), (0.56, 0.96)], 0.03), (214, 66, 66), bulge=0.04)
    clay.part(box(-0.96, 0.68, 0.76, 0.78, radius=0.03), dark, bulge=0.03)
    for x, radius in ((-0.66, 0.20), (-0.18, 0.20), (0.22, 0.15), (0.52, 0.15)):
        wheel(clay, x, 1.0 - radius, radius)
    clay.part(limb([(-0.66, 0.82), (0.22, 0.86)], (0.04, 0.04)), STONE, bulge=0.02)


def bicycle(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A bicycle."""
    del rng
    rear, front, pedals, saddle, bar = (-0.48, 0.68), (0.48, 0.68), (-0.06, 0.70), (-0.20, 0.28), (0.34, 0.26)
    for x, y in (rear, front):
        clay.part(ellipse(x, y, 0.32, 0.32), (58, 54, 70), bulge=0.03, holes=(ellipse(x, y, 0.268, 0.268),))
        for turn in range(0, 180, 30):
            a = np.radians(turn)
            spoke = [
                (x - np.cos(a) * 0.27, y - np.sin(a) * 0.27),
                (x + np.cos(a) * 0.27, y + np.sin(a) * 0.27),
            ]
            clay.part(limb(spoke, (0.007, 0.007)), (200, 204, 216), bulge=0, cast=0)
    for line in (
        (rear, pedals),
        (rear, (-0.17, 0.38)),
        (pedals, (-0.20, 0.30)),
        (pedals, (0.37, 0.36)),
        ((-0.17, 0.38), (0.36, 0.34)),
        (front, bar),
    ):
        clay.part(limb(list(line), (0.048, 0.048)), colour, bulge=0.025, gloss=0.5, cast=0.15)
    clay.part(limb([(-0.31, 0.27), (-0.12, 0.28)], (0.075, 0.045)), DARK, bulge=0.03)
    clay.part(limb([bar, (0.42, 0.18), (0.52, 0.22)], (0.04, 0.045)), DARK, bulge=0.02)
    clay.part(ellipse(*pedals, 0.07, 0.07), STONE, bulge=0.03)


def boat(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A sailing boat."""
    del rng
    clay.part(limb([(0.0, 0.02), (0.0, 0.78)], (0.028, 0.035)), WOOD, bulge=0.02)
    clay.part(
        blob([(0.05, 0.07), (0.24, 0.30), (0.44, 0.62), (0.40, 0.68), (0.06, 0.68), (0.05, 0.40)]),
        WHITE,
        bulge=0.14,
    )
    clay.part(
        blob([(-0.05, 0.16), (-0.05, 0.40), (-0.06, 0.66), (-0.36, 0.66), (-0.38, 0.62), (-0.18, 0.40)]),
        mix(colour, WHITE, 0.25),
        bulge=0.12,
    )
    clay.part(rounded([(0.02, 0.02), (0.20, 0.055), (0.02, 0.10)], 0.01), (232, 84, 80), bulge=0.02)
    hull = blob(
        [
            (-0.62, 0.73),
            (0, 0.765),
            (0.68, 0.71),
            (0.56, 0.86),
            (0.38, 0.98),
            (0, 1.0),
            (-0.36, 0.98),
            (-0.54, 0.88),
        ]
    )
    clay.part(hull, colour, bulge=0.12, gloss=0.4)
    clay.part(limb([(-0.60, 0.765), (0, 0.80), (0.63, 0.755)], (0.035, 0.035)), WHITE, bulge=0.02, cast=0.1)


def ship(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A steamer with funnels."""
    del rng
    for x in (-0.26, 0.06):
        clay.part(
            rounded([(x, 0.04), (x + 0.17, 0.04), (x + 0.16, 0.40), (x - 0.01, 0.40)], 0.03),
            colour,
            bulge=0.07,
        )
        clay.part(box(x, 0.04, x + 0.17, 0.12, radius=0.03), DARK, bulge=0.04)
    clay.part(box(-0.46, 0.34, 0.44, 0.54, radius=0.04), WHITE, bulge=0.05)
    clay.part(box(-0.62, 0.50, 0.60, 0.70, radius=0.04), WHITE, bulge=0.05)
    for y, count, reach in ((0.44, 6, 0.36), (0.60, 9, 0.52)):
        for x in np.linspace(-reach, reach * 0.96, count):
            clay.part(ellipse(x, y, 0.032, 0.032), GLASS, bulge=0.02, cast=0.12)
    hull = blob(
        [
            (-0.96, 0.66),
            (-0.4, 0.70),
            (0.4, 0.70),
            (1.04, 0.62),
            (0.90, 0.84),
            (0.74, 1.0),
            (0.0, 1.0),
            (-0.76, 1.0),
            (-0.90, 0.84),
        ]
    )
    clay.part(hull, mix(DARK, colour, 0.35), bulge=0.12, gloss=0.3)
    clay.part(box(-2, 0.90, 2, 1.1), (206, 70, 70), bulge=0, cast=0, inside=hull)


def aircraft(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """An airliner that climbs to the right."""
    del rng
    clay.part(
        rounded([(-0.04, 0.42), (0.16, 0.42), (-0.20, 0.06), (-0.34, 0.04)], 0.04),
        mix(WHITE, colour, 0.4),
        bulge=0.03,
    )
    clay.part(rounded([(-0.86, 0.44), (-0.62, 0.46), (-0.82, 0.06), (-0.98, 0.02)], 0.05), colour, bulge=0.05)
    body = blob(
        [
            (-0.98, 0.44),
            (-0.70, 0.42),
            (0, 0.36),
            (0.62, 0.36),
            (0.90, 0.46),
            (0.97, 0.55),
            (0.86, 0.66),
            (0.4, 0.72),
            (-0.3, 0.66),
            (-0.9, 0.52),
        ]
    )
    clay.part(body, WHITE, bulge=0.16, gloss=0.4)
    clay.part(box(-2, 0.585, 2, 0.635), colour, bulge=0, cast=0, inside=body)
    for x in np.linspace(-0.46, 0.56, 8):
        clay.part(ellipse(x, 0.50, 0.032, 0.038), GLASS, bulge=0.02, cast=0.1)
    clay.part(
        rounded([(0.72, 0.44), (0.84, 0.46), (0.90, 0.53), (0.74, 0.53)], 0.02),
        mix(GLASS, DARK, 0.4),
        bulge=0.02,
        cast=0.1,
    )
    clay.part(
        rounded([(0.02, 0.60), (0.34, 0.60), (-0.16, 0.97), (-0.36, 1.0)], 0.05),
        mix(WHITE, colour, 0.55),
        bulge=0.05,
    )
    clay.part(limb([(0.05, 0.80), (0.17, 0.80)], (0.10, 0.12)), colour, bulge=0.06)
    clay.part(
        rounded([(-0.92, 0.47), (-0.72, 0.49), (-0.94, 0.68), (-1.06, 0.68)], 0.03),
        mix(WHITE, colour, 0.55),
        bulge=0.03,
    )


def balloon(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A hot-air balloon."""
    del rng
    skin = blob(
        [
            (0, 0.0),
            (0.26, 0.06),
            (0.40, 0.28),
            (0.30, 0.52),
            (0.10, 0.74),
            (-0.10, 0.74),
            (-0.30, 0.52),
            (-0.40, 0.28),
            (-0.26, 0.06),
        ]
    )
    for x in (-0.075, 0.075):
        clay.part(limb([(x * 1.2, 0.72), (x, 0.86)], (0.010, 0.010)), WOOD, bulge=0, cast=0)
    clay.part(skin, colour, bulge=0.30, gloss=0.4)
    for centre in (-0.24, 0.0, 0.24):
        stripe = blob(
            [
                (centre * 0.25, 0.0),
                (centre * 1.15 + 0.075, 0.3),
                (centre * 0.30 + 0.025, 0.74),
                (centre * 0.30 - 0.025, 0.74),
                (centre * 1.15 - 0.075, 0.3),
            ]
        )
        clay.part(stripe, mix(WHITE, colour, 0.18), bulge=0.05, cast=0, gloss=0.1, inside=skin)
    clay.part(box(-0.10, 0.85, 0.10, 1.0, radius=0.03), WOOD, bulge=0.05)
    clay.part(box(-0.115, 0.84, 0.115, 0.875, radius=0.017), shade(WOOD, light=0.08), bulge=0.02)


def rocket(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A rocket with fire at its foot."""
    del rng
    clay.part(
        blob([(-0.10, 0.80), (0.10, 0.80), (0.13, 0.88), (0.0, 1.0), (-0.13, 0.88)]),
        (255, 140, 60),
        bulge=0.06,
        gloss=0.1,
    )
    clay.part(
        blob([(-0.06, 0.80), (0.06, 0.80), (0.07, 0.86), (0.0, 0.94), (-0.07, 0.86)]),
        (255, 224, 120),
        bulge=0.04,
        cast=0,
    )
    for side in (-1, 1):
        fin = np.array([(side * 0.14, 0.52), (side * 0.34, 0.70), (side * 0.34, 0.86), (side * 0.12, 0.78)])
        clay.part(rounded(fin, 0.05), colour, bulge=0.05)
    body = blob(
        [
            (0, 0.0),
            (0.13, 0.15),
            (0.20, 0.40),
            (0.18, 0.66),
            (0.13, 0.80),
            (-0.13, 0.80),
            (-0.18, 0.66),
            (-0.20, 0.40),
            (-0.13, 0.15),
        ]
    )
    clay.part(body, WHITE, bulge=0.20, gloss=0.45)
    clay.part(box(-1, -0.1, 1, 0.19), colour, bulge=0, cast=0, inside=body)
    clay.part(box(-1, 0.72, 1, 0.76), colour, bulge=0, cast=0, inside=body)
    clay.part(body, colour, bulge=0.18, holes=(box(-1, 0.19, 1, 2),), cast=0, gloss=0.4)
    clay.part(ellipse(0, 0.37, 0.10, 0.10), mix(colour, DARK, 0.25), bulge=0.03)
    clay.part(ellipse(0, 0.37, 0.072, 0.072), GLASS, bulge=0.05, gloss=0.7, cast=0.15)
    clay.part(rounded([(-0.025, 0.56), (0.025, 0.56), (0.03, 0.86), (-0.03, 0.86)], 0.02), colour, bulge=0.03)
