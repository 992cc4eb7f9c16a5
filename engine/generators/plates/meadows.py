"""Painters of field, river and mountains: grass in front, hills behind."""

from __future__ import annotations

import numpy as np

from engine.generators.plates.canvas import Sheet
from engine.generators.plates.land import (
    paint_front_grass,
    paint_ground,
    paint_peaks,
    paint_ridges,
    strew,
)
from engine.generators.plates.nature import (
    draw_pine,
    draw_rock,
)
from engine.generators.plates.painter import Painter
from engine.generators.plates.sky import paint_sky
from engine.generators.plates.woods import pine_colours, row_of_trees
from engine.oklab import mix, shade
from engine.scenery import Colour


def paint_field(painter: Painter) -> None:
    """Paint rolling fields in stripes, a line of trees, flowers in front."""
    tones, view, rng = painter.tones, painter.view, painter.rng
    paint_sky(painter)
    paint_ridges(painter, base=0.655, count=2)
    for index, (base, material) in enumerate((("0.69", "meadow"), ("0.725", "wheat"))):
        crest = painter.crest(float(base), 0.030, cells=0.8, octaves=2)
        sheet = painter.sheet()
        colour = tones.aerial(tones.ground(material), 0.40 - 0.18 * index)
        if index == 0:
            row_of_trees(painter, sheet, y=float(base), distance=0.42, height=0.07, number=9)
        sheet.below(crest, colour)
        _furrows(painter, sheet, float(base), shade(colour, light=-0.045))
        sheet.below(crest + view.unit * 0.30, colour)
        painter.add(sheet, 0.36 + 0.14 * index)
    ground = paint_ground(painter, "grass", top=0.775)
    strew(painter, ground, tones.ground("grass", light=0.05), top=0.78, number=26)
    painter.add(ground, 0.8)
    paint_front_grass(painter, flowers=not tones.snowy and bool(rng.random() < 0.9))


def _furrows(painter: Painter, sheet: Sheet, top: float, colour: Colour) -> None:
    """Draw stripes that run to a vanishing point."""
    view = painter.view
    centre, horizon = view.x(float(painter.rng.uniform(0.3, 0.7))), view.y(top - 0.03)
    for step in np.linspace(-3.2, 3.2, 27):
        left, right = centre + step * view.unit * 0.9, centre + (step + 0.11) * view.unit * 0.9
        mask = Sheet(view)
        del mask
        sheet_y = view.y(top + 0.16)
        sheet.polygon(
            [
                (centre + step * view.unit * 0.16, horizon + view.unit * 0.055),
                (left, sheet_y),
                (right, sheet_y),
            ],
            colour,
            opacity=0.55,
        )


def paint_river(painter: Painter) -> None:
    """Paint a river that winds from the hills to the front between wooded banks."""
    tones, view, rng = painter.tones, painter.view, painter.rng
    paint_sky(painter)
    paint_ridges(painter, base=0.63, count=2, height=0.09)
    sheet = painter.sheet()
    row_of_trees(painter, sheet, y=0.70, distance=0.40, height=0.10, number=16)
    sheet.below(painter.crest(0.695, 0.012, cells=1), tones.aerial(tones.ground("grass"), 0.36))
    painter.add(sheet, 0.42)
    bank = paint_ground(painter, "meadow", top=0.725, swing=0.010, dark=0.5)
    strew(painter, bank, tones.ground("meadow", light=-0.05), top=0.73, number=22)
    rows = np.linspace(0, 1, 60)
    side = painter.light_side
    middle = view.x(0.5 + side * 0.12) + side * view.unit * (0.34 * np.sin(rows * 4.2) * (0.15 + rows))
    half = view.unit * (0.012 + 0.30 * rows**1.5)
    levels = view.y(0.728) + (view.y(0.93) - view.y(0.728)) * rows**1.25
    left, right = np.stack([middle - half, levels], 1), np.stack([middle + half, levels], 1)
    water = mix(tones.of("water"), painter.palette.horizon, 0.35)
    rim = view.unit * 0.010
    bank.polygon(np.concatenate([left - (rim, 0), (right + (rim, 0))[::-1]]), tones.ground("earth"))
    bank.polygon(np.concatenate([left, right[::-1]]), water)
    for _ in range(46):
        at = int(rng.integers(4, 58))
        x = middle[at] + float(rng.uniform(-0.75, 0.75)) * half[at]
        length = half[at] * float(rng.uniform(0.08, 0.3))
        tone = (
            mix(water, painter.palette.horizon, 0.6)
            if rng.random() < 0.6
            else mix(water, painter.palette.zenith, 0.4)
        )
        bank.ellipse(x, levels[at], length, max(0.7, view.unit * 0.004 * rows[at]), tone, opacity=0.6)
    painter.add(bank, 0.62)
    front = paint_ground(painter, "grass", top=0.80, swing=0.018)
    strew(painter, front, tones.ground("grass", light=0.05), top=0.81, number=20)
    painter.add(front, 0.8)
    paint_front_grass(painter, flowers=not tones.snowy)


def paint_mountains(painter: Painter) -> None:
    """Paint two chains of snow-topped mountains over a meadow with pines."""
    tones, view, rng = painter.tones, painter.view, painter.rng
    paint_sky(painter)
    paint_peaks(painter, base=0.66, far=True)
    painter.add_picture(painter.mist(0.66, 0.05, 0.5), 0.2, drift=0.0)
    paint_peaks(painter, base=0.74, far=False)
    sheet = painter.sheet()
    colours = pine_colours(painter, 0.26)
    crest = painter.crest(0.735, 0.03, cells=1.3)
    for x in rng.permutation(np.linspace(0, 1, round(view.shape[1] / view.unit * 14))) * (view.shape[1] - 1):
        if rng.random() < 0.25:
            continue
        foot = float(crest[int(x)]) + view.unit * 0.01
        draw_pine(painter, sheet, float(x), foot, view.unit * float(rng.uniform(0.06, 0.13)), colours)
    sheet.below(crest, tones.aerial(tones.ground("moss"), 0.28))
    sheet.fade(tones.haze, view.y(0.66), view.y(0.80), start=0.0, end=0.35)
    painter.add(sheet, 0.5)
    ground = paint_ground(painter, "grass", top=0.78)
    strew(painter, ground, tones.ground("grass", light=0.05), top=0.785, number=24)
    stones = (tones.of("rock_light"), tones.of("rock", light=-0.08))
    for _ in range(5):
        x = float(rng.choice([rng.uniform(0, 0.3), rng.uniform(0.7, 1)])) * view.shape[1]
        draw_rock(
            painter,
            ground,
            x,
            view.y(float(rng.uniform(0.80, 0.88))),
            view.unit * float(rng.uniform(0.04, 0.1)),
            stones,
        )
    painter.add(ground, 0.8)
    paint_front_grass(painter, flowers=not tones.snowy)
