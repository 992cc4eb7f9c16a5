"""From a setting to a plate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from engine.contract.storyboard import Hour, Place, Setting, Weather
from engine.generators.plates import (
    beyond,
    dry,
    factory,
    homes,
    learning,
    meadows,
    public,
    shores,
    shrine,
    stadium,
    theatre,
    town,
    woods,
)
from engine.generators.plates.painter import Painter
from engine.media import FrameSize
from engine.oklab import mix
from engine.scenery import Colour, Palette, Particles, Plate, PlateLayer

PAINTERS: Mapping[Place, Callable[[Painter], None]] = MappingProxyType(
    {
        Place.CITY: town.paint_city,
        Place.VILLAGE: town.paint_village,
        Place.FOREST: woods.paint_forest,
        Place.MOUNTAINS: meadows.paint_mountains,
        Place.DESERT: dry.paint_desert,
        Place.SEA: shores.paint_sea,
        Place.COAST: shores.paint_coast,
        Place.UNDERWATER: beyond.paint_underwater,
        Place.SKY: dry.paint_open_sky,
        Place.SPACE: beyond.paint_space,
        Place.POLAR: shores.paint_polar,
        Place.FIELD: meadows.paint_field,
        Place.RIVER: meadows.paint_river,
        Place.STREET: town.paint_street,
        Place.ROOM: homes.paint_room,
        Place.STAGE: theatre.paint_stage,
        Place.LABORATORY: learning.paint_laboratory,
        Place.HOSPITAL: public.paint_hospital,
        Place.CLASSROOM: learning.paint_classroom,
        Place.KITCHEN: homes.paint_kitchen,
        Place.STADIUM: stadium.paint_stadium,
        Place.FACTORY: factory.paint_factory,
        Place.COURT: public.paint_court,
        Place.TEMPLE: shrine.paint_temple,
    }
)

#: Places where subjects float: no contact shadow.
_FLOATING = frozenset({Place.UNDERWATER, Place.SKY, Place.SPACE})

#: Where subjects have their feet, as a fraction of the frame's height, if not at ``_GROUND``.
_GROUNDS = {Place.SEA: 0.87, Place.UNDERWATER: 0.74, Place.SKY: 0.74, Place.SPACE: 0.76}
_GROUND = 0.835

#: How strongly the light tints subjects, 0 to 1: by place where that decides, else by hour.
_STRENGTHS = {Place.UNDERWATER: 0.34, Place.SPACE: 0.16, Place.STAGE: 0.14}
_HOUR_STRENGTHS = {Hour.NOON: 0.10, Hour.DAWN: 0.20, Hour.DUSK: 0.28, Hour.NIGHT: 0.34}

_PLACE_PARTICLES = {
    Place.SPACE: Particles.STARS,
    Place.UNDERWATER: Particles.BUBBLES,
    Place.STAGE: Particles.DUST,
    Place.FOREST: Particles.LEAVES,
    Place.FACTORY: Particles.SPARKS,
    Place.DESERT: Particles.DUST,
}
_WEATHER_PARTICLES = {
    Weather.RAIN: Particles.RAIN,
    Weather.STORM: Particles.RAIN,
    Weather.SNOW: Particles.SNOW,
}


def paint_plate(setting: Setting, palette: Palette, size: FrameSize, *, seed: int) -> Plate:
    """Return the background of a scene in layers; the same arguments give the same pixels.

    Args:
        setting: Where and when the scene plays.
        palette: Its six colours.
        size: Frame, in px; layers are 12 % larger on each side across and 8 % down.
        seed: Seed of all chance.
    """
    painter = Painter.of(setting, palette, size, seed=seed)
    PAINTERS[setting.place](painter)
    if setting.weather is Weather.FOG and not painter.tones.indoors:
        for place, depth in ((0.70, 0.55), (0.80, 0.80)):
            painter.layers.insert(
                len(painter.layers) if painter.front is None else painter.front, _fog(painter, place, depth)
            )
            painter.front = None if painter.front is None else painter.front + 1
    return Plate(
        layers=tuple(painter.layers),
        foreground_from=len(painter.layers) if painter.front is None else painter.front,
        ground=_GROUNDS.get(setting.place, _GROUND),
        has_ground=setting.place not in _FLOATING,
        light=_light(painter),
        light_strength=_STRENGTHS.get(setting.place, _HOUR_STRENGTHS[setting.hour]),
        light_side=painter.light_side,
        particles=_particles(painter),
    )


def _light(painter: Painter) -> Colour:
    """Return the colour of the light on subjects: lamps in rooms and on stage, else sun, moon or sky."""
    tones, palette = painter.tones, painter.palette
    if tones.indoors and (tones.dark or tones.setting.place is Place.STAGE):
        return mix(tones.lamp, (255, 240, 220), 0.4)
    return mix(palette.horizon, palette.sky, 0.5 if tones.night else 0.25)


def _fog(painter: Painter, place: float, depth: float) -> PlateLayer:
    """Return a bank of fog."""
    return PlateLayer(picture=painter.mist(place, 0.13, 0.55), depth=depth)


def _particles(painter: Painter) -> Particles:
    setting = painter.tones.setting
    if (
        not painter.tones.indoors
        and setting.weather in _WEATHER_PARTICLES
        and setting.place not in _PLACE_PARTICLES.keys() - {Place.FOREST, Place.FACTORY, Place.DESERT}
    ):
        return _WEATHER_PARTICLES[setting.weather]
    return _PLACE_PARTICLES.get(setting.place, Particles.NONE)
