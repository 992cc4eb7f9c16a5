"""Painters of rooms: a wall with what hangs on it, a floor with what stands on it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.contract.storyboard import Hour, Place
from engine.generators.plates import furniture as furnish
from engine.generators.plates.canvas import Sheet, dither
from engine.generators.plates.painter import Painter
from engine.palette import gradient, mix, shade
from engine.scenery import Colour

#: Where the wall meets the floor, as a fraction of the frame's height.
FLOOR = 0.755
_WALL_DEPTH, _FLOOR_DEPTH = 0.34, 0.6


def paint_wall(painter: Painter) -> Sheet:
    """Return an opaque wall: lit from the window's side, darker towards ceiling and corner."""
    view, palette = painter.view, painter.palette
    rows = (np.arange(view.shape[0], dtype=np.float32) - view.margin_y) / view.height
    stops = ((-0.08, palette.zenith), (0.30, palette.sky), (FLOOR, mix(palette.sky, palette.horizon, 0.55)))
    wall = np.repeat(gradient(stops, rows)[:, None, :], view.shape[1], axis=1)
    across = np.linspace(-1, 1, view.shape[1], dtype=np.float32) * painter.light_side
    glow = np.asarray(palette.horizon, np.float32) - wall
    wall += glow * (0.30 * np.clip(across, 0, 1) ** 1.5)[None, :, None]
    wall *= (1 - 0.10 * np.clip(-across, 0, 1) ** 2)[None, :, None]
    sheet = painter.sheet()
    sheet.pixels[..., :3] = np.clip(wall + dither(view.shape)[..., None] + 0.5, 0, 255)
    sheet.pixels[..., 3] = 255
    return sheet


def paint_floor(painter: Painter, colour: Colour, *, pattern: str = "boards") -> Sheet:
    """Return a floor in perspective: "boards" or "tiles"; it is not added yet."""
    view = painter.view
    sheet = painter.sheet()
    top, low = view.y(FLOOR), float(view.shape[0])
    sheet.rectangle(0, top, view.shape[1], low, colour)
    seam, centre = shade(colour, light=-0.06), view.x(0.5)
    for step in np.arange(-26, 27):
        start, end = centre + step * view.unit * 0.085, centre + step * view.unit * 0.20
        half = view.unit * 0.0014
        sheet.polygon([(start - half, top), (start + half, top), (end + half * 2, low), (end - half * 2, low)], seam)
        if pattern == "boards":
            part = float(painter.rng.uniform(0.05, 0.95))
            y = top + (low - top) * part**1.4
            x0, x1 = (centre + (step + add) * view.unit * (0.085 + 0.115 * (y - top) / (low - top)) for add in (0, 1))
            sheet.rectangle(x0, y, x1, y + view.unit * 0.003, seam)
    if pattern == "tiles":
        for part in np.linspace(0.12, 1, 6) ** 1.6:
            y = top + (low - top) * part
            sheet.rectangle(0, y, view.shape[1], y + view.unit * (0.001 + 0.002 * part), seam)
    sheet.fade(shade(colour, light=0.05), top, view.y(0.80), start=0.5, end=0.0)
    sheet.fade(painter.palette.near, view.y(0.80), view.y(1.04), end=0.62)
    return sheet


def _skirting(painter: Painter, wall: Sheet, colour: Colour) -> None:
    view = painter.view
    top = view.y(FLOOR) - view.unit * 0.028
    wall.rectangle(0, top, view.shape[1], view.y(FLOOR) + view.unit * 0.03, colour)
    wall.rectangle(0, top, view.shape[1], top + view.unit * 0.004, shade(colour, light=0.06))


def _sunbeam(painter: Painter, sheet: Sheet, box: furnish.Box) -> None:
    """Lay the window's light on the floor, by day."""
    if painter.tones.setting.hour is Hour.NIGHT:
        return
    view = painter.view
    left, _, right, _ = box
    slant = -painter.light_side * view.unit * 0.30
    light = mix(painter.palette.horizon, (255, 248, 224), 0.5)
    middle = (left + right) / 2
    for start, end in ((left, middle - view.unit * 0.01), (middle + view.unit * 0.01, right)):
        points = [(start + slant * 0.4, view.y(0.80)), (end + slant * 0.4, view.y(0.80)), (end + slant * 1.3, view.y(0.93)), (start + slant * 1.3, view.y(0.93))]
        sheet.polygon(points, light, opacity=0.26)


def _window_box(painter: Painter, width: float, height: float, *, top: float = 0.20, place: float = 0.29) -> furnish.Box:
    """Return the box of a window on the light's side; measures in units, ``place`` from the middle."""
    view = painter.view
    reach = min(place * view.unit / view.width * 1.78, 0.34) * view.width
    x, y = view.x(0.5) + painter.light_side * reach, view.y(top)
    return (x - width * view.unit / 2, y, x + width * view.unit / 2, y + height * view.unit * view.tall)


