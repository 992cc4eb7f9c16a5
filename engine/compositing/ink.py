"""The colours of words over a scene: light on a dark ground or dark on a light one, as costs less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.compositing.boxes import Box
from engine.compositing.finish import LUMA
from engine.compositing.shade import DARK_ENOUGH, brightness_in, contrast, darker, luminance
from engine.media import UInt8Array
from engine.scenery import Colour, Palette

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
#: Grey level (sRGB) at which dark words (luminance 0.02 at most) have a contrast of 4.5, with a reserve.
LIGHT_ENOUGH = 148.0
#: Dark words are taken only on what is light already, and when they need so much less of a veil.
_MOST_FOG = 0.30
_PREFERENCE = 0.12
#: Contrast of what is large and bold, such as the line under a headline (WCAG 2.2, criterion 1.4.11).
_LARGE_CONTRAST = 3.0
#: What lies behind dark words on the whole; single dark spots may be darker.
_LIGHT_GROUND: Colour = (175, 175, 175)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """Colours that go together over one scene."""

    words: Colour
    #: Soft glow around the letters, the opposite of the words.
    glow: Colour
    accent: Colour
    #: Colour of the veil behind the words.
    ground: Colour


def light_ink(palette: Palette) -> Ink:
    """Return white words over a ground in the deep of the sky."""
    return Ink(words=WHITE, glow=BLACK, accent=palette.accent, ground=darker(palette.zenith, 0.42))


def dark_ink(palette: Palette) -> Ink:
    """Return words in the darkest colour of the scene over its lightest."""
    words = palette.near
    while luminance(words) > 0.02:
        words = darker(words, 0.85)
    ground = _mixed(palette.horizon, WHITE, 0.55)
    return Ink(words=words, glow=WHITE, accent=_deepened(palette.accent), ground=ground)


def _deepened(colour: Colour) -> Colour:
    """Return ``colour`` fuller, then darker until it shows on a light ground; darkening alone makes mud."""
    top = max(colour)
    red, green, blue = (max(0, round(top - (top - channel) * 1.7)) for channel in colour)
    deep: Colour = (red, green, blue)
    while contrast(deep, _LIGHT_GROUND) < _LARGE_CONTRAST:
        deep = darker(deep, 0.92)
    return deep


def _mixed(first: Colour, second: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(first, second, strict=True))
    return red, green, blue


def choose_ink(pictures: Sequence[UInt8Array], box: Box | None, palette: Palette) -> Ink:
    """Return the ink that needs the weaker veil for words in ``box`` over all of ``pictures``."""
    light, dark = light_ink(palette), dark_ink(palette)
    if box is None:
        return light
    fog = veil_strength(pictures, box, dark)
    better = fog <= _MOST_FOG and fog + _PREFERENCE < veil_strength(pictures, box, light)
    return dark if better else light


def veil_strength(pictures: Sequence[UInt8Array], box: Box, ink: Ink) -> float:
    """Return how strong (0 to 0.9) a veil must be so that words in ``ink`` can be read in ``box``.

    ``pictures`` are as they are seen in the end, vignette included: it helps light words and hurts dark ones.
    """
    ground = float(np.asarray(ink.ground, dtype=np.float32) @ LUMA)
    if ink.words == WHITE:
        worst = max(brightness_in(picture, box, 99.0) for picture in pictures)
        missing, room = worst - DARK_ENOUGH, worst - ground
    else:
        worst = min(brightness_in(picture, box, 2.0) for picture in pictures)
        missing, room = LIGHT_ENOUGH - worst, ground - worst
    if missing <= 0.0 or room <= 1.0:
        return 0.0
    return min(0.9, missing / room)
