"""Painters of sea, coast and ice."""

from __future__ import annotations

import numpy as np

from engine.contract.storyboard import Hour, Weather
from engine.generators.plates.canvas import Sheet
from engine.generators.plates.land import (
    paint_ground,
    paint_peaks,
    paint_water,
    strew,
)
from engine.generators.plates.nature import (
    draw_bush,
    draw_palm,
)
from engine.generators.plates.painter import Painter
from engine.generators.plates.sky import paint_aurora, paint_sky
from engine.oklab import blend, mix


def paint_sea(painter: Painter) -> None:
    """Paint the open sea; a swell in front hides the foot of what floats."""
    tones, view = painter.tones, painter.view
    paint_sky(painter, horizon=0.66)
    sheet = painter.sheet()
    crest = painter.crest(0.655, 0.03, cells=0.9)
    sheet.below(np.maximum(crest, view.y(0.63)), tones.ridge(0.86))
    painter.add(sheet, 0.12)
    paint_water(painter, top=0.66)
    rough = {Weather.STORM: 2.4, Weather.RAIN: 1.5}.get(tones.setting.weather, 1.0)
    for index, base in enumerate((0.715, 0.765, 0.825)):
        _swell(painter, base, 0.009 * rough * (1 + 0.6 * index), 0.45 + 0.15 * index, 0.5 - 0.2 * index)
    painter.begin_front()
    _swell(painter, 0.885, 0.024 * rough, 0.9, -0.05)
    _swell(painter, 0.965, 0.030 * rough, 1.0, -0.3)


def _swell(painter: Painter, base: float, height: float, depth: float, pale: float) -> None:
    """Add one row of waves with a bright crest; it tiles in x, so that it can drift.

    Args:
        painter: Collects the layer.
        base: Mean level, as a fraction of the frame's height.
        height: Of the waves, in units.
        depth: Depth of the layer.
        pale: -1 (dark) to 1 (pale as the horizon).
    """
    view, tones, rng = painter.view, painter.tones, painter.rng
    across = np.arange(view.shape[1], dtype=np.float32) / view.shape[1] * 2 * np.pi
    waves = max(3, round(view.shape[1] / view.unit * 3.6))
    phase = rng.uniform(0, 6.28, 3)
    # Crests narrower than troughs, as in a trochoidal wave; whole numbers of waves close the tile.
    line = np.exp(0.9 * np.sin(across * waves + phase[0] + 0.35 * np.sin(across * 2 + phase[2]))) / 2.4
    line = line * (0.75 + 0.35 * np.sin(across * 3 + phase[1]))
    crest = (view.y(base) - line * height * view.unit).astype(np.float32)
    body = blend(tones.of("water_deep"), painter.palette.near, 0.42)
    body = mix(body, painter.palette.horizon, max(pale, 0) * 0.5)
    body = mix(body, painter.palette.near, max(-pale, 0))
    lift = line.astype(np.float32) * view.unit * height
    sheet = painter.sheet()
    sheet.below(crest, mix(body, painter.palette.horizon, 0.46))
    sheet.below(crest + view.unit * 0.002 + lift * 0.28 * depth, mix(body, painter.palette.horizon, 0.16))
    sheet.below(crest + view.unit * 0.005 + lift * 0.85, body)
    sheet.fade(painter.palette.near, view.y(base), view.y(base + 0.16), end=0.5)
    painter.add(sheet, depth, drift=0.010 + 0.016 * depth)


def paint_coast(painter: Painter) -> None:
    """Paint a beach: headlands, the sea, surf, sand and palms."""
    tones, view, rng = painter.tones, painter.view, painter.rng
    paint_sky(painter, horizon=0.62)
    sheet = painter.sheet()
    side = -painter.light_side
    columns = np.linspace(-0.12, 1.12, view.shape[1])
    toward = np.clip((columns if side > 0 else 1 - columns) * 1.9 - 0.9, 0, 1)
    crest = view.y(0.628) - (toward**0.7).astype(np.float32) * view.unit * 0.17
    crest = crest + (painter.crest(0.0, 0.02, cells=3) - view.y(0.0)) * (toward > 0) * np.minimum(
        1, toward * 3
    )
    sheet.below(crest.astype(np.float32), tones.aerial(tones.ground("moss", light=-0.05), 0.42))
    sheet.fade(tones.haze, view.y(0.45), view.y(0.64), end=0.4)
    painter.add(sheet, 0.2)
    paint_water(painter, top=0.62, foot=0.86, depth=0.34)
    _surf(painter)
    sand = paint_ground(painter, "sand", top=0.795, swing=0.022, dark=0.45)
    strew(painter, sand, tones.ground("sand", light=0.04), top=0.80, number=20)
    leaves = (tones.of("leaf"), blend(tones.of("pine"), painter.palette.near, 0.4), tones.of("bark"))
    for x, tall in ((0.5 + side * 0.43, 0.56), (0.5 + side * 0.53, 0.68), (0.5 - side * 0.50, 0.40)):
        height = view.unit * tall * float(rng.uniform(0.92, 1.08))
        draw_palm(painter, sand, view.x(x), view.y(0.83), height, leaves)
        draw_bush(painter, sand, view.x(x), view.y(0.84), view.unit * 0.12, leaves[:2])
    painter.add(sand, 0.8)


