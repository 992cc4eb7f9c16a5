"""Colours mixed where equal steps look equal.

OKLab is Björn Ottosson's ("A perceptual color space for image processing", 2020,
https://bottosson.github.io/posts/oklab/); the two matrices below are his.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.media import Float32Array
from engine.scenery import Colour

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

_LMS_ROWS, _LAB_ROWS = _LMS.tolist(), _LAB.tolist()

_LMS_BACK_ROWS, _LAB_BACK_ROWS = _LMS_BACK.tolist(), _LAB_BACK.tolist()


@dataclass(frozen=True, slots=True)
class Lch:
    """A colour in OKLCh."""

    #: Lightness, 0 (black) to 1 (white).
    light: float
    #: Chroma, 0 (grey) to about 0.32.
    chroma: float
    #: Hue angle, in degrees: red 29, yellow 110, green 142, blue 264.
    hue: float


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
    start, end = _point(first), _point(second)
    return _colour(*(a + (b - a) * amount for a, b in zip(start, end, strict=True)))


def blend(first: Colour, second: Colour, amount: float) -> Colour:
    """Return a mix of two colours that turns through the hues between them instead of through grey.

    Violet hills in red haze stay violet and rose, as painters have them; ``mix`` would make them brown. Hues
    more than 90 degrees apart go over to ``mix`` bit by bit, or sand in blue air would turn green. A grey has
    no hue to turn from, so the less colourful of the two gives way.
    """
    start, end = lch_of(first), lch_of(second)
    turn = (end.hue - start.hue + 180) % 360 - 180
    straight = min(max((abs(turn) - 90) / 50, 0.0), 1.0)
    if straight >= 1.0:
        return mix(first, second, amount)
    weight = end.chroma * amount / max(1e-6, end.chroma * amount + start.chroma * (1 - amount))
    level = start.light + (end.light - start.light) * amount
    chroma = start.chroma + (end.chroma - start.chroma) * amount
    turned = colour_of(Lch(level, chroma, start.hue + turn * weight))
    return mix(turned, mix(first, second, amount), straight) if straight else turned


def shade(colour: Colour, *, light: float = 0.0, chroma: float = 1.0, hue: float = 0.0) -> Colour:
    """Return ``colour`` with ``light`` added, chroma multiplied and hue turned (degrees)."""
    level, a, b = _point(colour)
    cos, sin = math.cos(math.radians(hue)) * chroma, math.sin(math.radians(hue)) * chroma
    level = min(max(level + light, 0.0), 1.0)
    # Towards black and white there is less room for chroma; clipping single channels would turn the hue.
    room = min(1.0, level / 0.12, (1.0 - level) / 0.05)
    return _colour(level, (a * cos - b * sin) * room, (a * sin + b * cos) * room)


def gradient(stops: tuple[tuple[float, Colour], ...], steps: ArrayLike) -> Float32Array:
    """Return float32 [N,3] sRGB of 0..255: ``stops`` (place, colour) read at the N places ``steps``."""
    at = np.asarray(steps, dtype=np.float64)
    places = np.array([place for place, _ in stops])
    labs = to_oklab([colour for _, colour in stops])
    lab = np.stack([np.interp(at, places, labs[:, channel]) for channel in range(3)], axis=1)
    return np.clip(from_oklab(lab), 0.0, 255.0).astype(np.float32)


def contrast_ratio(first: Colour, second: Colour) -> float:
    """Return the WCAG 2.2 contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lab_mix(first: Lch, second: Lch, amount: float) -> Lch:
    """Mix along the straight line: far hues meet in a grey, never in a third hue."""
    if amount == 0.0:
        return first
    points = [
        np.array([c.light, *(c.chroma * np.array([math.cos(r), math.sin(r)]))])
        for c, r in ((first, math.radians(first.hue)), (second, math.radians(second.hue)))
    ]
    light, a, b = points[0] * (1 - amount) + points[1] * amount
    return Lch(float(light), math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def _point(colour: Colour) -> tuple[float, float, float]:
    """Return a colour in OKLab: ``to_oklab`` for one colour, an order faster without arrays."""
    red, green, blue = (
        part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour
    )
    long, middle, short = (math.cbrt(row[0] * red + row[1] * green + row[2] * blue) for row in _LMS_ROWS)
    light, a, b = (row[0] * long + row[1] * middle + row[2] * short for row in _LAB_ROWS)
    return light, a, b


def _colour(light: float, a: float, b: float) -> Colour:
    """Return OKLab as an sRGB colour: ``from_oklab`` for one colour, clipped and rounded."""
    cubes = [(row[0] * light + row[1] * a + row[2] * b) ** 3 for row in _LAB_BACK_ROWS]
    linear = [row[0] * cubes[0] + row[1] * cubes[1] + row[2] * cubes[2] for row in _LMS_BACK_ROWS]
    red, green, blue = (
        round(255 * min(1.0, part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055))
        for part in (max(0.0, value) for value in linear)
    )
    return red, green, blue


def _shown(srgb: NDArray[np.float64]) -> bool:
    return bool(srgb.min() >= -0.5 and srgb.max() <= 255.5)


def _rounded(srgb: NDArray[np.float64]) -> Colour:
    red, green, blue = np.clip(np.rint(srgb), 0, 255).astype(int)
    return (int(red), int(green), int(blue))


def _luminance(colour: Colour) -> float:
    srgb = np.asarray(colour, dtype=np.float64) / 255.0
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))
