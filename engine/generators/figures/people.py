"""People."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.generators.figures.clay import Clay
from engine.generators.figures.paints import DARK
from engine.generators.figures.shapes import Outline, blob, ellipse, limb
from engine.oklab import mix, shade
from engine.scenery import Colour

_SKINS: tuple[Colour, ...] = (
    (255, 214, 178),
    (240, 190, 150),
    (206, 148, 106),
    (150, 100, 72),
    (112, 74, 56),
)


#: Fair hair only goes with the fair skins at the front of the row.
_HAIRS: tuple[Colour, ...] = (
    (46, 42, 58),
    (64, 46, 48),
    (96, 62, 46),
    (150, 92, 52),
    (222, 176, 96),
    (190, 110, 60),
)


class _Body:
    """One person on the figure: smaller and aside where several stand together."""

    def __init__(self, clay: Clay, *, at: float, tall: float) -> None:
        self._clay, self._at, self._tall = clay, at, tall

    def put(
        self, outline: Outline, colour: Colour, *, bulge: float = 0.04, gloss: float = 0.25, cast: float = 0.3
    ) -> None:
        """Lay one part on the figure, scaled about the middle of the feet."""
        placed = np.stack(
            [outline[:, 0] * self._tall + self._at, 1 - (1 - outline[:, 1]) * self._tall], axis=1
        )
        self._clay.part(placed, colour, bulge=bulge, gloss=gloss, cast=cast)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looks:
    """What tells one person from another."""

    top: Colour
    trousers: Colour
    skin: Colour
    hair: Colour
    long_hair: bool
    skirt: bool


def person(
    clay: Clay, colour: Colour, rng: np.random.Generator, *, at: float = 0.0, tall: float = 1.0
) -> None:
    """A person in a coloured top who looks at us and waves one hand.

    ``at`` moves the figure aside and ``tall`` (up to 1) makes it smaller, for groups.
    """
    tan = int(rng.integers(len(_SKINS)))
    looks = _Looks(
        top=colour,
        trousers=mix(colour, (58, 66, 120), 0.78),
        skin=_SKINS[tan],
        hair=_HAIRS[int(rng.integers(len(_HAIRS) if tan < 2 else 3))],
        long_hair=bool(rng.random() < 0.5),
        skirt=bool(rng.random() < 0.4),
    )
    body = _Body(clay, at=at, tall=tall)
    if looks.long_hair:
        fall = [(-0.15, 0.12), (0.15, 0.12), (0.18, 0.34), (0.10, 0.38), (-0.10, 0.38), (-0.18, 0.34)]
        body.put(blob(fall), looks.hair, bulge=0.06)
    _draw_legs(body, looks)
    _draw_arms(body, looks)
    _draw_trunk(body, looks)
    _draw_head(body, looks)


def _draw_legs(body: _Body, looks: _Looks) -> None:
    for x in (-0.072, 0.072):
        leg = limb([(x, 0.64), (x * 1.1, 0.80), (x * 1.15, 0.945)], (0.105, 0.09, 0.08))
        body.put(leg, looks.skin if looks.skirt else looks.trousers, bulge=0.05)
        body.put(limb([(x * 1.05, 0.965), (x * 1.9, 0.972)], (0.066, 0.058)), DARK, bulge=0.03)


def _draw_arms(body: _Body, looks: _Looks) -> None:
    sleeve = shade(looks.top, light=-0.015)
    body.put(limb([(-0.15, 0.40), (-0.215, 0.52), (-0.205, 0.63)], (0.075, 0.066, 0.058)), sleeve)
    body.put(ellipse(-0.205, 0.655, 0.037, 0.040), looks.skin)
    body.put(limb([(0.14, 0.41), (0.255, 0.40), (0.275, 0.28)], (0.075, 0.066, 0.058)), sleeve)
    body.put(ellipse(0.278, 0.235, 0.037, 0.042), looks.skin)


def _draw_trunk(body: _Body, looks: _Looks) -> None:
    if looks.skirt:
        skirt = [(-0.11, 0.58), (0.11, 0.58), (0.19, 0.77), (0.0, 0.795), (-0.19, 0.77)]
        body.put(blob(skirt), shade(looks.top, light=-0.08), bulge=0.07)
    half = [(0.10, 0.345), (0.165, 0.40), (0.14, 0.55), (0.135, 0.67)]
    body.put(blob([(-0.10, 0.345), *half, *((-x, y) for x, y in half[:0:-1])]), looks.top, bulge=0.09)
    body.put(
        limb([(0, 0.30), (0, 0.36)], (0.075, 0.085)), shade(looks.skin, light=-0.05), bulge=0.03, cast=0.15
    )


def _draw_head(body: _Body, looks: _Looks) -> None:
    for x in (-0.135, 0.135):
        body.put(ellipse(x, 0.20, 0.026, 0.034), looks.skin, bulge=0.03)
    half = [(0.115, 0.08), (0.138, 0.19), (0.095, 0.29)]
    face = [(0, 0.04), *half, (0, 0.325), *((-x, y) for x, y in half[::-1])]
    body.put(blob(face), looks.skin, bulge=0.12)
    fringe = [(-0.150, 0.19), (-0.155, 0.08), (-0.07, 0.0), (0.07, 0.0), (0.155, 0.08), (0.150, 0.19)]
    body.put(
        blob([*fringe, (0.115, 0.12), (0.03, 0.095), (-0.09, 0.125)]), looks.hair, bulge=0.06, gloss=0.35
    )
    blush = mix(looks.skin, (240, 110, 110), 0.45)
    for x in (-0.052, 0.052):
        body.put(ellipse(x, 0.205, 0.014, 0.019), (50, 40, 60), bulge=0.01, cast=0)
        body.put(ellipse(x * 1.65, 0.25, 0.022, 0.015), blush, bulge=0, cast=0)
    smile = limb([(-0.036, 0.262), (0, 0.278), (0.036, 0.262)], (0.010, 0.013, 0.010))
    body.put(smile, (150, 60, 70), bulge=0, cast=0)


def group(clay: Clay, colour: Colour, rng: np.random.Generator) -> None:
    """Three people side by side."""
    person(clay, shade(colour, hue=70), rng, at=-0.40, tall=0.86)
    person(clay, shade(colour, hue=-60), rng, at=0.40, tall=0.90)
    person(clay, colour, rng, at=0.0, tall=1.0)
