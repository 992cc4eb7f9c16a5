"""Painters of field, river and mountains: grass in front, hills behind."""

from __future__ import annotations

import numpy as np

from engine.generators.plates.canvas import Sheet
from engine.generators.plates.land import (
    grow_flowers,
    paint_front_grass,
    paint_ground,
    paint_peaks,
    paint_ridges,
    strew,
)
from engine.generators.plates.nature import draw_bush, draw_pine, draw_rock
from engine.generators.plates.painter import Painter
from engine.generators.plates.sky import paint_sky
from engine.generators.plates.woods import leaf_colours, pine_colours, row_of_trees
from engine.media import Float32Array
from engine.oklab import mix, shade
from engine.scenery import Colour


def paint_field(painter: Painter) -> None:
    """Paint rolling fields in stripes, a line of trees, flowers in front."""
    tones, view = painter.tones, painter.view
    paint_sky(painter)
    paint_ridges(painter, base=0.645, count=2, height=0.09)
    barn = painter.sheet()
    crest = painter.crest(0.69, 0.030, cells=0.8, octaves=2)
    row_of_trees(painter, barn, y=0.69, distance=0.40, height=0.085, number=12)
    _barn(painter, barn, view.x(0.5 - painter.light_side * 0.30), view.y(0.695))
    far = tones.aerial(tones.ground("meadow"), 0.38)
    barn.below(crest, far)
    painter.add(barn, 0.36)
    _striped_hill(painter, 0.715, "wheat", 0.20)
    ground = paint_ground(painter, "grass", top=0.775)
    strew(painter, ground, tones.ground("grass", light=0.05), top=0.78, number=26)
    grow_flowers(painter, ground)
    painter.add(ground, 0.8)
    paint_front_grass(painter)


def _barn(painter: Painter, sheet: Sheet, x: float, y: float) -> None:
    """Draw a red barn with a silo; (x, y) is the middle of its foot."""
    tones, unit = painter.tones, painter.view.unit
    red, dark = (tones.aerial(tones.of("brick", light=add), 0.26) for add in (-0.02, -0.12))
    roof = tones.aerial(tones.of("snow" if tones.snowy else "slate"), 0.26)
    white = tones.aerial(tones.of("white"), 0.3)
    half, tall = unit * 0.055, unit * 0.055
    silo = x + painter.light_side * half * 1.5
    sheet.rounded(
        silo - half * 0.32, y - tall * 1.75, silo + half * 0.32, y + tall, white, radius=half * 0.32
    )
    sheet.polygon(
        [(x - half, y), (x - half, y - tall), (x, y - tall * 1.75), (x + half, y - tall), (x + half, y)], red
    )
    shaded = [
        (x, y),
        (x, y - tall * 1.75),
        (x - painter.light_side * half, y - tall),
        (x - painter.light_side * half, y),
    ]
    sheet.polygon(shaded, dark, opacity=0.45)
    gable = [(x - half * 1.12, y - tall * 0.92), (x, y - tall * 1.78), (x + half * 1.12, y - tall * 0.92)]
    sheet.line(gable, roof, unit * 0.008)
    sheet.rectangle(x - half * 0.34, y - tall * 0.72, x + half * 0.34, y, white)
    sheet.rectangle(x - half * 0.27, y - tall * 0.66, x + half * 0.27, y, dark)
    sheet.rectangle(
        x - half * 0.12, y - tall * 1.25, x + half * 0.12, y - tall * 0.98, tones.pane("slate", 0.2)
    )


def _striped_hill(painter: Painter, base: float, material: str, distance: float) -> None:
    """Add a hill of furrows that run to a point on the horizon."""
    view, tones = painter.view, painter.tones
    crest = painter.crest(base, 0.022, cells=0.7, octaves=2)
    colour = tones.aerial(tones.ground(material), distance)
    stripe = tones.aerial(tones.ground(material, light=-0.07), distance)
    sheet = painter.sheet()
    sheet.below(crest, colour)
    lines = painter.sheet()
    centre = view.x(0.5 + painter.light_side * 0.12)
    for step in np.linspace(-5.0, 5.0, 45):
        far, near, low = step * view.unit * 0.10, step * view.unit * 0.62, view.y(base + 0.14)
        points = [
            (centre + far, view.y(base - 0.05)),
            (centre + near, low),
            (centre + near + view.unit * 0.053, low),
        ]
        lines.polygon(points, stripe)
    lines.pixels[sheet.pixels[..., 3] == 0] = 0
    sheet.put(lines.pixels, 0, 0)
    sheet.fade(shade(colour, light=-0.05), view.y(base), view.y(base + 0.10), end=0.6)
    painter.add(sheet, 0.55)


