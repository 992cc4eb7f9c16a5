"""Plates in motion: each layer is prepared once and then drawn with as little work as its shape allows.

Landscapes are mostly sky above and solid ground below, so for every layer the rows are sorted into clear
(skipped), mixed (blended) and solid (copied), and rows that a nearer layer hides are not drawn at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from engine.compositing.blend import over, premultiply
from engine.compositing.camera import View, layer_matrix
from engine.media import FPS, Float32Array, FrameSize, UInt8Array
from engine.scenery import Plate, PlateLayer

Grade = Callable[[UInt8Array], UInt8Array]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A plate layer made ready for drawing."""

    #: uint8 [H,W,4], colours multiplied by alpha; a drifting layer is widened by its own beginning.
    picture: UInt8Array
    #: 0 to 1, as in the plate.
    depth: float
    #: Own movement, in px a frame; 0 for none.
    drift_px: float
    #: Width before it was widened, in px.
    period_px: int
    #: First row with anything in it.
    top: int
    #: One past the last row with anything in it.
    bottom: int
    #: First row from which all is opaque; the height when there is none.
    solid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Backdrop:
    """A whole plate made ready for drawing."""

    layers: tuple[Layer, ...]
    #: Layers from this index on stand before the subjects.
    foreground_from: int


def prepare_backdrop(plate: Plate, size: FrameSize, grade: Grade) -> Backdrop:
    """Grade and premultiply every layer of ``plate`` for frames of ``size``."""
    layers = tuple(_prepare_layer(layer, size, grade) for layer in plate.layers)
    return Backdrop(layers=layers, foreground_from=plate.foreground_from)


def _prepare_layer(layer: PlateLayer, size: FrameSize, grade: Grade) -> Layer:
    picture = premultiply(grade(layer.picture))
    height, width = picture.shape[:2]
    if layer.drift:
        repeats = -(-(size.width_px + 8) // width)
        picture = np.concatenate([picture] * (1 + repeats), axis=1)[:, : width + size.width_px + 8]
        picture = np.ascontiguousarray(picture)
    alpha = layer.picture[..., 3]
    used = np.flatnonzero(alpha.max(axis=1) > 0)
    open_rows = np.flatnonzero(alpha.min(axis=1) < 255)
    return Layer(
        picture=picture,
        depth=layer.depth,
        drift_px=layer.drift * size.width_px / FPS,
        period_px=width,
        top=int(used[0]) if used.size else height,
        bottom=int(used[-1]) + 1 if used.size else height,
        solid=int(open_rows[-1]) + 1 if open_rows.size else 0,
    )


def draw_layers(
    canvas: UInt8Array, layers: tuple[Layer, ...], view: View, size: FrameSize, frame: float
) -> None:
    """Draw ``layers``, the farthest first, over uint8 [H,W,3], in place.

    ``frame`` counts from the scene's start.
    """
    matrices = [_matrix(layer, view, size, frame) for layer in layers]
    hidden_from = size.height_px
    limits: list[int] = []
    for layer, matrix in zip(reversed(layers), reversed(matrices), strict=True):
        limits.append(hidden_from)
        hidden_from = min(hidden_from, _row(matrix, layer.solid, up=True))
    for layer, matrix, limit in zip(layers, matrices, reversed(limits), strict=True):
        _draw(canvas, layer, matrix, limit)


def _matrix(layer: Layer, view: View, size: FrameSize, frame: float) -> Float32Array:
    height = layer.picture.shape[0]
    matrix = layer_matrix(view, size, (height, layer.period_px), layer.depth)
    if layer.drift_px:
        period = layer.period_px * float(matrix[0, 0])
        matrix[0, 2] = (float(matrix[0, 2]) + layer.drift_px * frame) % period - period
    return matrix


def _row(matrix: Float32Array, row: int, *, up: bool) -> int:
    exact = row * float(matrix[1, 1]) + float(matrix[1, 2])
    return int(np.ceil(exact)) + 1 if up else int(np.floor(exact)) - 1


def _draw(canvas: UInt8Array, layer: Layer, matrix: Float32Array, limit: int) -> None:
    """Draw one layer down to row ``limit``."""
    first = max(0, _row(matrix, layer.top, up=False))
    solid = max(first, _row(matrix, layer.solid, up=True))
    last = min(limit, _row(matrix, layer.bottom, up=True))
    if first < min(solid, last):
        rows = slice(first, min(solid, last))
        over(canvas[rows], _rows_of(layer.picture, matrix, rows, canvas.shape[1]))
    if solid < last:
        rows = slice(solid, last)
        part = _rows_of(layer.picture, matrix, rows, canvas.shape[1])
        cv2.cvtColor(part, cv2.COLOR_RGBA2RGB, dst=canvas[rows])


def _rows_of(picture: UInt8Array, matrix: Float32Array, rows: slice, width_px: int) -> UInt8Array:
    """Return the frame's ``rows`` of a moved picture, uint8 [h,W,4]."""
    scale, dx, dy = float(matrix[0, 0]), float(matrix[0, 2]), float(matrix[1, 2])
    height = rows.stop - rows.start
    if abs(scale - 1.0) < 1e-6 and dx.is_integer() and dy.is_integer():
        x, y = int(-dx), int(rows.start - dy)
        part = picture[max(0, y) : y + height, max(0, x) : x + width_px]
        if x >= 0 and y >= 0 and part.shape[:2] == (height, width_px):
            return part
    local = np.array([[scale, 0.0, dx], [0.0, scale, dy - rows.start]], dtype=np.float64)
    flags = cv2.INTER_LINEAR
    return np.asarray(
        cv2.warpAffine(picture, local, (width_px, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    )
