"""Small masks that particles are stamped with: drawn from formulas, turned or shifted in fine steps."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.media import Float32Array

#: Steps of a px in each direction at which round stamps are drawn, so that slow ones glide.
PHASES = 4
#: Steps of a full turn at which leaves and paper are drawn.
TURNS = 24

_Shape = Callable[[Float32Array, Float32Array, float], Float32Array]


def _disc(x: Float32Array, y: Float32Array, radius: float) -> Float32Array:
    return np.asarray(np.clip(radius + 0.5 - np.hypot(x, y), 0.0, 1.0), dtype=np.float32)


def _soft(x: Float32Array, y: Float32Array, radius: float) -> Float32Array:
    return np.asarray(np.exp(-((x * x + y * y) / (0.42 * radius * radius + 0.2))), dtype=np.float32)


def _glint(x: Float32Array, y: Float32Array, radius: float) -> Float32Array:
    core = np.exp(-(x * x + y * y) / 0.9)
    rays = np.exp(-np.abs(x) / radius - 3.0 * np.abs(y)) + np.exp(-np.abs(y) / radius - 3.0 * np.abs(x))
    return np.asarray(np.clip(core + 0.5 * rays, 0.0, 1.0), dtype=np.float32)


def _ring(x: Float32Array, y: Float32Array, radius: float) -> Float32Array:
    distance = np.hypot(x, y)
    edge = np.clip(1.0 - np.abs(distance - radius) / max(0.9, radius * 0.16), 0.0, 1.0)
    shine = np.exp(-((x + radius * 0.4) ** 2 + (y + radius * 0.4) ** 2) / (0.08 * radius * radius + 0.15))
    body = 0.12 * np.clip(radius + 0.5 - distance, 0.0, 1.0)
    return np.asarray(np.clip(edge * 0.85 + shine + body, 0.0, 1.0), dtype=np.float32)


_ROUND: dict[str, _Shape] = {"disc": _disc, "soft": _soft, "glint": _glint, "ring": _ring}


def _grid(half: int, dx: float = 0.0, dy: float = 0.0) -> tuple[Float32Array, Float32Array]:
    axis = np.arange(-half, half + 1, dtype=np.float32)
    return np.broadcast_arrays(axis[None, :] - np.float32(dx), axis[:, None] - np.float32(dy))[0:2]  # type: ignore[return-value]


def round_stamps(shape: str, radii: tuple[float, ...]) -> Float32Array:
    """Return float32 [len(radii)*PHASES*PHASES,K,K] of a round ``shape``; phases run x fastest."""
    reach = 1.4 if shape in ("soft", "ring") else 1.0
    half = int(np.ceil(max(radii) * (2.2 if shape == "glint" else reach))) + 1
    found = []
    for radius in radii:
        for phase_y in range(PHASES):
            for phase_x in range(PHASES):
                x, y = _grid(half, (phase_x + 0.5) / PHASES, (phase_y + 0.5) / PHASES)
                found.append(_ROUND[shape](x, y, radius))
    return np.stack(found)


def streak_stamps(lengths: tuple[float, ...], slope: float) -> Float32Array:
    """Return float32 [len(lengths),K,K] of thin lines that lean by ``slope`` (dx for each dy)."""
    half = int(np.ceil(max(lengths) / 2)) + 2
    x, y = _grid(half)
    found = []
    for length in lengths:
        along = np.clip(1.0 - np.abs(y) / (length / 2.0), 0.0, 1.0) ** 0.6
        across = np.clip(1.15 - np.abs(x - slope * y), 0.0, 1.0)
        found.append((along * across).astype(np.float32))
    return np.stack(found)


def turning_stamps(shape: str, radii: tuple[float, ...]) -> Float32Array:
    """Return float32 [len(radii)*TURNS,K,K] of a leaf or a slip of paper that turns and tumbles."""
    half = int(np.ceil(max(radii) * 1.25)) + 1
    x, y = _grid(half)
    found = []
    for radius in radii:
        for turn in range(TURNS):
            angle = 2.0 * np.pi * turn / TURNS
            tumble = 0.35 + 0.65 * abs(np.cos(angle * 1.0 + 0.6))
            u = np.cos(angle) * x + np.sin(angle) * y
            v = (-np.sin(angle) * x + np.cos(angle) * y) / tumble
            found.append(_leaf(u, v, radius) if shape == "leaf" else _paper(u, v, radius))
    return np.stack(found)


def _leaf(u: Float32Array, v: Float32Array, radius: float) -> Float32Array:
    """Two arcs that meet in a point, with a pale middle rib."""
    width = 0.46 * radius * np.clip(1.0 - (u / radius) ** 2, 0.0, 1.0)
    inside = np.clip(width - np.abs(v) + 0.5, 0.0, 1.0) * (np.abs(u) < radius)
    rib = 0.22 * np.clip(1.0 - np.abs(v) * 1.2, 0.0, 1.0)
    return np.asarray(inside * (1.0 - rib), dtype=np.float32)


def _paper(u: Float32Array, v: Float32Array, radius: float) -> Float32Array:
    return np.asarray(
        np.clip(radius - np.abs(u) + 0.5, 0.0, 1.0) * np.clip(radius * 0.6 - np.abs(v) + 0.5, 0.0, 1.0),
        dtype=np.float32,
    )
