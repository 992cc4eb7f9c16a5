"""Turns flat outlines into soft, rounded, lit parts, as if modelled from clay.

Each part bulges: its height grows from its edge inwards like a quarter circle over the distance transform.
The normals of that height are lit by a key light from the upper left and a pale rim from the lower right.
Johnston ("Lumo: illumination for cel animation", NPAR 2002) finds normals for flat drawings in a like way.
"""

from __future__ import annotations

import cv2
import numpy as np

from engine.generators.figures.shapes import Outline
from engine.media import Float32Array, UInt8Array
from engine.oklab import from_oklab, lch_of, mix, shade, to_oklab
from engine.scenery import Colour

#: Bits of a pixel's fraction in the coordinates given to cv2.
_SHIFT = 4
#: Where the key light comes from, and where the eye is between it and the light.
_KEY = np.array([-0.48, -0.66, 0.58])
_HALF = np.array([-0.27, -0.37, 0.89])
#: Room about the figure, in figure units.
_MARGIN = 0.08


class Clay:
    """A figure while it is being modelled; coordinates are figure units (see shapes)."""

    def __init__(self, height_px: int, *, width: float = 1.6) -> None:
        """Make an empty figure ``height_px`` high that may be ``width`` units wide."""
        # Fine edges come from drawing at twice the size; very large figures have enough pixels as they are.
        self._oversampling = 2 if height_px <= 420 else 1
        self._scale = height_px * self._oversampling
        self._middle = width / 2 + _MARGIN
        rows, columns = round((1 + 2 * _MARGIN) * self._scale), round(2 * self._middle * self._scale)
        self._pixels: Float32Array = np.zeros((rows, columns, 4), np.float32)

    def part(
        self,
        outlines: Outline | list[Outline],
        colour: Colour,
        *,
        bulge: float = 0.09,
        gloss: float = 0.25,
        holes: tuple[Outline, ...] = (),
        lower: Colour | None = None,
        cast: float = 0.30,
        inside: Outline | None = None,
    ) -> None:
        """Lay one part on the figure.

        Args:
            outlines: One outline or several that melt into one part.
            colour: Its colour in full light.
            bulge: How far the roundness reaches inwards, in units; 0 for a flat part.
            gloss: Strength of the highlight, 0 to 1.
            holes: Outlines cut out of it.
            lower: Colour at its foot, for a gradient from ``colour``.
            cast: Strength of the shadow on the parts below, 0 to 1.
            inside: Outline that the part may not leave (a stripe on a body).
        """
        together = outlines if isinstance(outlines, list) else [outlines]
        window = self._window(together, bulge)
        if window is None:
            return
        mask = self._mask(together, window)
        for hole in holes:
            mask = np.minimum(mask, 255 - self._mask([hole], window))
        if inside is not None:
            mask = np.minimum(mask, self._mask([inside], window))
        cover = mask.astype(np.float32)[..., None] / 255.0
        under = self._pixels[window]
        if cast > 0:
            self._cast(under, mask, cast)
        lit = self._lit(mask, colour, lower, bulge=bulge, gloss=gloss)
        solid = np.concatenate([lit, np.full((*mask.shape, 1), 255.0, np.float32)], axis=2)
        under[:] = under * (1 - cover) + solid * cover

    def finish(self) -> UInt8Array:
        """Return the figure, uint8 [H,W,4] with straight alpha, cropped to what can be seen."""
        pixels = self._pixels
        if self._oversampling > 1:
            size = (pixels.shape[1] // self._oversampling, pixels.shape[0] // self._oversampling)
            pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.float32, copy=False)
        seen = pixels[..., 3] > 8
        rows, columns = np.nonzero(seen.any(1))[0], np.nonzero(seen.any(0))[0]
        pixels = pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        alpha = pixels[..., 3:]
        colour = pixels[..., :3] * 255.0 / np.maximum(alpha, 1.0)
        picture = np.concatenate([colour, alpha], axis=2)
        result: UInt8Array = np.clip(picture + 0.5, 0, 255).astype(np.uint8)
        return result

    def _px(self, outline: Outline) -> Outline:
        placed: Outline = (outline + np.array([self._middle, _MARGIN])) * self._scale
        return placed

    def _window(self, outlines: list[Outline], bulge: float) -> tuple[slice, slice] | None:
        """Return the pixels that a part and its shadow touch."""
        points = self._px(np.concatenate(outlines))
        pad = int(self._scale * (0.05 + 0.1 * bulge)) + 3
        low, high = points.min(0).astype(int) - pad, points.max(0).astype(int) + pad
        rows = slice(max(0, low[1]), min(self._pixels.shape[0], high[1]))
        columns = slice(max(0, low[0]), min(self._pixels.shape[1], high[0]))
        return None if rows.stop <= rows.start or columns.stop <= columns.start else (rows, columns)

    def _mask(self, outlines: list[Outline], window: tuple[slice, slice]) -> UInt8Array:
        rows, columns = window
        mask = np.zeros((rows.stop - rows.start, columns.stop - columns.start), np.uint8)
        for outline in outlines:
            points = (self._px(outline) - (columns.start, rows.start)) * (1 << _SHIFT)
            cv2.fillPoly(mask, [np.rint(points).astype(np.int32)], (255,), cv2.LINE_AA, _SHIFT)
        return mask

    def _cast(self, under: Float32Array, mask: UInt8Array, strength: float) -> None:
        """Darken what lies below, softly and a little to the lower right."""
        away = 0.012 * self._scale
        shift = np.array([[1, 0, away * 0.6], [0, 1, away]], np.float32)
        shadow = cv2.warpAffine(mask, shift, (mask.shape[1], mask.shape[0]))
        shadow = cv2.GaussianBlur(shadow, (0, 0), max(0.6, 0.016 * self._scale))
        under[..., :3] *= 1 - strength * shadow.astype(np.float32)[..., None] / 255.0

    def _lit(
        self, mask: UInt8Array, colour: Colour, lower: Colour | None, *, bulge: float, gloss: float
    ) -> Float32Array:
        """Return the lit colour of each pixel, float32 [h,w,3]."""
        normal = self._normals(mask, bulge)
        key = np.clip(normal @ (_KEY / np.linalg.norm(_KEY)).astype(np.float32), -0.3, 1.0)
        tone = (key + 0.3) / 1.3
        base = _tones(colour)[np.clip(tone * 255, 0, 255).astype(np.uint8)]
        if lower is not None:
            rows = np.nonzero(mask.any(1))[0]
            down = np.interp(np.arange(mask.shape[0]), [rows[0], rows[-1]], [0, 1]).astype(np.float32)
            other = _tones(lower)[np.clip(tone * 255, 0, 255).astype(np.uint8)]
            base = base + (other - base) * (down * down * (3 - 2 * down))[:, None, None]
        shine = np.clip(normal @ (_HALF / np.linalg.norm(_HALF)).astype(np.float32), 0, 1) ** 24
        rim = np.clip(normal[..., 0] * 0.75 + normal[..., 1] * 0.45 - 0.42, 0, 1) * 0.55
        edge = mix(colour, (236, 214, 255), 0.62)
        base = base + (np.asarray(edge, np.float32) - base) * rim[..., None]
        flat = normal[..., 2] > 0.999
        shine = np.where(flat, 0.0, shine) * gloss * 0.8
        result: Float32Array = base + (255.0 - base) * shine[..., None]
        return result

    def _normals(self, mask: UInt8Array, bulge: float) -> Float32Array:
        """Return unit normals, float32 [h,w,3], of the bulging part."""
        normal = np.zeros((*mask.shape, 3), np.float32)
        normal[..., 2] = 1.0
        reach = bulge * self._scale
        if reach < 1.5:
            return normal
        away = cv2.distanceTransform((mask > 127).astype(np.uint8), cv2.DIST_L2, 5)
        inner = 1.0 - np.clip(away / reach, 0, 1)
        height = reach * np.sqrt(np.clip(1 - inner * inner, 0, 1)).astype(np.float32) * 0.8
        height = cv2.GaussianBlur(height, (0, 0), max(1.0, reach * 0.22))
        normal[..., 0] = -cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 8)
        normal[..., 1] = -cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 8)
        normal /= np.linalg.norm(normal, axis=2, keepdims=True)
        return normal


def _tones(colour: Colour) -> Float32Array:
    """Return float32 [256,3] from deep shade, which turns to violet, to full light, which turns to yellow."""
    chroma = lch_of(colour).chroma
    dark = mix(shade(colour, light=-0.20, chroma=1.08), (70, 40, 120), 0.16)
    middle = shade(colour, light=-0.03)
    bright = mix(shade(colour, light=0.06), (255, 244, 214), 0.16 if chroma > 0.02 else 0.08)
    places = np.linspace(0, 1, 256)
    labs = to_oklab([dark, middle, bright])
    lab = np.stack([np.interp(places, [0.05, 0.58, 1.0], labs[:, channel]) for channel in range(3)], 1)
    return np.clip(from_oklab(lab), 0, 255).astype(np.float32)
