"""Painters of the places under the open sky that people built."""

from __future__ import annotations

import numpy as np

from engine.contract.storyboard import Hour
from engine.generators.plates.built import draw_cottage, draw_fence, draw_lamp, draw_tower
from engine.generators.plates.canvas import Sheet
from engine.generators.plates.land import grow_flowers, paint_front_grass, paint_ground, paint_ridges, strew
from engine.generators.plates.nature import draw_bush, draw_tree
from engine.generators.plates.painter import Painter
from engine.generators.plates.sky import paint_sky
from engine.generators.plates.woods import leaf_colours
from engine.oklab import blend, mix, shade
from engine.scenery import Colour

#: Share of windows that are lit.
_LIT = {Hour.DAWN: 0.14, Hour.NOON: 0.0, Hour.DUSK: 0.34, Hour.NIGHT: 0.46}


def paint_city(painter: Painter) -> None:
    """Paint three rows of houses under a hazy sky, a row of trees and a square."""
    paint_sky(painter)
    paint_ridges(painter, base=0.655, count=1, height=0.07)
    for index, distance in enumerate((0.66, 0.40, 0.14)):
        _skyline(painter, index, distance)
    _square(painter)


def _walls(painter: Painter, index: int, distance: float) -> list[Colour]:
    """Return wall colours of a row of the city: the nearer, the more they differ."""
    tones, palette = painter.tones, painter.palette
    names = (
        ("glass",),
        ("plaster_blue", "plaster_lilac", "glass"),
        ("concrete", "plaster_rose", "brick", "plaster_blue"),
    )
    base = mix(palette.near, palette.far, 0.75 - 0.3 * index)
    walls = [mix(tones.of(name), base, (0.62, 0.55, 0.58)[index]) for name in names[index]]
    return [tones.aerial(wall, distance) for wall in walls]


def _skyline(painter: Painter, index: int, distance: float) -> None:
    """Add one row of houses; the middle of the nearest row stays low, where the hero stands."""
    view, rng, tones = painter.view, painter.rng, painter.tones
    sheet = painter.sheet()
    foot = view.y(0.80)
    walls = _walls(painter, index, distance)
    lit = _LIT[tones.setting.hour] + (0.1 if tones.dark else 0.0) if index else 0.0
    x = -view.unit * 0.02
    while x < view.shape[1]:
        wide = view.unit * float(rng.uniform(0.055, 0.125)) * (0.8 + 0.25 * index)
        away = abs((x + wide / 2) / view.shape[1] - 0.5) * 2
        tall = view.unit * view.tall * float(rng.uniform(0.16, 0.40)) * (1.12, 0.92, 0.62)[index]
        if index == 2:
            tall *= 0.45 + 0.75 * away
        elif rng.random() < 0.16:
            tall *= 1.45
        tone = shade(walls[int(rng.integers(len(walls)))], light=float(rng.uniform(-0.025, 0.025)))
        box, style = (x, foot - tall, x + wide, foot + 2), int(rng.integers(8))
        draw_tower(painter, sheet, box, wall=tone, style=style, windows=lit, detail=index > 0)
        x += wide * float(rng.uniform(0.86, 1.12) if index < 2 else rng.uniform(0.95, 1.35))
    sheet.fade(tones.haze, foot - view.unit * 0.34, foot, start=0.0, end=0.62 - 0.22 * index)
    painter.add(sheet, 0.26 + 0.16 * index)


def _square(painter: Painter) -> None:
    """Add trees, a paved square with joints that run to the horizon, and lamps."""
    view, rng, tones = painter.view, painter.rng, painter.tones
    trees = painter.sheet()
    for x in np.arange(0.02, 1.0, 0.055 * view.unit / view.shape[1] * 1.6):
        height = view.unit * float(rng.uniform(0.07, 0.11))
        draw_tree(
            painter,
            trees,
            (x + float(rng.normal()) * 0.006) * view.shape[1],
            view.y(0.79),
            height,
            leaf_colours(painter, 0.14),
        )
    hedge = mix(tones.of("pine"), painter.palette.near, 0.4)
    trees.rectangle(0, view.y(0.775), view.shape[1], view.y(0.80), tones.aerial(hedge, 0.1))
    painter.add(trees, 0.66)
    lamps = painter.sheet()
    for x in (0.04, 0.96):
        draw_lamp(painter, lamps, view.x(x), view.y(0.80), view.unit * 0.36)
    painter.add(lamps, 0.74)
    ground = paint_ground(painter, "pavement", top=0.785, swing=0.0, dark=0.72)
    joint = shade(tones.ground("pavement"), light=-0.07)
    _joints(painter, ground, joint, top=0.785)
    if tones.wet:
        strew(painter, ground, joint, top=0.785, number=26)
    painter.add(ground, 0.8)


