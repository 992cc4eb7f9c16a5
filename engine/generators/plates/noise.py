"""Fractal noise in one and two dimensions."""

from __future__ import annotations

import cv2
import numpy as np

from engine.media import Float32Array


def fractal_line(
    rng: np.random.Generator, length: int, *, cells: float, octaves: int = 5, gain: float = 0.5
) -> Float32Array:
    """Return float32 [length] of about -1..1: value noise, ``cells`` hills in the first octave."""
    where = np.linspace(0.0, 1.0, length)
    total = np.zeros(length)
    weight, norm = 1.0, 0.0
    for octave in range(octaves):
        count = max(2, round(cells * 2**octave))
        knots = rng.uniform(-1.0, 1.0, count + 3)
        place = where * count
        index = np.minimum(place.astype(int), count)
        part = place - index
        eased = part * part * part * (part * (part * 6 - 15) + 10)
        total += weight * (knots[index] * (1 - eased) + knots[index + 1] * eased)
        norm += weight
        weight *= gain
    return (total / norm * 1.6).astype(np.float32)


def fractal_field(
    rng: np.random.Generator, shape: tuple[int, int], *, cells: tuple[float, float], octaves: int = 4
) -> Float32Array:
    """Return float32 [H,W] of 0..1 with mean about 0.5 that tiles in x.

    Args:
        rng: Source of chance.
        shape: Height and width, in px.
        cells: Cells of the first octave down and across.
        octaves: How many octaves; each halves the cell.
    """
    height, width = shape
    total = np.zeros(shape, np.float32)
    weight, norm = 1.0, 0.0
    for octave in range(octaves):
        rows = max(2, round(cells[0] * 2**octave))
        columns = max(2, round(cells[1] * 2**octave))
        knots = rng.random((rows + 2, columns), dtype=np.float32)
        total += weight * _wrapped(knots, height, width)
        norm += weight
        weight *= 0.5
    result: Float32Array = np.clip((total / norm - 0.5) * 1.5 + 0.5, 0.0, 1.0)
    return result


def enlarged(field: Float32Array, shape: tuple[int, int], *, tiles: bool = False) -> Float32Array:
    """Return a field stretched smoothly to ``shape``: soft things are drawn small, which is fast.

    With ``tiles`` what tiled in x still does.
    """
    if tiles:
        field = np.concatenate([field[:, -1:], field, field[:, :1]], axis=1)
        inner = shape[1] / (field.shape[1] - 2)
        matrix = np.array([[inner, 0, -inner / 2 - 0.5], [0, shape[0] / field.shape[0], 0]])
        matrix[1, 2] = (matrix[1, 1] - 1) / 2
        stretched = cv2.warpAffine(
            field, matrix, (shape[1], shape[0]), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
    else:
        stretched = cv2.resize(field, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)
    return stretched.astype(np.float32, copy=False)


def _wrapped(knots: Float32Array, height: int, width: int) -> Float32Array:
    """Stretch a grid smoothly; its columns wrap round, so the result tiles in x."""
    rows, columns = knots.shape
    wrapped = np.concatenate([knots[:, -2:], knots, knots[:, :2]], axis=1)
    x = (np.arange(width, dtype=np.float32) / width * columns + 2.0)[None, :]
    y = (np.arange(height, dtype=np.float32) / height * (rows - 3) + 1.0)[:, None]
    map_x = np.ascontiguousarray(np.broadcast_to(x, (height, width)))
    map_y = np.ascontiguousarray(np.broadcast_to(y, (height, width)))
    stretched = cv2.remap(wrapped, map_x, map_y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
    return stretched.astype(np.float32, copy=False)
