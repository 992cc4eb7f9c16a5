"""Painters of the places without ground: under water and in space."""

from __future__ import annotations

import numpy as np

from engine.contract.storyboard import Hour
from engine.generators.plates.canvas import Sheet, ellipse_points
from engine.generators.plates.nature import draw_coral, draw_rock, draw_weed
from engine.generators.plates.noise import enlarged, fractal_field
from engine.generators.plates.painter import Painter
from engine.oklab import Lch, colour_of, mix, shade
from engine.scenery import Colour


def paint_underwater(painter: Painter) -> None:
    """Paint a reef: light from above in shafts, rocks in the blue, a shoal, corals and weed."""
    view, palette = painter.view, painter.palette
    painter.sun = (painter.sun[0], -0.05)
    stops = (
        (-0.08, palette.horizon),
        (0.10, mix(palette.horizon, palette.sky, 0.55)),
        (0.42, palette.sky),
        (0.80, mix(palette.sky, palette.zenith, 0.65)),
        (1.05, palette.zenith),
    )
    sheet = painter.backdrop(stops)
    glare = mix(palette.horizon, (255, 255, 255), 0.5)
    sheet.glow(view.x(painter.sun[0]), view.y(-0.02), view.unit * 0.75, glare, strength=0.55)
    painter.add(sheet, 0.0)
    _shafts(painter)
    _reef(painter, 0)
    _shoal(painter)
    _reef(painter, 1)
    _sea_bed(painter)
    _front_weed(painter)


def _reef(painter: Painter, index: int) -> None:
    """Add a row of rocks with corals and weed in the blue distance; row 0 is the farther."""
    view, palette, rng = painter.view, painter.palette, painter.rng
    rocks = painter.sheet()
    tone = mix(palette.sky, palette.zenith, 0.36 + 0.34 * index)
    crest = painter.crest(0.70 + 0.07 * index, 0.10, cells=1.4 + index, octaves=4)
    rocks.below(crest, tone)
    for x in rng.random(10 + 4 * index) * view.shape[1]:
        foot = float(crest[min(int(x), crest.size - 1)]) + view.unit * 0.02
        if rng.random() < 0.5:
            draw_coral(painter, rocks, float(x), foot, view.unit * float(rng.uniform(0.10, 0.18)), tone)
        else:
            draw_weed(painter, rocks, float(x), foot, view.unit * float(rng.uniform(0.12, 0.24)), tone)
    veil = mix(palette.sky, palette.zenith, 0.3)
    rocks.fade(veil, float(crest.min()) - view.unit * 0.1, view.y(1.0), start=0.25, end=0.0)
    painter.add(rocks, 0.25 + 0.2 * index)


def _shoal(painter: Painter) -> None:
    """Add two shoals of small fish, off the middle; each swims as one."""
    view, palette, rng = painter.view, painter.palette, painter.rng
    sheet = painter.sheet()
    for place, level, share, number in ((0.22, 0.30, 0.30, 11), (0.80, 0.44, 0.48, 8)):
        tone = mix(palette.sky, palette.zenith, share)
        way = 1 if rng.random() < 0.5 else -1
        for _ in range(number):
            x = view.x(place) + float(rng.normal()) * view.unit * 0.09
            y = view.y(level) + float(rng.normal()) * view.unit * 0.035
            size = view.unit * float(rng.uniform(0.012, 0.022))
            sheet.ellipse(x, y, size, size * 0.42, tone)
            tail = x - way * size * 0.85
            sheet.polygon(
                [
                    (tail, y),
                    (tail - way * size * 0.6, y - size * 0.45),
                    (tail - way * size * 0.6, y + size * 0.45),
                ],
                tone,
            )
    painter.add(sheet, 0.36)


