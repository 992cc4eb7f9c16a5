"""Cutting a mostly clear picture into the few rectangles that hold something."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.media import UInt8Array

#: Side of the cells that are looked at, in px: finer cuts would cost more calls than they save.
_CELL = 16
#: A gap of so many cells is worth a cut.
_GAP = 3
#: Cuts within cuts.
_DEPTH = 4
#: Strips begin at every so many cells.
_STRIP = 2
#: What drawing takes, measured at 720p on one core: a part, a px that is blended, a px that is copied.
_CALL_NS = 60_000.0
_BLEND_NS = 4.4
_COPY_NS = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """A part of a picture, in px."""

    left: int
    top: int
    right: int
    bottom: int
    #: Whether another rectangle goes on where this one ends on that side; else there is nothing.
    joins_left: bool = False
    joins_right: bool = False


def cut(alpha: UInt8Array) -> tuple[Rectangle, ...]:
    """Return rectangles that together hold every px of uint8 [H,W] above 0, without overlap."""
    height, width = alpha.shape
    rows, columns = -(-height // _CELL), -(-width // _CELL)
    padded = cv2.copyMakeBorder(
        alpha, 0, rows * _CELL - height, 0, columns * _CELL - width, cv2.BORDER_CONSTANT, value=0
    )
    tiles = np.asarray(padded).reshape(rows, _CELL, columns, _CELL)
    used, full = tiles.max(axis=(1, 3)) > 0, tiles.min(axis=(1, 3)) == 255
    if height % _CELL:  # the last row of cells reaches below the picture
        rest = np.asarray(padded)[(rows - 1) * _CELL : height].reshape(-1, columns, _CELL)
        full[-1] = rest.min(axis=(0, 2)) == 255
    found: list[tuple[int, int, int, int]] = []
    _cut_cells(used, (0, 0, columns, rows), _DEPTH, found)
    parts: list[Rectangle] = []
    for box in found:
        edges = _strips(used, full, box)
        for left, right in pairwise(edges):
            top, bottom, _ = _profile(used, full, (left, box[1], right, box[3]))
            if top < bottom:
                parts.append(
                    Rectangle(
                        left=left * _CELL,
                        top=top * _CELL,
                        right=min(width, right * _CELL),
                        bottom=min(height, bottom * _CELL),
                        joins_left=left > box[0],
                        joins_right=right < box[2],
                    )
                )
    return tuple(parts)


def _profile(
    used: NDArray[np.bool_], full: NDArray[np.bool_], box: tuple[int, int, int, int]
) -> tuple[int, int, int]:
    """Return the first row with anything, one past the last, and where all becomes opaque, in cells."""
    left, top, right, bottom = box
    rows = np.flatnonzero(used[top:bottom, left:right].any(axis=1))
    if not rows.size:
        return top, top, top
    last = top + int(rows[-1]) + 1
    open_rows = np.flatnonzero(~full[top:last, left:right].all(axis=1))
    return top + int(rows[0]), last, top + int(open_rows[-1]) + 1 if open_rows.size else top


def _cost(used: NDArray[np.bool_], full: NDArray[np.bool_], box: tuple[int, int, int, int]) -> float:
    """Return about how long the contents of ``box`` take to draw, in ns."""
    top, last, solid = _profile(used, full, box)
    if top >= last:
        return 0.0
    solid = max(top, solid)
    area = (box[2] - box[0]) * _CELL * _CELL
    return _CALL_NS + area * ((solid - top) * _BLEND_NS + (last - solid) * _COPY_NS)


def _strips(
    used: NDArray[np.bool_], full: NDArray[np.bool_], box: tuple[int, int, int, int]
) -> tuple[int, ...]:
    """Return the columns (cells) at which upright strips of ``box`` best begin, and its end."""
    left, top, right, bottom = box
    whole = _cost(used, full, box)
    best, at = whole, 0
    for middle in range(left + _STRIP, right - _STRIP + 1, _STRIP):
        cost = _cost(used, full, (left, top, middle, bottom)) + _cost(
            used, full, (middle, top, right, bottom)
        )
        if cost < best:
            best, at = cost, middle
    if not at or best > 0.97 * whole:
        return left, right
    first = _strips(used, full, (left, top, at, bottom))
    return (*first[:-1], *_strips(used, full, (at, top, right, bottom)))


def _cut_cells(
    cells: NDArray[np.bool_],
    box: tuple[int, int, int, int],
    depth: int,
    found: list[tuple[int, int, int, int]],
) -> None:
    """Shrink ``box`` (left, top, right, bottom in cells) to what it holds and cut it at its widest gap."""
    left, top, right, bottom = box
    part = cells[top:bottom, left:right]
    used_rows, used_columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if not used_rows.size:
        return
    left, right = left + int(used_columns[0]), left + int(used_columns[-1]) + 1
    top, bottom = top + int(used_rows[0]), top + int(used_rows[-1]) + 1
    across, down = _widest_gap(used_columns), _widest_gap(used_rows)
    if depth == 0 or max(across[1], down[1]) < _GAP:
        found.append((left, top, right, bottom))
    elif across[1] >= down[1]:
        middle = left + across[0] - int(used_columns[0]) + 1
        _cut_cells(cells, (left, top, middle, bottom), depth - 1, found)
        _cut_cells(cells, (middle, top, right, bottom), depth - 1, found)
    else:
        middle = top + down[0] - int(used_rows[0]) + 1
        _cut_cells(cells, (left, top, right, middle), depth - 1, found)
        _cut_cells(cells, (left, middle, right, bottom), depth - 1, found)


def _widest_gap(used: NDArray[np.intp]) -> tuple[int, int]:
    """Return the used cell before the widest gap, and the gap's width in cells."""
    if len(used) < 2:
        return 0, 0
    gaps = np.diff(used) - 1
    widest = int(gaps.argmax())
    return int(used[widest]), int(gaps[widest])
