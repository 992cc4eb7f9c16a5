"""Painters of the places under the open sky where nature leads."""

from __future__ import annotations

import numpy as np

from engine.contract.storyboard import Hour, Place, Weather
from engine.generators.plates.canvas import Sheet
from engine.generators.plates.land import (
    paint_dunes,
    paint_ground,
    paint_peaks,
    paint_ridges,
    paint_water,
    strew,
)
from engine.generators.plates.nature import (
    draw_bush,
    draw_cactus,
    draw_flowers,
    draw_grass,
    draw_palm,
    draw_pine,
    draw_rock,
    draw_tree,
)
from engine.generators.plates.painter import Painter
from engine.generators.plates.sky import draw_cloud, paint_aurora, paint_sky
from engine.palette import mix, shade
from engine.scenery import Colour


def paint_field(painter: Painter) -> None:
    """Paint rolling fields in stripes, a line of trees, flowers in front."""
    tones, view, rng = painter.tones, painter.view, painter.rng
    paint_sky(painter)
    paint_ridges(painter, base=0.655, count=2)
    for index, (base, material) in enumerate((("0.69", "meadow"), ("0.725", "wheat"))):
        crest = painter.crest(float(base), 0.030, cells=0.8, octaves=2)
        sheet = painter.sheet()
        colour = tones.aerial(tones.ground(material), 0.40 - 0.18 * index)
        if index == 0:
            _row_of_trees(painter, sheet, y=float(base), distance=0.42, height=0.07, number=9)
        sheet.below(crest, colour)
        _furrows(painter, sheet, float(base), shade(colour, light=-0.045))
        sheet.below(crest + view.unit * 0.30, colour)
        painter.add(sheet, 0.36 + 0.14 * index)
    ground = paint_ground(painter, "grass", top=0.775)
    strew(painter, ground, tones.ground("grass", light=0.05), top=0.78, number=26)
    painter.add(ground, 0.8)
    paint_front_grass(painter, flowers=not tones.snowy and bool(rng.random() < 0.9))


def _furrows(painter: Painter, sheet: Sheet, top: float, colour: Colour) -> None:
    """Draw stripes that run to a vanishing point."""
    view = painter.view
    centre, horizon = view.x(float(painter.rng.uniform(0.3, 0.7))), view.y(top - 0.03)
    for step in np.linspace(-3.2, 3.2, 27):
        left, right = centre + step * view.unit * 0.9, centre + (step + 0.11) * view.unit * 0.9
        mask = Sheet(view)
        del mask
        sheet_y = view.y(top + 0.16)
        sheet.polygon(
            [
                (centre + step * view.unit * 0.16, horizon + view.unit * 0.055),
                (left, sheet_y),
                (right, sheet_y),
            ],
            colour,
            opacity=0.55,
        )


def _row_of_trees(  # noqa: PLR0913 - where and how many
    painter: Painter, sheet: Sheet, *, y: float, distance: float, height: float, number: int
) -> None:
    """Draw leafy trees in loose groups along a hill."""
    view, rng, tones = painter.view, painter.rng, painter.tones
    count = round(number * view.shape[1] / view.unit / 2)
    for _ in range(count):
        x = float(rng.random()) * view.shape[1]
        tall = view.unit * height * float(rng.uniform(0.7, 1.3))
        draw_tree(painter, sheet, x, view.y(y) + view.unit * 0.012, tall, leaf_colours(painter, distance))
    del tones


def leaf_colours(painter: Painter, distance: float) -> tuple[Colour, Colour, Colour]:
    """Return lit leaf, shaded leaf and bark at a distance (0..1)."""
    tones = painter.tones
    material = "leaf" if painter.rng.random() < 0.7 else "leaf_warm"
    if tones.snowy:
        return tuple(tones.aerial(tones.of(m), distance) for m in ("snow", "snow_shadow", "bark"))  # type: ignore[return-value]
    lit = tones.aerial(tones.of(material), distance)
    dim = tones.aerial(mix(tones.of(material, light=-0.14), painter.palette.near, 0.30), distance)
    return lit, dim, tones.aerial(tones.of("bark"), distance)


def pine_colours(painter: Painter, distance: float) -> tuple[Colour, Colour]:
    """Return the lit and the shaded side of a pine at a distance (0..1)."""
    tones = painter.tones
    lit = mix(tones.of("pine"), painter.palette.near, 0.30)
    dim = mix(tones.of("pine", light=-0.08), painter.palette.near, 0.65)
    if tones.snowy:
        lit = mix(lit, tones.of("snow"), 0.45)
    return tones.aerial(lit, distance), tones.aerial(dim, distance)


