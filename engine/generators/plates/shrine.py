"""Painter of the temple in the hills."""

from __future__ import annotations

import numpy as np

from engine.generators.plates.built import draw_eaves
from engine.generators.plates.canvas import Sheet
from engine.generators.plates.land import paint_ground, paint_ridges
from engine.generators.plates.nature import draw_bush, draw_pine
from engine.generators.plates.painter import Painter
from engine.generators.plates.sky import paint_sky
from engine.generators.plates.woods import leaf_colours, pine_colours
from engine.oklab import mix, shade
from engine.scenery import Colour


def paint_temple(painter: Painter) -> None:
    """Paint a temple in the hills: a pagoda far off, a great hall with red columns, steps and lanterns."""
    view = painter.view
    unit, middle = view.unit, view.x(0.5)
    paint_sky(painter)
    paint_ridges(painter, base=0.55, count=3, height=0.13, step=0.05)
    _grove(painter)
    hall = painter.sheet()
    _great_hall(painter, hall, (middle, view.y(0.79)), min(unit * 1.12, view.width * 0.98))
    for place in (-0.80, -0.68, 0.70, 0.84):
        bush = leaf_colours(painter, 0.12)[:2]
        draw_bush(painter, hall, middle + place * unit, view.y(0.80), unit * 0.15, bush)
    painter.add(hall, 0.60)
    _forecourt(painter)


def _grove(painter: Painter) -> None:
    """Add a wooded hill with a pagoda, off the middle."""
    view, rng, tones = painter.view, painter.rng, painter.tones
    far = painter.sheet()
    spot = (view.x(0.5) - painter.light_side * view.unit * 0.60, view.y(0.72))
    _pagoda(painter, far, spot, view.unit * 0.40, 0.34)
    crest = painter.crest(0.70, 0.03, cells=1.2)
    colours = pine_colours(painter, 0.36)
    for x in rng.permutation(np.linspace(0, 1, round(view.shape[1] / view.unit * 13))) * (view.shape[1] - 1):
        tall = view.unit * float(rng.uniform(0.07, 0.13))
        draw_pine(painter, far, float(x), float(crest[int(x)]) + view.unit * 0.012, tall, colours)
    far.below(crest, tones.aerial(tones.ground("moss"), 0.36))
    far.fade(tones.haze, view.y(0.60), view.y(0.80), end=0.45)
    painter.add(far, 0.42)


def _forecourt(painter: Painter) -> None:
    """Add the paved court with the steps to the hall and two stone lanterns."""
    view, tones, unit, middle = painter.view, painter.tones, painter.view.unit, painter.view.x(0.5)
    ground = paint_ground(painter, "path", top=0.785, swing=0.0, dark=0.6)
    stone, dim = tones.ground("path", light=0.02), tones.ground("path", light=-0.09)
    for step in range(4):
        y, half = view.y(0.785) + unit * 0.016 * step, unit * (0.26 + 0.02 * step)
        ground.rectangle(
            middle - half, y, middle + half, y + unit * 0.016, shade(stone, light=0.03 - 0.02 * step)
        )
        ground.rectangle(middle - half, y + unit * 0.012, middle + half, y + unit * 0.016, dim)
    top, low = view.y(0.86), float(view.shape[0])
    for place in np.linspace(-1.4, 1.4, 15) * unit:
        start, end = middle + place * 0.8, middle + place * 1.2
        joint = [(start, top), (start + unit * 0.003, top), (end + unit * 0.005, low), (end, low)]
        ground.polygon(joint, dim, opacity=0.5)
    for place in (-0.52, 0.52):
        _stone_lantern(painter, ground, middle + place * unit, view.y(0.835), unit * 0.19)
    painter.add(ground, 0.8)


def _roof_colours(painter: Painter, distance: float) -> tuple[Colour, Colour]:
    tones = painter.tones
    name = "snow" if tones.snowy else "slate"
    tile = tones.aerial(mix(tones.of(name), tones.of("jade"), 0.0 if tones.snowy else 0.35), distance)
    return tile, tones.aerial(tones.of("gold" if distance < 0.2 else "tile", light=-0.12), distance)


def _pagoda(
    painter: Painter, sheet: Sheet, spot: tuple[float, float], height: float, distance: float
) -> None:
    """Draw a pagoda of five storeys that stands on ``spot``."""
    tones, (x, y) = painter.tones, spot
    wall = tones.aerial(tones.of("brick", light=-0.02), distance)
    pane = tones.pane("wood_dark", distance * 0.5)
    roof = _roof_colours(painter, distance)
    sheet.line([(x, y - height), (x, y - height * 0.84)], roof[1], height * 0.014)
    for storey in range(5):
        foot = y - height * (0.166 * storey)
        half = height * (0.115 - 0.013 * storey)
        sheet.rectangle(x - half, foot - height * 0.15, x + half, foot, wall)
        for place in (-0.55, 0.0, 0.55):
            sheet.rectangle(
                x + half * place - half * 0.15,
                foot - height * 0.088,
                x + half * place + half * 0.15,
                foot - height * 0.02,
                pane,
            )
        draw_eaves(sheet, x, foot - height * 0.105, half * 3.5, height * 0.070, roof)