def paint_room(painter: Painter) -> None:
    """Paint a living room: window and curtains, pictures, sofa, shelf, plant and lamp."""
    view, tones, rng = painter.view, painter.tones, painter.rng
    side, unit = painter.light_side, view.unit
    wall = paint_wall(painter)
    _skirting(painter, wall, tones.of("white", light=-0.05))
    box = _window_box(painter, 0.34, 0.34)
    furnish.draw_window(painter, wall, box)
    cloth = mix(painter.palette.far, tones.of("orange"), 0.35)
    for left, right in ((box[0] - unit * 0.10, box[0] + unit * 0.015), (box[2] - unit * 0.015, box[2] + unit * 0.10)):
        furnish.draw_curtain(painter, wall, (left, box[1] - unit * 0.035, right, box[3] + unit * 0.10), cloth)
    wall.rounded(box[0] - unit * 0.13, box[1] - unit * 0.05, box[2] + unit * 0.13, box[1] - unit * 0.035, tones.of("wood_dark"), radius=unit * 0.01)
    for place, size, names in ((0.36, 0.13, ("plaster_blue", "yellow", "jade")), (0.53, 0.10, ("plaster_rose", "white", "violet"))):
        x, y = view.x(0.5) - side * unit * place, view.y(0.30 + 0.04 * (size < 0.12))
        picture = (x - unit * size / 2, y - unit * size * 0.6, x + unit * size / 2, y + unit * size * 0.6)
        furnish.draw_picture(painter, wall, picture, tuple(tones.of(name) for name in names))  # type: ignore[arg-type]
    painter.add(wall, _WALL_DEPTH)
    floor = paint_floor(painter, tones.of("wood", light=-0.04))
    _sunbeam(painter, floor, box)
    middle = view.x(0.5)
    floor.ellipse(middle, view.y(0.88), unit * 0.56, unit * 0.075, mix(painter.palette.far, tones.of("plaster"), 0.3))
    floor.ellipse(middle, view.y(0.88), unit * 0.49, unit * 0.060, mix(painter.palette.far, tones.of("plaster"), 0.6))
    shelf_x = middle - side * unit * 0.80
    furnish.draw_shelf(painter, floor, (shelf_x - unit * 0.16, view.y(0.79) - unit * 0.52, shelf_x + unit * 0.16, view.y(0.79)), boards=4)
    sofa = mix(painter.palette.far, tones.of("jade"), 0.55)
    furnish.draw_sofa(painter, floor, middle - side * unit * 0.34, view.y(0.80), unit * 0.46, sofa)
    furnish.draw_floor_lamp(painter, floor, middle - side * unit * 0.60, view.y(0.795), unit * 0.46)
    furnish.draw_plant(painter, floor, middle + side * unit * 0.76, view.y(0.81), unit * 0.34)
    painter.add(floor, _FLOOR_DEPTH)
    del rng


def paint_kitchen(painter: Painter) -> None:
    """Paint a kitchen: tiles, cupboards, hood and stove, a counter with things on it, a window."""
    view, tones = painter.view, painter.tones
    side, unit, middle = painter.light_side, view.unit, view.x(0.5)
    wall = paint_wall(painter)
    top, foot = view.y(FLOOR) - unit * 0.29, view.y(FLOOR)
    seam = shade(painter.palette.sky, light=0.06)
    for y in np.arange(top - unit * 0.30, top, unit * 0.045):
        wall.rectangle(0, y, view.shape[1], y + unit * 0.003, seam, opacity=0.8)
    for x in np.arange(0, view.shape[1], unit * 0.045):
        wall.rectangle(x, top - unit * 0.30, x + unit * 0.003, top, seam, opacity=0.8)
    box = _window_box(painter, 0.36, 0.24, top=0.15, place=0.16)
    furnish.draw_window(painter, wall, (box[0], top - unit * 0.36, box[2], top - unit * 0.08), bars=(3, 1))
    painter.add(wall, _WALL_DEPTH)
    floor = paint_floor(painter, tones.of("plaster", light=-0.10), pattern="tiles")
    front, dark = tones.of("plaster_mint", light=-0.02), tones.of("plaster_mint", light=-0.12)
    _cupboards(painter, floor, (0, view.shape[1]), (top, foot + unit * 0.02), front)
    hood = middle - side * unit * 0.46
    _stove(painter, floor, hood, top, foot + unit * 0.02)
    high = top - unit * 0.34
    for start, end in ((hood - unit * 0.62, hood - unit * 0.16), (hood + unit * 0.16, hood + unit * 0.34)):
        _hanging(floor, (start, high - unit * 0.20, end, high + unit * 0.06), front, dark, unit)
    fridge = middle + side * unit * 0.78
    tall = foot + unit * 0.03 - unit * 0.66
    floor.rounded(fridge - unit * 0.16, tall, fridge + unit * 0.16, foot + unit * 0.03, tones.of("white", light=-0.06), radius=unit * 0.03)
    floor.rectangle(fridge - unit * 0.16, tall + unit * 0.22, fridge + unit * 0.16, tall + unit * 0.228, tones.of("white", light=-0.22))
    for y0, y1 in ((0.08, 0.18), (0.27, 0.40)):
        floor.rounded(fridge - side * unit * 0.125 - unit * 0.008, tall + unit * y0, fridge - side * unit * 0.125 + unit * 0.008, tall + unit * y1, tones.of("steel"), radius=unit * 0.008)
    _worktop(painter, floor, middle, top)
    furnish.draw_pendant(painter, floor, middle + side * unit * 0.10, view.y(0.16), unit * 0.14)
    painter.add(floor, _FLOOR_DEPTH)


