"""Rain, snow, stars, dust, bubbles, leaves, sparks and confetti: seeded and in depth.

Where a particle is follows from the frame's number alone, so any frame can be drawn by itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.compositing.camera import View
from engine.compositing.stamps import PHASES, TURNS, round_stamps, streak_stamps, turning_stamps
from engine.media import FPS, Float32Array, FrameSize, UInt8Array
from engine.scenery import Particles

#: How many sizes of stamps a band has.
_SIZES = 4
#: Weights below this (of 255) are left out.
_FAINT = 3
#: The table's counts and px are for a frame of so many px.
_TABLE_AREA = 1280 * 720
_TABLE_SHORT = 720
#: Stars are left out where the sky is brighter than this grey level (the moon, a glow).
_TOO_BRIGHT = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Particles at one depth."""

    #: "sky" behind everything, "stage" behind the subjects, "front" before them.
    where: str
    #: float32 [S,K,K], 0 to 1.
    stamps: Float32Array
    #: float32 [N] each: place in px at frame 0, and speed in px a second.
    x: Float32Array
    y: Float32Array
    vx: Float32Array
    vy: Float32Array
    #: Sway to both sides, in px, and its rate in turns a second.
    sway_px: float
    sway_hz: Float32Array
    #: Where each particle's own rhythms begin, in turns.
    phase: Float32Array
    #: Rates of twinkling (0: it does not) and of turning, in turns a second.
    twinkle_hz: Float32Array
    spin_hz: Float32Array
    #: 0 to 1.
    opacity: Float32Array
    #: float32 [N,3], sRGB.
    colour: Float32Array
    #: Index of the particle's size among the stamps' sizes.
    kind: NDArray[np.intp]
    #: Stamps of one size: phases, turns, or 1.
    variants: int
    #: How far the camera shifts it, as a layer's depth.
    depth: float
    #: Part of the frame's height that it fills, from the top.
    reach: float


@cache
def _table() -> dict[str, list[dict[str, Any]]]:
    text = (files("engine.compositing") / "particles.json").read_text(encoding="utf-8")
    table: dict[str, list[dict[str, Any]]] = json.loads(text)
    return table


def make_bands(particles: Particles, size: FrameSize, seed: int) -> tuple[Band, ...]:
    """Scatter ``particles`` over frames of ``size``; none for Particles.NONE."""
    rng = np.random.default_rng([seed, 77])
    return tuple(_scatter(row, size, rng) for row in _table().get(particles.value, ()))


def _scatter(row: dict[str, Any], size: FrameSize, rng: np.random.Generator) -> Band:
    scale = size.short_px / _TABLE_SHORT
    share = size.width_px * size.height_px / (_TABLE_AREA * scale * scale)
    count = max(1, round(row["count"] * share * row.get("reach", 1.0)))
    radii = tuple(float(r) * scale for r in np.linspace(row["radius"][0], row["radius"][1], _SIZES))
    stamps, variants = _stamps(row, radii)
    colours = np.array([_rgb(name) for name in row["colours"]], dtype=np.float32)

    def between(name: str) -> Float32Array:
        low, high = row.get(name, (0.0, 0.0))
        return np.asarray(rng.uniform(low, high, count), dtype=np.float32)

    return Band(
        where=row["where"],
        stamps=stamps,
        x=rng.uniform(0, size.width_px, count).astype(np.float32),
        y=rng.uniform(0, size.height_px * row.get("reach", 1.0), count).astype(np.float32),
        vx=between("vx") * np.float32(scale),
        vy=between("vy") * np.float32(scale),
        sway_px=row["sway"] * scale,
        sway_hz=between("sway_hz"),
        phase=rng.uniform(0, 1, count).astype(np.float32),
        twinkle_hz=between("twinkle_hz"),
        spin_hz=between("spin_hz"),
        opacity=between("opacity"),
        colour=colours[rng.integers(0, len(colours), count)],
        kind=rng.integers(0, _SIZES, count),
        variants=variants,
        depth=row["depth"],
        reach=row.get("reach", 1.0),
    )


