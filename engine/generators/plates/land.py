"""Hills, mountains, dunes, water and the ground to stand on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.contract.storyboard import Hour, Weather
from engine.generators.plates.canvas import Sheet
from engine.generators.plates.nature import draw_flowers, draw_grass
from engine.generators.plates.painter import Painter
from engine.media import Float32Array
from engine.oklab import blend, mix, shade
from engine.scenery import Colour


def paint_ridges(
    painter: Painter, *, base: float, count: int = 3, height: float = 0.08, step: float = 0.035
) -> None:
    """Add ``count`` ridges of hills, each nearer, darker and lower than the one before; mist lies between.

    ``base`` and ``step`` are fractions of the frame's height, ``height`` is in units.
    """
    for index in range(count):
        near = index / max(count - 1, 1)
        crest = painter.crest(base + step * index, height * (1 - 0.35 * near), cells=1.1 + 0.7 * index)
        sheet = painter.sheet()
        colour = painter.tones.ridge(0.92 - 0.40 * near)
        sheet.below(crest, colour)
        top = float(crest.min())
        sheet.fade(painter.tones.haze, top, top + painter.view.unit * 0.22, start=0.0, end=0.55)
        painter.add(sheet, 0.12 + 0.10 * index)


def paint_ground(
    painter: Painter, material: str, *, top: float = 0.76, swing: float = 0.012, dark: float = 0.55
) -> Sheet:
    """Return the ground to stand on: ``material`` at its far edge, falling to ``near`` at the foot.

    The sheet is not added yet, so that details can be drawn on it.

    Args:
        painter: Gives view, colours and chance.
        material: Key of ``tones.MATERIALS``.
        top: Its far edge, as a fraction of the frame's height.
        swing: How far the edge waves, in units.
        dark: How far the foot goes towards ``near``, so that type can stand on it.
    """
    view, tones, palette = painter.view, painter.tones, painter.palette
    crest = painter.crest(top, swing, cells=1.0, octaves=3)
    sheet = painter.sheet()
    light = tones.ground(material)
    sheet.below(crest, mix(light, tones.haze, 0.10))
    if tones.snowy or material == "snow":
        middle = mix(light, tones.of("snow_shadow"), 0.6)
        foot = mix(mix(palette.zenith, palette.sky, 0.4), light, 0.18)
    else:
        middle, foot = shade(light, light=-0.05), mix(shade(light, light=-0.34), palette.near, 0.45)
    sheet.fade(middle, view.y(top), view.y(0.88), end=1.0)
    sheet.fade(foot, view.y(0.80), view.y(1.02), end=dark)
    return sheet


def strew(painter: Painter, sheet: Sheet, colour: Colour, *, top: float, number: int) -> None:
    """Draw flat patches on the ground, small near ``top`` and large at the foot: they give it depth.

    In the rain they are puddles that show the sky instead of ``colour``.
    """
    rng, view, palette = painter.rng, painter.view, painter.palette
    wet = painter.tones.wet
    puddle, rim = mix(palette.horizon, palette.sky, 0.35), mix(palette.near, palette.sky, 0.3)
    for _ in range(number):
        near = float(rng.random())
        y = view.y(top + 0.015 + (1.06 - top) * near**1.4)
        width = view.unit * (0.03 + 0.16 * near) * float(rng.uniform(0.5, 1.3))
        x = rng.random() * view.shape[1]
        if wet:
            sheet.ellipse(x, y - width * 0.012, width * 0.8, width * 0.085, rim, opacity=0.35)
        sheet.ellipse(
            x, y, width * (0.78 if wet else 1.0), width * 0.11, puddle if wet else colour, opacity=0.30
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stone:
    """Colours of a mountain at its distance."""

    lit: Colour
    dim: Colour
    snow_lit: Colour
    snow_dim: Colour
    #: Share of the height that snow covers.
    cap: float


def paint_peaks(painter: Painter, *, base: float, far: bool) -> None:
    """Add a chain of mountains with a lit and a shaded side and snow on top.

    ``base`` is where they end, as a fraction of the frame's height; ``far`` makes them small and pale.
    """
    view, rng, tones = painter.view, painter.rng, painter.tones
    sheet = painter.sheet()
    distance = 0.62 if far else 0.34
    count = max(2, round(view.shape[1] / view.unit * (2.6 if far else 1.7)))
    stone = _Stone(
        lit=tones.aerial(tones.of("rock_light"), distance),
        dim=tones.aerial(blend(tones.of("rock", light=-0.08), painter.palette.near, 0.35), distance),
        snow_lit=tones.aerial(tones.of("snow"), distance * 0.6),
        snow_dim=tones.aerial(tones.of("snow_shadow"), distance),
        cap=0.55 if tones.setting.weather is Weather.SNOW else 0.30,
    )
    for index in rng.permutation(count):
        x = (index + float(rng.uniform(0.2, 0.8))) / count * view.shape[1]
        height = view.unit * view.tall * float(rng.uniform(0.24, 0.40)) * (0.8 if far else 1.0)
        _draw_peak(painter, sheet, (x, view.y(base) - height), height, stone)
    foot = view.y(base)
    sheet.fade(tones.haze, foot - view.unit * 0.22, foot + view.unit * 0.05, end=0.75)
    painter.add(sheet, 0.14 if far else 0.26)


def _draw_peak(
    painter: Painter, sheet: Sheet, tip: tuple[float, float], height: float, stone: _Stone
) -> None:
    """Draw one mountain below its tip: two faces that meet in a jagged spine, and the snow on them."""
    rng, side = painter.rng, painter.light_side
    width = height * float(rng.uniform(0.95, 1.25))
    drop = height + painter.view.unit * 0.1
    parts = np.linspace(0, 1, 9)

    def edge(aside: float, wobble: float) -> Float32Array:
        """Return a jagged line from the tip to the foot, ``aside`` widths from the middle."""
        noise = rng.uniform(-wobble, wobble, parts.size) * width * np.sin(np.pi * parts)
        across = tip[0] + aside * width * parts + noise
        return np.stack([across, tip[1] + drop * parts**0.92], axis=1).astype(np.float32)

    left, right, spine = edge(-1.0, 0.05), edge(1.0, 0.05), edge(-0.12 * side, 0.10)
    sunny, shady = (left, right) if side < 0 else (right, left)
    sheet.polygon(np.concatenate([left, right[::-1]]), stone.dim)
    sheet.polygon(np.concatenate([sunny, spine[::-1]]), stone.lit)
    _draw_cap(painter, sheet, (shady, spine), stone.snow_dim, stone.cap)
    _draw_cap(painter, sheet, (sunny, spine), stone.snow_lit, stone.cap)


def _draw_cap(
    painter: Painter, sheet: Sheet, edges: tuple[Float32Array, Float32Array], colour: Colour, cap: float
) -> None:
    """Fill the upper ``cap`` (0..1) between two lines; its lower edge hangs in teeth."""
    rng = painter.rng
    outer, inner = edges
    last = cap * (len(outer) - 1)
    whole, part = int(last), last - int(last)
    ends = [line[whole] * (1 - part) + line[whole + 1] * part for line in edges]
    along = np.linspace(0, 1, 6)[:, None]
    teeth = ends[0] * (1 - along) + ends[1] * along
    hang = np.where(np.arange(6) % 2, 0.18, -0.22) * rng.uniform(0.5, 1.2, 6) * (ends[1][1] - inner[0][1])
    hang[[0, -1]] = 0.0
    teeth[:, 1] += hang
    sheet.polygon(np.concatenate([outer[: whole + 1], teeth, inner[: whole + 1][::-1]]), colour)


def paint_dunes(painter: Painter, *, base: float, count: int = 3) -> None:
    """Add rows of dunes with a sharp crest between the lit and the shaded side."""
    view, tones = painter.view, painter.tones
    for index in range(count):
        near = index / max(count - 1, 1)
        crest = painter.crest(base + 0.055 * index, 0.085 - 0.02 * near, cells=0.75 + 0.35 * index, octaves=2)
        distance = 0.62 * (1 - near) + 0.06
        lit = tones.aerial(tones.ground("dune"), distance)
        dim = tones.aerial(tones.of("dune_shadow"), distance * 0.8)
        sheet = painter.sheet()
        sheet.below(crest, lit)
        _shade_dunes(painter, sheet, crest, dim)
        sheet.fade(
            tones.haze, float(crest.min()) + view.unit * 0.05, view.y(base + 0.25), end=0.25 * (1 - near)
        )
        painter.add(sheet, 0.2 + 0.16 * index)


def _shade_dunes(painter: Painter, sheet: Sheet, crest: Float32Array, colour: Colour) -> None:
    """Shade the side of each dune that the light does not reach: it falls away from each summit."""
    view, side = painter.view, painter.light_side
    smooth = np.convolve(np.pad(crest, 40, mode="edge"), np.ones(81) / 81, mode="valid")
    summits = np.nonzero((smooth[1:-1] < smooth[:-2]) & (smooth[1:-1] <= smooth[2:]))[0] + 1
    columns = np.arange(crest.size)
    for summit in summits:
        reach = view.unit * float(painter.rng.uniform(0.45, 0.75))
        # From the summit an S-shaped line runs down the front; beyond it lies the shade.
        parts = np.linspace(0, 1, 40)
        line_x = summit + side * reach * (0.30 * np.sin(parts * np.pi * 1.1) - 0.12 * parts)
        line_y = crest[summit] + parts**1.2 * view.unit * 0.34
        far = columns[summit :: int(-side)][: int(reach * 1.6)]
        top = np.stack([far, crest[far]], axis=1)
        sheet_points = np.concatenate([np.stack([line_x, line_y], 1)[::-1], top])
        if far.size > 4:
            tail = [(far[-1], crest[far[-1]] + view.unit * 0.02), (line_x[-1], line_y[-1])]
            sheet.polygon(np.concatenate([sheet_points, tail]), colour, opacity=0.85)


def paint_water(painter: Painter, *, top: float, foot: float = 1.1, depth: float = 0.35) -> None:
    """Add water from ``top`` to ``foot``: lighter at the horizon, with streaks and the path of the light."""
    view, rng, tones = painter.view, painter.rng, painter.tones
    sheet = painter.sheet()
    far = mix(tones.of("water"), painter.palette.horizon, 0.45)
    near = mix(tones.of("water_deep"), painter.palette.near, 0.25)
    sheet.rectangle(0, view.y(top), view.shape[1], view.y(foot) + 2, far)
    sheet.fade(near, view.y(top), view.y(min(foot, 1.0)), start=0.0, end=1.0)
    light, dim = mix(far, painter.palette.horizon, 0.6), mix(near, painter.palette.zenith, 0.3)
    for _ in range(int(70 * view.shape[1] / view.unit)):
        part = float(rng.random()) ** 1.6
        y = view.y(top + 0.006 + (min(foot, 1.08) - top) * part)
        length = view.unit * (0.02 + 0.12 * part) * float(rng.uniform(0.5, 1.5))
        thick = max(0.6, view.unit * (0.0012 + 0.006 * part))
        x = rng.random() * view.shape[1]
        sheet.ellipse(x, y, length, thick, light if rng.random() < 0.6 else dim, opacity=0.16 + 0.16 * part)
    if tones.setting.weather not in {Weather.RAIN, Weather.STORM, Weather.FOG}:
        _add_glitter(painter, sheet, top, foot)
    painter.add(sheet, depth)


def _add_glitter(painter: Painter, sheet: Sheet, top: float, foot: float) -> None:
    """Draw the path of light under sun or moon."""
    view, rng = painter.view, painter.rng
    colour = mix(painter.palette.horizon, (255, 250, 230), 0.7)
    strong = 0.5 if painter.tones.setting.hour is Hour.NOON else 0.75
    centre = view.x(painter.sun[0])
    for _ in range(90):
        part = float(rng.random())
        y = view.y(top + 0.004 + (min(foot, 1.05) - top) * part)
        spread = view.unit * (0.05 + 0.16 * part)
        x = centre + float(rng.normal()) * spread * 0.55
        length = view.unit * (0.008 + 0.035 * part) * float(rng.uniform(0.4, 1.2))
        sheet.ellipse(
            x, y, length, max(0.7, view.unit * 0.0035 * (0.3 + part)), colour,
            opacity=strong * (1 - 0.55 * part) * float(rng.uniform(0.4, 1.0)),
        )  # fmt: skip


def grow_flowers(painter: Painter, ground: Sheet) -> None:
    """Strew flowers over a meadow, unless snow lies."""
    if not painter.tones.snowy:
        blooms = tuple(painter.tones.of(name) for name in ("white", "yellow", "pink", "violet"))
        draw_flowers(painter, ground, top=0.80, bottom=0.97, number=46, colours=blooms)


def paint_front_grass(painter: Painter) -> None:
    """Add what grows at the very foot of the frame, in front of the subjects; snow where snow lies."""
    tones, view = painter.tones, painter.view
    painter.begin_front()
    sheet = painter.sheet()
    near = painter.palette.near
    if tones.snowy:
        _drift(painter, sheet)
    else:
        blades = (near, blend(near, tones.ground("grass", light=-0.2), 0.3), shade(near, light=-0.03))
        draw_grass(painter, sheet, view.y(1.05), view.unit * 0.085, blades, spacing=view.unit * 0.006)
        draw_grass(painter, sheet, view.y(1.10), view.unit * 0.10, blades[:1], spacing=view.unit * 0.006)
        sheet.rectangle(0, view.y(1.06), view.shape[1], view.shape[0], near)
    painter.add(sheet, 1.0)


def _drift(painter: Painter, sheet: Sheet) -> None:
    """Draw a drift of snow with a few dry stalks."""
    view, tones, palette = painter.view, painter.tones, painter.palette
    shadow = mix(mix(palette.zenith, palette.sky, 0.5), tones.of("snow"), 0.22)
    stalks = (mix(palette.near, shadow, 0.3),)
    draw_grass(painter, sheet, view.y(1.02), view.unit * 0.10, stalks, spacing=view.unit * 0.07)
    crest = painter.crest(0.975, 0.030, cells=0.9, octaves=2)
    sheet.below(crest, mix(shadow, tones.of("snow"), 0.35))
    sheet.below(crest + view.unit * 0.008, shadow)
    sheet.fade(mix(palette.near, palette.zenith, 0.5), view.y(0.98), view.y(1.08), end=0.8)
