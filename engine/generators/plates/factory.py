"""Painter of the factory."""

from __future__ import annotations

import numpy as np

from engine.generators.plates.canvas import Sheet
from engine.generators.plates.land import paint_ground, paint_ridges, strew
from engine.generators.plates.painter import Painter
from engine.generators.plates.sky import paint_sky
from engine.oklab import mix, shade
from engine.scenery import Colour


def paint_factory(painter: Painter) -> None:
    """Paint works: saw-tooth halls, chimneys with smoke, tanks and pipes, a yard."""
    view, tones = painter.view, painter.tones
    unit = view.unit
    paint_sky(painter)
    paint_ridges(painter, base=0.665, count=1, height=0.06)
    for index, distance in enumerate((0.52, 0.24)):
        sheet = painter.sheet()
        _works(painter, sheet, index, distance)
        sheet.fade(tones.haze, view.y(0.50), view.y(0.79), end=0.42 - 0.26 * index)
        painter.add(sheet, 0.34 + 0.2 * index)
    ground = paint_ground(painter, "concrete", top=0.782, swing=0.0, dark=0.62)
    strew(painter, ground, tones.ground("concrete", light=-0.04), top=0.79, number=18)
    stripe = tones.of("yellow", light=-0.05)
    for x in np.arange(0, view.shape[1], unit * 0.05):
        y = view.y(0.795)
        ground.polygon(
            [
                (x, y),
                (x + unit * 0.025, y),
                (x + unit * 0.015, y + unit * 0.014),
                (x - unit * 0.010, y + unit * 0.014),
            ],
            stripe,
            opacity=0.8,
        )
    painter.add(ground, 0.8)


def _works(painter: Painter, sheet: Sheet, index: int, distance: float) -> None:
    """Draw one row of halls, chimneys and tanks."""
    view, rng, tones = painter.view, painter.rng, painter.tones
    unit, foot = view.unit, view.y(0.785)
    brick, steel = (
        tones.aerial(tones.of("brick", light=-0.06), distance),
        tones.aerial(tones.of("steel"), distance),
    )
    dark = tones.aerial(mix(tones.of("slate"), painter.palette.near, 0.3), distance)
    pane = tones.pane("glass", distance * 0.5)
    x = -unit * float(rng.uniform(0, 0.2))
    while x < view.shape[1]:
        kind, middle = int(rng.integers(4)), abs(x / view.shape[1] - 0.45)
        scale = 0.75 + 0.6 * middle if index else 1.0
        if kind < 2:
            wide = unit * 0.44
            _hall(
                sheet,
                (x, foot - unit * 0.15 * scale, x + wide, foot),
                (brick, dark, pane),
                unit,
                float(scale),
            )
            if rng.random() < 0.75:
                _chimney(
                    painter,
                    sheet,
                    x + wide * float(rng.uniform(0.2, 0.8)),
                    foot - unit * 0.15,
                    unit * float(rng.uniform(0.26, 0.40)) * scale,
                    (brick, tones.aerial(tones.of("white"), distance)),
                )
        elif kind == 2:
            wide = unit * 0.22
            for shift in (0.0, 0.115):
                left = x + unit * shift
                sheet.rounded(
                    left,
                    foot - unit * 0.24 * scale,
                    left + unit * 0.10,
                    foot + unit * 0.05,
                    steel,
                    radius=unit * 0.05,
                )
                sheet.rectangle(
                    left,
                    foot - unit * 0.17 * scale,
                    left + unit * 0.10,
                    foot - unit * 0.155 * scale,
                    shade(steel, light=-0.07),
                )
                sheet.rectangle(
                    left + unit * 0.016,
                    foot - unit * 0.21 * scale,
                    left + unit * 0.030,
                    foot,
                    shade(steel, light=0.06),
                    opacity=0.6,
                )
        else:
            wide = unit * 0.20
            _tower_of_pipes(sheet, x, foot, unit * 0.34 * scale, (dark, steel, pane))
        x += wide * 1.04
    sheet.rectangle(0, foot - unit * 0.012, view.shape[1], foot + unit * 0.05, dark)