def _joints(painter: Painter, ground: Sheet, colour: tuple[int, int, int], *, top: float) -> None:
    """Draw the joints of paving stones in perspective."""
    view = painter.view
    centre, high, low = view.x(0.5), view.y(top), float(view.shape[0])
    for step in np.arange(-14, 15):
        start, end = centre + step * view.unit * 0.11, centre + step * view.unit * 0.34
        half = view.unit * 0.0022
        ground.polygon(
            [(start - half * 0.3, high), (start + half * 0.3, high), (end + half, low), (end - half, low)],
            colour,
            opacity=0.5,
        )
    for part in np.linspace(0.16, 1, 6) ** 1.7:
        y = high + (low - high) * part
        ground.rectangle(
            0, y, view.shape[1], y + view.unit * 0.001 + view.unit * 0.003 * part, colour, opacity=0.5
        )


def paint_village(painter: Painter) -> None:
    """Paint cottages on green hills, a church behind, a fence with an open gate in front."""
    view, tones = painter.view, painter.tones
    paint_sky(painter)
    paint_ridges(painter, base=0.62, count=2, height=0.10)
    walls = ("plaster", "plaster_rose", "plaster_sun", "plaster_blue", "plaster_mint")
    _far_cottages(painter, walls)
    _near_cottages(painter, walls)
    ground = paint_ground(painter, "grass", top=0.78)
    strew(painter, ground, tones.ground("grass", light=0.05), top=0.785, number=22)
    middle, unit = view.x(0.5), view.unit
    foot, top = (middle, float(view.shape[0])), (middle, view.y(0.778))
    ground.trapeze(
        foot,
        unit * 0.34,
        top,
        unit * 0.06,
        blend(tones.ground("path", light=-0.04), tones.ground("grass"), 0.22),
    )
    ground.fade(painter.palette.near, view.y(0.86), view.y(1.04), end=0.5)
    grow_flowers(painter, ground)
    painter.add(ground, 0.8)
    paint_front_grass(painter)


def _far_cottages(painter: Painter, walls: tuple[str, ...]) -> None:
    """Add the houses on the hill, with the church among them."""
    view, rng, tones = painter.view, painter.rng, painter.tones
    back = painter.sheet()
    crest = painter.crest(0.70, 0.035, cells=0.9, octaves=2)
    x = view.x(0.5 - painter.light_side * 0.22)
    _church(painter, back, x, float(crest[int(x)]) + view.unit * 0.02)
    for step in np.linspace(0.03, 0.97, round(5 * view.shape[1] / view.unit / 2)):
        x = (step + float(rng.normal()) * 0.012) * view.shape[1]
        y = float(crest[int(np.clip(x, 0, crest.size - 1))]) + view.unit * 0.015
        wide, wall = view.unit * float(rng.uniform(0.09, 0.12)), walls[int(rng.integers(len(walls)))]
        draw_cottage(painter, back, (x, y), wide, 0.34, wall)
        tall = view.unit * float(rng.uniform(0.08, 0.12))
        draw_tree(painter, back, x + view.unit * 0.09, y, tall, leaf_colours(painter, 0.32))
    back.below(crest, tones.aerial(tones.ground("meadow"), 0.28))
    painter.add(back, 0.42)


def _near_cottages(painter: Painter, walls: tuple[str, ...]) -> None:
    """Add two larger cottages at the sides, with trees and a fence."""
    view, rng, tones = painter.view, painter.rng, painter.tones
    sheet = painter.sheet()
    wide = view.width / view.unit
    shift = 0.30 / wide
    for x, wall in (
        (0.5 - max(0.30, shift), walls[0]),
        (0.5 + max(0.32, shift), walls[int(rng.integers(1, 5))]),
    ):
        outer = 1 if x > 0.5 else -1
        draw_tree(
            painter,
            sheet,
            view.x(x) + outer * view.unit * 0.22,
            view.y(0.80),
            view.unit * 0.34,
            leaf_colours(painter, 0.10),
        )
        draw_cottage(painter, sheet, (view.x(x), view.y(0.80)), view.unit * 0.27, 0.06, wall)
        draw_bush(
            painter,
            sheet,
            view.x(x) - outer * view.unit * 0.16,
            view.y(0.80),
            view.unit * 0.09,
            leaf_colours(painter, 0.08)[:2],
        )
    fence = mix(tones.of("white"), tones.of("wood"), 0.2)
    gap = (view.x(0.5) - view.unit * 0.20, view.x(0.5) + view.unit * 0.20)
    draw_fence(painter, sheet, view.y(0.80), view.unit * 0.05, fence, gap=gap)
    painter.add(sheet, 0.62)


