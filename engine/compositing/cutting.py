"""Cutting a mostly clear picture into the few rectangles that hold something."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """A part of a picture, in px."""

    left: int
    top: int
    right: int
    bottom: int


def cut(alpha: UInt8Array) -> tuple[Rectangle, ...]:
    """Return rectangles that together hold every px of ``alpha`` (uint8 [H,W]) above 0, without overlap."""
    height, width = alpha.shape
    rows, columns = -(-height // _CELL), -(-width // _CELL)
    padded = cv2.copyMakeBorder(
        alpha, 0, rows * _CELL - height, 0, columns * _CELL - width, cv2.BORDER_CONSTANT, value=0
    )
    cells = np.asarray(padded).reshape(rows, _CELL, columns, _CELL).max(axis=(1, 3)) > 0
    found: list[tuple[int, int, int, int]] = []
    _cut_cells(cells, (0, 0, columns, rows), _DEPTH, found)
    return tuple(
        Rectangle(
            left=left * _CELL,
            top=top * _CELL,
            right=min(width, right * _CELL),
            bottom=min(height, bottom * _CELL),
        )
        for left, top, right, bottom in found
    )


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