def _great_hall(painter: Painter, sheet: Sheet, foot: tuple[float, float], width: float) -> None:
    """Draw the great hall: two swept roofs over red columns, doors and lanterns."""
    tones, (x, y) = painter.tones, foot
    height = width * 0.42 * min(painter.view.tall, 1.12)
    red, stone = tones.of("red", light=-0.10), tones.of("path", light=-0.04)
    roof = _roof_colours(painter, 0.05)
    base, eave = height * 0.10, y - height * 0.52
    sheet.rectangle(x - width * 0.46, y - base, x + width * 0.46, y + 2, stone)
    ledge = (x - width * 0.47, y - base * 1.15, x + width * 0.47, y - base * 0.85)
    sheet.rectangle(*ledge, shade(stone, light=0.04))
    wall = mix(tones.of("brick", light=-0.1), painter.palette.near, 0.25)
    sheet.rectangle(x - width * 0.38, eave, x + width * 0.38, y - base, wall)
    for place in np.linspace(-0.30, 0.30, 6) * width:
        door = (x + place - width * 0.043, eave + height * 0.10, x + place + width * 0.043, y - base)
        _lattice_door(painter, sheet, door, wall)
    for place in np.linspace(-0.37, 0.37, 7) * width:
        sheet.rectangle(x + place - width * 0.011, eave, x + place + width * 0.011, y - base, red)
        shaded = (x + place + width * 0.003, eave, x + place + width * 0.011, y - base)
        sheet.rectangle(*shaded, shade(red, light=-0.06))
    beam = (x - width * 0.40, eave - height * 0.005, x + width * 0.40, eave + height * 0.055)
    sheet.rectangle(*beam, tones.of("jade", light=-0.05))
    draw_eaves(sheet, x, eave, width, height * 0.22, roof)
    sheet.rectangle(x - width * 0.22, eave - height * 0.30, x + width * 0.22, eave - height * 0.20, red)
    draw_eaves(sheet, x, eave - height * 0.27, width * 0.66, height * 0.22, roof)
    for place in (-0.185, 0.185):
        _paper_lantern(painter, sheet, x + width * place, eave + height * 0.10, width * 0.026)


def _lattice_door(
    painter: Painter, sheet: Sheet, box: tuple[float, float, float, float], wall: Colour
) -> None:
    """Draw a door whose upper part is a lattice with paper behind it."""
    left, top, right, bottom = box
    tones, thin = painter.tones, (right - left) * 0.014
    dark = tones.of("wood_dark", light=-0.10)
    pane = tones.lamp if tones.dark else mix(tones.of("wheat"), wall, 0.45)
    sheet.rectangle(left, top, right, bottom, dark)
    low = top + (bottom - top) * 0.70
    edge = (right - left) * 0.08
    sheet.rectangle(left + edge, top + edge, right - edge, low, pane)
    for part in np.linspace(0.2, 0.8, 4):
        x = left + (right - left) * part
        sheet.rectangle(x - thin, top + edge, x + thin, low, dark)
    for part in np.linspace(0.2, 0.8, 3):
        y = top + (low - top) * part
        sheet.rectangle(left, y - thin, right, y + thin, dark)


def _paper_lantern(painter: Painter, sheet: Sheet, x: float, y: float, size: float) -> None:
    """Draw a hanging red lantern about (x, y)."""
    tones = painter.tones
    skin = mix(tones.of("red"), tones.lamp, 0.35 if tones.dark else 0.0)
    if tones.dark:
        sheet.glow(x, y, size * 4.5, (255, 170, 90), strength=0.5)
    sheet.rectangle(x - size * 0.05, y - size * 1.6, x + size * 0.05, y, tones.of("gold"))
    sheet.ellipse(x, y, size, size * 0.84, skin)
    sheet.ellipse(x, y, size * 0.5, size * 0.84, shade(skin, light=0.05))
    for level in (-0.86, 0.74):
        sheet.rectangle(
            x - size * 0.42, y + size * level, x + size * 0.42, y + size * (level + 0.14), tones.of("gold")
        )
    sheet.rectangle(x - size * 0.08, y + size * 0.8, x + size * 0.08, y + size * 1.5, tones.of("gold"))


def _stone_lantern(painter: Painter, sheet: Sheet, x: float, y: float, height: float) -> None:
    """Draw a garden lantern of stone; (x, y) is its foot."""
    tones = painter.tones
    stone = mix(tones.of("rock"), painter.palette.near, 0.2)
    dark = shade(stone, light=-0.07)
    sheet.ellipse(x, y, height * 0.30, height * 0.04, painter.palette.near, opacity=0.35)
    sheet.rounded(x - height * 0.22, y - height * 0.10, x + height * 0.22, y, dark, radius=height * 0.02)
    sheet.rectangle(x - height * 0.075, y - height * 0.52, x + height * 0.075, y - height * 0.09, stone)
    sheet.rounded(
        x - height * 0.19, y - height * 0.58, x + height * 0.19, y - height * 0.50, dark, radius=height * 0.02
    )
    sheet.rectangle(x - height * 0.13, y - height * 0.78, x + height * 0.13, y - height * 0.57, stone)
    glow = tones.lamp if tones.dark else tones.of("dark")
    if tones.dark:
        sheet.glow(x, y - height * 0.67, height * 0.6, tones.lamp, strength=0.45)
    sheet.rectangle(x - height * 0.07, y - height * 0.74, x + height * 0.07, y - height * 0.61, glow)
    draw_eaves(sheet, x, y - height * 0.76, height * 0.56, height * 0.16, (stone, dark))
    sheet.ellipse(x, y - height * 0.95, height * 0.04, height * 0.05, stone)
