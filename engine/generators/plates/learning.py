"""Painters of classroom and laboratory."""

from __future__ import annotations

import numpy as np

from engine.generators.plates import fittings
from engine.generators.plates import furniture as furnish
from engine.generators.plates.canvas import Sheet
from engine.generators.plates.homes import cupboards
from engine.generators.plates.painter import Painter
from engine.generators.plates.rooms import (
    FLOOR,
    FLOOR_DEPTH,
    WALL_DEPTH,
    paint_floor,
    paint_wall,
    skirting,
    sunbeam,
)
from engine.oklab import mix


def paint_classroom(painter: Painter) -> None:
    """Paint a classroom: a large board, a window, shelves, a clock and a row of desks."""
    view, tones, side = painter.view, painter.tones, painter.light_side
    unit, middle = view.unit, view.x(0.5)
    wall = paint_wall(painter)
    skirting(painter, wall, tones.of("wood"))
    board = (middle - unit * 0.46, view.y(0.60) - unit * 0.40, middle + unit * 0.46, view.y(0.60))
    _board(painter, wall, board)
    fittings.draw_clock(painter, wall, middle - side * unit * 0.60, board[1] + unit * 0.03, unit * 0.055)
    place = middle + side * unit * 0.74
    window = (place - unit * 0.16, view.y(0.56) - unit * 0.36, place + unit * 0.16, view.y(0.56))
    fittings.draw_window(painter, wall, window, bars=(2, 3))
    painter.add(wall, WALL_DEPTH)
    floor = paint_floor(painter, tones.of("wood", light=0.02))
    sunbeam(painter, floor, window)
    x, foot = middle - side * unit * 0.74, view.y(0.785)
    top = foot - unit * 0.30
    furnish.draw_shelf(painter, floor, (x - unit * 0.17, top, x + unit * 0.17, foot), boards=2)
    _globe(painter, floor, x - unit * 0.06, top - unit * 0.01, unit * 0.055)
    furnish.draw_plant(painter, floor, x + unit * 0.09, top - unit * 0.01, unit * 0.14)
    for aside in (-0.62, 0.62):
        desk, low = middle + aside * unit, view.y(0.86)
        box = (desk - unit * 0.17, low - unit * 0.16, desk + unit * 0.17, low)
        furnish.draw_table(painter, floor, box, tones.of("wood", light=0.08))
    painter.add(floor, FLOOR_DEPTH)


def _board(painter: Painter, wall: Sheet, box: furnish.Box) -> None:
    """Draw the board in its frame, written on, with a ledge for chalk."""
    left, top, right, bottom = box
    tones, edge = painter.tones, painter.view.unit * 0.018
    shadow = (left + edge, top + edge * 2, right + edge, bottom + edge * 2)
    wall.rectangle(*shadow, tones.of("dark"), opacity=0.15)
    wall.rectangle(left - edge, top - edge, right + edge, bottom + edge, tones.of("wood", light=-0.06))
    wall.rectangle(*box, mix(tones.of("pine", light=-0.06), painter.palette.near, 0.25))
    _chalk(painter, wall, box)
    wall.rectangle(left, bottom + edge, right, bottom + edge * 1.8, tones.of("wood", light=0.05))


