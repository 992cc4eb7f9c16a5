"""What lies over the whole picture, in one pass: vignette, dark grounds behind words, a little grain."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.compositing.boxes import Box
from engine.compositing.finish import LUMA, Look
from engine.media import Float32Array, FrameSize, UInt8Array
from engine.scenery import Colour

#: Contrast that white words keep against what lies behind them (WCAG 2.2, success criterion 1.4.3).
MIN_CONTRAST = 4.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Veil:
    """A soft dark ground: where it is, how strong, in which colour."""

    #: float32 [H,W], 0 to 1.
    shape: Float32Array
    strength: float
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade:
    """A frame becomes frame * keep / 255 + add."""

    #: uint8 [h,W,3], for the frame's first h rows; the others stay as they are.
    keep: UInt8Array
    add: UInt8Array

    def apply(self, canvas: UInt8Array) -> None:
        """Shade uint8 [H,W,3] in place."""
        if not len(self.keep):
            return
        rows = canvas[: len(self.keep)]
        cv2.multiply(rows, self.keep, dst=rows, scale=1 / 255)
        cv2.add(rows, self.add, dst=rows)


#: Leaves frames as they are.
NO_SHADE = Shade(keep=np.zeros((0, 1, 3), dtype=np.uint8), add=np.zeros((0, 1, 3), dtype=np.uint8))


def luminance(colour: NDArray[np.floating] | Colour) -> float:
    """Return the relative luminance of an sRGB colour of 0 to 255, 0 to 1 (WCAG 2.2)."""
    value = np.asarray(colour, dtype=np.float64) / 255.0
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return float(linear @ LUMA.astype(np.float64))


def contrast(first: Colour, second: Colour) -> float:
    """Return the contrast of two sRGB colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


#: Grey level (sRGB) at which white words have just MIN_CONTRAST, with a little to spare.
DARK_ENOUGH = 112.0


def brightness_in(picture: UInt8Array, box: Box, percentile: float = 96.0) -> float:
    """Return how bright the brighter parts of ``box`` are in uint8 [H,W,3], as an sRGB grey level."""
    part = picture[max(0, int(box.y)) : max(1, int(box.bottom)), max(0, int(box.x)) : max(1, int(box.right))]
    if not part.size:
        return 0.0
    return float(np.percentile(part.astype(np.float32) @ LUMA, percentile))


def strength_for(brightness: float, colour: Colour, *, least: float = 0.0, most: float = 0.9) -> float:
    """Return how strong a veil of ``colour`` must be so that white words can be read on ``brightness``."""
    ground = float(np.asarray(colour, dtype=np.float32) @ LUMA)
    if brightness <= DARK_ENOUGH or brightness <= ground + 1.0:
        return least
    needed = (brightness - DARK_ENOUGH) / (brightness - ground)
    return min(most, max(least, needed))


def darker(colour: Colour, factor: float) -> Colour:
    """Return ``colour`` with each channel multiplied by ``factor``."""
    red, green, blue = (min(255, max(0, round(channel * factor))) for channel in colour)
    return red, green, blue


def _smooth(values: Float32Array) -> Float32Array:
    clipped = np.clip(values, 0.0, 1.0)
    return np.asarray(clipped * clipped * (3.0 - 2.0 * clipped), dtype=np.float32)


def foot_shape(size: FrameSize, top_px: float) -> Float32Array:
    """Return float32 [H,W]: full from ``top_px`` down, fading out above."""
    rows = np.arange(size.height_px, dtype=np.float32)
    reach = 0.16 * size.height_px
    column = _smooth((rows - (top_px - reach)) / reach)
    return np.repeat(column[:, None], size.width_px, axis=1)