def _cupboards(painter: Painter, sheet: Sheet, span: tuple[float, float], rows: tuple[float, float], colour: Colour) -> None:
    """Draw a row of floor cupboards under a worktop."""
    unit, tones = painter.view.unit, painter.tones
    top, foot = rows
    sheet.rectangle(span[0], top, span[1], foot - unit * 0.03, colour)
    sheet.rectangle(span[0], foot - unit * 0.03, span[1], foot, shade(colour, light=-0.22))
    step = unit * 0.21
    for x in np.arange(span[0], span[1], step):
        inner = unit * 0.014
        for y0, y1 in ((top + unit * 0.035, top + unit * 0.085), (top + unit * 0.10, foot - unit * 0.045)):
            sheet.rounded(x + inner, y0, x + step - inner, y1, shade(colour, light=-0.045), radius=unit * 0.008)
            sheet.rounded(x + inner * 1.3, y0 + inner * 0.3, x + step - inner * 1.3, y1 - inner * 0.5, shade(colour, light=0.02), radius=unit * 0.007)
            sheet.rounded(x + step * 0.40, y0 + unit * 0.012, x + step * 0.60, y0 + unit * 0.022, tones.of("steel"), radius=unit * 0.005)
    sheet.rectangle(span[0], top - unit * 0.012, span[1], top + unit * 0.020, tones.of("wood"))
    sheet.rectangle(span[0], top + unit * 0.020, span[1], top + unit * 0.034, painter.palette.near, opacity=0.18)


def _stove(painter: Painter, sheet: Sheet, x: float, top: float, foot: float) -> None:
    """Draw a stove with an oven, a pot on it and a hood above."""
    unit, tones = painter.view.unit, painter.tones
    steel, dark = tones.of("steel"), tones.of("slate", light=-0.08)
    half = unit * 0.145
    sheet.rectangle(x - half, top - unit * 0.012, x + half, foot - unit * 0.02, steel)
    sheet.rounded(x - half * 0.8, top + unit * 0.085, x + half * 0.8, foot - unit * 0.05, dark, radius=unit * 0.012)
    warm = mix(dark, tones.lamp, 0.55 if tones.dark else 0.2)
    sheet.rounded(x - half * 0.62, top + unit * 0.12, x + half * 0.62, foot - unit * 0.085, warm, radius=unit * 0.01)
    for place in np.linspace(-0.7, 0.7, 5):
        sheet.ellipse(x + half * place, top + unit * 0.045, unit * 0.011, unit * 0.011, dark)
    sheet.rectangle(x - half, top - unit * 0.018, x + half, top, dark)
    pot = tones.of("red")
    sheet.rounded(x - half * 0.75, top - unit * 0.098, x - half * 0.02, top - unit * 0.018, pot, radius=unit * 0.016)
    sheet.rectangle(x - half * 0.82, top - unit * 0.104, x + half * 0.05, top - unit * 0.090, shade(pot, light=0.06))
    sheet.ellipse(x - half * 0.385, top - unit * 0.112, unit * 0.012, unit * 0.010, dark)
    hood = top - unit * 0.30
    sheet.polygon([(x - half, hood), (x + half, hood), (x + half * 0.42, hood - unit * 0.13), (x - half * 0.42, hood - unit * 0.13)], steel)
    sheet.rectangle(x - half * 0.42, 0, x + half * 0.42, hood - unit * 0.13, shade(steel, light=-0.03))
    sheet.rectangle(x - half, hood, x + half, hood + unit * 0.02, shade(steel, light=-0.10))
    if tones.dark:
        sheet.glow(x, hood + unit * 0.1, unit * 0.25, tones.lamp, strength=0.4)


def _hanging(sheet: Sheet, box: furnish.Box, colour: Colour, dark: Colour, unit: float) -> None:
    """Draw wall cupboards with doors."""
    left, top, right, bottom = box
    sheet.rectangle(left, top, right, bottom, colour)
    doors = max(1, round((right - left) / (unit * 0.17)))
    for index in range(doors):
        x0, x1 = (left + (right - left) * (index + add) / doors for add in (0, 1))
        sheet.rounded(x0 + unit * 0.012, top + unit * 0.014, x1 - unit * 0.012, bottom - unit * 0.014, shade(colour, light=0.03), radius=unit * 0.008)
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
    sheet.polygon([(x - unit * 0.075, top - unit * 0.055), (x + unit * 0.075, top - unit * 0.055), (x + unit * 0.04, top - unit * 0.012), (x - unit * 0.04, top - unit * 0.012)], tones.of("plaster_blue"))
    furnish.draw_plant(painter, sheet, middle - side * unit * 0.16, top - unit * 0.012, unit * 0.13)