def paint_river(painter: Painter) -> None:
    """Paint a river that winds from the hills to the front between wooded banks."""
    tones, view, rng = painter.tones, painter.view, painter.rng
    paint_sky(painter)
    paint_ridges(painter, base=0.61, count=3, height=0.10, step=0.030)
    sheet = painter.sheet()
    row_of_trees(painter, sheet, y=0.695, distance=0.34, height=0.12, number=18)
    sheet.below(painter.crest(0.692, 0.010, cells=1), tones.aerial(tones.ground("grass"), 0.32))
    painter.add(sheet, 0.42)
    bank = paint_ground(painter, "grass", top=0.712, swing=0.008, dark=0.5)
    strew(painter, bank, tones.ground("grass", light=0.05), top=0.72, number=30)
    _stream(painter, bank)
    stones = (tones.of("rock_light"), tones.of("rock", light=-0.08))
    for side in (-1, 1):
        for _ in range(3):
            x = view.x(0.5) + side * view.unit * float(rng.uniform(0.56, 1.0))
            draw_bush(
                painter,
                bank,
                x,
                view.y(float(rng.uniform(0.74, 0.80))),
                view.unit * float(rng.uniform(0.07, 0.14)),
                leaf_colours(painter, 0.08)[:2],
            )
        draw_rock(
            painter, bank, view.x(0.5) + side * view.unit * 0.52, view.y(0.865), view.unit * 0.09, stones
        )
    grow_flowers(painter, bank)
    painter.add(bank, 0.8)
    paint_front_grass(painter)


def _stream(painter: Painter, bank: Sheet) -> None:
    """Draw the river on its bank: it comes from one side, bends, and leaves broad at the other."""
    tones, view, rng = painter.tones, painter.view, painter.rng
    rows = np.linspace(0, 1, 80)
    side = painter.light_side
    swing = np.sin(rows**0.62 * 5.2) * (0.06 + 0.46 * rows)
    middle = view.x(0.5) + side * view.unit * (swing + 0.10)
    half = view.unit * (0.010 + 0.34 * rows**1.9)
    levels = view.y(0.715) + (view.y(1.10) - view.y(0.715)) * rows**1.15

    def band(grow: float) -> Float32Array:
        reach = half * (1 + grow) + view.unit * grow * 0.05
        left, right = np.stack([middle - reach, levels], 1), np.stack([middle + reach, levels], 1)
        return np.concatenate([left, right[::-1]]).astype(np.float32)

    water = mix(tones.of("water"), painter.palette.horizon, 0.40)
    bank.polygon(band(0.14), tones.ground("earth", light=-0.04))
    bank.polygon(band(0.04), mix(water, tones.of("foam"), 0.5))
    bank.polygon(band(0.0), water)
    bank.polygon(band(-0.45), mix(water, painter.palette.sky, 0.35), opacity=0.6)
    for _ in range(60):
        at = int(rng.integers(6, 78))
        x = middle[at] + float(rng.uniform(-0.7, 0.7)) * half[at]
        tone = (
            mix(water, painter.palette.horizon, 0.7)
            if rng.random() < 0.6
            else mix(water, painter.palette.zenith, 0.35)
        )
        length = half[at] * float(rng.uniform(0.06, 0.25))
        bank.ellipse(x, levels[at], length, max(0.7, view.unit * 0.004 * rows[at]), tone, opacity=0.6)
    bank.fade(painter.palette.near, view.y(0.86), view.y(1.04), end=0.40)


def paint_mountains(painter: Painter) -> None:
    """Paint two chains of snow-topped mountains over a meadow with pines."""
    tones, view, rng = painter.tones, painter.view, painter.rng
    paint_sky(painter)
    paint_peaks(painter, base=0.66, far=True)
    painter.add_picture(painter.mist(0.66, 0.05, 0.5), 0.2)
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
    stones: tuple[Colour, Colour] = (tones.of("rock_light"), tones.of("rock", light=-0.08))
    for place in (0.04, 0.13, 0.84, 0.95):
        x = view.x(place + float(rng.normal()) * 0.02)
        draw_rock(
            painter,
            ground,
            x,
            view.y(float(rng.uniform(0.80, 0.88))),
            view.unit * float(rng.uniform(0.05, 0.11)),
            stones,
        )
    grow_flowers(painter, ground)
    painter.add(ground, 0.8)
    paint_front_grass(painter)