def _surf(painter: Painter) -> None:
    """Add the last wave on the sand: foam above a wet strip."""
    view, tones = painter.view, painter.tones
    edge = painter.crest(0.790, 0.022, cells=1.0, octaves=3)
    sheet = painter.sheet()
    sheet.below(edge - view.unit * 0.022, mix(tones.of("water"), tones.of("foam"), 0.30))
    sheet.below(edge - view.unit * 0.012, tones.of("foam"))
    sheet.below(edge + view.unit * 0.002, mix(tones.of("sand", light=-0.15), tones.of("water"), 0.3))
    painter.add(sheet, 0.6)


def paint_polar(painter: Painter) -> None:
    """Paint ice: mountains of it far off, floes on dark water, snow to stand on, northern lights by night."""
    tones, view, rng = painter.tones, painter.view, painter.rng
    paint_sky(painter, horizon=0.66)
    if tones.setting.hour is Hour.NIGHT and tones.setting.weather in {Weather.CLEAR, Weather.CLOUD}:
        paint_aurora(painter, 0.66)
    paint_peaks(painter, base=0.68, far=True)
    paint_water(painter, top=0.665, foot=0.86, depth=0.36)
    sheet = painter.sheet()
    for index in range(round(view.shape[1] / view.unit * 3)):
        x = (index + float(rng.uniform(0.1, 0.9))) / (view.shape[1] / view.unit * 3) * view.shape[1]
        _iceberg(
            painter,
            sheet,
            x,
            view.y(float(rng.uniform(0.675, 0.72))),
            view.unit * float(rng.uniform(0.07, 0.2)),
        )
    for _ in range(14):
        part = float(rng.random())
        wide = view.unit * (0.03 + 0.10 * part)
        x, y = float(rng.random()) * view.shape[1], view.y(0.69 + 0.10 * part)
        sheet.ellipse(x, y + wide * 0.07, wide, wide * 0.16, tones.of("snow_shadow", light=-0.12))
        sheet.ellipse(x, y, wide, wide * 0.14, tones.of("snow"))
    painter.add(sheet, 0.5)
    ground = paint_ground(painter, "snow", top=0.79, swing=0.02, dark=0.42)
    strew(painter, ground, tones.of("snow_shadow"), top=0.795, number=22)
    painter.add(ground, 0.8)


def _iceberg(painter: Painter, sheet: Sheet, x: float, y: float, width: float) -> None:
    """Draw an iceberg with its foot at (x, y): a lit and a shaded face."""
    rng, tones, side = painter.rng, painter.tones, painter.light_side
    count = 5
    tops = np.sort(rng.uniform(0.25, 1.0, count))
    order = [0, 2, 4, 3, 1]
    heights = tops[order] * width * 0.75
    xs = x + (np.linspace(-0.5, 0.5, count) + rng.uniform(-0.06, 0.06, count)) * width * 1.3
    ridge = np.stack([xs, y - heights], 1)
    outline = np.concatenate([[(xs[0] - width * 0.12, y)], ridge, [(xs[-1] + width * 0.12, y)]])
    sheet.polygon(outline, tones.aerial(tones.of("ice"), 0.2))
    dim = tones.aerial(mix(tones.of("ice", light=-0.14), painter.palette.sky, 0.25), 0.2)
    for index in range(count - 1):
        face = [ridge[index], ridge[index + 1], (float(xs[index] * 0.4 + xs[index + 1] * 0.6), y)]
        if (index % 2 == 0) == (side > 0):
            sheet.polygon(face, dim)
        else:
            sheet.polygon(face, tones.aerial(tones.of("snow"), 0.1))
    sheet.ellipse(x, y + width * 0.02, width * 0.8, width * 0.03, tones.of("foam"), opacity=0.5)
