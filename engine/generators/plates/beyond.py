"""Painters of the places without ground: under water and in space."""

from __future__ import annotations

import cv2
import numpy as np

from engine.contract.storyboard import Hour
from engine.generators.plates.canvas import Sheet, ellipse_points
from engine.generators.plates.nature import draw_coral, draw_rock, draw_weed
from engine.generators.plates.noise import fractal_field
from engine.generators.plates.painter import Painter
from engine.oklab import colour_of, gradient, lch_of, mix, shade
from engine.scenery import Colour


def paint_underwater(painter: Painter) -> None:
    """Paint a reef: light from above in shafts, rocks in the blue, corals and weed."""
    view, palette, rng = painter.view, painter.palette, painter.rng
    painter.sun = (painter.sun[0], -0.05)
    rows = (np.arange(view.shape[0], dtype=np.float32) - view.margin_y) / view.height
    stops = (
        (-0.08, palette.horizon),
        (0.10, mix(palette.horizon, palette.sky, 0.55)),
        (0.42, palette.sky),
        (0.80, mix(palette.sky, palette.zenith, 0.65)),
        (1.05, palette.zenith),
    )
    sheet = painter.sheet()
    water = np.repeat(gradient(stops, rows)[:, None, :], view.shape[1], axis=1)
    sheet.pixels[..., :3] = np.clip(water + view.grain[..., None] + 0.5, 0, 255)
    sheet.pixels[..., 3] = 255
    sheet.glow(
        view.x(painter.sun[0]),
        view.y(-0.02),
        view.unit * 0.75,
        mix(palette.horizon, (255, 255, 255), 0.5),
        strength=0.55,
    )
    painter.add(sheet, 0.0)
    _shafts(painter)
    for index, share in enumerate((0.30, 0.62)):
        rocks = painter.sheet()
        tone = mix(palette.sky, palette.zenith, share + 0.1)
        crest = painter.crest(0.70 + 0.07 * index, 0.10, cells=1.4 + index, octaves=4)
        rocks.below(crest, tone)
        for x in rng.random(10 + 4 * index) * view.shape[1]:
            foot = float(crest[min(int(x), crest.size - 1)]) + view.unit * 0.02
            if rng.random() < 0.5:
                draw_coral(painter, rocks, float(x), foot, view.unit * float(rng.uniform(0.10, 0.18)), tone)
            else:
                draw_weed(painter, rocks, float(x), foot, view.unit * float(rng.uniform(0.12, 0.24)), tone)
        rocks.fade(
            mix(palette.sky, palette.zenith, 0.3),
            float(crest.min()) - view.unit * 0.1,
            view.y(1.0),
            start=0.25,
            end=0.0,
        )
        painter.add(rocks, 0.25 + 0.2 * index)
    _sea_bed(painter)


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
    """Add the sandy bed with bright corals, and a darker row in front."""
    view, rng, palette = painter.view, painter.rng, painter.palette
    bed = painter.sheet()
    crest = painter.crest(0.875, 0.03, cells=1.2, octaves=3)
    sand = mix(palette.sky, palette.horizon, 0.30)
    base = lch_of(palette.sky)
    tones = [mix(colour_of(type(base)(0.66, 0.15, hue)), palette.sky, 0.34) for hue in (15, 45, 330, 300, 85)]
    spots = [x for x in np.linspace(0.0, 1.0, 15) if abs(x - 0.5) > 0.13]
    for x in spots:
        at = (x + float(rng.normal()) * 0.012) * view.shape[1]
        foot = float(crest[int(np.clip(at, 0, crest.size - 1))]) + view.unit * 0.02
        height = view.unit * (0.10 + 0.22 * abs(x - 0.5)) * float(rng.uniform(0.8, 1.3))
        colour = tones[int(rng.integers(len(tones)))]
        kind = int(rng.integers(4))
        if kind == 0:
            draw_coral(painter, bed, at, foot, height, colour)
        elif kind == 1:
            green = mix(colour_of(type(base)(0.60, 0.12, 150)), palette.sky, 0.4)
            for shift in (-0.03, 0.0, 0.025):
                draw_weed(
                    painter,
                    bed,
                    at + shift * view.unit,
                    foot,
                    height * float(rng.uniform(0.9, 1.5)),
                    shade(green, light=shift),
                )
        elif kind == 2:
            _fan(bed, at, foot, height * 0.8, colour)
        else:
            rock = mix(palette.zenith, palette.sky, 0.4)
            draw_rock(painter, bed, at, foot, height * 0.9, (shade(rock, light=0.07), rock))
    bed.below(crest, sand)
    bed.fade(mix(palette.near, palette.zenith, 0.4), view.y(0.87), view.y(1.02), end=0.85)
    for _ in range(18):
        at, y = rng.random() * view.shape[1], view.y(float(rng.uniform(0.90, 1.05)))
        wide = view.unit * float(rng.uniform(0.04, 0.12))
        bed.ellipse(at, y, wide, wide * 0.10, shade(sand, light=-0.10), opacity=0.25)
    painter.add(bed, 0.75)
    painter.begin_front()
    front = painter.sheet()
    for x in (-0.04, 0.02, 0.07, 0.93, 0.985, 1.04):
        tall = view.unit * float(rng.uniform(0.34, 0.56))
        draw_weed(painter, front, view.x(x), view.y(1.08), tall, mix(palette.near, palette.zenith, 0.25))
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
    view, palette, rng = painter.view, painter.palette, painter.rng
    rows = (np.arange(view.shape[0], dtype=np.float32) - view.margin_y) / view.height
    back = gradient(
        ((-0.08, palette.zenith), (0.6, mix(palette.zenith, palette.sky, 0.6)), (1.08, palette.sky)), rows
    )
    picture = np.repeat(back[:, None, :], view.shape[1], axis=1)
    across = view.shape[1] / view.unit
    small = (view.shape[0] // 3, view.shape[1] // 3)
    for tone, strength in ((palette.horizon, 0.75), (shade(palette.sky, light=0.22, hue=-50), 0.55)):
        cloud = fractal_field(rng, small, cells=(2.2 * view.height / view.unit, 2.0 * across), octaves=5)
        vein = fractal_field(rng, small, cells=(1.3 * view.height / view.unit, 1.2 * across), octaves=2)
        cover = np.clip((cloud - 0.40) * 1.7, 0, 1) ** 1.4 * np.clip((vein - 0.35) * 2.4, 0, 1) * strength
        cover = cv2.resize(cover, (view.shape[1], view.shape[0]), interpolation=cv2.INTER_LINEAR)[..., None]
        picture += (np.asarray(tone, np.float32) - picture) * cover
    sheet = painter.sheet()
    sheet.pixels[..., :3] = np.clip(picture + view.grain[..., None] + 0.5, 0, 255)
    sheet.pixels[..., 3] = 255
    painter.add(sheet, 0.0)
    for depth, count, size in ((0.06, 300, 0.8), (0.16, 90, 1.35)):
        stars = painter.sheet()
        _strew_stars(painter, stars, round(count * across / 2 * view.height / view.unit), size)
        painter.add(stars, depth)
    worlds = painter.sheet()
    side = painter.light_side
    _planet(
        painter,
        worlds,
        (view.x(0.5 - side * 0.33), view.y(0.30)),
        view.unit * 0.15,
        shade(palette.far, light=0.22, hue=70),
        ring=True,
    )
    _planet(
        painter,
        worlds,
        (view.x(0.5 + side * 0.36), view.y(0.22)),
        view.unit * 0.055,
        shade(palette.horizon, light=0.18, hue=-90),
        ring=False,
    )
    painter.add(worlds, 0.32)
    _limb(painter)


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
