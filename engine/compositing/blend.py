"""The hot path: laying uint8 pictures over a frame in place, with OpenCV's vector code.

A plain moviepy composition keeps a full float canvas for every layer. Here a picture touches only its
own rectangle, colours are multiplied by alpha once beforehand, and what is opaque is copied.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from engine.media import Float32Array, UInt8Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """A small picture ready for blending."""

    #: uint8 [H,W,4], sRGB, colours multiplied by alpha.
    picture: UInt8Array
    #: Place of its left upper corner in the frame, in px.
    x_px: int = 0
    y_px: int = 0

    @property
    def width_px(self) -> int:
        """Width, in px."""
        return int(self.picture.shape[1])

    @property
    def height_px(self) -> int:
        """Height, in px."""
        return int(self.picture.shape[0])


def premultiply(picture: UInt8Array) -> UInt8Array:
    """Return uint8 [H,W,4] with its colours multiplied by its alpha."""
    alpha = cv2.extractChannel(picture, 3)
    if int(np.asarray(alpha).min()) == 255:
        return np.ascontiguousarray(picture)
    weights = cv2.cvtColor(alpha, cv2.COLOR_GRAY2RGBA)  # alpha three times, and 255 to leave alpha as it is
    return np.asarray(cv2.multiply(picture, weights, scale=1 / 255), dtype=np.uint8)


def clip_to(canvas: UInt8Array, x_px: int, y_px: int, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Return the part of a picture that falls on ``canvas`` as x0, y0, x1, y1 in canvas px (may be empty)."""
    height, width = canvas.shape[:2]
    return max(0, x_px), max(0, y_px), min(width, x_px + shape[1]), min(height, y_px + shape[0])


def lay(canvas: UInt8Array, picture: UInt8Array, x_px: int, y_px: int, *, opacity: float = 1.0) -> None:
    """Blend a premultiplied uint8 [h,w,4] ``picture`` over the uint8 [H,W,3] ``canvas``, in place."""
    if opacity <= 0.002:
        return
    x0, y0, x1, y1 = clip_to(canvas, x_px, y_px, picture.shape)
    if x0 >= x1 or y0 >= y1:
        return
    part = picture[y0 - y_px : y1 - y_px, x0 - x_px : x1 - x_px]
    if opacity < 0.998:
        part = np.asarray(cv2.convertScaleAbs(part, alpha=opacity), dtype=np.uint8)
    over(canvas[y0:y1, x0:x1], part)


def over(target: UInt8Array, picture: UInt8Array) -> None:
    """Blend premultiplied uint8 [h,w,4] over uint8 [h,w,3] of the same size, in place.

    Every step rounds to nearest, so a result lies within one level of the exact one.
    """
    colour = cv2.cvtColor(picture, cv2.COLOR_RGBA2RGB)
    clear = cv2.bitwise_not(cv2.extractChannel(picture, 3))
    cv2.multiply(target, cv2.cvtColor(clear, cv2.COLOR_GRAY2RGB), dst=target, scale=1 / 255)
    cv2.add(target, colour, dst=target)


def lay_patch(canvas: UInt8Array, patch: Patch, *, opacity: float = 1.0) -> None:
    """Blend ``patch`` at its place over uint8 [H,W,3], in place."""
    lay(canvas, patch.picture, patch.x_px, patch.y_px, opacity=opacity)


def lay_warped(
    canvas: UInt8Array, picture: UInt8Array, matrix: Float32Array, *, opacity: float = 1.0
) -> None:
    """Blend a premultiplied picture moved by ``matrix`` (float32 [2,3], picture px to canvas px), in place.

    Only the rectangle that the moved picture covers is touched.
    """
    if opacity <= 0.002:
        return
    height, width = picture.shape[:2]
    corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]], dtype=np.float64)
    moved = corners @ np.asarray(matrix, dtype=np.float64).T
    x0, y0 = np.floor(moved.min(axis=0)).astype(int) - 1
    x1, y1 = np.ceil(moved.max(axis=0)).astype(int) + 1
    x0, y0 = max(0, int(x0)), max(0, int(y0))
    x1, y1 = min(canvas.shape[1], int(x1)), min(canvas.shape[0], int(y1))
    if x0 >= x1 or y0 >= y1:
        return
    local = np.array(matrix, dtype=np.float64)
    local[:, 2] -= (x0, y0)
    moved_part = cv2.warpAffine(
        picture, local, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT
    )
    part = np.asarray(moved_part, dtype=np.uint8)
    if opacity < 0.998:
        part = np.asarray(cv2.convertScaleAbs(part, alpha=opacity), dtype=np.uint8)
    over(canvas[y0:y1, x0:x1], part)


def mix(before: UInt8Array, after: UInt8Array, weight: float) -> UInt8Array:
    """Return ``before`` dissolved into ``after`` by ``weight`` 0 to 1; uint8 [H,W,3]."""
    return np.asarray(cv2.addWeighted(before, 1.0 - weight, after, weight, 0.0), dtype=np.uint8)
