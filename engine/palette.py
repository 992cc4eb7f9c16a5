"""Six colours for a scene, from its mood, hour, weather and place.

All mixing happens in OKLab, where equal steps look equal (Björn Ottosson, "A perceptual color space for image
processing", 2020, https://bottosson.github.io/posts/oklab/); the two matrices below are his.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.contract.storyboard import Hour, Mood, Place, Weather
from engine.media import Float32Array
from engine.scenery import Colour, Palette

_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_LMS_BACK = np.linalg.inv(_LMS)
_LAB_BACK = np.linalg.inv(_LAB)

#: Least contrast of the accent on ``near`` (WCAG 2.2, 1.4.3, for running text).
ACCENT_CONTRAST = 4.5


@dataclass(frozen=True, slots=True)
class Lch:
    """A colour in OKLCh."""

    #: Lightness, 0 (black) to 1 (white).
    light: float
    #: Chroma, 0 (grey) to about 0.32.
    chroma: float
    #: Hue angle, in degrees: red 29, yellow 110, green 142, blue 264.
    hue: float


@dataclass(frozen=True, slots=True)
class _Sky:
    """The colours of an hour before mood, weather and place had their say."""

    zenith: Lch
    sky: Lch
    horizon: Lch
    far: Lch
    near: Lch
    #: How far the place's own hue shows in ``far`` and ``near``, 0 to 1.
    local: float


@dataclass(frozen=True, slots=True)
class _Turn:
    """What a mood or a weather does to a colour."""

    #: Factor of the lightness.
    light: float = 1.0
    #: Factor of the chroma.
    chroma: float = 1.0
    #: Turn of the hue, in degrees.
    hue: float = 0.0
    #: Hue that the colour is drawn towards, in degrees, and how far, 0 to 1.
    towards: float = 0.0
    pull: float = 0.0


_HOURS: dict[Hour, _Sky] = {
    Hour.DAWN: _Sky(
        Lch(0.53, 0.105, 276), Lch(0.73, 0.095, 330), Lch(0.91, 0.085, 72), Lch(0.66, 0.075, 325),
        Lch(0.29, 0.060, 295), 0.55,
    ),
    Hour.NOON: _Sky(
        Lch(0.58, 0.140, 252), Lch(0.75, 0.110, 236), Lch(0.93, 0.045, 214), Lch(0.70, 0.070, 235),
        Lch(0.33, 0.060, 240), 1.0,
    ),
    Hour.DUSK: _Sky(
        Lch(0.31, 0.115, 278), Lch(0.53, 0.145, 335), Lch(0.85, 0.125, 68), Lch(0.49, 0.105, 340),
        Lch(0.23, 0.065, 292), 0.32,
    ),
    Hour.NIGHT: _Sky(
        Lch(0.19, 0.075, 276), Lch(0.31, 0.105, 270), Lch(0.48, 0.110, 262), Lch(0.36, 0.085, 266),
        Lch(0.20, 0.055, 274), 0.30,
    ),
}  # fmt: skip

_MOODS: dict[Mood, _Turn] = {
    Mood.CALM: _Turn(),
    Mood.HAPPY: _Turn(light=1.03, chroma=1.14, hue=-8),
    Mood.SAD: _Turn(light=0.92, chroma=0.58, towards=255, pull=0.35),
    Mood.TENSE: _Turn(light=0.90, chroma=1.05, hue=-22),
    Mood.EPIC: _Turn(light=0.95, chroma=1.22, hue=10),
    Mood.PLAYFUL: _Turn(light=1.04, chroma=1.18, hue=20),
    Mood.MYSTERIOUS: _Turn(light=0.86, chroma=1.05, hue=30),
}

_WEATHERS: dict[Weather, _Turn] = {
    Weather.CLEAR: _Turn(),
    Weather.CLOUD: _Turn(light=0.97, chroma=0.72, towards=250, pull=0.15),
    Weather.RAIN: _Turn(light=0.86, chroma=0.52, towards=248, pull=0.45),
    Weather.SNOW: _Turn(light=1.0, chroma=0.55, towards=255, pull=0.4),
    Weather.FOG: _Turn(light=1.0, chroma=0.42, towards=240, pull=0.3),
    Weather.STORM: _Turn(light=0.70, chroma=0.62, towards=278, pull=0.5),
}

#: Hue of the land and how colourful it is; where a place is missing the hour's own hue stays.
_LANDS: dict[Place, Lch] = {
    Place.CITY: Lch(0, 0.055, 262),
    Place.VILLAGE: Lch(0, 0.080, 155),
    Place.FOREST: Lch(0, 0.080, 162),
    Place.MOUNTAINS: Lch(0, 0.070, 225),
    Place.DESERT: Lch(0, 0.090, 42),
    Place.SEA: Lch(0, 0.090, 236),
    Place.COAST: Lch(0, 0.080, 220),
    Place.POLAR: Lch(0, 0.065, 238),
    Place.FIELD: Lch(0, 0.085, 150),
    Place.RIVER: Lch(0, 0.080, 158),
    Place.STREET: Lch(0, 0.050, 290),
    Place.STADIUM: Lch(0, 0.080, 155),
    Place.FACTORY: Lch(0, 0.045, 250),
    Place.TEMPLE: Lch(0, 0.075, 28),
    Place.SKY: Lch(0, 0.090, 255),
}

#: Walls and furniture of the rooms: they replace the sky.
_ROOMS: dict[Place, _Sky] = {
    Place.ROOM: _Sky(
        Lch(0.72, 0.050, 62), Lch(0.82, 0.048, 70), Lch(0.93, 0.040, 82), Lch(0.58, 0.085, 45),
        Lch(0.31, 0.060, 35), 0,
    ),
    Place.STAGE: _Sky(
        Lch(0.16, 0.055, 345), Lch(0.27, 0.100, 350), Lch(0.58, 0.150, 15), Lch(0.40, 0.150, 22),
        Lch(0.17, 0.055, 350), 0,
    ),
    Place.LABORATORY: _Sky(
        Lch(0.74, 0.045, 220), Lch(0.86, 0.035, 212), Lch(0.95, 0.022, 205), Lch(0.62, 0.075, 228),
        Lch(0.32, 0.070, 240), 0,
    ),
    Place.HOSPITAL: _Sky(
        Lch(0.78, 0.050, 190), Lch(0.88, 0.040, 188), Lch(0.96, 0.020, 180), Lch(0.66, 0.080, 195),
        Lch(0.33, 0.065, 212), 0,
    ),
    Place.CLASSROOM: _Sky(
        Lch(0.76, 0.070, 85), Lch(0.87, 0.062, 88), Lch(0.95, 0.045, 92), Lch(0.60, 0.090, 62),
        Lch(0.32, 0.065, 158), 0,
    ),
    Place.KITCHEN: _Sky(
        Lch(0.75, 0.055, 165), Lch(0.86, 0.045, 160), Lch(0.95, 0.030, 110), Lch(0.62, 0.090, 175),
        Lch(0.31, 0.060, 190), 0,
    ),
    Place.COURT: _Sky(
        Lch(0.44, 0.070, 45), Lch(0.56, 0.080, 55), Lch(0.80, 0.080, 78), Lch(0.46, 0.090, 42),
        Lch(0.24, 0.055, 32), 0,
    ),
    Place.UNDERWATER: _Sky(
        Lch(0.30, 0.090, 245), Lch(0.55, 0.115, 222), Lch(0.86, 0.095, 196), Lch(0.45, 0.100, 228),
        Lch(0.22, 0.065, 250), 0,
    ),
    Place.SPACE: _Sky(
        Lch(0.11, 0.040, 285), Lch(0.22, 0.100, 288), Lch(0.48, 0.170, 318), Lch(0.36, 0.130, 300),
        Lch(0.14, 0.050, 282), 0,
    ),
}  # fmt: skip

#: What the hour does to the colours of a room; the light there comes from lamps and windows.
_ROOM_HOURS: dict[Hour, _Turn] = {
    Hour.DAWN: _Turn(light=0.93, chroma=1.05, towards=50, pull=0.15),
    Hour.NOON: _Turn(),
    Hour.DUSK: _Turn(light=0.76, chroma=1.25, towards=40, pull=0.25),
    Hour.NIGHT: _Turn(light=0.54, chroma=1.15, towards=275, pull=0.35),
}


def to_oklab(colours: ArrayLike) -> NDArray[np.float64]:
    """Turn sRGB colours [...,3] of 0..255 into OKLab [...,3] (L 0..1, a and b about -0.4..0.4)."""
    srgb = np.asarray(colours, dtype=np.float64) / 255.0
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((np.maximum(srgb, 0.0) + 0.055) / 1.055) ** 2.4)
    result: NDArray[np.float64] = np.cbrt(linear @ _LMS.T) @ _LAB.T
    return result


def from_oklab(lab: ArrayLike) -> NDArray[np.float64]:
    """Turn OKLab [...,3] into sRGB [...,3] of 0..255, not rounded and not clipped."""
    lms: NDArray[np.float64] = (np.asarray(lab, dtype=np.float64) @ _LAB_BACK.T) ** 3
    linear = lms @ _LMS_BACK.T
    positive = np.maximum(linear, 0.0)
    srgb: NDArray[np.float64] = np.where(
        linear <= 0.0031308, linear * 12.92, 1.055 * positive ** (1 / 2.4) - 0.055
    )
    return srgb * 255.0


def colour_of(lch: Lch) -> Colour:
    """Return the sRGB colour; chroma gives way until the colour can be shown."""
    light = min(max(lch.light, 0.0), 1.0)
    low, high = 0.0, max(lch.chroma, 0.0)
    angle = math.radians(lch.hue)
    direction = np.array([math.cos(angle), math.sin(angle)])
    best = from_oklab([light, *(direction * high)])
    if not _shown(best):
        for _ in range(12):
            middle = (low + high) / 2
            best = from_oklab([light, *(direction * middle)])
            low, high = (middle, high) if _shown(best) else (low, middle)
        best = from_oklab([light, *(direction * low)])
    return _rounded(best)


def lch_of(colour: Colour) -> Lch:
    """Return the colour in OKLCh; the hue of a grey is 0."""
    light, a, b = to_oklab(colour)
    chroma = math.hypot(a, b)
    hue = math.degrees(math.atan2(b, a)) % 360 if chroma > 1e-4 else 0.0
    return Lch(float(light), chroma, hue)


def mix(first: Colour, second: Colour, amount: float) -> Colour:
    """Return the colour that lies ``amount`` (0..1) of the way from ``first`` to ``second``."""
    lab = to_oklab(first) * (1.0 - amount) + to_oklab(second) * amount
    return _rounded(from_oklab(lab))


def shade(colour: Colour, *, light: float = 0.0, chroma: float = 1.0, hue: float = 0.0) -> Colour:
    """Return ``colour`` with ``light`` added, chroma multiplied and hue turned (degrees)."""
    lch = lch_of(colour)
    return colour_of(Lch(lch.light + light, lch.chroma * chroma, lch.hue + hue))


def gradient(stops: tuple[tuple[float, Colour], ...], steps: Float32Array) -> Float32Array:
    """Return float32 [N,3] sRGB of 0..255: ``stops`` (place, colour) read at the N places ``steps``."""
    places = np.array([place for place, _ in stops])
    labs = to_oklab([colour for _, colour in stops])
    lab = np.stack([np.interp(steps, places, labs[:, channel]) for channel in range(3)], axis=1)
    return np.clip(from_oklab(lab), 0.0, 255.0).astype(np.float32)


def contrast_ratio(first: Colour, second: Colour) -> float:
    """Return the WCAG 2.2 contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def palette_for(mood: Mood, hour: Hour, weather: Weather, place: Place, *, seed: int) -> Palette:
    """Return the six colours of a scene; the same arguments give the same colours.

    Args:
        mood: Turns hues and chroma.
        hour: Gives the sky, or the light of a room.
        weather: Greys and darkens; a room hardly feels it.
        place: Gives the hue of the land, or the walls of a room.
        seed: Turns all hues together by up to 7 degrees, so that two clips differ a little.
    """
    drift = float(np.random.default_rng(seed).uniform(-7.0, 7.0))
    turns = [_MOODS[mood], _Turn(hue=drift)]
    if place in _ROOMS:
        base = _ROOMS[place]
        turns = [_soften(_MOODS[mood], 0.45), _room_hour(hour, place), _Turn(hue=drift)]
    else:
        base = _on_land(_HOURS[hour], place)
        turns.insert(0, _WEATHERS[weather])
    colours = {name: _turned(getattr(base, name), turns) for name in ("zenith", "sky", "horizon", "far")}
    # Type stands on near, so near stays dark in any light.
    near = _turned(base.near, turns, hues=0.4)
    near = replace(near, light=min(near.light, 0.36))
    return Palette(
        **{name: colour_of(lch) for name, lch in colours.items()},
        near=colour_of(near),
        accent=_accent(near, colours["sky"]),
    )


