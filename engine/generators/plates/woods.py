"""The forest, and the colours of its trees."""

from __future__ import annotations

import numpy as np

from engine.contract.storyboard import Weather
from engine.generators.plates.canvas import Sheet
from engine.generators.plates.land import paint_front_grass, paint_ground, paint_ridges, strew
from engine.generators.plates.nature import draw_bush, draw_pine, draw_rock, draw_tree
from engine.generators.plates.painter import Painter
from engine.generators.plates.sky import paint_sky
from engine.oklab import blend, mix
from engine.scenery import Colour

#: Rows of pines: foot (fraction of the frame), distance, height (units), pines across one unit.
_ROWS = ((0.69, 0.60, 0.22, 16.0), (0.73, 0.36, 0.32, 11.0), (0.775, 0.10, 0.44, 6.5))


def row_of_trees(
    painter: Painter, sheet: Sheet, *, y: float, distance: float, height: float, number: int
) -> None:
    """Draw leafy trees in loose groups along a hill.

    Args:
        painter: Gives light, colours and chance.
        sheet: Takes the trees.
        y: Their foot, as a fraction of the frame's height.
        distance: 0 at hand to 1 in the haze.
        height: In units.
        number: Trees across a wide frame, about.
    """
    view, rng = painter.view, painter.rng
    colours = [leaf_colours(painter, distance) for _ in range(4)]
    groups = rng.random(max(3, number // 4))
    for _ in range(round(number * view.shape[1] / view.unit / 2)):
        place = float(groups[int(rng.integers(groups.size))]) + float(rng.normal()) * 0.05
        tall = view.unit * height * float(rng.uniform(0.6, 1.25))
        foot = view.y(y) + view.unit * 0.012
        draw_tree(painter, sheet, (place % 1.0) * view.shape[1], foot, tall, colours[int(rng.integers(4))])


def leaf_colours(painter: Painter, distance: float) -> tuple[Colour, Colour, Colour]:
    """Return lit leaf, shaded leaf and bark at a distance (0..1)."""
    tones = painter.tones
    if tones.snowy:
        lit, dim = tones.of("snow"), tones.of("snow_shadow")
    else:
        material = "leaf" if painter.rng.random() < 0.7 else "leaf_warm"
        lit = tones.of(material)
        dim = blend(tones.of(material, light=-0.14), painter.palette.near, 0.30)
    bark = tones.of("bark")
    return tones.aerial(lit, distance), tones.aerial(dim, distance), tones.aerial(bark, distance)


def pine_colours(painter: Painter, distance: float) -> tuple[Colour, Colour]:
    """Return the lit and the shaded side of a pine at a distance (0..1)."""
    tones = painter.tones
    lit = blend(tones.of("pine", light=0.04), painter.palette.near, 0.22)
    dim = blend(tones.of("pine", light=-0.08), painter.palette.near, 0.60)
    if tones.snowy:
        lit = mix(lit, tones.of("snow"), 0.50)
    return tones.aerial(lit, distance), tones.aerial(dim, distance)


def paint_forest(painter: Painter) -> None:
    """Paint rows of pines with mist between them."""
    tones, view, rng = painter.tones, painter.view, painter.rng
    paint_sky(painter)
    paint_ridges(painter, base=0.58, count=2, height=0.09)
    for index in range(len(_ROWS)):
        _pine_row(painter, index)
        if index == 1:
            _light_shafts(painter)
    ground = paint_ground(painter, "moss", top=0.768)
    strew(painter, ground, tones.ground("moss", light=0.06), top=0.77, number=30)
    stones = (tones.of("rock"), tones.of("rock", light=-0.16))
    for side in (-1, 1):
        for _ in range(4):
            x = view.x(0.5) + side * view.unit * float(rng.uniform(0.42, 0.98))
            bush = leaf_colours(painter, 0.04)[:2]
            draw_bush(
                painter,
                ground,
                x,
                view.y(float(rng.uniform(0.785, 0.84))),
                view.unit * float(rng.uniform(0.06, 0.12)),
                bush,
            )
        draw_rock(
            painter, ground, view.x(0.5) + side * view.unit * 0.5, view.y(0.87), view.unit * 0.10, stones
        )
    painter.add(ground, 0.8)
    paint_front_grass(painter)


def _pine_row(painter: Painter, index: int) -> None:
    """Add one row of pines; in the nearest, the middle stays low, where the hero stands."""
    view, rng, tones = painter.view, painter.rng, painter.tones
    base, distance, height, number = _ROWS[index]
    sheet = painter.sheet()
    colours = pine_colours(painter, distance)
    count = round(view.shape[1] / view.unit * number)
    for x in rng.permutation(np.linspace(-0.02, 1.02, count)) * view.shape[1]:
        tall = view.unit * view.tall * height * float(rng.uniform(0.55, 1.1))
        if index == len(_ROWS) - 1 and abs(x - view.shape[1] / 2) < view.unit * 0.34:
            tall *= 0.45
        foot = view.y(base) + view.unit * float(rng.uniform(0.0, 0.02))
        draw_pine(painter, sheet, float(x + rng.normal() * view.unit * 0.012), foot, tall, colours)
    sheet.below(painter.crest(base, 0.010, cells=1.2), colours[1])
    veil = (0.62, 0.46, 0.26)[index]
    sheet.fade(tones.haze, view.y(base) - view.unit * height * 0.75, view.y(base), end=veil)
    painter.add(sheet, 0.34 + 0.14 * index)


def _light_shafts(painter: Painter) -> None:
    """Add slanting beams of light between the trees, where the sun shines."""
    tones, view, side = painter.tones, painter.view, painter.light_side
    if tones.night or tones.setting.weather not in {Weather.CLEAR, Weather.CLOUD}:
        return
    sheet = painter.sheet()
    light = mix(painter.palette.horizon, (255, 248, 220), 0.5)
    for place in np.linspace(-0.05, 1.0, 6):
        x = view.x(painter.sun[0]) + side * view.unit * (0.35 - place + float(painter.rng.normal()) * 0.05)
        wide, slant = view.unit * float(painter.rng.uniform(0.03, 0.09)), -side * view.unit * 0.42
        low = view.y(0.80)
        sheet.polygon(
            [(x, 0), (x + wide, 0), (x + wide * 2.4 + slant, low), (x + slant, low)], light, opacity=0.16
        )
    sheet.blur(view.unit * 0.010)
    rows = (np.arange(view.shape[0], dtype=np.float32) - view.margin_y) / view.height
    sheet.cut(np.interp(rows, [0.0, 0.32, 0.55, 0.80], [0.0, 0.6, 1.0, 0.0]).astype(np.float32)[:, None])
    painter.add(sheet, 0.55)
