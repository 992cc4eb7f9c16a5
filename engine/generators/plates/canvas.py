"""The frame with its margins, and a sheet to draw one layer on.

A sheet holds premultiplied colours, since only those can be drawn over each other with soft edges and no dark
rims (Porter and Duff, "Compositing Digital Images", 1984); ``finish`` gives them back with straight alpha.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.media import Float32Array, FrameSize, UInt8Array
from engine.scenery import Colour

#: Bits of a pixel's fraction in the coordinates given to cv2.
_SHIFT = 4
_ONE = 1 << _SHIFT
#: Rows that are tinted at a time.
_STRIP = 24


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class View:
    """The frame inside a larger layer; frame coordinates are 0..1, and a layer reaches beyond both."""

    #: Frame, in px.
    width: int
    height: int
    #: What a layer adds on each side, in px.
    margin_x: int
    margin_y: int
    #: float32 of a layer's shape, -0.5 to 0.5: breaks up the steps of 8-bit gradients (see ``dither``).
    grain: Float32Array

    @classmethod
    def of(cls, size: FrameSize) -> View:
        """Return the view of a frame: 12 % more on each side across, 8 % down."""
        margin_x, margin_y = round(size.width_px * 0.12), round(size.height_px * 0.08)
        return cls(
            width=size.width_px,
            height=size.height_px,
            margin_x=margin_x,
            margin_y=margin_y,
            grain=dither((size.height_px + 2 * margin_y, size.width_px + 2 * margin_x)),
        )

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width of a layer, in px."""
        return self.height + 2 * self.margin_y, self.width + 2 * self.margin_x

    @property
    def unit(self) -> float:
        """The frame's shorter side, in px: the measure of houses, trees and people."""
        return float(min(self.width, self.height))

    @property
    def tall(self) -> float:
        """How much a tall frame stretches hills and houses: 1 for wide frames, 1.33 for 9:16."""
        return float((self.height / self.unit) ** 0.5)

    def x(self, part: float) -> float:
        """Return the layer's px for a fraction of the frame's width."""
        return self.margin_x + part * self.width

    def y(self, part: float) -> float:
        """Return the layer's px for a fraction of the frame's height."""
        return self.margin_y + part * self.height


