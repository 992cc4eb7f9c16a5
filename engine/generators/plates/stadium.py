"""Painter of the stadium."""

from __future__ import annotations

import numpy as np

from engine.generators.plates.canvas import Sheet
from engine.generators.plates.land import paint_ground
from engine.generators.plates.painter import Painter
from engine.generators.plates.sky import paint_sky
from engine.oklab import mix


def paint_stadium(painter: Painter) -> None:
    """Paint a stadium: stands full of people, floodlights, a striped pitch."""
    view = painter.view
    paint_sky(painter)
    masts = painter.sheet()
    for place in (-0.39, -0.17, 0.17, 0.39):
        _floodlight(painter, masts, view.x(0.5 + place), view.y(0.60), view.unit * 0.34)
    painter.add(masts, 0.28)
    stands = painter.sheet()
    for tier, (top, foot) in enumerate(((0.52, 0.635), (0.645, 0.765))):
        _tier(painter, stands, top, foot, tier)
    painter.add(stands, 0.46)
    _pitch(painter)


def _pitch(painter: Painter) -> None:
    """Add the striped pitch with its lines, behind a row of boards."""
    view, tones = painter.view, painter.tones
    unit, middle = view.unit, view.x(0.5)
    ground = paint_ground(painter, "grass", top=0.775, swing=0.0, dark=0.45)
    top, low = view.y(0.775), float(view.shape[0])
    stripes = [tones.ground("grass", light=light) for light in (-0.04, 0.03)]
    if tones.dark and not tones.snowy:
        # Floodlights show the turf in its own colour.
        stripes = [
            mix(tone, lit, 0.6) for tone, lit in zip(stripes, ((62, 138, 82), (78, 156, 92)), strict=True)
        ]
    for step in range(-9, 9):
        a, b = step * 0.22 * unit, (step + 1) * 0.22 * unit
        points = [
            (middle + a * 0.62, top),
            (middle + b * 0.62, top),
            (middle + b * 1.5, low),
            (middle + a * 1.5, low),
        ]
        ground.polygon(points, stripes[step % 2])
    white, line = tones.of("white"), view.y(0.797)
    ground.rectangle(0, line, view.shape[1], line + unit * 0.005, white, opacity=0.85)
    turn = np.linspace(0, 2 * np.pi, 60)
    ring = [(middle + np.cos(a) * unit * 0.46, view.y(0.90) + np.sin(a) * unit * 0.075) for a in turn]
    ground.line(ring, white, unit * 0.006, opacity=0.8)
    rail = mix(painter.palette.near, tones.of("blue"), 0.35)
    ground.rectangle(0, top - unit * 0.038, view.shape[1], top + unit * 0.004, rail)
    names = ("red", "white", "yellow", "plaster_mint")
    for index, x in enumerate(np.arange(0, view.shape[1], unit * 0.30)):
        board = (x + unit * 0.03, top - unit * 0.030, x + unit * 0.27, top - unit * 0.006)
        ground.rounded(*board, tones.of(names[index % 4]), radius=unit * 0.006, opacity=0.9)
    ground.fade(painter.palette.near, view.y(0.84), view.y(1.04), end=0.55)
    painter.add(ground, 0.8)


def _floodlight(painter: Painter, sheet: Sheet, x: float, y: float, height: float) -> None:
    """Draw a mast with a panel of lamps; (x, y) is its foot."""
    tones = painter.tones
    post = tones.aerial(tones.of("steel", light=-0.15), 0.3)
    sheet.trapeze((x, y), height * 0.016, (x, y - height), height * 0.010, post)
    if tones.dark:
        sheet.glow(x, y - height, height * 1.1, (235, 242, 255), strength=0.62)
    sheet.rounded(
        x - height * 0.17,
        y - height * 1.10,
        x + height * 0.17,
        y - height * 0.90,
        post,
        radius=height * 0.015,
    )
    lamp = (255, 255, 250) if tones.dark else tones.aerial(tones.of("glass", light=0.15), 0.2)
    for row in range(3):
        for column in range(6):
            cx, cy = x + height * (-0.135 + 0.054 * column), y - height * (1.06 - 0.06 * row)
            sheet.ellipse(cx, cy, height * 0.021, height * 0.021, lamp)


def _tier(painter: Painter, sheet: Sheet, top: float, foot: float, tier: int) -> None:
    """Draw one tier of stands with rows of people."""
    view, rng, tones = painter.view, painter.rng, painter.tones
    columns = np.linspace(-1, 1, view.shape[1])
    # The stands curve round the pitch: higher at the sides.
    rise = (columns**2 * view.unit * 0.055).astype(np.float32)
    wall = tones.aerial(mix(tones.of("slate"), painter.palette.near, 0.4), 0.22 - 0.08 * tier)
    sheet.below(view.y(top) - rise, wall)
    if tier == 0:
        roof = tones.aerial(tones.of("white", light=-0.06), 0.2)
        line = view.y(top) - rise - view.unit * 0.02
        sheet.polygon(
            np.concatenate(
                [
                    np.stack([np.arange(line.size), line], 1),
                    np.stack([np.arange(line.size), line + view.unit * 0.022], 1)[::-1],
                ]
            ),
            roof,
        )
    rows = 7
    height = (foot - top) * view.height / rows
    names = ("red", "blue", "white", "yellow", "plaster_rose", "plaster_blue", "orange")
    shirts = [tones.aerial(tones.of(name, light=-0.05), 0.16) for name in names]
    skin = tones.aerial(tones.of("plaster_rose"), 0.16)
    for row in range(rows):
        size = height * 0.34
        xs = np.arange(rng.uniform(0, size), view.shape[1], size * 2.5)
        for x in xs[rng.random(xs.size) < 0.86]:
            y = view.y(top) + height * (row + 0.75) - float(rise[min(int(x), rise.size - 1)])
            up = size * 0.5 if rng.random() < 0.12 else 0.0
            tone = shirts[int(rng.integers(len(shirts)))]
            sheet.rectangle(x - size * 0.62, y - size * 0.5 - up, x + size * 0.62, y + size, tone)
            sheet.rectangle(x - size * 0.34, y - size * 1.3 - up, x + size * 0.34, y - size * 0.5 - up, skin)
    edge = view.y(foot) - rise
    rim = np.stack([np.arange(edge.size), edge], 1)
    sheet.polygon(
        np.concatenate([rim, (rim + np.array([0, view.unit * 0.02]))[::-1]]),
        tones.aerial(tones.of("concrete"), 0.12),
    )