def paint_classroom(painter: Painter) -> None:
    """Paint a classroom: a large board, a window, shelves, a clock and a row of desks."""
    view, tones = painter.view, painter.tones
    side, unit, middle = painter.light_side, view.unit, view.x(0.5)
    wall = paint_wall(painter)
    _skirting(painter, wall, tones.of("wood"))
    board = (middle - unit * 0.46, view.y(0.60) - unit * 0.40, middle + unit * 0.46, view.y(0.60))
    edge = unit * 0.018
    wall.rectangle(board[0] + edge, board[1] + edge * 2, board[2] + edge, board[3] + edge * 2, tones.of("dark"), opacity=0.15)
    wall.rectangle(board[0] - edge, board[1] - edge, board[2] + edge, board[3] + edge, tones.of("wood", light=-0.06))
    slate = mix(tones.of("pine", light=-0.06), painter.palette.near, 0.25)
    wall.rectangle(*board, slate)
    _chalk(painter, wall, board)
    wall.rectangle(board[0], board[3] + edge, board[2], board[3] + edge * 1.8, tones.of("wood", light=0.05))
    furnish.draw_clock(painter, wall, middle - side * unit * 0.60, board[1] + unit * 0.03, unit * 0.055)
    window = (middle + side * unit * 0.74 - unit * 0.16, view.y(0.56) - unit * 0.36, middle + side * unit * 0.74 + unit * 0.16, view.y(0.56))
    furnish.draw_window(painter, wall, window, bars=(2, 3))
    painter.add(wall, _WALL_DEPTH)
    floor = paint_floor(painter, tones.of("wood", light=0.02))
    _sunbeam(painter, floor, window)
    x = middle - side * unit * 0.74
    furnish.draw_shelf(painter, floor, (x - unit * 0.17, view.y(0.785) - unit * 0.30, x + unit * 0.17, view.y(0.785)), boards=2)
    _globe(painter, floor, x - unit * 0.06, view.y(0.785) - unit * 0.31, unit * 0.055)
    furnish.draw_plant(painter, floor, x + unit * 0.09, view.y(0.785) - unit * 0.31, unit * 0.14)
    for place in (-0.62, 0.62):
        desk = middle + place * unit
        furnish.draw_table(painter, floor, (desk - unit * 0.17, view.y(0.86) - unit * 0.16, desk + unit * 0.17, view.y(0.86)), tones.of("wood", light=0.08))
    painter.add(floor, _FLOOR_DEPTH)


def _chalk(painter: Painter, sheet: Sheet, board: furnish.Box) -> None:
    """Draw chalk figures: a circle, a triangle, a curve, lines as of writing."""
    unit = painter.view.unit
    chalk = mix(painter.tones.of("white"), painter.palette.horizon, 0.2)
    left, top, right, bottom = board
    width, height, thin = right - left, bottom - top, max(1.0, unit * 0.004)
    turn = np.linspace(0, 2 * np.pi, 40)
    ring = [(left + width * 0.14 + np.cos(a) * height * 0.17, top + height * 0.34 + np.sin(a) * height * 0.17) for a in turn]
    sheet.line(ring, chalk, thin, opacity=0.8)
    corner = [(left + width * 0.30, top + height * 0.5), (left + width * 0.42, top + height * 0.16), (left + width * 0.46, top + height * 0.5)]
    sheet.line([*corner, corner[0]], chalk, thin, opacity=0.8)
    axis = (left + width * 0.60, top + height * 0.52)
    sheet.line([(axis[0], top + height * 0.14), axis, (right - width * 0.08, axis[1])], chalk, thin, opacity=0.8)
    parts = np.linspace(0, 1, 30)
    curve = [(axis[0] + p * width * 0.30, axis[1] - height * (0.05 + 0.28 * p * p)) for p in parts]
    sheet.line(curve, mix(chalk, painter.tones.of("yellow"), 0.7), thin * 1.3, opacity=0.9)
    for row, length in enumerate((0.72, 0.58, 0.66)):
        y = top + height * (0.68 + 0.10 * row)
        for x in np.arange(left + width * 0.07, left + width * length, width * 0.055):
            sheet.line([(x, y), (x + width * float(painter.rng.uniform(0.02, 0.042)), y)], chalk, thin, opacity=0.55)


def _globe(painter: Painter, sheet: Sheet, x: float, y: float, radius: float) -> None:
    """Draw a globe on a foot at (x, y)."""
    tones = painter.tones
    sheet.rounded(x - radius * 0.5, y - radius * 0.14, x + radius * 0.5, y, tones.of("wood_dark"), radius=radius * 0.07)
    sheet.rectangle(x - radius * 0.06, y - radius * 0.5, x + radius * 0.06, y, tones.of("wood_dark"))
    sheet.ellipse(x, y - radius * 1.35, radius, radius, tones.of("blue", light=0.08))
    for place, high, size in ((-0.3, 1.6, 0.36), (0.34, 1.2, 0.40), (-0.16, 0.86, 0.26)):
        sheet.ellipse(x + radius * place, y - radius * high, radius * size, radius * size * 0.8, tones.of("green"))


