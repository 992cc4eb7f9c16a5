"""Painters of hospital and court."""

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


def paint_hospital(painter: Painter) -> None:
    """Paint a ward: a bed, a drip, a screen with a pulse, a curtain, a window."""
    view, tones, side = painter.view, painter.tones, painter.light_side
    unit, middle, foot = view.unit, view.x(0.5), view.y(0.79)
    box = window_box(painter, 0.42, 0.28, top=0.18, place=0.20)
    _ward_wall(painter, box)
    floor = paint_floor(painter, tones.of("plaster_mint", light=-0.02), pattern="tiles")
    sunbeam(painter, floor, box)
    far, rail = middle - side * unit * 0.98, view.y(0.15)
    cloth = (far - unit * 0.16, view.y(0.16), far + unit * 0.16, view.y(0.77))
    fittings.draw_curtain(floor, cloth, tones.of("plaster_blue"), folds=6)
    floor.rounded(
        far - unit * 0.4, rail, far + unit * 0.4, rail + unit * 0.012, tones.of("steel"), radius=unit * 0.006
    )
    _bed(painter, floor, middle - side * unit * 0.56, view.y(0.80))
    _drip(painter, floor, middle - side * unit * 0.24, foot)
    stand = middle + side * unit * 0.66
    floor.rectangle(stand - unit * 0.014, foot - unit * 0.34, stand + unit * 0.014, foot, tones.of("steel"))
    floor.rounded(
        stand - unit * 0.09,
        foot - unit * 0.02,
        stand + unit * 0.09,
        foot,
        tones.of("slate"),
        radius=unit * 0.01,
    )
    screen = (stand - unit * 0.14, foot - unit * 0.52, stand + unit * 0.14, foot - unit * 0.33)
    fittings.draw_screen(painter, floor, screen)
    furnish.draw_plant(painter, floor, middle + side * unit * 0.92, view.y(0.80), unit * 0.26)
    painter.add(floor, FLOOR_DEPTH)


def _ward_wall(painter: Painter, box: furnish.Box) -> None:
    """Add the wall of the ward: a hand rail, a window, a sign with a cross."""
    view, tones, unit = painter.view, painter.tones, painter.view.unit
    wall = paint_wall(painter)
    skirting(painter, wall, tones.of("plaster_mint", light=-0.1))
    rail = view.y(FLOOR) - unit * 0.26
    wall.rectangle(0, rail, view.shape[1], rail + unit * 0.022, tones.of("jade", light=0.06))
    fittings.draw_window(painter, wall, box, bars=(2, 1))
    x, y, size = view.x(0.5) - painter.light_side * unit * 0.30, view.y(0.27), unit * 0.05
    board, cross = size * 1.7, tones.of("red", light=0.05)
    wall.rounded(x - board, y - board, x + board, y + board, tones.of("white"), radius=size * 0.4)
    wall.rectangle(x - size, y - size * 0.33, x + size, y + size * 0.33, cross)
    wall.rectangle(x - size * 0.33, y - size, x + size * 0.33, y + size, cross)
    painter.add(wall, WALL_DEPTH)


def _bed(painter: Painter, sheet: Sheet, x: float, y: float) -> None:
    """Draw a hospital bed from the side; its head lies away from the light."""
    unit, tones, side = painter.view.unit, painter.tones, painter.light_side
    steel, white, cover = tones.of("steel"), tones.of("white"), tones.of("plaster_blue", light=-0.04)

    def span(start: float, end: float) -> tuple[float, float]:
        left, right = sorted((x + side * start * unit, x + side * end * unit))
        return left, right

    sheet.ellipse(x, y, unit * 0.30, unit * 0.018, painter.palette.near, opacity=0.3)
    for place in (-0.24, 0.24):
        sheet.rectangle(
            x + place * unit - unit * 0.008,
            y - unit * 0.10,
            x + place * unit + unit * 0.008,
            y - unit * 0.012,
            steel,
        )
        sheet.ellipse(x + place * unit, y - unit * 0.014, unit * 0.016, unit * 0.016, tones.of("slate"))
    left, right = span(-0.30, 0.30)
    sheet.rounded(left, y - unit * 0.125, right, y - unit * 0.09, steel, radius=unit * 0.01)
    sheet.rounded(left, y - unit * 0.185, right, y - unit * 0.115, white, radius=unit * 0.025)
    left, right = span(-0.30, -0.285)
    sheet.rounded(left, y - unit * 0.30, right, y - unit * 0.09, steel, radius=unit * 0.008)
    left, right = span(-0.28, -0.13)
    sheet.rounded(
        left, y - unit * 0.235, right, y - unit * 0.17, shade(white, light=-0.03), radius=unit * 0.03
    )
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
    sheet.rounded(
        x - unit * 0.06, y - unit * 0.51, x + unit * 0.06, y - unit * 0.50, steel, radius=unit * 0.005
    )
    sheet.rounded(
        x + unit * 0.022,
        y - unit * 0.49,
        x + unit * 0.082,
        y - unit * 0.385,
        tones.of("white"),
        radius=unit * 0.014,
    )
    sheet.rounded(
        x + unit * 0.027,
        y - unit * 0.44,
        x + unit * 0.077,
        y - unit * 0.39,
        tones.of("plaster_rose"),
        radius=unit * 0.012,
    )
    sheet.line(
        [(x + unit * 0.052, y - unit * 0.385), (x + unit * 0.052, y - unit * 0.25)],
        tones.of("white"),
        max(1.0, unit * 0.003),
    )