def _shafts(painter: Painter) -> None:
    """Add shafts of light that fan out from the surface."""
    view, palette = painter.view, painter.palette
    sheet = painter.sheet()
    source = (view.x(painter.sun[0]), view.y(-0.5))
    light = mix(palette.horizon, (255, 255, 255), 0.35)
    for angle in np.linspace(-0.75, 0.75, 9):
        wide = float(painter.rng.uniform(0.025, 0.075))
        reach = view.height * float(painter.rng.uniform(1.1, 1.6))
        points = [source] + [
            (source[0] + np.sin(a) * reach, source[1] + np.cos(a) * reach)
            for a in (angle - wide, angle + wide)
        ]
        sheet.polygon(points, light, opacity=float(painter.rng.uniform(0.10, 0.22)))
    sheet.blur(view.unit * 0.010)
    rows = (np.arange(view.shape[0], dtype=np.float32) - view.margin_y) / view.height
    dim = 0.55 if painter.tones.setting.hour is Hour.NIGHT else 1.0
    sheet.cut((np.interp(rows, [0.0, 0.9], [1.0, 0.0]) * dim).astype(np.float32)[:, None])
    painter.add(sheet, 0.12)


def _sea_bed(painter: Painter) -> None:
    """Add the sandy bed with bright corals; the middle stays free for the subject."""
    view, rng, palette = painter.view, painter.rng, painter.palette
    bed = painter.sheet()
    crest = painter.crest(0.875, 0.03, cells=1.2, octaves=3)
    sand = mix(palette.sky, palette.horizon, 0.30)
    for place in np.linspace(0.0, 1.0, 19):
        if abs(place - 0.5) < 0.12:
            continue
        x = float(np.clip((place + float(rng.normal()) * 0.012) * view.shape[1], 0, crest.size - 1))
        height = view.unit * (0.11 + 0.24 * abs(place - 0.5)) * float(rng.uniform(0.8, 1.3))
        _grow(painter, bed, (x, float(crest[int(x)]) + view.unit * 0.02), height)
    bed.below(crest, sand)
    bed.fade(mix(palette.near, palette.zenith, 0.4), view.y(0.87), view.y(1.02), end=0.85)
    for _ in range(18):
        x, y = rng.random() * view.shape[1], view.y(float(rng.uniform(0.90, 1.05)))
        wide = view.unit * float(rng.uniform(0.04, 0.12))
        bed.ellipse(x, y, wide, wide * 0.10, shade(sand, light=-0.10), opacity=0.25)
    painter.add(bed, 0.75)


def _grow(painter: Painter, sheet: Sheet, foot: tuple[float, float], height: float) -> None:
    """Draw one thing that grows on the bed: coral, fan, a tuft of weed or a rock."""
    rng, palette = painter.rng, painter.palette
    hue = float(rng.choice([18.0, 42.0, 340.0, 305.0, 85.0]))
    colour = mix(colour_of(Lch(0.70, 0.17, hue)), palette.sky, 0.24)
    kind = int(rng.integers(5))
    if kind < 2:
        draw_coral(painter, sheet, *foot, height, colour)
    elif kind == 2:
        green = mix(colour_of(Lch(0.64, 0.13, 150)), palette.sky, 0.35)
        for shift in (-0.03, 0.0, 0.025):
            x, tall = foot[0] + shift * painter.view.unit, height * float(rng.uniform(0.9, 1.5))
            draw_weed(painter, sheet, x, foot[1], tall, shade(green, light=shift))
    elif kind == 3:
        _fan(sheet, *foot, height * 0.8, colour)
    else:
        rock = mix(palette.zenith, palette.sky, 0.4)
        draw_rock(painter, sheet, *foot, height * 0.9, (shade(rock, light=0.07), rock))


def _front_weed(painter: Painter) -> None:
    """Add dark weed at both sides, in front of the subjects."""
    view, rng = painter.view, painter.rng
    front = painter.sheet()
    tone = mix(painter.palette.near, painter.palette.zenith, 0.25)
    for x in (-0.04, 0.02, 0.07, 0.93, 0.985, 1.04):
        draw_weed(painter, front, view.x(x), view.y(1.08), view.unit * float(rng.uniform(0.34, 0.56)), tone)
    painter.begin_front()
    painter.add(front, 1.0)