def paint_front_grass(painter: Painter, *, flowers: bool = False) -> None:
    """Add a strip of grass at the very foot of the frame, in front of the subjects."""
    tones, view = painter.tones, painter.view
    sheet = painter.sheet()
    near = painter.palette.near
    colours = (near, mix(near, tones.ground("grass", light=-0.2), 0.25), shade(near, light=-0.03))
    draw_grass(painter, sheet, view.y(1.05), view.unit * 0.085, colours, spacing=view.unit * 0.006)
    draw_grass(painter, sheet, view.y(1.10), view.unit * 0.10, colours[:1], spacing=view.unit * 0.006)
    sheet.rectangle(0, view.y(1.06), view.shape[1], view.shape[0], near)
    if flowers:
        back = painter.sheet()
        blooms = tuple(tones.of(m) for m in ("white", "yellow", "pink", "violet"))
        draw_flowers(painter, back, top=0.80, bottom=0.97, number=46, colours=blooms)
        painter.add(back, 0.82)
    painter.begin_front()
    painter.add(sheet, 1.0)


def paint_forest(painter: Painter) -> None:
    """Paint rows of pines with mist between them and great trunks at the sides."""
    tones, view, rng = painter.tones, painter.view, painter.rng
    paint_sky(painter)
    paint_ridges(painter, base=0.60, count=2, height=0.09)
    for index, (base, distance, height) in enumerate(
        ((0.69, 0.58, 0.20), (0.73, 0.36, 0.30), (0.77, 0.12, 0.40))
    ):
        sheet = painter.sheet()
        colours = pine_colours(painter, distance)
        count = round(view.shape[1] / view.unit * (17, 12, 7.5)[index])
        for x in rng.permutation(np.linspace(-0.02, 1.02, count)) * view.shape[1]:
            tall = view.unit * view.tall * height * float(rng.uniform(0.55, 1.1))
            if index == 2 and abs(x - view.shape[1] / 2) < view.unit * 0.30:
                tall *= 0.55
            foot = view.y(base) + view.unit * float(rng.uniform(0.0, 0.02))
            draw_pine(painter, sheet, float(x + rng.normal() * view.unit * 0.012), foot, tall, colours)
        crest = painter.crest(base, 0.010, cells=1.2)
        sheet.below(crest, colours[1])
        sheet.fade(tones.haze, view.y(base) - view.unit * height * 0.8, view.y(base), end=0.50 - 0.16 * index)
        painter.add(sheet, 0.34 + 0.14 * index)
    ground = paint_ground(painter, "moss", top=0.765)
    strew(painter, ground, tones.ground("moss", light=0.06), top=0.77, number=30)
    painter.add(ground, 0.8)
    _light_shafts(painter)
    paint_front_grass(painter)
    _side_trunks(painter)


def _light_shafts(painter: Painter) -> None:
    """Add slanting beams of light, where the sun shines."""
    tones, view = painter.tones, painter.view
    if tones.night or tones.setting.weather not in {Weather.CLEAR, Weather.CLOUD}:
        return
    sheet = painter.sheet()
    light = mix(painter.palette.horizon, (255, 248, 220), 0.5)
    for _ in range(5):
        x = view.x(painter.sun[0]) - painter.light_side * view.unit * float(painter.rng.uniform(-0.1, 0.9))
        wide, slant = (
            view.unit * float(painter.rng.uniform(0.03, 0.10)),
            -painter.light_side * view.unit * 0.35,
        )
        sheet.polygon(
            [(x, 0), (x + wide, 0), (x + wide * 2.2 + slant, view.y(0.82)), (x + slant, view.y(0.82))],
            light,
            opacity=0.13,
        )
    sheet.blur(view.unit * 0.008)
    sheet.cut(np.linspace(1.2, 0.0, view.shape[0], dtype=np.float32).clip(0, 1)[:, None])
    painter.add(sheet, 0.6)


