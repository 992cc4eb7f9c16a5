"""Painters of the large places that people built: stadium, factory, temple."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.contract.storyboard import Place
from engine.generators.plates.built import draw_eaves
from engine.generators.plates.canvas import Sheet
from engine.generators.plates.land import paint_ground, paint_ridges, strew
from engine.generators.plates.nature import draw_bush, draw_pine
from engine.generators.plates.outdoors import leaf_colours, pine_colours
from engine.generators.plates.painter import Painter
from engine.generators.plates.sky import paint_sky
from engine.palette import mix, shade
from engine.scenery import Colour


def paint_stadium(painter: Painter) -> None:
    """Paint a stadium: stands full of people, floodlights, a striped pitch."""
    view, tones = painter.view, painter.tones
    unit, middle = view.unit, view.x(0.5)
    paint_sky(painter)
    masts = painter.sheet()
    for place in (-0.78, -0.34, 0.34, 0.78):
        _floodlight(painter, masts, middle + place * view.width * 0.5, view.y(0.60), unit * 0.34)
    painter.add(masts, 0.28)
    stands = painter.sheet()
    for tier, (top, foot) in enumerate(((0.52, 0.635), (0.645, 0.765))):
        _tier(painter, stands, top, foot, tier)
    painter.add(stands, 0.46)
    ground = paint_ground(painter, "grass", top=0.775, swing=0.0, dark=0.45)
    top, low = view.y(0.775), float(view.shape[0])
    light, dark = tones.ground("grass", light=0.03), tones.ground("grass", light=-0.04)
    for step in range(-9, 9):
        a, b = step * 0.22, (step + 1) * 0.22
        points = [(middle + a * unit * 0.62, top), (middle + b * unit * 0.62, top), (middle + b * unit * 1.5, low), (middle + a * unit * 1.5, low)]
        ground.polygon(points, light if step % 2 else dark)
    white = tones.of("white")
    ground.rectangle(0, view.y(0.797), view.shape[1], view.y(0.797) + unit * 0.005, white, opacity=0.85)
    turn = np.linspace(0, 2 * np.pi, 60)
    ring = [(middle + np.cos(a) * unit * 0.46, view.y(0.90) + np.sin(a) * unit * 0.075) for a in turn]
    ground.line(ring, white, unit * 0.006, opacity=0.8)
    ground.rectangle(0, top - unit * 0.038, view.shape[1], top + unit * 0.004, mix(painter.palette.near, tones.of("blue"), 0.35))
    for index, x in enumerate(np.arange(0, view.shape[1], unit * 0.30)):
        tone = tones.of(("red", "white", "yellow", "plaster_mint")[index % 4])
        ground.rounded(x + unit * 0.03, top - unit * 0.030, x + unit * 0.27, top - unit * 0.006, tone, radius=unit * 0.006, opacity=0.9)
    ground.fade(painter.palette.near, view.y(0.84), view.y(1.04), end=0.55)
    painter.add(ground, 0.8)


def _floodlight(painter: Painter, sheet: Sheet, x: float, y: float, height: float) -> None:
    """Draw a mast with a panel of lamps; (x, y) is its foot."""
    tones = painter.tones
    post = tones.aerial(tones.of("steel", light=-0.15), 0.3)
    sheet.polygon([(x - height * 0.016, y), (x + height * 0.016, y), (x + height * 0.010, y - height), (x - height * 0.010, y - height)], post)
    if tones.dark:
        sheet.glow(x, y - height, height * 1.1, (235, 242, 255), strength=0.62)
    sheet.rounded(x - height * 0.17, y - height * 1.10, x + height * 0.17, y - height * 0.90, post, radius=height * 0.015)
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
        sheet.polygon(np.concatenate([np.stack([np.arange(line.size), line], 1), np.stack([np.arange(line.size), line + view.unit * 0.022], 1)[::-1]]), roof)
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
    sheet.polygon(np.concatenate([rim, (rim + (0, view.unit * 0.02))[::-1]]), tones.aerial(tones.of("concrete"), 0.12))


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
        ground.polygon([(x, y), (x + unit * 0.025, y), (x + unit * 0.015, y + unit * 0.014), (x - unit * 0.010, y + unit * 0.014)], stripe, opacity=0.8)
    painter.add(ground, 0.8)


def _works(painter: Painter, sheet: Sheet, index: int, distance: float) -> None:
    """Draw one row of halls, chimneys and tanks."""
    view, rng, tones = painter.view, painter.rng, painter.tones
    unit, foot = view.unit, view.y(0.785)
    brick, steel = tones.aerial(tones.of("brick", light=-0.06), distance), tones.aerial(tones.of("steel"), distance)
    dark = tones.aerial(mix(tones.of("slate"), painter.palette.near, 0.3), distance)
    pane = tones.aerial(tones.lamp if tones.dark else tones.of("glass"), distance * 0.5)
    x = -unit * float(rng.uniform(0, 0.2))
    while x < view.shape[1]:
        kind, middle = int(rng.integers(4)), abs(x / view.shape[1] - 0.45)
        scale = 0.75 + 0.6 * middle if index else 1.0
        if kind < 2:
            wide = unit * 0.44
            _hall(sheet, (x, foot - unit * 0.15 * scale, x + wide, foot), (brick, dark, pane), unit, float(scale))
            if rng.random() < 0.75:
                _chimney(painter, sheet, x + wide * float(rng.uniform(0.2, 0.8)), foot - unit * 0.15, unit * float(rng.uniform(0.26, 0.40)) * scale, (brick, tones.aerial(tones.of("white"), distance)))
        elif kind == 2:
            wide = unit * 0.22
            for shift in (0.0, 0.115):
                left = x + unit * shift
                sheet.rounded(left, foot - unit * 0.24 * scale, left + unit * 0.10, foot + unit * 0.05, steel, radius=unit * 0.05)
                sheet.rectangle(left, foot - unit * 0.17 * scale, left + unit * 0.10, foot - unit * 0.155 * scale, shade(steel, light=-0.07))
                sheet.rectangle(left + unit * 0.016, foot - unit * 0.21 * scale, left + unit * 0.030, foot, shade(steel, light=0.06), opacity=0.6)
        else:
            wide = unit * 0.20
            _tower_of_pipes(sheet, x, foot, unit * 0.34 * scale, (dark, steel, pane))
        x += wide * 1.04
    sheet.rectangle(0, foot - unit * 0.012, view.shape[1], foot + unit * 0.05, dark)


def _hall(sheet: Sheet, box: tuple[float, float, float, float], colours: tuple[Colour, Colour, Colour], unit: float, scale: float) -> None:
    """Draw a hall with a saw-tooth roof of glass; colours are wall, roof and panes."""
    left, top, right, bottom = box
    sheet.rectangle(left, top, right, bottom, colours[0])
    teeth = 4
    for index in range(teeth):
        x0, x1 = (left + (right - left) * (index + add) / teeth for add in (0, 1))
        rise = unit * 0.062 * scale
        sheet.polygon([(x0, top + 1), (x0, top - rise), (x1, top + 1)], colours[1])
        sheet.polygon([(x0 + unit * 0.004, top - rise * 0.12), (x0 + unit * 0.004, top - rise * 0.82), (x0 + (x1 - x0) * 0.22, top - rise * 0.55), (x0 + (x1 - x0) * 0.22, top - rise * 0.12)], colours[2], opacity=0.9)
    for index in range(5):
        x = left + (right - left) * (index + 0.5) / 5
        sheet.rounded(x - unit * 0.022, top + unit * 0.035, x + unit * 0.022, top + unit * 0.105 * scale, colours[2], radius=unit * 0.02)
        sheet.rectangle(x - unit * 0.0015, top + unit * 0.035, x + unit * 0.0015, top + unit * 0.105 * scale, colours[1])


def _chimney(painter: Painter, sheet: Sheet, x: float, y: float, height: float, colours: tuple[Colour, Colour]) -> None:
    """Draw a chimney with two bands and a plume; (x, y) is its foot."""
    half = height * 0.062
    plume = mix(painter.tones.haze, painter.palette.sky, 0.35)
    wind = -painter.light_side
    for step in range(16):
        part = step / 15
        size = half * (1.0 + 3.4 * part) * float(painter.rng.uniform(0.85, 1.15))
        cx = x + wind * height * 0.62 * part**1.25
        cy = y - height * (1.05 + 0.34 * part**0.8) + size * 0.1 * float(painter.rng.normal())
        sheet.ellipse(cx, cy, size, size * 0.86, shade(plume, light=0.04 * (0.5 - part)), opacity=0.55 * (1 - part) ** 0.7)
    sheet.polygon([(x - half, y + 2), (x + half, y + 2), (x + half * 0.62, y - height), (x - half * 0.62, y - height)], colours[0])
    side = painter.light_side
    shadow = [(x - side * half, y + 2), (x - side * half * 0.2, y + 2), (x - side * half * 0.12, y - height), (x - side * half * 0.62, y - height)]
    sheet.polygon(shadow, shade(colours[0], light=-0.06))
    for low, high in ((0.86, 0.93), (0.74, 0.79)):
        a, b = half * (1 - 0.38 * low), half * (1 - 0.38 * high)
        sheet.polygon([(x - a, y - height * low), (x + a, y - height * low), (x + b, y - height * high), (x - b, y - height * high)], colours[1])


def _tower_of_pipes(sheet: Sheet, x: float, y: float, height: float, colours: tuple[Colour, Colour, Colour]) -> None:
    """Draw a steel frame with pipes and platforms; colours are frame, pipes and lamps."""
    wide = height * 0.40
    for place in (0.0, 0.5, 1.0):
        sheet.rectangle(x + wide * place, y - height, x + wide * place + height * 0.025, y, colours[0])
    for level in (0.25, 0.5, 0.75, 1.0):
        sheet.rectangle(x - height * 0.02, y - height * level, x + wide + height * 0.045, y - height * level + height * 0.028, colours[0])
    for level in (0.0, 0.25, 0.5, 0.75):
        sheet.line([(x, y - height * level), (x + wide * 0.5, y - height * (level + 0.25))], colours[0], height * 0.014)
    for place, tall in ((0.16, 1.12), (0.70, 1.22)):
        sheet.rounded(x + wide * place, y - height * tall, x + wide * place + height * 0.07, y, colours[1], radius=height * 0.035)
    sheet.rounded(x + wide * 0.16, y - height * 0.64, x + wide * 1.5, y - height * 0.58, colours[1], radius=height * 0.03)
    for level in (0.27, 0.52, 0.77):
        sheet.ellipse(x + wide * 0.92, y - height * level, height * 0.014, height * 0.014, colours[2])


def paint_temple(painter: Painter) -> None:
    """Paint a temple in the hills: a pagoda far off, a great hall with red columns, steps and lanterns."""
    view, rng, tones = painter.view, painter.rng, painter.tones
    unit, middle = view.unit, view.x(0.5)
    paint_sky(painter)
    paint_ridges(painter, base=0.55, count=3, height=0.13, step=0.05)
    far = painter.sheet()
    side = painter.light_side
    _pagoda(painter, far, middle - side * unit * 0.60, view.y(0.72), unit * 0.40, 0.34)
    crest = painter.crest(0.70, 0.03, cells=1.2)
    for x in rng.permutation(np.linspace(0, 1, round(view.shape[1] / unit * 13))) * (view.shape[1] - 1):
        draw_pine(painter, far, float(x), float(crest[int(x)]) + unit * 0.012, unit * float(rng.uniform(0.07, 0.13)), pine_colours(painter, 0.40))
    far.below(crest, tones.aerial(tones.ground("moss"), 0.36))
    far.fade(tones.haze, view.y(0.60), view.y(0.80), end=0.45)
    painter.add(far, 0.42)
    hall = painter.sheet()
    _hall_of_columns(painter, hall, middle, view.y(0.79), min(unit * 1.12, view.width * 0.98))
    for place in (-0.80, -0.68, 0.70, 0.84):
        draw_bush(painter, hall, middle + place * unit, view.y(0.80), unit * 0.15, leaf_colours(painter, 0.12)[:2])
    painter.add(hall, 0.60)
    ground = paint_ground(painter, "path", top=0.785, swing=0.0, dark=0.6)
    stone, dim = tones.ground("path", light=0.02), tones.ground("path", light=-0.09)
    for step in range(4):
        y = view.y(0.785) + unit * 0.016 * step
        half = unit * (0.26 + 0.02 * step)
        ground.rectangle(middle - half, y, middle + half, y + unit * 0.016, shade(stone, light=0.03 - 0.02 * step))
        ground.rectangle(middle - half, y + unit * 0.012, middle + half, y + unit * 0.016, dim)
    for place in np.linspace(-1.4, 1.4, 15):
        ground.polygon([(middle + place * unit * 0.8, view.y(0.86)), (middle + place * unit * 0.8 + unit * 0.003, view.y(0.86)), (middle + place * unit * 1.2 + unit * 0.005, view.shape[0]), (middle + place * unit * 1.2, view.shape[0])], dim, opacity=0.5)
    for place in (-0.52, 0.52):
        _stone_lantern(painter, ground, middle + place * unit, view.y(0.835), unit * 0.19)
    painter.add(ground, 0.8)


def _roof_colours(painter: Painter, distance: float) -> tuple[Colour, Colour]:
    tones = painter.tones
    name = "snow" if tones.snowy else "slate"
    tile = tones.aerial(mix(tones.of(name), tones.of("jade"), 0.0 if tones.snowy else 0.35), distance)
    return tile, tones.aerial(tones.of("gold" if distance < 0.2 else "tile", light=-0.12), distance)


def _pagoda(painter: Painter, sheet: Sheet, x: float, y: float, height: float, distance: float) -> None:
    """Draw a pagoda of five storeys; (x, y) is its foot."""
    tones = painter.tones
    wall = tones.aerial(tones.of("brick", light=-0.02), distance)
    pane = tones.aerial(tones.lamp if tones.dark else tones.of("wood_dark"), distance * 0.5)
    roof = _roof_colours(painter, distance)
    sheet.line([(x, y - height), (x, y - height * 0.84)], roof[1], height * 0.014)
    for storey in range(5):
        foot = y - height * (0.166 * storey)
        half = height * (0.115 - 0.013 * storey)
        sheet.rectangle(x - half, foot - height * 0.15, x + half, foot, wall)
        for place in (-0.55, 0.0, 0.55):
            sheet.rectangle(x + half * place - half * 0.15, foot - height * 0.088, x + half * place + half * 0.15, foot - height * 0.02, pane)
        draw_eaves(sheet, x, foot - height * 0.105, half * 3.5, height * 0.070, roof)


def _hall_of_columns(painter: Painter, sheet: Sheet, x: float, y: float, width: float) -> None:
    """Draw the great hall: two swept roofs over red columns, doors and lanterns."""
    tones, rise = painter.tones, painter.view.tall
    height = width * 0.42 * min(rise, 1.12)
    red, dark = tones.of("red", light=-0.10), tones.of("wood_dark", light=-0.10)
    wall = mix(tones.of("brick", light=-0.1), painter.palette.near, 0.25)
    roof = _roof_colours(painter, 0.05)
    base = height * 0.10
    stone = tones.of("path", light=-0.04)
    sheet.rectangle(x - width * 0.46, y - base, x + width * 0.46, y + 2, stone)
    sheet.rectangle(x - width * 0.47, y - base * 1.15, x + width * 0.47, y - base * 0.85, shade(stone, light=0.04))
    eave = y - height * 0.52
    sheet.rectangle(x - width * 0.38, eave, x + width * 0.38, y - base, wall)
    pane = tones.lamp if tones.dark else mix(tones.of("wheat"), wall, 0.45)
    for place in np.linspace(-0.30, 0.30, 6):
        left, right = x + width * place - width * 0.043, x + width * place + width * 0.043
        sheet.rectangle(left, eave + height * 0.10, right, y - base, dark)
        sheet.rectangle(left + width * 0.007, eave + height * 0.12, right - width * 0.007, y - base - height * 0.10, pane)
        for line in np.linspace(0.2, 0.8, 4):
            at = left + (right - left) * line
            sheet.rectangle(at - width * 0.0012, eave + height * 0.12, at + width * 0.0012, y - base - height * 0.10, dark)
        for line in np.linspace(0.2, 0.8, 3):
            at = eave + height * 0.12 + (y - base - height * 0.10 - eave - height * 0.12) * line
            sheet.rectangle(left, at - width * 0.0012, right, at + width * 0.0012, dark)
    for place in np.linspace(-0.37, 0.37, 7):
        sheet.rectangle(x + width * place - width * 0.011, eave, x + width * place + width * 0.011, y - base, red)
        sheet.rectangle(x + width * place + width * 0.003, eave, x + width * place + width * 0.011, y - base, shade(red, light=-0.06))
    sheet.rectangle(x - width * 0.40, eave - height * 0.005, x + width * 0.40, eave + height * 0.055, tones.of("jade", light=-0.05))
    draw_eaves(sheet, x, eave, width * 1.0, height * 0.22, roof)
    sheet.rectangle(x - width * 0.22, eave - height * 0.30, x + width * 0.22, eave - height * 0.20, red)
    draw_eaves(sheet, x, eave - height * 0.27, width * 0.66, height * 0.22, roof)
    for place in (-0.185, 0.185):
        _paper_lantern(painter, sheet, x + width * place, eave + height * 0.10, width * 0.026)


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
        sheet.rectangle(x - size * 0.42, y + size * level, x + size * 0.42, y + size * (level + 0.14), tones.of("gold"))
    sheet.rectangle(x - size * 0.08, y + size * 0.8, x + size * 0.08, y + size * 1.5, tones.of("gold"))


def _stone_lantern(painter: Painter, sheet: Sheet, x: float, y: float, height: float) -> None:
    """Draw a garden lantern of stone; (x, y) is its foot."""
    tones = painter.tones
    stone = mix(tones.of("rock"), painter.palette.near, 0.2)
    dark = shade(stone, light=-0.07)
    sheet.ellipse(x, y, height * 0.30, height * 0.04, painter.palette.near, opacity=0.35)
    sheet.rounded(x - height * 0.22, y - height * 0.10, x + height * 0.22, y, dark, radius=height * 0.02)
    sheet.rectangle(x - height * 0.075, y - height * 0.52, x + height * 0.075, y - height * 0.09, stone)
    sheet.rounded(x - height * 0.19, y - height * 0.58, x + height * 0.19, y - height * 0.50, dark, radius=height * 0.02)
    sheet.rectangle(x - height * 0.13, y - height * 0.78, x + height * 0.13, y - height * 0.57, stone)
    glow = tones.lamp if tones.dark else tones.of("dark")
    if tones.dark:
        sheet.glow(x, y - height * 0.67, height * 0.6, tones.lamp, strength=0.45)
    sheet.rectangle(x - height * 0.07, y - height * 0.74, x + height * 0.07, y - height * 0.61, glow)
    draw_eaves(sheet, x, y - height * 0.76, height * 0.56, height * 0.16, (stone, dark))
    sheet.ellipse(x, y - height * 0.95, height * 0.04, height * 0.05, stone)


WORKS: dict[Place, Callable[[Painter], None]] = {
    Place.STADIUM: paint_stadium,
    Place.FACTORY: paint_factory,
    Place.TEMPLE: paint_temple,
}
