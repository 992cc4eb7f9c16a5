"""RGB to the encoder's planes: BT.709, limited range, 4:2:0."""

from __future__ import annotations

import cv2
import numpy as np

from engine.media import FrameSize, UInt8Array

#: Rows are Y', Cb, Cr from R, G, B and 1 (ITU-R BT.709-6, sections 3.2 to 3.4, 8 bit).
_BT709 = np.array(
    [
        [0.2126 * 219 / 255, 0.7152 * 219 / 255, 0.0722 * 219 / 255, 16.0],
        [-0.2126 / 1.8556 * 224 / 255, -0.7152 / 1.8556 * 224 / 255, 0.5 * 224 / 255, 128.0],
        [0.5 * 224 / 255, -0.7152 / 1.5748 * 224 / 255, -0.0722 / 1.5748 * 224 / 255, 128.0],
    ],
    dtype=np.float32,
)


def to_yuv420(picture: UInt8Array) -> UInt8Array:
    """Return uint8 [H*3/2,W] (planes Y, U, V one after the other) of uint8 [H,W,3] with even sides."""
    height, width = picture.shape[:2]
    yuv = cv2.transform(picture, _BT709)
    planes = np.empty((height * 3 // 2, width), dtype=np.uint8)
    cv2.extractChannel(yuv, 0, planes[:height])
    half = cv2.resize(yuv, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    chroma = planes[height:].reshape(2, height // 2, width // 2)
    cv2.extractChannel(half, 1, chroma[0])
    cv2.extractChannel(half, 2, chroma[1])
    return planes


def fit(picture: UInt8Array, size: FrameSize) -> UInt8Array:
    """Return ``picture`` scaled down to ``size`` (as it is when it has that size)."""
    if picture.shape[:2] == (size.height_px, size.width_px):
        return picture
    scaled = cv2.resize(picture, (size.width_px, size.height_px), interpolation=cv2.INTER_AREA)
    return np.asarray(scaled, dtype=np.uint8)