def _side_trunks(painter: Painter) -> None:
    """Add one dark trunk at either side, in front of everything: they frame the picture."""
    view, rng = painter.view, painter.rng
    sheet = painter.sheet()
    tone = mix(painter.palette.near, painter.tones.of("bark", light=-0.15), 0.25)
    lit = mix(tone, painter.palette.horizon, 0.16)
    for x, side in ((view.x(-0.03), 1), (view.x(1.03), -1)):
        wide = view.unit * float(rng.uniform(0.045, 0.065))
        rows = np.linspace(0, view.shape[0], 24)
        flare = wide * (1 + 1.1 * np.clip((rows - view.y(0.86)) / (view.shape[0] - view.y(0.86)), 0, 1) ** 2)
        wobble = rng.normal(0, view.unit * 0.003, 24).cumsum() * 0.5
        left, right = np.stack([x + wobble - flare, rows], 1), np.stack([x + wobble + flare, rows], 1)
        sheet.polygon(np.concatenate([left, right[::-1]]), tone)
        edge = right if side > 0 else left
        inner = edge - np.array([side * wide * 0.22, 0])
        sheet.polygon(np.concatenate([edge, inner[::-1]]), lit, opacity=0.8)
    painter.add(sheet, 1.0)


def paint_mountains(painter: Painter) -> None:
    """Paint two chains of snow-topped mountains over a meadow with pines."""
    tones, view, rng = painter.tones, painter.view, painter.rng
    paint_sky(painter)
    paint_peaks(painter, base=0.66, far=True)
    painter.add_picture(painter.mist(0.66, 0.05, 0.5), 0.2, drift=0.0)
    paint_peaks(painter, base=0.74, far=False)
    sheet = painter.sheet()
    colours = pine_colours(painter, 0.26)
    crest = painter.crest(0.735, 0.03, cells=1.3)
    for x in rng.permutation(np.linspace(0, 1, round(view.shape[1] / view.unit * 14))) * (view.shape[1] - 1):
        if rng.random() < 0.25:
            continue
        foot = float(crest[int(x)]) + view.unit * 0.01
        draw_pine(painter, sheet, float(x), foot, view.unit * float(rng.uniform(0.06, 0.13)), colours)
    sheet.below(crest, tones.aerial(tones.ground("moss"), 0.28))
    sheet.fade(tones.haze, view.y(0.66), view.y(0.80), start=0.0, end=0.35)
    painter.add(sheet, 0.5)
    ground = paint_ground(painter, "grass", top=0.78)
    strew(painter, ground, tones.ground("grass", light=0.05), top=0.785, number=24)
    stones = (tones.of("rock_light"), tones.of("rock", light=-0.08))
    for _ in range(5):
        x = float(rng.choice([rng.uniform(0, 0.3), rng.uniform(0.7, 1)])) * view.shape[1]
        draw_rock(
            painter,
            ground,
            x,
            view.y(float(rng.uniform(0.80, 0.88))),
            view.unit * float(rng.uniform(0.04, 0.1)),
            stones,
        )
    painter.add(ground, 0.8)
    paint_front_grass(painter, flowers=not tones.snowy)


def paint_desert(painter: Painter) -> None:
    """Paint dunes under a large sun, table mountains far off, cacti beside the way."""
    tones, view, rng = painter.tones, painter.view, painter.rng
    paint_sky(painter)
    _mesas(painter)
    paint_dunes(painter, base=0.66)
    ground = paint_ground(painter, "sand", top=0.79, swing=0.014)
    strew(painter, ground, tones.ground("sand", light=0.04), top=0.795, number=24)
    green = (tones.of("leaf"), mix(tones.of("pine"), painter.palette.near, 0.35))
    for x in (float(rng.uniform(0.02, 0.14)), float(rng.uniform(0.86, 0.98))):
        draw_cactus(
            painter, ground, view.x(x), view.y(0.815), view.unit * float(rng.uniform(0.16, 0.26)), green
        )
    stones = (tones.of("dune"), tones.of("dune_shadow", light=-0.1))
    for x in (0.2, 0.8):
        draw_rock(
            painter, ground, view.x(x + float(rng.normal()) * 0.04), view.y(0.84), view.unit * 0.07, stones
        )
    painter.add(ground, 0.8)


