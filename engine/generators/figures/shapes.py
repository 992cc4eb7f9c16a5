"""Outlines in figure units: y runs from 0 (top) to 1 (foot), x is 0 in the middle."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Outline = NDArray[np.float64]


def ellipse(x: float, y: float, radius_x: float, radius_y: float, *, turn: float = 0.0) -> Outline:
    """Return an ellipse [N,2], turned clockwise by ``turn`` degrees."""
    angle = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    across, down = np.cos(angle) * radius_x, np.sin(angle) * radius_y
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    return np.stack([x + across * cos - down * sin, y + across * sin + down * cos], axis=1)


def box(left: float, top: float, right: float, bottom: float, *, radius: float = 0.0) -> Outline:
    """Return an upright rectangle with round corners."""
    return rounded([(left, top), (right, top), (right, bottom), (left, bottom)], radius)


def rounded(points: ArrayLike, radius: float) -> Outline:
    """Return a polygon whose corners are rounded by about ``radius``."""
    corners = np.asarray(points, dtype=np.float64)
    if radius <= 0:
        return corners
    result = []
    for before, corner, after in zip(np.roll(corners, 1, 0), corners, np.roll(corners, -1, 0), strict=True):
        reach = [min(radius, 0.48 * float(np.hypot(*(other - corner)))) for other in (before, after)]
        start = corner + (before - corner) / max(float(np.hypot(*(before - corner))), 1e-9) * reach[0]
        end = corner + (after - corner) / max(float(np.hypot(*(after - corner))), 1e-9) * reach[1]
        part = np.linspace(0, 1, 9)[:, None]
        result.append(start * (1 - part) ** 2 + 2 * corner * part * (1 - part) + end * part**2)
    return np.concatenate(result)


def blob(points: ArrayLike) -> Outline:
    """Return a smooth closed curve through points (Catmull and Rom, 1974)."""
    knots = np.asarray(points, dtype=np.float64)
    part = np.linspace(0, 1, 14, endpoint=False)[:, None]
    pieces = []
    for index in range(len(knots)):
        a, b, c, d = (knots[(index + shift) % len(knots)] for shift in (-1, 0, 1, 2))
        pieces.append(_spline(a, b, c, d, part))
    return np.concatenate(pieces)


def curve(points: ArrayLike) -> Outline:
    """Return a smooth open curve through points."""
    knots = np.asarray(points, dtype=np.float64)
    knots = np.concatenate([[2 * knots[0] - knots[1]], knots, [2 * knots[-1] - knots[-2]]])
    part = np.linspace(0, 1, 14)[:, None]
    return np.concatenate(
        [_spline(knots[i], knots[i + 1], knots[i + 2], knots[i + 3], part) for i in range(len(knots) - 3)]
    )


def limb(points: ArrayLike, widths: Sequence[float]) -> Outline:
    """Return a round-ended stroke along a smooth curve; ``widths`` are spread along it."""
    path = curve(points)
    along = np.gradient(path, axis=0)
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    side = np.stack([-along[:, 1], along[:, 0]], axis=1)
    half = np.interp(np.linspace(0, 1, len(path)), np.linspace(0, 1, len(widths)), widths)[:, None] / 2
    turn = np.linspace(0, np.pi, 14)[:, None]
    start, end = half[0], half[-1]
    cap_end = path[-1] + side[-1] * np.cos(turn) * end + along[-1] * np.sin(turn) * end
    cap_start = path[0] - side[0] * np.cos(turn) * start - along[0] * np.sin(turn) * start
    return np.concatenate([path + side * half, cap_end, (path - side * half)[::-1], cap_start])


def star(x: float, y: float, outer: float, inner: float, *, points: int = 5) -> Outline:
    """Return a star with its first point upwards."""
    angle = np.linspace(0, 2 * np.pi, points * 2, endpoint=False) - np.pi / 2
    radius = np.where(np.arange(points * 2) % 2, inner, outer)
    return np.stack([x + np.cos(angle) * radius, y + np.sin(angle) * radius], axis=1)


def mirrored(outline: Outline, *, about: float = 0.0) -> Outline:
    """Return the outline mirrored left to right about x."""
    return np.stack([2 * about - outline[:, 0], outline[:, 1]], axis=1)[::-1]


def moved(outline: Outline, dx: float, dy: float) -> Outline:
    """Return the outline moved."""
    result: Outline = outline + np.array([dx, dy])
    return result


def _spline(a: Outline, b: Outline, c: Outline, d: Outline, part: Outline) -> Outline:
    return 0.5 * (
        2 * b + (c - a) * part + (2 * a - 5 * b + 4 * c - d) * part**2 + (3 * b - a - 3 * c + d) * part**3
    )
