"""Plates in motion: each layer is prepared once and then drawn with as little work as its shape allows.

Landscapes are mostly sky above and solid ground below. So every layer is cut into the rectangles that hold
something, their rows are sorted into mixed (blended) and solid (copied), and rows that a nearer layer hides
are not drawn at all.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from engine.compositing.blend import over, premultiply
from engine.compositing.camera import View, layer_matrix
from engine.compositing.cutting import Rectangle, cut
from engine.media import FPS, Float32Array, FrameSize, UInt8Array
from engine.scenery import Plate, PlateLayer

Grade = Callable[[UInt8Array], UInt8Array]

#: Clear px kept around a part, for the filter of a move by parts of a px.
_MARGIN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A rectangle of a layer that holds something."""

    #: uint8 [H,W,4], colours multiplied by alpha.
    picture: UInt8Array
    #: Its place in the layer, in px.
    left: int
    top: int
    #: Columns of the layer that it draws; what the picture holds beside them is for the filter alone.
    first: int
    last: int
    #: First row of the part from which all is opaque; its height when there is none.
    solid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A plate layer made ready for drawing."""

    parts: tuple[Part, ...]
    #: 0 to 1, as in the plate.
    depth: float
    #: Own movement, in px a frame; 0 for none.
    drift_px: float
    #: Size of the layer as it was painted, in px; a drifting one comes again after its width.
    width_px: int
    height_px: int
    #: First row from which the layer is opaque over its whole width; its height when there is none.
    solid: int

    @property
    def area_px(self) -> int:
        """How much of the layer there is to draw, in px."""
        return sum(part.picture.shape[0] * part.picture.shape[1] for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backdrop:
    """A whole plate made ready for drawing."""

    layers: tuple[Layer, ...]
    #: Layers from this index on stand before the subjects.
    foreground_from: int


def prepare_backdrop(plate: Plate, size: FrameSize, grade: Grade) -> Backdrop:
    """Grade, premultiply and cut every layer of ``plate`` for frames of ``size``."""
    layers = tuple(_prepare_layer(layer, size, grade) for layer in plate.layers)
    return Backdrop(layers=layers, foreground_from=plate.foreground_from)


def _prepare_layer(layer: PlateLayer, size: FrameSize, grade: Grade) -> Layer:
    picture = layer.picture
    height, width = picture.shape[:2]
    if layer.drift:  # widened by its own beginning, so that one drawing covers the frame wherever it is
        repeats = -(-(size.width_px + 8) // width)
        picture = np.concatenate([picture] * (1 + repeats), axis=1)[:, : width + size.width_px + 8]
    alpha = np.asarray(cv2.extractChannel(np.ascontiguousarray(picture), 3), dtype=np.uint8)
    return Layer(
        parts=tuple(_part(picture, alpha, rectangle, grade) for rectangle in cut(alpha)),
        depth=layer.depth,
        drift_px=layer.drift * size.width_px / FPS,
        width_px=width,
        height_px=height,
        solid=_solid_from(alpha),
    )


def _part(picture: UInt8Array, alpha: UInt8Array, rectangle: Rectangle, grade: Grade) -> Part:
    left, top = max(0, rectangle.left - _MARGIN), max(0, rectangle.top - _MARGIN)
    right = min(picture.shape[1], rectangle.right + _MARGIN)
    window = np.s_[top : rectangle.bottom + _MARGIN, left:right]
    return Part(
        picture=premultiply(grade(np.ascontiguousarray(picture[window]))),
        left=left,
        top=top,
        first=rectangle.left if rectangle.joins_left else left,
        last=rectangle.right if rectangle.joins_right else right,
        solid=_solid_from(np.ascontiguousarray(alpha[window])),
    )


def _solid_from(alpha: UInt8Array) -> int:
    """Return the first row from which all of uint8 [H,W] is opaque."""
    open_rows = np.flatnonzero(np.asarray(cv2.reduce(alpha, 1, cv2.REDUCE_MIN)) < 255)
    return int(open_rows[-1]) + 1 if open_rows.size else 0


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
        for part in layer.parts:
            _draw(canvas, part, matrix, limit)


def _matrix(layer: Layer, view: View, size: FrameSize, frame: float) -> Float32Array:
    matrix = layer_matrix(view, size, (layer.height_px, layer.width_px), layer.depth)
    if layer.drift_px:
        period = layer.width_px * float(matrix[0, 0])
        matrix[0, 2] = (float(matrix[0, 2]) + layer.drift_px * frame) % period - period
    return matrix


def _row(matrix: Float32Array, row: float, *, up: bool) -> int:
    """Return the frame's row for a layer's ``row``, rounded to the safe side."""
    exact = row * float(matrix[1, 1]) + float(matrix[1, 2])
    return int(np.ceil(exact)) + 1 if up else int(np.floor(exact)) - 1


def _draw(canvas: UInt8Array, part: Part, matrix: Float32Array, limit: int) -> None:
    """Draw one part down to row ``limit``; ``matrix`` is that of its layer."""
    height = part.picture.shape[0]
    scale, dx = float(matrix[0, 0]), float(matrix[0, 2])
    left = part.left * scale + dx
    # Neighbours round their common edge in the same way, so no column is drawn twice or left out.
    start, stop = math.floor(part.first * scale + dx + 0.5), math.floor(part.last * scale + dx + 0.5)
    columns = slice(max(0, start), min(canvas.shape[1], stop))
    first = max(0, _row(matrix, part.top, up=False))
    solid = max(first, _row(matrix, part.top + part.solid, up=True))
    last = min(limit, canvas.shape[0], _row(matrix, part.top + height, up=True))
    if columns.start >= columns.stop or first >= last:
        return
    corner = (left, part.top * scale + float(matrix[1, 2]))
    if first < min(solid, last):
        rows = slice(first, min(solid, last))
        over(canvas[rows, columns], _moved(part.picture, scale, corner, (rows, columns)))
    if solid < last:
        rows = slice(solid, last)
        moved = _moved(part.picture, scale, corner, (rows, columns))
        cv2.cvtColor(moved, cv2.COLOR_RGBA2RGB, dst=canvas[rows, columns])


def _moved(
    picture: UInt8Array, scale: float, corner: tuple[float, float], window: tuple[slice, slice]
) -> UInt8Array:
    """Return the rows and columns of the frame that a picture at ``corner`` covers, uint8 [h,w,4]."""
    rows, columns = window
    height, width = rows.stop - rows.start, columns.stop - columns.start
    if abs(scale - 1.0) < 1e-6 and corner[0].is_integer() and corner[1].is_integer():
        x, y = int(columns.start - corner[0]), int(rows.start - corner[1])
        plain = picture[max(0, y) : y + height, max(0, x) : x + width]
        if x >= 0 and y >= 0 and plain.shape[:2] == (height, width):
            return plain
    local = np.array(
        [[scale, 0.0, corner[0] - columns.start], [0.0, scale, corner[1] - rows.start]], dtype=np.float64
    )
    moved = cv2.warpAffine(
        picture, local, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(moved, dtype=np.uint8)