def paint_court(painter: Painter) -> None:
    """Paint a court room: panelled walls, columns, the raised bench under the scales."""
    view, tones = painter.view, painter.tones
    unit, middle, foot = view.unit, view.x(0.5), view.y(0.785)
    _panelled_wall(painter)
    wood, light = tones.of("wood_dark", light=0.05), tones.of("wood", light=-0.05)
    dark = tones.of("wood_dark", light=-0.06)
    floor = paint_floor(painter, tones.of("brick", light=-0.12), pattern="tiles")
    for half, up, panels in ((0.50 * unit, 0.21 * unit, 5), (0.34 * unit, 0.28 * unit, 3)):
        top = foot - up
        floor.rectangle(
            middle - half, top, middle + half, foot, wood if panels > 3 else shade(wood, light=0.03)
        )
        rim = unit * 0.015
        floor.rectangle(middle - half - rim, top - unit * 0.02, middle + half + rim, top, light)
        for index in range(panels):
            x0, x1 = (middle - half + 2 * half * (index + add) / panels for add in (0.12, 0.88))
            floor.rectangle(x0, top + unit * 0.03, x1, foot - unit * 0.03, dark, opacity=0.55)
    _gavel(painter, floor, middle + painter.light_side * unit * 0.22, foot - unit * 0.30)
    for place, name in ((-0.74, "blue"), (0.74, "red")):
        _flag(painter, floor, middle + place * unit, view.y(0.79), tones.of(name, light=-0.02))
    painter.add(floor, FLOOR_DEPTH)


def _panelled_wall(painter: Painter) -> None:
    """Add the wall of the court: panels below, columns, the scales above."""
    view, tones, unit = painter.view, painter.tones, painter.view.unit
    middle, foot = view.x(0.5), view.y(FLOOR)
    wood, dark = tones.of("wood_dark", light=0.05), tones.of("wood_dark", light=-0.06)
    wall = paint_wall(painter)
    top = foot - unit * 0.36
    wall.rectangle(0, top, view.shape[1], foot + unit * 0.03, wood)
    wall.rectangle(0, top - unit * 0.018, view.shape[1], top + unit * 0.008, tones.of("wood", light=-0.05))
    step = unit * 0.24
    for x in np.arange(middle % step - step, view.shape[1], step):
        wall.rectangle(x + unit * 0.024, top + unit * 0.04, x + unit * 0.216, foot - unit * 0.03, dark)
        inner = (x + unit * 0.034, top + unit * 0.05, x + unit * 0.206, foot - unit * 0.04)
        wall.rectangle(*inner, shade(wood, light=0.015))
    for place in (-0.92, -0.60, 0.60, 0.92):
        _column(painter, wall, middle + place * unit, unit * 0.055)
    _scales(painter, wall, middle, foot - unit * 0.50, unit * 0.19)
    painter.add(wall, WALL_DEPTH)


def _column(painter: Painter, sheet: Sheet, x: float, half: float) -> None:
    """Draw a fluted column from the ceiling to the floor."""
    stone = mix(painter.tones.of("plaster"), painter.palette.sky, 0.35)
    foot = painter.view.y(FLOOR)
    for step in range(10):
        tone = shade(
            stone,
            light=0.03 * float(np.sin(step * 1.9)) - 0.012 * abs(step - (3 if painter.light_side < 0 else 6)),
        )
        x0, x1 = (x - half + 2 * half * (step + add) / 10 for add in (0, 1))
        sheet.rectangle(x0, 0, x1 + 0.5, foot, tone)
    sheet.rectangle(
        x - half * 1.35, foot - half * 0.9, x + half * 1.35, foot + half * 0.5, shade(stone, light=-0.03)
    )


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
        sheet.polygon(
            np.stack([pan + np.cos(bowl) * size * 0.23, y + size * 0.10 + np.sin(bowl) * size * 0.13], 1),
            gold,
        )


def _gavel(painter: Painter, sheet: Sheet, x: float, y: float) -> None:
    unit, wood = painter.view.unit, painter.tones.of("wood", light=-0.1)
    sheet.line([(x - unit * 0.06, y + unit * 0.0), (x + unit * 0.05, y - unit * 0.028)], wood, unit * 0.010)
    sheet.line(
        [(x + unit * 0.04, y - unit * 0.055), (x + unit * 0.062, y - unit * 0.002)],
        shade(wood, light=-0.04),
        unit * 0.036,
    )


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
        sheet.rectangle(
            x0,
            y - unit * 0.585 + unit * 0.006 * step,
            x1 + 0.5,
            y - unit * 0.585 + drop,
            shade(colour, light=0.06 * float(wave) - 0.04),
        )