def _mesas(painter: Painter) -> None:
    """Add table mountains in the haze."""
    view, rng, tones = painter.view, painter.rng, painter.tones
    sheet = painter.sheet()
    colour = tones.aerial(tones.of("dune_shadow"), 0.58)
    lit = tones.aerial(tones.of("dune"), 0.55)
    for _ in range(round(view.shape[1] / view.unit * 1.6)):
        x, wide = float(rng.random()) * view.shape[1], view.unit * float(rng.uniform(0.08, 0.2))
        top, foot = view.y(0.66) - view.unit * float(rng.uniform(0.07, 0.17)), view.y(0.70)
        step = wide * 0.22
        outline = np.array(
            [(x - wide, foot), (x - wide * 0.72, top + (foot - top) * 0.5), (x - wide * 0.6, top),
             (x + wide * 0.6, top), (x + wide * 0.72, top + (foot - top) * 0.5), (x + wide, foot)]
        )  # fmt: skip
        sheet.polygon(outline, colour)
        side = painter.light_side
        sheet.polygon(
            [(x + side * wide * 0.6, top), (x + side * (wide * 0.6 - step), top),
             (x + side * (wide * 0.72 - step * 1.6), foot), (x + side * wide, foot)],
            lit,
        )  # fmt: skip
    sheet.fade(tones.haze, view.y(0.55), view.y(0.70), end=0.5)
    painter.add(sheet, 0.14)


def paint_sea(painter: Painter) -> None:
    """Paint the open sea; a swell in front hides the foot of what floats."""
    tones, view = painter.tones, painter.view
    paint_sky(painter, horizon=0.66)
    sheet = painter.sheet()
    crest = painter.crest(0.655, 0.03, cells=0.9)
    sheet.below(np.maximum(crest, view.y(0.63)), tones.ridge(0.86))
    painter.add(sheet, 0.12)
    paint_water(painter, top=0.66)
    rough = {Weather.STORM: 2.4, Weather.RAIN: 1.5}.get(tones.setting.weather, 1.0)
    for index, base in enumerate((0.73, 0.80)):
        _swell(painter, base, 0.008 * rough * (1 + index), 0.5 + 0.2 * index, 0.45 - 0.25 * index)
    painter.begin_front()
    _swell(painter, 0.865, 0.018 * rough, 0.92, 0.0)
    _swell(painter, 0.955, 0.022 * rough, 1.0, -0.25)


def _swell(painter: Painter, base: float, height: float, depth: float, pale: float) -> None:
    """Add one row of waves with a bright crest; it tiles in x, so that it can drift."""
    view, tones, rng = painter.view, painter.tones, painter.rng
    columns = np.arange(view.shape[1], dtype=np.float32) / view.shape[1] * 2 * np.pi
    waves = max(3, round(view.shape[1] / view.unit * 3.2))
    phase = rng.uniform(0, 6.28, 3)
    line = 1 - np.abs(np.sin(columns * waves / 2 + phase[0])) ** 0.8
    line = line + 0.35 * np.sin(columns * (waves + 2) + phase[1]) + 0.2 * np.sin(columns * 3 + phase[2])
    crest = (view.y(base) - line * height * view.unit).astype(np.float32)
    body = mix(tones.of("water_deep"), painter.palette.near, 0.42)
    body = mix(body, painter.palette.horizon, max(pale, 0) * 0.5)
    body = mix(body, painter.palette.near, max(-pale, 0))
    sheet = painter.sheet()
    sheet.below(crest, mix(body, painter.palette.horizon, 0.42))
    sheet.below(crest + view.unit * (0.004 + 0.006 * depth), mix(body, painter.palette.horizon, 0.14))
    sheet.below(
        crest + view.unit * (0.012 + 0.03 * depth) + line.astype(np.float32) * view.unit * 0.006, body
    )
    sheet.fade(painter.palette.near, view.y(base), view.y(base + 0.16), end=0.5)
    painter.add(sheet, depth, drift=0.010 + 0.016 * depth)