class Sheet:
    """One layer while it is being drawn. All coordinates are px of the layer."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.pixels: UInt8Array = np.zeros((*view.shape, 4), np.uint8)

    def polygon(self, points: ArrayLike, colour: Colour, *, opacity: float = 1.0) -> None:
        """Fill a closed polygon [N,2] of (x, y)."""
        corners = np.rint(np.asarray(points, np.float64) * _ONE).astype(np.int32)
        if opacity >= 1.0:
            cv2.fillPoly(self.pixels, [corners], (*colour, 255), cv2.LINE_AA, _SHIFT)
            return
        self._veil(corners, colour, opacity)

    def rectangle(
        self, left: float, top: float, right: float, bottom: float, colour: Colour, *, opacity: float = 1.0
    ) -> None:
        """Fill an upright rectangle."""
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], colour, opacity=opacity)

    def rounded(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        colour: Colour,
        *,
        radius: float,
        opacity: float = 1.0,
    ) -> None:
        """Fill a rectangle with round corners of ``radius`` px."""
        radius = max(0.0, min(radius, (right - left) / 2, (bottom - top) / 2))
        turn = np.linspace(0, np.pi / 2, max(3, int(radius / 2)))
        quarter = np.stack([np.cos(turn), np.sin(turn)], axis=1) * radius
        corners = [
            quarter + np.array([right - radius, bottom - radius]),
            quarter[::-1] * (-1, 1) + np.array([left + radius, bottom - radius]),
            quarter * (-1, -1) + np.array([left + radius, top + radius]),
            quarter[::-1] * (1, -1) + np.array([right - radius, top + radius]),
        ]
        self.polygon(np.concatenate(corners), colour, opacity=opacity)

    def trapeze(
        self,
        foot: tuple[float, float],
        half: float,
        tip: tuple[float, float],
        half_tip: float,
        colour: Colour,
    ) -> None:
        """Fill a shape that tapers from ``foot`` (x, y), ``half`` px to each side, to ``tip``."""
        left, right = (foot[0] - half, foot[1]), (foot[0] + half, foot[1])
        self.polygon([left, right, (tip[0] + half_tip, tip[1]), (tip[0] - half_tip, tip[1])], colour)

    def ellipse(
        self,
        x: float,
        y: float,
        radius_x: float,
        radius_y: float,
        colour: Colour,
        *,
        opacity: float = 1.0,
        turn: float = 0.0,
    ) -> None:
        """Fill an ellipse, turned clockwise by ``turn`` degrees."""
        self.polygon(ellipse_points(x, y, radius_x, radius_y, turn=turn), colour, opacity=opacity)

    def line(
        self, points: Sequence[tuple[float, float]], colour: Colour, width: float, *, opacity: float = 1.0
    ) -> None:
        """Draw a line of ``width`` px through points."""
        path = np.asarray(points, np.float64)
        for start, end in pairwise(path):
            along = end - start
            length = float(np.hypot(*along)) or 1.0
            side = np.array([-along[1], along[0]]) / length * width / 2
            self.polygon([start + side, end + side, end - side, start - side], colour, opacity=opacity)

    def below(self, crest: Float32Array, colour: Colour) -> None:
        """Fill everything below a crest: y in px for each column."""
        low = self.pixels.shape[0] + 2
        line = np.stack([np.arange(crest.size), crest], axis=1)
        # Beyond both edges, so that no soft edge of the shape falls on the first or last column.
        ends = [(crest.size + 3, crest[-1]), (crest.size + 3, low), (-4, low), (-4, crest[0])]
        self.polygon(np.concatenate([line, ends]), colour)

    def fade(
        self, colour: Colour, top: float, bottom: float, *, start: float = 0.0, end: float = 1.0
    ) -> None:
        """Tint what is drawn towards ``colour``: by ``start`` at y ``top`` to ``end`` at ``bottom`` (px)."""
        first = max(0, int(min(top, self.pixels.shape[0] - 1)))
        rows = np.arange(first, self.pixels.shape[0], dtype=np.float32)
        share = np.interp(rows, [top, max(bottom, top + 1)], [start, end]).astype(np.float32)
        self.tint(colour, share[:, None], first_row=first)

    def tint(self, colour: Colour, share: Float32Array, *, first_row: int = 0) -> None:
        """Tint what is drawn towards ``colour`` by ``share`` (0..1), [rows,1] or [rows,W], from a row on."""
        # In strips that stay in the processor's cache; whole layers of floats would not.
        for start in range(first_row, self.pixels.shape[0], _STRIP):
            strip = slice(start, min(start + _STRIP, self.pixels.shape[0]))
            self._tint_strip(strip, colour, share[strip.start - first_row : strip.stop - first_row])

    def cut(self, mask: Float32Array) -> None:
        """Multiply everything by ``mask`` (0..1, [H,W] or broadcastable)."""
        self.pixels[:] = (self.pixels * mask[..., None] + 0.5).astype(np.uint8)

    def blur(self, sigma: float) -> None:
        """Soften the whole sheet; ``sigma`` in px."""
        if sigma >= 0.3:
            self.pixels = cv2.GaussianBlur(self.pixels, (0, 0), sigma).astype(np.uint8, copy=False)

    def put(self, picture: UInt8Array, left: float, top: float) -> None:
        """Lay a premultiplied picture [h,w,4] over the sheet; whole px."""
        x, y = round(left), round(top)
        height, width = self.pixels.shape[:2]
        x0, y0 = max(x, 0), max(y, 0)
        x1, y1 = min(x + picture.shape[1], width), min(y + picture.shape[0], height)
        if x1 <= x0 or y1 <= y0:
            return
        part = picture[y0 - y : y1 - y, x0 - x : x1 - x]
        under = self.pixels[y0:y1, x0:x1]
        keep = 255 - part[..., 3:].astype(np.uint16)
        under[:] = part + ((under * keep + 127) // 255).astype(np.uint8)

    def glow(
        self, x: float, y: float, radius: float, colour: Colour, *, strength: float, squash: float = 1.0
    ) -> None:
        """Lay a soft round light over the sheet that falls to nothing at ``radius`` px."""
        height, width = self.pixels.shape[:2]
        x0, x1 = max(0, int(x - radius)), min(width, int(x + radius) + 1)
        y0, y1 = max(0, int(y - radius * squash)), min(height, int(y + radius * squash) + 1)
        if x1 <= x0 or y1 <= y0:
            return
        # A large light is drawn small and stretched: it has no detail to lose.
        step = 4 if radius > 80 else 1
        row = ((np.arange(y0, y1, step, dtype=np.float32) + (step - 1) / 2 - y) / (radius * squash))[:, None]
        column = ((np.arange(x0, x1, step, dtype=np.float32) + (step - 1) / 2 - x) / radius)[None, :]
        fall = np.clip(1 - np.sqrt(row**2 + column**2), 0, 1) ** 2 * (strength * 255)
        if step > 1:
            fall = cv2.resize(fall, (fall.shape[1] * step, fall.shape[0] * step))[: y1 - y0, : x1 - x0]
        grain = self.view.grain[y0:y1, x0:x1] + 0.5
        alpha = np.where(fall > 0, np.clip(fall + grain, 0, 255), 0).astype(np.uint8)
        tone = np.asarray([*colour, 255], np.uint16)
        self.put((alpha[..., None] * tone // 255).astype(np.uint8), x0, y0)

    def finish(self) -> UInt8Array:
        """Return the sheet as uint8 [H,W,4] with straight alpha; the sheet is used up."""
        flat = self.pixels.reshape(-1, 4)
        # Wrap-around makes one comparison of "neither 0 nor 255".
        soft = np.flatnonzero((flat[:, 3] - np.uint8(1)) < 254)
        values = flat[soft].astype(np.float32)
        values[:, :3] *= 255.0 / values[:, 3:]
        np.minimum(values + 0.5, 255, out=values)
        flat[soft, :3] = values[:, :3].astype(np.uint8)
        return self.pixels

    def _tint_strip(self, rows: slice, colour: Colour, share: Float32Array) -> None:
        band = self.pixels[rows]
        if not share.any() or not band[..., 3].any():
            return
        part = band.astype(np.float32)
        cover = part[..., 3:]
        # The fourth entry keeps alpha as it is: cover * 1 - cover is nothing.
        goal = cover * (np.asarray([*colour, 255], np.float32) / 255.0)
        goal -= part
        goal *= share[:, :, None]
        part += goal
        part += self.view.grain[rows, :, None] + 0.5
        part[..., 3:] -= self.view.grain[rows, :, None]
        np.minimum(part, band[..., 3:], out=part)
        np.maximum(part, 0, out=part)
        band[:] = part.astype(np.uint8)

    def _veil(self, corners: NDArray[np.int32], colour: Colour, opacity: float) -> None:
        """Fill a polygon that can be seen through."""
        low = corners.min(0) // _ONE - 1
        high = corners.max(0) // _ONE + 2
        height, width = self.pixels.shape[:2]
        x0, y0 = max(int(low[0]), 0), max(int(low[1]), 0)
        x1, y1 = min(int(high[0]) + 1, width), min(int(high[1]) + 1, height)
        if x1 <= x0 or y1 <= y0:
            return
        mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
        cv2.fillPoly(mask, [corners - np.array([x0, y0]) * _ONE], (255,), cv2.LINE_AA, _SHIFT)
        cover = (mask * opacity).astype(np.float32)[..., None] / 255.0
        under = self.pixels[y0:y1, x0:x1]
        over = np.asarray([*colour, 255], np.float32)
        under[:] = (under * (1 - cover) + over * cover + 0.5).astype(np.uint8)


def ellipse_points(
    x: float, y: float, radius_x: float, radius_y: float, *, turn: float = 0.0, count: int = 0
) -> Float32Array:
    """Return float32 [N,2]: an ellipse about (x, y), turned clockwise by ``turn`` degrees."""
    count = count or int(np.clip(max(radius_x, radius_y) * 0.8, 10, 96))
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    across, down = np.cos(angle) * radius_x, np.sin(angle) * radius_y
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    return np.stack([x + across * cos - down * sin, y + across * sin + down * cos], 1).astype(np.float32)


def dither(shape: tuple[int, ...]) -> Float32Array:
    """Return float32 [H,W] of -0.5..0.5 that breaks up the steps of 8-bit gradients.

    The pattern is interleaved gradient noise (Jimenez, "Next Generation Post Processing in Call of Duty",
    SIGGRAPH 2014): even, cheap and the same in every run.
    """
    rows = np.arange(min(shape[0], 256), dtype=np.float32)[:, None]
    columns = np.arange(min(shape[1], 256), dtype=np.float32)[None, :]
    tile = np.mod(52.9829189 * np.mod(0.06711056 * columns + 0.00583715 * rows, 1.0), 1.0) - 0.5
    repeats = (-(-shape[0] // tile.shape[0]), -(-shape[1] // tile.shape[1]))
    result: Float32Array = np.tile(tile, repeats)[: shape[0], : shape[1]].astype(np.float32)
    return result
