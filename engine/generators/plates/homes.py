"""Painters of living room and kitchen."""

from __future__ import annotations

import numpy as np

from engine.generators.plates import fittings
from engine.generators.plates import furniture as furnish
from engine.generators.plates.canvas import Sheet
from engine.generators.plates.painter import Painter
from engine.generators.plates.rooms import (
    FLOOR,
    FLOOR_DEPTH,
    WALL_DEPTH,
    paint_floor,
    paint_wall,
    skirting,
    sunbeam,
    window_box,
)
from engine.oklab import mix, shade
from engine.scenery import Colour


def paint_room(painter: Painter) -> None:
    """Paint a living room: window and curtains, pictures, sofa, shelf, plant and lamp."""
    view, tones, side = painter.view, painter.tones, painter.light_side
    unit, middle = view.unit, view.x(0.5)
    wall = paint_wall(painter)
    skirting(painter, wall, tones.of("white", light=-0.05))
    box = window_box(painter, 0.34, 0.34)
    _dressed_window(painter, wall, box)
    hung = (
        (0.36, 0.13, ("plaster_blue", "yellow", "jade")),
        (0.53, 0.10, ("plaster_rose", "white", "violet")),
    )
    for place, size, (sky, sun, hill) in hung:
        x, y = middle - side * unit * place, view.y(0.30 + 0.04 * (size < 0.12))
        picture = (x - unit * size / 2, y - unit * size * 0.6, x + unit * size / 2, y + unit * size * 0.6)
        fittings.draw_picture(painter, wall, picture, (tones.of(sky), tones.of(sun), tones.of(hill)))
    painter.add(wall, WALL_DEPTH)
    floor = paint_floor(painter, tones.of("wood", light=-0.04))
    sunbeam(painter, floor, box)
    for grow, share in ((1.0, 0.3), (0.87, 0.6)):
        rug = mix(painter.palette.far, tones.of("plaster"), share)
        floor.ellipse(middle, view.y(0.88), unit * 0.56 * grow, unit * 0.075 * grow, rug)
    x, foot = middle - side * unit * 0.80, view.y(0.79)
    furnish.draw_shelf(painter, floor, (x - unit * 0.16, foot - unit * 0.52, x + unit * 0.16, foot), boards=4)
    sofa = mix(painter.palette.far, tones.of("jade"), 0.55)
    furnish.draw_sofa(painter, floor, (middle - side * unit * 0.34, view.y(0.80)), unit * 0.46, sofa)
    furnish.draw_floor_lamp(painter, floor, middle - side * unit * 0.60, view.y(0.795), unit * 0.46)
    furnish.draw_plant(painter, floor, middle + side * unit * 0.76, view.y(0.81), unit * 0.34)
    painter.add(floor, FLOOR_DEPTH)


def _dressed_window(painter: Painter, wall: Sheet, box: furnish.Box) -> None:
    """Draw a window between two curtains under a rail."""
    unit, tones = painter.view.unit, painter.tones
    left, top, right, bottom = box
    fittings.draw_window(painter, wall, box)
    cloth = mix(painter.palette.far, tones.of("orange"), 0.35)
    for start, end in (
        (left - unit * 0.10, left + unit * 0.015),
        (right - unit * 0.015, right + unit * 0.10),
    ):
        fittings.draw_curtain(wall, (start, top - unit * 0.035, end, bottom + unit * 0.10), cloth)
    rail = (left - unit * 0.13, top - unit * 0.05, right + unit * 0.13, top - unit * 0.035)
    wall.rounded(*rail, tones.of("wood_dark"), radius=unit * 0.01)