def _stamps(row: dict[str, Any], radii: tuple[float, ...]) -> tuple[Float32Array, int]:
    shape = row["shape"]
    if shape == "streak":
        return streak_stamps(tuple(2 * radius for radius in radii), row["vx"][0] / row["vy"][0]), 1
    if shape in ("leaf", "paper"):
        return turning_stamps(shape, radii), TURNS
    return round_stamps(shape, radii), PHASES * PHASES


def _rgb(name: str) -> tuple[int, int, int]:
    return int(name[1:3], 16), int(name[3:5], 16), int(name[5:7], 16)


def draw_bands(canvas: UInt8Array, bands: tuple[Band, ...], where: str, frame: int, view: View) -> None:
    """Draw the bands that belong ``where``, in place on uint8 [H,W,3]."""
    for band in bands:
        if band.where == where:
            _draw_band(canvas, band, frame / FPS, view)


def _draw_band(canvas: UInt8Array, band: Band, t: float, view: View) -> None:
    height, width = canvas.shape[:2]
    half = band.stamps.shape[1] // 2
    margin = half + band.sway_px + 2.0
    turns = np.float32(2.0 * np.pi) * (band.sway_hz * np.float32(t) + band.phase)
    x = band.x + band.vx * np.float32(t) + np.float32(view.shift_at(band.depth))
    x = np.mod(x + margin, width + 2 * margin) - margin + band.sway_px * np.sin(turns)
    tall = height * band.reach
    y = band.y + band.vy * np.float32(t)
    y = np.mod(y + margin, tall + 2 * margin) - margin if np.any(band.vy) else y
    whole_x, whole_y = np.floor(x).astype(np.intp), np.floor(y).astype(np.intp)
    weight = band.opacity * (0.62 + 0.38 * np.sin(2 * np.pi * (band.twinkle_hz * t + band.phase)))
    weight = np.where(band.twinkle_hz > 0, weight, band.opacity).astype(np.float32)
    parts = np.stack([x - whole_x, y - whole_y]).astype(np.float32)
    stamp = np.asarray(band.kind * band.variants + _variant(band, t, parts), dtype=np.intp)
    _press(canvas, band, (whole_x - half, whole_y - half), stamp, weight)


def _variant(band: Band, t: float, parts: Float32Array) -> NDArray[np.intp]:
    """Return which stamp of its size each particle needs: its fraction of a px (x, y), or its turn."""
    if band.variants == TURNS:
        turns = np.floor((band.spin_hz * t + band.phase) * TURNS) % TURNS
        return np.asarray(turns, dtype=np.intp)
    if band.variants == 1:
        return np.zeros(len(band.x), dtype=np.intp)
    steps = np.floor(parts * PHASES)
    return np.asarray(steps[1] * PHASES + steps[0], dtype=np.intp)


def _press(
    canvas: UInt8Array,
    band: Band,
    corner: tuple[NDArray[np.intp], NDArray[np.intp]],
    stamp: NDArray[np.intp],
    weight: Float32Array,
) -> None:
    """Blend all stamps of a band at once; where two overlap the later one counts."""
    height, width = canvas.shape[:2]
    side = np.arange(band.stamps.shape[1], dtype=np.intp)
    rows = corner[1][:, None, None] + side[None, :, None]
    columns = corner[0][:, None, None] + side[None, None, :]
    amount = band.stamps[stamp] * (weight * 255.0)[:, None, None]
    seen = (amount > _FAINT) & (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    particle = np.nonzero(seen)[0]
    at = (rows * width + columns)[seen]
    pixels = canvas.reshape(-1, 3)
    below = pixels[at].astype(np.float32)
    share = (amount[seen] / 255.0)[:, None]
    if band.where == "sky":
        share = share * (below.mean(axis=1, keepdims=True) < _TOO_BRIGHT)
    pixels[at] = np.rint(below + (band.colour[particle] - below) * share).astype(np.uint8)