def _on_land(base: _Sky, place: Place) -> _Sky:
    """Give ``far`` and ``near`` the hue of the land, as much as the hour lets it show."""
    land = _LANDS.get(place)
    if land is None:
        return base
    near = _lab_mix(base.near, replace(land, light=base.near.light), base.local)
    far = _lab_mix(base.far, replace(land, light=base.far.light), base.local**2 * 0.6)
    return replace(base, near=near, far=far)


def _room_hour(hour: Hour, place: Place) -> _Turn:
    """Stage and space make their own light; under water the hour comes through dimmed."""
    if place in {Place.STAGE, Place.SPACE}:
        return _soften(_ROOM_HOURS[hour], 0.15)
    return _soften(_ROOM_HOURS[hour], 0.8) if place is Place.UNDERWATER else _ROOM_HOURS[hour]


def _soften(turn: _Turn, amount: float) -> _Turn:
    """Return ``amount`` (0..1) of a turn."""
    return _Turn(
        light=1 + (turn.light - 1) * amount,
        chroma=1 + (turn.chroma - 1) * amount,
        hue=turn.hue * amount,
        towards=turn.towards,
        pull=turn.pull * amount,
    )


def _turned(colour: Lch, turns: list[_Turn], *, hues: float = 1.0) -> Lch:
    """Apply turns in order; ``hues`` (0..1) says how much of each turn of the hue is taken."""
    for turn in turns:
        colour = _lab_mix(colour, replace(colour, hue=turn.towards), turn.pull)
        # Dark colours have little lightness to lose before they are black.
        factor = 1 + (turn.light - 1) * min(1.0, colour.light / 0.45)
        angle = turn.hue * hues
        if 20 < colour.hue % 360 < 120 and angle > 0:
            # Warm light that turns towards green looks ill; it turns to rose instead.
            angle *= -0.6
        colour = Lch(colour.light * factor, colour.chroma * turn.chroma, colour.hue + angle)
    return replace(colour, light=min(colour.light, 0.97))


