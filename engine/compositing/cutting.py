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
        outline = _outline(used, full, box)
        for left, right in pairwise(_strips(outline, box)):
            strip = outline[left - box[0] : right - box[0]]
            top, last = min(column[0] for column in strip), max(column[1] for column in strip)
            for edge in {left, right} - {
                box[0],
                box[2],
            }:  # what touches the common edge is filtered into both
                beside = alpha[box[1] * _CELL : box[3] * _CELL, edge * _CELL - 2 : edge * _CELL + 2]
                rows_used = np.flatnonzero(beside.max(axis=1))
                if rows_used.size:
                    top = min(top, box[1] + int(rows_used[0]) // _CELL)
                    last = max(last, box[1] + int(rows_used[-1]) // _CELL + 1)
            if top < last:
                parts.append(
                    Rectangle(
                        left=left * _CELL,
                        top=top * _CELL,
                        right=min(width, right * _CELL),
                        bottom=min(height, last * _CELL),
                        joins_left=left > box[0],
                        joins_right=right < box[2],
                    )
                )
    return tuple(parts)


def _outline(
    used: NDArray[np.bool_], full: NDArray[np.bool_], box: tuple[int, int, int, int]
) -> list[tuple[int, int, int]]:
    """Return for each column its first used row, one past the last, and where all becomes opaque."""
    left, top, right, bottom = box
    outline: list[tuple[int, int, int]] = []
    for column in range(left, right):
        rows = np.flatnonzero(used[top:bottom, column])
        open_rows = np.flatnonzero(~full[top:bottom, column])
        first = top + int(rows[0]) if rows.size else bottom
        last = top + int(rows[-1]) + 1 if rows.size else top
        outline.append((first, last, top + int(open_rows[-1]) + 1 if open_rows.size else top))
    return outline


def _strips(outline: list[tuple[int, int, int]], box: tuple[int, int, int, int]) -> tuple[int, ...]:
    """Return the columns (cells) at which upright strips of ``box`` best begin, and its end.

    The cheapest way to cut the first n columns follows from the cheapest ways to cut fewer.
    """
    edges = [*range(0, len(outline), _STRIP), len(outline)]
    cheapest: dict[int, tuple[float, int]] = {0: (0.0, 0)}
    for number, end in enumerate(edges[1:], start=1):
        top, last, solid = box[3], box[1], box[1]
        best = (float("inf"), 0)
        for start in reversed(edges[:number]):
            for column in outline[start : min(end, start + _STRIP)]:
                top, last, solid = min(top, column[0]), max(last, column[1]), max(solid, column[2])
            cost = cheapest[start][0] + _cost(end - start, top, last, solid)
            best = min(best, (cost, start))
        cheapest[end] = best
    found = [edges[-1]]
    while found[-1]:
        found.append(cheapest[found[-1]][1])
    return tuple(box[0] + edge for edge in reversed(found))


def _cost(columns: int, top: int, last: int, solid: int) -> float:
    """Return about how long a strip takes to draw, in ns; sizes and rows in cells."""
    if top >= last:
        return 0.0
    solid = min(last, max(top, solid))
    area = columns * _CELL * _CELL
    return _CALL_NS + area * ((solid - top) * _BLEND_NS + (last - solid) * _COPY_NS)


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
