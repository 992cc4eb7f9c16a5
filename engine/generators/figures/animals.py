"""Animals; they look and move to the right."""

from __future__ import annotations

import numpy as np

from engine.generators.figures.clay import Clay
from engine.generators.figures.paints import DARK, WHITE
from engine.generators.figures.shapes import blob, box, ellipse, limb, mirrored, rounded
from engine.oklab import lch_of, mix, shade
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


def whale(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A whale that swims to the right and blows."""
    del rng
    belly = mix(colour, (246, 250, 255), 0.78)
    for aside, high in ((-0.10, 0.02), (0.10, 0.0), (0.0, -0.02)):
        spray = [(0.34, 0.24), (0.34 + aside * 0.6, 0.10), (0.34 + aside * 1.6, 0.05 + high)]
        clay.part(limb(spray, (0.03, 0.05, 0.085)), (206, 236, 255), bulge=0.04, gloss=0.5, cast=0.1)
    fluke = [(-0.72, 0.40), (-0.92, 0.22), (-1.08, 0.24), (-0.96, 0.36), (-0.98, 0.52), (-0.84, 0.50)]
    clay.part(blob(fluke), colour, bulge=0.06)
    back = [(-0.84, 0.38), (-0.52, 0.48), (-0.14, 0.34), (0.30, 0.25), (0.70, 0.34), (0.90, 0.58)]
    body = blob([*back, (0.80, 0.82), (0.40, 0.96), (-0.10, 0.94), (-0.50, 0.76), (-0.76, 0.52)])
    clay.part(body, colour, bulge=0.26, gloss=0.4)
    under = [(0.92, 0.66), (0.40, 0.72), (-0.10, 0.78), (-0.50, 0.70), (-0.3, 1.1), (0.9, 1.1)]
    clay.part(blob(under), belly, bulge=0.10, cast=0, inside=body)
    for level in (0.80, 0.86, 0.92):
        fold = limb([(0.80, level - 0.03), (0.40, level + 0.01), (0.04, level + 0.01)], (0.010, 0.014, 0.006))
        clay.part(fold, mix(colour, belly, 0.55), bulge=0, cast=0, inside=body)
    clay.part(
        blob([(0.10, 0.74), (0.26, 0.78), (0.16, 0.96), (-0.06, 1.0)]), shade(colour, light=-0.06), bulge=0.05
    )
    _eye(clay, 0.56, 0.60, 0.028)
    clay.part(limb([(0.88, 0.68), (0.74, 0.70), (0.62, 0.66)], (0.012, 0.016, 0.010)), DARK, bulge=0, cast=0)


def rabbit(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A round animal that sits and looks at us, with long ears: rabbit or hare."""
    del rng
    belly, pink = mix(colour, (255, 250, 244), 0.7), (250, 170, 180)
    for side in (-1, 1):
        ear = limb([(side * 0.10, 0.32), (side * 0.15, 0.16), (side * 0.19, 0.05)], (0.10, 0.13, 0.09))
        clay.part(ear, colour, bulge=0.06)
        inner = limb([(side * 0.11, 0.30), (side * 0.15, 0.17), (side * 0.185, 0.08)], (0.04, 0.06, 0.035))
        clay.part(inner, pink, bulge=0.03, cast=0.05)
        clay.part(ellipse(side * 0.20, 0.94, 0.14, 0.065), colour, bulge=0.06)
    clay.part(ellipse(0, 0.76, 0.29, 0.235), colour, bulge=0.22)
    clay.part(ellipse(0, 0.81, 0.17, 0.165), belly, bulge=0.12, cast=0.05)
    for side in (-1, 1):
        clay.part(
            limb([(side * 0.13, 0.66), (side * 0.10, 0.80)], (0.10, 0.09)), colour, bulge=0.05, cast=0.2
        )
    clay.part(ellipse(0, 0.46, 0.255, 0.215), colour, bulge=0.2)
    for side in (-1, 1):
        clay.part(ellipse(side * 0.065, 0.535, 0.085, 0.07), belly, bulge=0.06, cast=0.05)
        _eye(clay, side * 0.12, 0.43, 0.030)
    clay.part(ellipse(0, 0.495, 0.034, 0.024), pink, bulge=0.02, cast=0.1)


def elephant(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A heavy animal with a trunk that faces right."""
    del rng
    dark = shade(colour, light=-0.10)
    clay.part(limb([(-0.56, 0.40), (-0.66, 0.54), (-0.62, 0.68)], (0.05, 0.035, 0.06)), dark, bulge=0.02)
    for x in (-0.20, 0.28):
        clay.part(limb([(x, 0.60), (x, 0.94)], (0.20, 0.18)), dark, bulge=0.08)
    clay.part(ellipse(-0.10, 0.46, 0.50, 0.34), colour, bulge=0.28)
    for x in (-0.38, 0.12):
        clay.part(limb([(x, 0.58), (x, 0.93)], (0.22, 0.20)), colour, bulge=0.09, cast=0.2)
        for toe in (-0.06, 0.0, 0.06):
            clay.part(ellipse(x + toe, 0.985, 0.026, 0.022), (246, 240, 232), bulge=0.02, cast=0)
    clay.part(
        limb([(0.62, 0.42), (0.80, 0.60), (0.78, 0.82), (0.92, 0.88)], (0.22, 0.15, 0.11, 0.08)),
        colour,
        bulge=0.08,
    )
    clay.part(
        limb([(0.62, 0.56), (0.74, 0.64), (0.86, 0.60)], (0.07, 0.05, 0.02)), (255, 250, 238), bulge=0.03
    )
    clay.part(ellipse(0.48, 0.36, 0.27, 0.26), colour, bulge=0.22)
    ear = [(0.36, 0.14), (0.18, 0.08), (0.02, 0.24), (0.06, 0.50), (0.24, 0.58), (0.38, 0.44)]
    clay.part(blob(ear), shade(colour, light=0.03), bulge=0.06)
    inner = [(0.31, 0.20), (0.19, 0.17), (0.09, 0.28), (0.12, 0.44), (0.23, 0.49), (0.32, 0.40)]
    clay.part(blob(inner), mix(colour, (250, 170, 180), 0.4), bulge=0.04, cast=0.05)
    _eye(clay, 0.58, 0.32, 0.026)


def bear(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """A round animal that sits and looks at us, with round ears: bear, monkey, or panda when it is white."""
    del rng
    panda = lch_of(colour).light > 0.88
    limbs, dark = ((62, 58, 74), (62, 58, 74)) if panda else (colour, shade(colour, light=-0.14))
    muzzle = mix(colour, (255, 246, 230), 0.7)
    for side in (-1, 1):
        clay.part(ellipse(side * 0.19, 0.11, 0.085, 0.085), limbs, bulge=0.06)
        clay.part(ellipse(side * 0.19, 0.12, 0.045, 0.045), dark, bulge=0.03, cast=0.05)
        clay.part(limb([(side * 0.24, 0.58), (side * 0.36, 0.74)], (0.15, 0.13)), dark, bulge=0.07)
        clay.part(ellipse(side * 0.20, 0.91, 0.15, 0.09), limbs, bulge=0.08)
    clay.part(ellipse(0, 0.71, 0.30, 0.27), colour, bulge=0.24)
    clay.part(ellipse(0, 0.74, 0.19, 0.19), muzzle, bulge=0.14, cast=0.05)
    clay.part(ellipse(0, 0.29, 0.275, 0.245), colour, bulge=0.22)
    clay.part(ellipse(0, 0.385, 0.135, 0.10), muzzle, bulge=0.09, cast=0.08)
    clay.part(ellipse(0, 0.345, 0.048, 0.034), DARK, bulge=0.03, gloss=0.6, cast=0.1)
    for side in (-1, 1):
        if panda:
            clay.part(ellipse(side * 0.125, 0.265, 0.062, 0.078, turn=side * 24), dark, bulge=0.03, cast=0)
            clay.part(ellipse(side * 0.12, 0.262, 0.034, 0.038), WHITE, bulge=0.02, cast=0)
        _eye(clay, side * 0.12, 0.262, 0.026)
        clay.part(ellipse(side * 0.20, 0.965, 0.07, 0.035), muzzle, bulge=0.03, cast=0.05)