def _fan(sheet: Sheet, x: float, y: float, height: float, colour: Colour) -> None:
    """Draw a coral in the shape of a fan."""
    for ring in np.linspace(1.0, 0.55, 3):
        turn = np.linspace(-np.pi * 0.92, -np.pi * 0.08, 24)
        wave = 1 + 0.05 * np.sin(turn * 14)
        edge = np.stack(
            [x + np.cos(turn) * height * 0.62 * ring * wave, y + np.sin(turn) * height * ring * wave], 1
        )
        sheet.polygon(
            np.concatenate([edge, [(x + height * 0.05, y), (x - height * 0.05, y)]]),
            shade(colour, light=0.05 * (1 - ring)),
        )


def paint_space(painter: Painter) -> None:
    """Paint space: stars, a nebula, a ringed planet, a small moon, the limb of a world below."""
    view, palette, side = painter.view, painter.palette, painter.light_side
    stops = ((-0.08, palette.zenith), (0.6, mix(palette.zenith, palette.sky, 0.6)), (1.08, palette.sky))
    painter.add(painter.backdrop(stops), 0.0)
    for tone, strength in ((palette.horizon, 0.85), (shade(palette.sky, light=0.24, hue=-50), 0.65)):
        _nebula(painter, tone, strength)
    many = view.shape[1] / view.unit / 2 * view.height / view.unit
    for depth, count, size in ((0.06, 300, 0.8), (0.16, 90, 1.35)):
        stars = painter.sheet()
        _strew_stars(painter, stars, round(count * many), size)
        painter.add(stars, depth)
    worlds = painter.sheet()
    spot = (view.x(0.5 - side * 0.33), view.y(0.30))
    _planet(painter, worlds, spot, view.unit * 0.15, shade(palette.far, light=0.22, hue=70), ring=True)
    spot = (view.x(0.5 + side * 0.36), view.y(0.22))
    _planet(painter, worlds, spot, view.unit * 0.055, shade(palette.horizon, light=0.18, hue=-90), ring=False)
    painter.add(worlds, 0.32)
    _limb(painter)