def paint_kitchen(painter: Painter) -> None:
    """Paint a kitchen: tiles, cupboards, hood and stove, a counter with things on it, a window."""
    view, tones, side = painter.view, painter.tones, painter.light_side
    unit, middle = view.unit, view.x(0.5)
    top, foot = view.y(FLOOR) - unit * 0.29, view.y(FLOOR) + unit * 0.02
    _tiled_wall(painter, top)
    floor = paint_floor(painter, tones.of("plaster", light=-0.10), pattern="tiles")
    front, dark = tones.of("plaster_mint", light=-0.02), tones.of("plaster_mint", light=-0.12)
    cupboards(painter, floor, (0, view.shape[1]), (top, foot), front)
    hood, high = middle - side * unit * 0.46, top - unit * 0.34
    _stove(painter, floor, hood, top, foot)
    for start, end in ((hood - unit * 0.62, hood - unit * 0.16), (hood + unit * 0.16, hood + unit * 0.34)):
        _hanging(floor, (start, high - unit * 0.20, end, high + unit * 0.06), (front, dark), unit)
    _fridge(painter, floor, middle + side * unit * 0.78, foot + unit * 0.01)
    _worktop(painter, floor, middle, top)
    fittings.draw_pendant(painter, floor, middle + side * unit * 0.10, view.y(0.16), unit * 0.14)
    painter.add(floor, FLOOR_DEPTH)


def _tiled_wall(painter: Painter, top: float) -> None:
    """Add the wall with a band of tiles above the worktop (``top``, px) and a window in it."""
    view, unit = painter.view, painter.view.unit
    wall = paint_wall(painter)
    seam, thin = shade(painter.palette.sky, light=0.06), unit * 0.003
    for y in np.arange(top - unit * 0.30, top, unit * 0.045):
        wall.rectangle(0, y, view.shape[1], y + thin, seam, opacity=0.8)
    for x in np.arange(0, view.shape[1], unit * 0.045):
        wall.rectangle(x, top - unit * 0.30, x + thin, top, seam, opacity=0.8)
    left, _, right, _ = window_box(painter, 0.36, 0.24, top=0.15, place=0.16)
    fittings.draw_window(painter, wall, (left, top - unit * 0.36, right, top - unit * 0.08), bars=(3, 1))
    painter.add(wall, WALL_DEPTH)


def _fridge(painter: Painter, sheet: Sheet, x: float, foot: float) -> None:
    """Draw a fridge with two doors; (x, foot) is the middle of its foot."""
    unit, tones = painter.view.unit, painter.tones
    top, half = foot - unit * 0.66, unit * 0.16
    sheet.rounded(x - half, top, x + half, foot, tones.of("white", light=-0.06), radius=unit * 0.03)
    sheet.rectangle(x - half, top + unit * 0.22, x + half, top + unit * 0.228, tones.of("white", light=-0.22))
    handle = x - painter.light_side * unit * 0.125
    for start, end in ((0.08, 0.18), (0.27, 0.40)):
        bar = (handle - unit * 0.008, top + unit * start, handle + unit * 0.008, top + unit * end)
        sheet.rounded(*bar, tones.of("steel"), radius=unit * 0.008)


def cupboards(
    painter: Painter, sheet: Sheet, span: tuple[float, float], rows: tuple[float, float], colour: Colour
) -> None:
    """Draw a row of floor cupboards under a worktop."""
    unit, tones = painter.view.unit, painter.tones
    top, foot = rows
    sheet.rectangle(span[0], top, span[1], foot - unit * 0.03, colour)
    sheet.rectangle(span[0], foot - unit * 0.03, span[1], foot, shade(colour, light=-0.22))
    step = unit * 0.21
    for x in np.arange(span[0], span[1], step):
        inner = unit * 0.014
        for y0, y1 in ((top + unit * 0.035, top + unit * 0.085), (top + unit * 0.10, foot - unit * 0.045)):
            sheet.rounded(
                x + inner, y0, x + step - inner, y1, shade(colour, light=-0.045), radius=unit * 0.008
            )
            sheet.rounded(
                x + inner * 1.3,
                y0 + inner * 0.3,
                x + step - inner * 1.3,
                y1 - inner * 0.5,
                shade(colour, light=0.02),
                radius=unit * 0.007,
            )
            sheet.rounded(
                x + step * 0.40,
                y0 + unit * 0.012,
                x + step * 0.60,
                y0 + unit * 0.022,
                tones.of("steel"),
                radius=unit * 0.005,
            )
    sheet.rectangle(span[0], top - unit * 0.012, span[1], top + unit * 0.020, tones.of("wood"))
    sheet.rectangle(
        span[0], top + unit * 0.020, span[1], top + unit * 0.034, painter.palette.near, opacity=0.18
    )