def paint_coast(painter: Painter) -> None:
    """Paint a beach: headlands, the sea, surf, sand and palms."""
    tones, view, rng = painter.tones, painter.view, painter.rng
    paint_sky(painter, horizon=0.62)
    sheet = painter.sheet()
    side = -painter.light_side
    columns = np.linspace(-0.12, 1.12, view.shape[1])
    toward = np.clip((columns if side > 0 else 1 - columns) * 1.9 - 0.9, 0, 1)
    crest = view.y(0.628) - (toward**0.7).astype(np.float32) * view.unit * 0.17
    crest = crest + (painter.crest(0.0, 0.02, cells=3) - view.y(0.0)) * (toward > 0) * np.minimum(
        1, toward * 3
    )
    sheet.below(crest.astype(np.float32), tones.aerial(tones.ground("moss", light=-0.05), 0.42))
    sheet.fade(tones.haze, view.y(0.45), view.y(0.64), end=0.4)
    painter.add(sheet, 0.2)
    paint_water(painter, top=0.62, foot=0.86, depth=0.34)
    _surf(painter)
    sand = paint_ground(painter, "sand", top=0.795, swing=0.022, dark=0.45)
    strew(painter, sand, tones.ground("sand", light=0.04), top=0.80, number=20)
    painter.add(sand, 0.8)
    leaves = (tones.of("leaf"), mix(tones.of("pine"), painter.palette.near, 0.4), tones.of("bark"))
    palms = painter.sheet()
    for x, tall in ((0.5 + side * 0.43, 0.56), (0.5 + side * 0.53, 0.68), (0.5 - side * 0.50, 0.40)):
        draw_palm(
            painter, palms, view.x(x), view.y(0.83), view.unit * tall * float(rng.uniform(0.92, 1.08)), leaves
        )
        draw_bush(painter, palms, view.x(x), view.y(0.84), view.unit * 0.12, leaves[:2])
    painter.add(palms, 0.86)


def _surf(painter: Painter) -> None:
    """Add the last wave on the sand: foam above a wet strip."""
    view, tones = painter.view, painter.tones
    edge = painter.crest(0.790, 0.022, cells=1.0, octaves=3)
    sheet = painter.sheet()
    sheet.below(edge - view.unit * 0.022, mix(tones.of("water"), tones.of("foam"), 0.30))
    sheet.below(edge - view.unit * 0.012, tones.of("foam"))
    sheet.below(edge + view.unit * 0.002, mix(tones.of("sand", light=-0.15), tones.of("water"), 0.3))
    painter.add(sheet, 0.6)


def paint_river(painter: Painter) -> None:
    """Paint a river that winds from the hills to the front between wooded banks."""
    tones, view, rng = painter.tones, painter.view, painter.rng
    paint_sky(painter)
    paint_ridges(painter, base=0.63, count=2, height=0.09)
    sheet = painter.sheet()
    _row_of_trees(painter, sheet, y=0.70, distance=0.40, height=0.10, number=16)
    sheet.below(painter.crest(0.695, 0.012, cells=1), tones.aerial(tones.ground("grass"), 0.36))
    painter.add(sheet, 0.42)
    bank = paint_ground(painter, "meadow", top=0.725, swing=0.010, dark=0.5)
    strew(painter, bank, tones.ground("meadow", light=-0.05), top=0.73, number=22)
    rows = np.linspace(0, 1, 60)
    side = painter.light_side
    middle = view.x(0.5 + side * 0.12) + side * view.unit * (0.34 * np.sin(rows * 4.2) * (0.15 + rows))
    half = view.unit * (0.012 + 0.30 * rows**1.5)
    levels = view.y(0.728) + (view.y(0.93) - view.y(0.728)) * rows**1.25
    left, right = np.stack([middle - half, levels], 1), np.stack([middle + half, levels], 1)
    water = mix(tones.of("water"), painter.palette.horizon, 0.35)
    rim = view.unit * 0.010
    bank.polygon(np.concatenate([left - (rim, 0), (right + (rim, 0))[::-1]]), tones.ground("earth"))
    bank.polygon(np.concatenate([left, right[::-1]]), water)
    for _ in range(46):
        at = int(rng.integers(4, 58))
        x = middle[at] + float(rng.uniform(-0.75, 0.75)) * half[at]
        length = half[at] * float(rng.uniform(0.08, 0.3))
        tone = (
            mix(water, painter.palette.horizon, 0.6)
            if rng.random() < 0.6
            else mix(water, painter.palette.zenith, 0.4)
        )
        bank.ellipse(x, levels[at], length, max(0.7, view.unit * 0.004 * rows[at]), tone, opacity=0.6)
    painter.add(bank, 0.62)
    front = paint_ground(painter, "grass", top=0.80, swing=0.018)
    strew(painter, front, tones.ground("grass", light=0.05), top=0.81, number=20)
    painter.add(front, 0.8)
    paint_front_grass(painter, flowers=not tones.snowy)


