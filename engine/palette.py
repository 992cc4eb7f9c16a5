"""Six colours for a scene, from its mood, hour, weather and place."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from engine.contract.storyboard import Hour, Mood, Place, Weather
from engine.oklab import Lch, colour_of, contrast_ratio, lab_mix
from engine.scenery import Colour, Palette

#: Least contrast of the accent on ``near`` (WCAG 2.2, 1.4.3, for running text).
ACCENT_CONTRAST = 4.5


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
        # By night there is little colour to lose, and grey nights look dirty.
        turns.insert(0, _soften(_WEATHERS[weather], 0.55 if hour is Hour.NIGHT else 1.0))
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
    near = lab_mix(base.near, replace(land, light=base.near.light), base.local)
    far = lab_mix(base.far, replace(land, light=base.far.light), base.local**2 * 0.6)
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
        colour = lab_mix(colour, replace(colour, hue=turn.towards), turn.pull)
        # Dark colours have little lightness to lose before they are black.
        factor = 1 + (turn.light - 1) * min(1.0, colour.light / 0.45)
        angle = turn.hue * hues
        if 20 < colour.hue % 360 < 120 and angle > 0:
            # Warm light that turns towards green looks ill; it turns to rose instead.
            angle *= -0.6
        colour = Lch(colour.light * factor, colour.chroma * turn.chroma, colour.hue + angle)
    return replace(colour, light=min(colour.light, 0.97))


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