def _stove(painter: Painter, sheet: Sheet, x: float, top: float, foot: float) -> None:
    """Draw a stove with an oven, a pot on it and a hood above."""
    unit, tones = painter.view.unit, painter.tones
    steel, dark = tones.of("steel"), tones.of("slate", light=-0.08)
    half = unit * 0.145
    sheet.rectangle(x - half, top - unit * 0.012, x + half, foot - unit * 0.02, steel)
    sheet.rounded(
        x - half * 0.8, top + unit * 0.085, x + half * 0.8, foot - unit * 0.05, dark, radius=unit * 0.012
    )
    warm = mix(dark, tones.lamp, 0.55 if tones.dark else 0.2)
    sheet.rounded(
        x - half * 0.62, top + unit * 0.12, x + half * 0.62, foot - unit * 0.085, warm, radius=unit * 0.01
    )
    for place in np.linspace(-0.7, 0.7, 5):
        sheet.ellipse(x + half * place, top + unit * 0.045, unit * 0.011, unit * 0.011, dark)
    sheet.rectangle(x - half, top - unit * 0.018, x + half, top, dark)
    pot = tones.of("red")
    sheet.rounded(
        x - half * 0.75, top - unit * 0.098, x - half * 0.02, top - unit * 0.018, pot, radius=unit * 0.016
    )
    sheet.rectangle(
        x - half * 0.82, top - unit * 0.104, x + half * 0.05, top - unit * 0.090, shade(pot, light=0.06)
    )
    sheet.ellipse(x - half * 0.385, top - unit * 0.112, unit * 0.012, unit * 0.010, dark)
    hood = top - unit * 0.30
    sheet.polygon(
        [
            (x - half, hood),
            (x + half, hood),
            (x + half * 0.42, hood - unit * 0.13),
            (x - half * 0.42, hood - unit * 0.13),
        ],
        steel,
    )
    sheet.rectangle(x - half * 0.42, 0, x + half * 0.42, hood - unit * 0.13, shade(steel, light=-0.03))
    sheet.rectangle(x - half, hood, x + half, hood + unit * 0.02, shade(steel, light=-0.10))
    if tones.dark:
        sheet.glow(x, hood + unit * 0.1, unit * 0.25, tones.lamp, strength=0.4)


def _hanging(sheet: Sheet, box: furnish.Box, colours: tuple[Colour, Colour], unit: float) -> None:
    """Draw wall cupboards with doors; colours are front and edge."""
    left, top, right, bottom = box
    colour, dark = colours
    sheet.rectangle(left, top, right, bottom, colour)
    doors = max(1, round((right - left) / (unit * 0.17)))
    rim = unit * 0.012
    for index in range(doors):
        x0, x1 = (left + (right - left) * (index + add) / doors for add in (0, 1))
        panel = (x0 + rim, top + rim, x1 - rim, bottom - rim)
        sheet.rounded(*panel, shade(colour, light=0.03), radius=unit * 0.008)
        knob = x1 - unit * 0.03 if index % 2 == 0 else x0 + unit * 0.03
        sheet.ellipse(knob, bottom - unit * 0.04, unit * 0.007, unit * 0.007, dark)
    sheet.rectangle(left, bottom, right, bottom + unit * 0.008, dark)


def _worktop(painter: Painter, sheet: Sheet, middle: float, top: float) -> None:
    """Put a bowl of fruit, a jar and a plant on the worktop."""
    unit, tones, side = painter.view.unit, painter.tones, painter.light_side
    x = middle + side * unit * 0.36
    for place, name in ((-0.03, "orange"), (0.03, "red"), (0.0, "green")):
        lift = unit * (0.060 if place else 0.075)
        sheet.ellipse(x + unit * place, top - lift, unit * 0.026, unit * 0.026, tones.of(name))
    sheet.polygon(
        [
            (x - unit * 0.075, top - unit * 0.055),
            (x + unit * 0.075, top - unit * 0.055),
            (x + unit * 0.04, top - unit * 0.012),
            (x - unit * 0.04, top - unit * 0.012),
        ],
        tones.of("plaster_blue"),
    )
    furnish.draw_plant(painter, sheet, middle - side * unit * 0.16, top - unit * 0.012, unit * 0.13)
