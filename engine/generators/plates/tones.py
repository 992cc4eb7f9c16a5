"""What things are made of, in the light of the hour."""

from __future__ import annotations

from dataclasses import dataclass

from engine.contract.storyboard import Hour, Place, Setting, Weather
from engine.oklab import Lch, blend, colour_of, lch_of, mix
from engine.scenery import Colour, Palette

#: Colours by noon light, in OKLCh.
MATERIALS: dict[str, Lch] = {
    "grass": Lch(0.72, 0.150, 134),
    "meadow": Lch(0.77, 0.150, 126),
    "moss": Lch(0.56, 0.110, 142),
    "leaf": Lch(0.62, 0.140, 143),
    "leaf_warm": Lch(0.70, 0.150, 118),
    "pine": Lch(0.47, 0.090, 160),
    "bark": Lch(0.44, 0.060, 48),
    "wood": Lch(0.62, 0.085, 58),
    "wood_dark": Lch(0.44, 0.070, 45),
    "earth": Lch(0.58, 0.075, 60),
    "path": Lch(0.80, 0.060, 80),
    "wheat": Lch(0.83, 0.130, 88),
    "sand": Lch(0.87, 0.075, 82),
    "dune": Lch(0.80, 0.115, 68),
    "dune_shadow": Lch(0.62, 0.120, 48),
    "rock": Lch(0.60, 0.035, 265),
    "rock_light": Lch(0.76, 0.030, 250),
    "snow": Lch(0.97, 0.012, 235),
    "snow_shadow": Lch(0.82, 0.045, 250),
    "ice": Lch(0.88, 0.050, 215),
    "water": Lch(0.66, 0.115, 228),
    "water_deep": Lch(0.50, 0.115, 245),
    "foam": Lch(0.96, 0.020, 210),
    "pavement": Lch(0.80, 0.020, 260),
    "asphalt": Lch(0.47, 0.020, 275),
    "concrete": Lch(0.72, 0.018, 240),
    "steel": Lch(0.66, 0.030, 240),
    "brick": Lch(0.60, 0.120, 35),
    "tile": Lch(0.62, 0.140, 36),
    "plaster": Lch(0.93, 0.030, 85),
    "plaster_blue": Lch(0.80, 0.060, 230),
    "plaster_rose": Lch(0.82, 0.075, 22),
    "plaster_mint": Lch(0.84, 0.065, 165),
    "plaster_sun": Lch(0.87, 0.105, 85),
    "plaster_lilac": Lch(0.78, 0.065, 300),
    "glass": Lch(0.70, 0.070, 232),
    "white": Lch(0.97, 0.004, 240),
    "red": Lch(0.58, 0.190, 27),
    "blue": Lch(0.56, 0.130, 252),
    "green": Lch(0.60, 0.130, 150),
    "yellow": Lch(0.86, 0.150, 92),
    "orange": Lch(0.72, 0.160, 55),
    "pink": Lch(0.76, 0.130, 355),
    "violet": Lch(0.58, 0.130, 300),
    "jade": Lch(0.56, 0.085, 175),
    "gold": Lch(0.80, 0.130, 85),
    "slate": Lch(0.42, 0.035, 255),
    "dark": Lch(0.28, 0.025, 265),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Light:
    """How an hour lights a material."""

    #: Lightness of black and of white in this light.
    black: float
    white: float
    #: Factor of the chroma.
    chroma: float
    #: How far every colour goes towards the light's own colour.
    cast: float


_LIGHTS: dict[Hour, _Light] = {
    Hour.DAWN: _Light(black=0.20, white=0.88, chroma=0.85, cast=0.30),
    Hour.NOON: _Light(black=0.06, white=1.0, chroma=1.0, cast=0.05),
    Hour.DUSK: _Light(black=0.14, white=0.70, chroma=0.80, cast=0.42),
    Hour.NIGHT: _Light(black=0.13, white=0.56, chroma=0.52, cast=0.50),
}

#: Rooms have lamps: their evening is warm and never so dark.
_ROOM_LIGHTS: dict[Hour, _Light] = {
    Hour.DAWN: _Light(black=0.12, white=0.95, chroma=0.95, cast=0.15),
    Hour.NOON: _Light(black=0.08, white=1.0, chroma=1.0, cast=0.06),
    Hour.DUSK: _Light(black=0.10, white=0.82, chroma=0.95, cast=0.25),
    Hour.NIGHT: _Light(black=0.09, white=0.64, chroma=0.85, cast=0.36),
}

#: Chroma of a clear sky in a calm mood, by hour (see engine.palette).
_CLEAR_CHROMA = {Hour.DAWN: 0.095, Hour.NOON: 0.110, Hour.DUSK: 0.145, Hour.NIGHT: 0.105}

#: Places with walls, where no weather comes in.
INDOORS = frozenset(
    {Place.ROOM, Place.STAGE, Place.LABORATORY, Place.HOSPITAL, Place.CLASSROOM, Place.KITCHEN, Place.COURT}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tones:
    """Colours of one plate."""

    palette: Palette
    setting: Setting

    @property
    def indoors(self) -> bool:
        """Whether the place has walls."""
        return self.setting.place in INDOORS

    @property
    def dark(self) -> bool:
        """Whether lamps are lit."""
        return self.setting.hour in {Hour.DUSK, Hour.NIGHT} or self.wet

    @property
    def night(self) -> bool:
        """Whether it is night."""
        return self.setting.hour is Hour.NIGHT

    @property
    def snowy(self) -> bool:
        """Whether snow lies."""
        return self.setting.weather is Weather.SNOW and not self.indoors

    @property
    def wet(self) -> bool:
        """Whether the ground is wet with rain."""
        return self.setting.weather in {Weather.RAIN, Weather.STORM} and not self.indoors

    @property
    def haze(self) -> Colour:
        """Colour of the air far away."""
        share = {Hour.DUSK: 0.42, Hour.DAWN: 0.34, Hour.NIGHT: 0.30}.get(self.setting.hour, 0.28)
        return blend(self.palette.horizon, self.palette.sky, share)

    @property
    def lamp(self) -> Colour:
        """Colour of lit windows and lamps."""
        return mix((255, 214, 130), self.palette.horizon, 0.12)

    def of(self, material: str, *, light: float = 0.0, lit: float = 0.0) -> Colour:
        """Return a material's colour in the hour's light.

        Args:
            material: Key of ``MATERIALS``.
            light: Lightness added before the light falls on it, about -0.3..0.3.
            lit: How far a lamp or the sun lights it besides, 0 to 1.
        """
        base = MATERIALS[material]
        law = (_ROOM_LIGHTS if self.indoors else _LIGHTS)[self.setting.hour]
        level = min(max(base.light + light, 0.0), 1.0)
        gloom = {Weather.STORM: 0.72, Weather.RAIN: 0.86}.get(self.setting.weather, 1.0)
        gloom = 1.0 if self.indoors else gloom
        level = (law.black + (law.white - law.black) * level) * gloom
        if self.night and material.startswith("snow"):
            # Snow throws the moon's light back: it is what shines in a winter night.
            level += 0.10
        own = colour_of(Lch(level, base.chroma * law.chroma * self._vividness(), base.hue))
        cast = {
            Hour.NIGHT: self.palette.sky,
            Hour.DUSK: mix(self.palette.sky, self.palette.far, 0.5),
        }.get(self.setting.hour, mix(self.palette.horizon, self.palette.far, 0.6))
        tone = lch_of(cast)
        tinted = self._cast(own, colour_of(Lch(level, tone.chroma, tone.hue)), law.cast)
        return mix(tinted, self.lamp, lit) if lit else tinted

    def aerial(self, colour: Colour, distance: float) -> Colour:
        """Return ``colour`` seen through air: 0 is at hand, 1 is lost in the haze."""
        veil = {Weather.FOG: 0.34, Weather.SNOW: 0.16, Weather.RAIN: 0.18, Weather.STORM: 0.10}
        extra = veil.get(self.setting.weather, 0.0)
        return blend(colour, self.haze, min(distance + extra * (1 - distance), 1.0))

    def pane(self, material: str, distance: float) -> Colour:
        """Return the colour of a window at a distance: lit when it is dark, else of ``material``."""
        if self.dark:
            # A lamp pales in the haze but keeps its hue, where a blend would turn it green.
            return mix(self.lamp, self.haze, min(distance, 0.8))
        return self.aerial(self.of(material), distance)

    def ridge(self, distance: float) -> Colour:
        """Return the colour of a hill: ``near`` at hand (0) to ``far`` (0.6) to the horizon (1)."""
        palette = self.palette
        if distance < 0.6:
            return self.aerial(blend(palette.near, palette.far, distance / 0.6), distance * 0.2)
        return blend(palette.far, self.haze, (distance - 0.6) * 2.0 + 0.1)

    def ground(self, material: str, *, light: float = 0.0) -> Colour:
        """Return the colour of the ground, which is snow where snow lies."""
        return self.of("snow" if self.snowy else material, light=light)

    def _vividness(self) -> float:
        """Return the factor of chroma that mood and weather leave: what they took from the sky."""
        if self.indoors or self.setting.place in {Place.UNDERWATER, Place.SPACE}:
            return 1.0
        left = lch_of(self.palette.sky).chroma / _CLEAR_CHROMA[self.setting.hour]
        return min(max(0.35 + 0.65 * left, 0.45), 1.12)

    def _cast(self, own: Colour, light: Colour, amount: float) -> Colour:
        """Return ``own`` in coloured light.

        In red light greens turn through blue, never through mustard; at night warm colours lose their colour,
        as to the eye they do (the Purkinje shift).
        """
        start, end = lch_of(own), lch_of(light)
        up = (end.hue - start.hue) % 360
        green = 100 < start.hue < 230
        if self.night and not green:
            return mix(own, light, amount)
        if not green or self.indoors or self.setting.hour is not Hour.DUSK:
            return blend(own, light, amount)
        level = start.light + (end.light - start.light) * amount
        chroma = start.chroma + (end.chroma - start.chroma) * amount
        return colour_of(Lch(level, chroma * 0.62, start.hue + up * amount * 1.65))