def paint_laboratory(painter: Painter) -> None:
    """Paint a laboratory: flasks on shelves, a bench with microscope and screen, tiles."""
    view, tones = painter.view, painter.tones
    side, unit, middle = painter.light_side, view.unit, view.x(0.5)
    wall = paint_wall(painter)
    _skirting(painter, wall, tones.of("steel"))
    window = (middle + side * unit * 0.58 - unit * 0.19, view.y(0.44) - unit * 0.26, middle + side * unit * 0.58 + unit * 0.19, view.y(0.44))
    furnish.draw_window(painter, wall, window, bars=(3, 1))
    x = middle - side * unit * 0.36
    furnish.draw_shelf(painter, wall, (x - unit * 0.36, view.y(0.45) - unit * 0.28, x + unit * 0.36, view.y(0.45)), boards=2, things="flasks")
    _periodic(painter, wall, middle + side * unit * 0.18, view.y(0.40), unit * 0.26)
    painter.add(wall, _WALL_DEPTH)
    floor = paint_floor(painter, tones.of("glass", light=0.10), pattern="tiles")
    top, foot = view.y(FLOOR) - unit * 0.20, view.y(FLOOR) + unit * 0.025
    white = tones.of("white", light=-0.04)
    for start, end in ((-2.0, -0.30), (0.36, 2.0)):
        left, right = sorted((middle + side * start * unit, middle + side * end * unit))
        _cupboards(painter, floor, (left, right), (top, foot), white)
        floor.rectangle(left, top - unit * 0.012, right, top + unit * 0.02, tones.of("slate"))
    bench = top - unit * 0.012
    _microscope(painter, floor, middle - side * unit * 0.52, bench, unit * 0.19)
    furnish.draw_screen(painter, floor, (middle + side * unit * 0.62 - unit * 0.12, bench - unit * 0.20, middle + side * unit * 0.62 + unit * 0.12, bench - unit * 0.03), line="bars")
    floor.rectangle(middle + side * unit * 0.62 - unit * 0.02, bench - unit * 0.035, middle + side * unit * 0.62 + unit * 0.02, bench, tones.of("slate"))
    _glassware(painter, floor, middle - side * unit * 0.78, bench)
    furnish.draw_pendant(painter, floor, middle, view.y(0.13), unit * 0.15)
    painter.add(floor, _FLOOR_DEPTH)


def _periodic(painter: Painter, sheet: Sheet, x: float, y: float, width: float) -> None:
    """Draw a wall chart of coloured cells in the outline of the periodic table."""
    tones, cell = painter.tones, width / 18
    sheet.rectangle(x - width * 0.56, y - cell * 5.4, x + width * 0.56, y + cell * 4.6, tones.of("white"))
    names = ("pink", "yellow", "plaster_blue", "plaster_mint", "plaster_lilac")
    rows = ((0, 17), (0, 1, *range(12, 18)), (0, 1, *range(12, 18)), tuple(range(18)), tuple(range(18)), tuple(range(18)), tuple(range(18)))
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
    sheet.line([(x + unit * 0.20, y - unit * 0.05), (x + unit * 0.27, y - unit * 0.40), (x + unit * 0.10, y - unit * 0.66)], body, unit * 0.12)
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
        sheet.rounded(left, y - unit * 0.105, left + unit * 0.022, y - unit * 0.012, glass, radius=unit * 0.011)
        sheet.rounded(left, y - unit * (0.045 + 0.012 * (index % 3)), left + unit * 0.022, y - unit * 0.012, tones.of(name), radius=unit * 0.011)
    left = x + unit * 0.15
    sheet.rectangle(left - unit * 0.017, y - unit * 0.17, left + unit * 0.017, y - unit * 0.09, glass, opacity=0.8)
    sheet.ellipse(left, y - unit * 0.062, unit * 0.062, unit * 0.062, glass, opacity=0.8)
    turn = np.linspace(0, np.pi, 20)
    low = np.stack([left + np.cos(turn) * unit * 0.056, y - unit * 0.062 + np.sin(turn) * unit * 0.056], 1)
    sheet.polygon(low, tones.of("blue", light=0.06))


def paint_hospital(painter: Painter) -> None:
    """Paint a ward: a bed, a drip, a screen with a pulse, a curtain, a window."""
    view, tones = painter.view, painter.tones
    side, unit, middle = painter.light_side, view.unit, view.x(0.5)
    wall = paint_wall(painter)
    _skirting(painter, wall, tones.of("plaster_mint", light=-0.1))
    rail = view.y(FLOOR) - unit * 0.26
    wall.rectangle(0, rail, view.shape[1], rail + unit * 0.022, tones.of("jade", light=0.06))
    box = _window_box(painter, 0.42, 0.28, top=0.18, place=0.20)
    furnish.draw_window(painter, wall, box, bars=(2, 1))
    x = middle - side * unit * 0.30
    cross, size = tones.of("red", light=0.05), unit * 0.05
    wall.rounded(x - size * 1.7, view.y(0.27) - size * 1.7, x + size * 1.7, view.y(0.27) + size * 1.7, tones.of("white"), radius=size * 0.4)
    wall.rectangle(x - size, view.y(0.27) - size * 0.33, x + size, view.y(0.27) + size * 0.33, cross)
    wall.rectangle(x - size * 0.33, view.y(0.27) - size, x + size * 0.33, view.y(0.27) + size, cross)
    painter.add(wall, _WALL_DEPTH)
    floor = paint_floor(painter, tones.of("plaster_mint", light=-0.02), pattern="tiles")
    _sunbeam(painter, floor, box)
    far = middle - side * unit * 0.98
    furnish.draw_curtain(painter, floor, (far - unit * 0.16, view.y(0.16), far + unit * 0.16, view.y(0.77)), tones.of("plaster_blue"), folds=6)
    floor.rounded(far - unit * 0.40, view.y(0.15), far + unit * 0.40, view.y(0.15) + unit * 0.012, tones.of("steel"), radius=unit * 0.006)
    _bed(painter, floor, middle - side * unit * 0.56, view.y(0.80))
    _drip(painter, floor, middle - side * unit * 0.24, view.y(0.79))
    stand = middle + side * unit * 0.66
    floor.rectangle(stand - unit * 0.014, view.y(0.79) - unit * 0.34, stand + unit * 0.014, view.y(0.79), tones.of("steel"))
    floor.rounded(stand - unit * 0.09, view.y(0.79) - unit * 0.02, stand + unit * 0.09, view.y(0.79), tones.of("slate"), radius=unit * 0.01)
    furnish.draw_screen(painter, floor, (stand - unit * 0.14, view.y(0.79) - unit * 0.52, stand + unit * 0.14, view.y(0.79) - unit * 0.33))
    furnish.draw_plant(painter, floor, middle + side * unit * 0.92, view.y(0.80), unit * 0.26)
    painter.add(floor, _FLOOR_DEPTH)