def corner_shape(size: FrameSize, box: Box) -> Float32Array:
    """Return float32 [H,W]: full over ``box`` and up to the top edge, fading out beside and below."""
    x = np.arange(size.width_px, dtype=np.float32)
    y = np.arange(size.height_px, dtype=np.float32)
    reach_x, reach_y = 0.26 * size.width_px, 0.26 * size.height_px
    beside = np.maximum(np.maximum(box.x - x, x - box.right), 0.0)
    below = np.maximum(y - box.bottom, 0.0)
    return _smooth(1.0 - below / reach_y)[:, None] * _smooth(1.0 - beside / reach_x)[None, :]


def vignette_shape(size: FrameSize) -> Float32Array:
    """Return float32 [H,W]: 0 in the middle, 1 in the corners."""
    x = np.linspace(-1.0, 1.0, size.width_px, dtype=np.float32)[None, :]
    y = np.linspace(-1.0, 1.0, size.height_px, dtype=np.float32)[:, None]
    return _smooth(np.asarray((np.sqrt(x * x + y * y) - 0.55) / 0.9, dtype=np.float32))


def make_shade(size: FrameSize, look: Look, veils: tuple[Veil, ...], seed: int) -> Shade:
    """Fold vignette, veils and grain into one multiplication and one addition."""
    keep, add = _folded(size, veils)
    corner = 1.0 - look.vignette * vignette_shape(size)
    grain = _grain(size, seed)
    keep = keep * corner * (1.0 - look.grain + look.grain * grain)
    # A level of noise in the dark keeps the encoder from drawing bands into smooth skies.
    noise = 0.5 + 1.2 * grain[:, ::-1]
    return _rounded(keep, tuple(plane * corner + noise for plane in add))


def make_backing(size: FrameSize, veils: tuple[Veil, ...]) -> Shade:
    """Fold veils that lie behind the subjects; rows that none of them reaches are left out."""
    if not veils:
        return NO_SHADE
    keep, add = _folded(size, veils)
    reached = np.flatnonzero((keep < 0.998).any(axis=1))
    if not reached.size:
        return NO_SHADE
    last = int(reached[-1]) + 1
    return _rounded(keep[:last], tuple(plane[:last] for plane in add))


def _folded(size: FrameSize, veils: tuple[Veil, ...]) -> tuple[Float32Array, tuple[Float32Array, ...]]:
    """Return what is kept of a frame and what is added to each of its channels, float32 [H,W] each."""
    keep = np.ones((size.height_px, size.width_px), dtype=np.float32)
    add = tuple(np.zeros_like(keep) for _ in range(3))
    for veil in veils:
        alpha = veil.shape * np.float32(veil.strength)
        clear = np.float32(1.0) - alpha
        colours = tuple(np.float32(channel) for channel in veil.colour)
        add = tuple(plane * clear + colour * alpha for plane, colour in zip(add, colours, strict=True))
        keep = keep * clear
    return keep, add


def _rounded(keep: Float32Array, add: tuple[Float32Array, ...]) -> Shade:
    levels = cv2.convertScaleAbs(np.clip(keep, 0.0, 1.0), alpha=255.0)
    planes = [cv2.convertScaleAbs(np.maximum(plane, 0.0)) for plane in add]
    return Shade(
        keep=np.asarray(cv2.cvtColor(levels, cv2.COLOR_GRAY2RGB), dtype=np.uint8),
        add=np.asarray(cv2.merge(planes), dtype=np.uint8),
    )


def _grain(size: FrameSize, seed: int) -> Float32Array:
    """Return float32 [H,W] noise of about -1 to 1, a little soft, as film has it."""
    noise = np.random.default_rng(seed).standard_normal((size.height_px, size.width_px), dtype=np.float32)
    soft = np.asarray(cv2.GaussianBlur(noise, (0, 0), 0.7), dtype=np.float32)
    # A Gaussian of 0.7 px leaves about 0.4 of the noise's spread.
    return np.asarray(np.clip(soft / np.float32(2.2 * 0.4), -1.0, 1.0), dtype=np.float32)