def _chalk(painter: Painter, sheet: Sheet, board: furnish.Box) -> None:
    """Draw chalk figures: a circle, a triangle, a curve, lines as of writing."""
    unit = painter.view.unit
    chalk = mix(painter.tones.of("white"), painter.palette.horizon, 0.2)
    left, top, right, bottom = board
    width, height, thin = right - left, bottom - top, max(1.0, unit * 0.004)
    turn = np.linspace(0, 2 * np.pi, 40)
    ring = [
        (left + width * 0.14 + np.cos(a) * height * 0.17, top + height * 0.34 + np.sin(a) * height * 0.17)
        for a in turn
    ]
    sheet.line(ring, chalk, thin, opacity=0.8)
    corner = [
        (left + width * 0.30, top + height * 0.5),
        (left + width * 0.42, top + height * 0.16),
        (left + width * 0.46, top + height * 0.5),
    ]
    sheet.line([*corner, corner[0]], chalk, thin, opacity=0.8)
    axis = (left + width * 0.60, top + height * 0.52)
    sheet.line(
        [(axis[0], top + height * 0.14), axis, (right - width * 0.08, axis[1])], chalk, thin, opacity=0.8
    )
    parts = np.linspace(0, 1, 30)
    curve = [(axis[0] + p * width * 0.30, axis[1] - height * (0.05 + 0.28 * p * p)) for p in parts]
    sheet.line(curve, mix(chalk, painter.tones.of("yellow"), 0.7), thin * 1.3, opacity=0.9)
    for row, length in enumerate((0.72, 0.58, 0.66)):
        y = top + height * (0.68 + 0.10 * row)
        for x in np.arange(left + width * 0.07, left + width * length, width * 0.055):
            sheet.line(
                [(x, y), (x + width * float(painter.rng.uniform(0.02, 0.042)), y)], chalk, thin, opacity=0.55
            )


def _globe(painter: Painter, sheet: Sheet, x: float, y: float, radius: float) -> None:
    """Draw a globe on a foot at (x, y)."""
    tones = painter.tones
    sheet.rounded(
        x - radius * 0.5, y - radius * 0.14, x + radius * 0.5, y, tones.of("wood_dark"), radius=radius * 0.07
    )
    sheet.rectangle(x - radius * 0.06, y - radius * 0.5, x + radius * 0.06, y, tones.of("wood_dark"))
    sheet.ellipse(x, y - radius * 1.35, radius, radius, tones.of("blue", light=0.08))
    for place, high, size in ((-0.3, 1.6, 0.36), (0.34, 1.2, 0.40), (-0.16, 0.86, 0.26)):
        sheet.ellipse(
            x + radius * place, y - radius * high, radius * size, radius * size * 0.8, tones.of("green")
        )


def paint_laboratory(painter: Painter) -> None:
    """Paint a laboratory: flasks on shelves, a bench with microscope and screen, tiles."""
    view, tones, side = painter.view, painter.tones, painter.light_side
    unit, middle = view.unit, view.x(0.5)
    wall = paint_wall(painter)
    skirting(painter, wall, tones.of("steel"))
    x, low = middle + side * unit * 0.58, view.y(0.44)
    fittings.draw_window(
        painter, wall, (x - unit * 0.19, low - unit * 0.26, x + unit * 0.19, low), bars=(3, 1)
    )
    x, low = middle - side * unit * 0.36, view.y(0.45)
    shelf = (x - unit * 0.36, low - unit * 0.28, x + unit * 0.36, low)
    furnish.draw_shelf(painter, wall, shelf, boards=2, things="flasks")
    _periodic(painter, wall, middle + side * unit * 0.18, view.y(0.40), unit * 0.26)
    painter.add(wall, WALL_DEPTH)
    floor = paint_floor(painter, tones.of("glass", light=0.10), pattern="tiles")
    top, foot = view.y(FLOOR) - unit * 0.20, view.y(FLOOR) + unit * 0.025
    for start, end in ((-2.0, -0.30), (0.36, 2.0)):
        left, right = sorted((middle + side * start * unit, middle + side * end * unit))
        cupboards(painter, floor, (left, right), (top, foot), tones.of("white", light=-0.04))
        floor.rectangle(left, top - unit * 0.012, right, top + unit * 0.02, tones.of("slate"))
    bench = top - unit * 0.012
    _microscope(painter, floor, middle - side * unit * 0.52, bench, unit * 0.19)
    x = middle + side * unit * 0.62
    screen = (x - unit * 0.12, bench - unit * 0.20, x + unit * 0.12, bench - unit * 0.03)
    fittings.draw_screen(painter, floor, screen, line="bars")
    floor.rectangle(x - unit * 0.02, bench - unit * 0.035, x + unit * 0.02, bench, tones.of("slate"))
    _glassware(painter, floor, middle - side * unit * 0.78, bench)
    fittings.draw_pendant(painter, floor, middle, view.y(0.13), unit * 0.15)
    painter.add(floor, FLOOR_DEPTH)