def _bed(painter: Painter, sheet: Sheet, x: float, y: float) -> None:
    """Draw a hospital bed from the side; its head lies away from the light."""
    unit, tones, side = painter.view.unit, painter.tones, painter.light_side
    steel, white, cover = tones.of("steel"), tones.of("white"), tones.of("plaster_blue", light=-0.04)

    def span(start: float, end: float) -> tuple[float, float]:
        left, right = sorted((x + side * start * unit, x + side * end * unit))
        return left, right

    sheet.ellipse(x, y, unit * 0.30, unit * 0.018, painter.palette.near, opacity=0.3)
    for place in (-0.24, 0.24):
        sheet.rectangle(x + place * unit - unit * 0.008, y - unit * 0.10, x + place * unit + unit * 0.008, y - unit * 0.012, steel)
        sheet.ellipse(x + place * unit, y - unit * 0.014, unit * 0.016, unit * 0.016, tones.of("slate"))
    left, right = span(-0.30, 0.30)
    sheet.rounded(left, y - unit * 0.125, right, y - unit * 0.09, steel, radius=unit * 0.01)
    sheet.rounded(left, y - unit * 0.185, right, y - unit * 0.115, white, radius=unit * 0.025)
    left, right = span(-0.30, -0.285)
    sheet.rounded(left, y - unit * 0.30, right, y - unit * 0.09, steel, radius=unit * 0.008)
    left, right = span(-0.28, -0.13)
    sheet.rounded(left, y - unit * 0.235, right, y - unit * 0.17, shade(white, light=-0.03), radius=unit * 0.03)
    left, right = span(-0.10, 0.305)
    sheet.rounded(left, y - unit * 0.205, right, y - unit * 0.10, cover, radius=unit * 0.03)
    left, right = span(-0.10, -0.04)
    sheet.rounded(left, y - unit * 0.208, right, y - unit * 0.11, white, radius=unit * 0.02)
    left, right = span(0.295, 0.31)
    sheet.rounded(left, y - unit * 0.25, right, y - unit * 0.09, steel, radius=unit * 0.008)


def _drip(painter: Painter, sheet: Sheet, x: float, y: float) -> None:
    """Draw a drip stand."""
    unit, tones = painter.view.unit, painter.tones
    steel = tones.of("steel", light=-0.06)
    sheet.rectangle(x - unit * 0.006, y - unit * 0.50, x + unit * 0.006, y, steel)
    sheet.rounded(x - unit * 0.06, y - unit * 0.012, x + unit * 0.06, y, steel, radius=unit * 0.006)
    sheet.rounded(x - unit * 0.06, y - unit * 0.51, x + unit * 0.06, y - unit * 0.50, steel, radius=unit * 0.005)
    sheet.rounded(x + unit * 0.022, y - unit * 0.49, x + unit * 0.082, y - unit * 0.385, tones.of("white"), radius=unit * 0.014)
    sheet.rounded(x + unit * 0.027, y - unit * 0.44, x + unit * 0.077, y - unit * 0.39, tones.of("plaster_rose"), radius=unit * 0.012)
    sheet.line([(x + unit * 0.052, y - unit * 0.385), (x + unit * 0.052, y - unit * 0.25)], tones.of("white"), max(1.0, unit * 0.003))


