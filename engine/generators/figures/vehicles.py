"""Things that drive, float and fly."""

from __future__ import annotations

import numpy as np

from engine.generators.figures.clay import Clay
from engine.generators.figures.paints import DARK, GLASS, GOLD, STONE, WHITE, WOOD
from engine.generators.figures.shapes import blob, box, ellipse, limb, rounded
from engine.oklab import mix, shade
from engine.scenery import Colour


def wheel(clay: Clay, x: float, y: float, radius: float) -> None:
    """Draw a wheel."""
    clay.part(ellipse(x, y, radius, radius), (58, 54, 70), bulge=radius * 0.5)
    clay.part(ellipse(x, y, radius * 0.55, radius * 0.55), (206, 208, 222), bulge=radius * 0.3, cast=0.2)
    clay.part(ellipse(x, y, radius * 0.18, radius * 0.18), (120, 122, 140), bulge=radius * 0.1, cast=0.1)


def car(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A small car that drives to the right."""
    del rng
    cabin = [
        (-0.46, 0.44),
        (-0.34, 0.10),
        (-0.05, 0.02),
        (0.26, 0.06),
        (0.48, 0.44),
        (0.3, 0.56),
        (-0.3, 0.56),
    ]
    clay.part(blob(cabin), colour, bulge=0.12, gloss=0.5)
    rear = [(-0.37, 0.40), (-0.28, 0.15), (-0.05, 0.10), (-0.05, 0.40)]
    front = [(0.02, 0.40), (0.02, 0.10), (0.20, 0.14), (0.36, 0.40)]
    for window in (rear, front):
        clay.part(rounded(window, 0.05), GLASS, bulge=0.05, gloss=0.6, cast=0.1)
    top = [(-0.92, 0.62), (-0.84, 0.44), (-0.40, 0.40), (0.42, 0.40), (0.78, 0.46), (0.94, 0.60)]
    body = blob([*top, (0.92, 0.80), (0.5, 0.86), (-0.5, 0.86), (-0.90, 0.80)])
    clay.part(body, colour, bulge=0.16, gloss=0.5, lower=shade(colour, light=-0.06))
    clay.part(box(-0.95, 0.74, 0.95, 0.82, radius=0.04), mix(DARK, colour, 0.15), bulge=0.03)
    for x in (-0.50, 0.52):
        arch = ellipse(x, 0.80, 0.235, 0.225)
        clay.part(arch, mix(DARK, colour, 0.1), bulge=0.02, cast=0.1, inside=box(-2, 0, 2, 0.86))
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
    rear, front, pedals, bar = (-0.48, 0.68), (0.48, 0.68), (-0.06, 0.70), (0.34, 0.26)
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
    """An airliner that flies to the right."""
    del rng
    wing, fin = mix(WHITE, colour, 0.55), [(-0.86, 0.44), (-0.62, 0.46), (-0.82, 0.06), (-0.98, 0.02)]
    behind = [(-0.04, 0.42), (0.16, 0.42), (-0.20, 0.06), (-0.34, 0.04)]
    clay.part(rounded(behind, 0.04), mix(WHITE, colour, 0.4), bulge=0.03)
    clay.part(rounded(fin, 0.05), colour, bulge=0.05)
    top = [(-0.98, 0.44), (-0.70, 0.42), (0, 0.36), (0.62, 0.36), (0.90, 0.46), (0.97, 0.55)]
    body = blob([*top, (0.86, 0.66), (0.4, 0.72), (-0.3, 0.66), (-0.9, 0.52)])
    clay.part(body, WHITE, bulge=0.16, gloss=0.4)
    clay.part(box(-2, 0.585, 2, 0.635), colour, bulge=0, cast=0, inside=body)
    for x in np.linspace(-0.46, 0.56, 8):
        clay.part(ellipse(x, 0.50, 0.032, 0.038), GLASS, bulge=0.02, cast=0.1)
    cockpit = [(0.72, 0.44), (0.84, 0.46), (0.90, 0.53), (0.74, 0.53)]
    clay.part(rounded(cockpit, 0.02), mix(GLASS, DARK, 0.4), bulge=0.02, cast=0.1)
    clay.part(rounded([(0.02, 0.60), (0.34, 0.60), (-0.16, 0.97), (-0.36, 1.0)], 0.05), wing, bulge=0.05)
    clay.part(limb([(0.05, 0.80), (0.17, 0.80)], (0.10, 0.12)), colour, bulge=0.06)
    clay.part(rounded([(-0.92, 0.47), (-0.72, 0.49), (-0.94, 0.68), (-1.06, 0.68)], 0.03), wing, bulge=0.03)


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