def _church(painter: Painter, sheet: Sheet, x: float, y: float) -> None:
    """Draw a small church with a pointed spire."""
    tones, unit = painter.tones, painter.view.unit
    wall, roof = (
        tones.aerial(tones.of("plaster"), 0.36),
        tones.aerial(tones.of("snow" if tones.snowy else "slate"), 0.30),
    )
    dim = tones.aerial(tones.of("plaster", light=-0.12), 0.36)
    pane = tones.pane("slate", 0.2)
    wide = unit * 0.05
    sheet.rectangle(x, y - unit * 0.085, x + unit * 0.13, y, dim)
    sheet.polygon(
        [
            (x, y - unit * 0.085),
            (x + unit * 0.015, y - unit * 0.135),
            (x + unit * 0.115, y - unit * 0.135),
            (x + unit * 0.135, y - unit * 0.085),
        ],
        roof,
    )
    sheet.rectangle(x - wide * 0.6, y - unit * 0.17, x + wide * 0.6, y, wall)
    sheet.polygon(
        [(x - wide * 0.75, y - unit * 0.168), (x, y - unit * 0.30), (x + wide * 0.75, y - unit * 0.168)], roof
    )
    for up in (0.135, 0.06):
        sheet.rounded(
            x - wide * 0.18,
            y - unit * up - unit * 0.018,
            x + wide * 0.18,
            y - unit * up + unit * 0.012,
            pane,
            radius=wide * 0.18,
        )


def paint_street(painter: Painter) -> None:
    """Paint a row of town houses with shops, a pavement and a road."""
    view, rng = painter.view, painter.rng
    paint_sky(painter)
    _skyline(painter, 0, 0.62)
    _skyline(painter, 1, 0.44)
    sheet = painter.sheet()
    foot = view.y(0.785)
    walls = (
        "plaster",
        "plaster_rose",
        "brick",
        "plaster_blue",
        "plaster_mint",
        "plaster_sun",
        "plaster_lilac",
    )
    order = rng.permutation(len(walls))
    x, index = -view.unit * float(rng.uniform(0.0, 0.2)), 0
    while x < view.shape[1]:
        wide = view.unit * float(rng.uniform(0.25, 0.33))
        tall = view.unit * view.tall**1.5 * float(rng.uniform(0.42, 0.60))
        _town_house(painter, sheet, (x, foot - tall, x + wide, foot), walls[int(order[index % len(walls)])])
        x += wide
        index += 1
    painter.add(sheet, 0.6)
    lamps = painter.sheet()
    for place in (0.03, 0.97):
        draw_lamp(painter, lamps, view.x(place), view.y(0.80), view.unit * 0.40)
    painter.add(lamps, 0.74)
    _road(painter)


def _road(painter: Painter) -> None:
    """Add the pavement, the kerb and the road with its dashes."""
    view, tones = painter.view, painter.tones
    ground = paint_ground(painter, "pavement", top=0.782, swing=0.0, dark=0.3)
    _joints(painter, ground, shade(tones.ground("pavement"), light=-0.06), top=0.782)
    if tones.wet:
        strew(painter, ground, tones.ground("pavement"), top=0.785, number=30)
    kerb, wide = view.y(0.885), view.shape[1]
    ground.rectangle(0, kerb, wide, kerb + view.unit * 0.014, tones.ground("pavement", light=0.06))
    road = mix(tones.ground("asphalt"), painter.palette.near, 0.4)
    ground.rectangle(0, kerb + view.unit * 0.014, wide, view.shape[0], road)
    dash, thick = view.y(0.965), view.unit * 0.012
    for x in np.arange(0, wide, view.unit * 0.22):
        ground.rectangle(x, dash, x + view.unit * 0.12, dash + thick, tones.of("white"), opacity=0.6)
    ground.fade(painter.palette.near, view.y(0.84), view.y(1.0), end=0.42)
    painter.add(ground, 0.8)