def _periodic(painter: Painter, sheet: Sheet, x: float, y: float, width: float) -> None:
    """Draw a wall chart of coloured cells in the outline of the periodic table."""
    tones, cell = painter.tones, width / 18
    sheet.rectangle(x - width * 0.56, y - cell * 5.4, x + width * 0.56, y + cell * 4.6, tones.of("white"))
    names = ("pink", "yellow", "plaster_blue", "plaster_mint", "plaster_lilac")
    rows = (
        (0, 17),
        (0, 1, *range(12, 18)),
        (0, 1, *range(12, 18)),
        tuple(range(18)),
        tuple(range(18)),
        tuple(range(18)),
        tuple(range(18)),
    )
    for row, columns in enumerate(rows):
        for column in columns:
            tone = tones.of(names[min(4, (column + 4) // 5)])
            left, top = x - width / 2 + column * cell, y - cell * 4.4 + row * cell
            sheet.rectangle(left, top, left + cell * 0.84, top + cell * 0.84, tone)


def _microscope(painter: Painter, sheet: Sheet, x: float, y: float, height: float) -> None:
    """Draw a microscope with its foot at (x, y)."""
    tones, unit = painter.tones, height
    body, dark = tones.of("white", light=-0.08), tones.of("slate", light=-0.05)
    sheet.rounded(x - unit * 0.36, y - unit * 0.09, x + unit * 0.30, y, dark, radius=unit * 0.04)
    sheet.line(
        [
            (x + unit * 0.20, y - unit * 0.05),
            (x + unit * 0.27, y - unit * 0.40),
            (x + unit * 0.10, y - unit * 0.66),
        ],
        body,
        unit * 0.12,
    )
    sheet.rectangle(x - unit * 0.24, y - unit * 0.34, x + unit * 0.22, y - unit * 0.28, dark)
    sheet.line([(x - unit * 0.06, y - unit * 0.40), (x + unit * 0.02, y - unit * 0.92)], body, unit * 0.15)
    sheet.line([(x + unit * 0.01, y - unit * 0.88), (x + unit * 0.03, y - unit * 1.02)], dark, unit * 0.10)
    sheet.line([(x - unit * 0.07, y - unit * 0.36), (x - unit * 0.05, y - unit * 0.48)], dark, unit * 0.09)


def _glassware(painter: Painter, sheet: Sheet, x: float, y: float) -> None:
    """Draw a stand with test tubes and a large flask."""
    unit, tones = painter.view.unit, painter.tones
    glass = mix(tones.of("glass", light=0.15), tones.of("white"), 0.5)
    sheet.rectangle(x - unit * 0.10, y - unit * 0.07, x + unit * 0.06, y - unit * 0.055, tones.of("wood"))
    sheet.rectangle(x - unit * 0.10, y - unit * 0.012, x + unit * 0.06, y, tones.of("wood"))
    for index, name in enumerate(("pink", "orange", "green", "violet")):
        left = x - unit * (0.088 - 0.038 * index)
        sheet.rounded(
            left, y - unit * 0.105, left + unit * 0.022, y - unit * 0.012, glass, radius=unit * 0.011
        )
        sheet.rounded(
            left,
            y - unit * (0.045 + 0.012 * (index % 3)),
            left + unit * 0.022,
            y - unit * 0.012,
            tones.of(name),
            radius=unit * 0.011,
        )
    left = x + unit * 0.15
    sheet.rectangle(
        left - unit * 0.017, y - unit * 0.17, left + unit * 0.017, y - unit * 0.09, glass, opacity=0.8
    )
    sheet.ellipse(left, y - unit * 0.062, unit * 0.062, unit * 0.062, glass, opacity=0.8)
    turn = np.linspace(0, np.pi, 20)
    low = np.stack([left + np.cos(turn) * unit * 0.056, y - unit * 0.062 + np.sin(turn) * unit * 0.056], 1)
    sheet.polygon(low, tones.of("blue", light=0.06))
