"""Painter of the factory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.generators.plates.canvas import Sheet
from engine.generators.plates.land import paint_ground, paint_ridges, strew
from engine.generators.plates.painter import Painter
from engine.generators.plates.sky import paint_sky
from engine.oklab import blend, mix, shade
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Works:
    """Colours of a row of works at its distance."""

    brick: Colour
    steel: Colour
    dark: Colour
    pane: Colour
    band: Colour


def _works(painter: Painter, sheet: Sheet, index: int, distance: float) -> None:
    """Draw one row of halls, chimneys and tanks; the middle of the nearer row stays low."""
    view, rng, tones = painter.view, painter.rng, painter.tones
    unit, foot = view.unit, view.y(0.785)
    colours = _Works(
        brick=tones.aerial(tones.of("brick", light=-0.06), distance),
        steel=tones.aerial(tones.of("steel"), distance),
        dark=tones.aerial(blend(tones.of("slate"), painter.palette.near, 0.3), distance),
        pane=tones.pane("glass", distance * 0.5),
        band=tones.aerial(tones.of("white"), distance),
    )
    x = -unit * float(rng.uniform(0, 0.2))
    while x < view.shape[1]:
        kind, aside = int(rng.integers(4)), abs(x / view.shape[1] - 0.45)
        scale = unit * (0.75 + 0.6 * aside if index else 1.0)
        if kind < 2:
            wide = unit * 0.44
            if rng.random() < 0.75:
                spot = (x + wide * float(rng.uniform(0.2, 0.8)), foot - unit * 0.12)
                _chimney(painter, sheet, spot, scale * float(rng.uniform(0.28, 0.42)), colours)
            _hall(sheet, (x, foot - scale * 0.17, x + wide, foot), colours)
        elif kind == 2:
            wide = unit * 0.22
            _tanks(sheet, (x, foot), scale * 0.24, colours)
        else:
            wide = unit * 0.20
            _tower_of_pipes(sheet, x, foot, scale * 0.34, colours)
        x += wide * 1.04
    sheet.rectangle(0, foot - unit * 0.012, view.shape[1], foot + unit * 0.05, colours.dark)


def _hall(sheet: Sheet, box: tuple[float, float, float, float], colours: _Works) -> None:
    """Draw a hall with a saw-tooth roof of glass."""
    left, top, right, bottom = box
    wide, tall = right - left, bottom - top
    sheet.rectangle(left, top, right, bottom, colours.brick)
    rise, rim = tall * 0.40, wide * 0.01
    for index in range(4):
        x0, x1 = (left + wide * (index + add) / 4 for add in (0, 1))
        sheet.polygon([(x0, top + 1), (x0, top - rise), (x1, top + 1)], colours.dark)
        inner = x0 + (x1 - x0) * 0.22
        light = [
            (x0 + rim, top - rise * 0.12),
            (x0 + rim, top - rise * 0.82),
            (inner, top - rise * 0.6),
            (inner, top - rise * 0.12),
        ]
        sheet.polygon(light, colours.pane)
    for index in range(5):
        x, half = left + wide * (index + 0.5) / 5, wide * 0.05
        sheet.rounded(x - half, top + tall * 0.22, x + half, top + tall * 0.70, colours.pane, radius=half)
        sheet.rectangle(x - half * 0.06, top + tall * 0.22, x + half * 0.06, top + tall * 0.70, colours.dark)
        sheet.rectangle(x - half, top + tall * 0.45, x + half, top + tall * 0.47, colours.dark)
    sheet.rectangle(left, top, right, top + tall * 0.06, shade(colours.brick, light=-0.06))


def _tanks(sheet: Sheet, foot: tuple[float, float], height: float, colours: _Works) -> None:
    """Draw two round tanks."""
    x, y = foot
    for shift in (0.0, 0.48):
        left = x + height * shift
        right = left + height * 0.42
        sheet.rounded(left, y - height, right, y + height * 0.2, colours.steel, radius=height * 0.21)
        sheet.rectangle(left, y - height * 0.70, right, y - height * 0.64, shade(colours.steel, light=-0.07))
        shine = (left + height * 0.07, y - height * 0.86, left + height * 0.13, y)
        sheet.rectangle(*shine, shade(colours.steel, light=0.06), opacity=0.6)


def _chimney(
    painter: Painter, sheet: Sheet, foot: tuple[float, float], height: float, colours: _Works
) -> None:
    """Draw a chimney with two bands and a plume that drifts away from the light."""
    (x, y), side = foot, painter.light_side
    half = height * 0.062
    plume = mix(painter.tones.haze, painter.palette.sky, 0.35)
    for part in np.linspace(0, 1, 16):
        size = half * (1.0 + 3.4 * part) * float(painter.rng.uniform(0.85, 1.15))
        across = x - side * height * 0.62 * part**1.25
        up = y - height * (1.05 + 0.34 * part**0.8) + size * 0.1 * float(painter.rng.normal())
        tone = shade(plume, light=0.04 * (0.5 - part))
        sheet.ellipse(across, up, size, size * 0.86, tone, opacity=0.55 * (1 - part) ** 0.7)
    sheet.trapeze((x, y + 2), half, (x, y - height), half * 0.62, colours.brick)
    shadow = (x - side * half * 0.6, y + 2), (x - side * half * 0.37, y - height)
    sheet.trapeze(shadow[0], half * 0.4, shadow[1], half * 0.25, shade(colours.brick, light=-0.06))
    for low, high in ((0.86, 0.93), (0.74, 0.79)):
        widths = (half * (1 - 0.38 * low), half * (1 - 0.38 * high))
        sheet.trapeze((x, y - height * low), widths[0], (x, y - height * high), widths[1], colours.band)


def _tower_of_pipes(sheet: Sheet, x: float, y: float, height: float, colours: _Works) -> None:
    """Draw a steel frame with pipes and platforms; colours are frame, pipes and lamps."""
    wide = height * 0.40
    for place in (0.0, 0.5, 1.0):
        sheet.rectangle(x + wide * place, y - height, x + wide * place + height * 0.025, y, colours.dark)
    for level in (0.25, 0.5, 0.75, 1.0):
        sheet.rectangle(
            x - height * 0.02,
            y - height * level,
            x + wide + height * 0.045,
            y - height * level + height * 0.028,
            colours.dark,
        )
    for level in (0.0, 0.25, 0.5, 0.75):
        sheet.line(
            [(x, y - height * level), (x + wide * 0.5, y - height * (level + 0.25))],
            colours.dark,
            height * 0.014,
        )
    for place, tall in ((0.16, 1.12), (0.70, 1.22)):
        sheet.rounded(
            x + wide * place,
            y - height * tall,
            x + wide * place + height * 0.07,
            y,
            colours.steel,
            radius=height * 0.035,
        )
    sheet.rounded(
        x + wide * 0.16,
        y - height * 0.64,
        x + wide * 1.5,
        y - height * 0.58,
        colours.steel,
        radius=height * 0.03,
    )
    for level in (0.27, 0.52, 0.77):
        sheet.ellipse(x + wide * 0.92, y - height * level, height * 0.014, height * 0.014, colours.pane)