def paint_polar(painter: Painter) -> None:
    """Paint ice: mountains of it far off, floes on dark water, snow to stand on, northern lights by night."""
    tones, view, rng = painter.tones, painter.view, painter.rng
    paint_sky(painter, horizon=0.66)
    if tones.setting.hour is Hour.NIGHT and tones.setting.weather in {Weather.CLEAR, Weather.CLOUD}:
        paint_aurora(painter, 0.66)
    paint_peaks(painter, base=0.68, far=True)
    paint_water(painter, top=0.665, foot=0.86, depth=0.36)
    sheet = painter.sheet()
    for index in range(round(view.shape[1] / view.unit * 3)):
        x = (index + float(rng.uniform(0.1, 0.9))) / (view.shape[1] / view.unit * 3) * view.shape[1]
        _iceberg(
            painter,
            sheet,
            x,
            view.y(float(rng.uniform(0.675, 0.72))),
            view.unit * float(rng.uniform(0.07, 0.2)),
        )
    for _ in range(14):
        part = float(rng.random())
        wide = view.unit * (0.03 + 0.10 * part)
        x, y = float(rng.random()) * view.shape[1], view.y(0.69 + 0.10 * part)
        sheet.ellipse(x, y + wide * 0.07, wide, wide * 0.16, tones.of("snow_shadow", light=-0.12))
        sheet.ellipse(x, y, wide, wide * 0.14, tones.of("snow"))
    painter.add(sheet, 0.5)
    ground = paint_ground(painter, "snow", top=0.79, swing=0.02, dark=0.42)
    strew(painter, ground, tones.of("snow_shadow"), top=0.795, number=22)
    painter.add(ground, 0.8)


def _iceberg(painter: Painter, sheet: Sheet, x: float, y: float, width: float) -> None:
    """Draw an iceberg with its foot at (x, y): a lit and a shaded face."""
    rng, tones, side = painter.rng, painter.tones, painter.light_side
    count = 5
    tops = np.sort(rng.uniform(0.25, 1.0, count))
    order = [0, 2, 4, 3, 1]
    heights = tops[order] * width * 0.75
    xs = x + (np.linspace(-0.5, 0.5, count) + rng.uniform(-0.06, 0.06, count)) * width * 1.3
    ridge = np.stack([xs, y - heights], 1)
    outline = np.concatenate([[(xs[0] - width * 0.12, y)], ridge, [(xs[-1] + width * 0.12, y)]])
    sheet.polygon(outline, tones.aerial(tones.of("ice"), 0.2))
    dim = tones.aerial(mix(tones.of("ice", light=-0.14), painter.palette.sky, 0.25), 0.2)
    for index in range(count - 1):
        face = [ridge[index], ridge[index + 1], (float(xs[index] * 0.4 + xs[index + 1] * 0.6), y)]
        if (index % 2 == 0) == (side > 0):
            sheet.polygon(face, dim)
        else:
            sheet.polygon(face, tones.aerial(tones.of("snow"), 0.1))
    sheet.ellipse(x, y + width * 0.02, width * 0.8, width * 0.03, tones.of("foam"), opacity=0.5)


def paint_open_sky(painter: Painter) -> None:
    """Paint the air itself: heaps of clouds behind, below and in front."""
    view, rng = painter.view, painter.rng
    paint_sky(painter, horizon=0.96)
    for index, (low, high, size, depth) in enumerate(((0.50, 0.72, 0.42, 0.30), (0.74, 0.92, 0.66, 0.55))):
        sheet = painter.sheet()
        count = round(view.shape[1] / view.unit * (3.4 - index))
        for step in range(max(3, count)):
            x = (step + float(rng.uniform(0.1, 0.9))) / max(3, count) * view.shape[1]
            y = view.y(float(rng.uniform(low, high)))
            draw_cloud(painter, sheet, x, y, view.unit * size * float(rng.uniform(0.7, 1.2)), opacity=1.0)
        painter.add(sheet, depth, drift=0.006 + 0.006 * index)
    painter.begin_front()
    sheet = painter.sheet()
    count = max(3, round(view.shape[1] / view.unit * 2.6))
    for step in range(count):
        x = (step + float(rng.uniform(0.2, 0.8))) / count * view.shape[1]
        draw_cloud(painter, sheet, x, view.y(1.10), view.unit * float(rng.uniform(0.7, 1.0)), opacity=0.95)
    painter.add(sheet, 1.0, drift=0.02)


OUTDOORS = {
    Place.FIELD: paint_field,
    Place.FOREST: paint_forest,
    Place.MOUNTAINS: paint_mountains,
    Place.DESERT: paint_desert,
    Place.SEA: paint_sea,
    Place.COAST: paint_coast,
    Place.RIVER: paint_river,
    Place.POLAR: paint_polar,
    Place.SKY: paint_open_sky,
}
