"""The look: a colour grade for each style and mood, given to drawings once, before anything moves.

Grading the sources costs nothing per frame; a blend of graded pictures differs from a graded blend by less
than an eye can tell, since the curves are gentle.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import cv2
import numpy as np

from engine.contract.errors import InvalidOption
from engine.contract.storyboard import Mood
from engine.media import UInt8Array

#: Weights of red, green and blue in brightness (ITU-R BT.709).
LUMA = np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a style does to the pictures of a mood."""

    #: 1 leaves colours as they are, 0 takes them away.
    saturation: float
    #: Strength of an S-shaped curve, 0 to about 0.4.
    contrast: float
    #: What black becomes, an sRGB colour.
    shadows: tuple[int, int, int]
    #: What white becomes, an sRGB colour.
    lights: tuple[int, int, int]
    #: Darkness of the corners, 0 to 1.
    vignette: float
    #: Strength of the grain, as a fraction of the brightness.
    grain: float


@cache
def _table() -> dict[str, dict[str, Look]]:
    raw = json.loads((files("engine.compositing") / "grades.json").read_text(encoding="utf-8"))
    return {
        style: {
            mood: Look(**{**values, "shadows": tuple(values["shadows"]), "lights": tuple(values["lights"])})
            for mood, values in moods.items()
        }
        for style, moods in raw.items()
    }


def style_names() -> tuple[str, ...]:
    """Return the names of all styles that a clip may ask for."""
    return tuple(_table())


def look_for(style: str, mood: Mood) -> Look:
    """Return the look of ``style`` in ``mood``; an unknown style raises InvalidOption."""
    styles = _table()
    if style not in styles:
        raise InvalidOption(f"There is no style {style!r}. Styles: {', '.join(styles)}.")
    return styles[style][mood.value]


class Grader:
    """Applies a look to drawings: a saturation matrix, then a curve for each channel."""

    def __init__(self, look: Look) -> None:
        keep = look.saturation
        self._matrix = (keep * np.eye(3) + (1.0 - keep) * np.tile(LUMA, (3, 1))).astype(np.float32)
        ramp = np.linspace(0.0, 1.0, 256)
        curve = ramp + look.contrast * (ramp * ramp * (3.0 - 2.0 * ramp) - ramp)
        low, high = np.asarray(look.shadows, dtype=np.float64), np.asarray(look.lights, dtype=np.float64)
        levels = low + curve[:, None] * (high - low)
        self._curves = np.rint(np.clip(levels, 0.0, 255.0)).astype(np.uint8)[None]

    def __call__(self, picture: UInt8Array) -> UInt8Array:
        """Return ``picture``, uint8 [H,W,3] or [H,W,4] with straight alpha, graded; alpha stays."""
        if picture.shape[2] == 3:
            graded = cv2.LUT(cv2.transform(picture, self._matrix), self._curves)
            return np.asarray(graded, dtype=np.uint8)
        colour = cv2.cvtColor(picture, cv2.COLOR_RGBA2RGB)
        graded = cv2.LUT(cv2.transform(colour, self._matrix), self._curves)
        whole = np.asarray(cv2.cvtColor(graded, cv2.COLOR_RGB2RGBA), dtype=np.uint8)
        cv2.insertChannel(cv2.extractChannel(picture, 3), whole, 3)
        return whole