def _lab_mix(first: Lch, second: Lch, amount: float) -> Lch:
    """Mix along the straight line: far hues meet in a grey, never in a third hue."""
    if amount == 0.0:
        return first
    points = [
        np.array([c.light, *(c.chroma * np.array([math.cos(r), math.sin(r)]))])
        for c, r in ((first, math.radians(first.hue)), (second, math.radians(second.hue)))
    ]
    light, a, b = points[0] * (1 - amount) + points[1] * amount
    return Lch(float(light), math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def _accent(near: Lch, sky: Lch) -> Colour:
    """Return the complement of land and sky together, light enough to read on ``near``."""
    turn = (sky.hue - near.hue + 180) % 360 - 180
    hue = (near.hue + 0.2 * turn + 180) % 360
    if 98 < hue < 185:
        # Lime and mint look ill beside violet; gold does the same work.
        hue = 92.0
    pink = max(0.0, math.cos(math.radians(hue - 350)))
    accent = Lch(0.87 - 0.08 * pink, 0.145, hue)
    ground = colour_of(near)
    while contrast_ratio(colour_of(accent), ground) < ACCENT_CONTRAST and accent.light < 1.0:
        accent = replace(accent, light=accent.light + 0.01)
    return colour_of(accent)


def _shown(srgb: NDArray[np.float64]) -> bool:
    return bool(srgb.min() >= -0.5 and srgb.max() <= 255.5)


def _rounded(srgb: NDArray[np.float64]) -> Colour:
    red, green, blue = np.clip(np.rint(srgb), 0, 255).astype(int)
    return (int(red), int(green), int(blue))


def _luminance(colour: Colour) -> float:
    srgb = np.asarray(colour, dtype=np.float64) / 255.0
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))