def _nebula(painter: Painter, colour: Colour, strength: float) -> None:
    """Add a cloud of glowing gas: fine noise, cut by coarse noise into veins."""
    view, rng = painter.view, painter.rng
    across, down = view.shape[1] / view.unit, view.height / view.unit
    small = (view.shape[0] // 3, view.shape[1] // 3)
    cloud = fractal_field(rng, small, cells=(2.2 * down, 2.0 * across), octaves=5)
    vein = fractal_field(rng, small, cells=(1.3 * down, 1.2 * across), octaves=2)
    cover = np.clip((cloud - 0.38) * 1.8, 0, 1) ** 1.3 * np.clip((vein - 0.30) * 2.4, 0, 1) * strength
    wide = enlarged(cover, view.shape)
    painter.add_picture(painter.fill(colour, wide), 0.03)


def _strew_stars(painter: Painter, sheet: Sheet, count: int, size: float) -> None:
    view, rng = painter.view, painter.rng
    unit = max(view.unit / 720, 0.55)
    for _ in range(count):
        x, y = rng.random() * view.shape[1], rng.random() * view.shape[0]
        radius = unit * size * float(0.5 + rng.random() ** 3)
        tone = mix(
            (255, 255, 255), ((190, 214, 255), (255, 226, 196), (255, 206, 226))[int(rng.integers(3))], 0.6
        )
        sheet.ellipse(x, y, radius, radius, tone, opacity=float(rng.uniform(0.4, 1.0)))
    for _ in range(count // 40):
        x, y = rng.random() * view.shape[1], rng.random() * view.shape[0]
        reach = unit * size * float(rng.uniform(6, 10))
        sheet.glow(x, y, reach * 1.3, (226, 236, 255), strength=0.45)
        for across, down in ((1, 0.07), (0.07, 1)):
            sheet.polygon(
                [
                    (x - reach * across, y),
                    (x, y - reach * down),
                    (x + reach * across, y),
                    (x, y + reach * down),
                ],
                (255, 255, 255),
                opacity=0.85,
            )


def _planet(
    painter: Painter, sheet: Sheet, centre: tuple[float, float], radius: float, colour: Colour, *, ring: bool
) -> None:
    """Draw a banded planet, lit from one side, with a ring that passes behind and before it."""
    x, y = centre
    side, rng = painter.light_side, painter.rng
    pale = mix(colour, (255, 240, 220), 0.45)
    if ring:
        _ring(sheet, centre, radius, pale, upper=True)
    sheet.glow(x, y, radius * 1.7, colour, strength=0.30)
    size = int(radius) + 2
    grid_y, grid_x = np.mgrid[-size : size + 1, -size : size + 1].astype(np.float32) / radius
    away = np.sqrt(grid_x**2 + grid_y**2)
    height = np.sqrt(np.clip(1 - away**2, 0, 1))
    tilt = grid_y * 0.96 + grid_x * 0.26
    bands = np.interp(tilt + 0.05 * np.sin(grid_x * 5), np.linspace(-1, 1, 12), rng.uniform(0, 1, 12)).astype(
        np.float32
    )
    tones = (
        np.asarray(shade(colour, light=-0.08), np.float32) * (1 - bands[..., None])
        + np.asarray(pale, np.float32) * bands[..., None]
    )
    light = np.clip(grid_x * side * 0.62 - grid_y * 0.42 + height * 0.66, 0, 1)
    dark = np.asarray(mix(colour, painter.palette.zenith, 0.85), np.float32)
    lit = dark + (tones - dark) * (light**0.85)[..., None]
    rim = np.clip((away - 0.86) / 0.14, 0, 1) * light * 0.5
    lit += (255 - lit) * rim[..., None]
    cover = np.clip((1 - away) * radius + 0.5, 0, 1)
    ball = np.concatenate([lit * cover[..., None], 255 * cover[..., None]], axis=2)
    sheet.put(np.clip(ball, 0, 255).astype(np.uint8), x - size, y - size)
    if ring:
        _ring(sheet, centre, radius, pale, upper=False)


def _ring(sheet: Sheet, centre: tuple[float, float], radius: float, colour: Colour, *, upper: bool) -> None:
    """Draw the half of the ring behind the planet (``upper``) or before it."""
    turn = np.linspace(np.pi, 2 * np.pi, 60) if upper else np.linspace(0, np.pi, 60)
    cos, sin = np.cos(np.radians(-15)), np.sin(np.radians(-15))
    for outer, inner, opacity in ((2.05, 1.72, 0.55), (1.66, 1.42, 0.75), (1.38, 1.28, 0.4)):
        edges = []
        for reach, way in ((outer, 1), (inner, -1)):
            across, down = np.cos(turn)[::way] * radius * reach, np.sin(turn)[::way] * radius * reach * 0.26
            edges.append(
                np.stack([centre[0] + across * cos - down * sin, centre[1] + across * sin + down * cos], 1)
            )
        sheet.polygon(np.concatenate(edges), shade(colour, light=-0.05 if upper else 0.0), opacity=opacity)


def _limb(painter: Painter) -> None:
    """Add the curved edge of a world at the foot, with a thin bright air above it."""
    view, palette, rng = painter.view, painter.palette, painter.rng
    sheet = painter.sheet()
    radius = view.width * 1.05 if view.width >= view.height else view.width * 1.5
    centre = (view.x(0.5), view.y(0.875) + radius)
    air = shade(palette.horizon, light=0.22, hue=-70)
    for grow, opacity in ((0.030, 0.10), (0.018, 0.16), (0.009, 0.28), (0.003, 0.7)):
        size = radius + view.unit * grow
        sheet.polygon(ellipse_points(*centre, size, size, count=360), air, opacity=opacity)
    land = mix(palette.near, palette.far, 0.35)
    sheet.polygon(ellipse_points(*centre, radius, radius, count=360), land)
    for _ in range(16):
        x = float(rng.random()) * view.shape[1]
        y = (
            view.y(0.875)
            + radius
            - np.sqrt(max(radius**2 - (x - centre[0]) ** 2, 0.0))
            + view.unit * float(rng.uniform(0.03, 0.16))
        )
        wide = view.unit * float(rng.uniform(0.05, 0.16))
        sheet.ellipse(x, y, wide, wide * 0.14, shade(land, light=0.05, hue=-40), opacity=0.5)
    sheet.fade(palette.near, view.y(0.90), view.y(1.04), end=0.75)
    painter.add(sheet, 0.7)