def paint_court(painter: Painter) -> None:
    """Paint a court room: panelled walls, columns, the raised bench under the scales."""
    view, tones = painter.view, painter.tones
    unit, middle = view.unit, view.x(0.5)
    wall = paint_wall(painter)
    wood, dark, light = tones.of("wood_dark", light=0.05), tones.of("wood_dark", light=-0.06), tones.of("wood", light=-0.05)
    top = view.y(FLOOR) - unit * 0.36
    wall.rectangle(0, top, view.shape[1], view.y(FLOOR) + unit * 0.03, wood)
    wall.rectangle(0, top - unit * 0.018, view.shape[1], top + unit * 0.008, light)
    for x in np.arange(middle % (unit * 0.24) - unit * 0.24, view.shape[1], unit * 0.24):
        wall.rectangle(x + unit * 0.024, top + unit * 0.04, x + unit * 0.216, view.y(FLOOR) - unit * 0.03, dark)
        wall.rectangle(x + unit * 0.034, top + unit * 0.05, x + unit * 0.206, view.y(FLOOR) - unit * 0.04, shade(wood, light=0.015))
    for place in (-0.92, -0.60, 0.60, 0.92):
        _column(painter, wall, middle + place * unit, unit * 0.055)
    _scales(painter, wall, middle, view.y(FLOOR) - unit * 0.50, unit * 0.19)
    painter.add(wall, _WALL_DEPTH)
    floor = paint_floor(painter, tones.of("brick", light=-0.12), pattern="tiles")
    foot = view.y(0.785)
    for half, up, low in ((0.50, 0.21, 0.0), (0.34, 0.28, 0.0)):
        floor.rectangle(middle - half * unit, foot - up * unit, middle + half * unit, foot - low, wood if half > 0.4 else shade(wood, light=0.03))
        floor.rectangle(middle - half * unit - unit * 0.015, foot - up * unit - unit * 0.02, middle + half * unit + unit * 0.015, foot - up * unit, light)
        panels = 5 if half > 0.4 else 3
        for index in range(panels):
            x0, x1 = (middle - half * unit + 2 * half * unit * (index + add) / panels for add in (0.12, 0.88))
            floor.rectangle(x0, foot - up * unit + unit * 0.03, x1, foot - unit * 0.03, dark, opacity=0.55)
    _gavel(painter, floor, middle + painter.light_side * unit * 0.22, foot - unit * 0.30)
    for place in (-0.74, 0.74):
        _flag(painter, floor, middle + place * unit, view.y(0.79), tones.of("blue" if place < 0 else "red", light=-0.02))
    painter.add(floor, _FLOOR_DEPTH)


def _column(painter: Painter, sheet: Sheet, x: float, half: float) -> None:
    """Draw a fluted column from the ceiling to the floor."""
    stone = mix(painter.tones.of("plaster"), painter.palette.sky, 0.35)
    foot = painter.view.y(FLOOR)
    for step in range(10):
        tone = shade(stone, light=0.03 * float(np.sin(step * 1.9)) - 0.012 * abs(step - (3 if painter.light_side < 0 else 6)))
        x0, x1 = (x - half + 2 * half * (step + add) / 10 for add in (0, 1))
        sheet.rectangle(x0, 0, x1 + 0.5, foot, tone)
    sheet.rectangle(x - half * 1.35, foot - half * 0.9, x + half * 1.35, foot + half * 0.5, shade(stone, light=-0.03))


def _scales(painter: Painter, sheet: Sheet, x: float, y: float, size: float) -> None:
    """Draw the scales of justice in a ring."""
    gold, thin = painter.tones.of("gold"), size * 0.05
    sheet.ellipse(x, y, size * 0.86, size * 0.86, mix(painter.palette.zenith, painter.palette.near, 0.35))
    turn = np.linspace(0, 2 * np.pi, 60)
    sheet.line([(x + np.cos(a) * size * 0.86, y + np.sin(a) * size * 0.86) for a in turn], gold, thin)
    sheet.line([(x, y - size * 0.52), (x, y + size * 0.46)], gold, thin * 1.2)
    sheet.rounded(x - size * 0.26, y + size * 0.44, x + size * 0.26, y + size * 0.54, gold, radius=thin)
    sheet.line([(x - size * 0.48, y - size * 0.34), (x + size * 0.48, y - size * 0.34)], gold, thin)
    sheet.ellipse(x, y - size * 0.52, thin * 1.3, thin * 1.3, gold)
    for side in (-1, 1):
        pan = x + side * size * 0.46
        for reach in (-0.2, 0.2):
            sheet.line([(pan, y - size * 0.34), (pan + reach * size, y + size * 0.10)], gold, thin * 0.5)
        bowl = np.linspace(0, np.pi, 16)
        sheet.polygon(np.stack([pan + np.cos(bowl) * size * 0.23, y + size * 0.10 + np.sin(bowl) * size * 0.13], 1), gold)


def _gavel(painter: Painter, sheet: Sheet, x: float, y: float) -> None:
    unit, wood = painter.view.unit, painter.tones.of("wood", light=-0.1)
    sheet.line([(x - unit * 0.06, y + unit * 0.0), (x + unit * 0.05, y - unit * 0.028)], wood, unit * 0.010)
    sheet.line([(x + unit * 0.04, y - unit * 0.055), (x + unit * 0.062, y - unit * 0.002)], shade(wood, light=-0.04), unit * 0.036)


def _flag(painter: Painter, sheet: Sheet, x: float, y: float, colour: Colour) -> None:
    """Draw a flag that hangs from a standing pole."""
    unit, gold = painter.view.unit, painter.tones.of("gold")
    sheet.rounded(x - unit * 0.05, y - unit * 0.02, x + unit * 0.05, y, gold, radius=unit * 0.01)
    sheet.rectangle(x - unit * 0.006, y - unit * 0.60, x + unit * 0.006, y, gold)
    sheet.ellipse(x, y - unit * 0.61, unit * 0.014, unit * 0.014, gold)
    for step in range(12):
        wave = 0.5 + 0.5 * np.sin(step * 1.3)
        x0, x1 = (x + unit * 0.13 * (step + add) / 12 for add in (0, 1))
        drop = unit * (0.40 - 0.012 * step)
        sheet.rectangle(x0, y - unit * 0.585 + unit * 0.006 * step, x1 + 0.5, y - unit * 0.585 + drop, shade(colour, light=0.06 * float(wave) - 0.04))