def _town_house(
    painter: Painter, sheet: Sheet, box: tuple[float, float, float, float], material: str
) -> None:
    """Draw one town house: a shop with an awning below, windows above, a cornice on top."""
    left, top, right, bottom = box
    rng, tones, unit = painter.rng, painter.tones, painter.view.unit
    wide = right - left
    wall = tones.aerial(tones.of(material, light=-0.05), 0.16)
    trim, dark = tones.aerial(tones.of("white"), 0.2), shade(wall, light=-0.09)
    sheet.rectangle(left, top, right, bottom, wall)
    sheet.rectangle(left - unit * 0.008, top - unit * 0.020, right + unit * 0.008, top + unit * 0.008, dark)
    sheet.rectangle(left - unit * 0.004, top + unit * 0.008, right + unit * 0.004, top + unit * 0.016, trim)
    shop = bottom - unit * 0.175
    columns = 3
    rows = max(1, int((shop - top - unit * 0.03) / (unit * 0.125)))
    step = (shop - top - unit * 0.03) / rows
    lit = _LIT[tones.setting.hour] * 1.2 + (0.15 if tones.dark else 0.0)
    for row in range(rows):
        for column in range(columns):
            x = left + wide * (column + 0.5) / columns
            y = top + unit * 0.045 + row * step
            _sash(painter, sheet, x, y, wide * 0.085, step * 0.58, lit=bool(rng.random() < lit), trim=trim)
    _shop(painter, sheet, (left, shop, right, bottom), trim)


def _sash(
    painter: Painter,
    sheet: Sheet,
    x: float,
    y: float,
    half: float,
    height: float,
    *,
    lit: bool,
    trim: tuple[int, int, int],
) -> None:
    """Draw a window with a frame, a sill and cross bars."""
    tones = painter.tones
    pane = tones.lamp if lit else mix(tones.of("glass", light=-0.2), painter.palette.sky, 0.35)
    edge = half * 0.16
    sheet.rectangle(x - half - edge, y - edge, x + half + edge, y + height + edge, trim)
    sheet.rectangle(x - half, y, x + half, y + height, pane)
    if not lit:
        sheet.polygon(
            [(x - half, y + height * 0.6), (x + half * 0.4, y), (x + half, y), (x - half, y + height * 0.95)],
            mix(pane, painter.palette.horizon, 0.4),
            opacity=0.5,
        )
    sheet.rectangle(x - edge * 0.4, y, x + edge * 0.4, y + height, trim)
    sheet.rectangle(x - half, y + height * 0.45, x + half, y + height * 0.45 + edge * 0.7, trim)
    sheet.rectangle(x - half * 1.35, y + height + edge, x + half * 1.35, y + height + edge * 2.2, trim)


def _shop(
    painter: Painter, sheet: Sheet, box: tuple[float, float, float, float], trim: tuple[int, int, int]
) -> None:
    """Draw a shop front: a window, a door and a striped awning."""
    left, top, right, bottom = box
    rng, tones, unit = painter.rng, painter.tones, painter.view.unit
    wide = right - left
    wood = tones.of(("wood_dark", "jade", "slate", "blue")[int(rng.integers(4))], light=-0.08)
    glass = tones.lamp if tones.dark else mix(tones.of("glass"), painter.palette.horizon, 0.3)
    sheet.rectangle(left, top, right, bottom, wood)
    door = left + wide * (0.74 if rng.random() < 0.5 else 0.10)
    sheet.rectangle(door, top + unit * 0.055, door + wide * 0.17, bottom, shade(wood, light=-0.06))
    sheet.rectangle(door + wide * 0.03, top + unit * 0.065, door + wide * 0.14, bottom - unit * 0.04, glass)
    start = left + wide * 0.08 if door > left + wide * 0.5 else left + wide * 0.33
    sheet.rectangle(start, top + unit * 0.055, start + wide * 0.58, bottom - unit * 0.03, glass)
    sheet.polygon(
        [
            (start, bottom - unit * 0.06),
            (start + wide * 0.2, top + unit * 0.055),
            (start + wide * 0.3, top + unit * 0.055),
            (start + wide * 0.05, bottom - unit * 0.03),
            (start, bottom - unit * 0.03),
        ],
        trim,
        opacity=0.25,
    )
    colour = tones.of(("red", "green", "blue", "orange", "violet")[int(rng.integers(5))])
    stripes = 8
    for index in range(stripes):
        a, b = left + wide * index / stripes, left + wide * (index + 1) / stripes
        grow = unit * 0.018
        tone = colour if index % 2 else trim
        spread = [(v - (left + right) / 2) * 1.06 + (left + right) / 2 for v in (a, b)]
        sheet.polygon(
            [(a, top), (b, top), (spread[1], top + unit * 0.05), (spread[0], top + unit * 0.05)], tone
        )
        sheet.ellipse((spread[0] + spread[1]) / 2, top + unit * 0.05, (spread[1] - spread[0]) / 2, grow, tone)
