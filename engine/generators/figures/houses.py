"""Buildings and monuments."""

from __future__ import annotations

import numpy as np

from engine.generators.figures.clay import Clay
from engine.generators.figures.paints import DARK, GLASS, GOLD, STONE, WHITE, WOOD
from engine.generators.figures.shapes import blob, box, curve, ellipse, limb, rounded
from engine.oklab import mix, shade
from engine.scenery import Colour


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
        rim = [(0.46, 0.0), (0.80, 0.050), (1.32, 0.055), (1.10, 0.098)]
        right = [(half * x, top + y) for x, y in rim]
        outline = blob([*right, (0, top + 0.108), *((-x, y) for x, y in right[::-1])])
        clay.part(outline, roof, bulge=0.04)
    clay.part(box(-0.36, 0.945, 0.36, 1.0, radius=0.015), STONE, bulge=0.03)


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


def bridge(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A suspension bridge between two towers."""
    del rng
    for x in (-0.52, 0.52):
        clay.part(box(x - 0.05, 0.04, x + 0.05, 1.0, radius=0.02), colour, bulge=0.05)
        clay.part(box(x - 0.075, 0.0, x + 0.075, 0.07, radius=0.02), shade(colour, light=0.04), bulge=0.03)
        clay.part(box(x - 0.09, 0.93, x + 0.09, 1.0, radius=0.02), STONE, bulge=0.03)
    outer, tower, inner = [(1.0, 0.66), (0.75, 0.42)], (0.52, 0.07), (0.26, 0.46)
    spans = (
        [(-1.0, 0.66), (-0.75, 0.42), (-0.52, 0.07)],
        [(-0.52, 0.07), (-0.26, 0.46), (0.0, 0.56), inner, tower],
        [tower, *outer[::-1]],
    )
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