def paint_stage(painter: Painter) -> None:
    """Paint a stage: velvet curtains, beams of light, a wooden floor with a pool of light."""
    view, tones, palette = painter.view, painter.tones, painter.palette
    unit, middle = view.unit, view.x(0.5)
    wall = painter.sheet()
    rows = (np.arange(view.shape[0], dtype=np.float32) - view.margin_y) / view.height
    back = gradient(((-0.08, palette.zenith), (0.5, mix(palette.zenith, palette.sky, 0.55)), (FLOOR, palette.sky)), rows)
    wall.pixels[..., :3] = np.clip(np.repeat(back[:, None, :], view.shape[1], 1) + dither(view.shape)[..., None] + 0.5, 0, 255)
    wall.pixels[..., 3] = 255
    wall.glow(middle, view.y(0.52), unit * 0.75, palette.horizon, strength=0.45)
    painter.add(wall, 0.2)
    beams = painter.sheet()
    lights = ((-0.52, (255, 226, 170)), (0.52, (255, 226, 170)), (-0.22, (190, 210, 255)), (0.22, (255, 170, 200)))
    for place, tone in lights:
        top = middle + place * unit
        aim = middle + place * unit * 0.15
        points = [(top - unit * 0.012, -2), (top + unit * 0.012, -2), (aim + unit * 0.22, view.y(0.86)), (aim - unit * 0.22, view.y(0.86))]
        beams.polygon(points, mix(tone, palette.horizon, 0.3), opacity=0.20)
    beams.blur(unit * 0.007)
    beams.cut(np.interp(rows, [-0.08, 0.5, 0.86], [1.0, 0.75, 0.25]).astype(np.float32)[:, None])
    painter.add(beams, 0.35)
    floor = paint_floor(painter, mix(tones.of("wood_dark"), palette.far, 0.25))
    floor.rectangle(0, view.y(FLOOR), view.shape[1], view.y(FLOOR) + unit * 0.006, mix(palette.near, palette.far, 0.4))
    for size, strength in ((0.62, 0.25), (0.44, 0.35)):
        floor.glow(middle, view.y(0.845), unit * size, (255, 232, 190), strength=strength, squash=0.18)
    painter.add(floor, _FLOOR_DEPTH)
    _stage_curtains(painter)


def _stage_curtains(painter: Painter) -> None:
    """Add the curtains at the sides and the valance above; they hang in front of what is on stage."""
    view, palette = painter.view, painter.palette
    unit = view.unit
    velvet = mix(palette.far, painter.tones.of("red", light=-0.06), 0.55)
    sheet = painter.sheet()
    wide = max(0.13 * view.width, 0.10 * unit) + view.margin_x
    for left, right, flip in ((0.0, wide, 1), (view.shape[1] - wide, float(view.shape[1]), -1)):
        folds, steps = 6, 72
        for step in range(steps):
            part = step / steps
            wave = 0.5 + 0.5 * np.sin(part * folds * 2 * np.pi + 0.6 * np.sin(part * 9))
            tone = shade(mix(velvet, palette.near, 0.45 * (1 - float(wave))), light=0.04 * float(wave))
            x0, x1 = (left + (right - left) * (step + add) / steps for add in (0, 1))
            # Gathered at the height of a tie: the inner edge swings in.
            inner = part if flip > 0 else 1 - part
            pull = unit * 0.10 * inner**1.5
            points = [(x0, 0), (x1 + 0.7, 0), (x1 + 0.7 - flip * pull, view.y(0.60)), (x1 + 0.7 - flip * pull * 0.55, view.y(0.90)),
                      (x0 - flip * pull * 0.55, view.y(0.90)), (x0 - flip * pull, view.y(0.60))]  # fmt: skip
            sheet.polygon(points, tone)
    scallops = max(5, round(view.shape[1] / unit * 4))
    for index in range(scallops):
        x = (index + 0.5) / scallops * view.shape[1]
        half = view.shape[1] / scallops * 0.53
        for ring, tone in ((1.0, mix(velvet, palette.near, 0.35)), (0.72, velvet), (0.42, shade(velvet, light=0.03))):
            sheet.ellipse(x, view.y(-0.02), half * ring, unit * 0.135 * ring**0.5, tone)
        sheet.ellipse(x, view.y(-0.02), half, unit * 0.05, mix(velvet, palette.near, 0.6))
    gold = painter.tones.of("gold", light=-0.05)
    for x, flip in ((wide - unit * 0.03, 1), (view.shape[1] - wide + unit * 0.03, -1)):
        sheet.line([(x - flip * unit * 0.16, view.y(0.575)), (x - flip * unit * 0.08, view.y(0.605)), (x - flip * unit * 0.0, view.y(0.60))], gold, unit * 0.014)
    painter.begin_front()
    painter.add(sheet, 0.9)


INDOORS: dict[Place, Callable[[Painter], None]] = {
    Place.ROOM: paint_room,
    Place.KITCHEN: paint_kitchen,
    Place.CLASSROOM: paint_classroom,
    Place.LABORATORY: paint_laboratory,
    Place.HOSPITAL: paint_hospital,
    Place.COURT: paint_court,
    Place.STAGE: paint_stage,
}
