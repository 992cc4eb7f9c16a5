"""Sky, sun, moon, stars, clouds, northern lights."""

from __future__ import annotations

import cv2
import numpy as np

from engine.contract.storyboard import Hour, Weather
from engine.generators.plates.canvas import Sheet, dither
from engine.generators.plates.noise import enlarged, fractal_field
from engine.generators.plates.painter import Painter
from engine.media import Float32Array
from engine.oklab import blend, gradient, mix, shade
from engine.scenery import Colour

#: Height of sun or moon, as a fraction of the way from the top of the frame to the horizon.
_ALTITUDE = {Hour.DAWN: 0.72, Hour.NOON: 0.22, Hour.DUSK: 0.80, Hour.NIGHT: 0.28}
#: Weathers in which neither sun nor stars can be seen.
_CLOSED = frozenset({Weather.RAIN, Weather.STORM, Weather.SNOW, Weather.FOG})


def paint_sky(painter: Painter, *, horizon: float = 0.74, low: float = 1.0) -> None:
    """Add the sky down to ``horizon`` (fraction of the frame's height), with sun or moon, stars and clouds.

    ``low`` (0..1) lifts the sun where what stands before the horizon would hide it.
    """
    view, tones = painter.view, painter.tones
    hour, weather = tones.setting.hour, tones.setting.weather
    painter.sun = (painter.sun[0], horizon * _ALTITUDE[hour] * low)
    # Gradients are smooth, so a quarter of the pixels is enough; the grain hides the steps of 8 bits.
    half = np.repeat(_gradient(painter, horizon)[::2, None, :], -(-view.shape[1] // 2), axis=1)
    _add_glow(painter, half)
    picture = enlarged(half, view.shape)
    picture += view.grain[..., None] + 0.5
    sheet = painter.sheet()
    sheet.pixels[..., :3] = np.clip(picture, 0, 255, out=picture)
    sheet.pixels[..., 3] = 255
    if hour is Hour.NIGHT and weather not in _CLOSED:
        _add_stars(painter, sheet, horizon)
    if weather not in _CLOSED - {Weather.SNOW, Weather.FOG}:
        (_add_moon if hour is Hour.NIGHT else _add_sun)(painter, sheet)
    painter.add(sheet, 0.0)
    _add_clouds(painter, horizon)


def _gradient(painter: Painter, horizon: float) -> Float32Array:
    """Return the colour of each row, float32 [H,3]: five stops, eased towards the horizon."""
    palette = painter.palette
    rows = (np.arange(painter.view.shape[0], dtype=np.float32) - painter.view.margin_y) / painter.view.height
    stops = (
        (-0.08, shade(palette.zenith, light=-0.02)),
        (0.10 * horizon, palette.zenith),
        (0.50 * horizon, palette.sky),
        (0.80 * horizon, mix(palette.sky, palette.horizon, 0.62)),
        (1.00 * horizon, palette.horizon),
        (1.30 * horizon, mix(palette.horizon, palette.far, 0.25)),
    )
    return gradient(stops, rows)


def _add_glow(painter: Painter, picture: Float32Array) -> None:
    """Light the sky, given at half its size, about the sun: a wide warm veil and a narrow bright one."""
    view, tones = painter.view, painter.tones
    closed = tones.setting.weather in _CLOSED
    rows = np.arange(picture.shape[0], dtype=np.float32)[:, None] * 2
    columns = np.arange(picture.shape[1], dtype=np.float32)[None, :] * 2
    down, across = (rows - view.y(painter.sun[1])) / view.unit, (columns - view.x(painter.sun[0])) / view.unit
    # At low sun the light spreads along the horizon.
    low = 1.0 if tones.setting.hour in {Hour.NOON, Hour.NIGHT} else 1.5
    away = np.sqrt((across / low) ** 2 + down**2)
    share = 0.50 * np.exp(-away / 0.30) + 0.26 * np.exp(-((away / 0.13) ** 2))
    share *= 0.35 if closed else 1.0
    colour = mix(painter.palette.horizon, (255, 250, 235), 0.45)
    if tones.night:
        colour = mix(painter.palette.horizon, (225, 232, 255), 0.35)
    picture += (np.asarray(colour, np.float32) - picture) * share[..., None]


def _add_sun(painter: Painter, sheet: Sheet) -> None:
    view = painter.view
    x, y = view.x(painter.sun[0]), view.y(painter.sun[1])
    radius = view.unit * (0.062 if painter.tones.setting.hour is Hour.NOON else 0.088)
    colour = mix(painter.palette.horizon, (255, 252, 232), 0.72)
    pale = painter.tones.setting.weather in {Weather.FOG, Weather.SNOW, Weather.CLOUD}
    sheet.glow(x, y, radius * 2.6, colour, strength=0.25 if pale else 0.5)
    sheet.ellipse(x, y, radius, radius, colour, opacity=0.55 if pale else 1.0)


def _add_moon(painter: Painter, sheet: Sheet) -> None:
    view, rng = painter.view, painter.rng
    x, y = view.x(painter.sun[0]), view.y(painter.sun[1])
    radius = view.unit * 0.075
    light = mix((246, 244, 232), painter.palette.horizon, 0.10)
    dark = mix(light, painter.palette.sky, 0.22)
    sheet.glow(x, y, radius * 3.4, light, strength=0.34)
    sheet.ellipse(x, y, radius, radius, light)
    for _ in range(7):
        angle, away = rng.uniform(0, 2 * np.pi), radius * rng.uniform(0.1, 0.68)
        size = radius * rng.uniform(0.07, 0.2)
        sheet.ellipse(
            x + np.cos(angle) * away, y + np.sin(angle) * away, size, size * 0.92, dark, opacity=0.55
        )


def _add_stars(painter: Painter, sheet: Sheet, horizon: float) -> None:
    """Add stars: many faint ones, a few bright ones with a halo; fewer towards the horizon."""
    view, rng = painter.view, painter.rng
    height, width = view.shape
    unit = view.unit / 720
    few = 0.45 if painter.tones.setting.weather is Weather.CLOUD else 1.0
    count = int(260 * few * (width * height) / (view.unit * view.unit * 2))
    ys = view.y(horizon) * rng.random(count) ** 1.25
    xs = rng.random(count) * width
    for x, y in zip(xs, ys, strict=True):
        fade = 1.0 - 0.75 * float(y / view.y(horizon))
        size = float(0.55 + rng.random() ** 4 * 1.5) * max(unit, 0.55)
        tone = mix((255, 255, 255), (255, 226, 190) if rng.random() < 0.3 else (190, 214, 255), 0.6)
        sheet.ellipse(x, y, size, size, tone, opacity=fade * float(rng.uniform(0.45, 1.0)))
    for _ in range(max(3, count // 45)):
        x, y = rng.random() * width, rng.random() * view.y(horizon) * 0.7
        sheet.glow(x, y, 9 * unit + 1, (226, 236, 255), strength=0.4)
        sheet.ellipse(x, y, 1.7 * unit, 1.7 * unit, (255, 255, 255))


def _add_clouds(painter: Painter, horizon: float) -> None:
    weather = painter.tones.setting.weather
    if weather is Weather.CLEAR:
        _add_wisps(painter, horizon, strength=0.34)
        _add_puffs(painter, horizon, rows=1, number=3.2)
    elif weather is Weather.CLOUD:
        _add_wisps(painter, horizon, strength=0.45)
        _add_puffs(painter, horizon, rows=2, number=5.5)
    elif weather in {Weather.RAIN, Weather.STORM}:
        _add_overcast(painter, horizon, heavy=weather is Weather.STORM)
        _add_puffs(painter, horizon, rows=2, number=5.0)
    elif weather is Weather.SNOW:
        _add_wisps(painter, horizon, strength=0.55)
        _add_puffs(painter, horizon, rows=1, number=4.0)
    else:
        _add_wisps(painter, horizon, strength=0.5)


def cloud_colours(painter: Painter) -> tuple[Colour, Colour]:
    """Return the lit top and the shaded foot of a cloud."""
    palette, setting = painter.palette, painter.tones.setting
    if setting.weather in {Weather.RAIN, Weather.STORM}:
        return mix(palette.sky, palette.horizon, 0.52), mix(palette.zenith, palette.near, 0.25)
    top = {
        Hour.NOON: mix(palette.horizon, (255, 255, 255), 0.80),
        Hour.DAWN: mix(palette.horizon, (255, 255, 255), 0.35),
        Hour.DUSK: shade(blend(palette.horizon, palette.sky, 0.38), light=0.02),
        Hour.NIGHT: mix(palette.sky, palette.horizon, 0.60),
    }[setting.hour]
    foot = {
        Hour.NOON: mix(palette.horizon, palette.sky, 0.38),
        Hour.DAWN: mix(palette.sky, palette.horizon, 0.30),
        Hour.DUSK: blend(palette.sky, palette.zenith, 0.25),
        Hour.NIGHT: mix(palette.sky, palette.zenith, 0.25),
    }[setting.hour]
    return top, foot


def _add_puffs(painter: Painter, horizon: float, *, rows: int, number: float) -> None:
    """Add heaped clouds with flat feet, far and small near the horizon, near and large above."""
    for row in range(rows):
        sheet = painter.sheet()
        near = (row + 1) / rows
        count = round(number * (1.4 - 0.5 * near) * painter.view.shape[1] / painter.view.unit / 2)
        low, high = (0.10, 0.42) if row == rows - 1 else (0.40, 0.68)
        for index in range(max(2, count)):
            x = (index + painter.rng.uniform(0.15, 0.85)) / max(2, count) * painter.view.shape[1]
            y = painter.view.y(horizon * float(painter.rng.uniform(low, high)))
            size = painter.view.unit * float(painter.rng.uniform(0.16, 0.34)) * (0.45 + 0.55 * near)
            draw_cloud(painter, sheet, x, y, size)
        painter.add(sheet, 0.06 + 0.06 * row, drift=0.004 + 0.004 * row)


def draw_cloud(
    painter: Painter, sheet: Sheet, x: float, y: float, size: float, *, opacity: float = 0.92
) -> None:
    """Draw one heaped cloud, ``size`` px wide, its foot at ``y``; it wraps round the layer's edges."""
    rng = painter.rng
    top, foot = cloud_colours(painter)
    height = size * 0.62
    shape = (int(height * 1.15) + 4, int(size * 1.25) + 4)
    mask = np.zeros(shape, np.uint8)
    base, middle = shape[0] - 3, shape[1] / 2
    heaps = int(rng.integers(4, 7))
    for index in range(heaps):
        place = (index + 0.5) / heaps * 2 - 1
        radius = size * (0.105 + 0.125 * (1 - abs(place)) * float(rng.uniform(0.75, 1.25)))
        centre = (round((middle + place * size * 0.40) * 16), round((base - radius * 0.80) * 16))
        cv2.circle(mask, centre, round(radius * 16), (255,), -1, cv2.LINE_AA, 4)
    mask[base:] = 0
    left, right = middle - size * 0.46, middle + size * 0.46
    radius = size * 0.055
    bar = Sheet.__new__(Sheet)
    bar.view, bar.pixels = painter.view, np.zeros((*shape, 4), np.uint8)
    bar.rounded(left, base - radius * 2, right, base, (255, 255, 255), radius=radius)
    mask = np.maximum(mask, bar.pixels[..., 3])
    cover = mask.astype(np.float32) / 255.0 * opacity
    down = np.linspace(0, 1, shape[0], dtype=np.float32)
    # The foot thins out, so that the cloud sits in the air.
    cover *= np.interp(down, [0.0, 0.62, 1.0], [1.0, 1.0, 0.55]).astype(np.float32)[:, None]
    shade_ = gradient(((0.0, top), (0.45, mix(top, foot, 0.25)), (1.0, foot)), down)
    colours = np.repeat(shade_[:, None, :], shape[1], axis=1)
    colours += dither(shape)[..., None]
    picture = np.empty((*shape, 4), np.uint8)
    picture[..., :3] = np.clip(colours, 0, 255) * cover[..., None]
    picture[..., 3] = cover * 255
    width = painter.view.shape[1]
    for wrap in (-width, 0, width):
        sheet.put(picture, x - shape[1] / 2 + wrap, y - shape[0])


def _add_wisps(painter: Painter, horizon: float, *, strength: float) -> None:
    """Add thin drawn-out clouds from stretched noise."""
    view = painter.view
    shape = (view.shape[0] // 3, view.shape[1] // 3)
    across = view.shape[1] / view.unit
    field = fractal_field(painter.rng, shape, cells=(9 * view.height / view.unit, 2.2 * across), octaves=4)
    rows = (np.arange(shape[0], dtype=np.float32) * 3 - view.margin_y) / view.height
    band = np.interp(rows, [0.0, 0.25 * horizon, 0.8 * horizon, horizon], [0.25, 0.8, 1.0, 0.0])
    cover = np.clip((field - 0.52) / 0.30, 0, 1) ** 1.3 * band[:, None].astype(np.float32) * strength
    cover = enlarged(cover, view.shape, tiles=True)
    top, foot = cloud_colours(painter)
    painter.add_picture(painter.fill(mix(top, foot, 0.2), cover), 0.04, drift=0.003)


def _add_overcast(painter: Painter, horizon: float, *, heavy: bool) -> None:
    """Add a closed ceiling of heavy clouds, dark above and lighter towards the horizon."""
    view = painter.view
    shape = (view.shape[0] // 3, view.shape[1] // 3)
    across = view.shape[1] / view.unit
    field = fractal_field(painter.rng, shape, cells=(4.0 * view.height / view.unit, 2.6 * across), octaves=5)
    rows = (np.arange(shape[0], dtype=np.float32) * 3 - view.margin_y) / view.height
    band = np.interp(rows, [0.0, 0.55 * horizon, 0.95 * horizon], [1.0, 0.75, 0.0]).astype(np.float32)
    cover = np.clip((field - 0.30) / 0.36, 0, 1) * band[:, None] * (0.88 if heavy else 0.68)
    cover = enlarged(cover, view.shape, tiles=True)
    palette = painter.palette
    painter.add_picture(painter.fill(mix(palette.zenith, palette.near, 0.35), cover), 0.03, drift=0.005)


def paint_aurora(painter: Painter, horizon: float) -> None:
    """Add northern lights: curtains that hang from two waving lines."""
    view, rng = painter.view, painter.rng
    shape = (view.shape[0] // 3, view.shape[1] // 3)
    columns = np.arange(shape[1], dtype=np.float32) / shape[1]
    rows = (np.arange(shape[0], dtype=np.float32) * 3 - view.margin_y) / view.height
    total = np.zeros(shape, np.float32)
    for _ in range(3):
        phase = rng.uniform(0, 2 * np.pi, 3)
        foot = horizon * (0.55 + 0.15 * rng.random()) + 0.06 * np.sin(columns * 9 + phase[0])
        foot += 0.03 * np.sin(columns * 21 + phase[1])
        rays = 0.55 + 0.45 * np.sin(columns * 60 + 5 * np.sin(columns * 13 + phase[2]))
        above = foot[None, :] - rows[:, None]
        curtain = np.where(above > 0, np.exp(-above / 0.17), np.exp(above / 0.012))
        total += curtain.astype(np.float32) * (0.35 + 0.65 * rays[None, :].astype(np.float32)) * 0.34
    cover = enlarged(np.clip(total, 0, 0.8), view.shape)
    painter.add_picture(painter.fill(mix((96, 236, 180), painter.palette.horizon, 0.25), cover), 0.03)