def _hall(
    sheet: Sheet,
    box: tuple[float, float, float, float],
    colours: tuple[Colour, Colour, Colour],
    unit: float,
    scale: float,
) -> None:
    """Draw a hall with a saw-tooth roof of glass; colours are wall, roof and panes."""
    left, top, right, bottom = box
    sheet.rectangle(left, top, right, bottom, colours[0])
    teeth = 4
    for index in range(teeth):
        x0, x1 = (left + (right - left) * (index + add) / teeth for add in (0, 1))
        rise = unit * 0.062 * scale
        sheet.polygon([(x0, top + 1), (x0, top - rise), (x1, top + 1)], colours[1])
        sheet.polygon(
            [
                (x0 + unit * 0.004, top - rise * 0.12),
                (x0 + unit * 0.004, top - rise * 0.82),
                (x0 + (x1 - x0) * 0.22, top - rise * 0.55),
                (x0 + (x1 - x0) * 0.22, top - rise * 0.12),
            ],
            colours[2],
            opacity=0.9,
        )
    for index in range(5):
        x = left + (right - left) * (index + 0.5) / 5
        sheet.rounded(
            x - unit * 0.022,
            top + unit * 0.035,
            x + unit * 0.022,
            top + unit * 0.105 * scale,
            colours[2],
            radius=unit * 0.02,
        )
        sheet.rectangle(
            x - unit * 0.0015, top + unit * 0.035, x + unit * 0.0015, top + unit * 0.105 * scale, colours[1]
        )


def _chimney(
    painter: Painter, sheet: Sheet, x: float, y: float, height: float, colours: tuple[Colour, Colour]
) -> None:
    """Draw a chimney with two bands and a plume; (x, y) is its foot."""
    half = height * 0.062
    plume = mix(painter.tones.haze, painter.palette.sky, 0.35)
    wind = -painter.light_side
    for step in range(16):
        part = step / 15
        size = half * (1.0 + 3.4 * part) * float(painter.rng.uniform(0.85, 1.15))
        cx = x + wind * height * 0.62 * part**1.25
        cy = y - height * (1.05 + 0.34 * part**0.8) + size * 0.1 * float(painter.rng.normal())
        sheet.ellipse(
            cx,
            cy,
            size,
            size * 0.86,
            shade(plume, light=0.04 * (0.5 - part)),
            opacity=0.55 * (1 - part) ** 0.7,
        )
    sheet.polygon(
        [(x - half, y + 2), (x + half, y + 2), (x + half * 0.62, y - height), (x - half * 0.62, y - height)],
        colours[0],
    )
    side = painter.light_side
    shadow = [
        (x - side * half, y + 2),
        (x - side * half * 0.2, y + 2),
        (x - side * half * 0.12, y - height),
        (x - side * half * 0.62, y - height),
    ]
    sheet.polygon(shadow, shade(colours[0], light=-0.06))
    for low, high in ((0.86, 0.93), (0.74, 0.79)):
        a, b = half * (1 - 0.38 * low), half * (1 - 0.38 * high)
        sheet.polygon(
            [
                (x - a, y - height * low),
                (x + a, y - height * low),
                (x + b, y - height * high),
                (x - b, y - height * high),
            ],
            colours[1],
        )


def _tower_of_pipes(
    sheet: Sheet, x: float, y: float, height: float, colours: tuple[Colour, Colour, Colour]
) -> None:
    """Draw a steel frame with pipes and platforms; colours are frame, pipes and lamps."""
    wide = height * 0.40
    for place in (0.0, 0.5, 1.0):
        sheet.rectangle(x + wide * place, y - height, x + wide * place + height * 0.025, y, colours[0])
    for level in (0.25, 0.5, 0.75, 1.0):
        sheet.rectangle(
            x - height * 0.02,
            y - height * level,
            x + wide + height * 0.045,
            y - height * level + height * 0.028,
            colours[0],
        )
    for level in (0.0, 0.25, 0.5, 0.75):
        sheet.line(
            [(x, y - height * level), (x + wide * 0.5, y - height * (level + 0.25))],
            colours[0],
            height * 0.014,
        )
    for place, tall in ((0.16, 1.12), (0.70, 1.22)):
        sheet.rounded(
            x + wide * place,
            y - height * tall,
            x + wide * place + height * 0.07,
            y,
            colours[1],
            radius=height * 0.035,
        )
    sheet.rounded(
        x + wide * 0.16,
        y - height * 0.64,
        x + wide * 1.5,
        y - height * 0.58,
        colours[1],
        radius=height * 0.03,
    )
    for level in (0.27, 0.52, 0.77):
        sheet.ellipse(x + wide * 0.92, y - height * level, height * 0.014, height * 0.014, colours[2])
