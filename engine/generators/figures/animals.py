"""Animals; they look and move to the right."""

from __future__ import annotations

import numpy as np

from engine.generators.figures.clay import Clay
from engine.generators.figures.paints import DARK, WHITE
from engine.generators.figures.shapes import blob, box, ellipse, limb, mirrored, rounded
from engine.oklab import mix, shade
from engine.scenery import Colour


def _eye(clay: Clay, x: float, y: float, size: float) -> None:
    clay.part(ellipse(x, y, size, size * 1.15), (50, 40, 60), bulge=size * 0.8, gloss=0.3, cast=0)
    clay.part(
        ellipse(x - size * 0.3, y - size * 0.4, size * 0.34, size * 0.34), (255, 255, 255), bulge=0, cast=0
    )


def quadruped(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A four-legged animal that faces right, with pointed ears and a bushy tail: fox, dog or cat."""
    del rng
    dark, belly = shade(colour, light=-0.13), mix(colour, (255, 246, 230), 0.75)
    tail = limb([(-0.36, 0.52), (-0.60, 0.46), (-0.74, 0.26), (-0.66, 0.12)], (0.08, 0.17, 0.20, 0.06))
    clay.part(tail, colour, bulge=0.08)
    clay.part(limb([(-0.72, 0.24), (-0.68, 0.14)], (0.15, 0.06)), belly, bulge=0.05, cast=0.1)
    for x, foot in ((-0.22, -0.27), (0.30, 0.34)):
        clay.part(limb([(x, 0.60), (x - 0.02, 0.80), (foot, 0.96)], (0.15, 0.10, 0.085)), dark, bulge=0.05)
    back = [(-0.44, 0.46), (-0.20, 0.38), (0.12, 0.40), (0.36, 0.38), (0.46, 0.52)]
    clay.part(blob([*back, (0.36, 0.70), (0.0, 0.70), (-0.32, 0.72), (-0.46, 0.62)]), colour, bulge=0.18)
    chest = [(0.22, 0.56), (0.42, 0.50), (0.42, 0.66), (0.30, 0.72)]
    clay.part(blob(chest), belly, bulge=0.06, cast=0.05)
    for x, foot in ((-0.34, -0.38), (0.22, 0.21)):
        leg = limb([(x, 0.58), (x - 0.02, 0.78), (foot, 0.95)], (0.19, 0.115, 0.09))
        clay.part(leg, colour, bulge=0.06, cast=0.15)
        clay.part(limb([(foot, 0.965), (foot + 0.06, 0.97)], (0.075, 0.065)), dark, bulge=0.03, cast=0.1)
    _pointed_head(clay, colour, dark, belly)


def _pointed_head(clay: Clay, colour: Colour, dark: Colour, belly: Colour) -> None:
    """Draw a head with a muzzle and two pointed ears."""
    for x, lean in ((0.34, -0.05), (0.60, 0.05)):
        clay.part(rounded([(x - 0.09, 0.20), (x + lean, -0.02), (x + 0.09, 0.18)], 0.04), colour, bulge=0.05)
        inner = [(x - 0.045, 0.18), (x + lean * 0.8, 0.05), (x + 0.045, 0.17)]
        clay.part(rounded(inner, 0.03), dark, bulge=0.02, cast=0)
    skull = [(0.30, 0.22), (0.44, 0.12), (0.58, 0.14), (0.68, 0.26), (0.80, 0.35)]
    clay.part(blob([*skull, (0.78, 0.42), (0.62, 0.46), (0.42, 0.46), (0.30, 0.36)]), colour, bulge=0.14)
    cheek = [(0.56, 0.36), (0.70, 0.33), (0.80, 0.37), (0.76, 0.425), (0.60, 0.45), (0.46, 0.44)]
    clay.part(blob(cheek), belly, bulge=0.05, cast=0.05)
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
    behind = [(-0.06, 0.56), (-0.32, 0.34), (-0.50, 0.06), (-0.26, 0.12), (0.02, 0.30), (0.16, 0.54)]
    clay.part(blob(behind), dark, bulge=0.06)
    for lift in (0.0, 0.09):
        feather = [(-0.42, 0.66 + lift * 0.4), (-0.66, 0.74 + lift), (-0.82, 0.74 + lift * 1.4)]
        clay.part(limb(feather, (0.13, 0.11, 0.05)), dark, bulge=0.04)
    clay.part(rounded([(0.50, 0.49), (0.74, 0.57), (0.48, 0.62)], 0.03), (255, 176, 66), bulge=0.05)
    back = [(-0.52, 0.66), (-0.26, 0.54), (0.12, 0.46), (0.36, 0.44), (0.52, 0.54)]
    clay.part(blob([*back, (0.44, 0.70), (0.16, 0.84), (-0.18, 0.82)]), colour, bulge=0.18)
    front = [(0.40, 0.66), (0.12, 0.82), (-0.18, 0.80), (-0.02, 0.70), (0.24, 0.66)]
    clay.part(blob(front), belly, bulge=0.08, cast=0)
    wing = [
        (0.10, 0.62),
        (-0.12, 0.50),
        (-0.20, 0.22),
        (-0.14, -0.02),
        (0.06, 0.16),
        (0.24, 0.40),
        (0.26, 0.58),
    ]
    clay.part(blob(wing), shade(colour, light=0.03), bulge=0.08)
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
