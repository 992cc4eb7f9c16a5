"""Painters of the desert and of the open sky."""

from __future__ import annotations

import numpy as np

from engine.generators.plates.land import (
    paint_dunes,
    paint_ground,
    strew,
)
from engine.generators.plates.nature import (
    draw_cactus,
    draw_rock,
)
from engine.generators.plates.painter import Painter
from engine.generators.plates.sky import draw_cloud, paint_sky
from engine.oklab import mix


def paint_desert(painter: Painter) -> None:
    """Paint dunes under a large sun, table mountains far off, cacti beside the way."""
    tones, view, rng = painter.tones, painter.view, painter.rng
    paint_sky(painter)
    _mesas(painter)
    paint_dunes(painter, base=0.66)
    ground = paint_ground(painter, "sand", top=0.79, swing=0.014)
    strew(painter, ground, tones.ground("sand", light=0.04), top=0.795, number=24)
    green = (tones.of("leaf"), mix(tones.of("pine"), painter.palette.near, 0.35))
    for x in (float(rng.uniform(0.02, 0.14)), float(rng.uniform(0.86, 0.98))):
        draw_cactus(
            painter, ground, view.x(x), view.y(0.815), view.unit * float(rng.uniform(0.16, 0.26)), green
        )
    stones = (tones.of("dune"), tones.of("dune_shadow", light=-0.1))
    for x in (0.2, 0.8):
        draw_rock(
            painter, ground, view.x(x + float(rng.normal()) * 0.04), view.y(0.84), view.unit * 0.07, stones
        )
    painter.add(ground, 0.8)


def _mesas(painter: Painter) -> None:
    """Add table mountains in the haze."""
    view, rng, tones = painter.view, painter.rng, painter.tones
    sheet = painter.sheet()
    colour = tones.aerial(tones.of("dune_shadow"), 0.58)
    lit = tones.aerial(tones.of("dune"), 0.55)
    for _ in range(round(view.shape[1] / view.unit * 1.6)):
        x, wide = float(rng.random()) * view.shape[1], view.unit * float(rng.uniform(0.08, 0.2))
        top, foot = view.y(0.66) - view.unit * float(rng.uniform(0.07, 0.17)), view.y(0.70)
        step = wide * 0.22
        outline = np.array(
            [(x - wide, foot), (x - wide * 0.72, top + (foot - top) * 0.5), (x - wide * 0.6, top),
             (x + wide * 0.6, top), (x + wide * 0.72, top + (foot - top) * 0.5), (x + wide, foot)]
        )  # fmt: skip
        sheet.polygon(outline, colour)
        side = painter.light_side
        sheet.polygon(
            [(x + side * wide * 0.6, top), (x + side * (wide * 0.6 - step), top),
             (x + side * (wide * 0.72 - step * 1.6), foot), (x + side * wide, foot)],
            lit,
        )  # fmt: skip
    sheet.fade(tones.haze, view.y(0.55), view.y(0.70), end=0.5)
    painter.add(sheet, 0.14)


def paint_open_sky(painter: Painter) -> None:
    """Paint the air itself: heaps of clouds behind, below and in front."""
    view, rng = painter.view, painter.rng
    paint_sky(painter, horizon=0.96, low=0.58)
    for index, (low, high, size, depth) in enumerate(((0.50, 0.72, 0.42, 0.30), (0.74, 0.92, 0.66, 0.55))):
        sheet = painter.sheet()
        count = round(view.shape[1] / view.unit * (3.4 - index))
        for step in range(max(3, count)):
            x = (step + float(rng.uniform(0.1, 0.9))) / max(3, count) * view.shape[1]
            y = view.y(float(rng.uniform(low, high)))
            draw_cloud(painter, sheet, x, y, view.unit * size * float(rng.uniform(0.7, 1.2)), opacity=1.0)
        painter.add(sheet, depth, drift=0.006 + 0.006 * index)
    painter.begin_front()
    sheet = painter.sheet()
    count = max(3, round(view.shape[1] / view.unit * 2.6))
    for step in range(count):
        x = (step + float(rng.uniform(0.2, 0.8))) / count * view.shape[1]
        draw_cloud(painter, sheet, x, view.y(1.10), view.unit * float(rng.uniform(0.7, 1.0)), opacity=0.95)
    painter.add(sheet, 1.0, drift=0.02)
