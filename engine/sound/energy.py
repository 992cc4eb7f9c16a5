"""How strongly a track moves, frame by frame: what the picture follows in scenes of the sound branch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.media import AudioTrack, Float32Array
from engine.sound.loudness import k_weighted

FloatArray = NDArray[np.float64]

#: Part of the curve that comes from the level; the rest comes from its rises (strokes and entries).
_LEVEL_PART = 0.65
#: Quiet and loud ends of the scale, as quantiles of the track's own frames.
_QUIET, _LOUD = 0.05, 0.97
#: How fast the curve rises and falls, in seconds.
_RISE_SECONDS, _FALL_SECONDS = 0.05, 0.28


def energy_curve(track: AudioTrack, *, fps: float) -> Float32Array:
    """Return the energy of a track at each frame of the picture.

    Args:
        track: The music or the mix, at 48 kHz.
        fps: Frames a second.

    Returns:
        float32 [round(seconds * fps)], 0 (the track's quiet) to 1 (its loud), rising fast and falling slowly.
        A track without changes gives zeros.

    Raises:
        ValueError: ``fps`` is not above 0.
    """
    if fps <= 0:
        raise ValueError(f"fps must be above 0, not {fps}")
    frames = round(track.seconds * fps)
    if frames == 0:
        return np.zeros(0, dtype=np.float32)
    weighted = k_weighted(track.samples.mean(axis=1, keepdims=True))[:, 0]
    power = np.concatenate([[0.0], np.cumsum(np.square(weighted, dtype=np.float64))])
    edges = np.minimum(np.round(np.arange(frames + 1) * track.rate_hz / fps).astype(int), len(weighted))
    mean = np.diff(power[edges]) / np.maximum(np.diff(edges), 1)
    level = np.sqrt(
        np.sqrt(np.maximum(mean, 0.0))
    )  # the square root of the amplitude, near to how it is felt
    rises = np.maximum(np.diff(level, prepend=level[0]), 0.0)
    curve = _LEVEL_PART * _scaled(level) + (1.0 - _LEVEL_PART) * _scaled(rises)
    return _follow(_scaled(curve), fps)


def _scaled(
    values: FloatArray,
) -> FloatArray:
    low, high = np.quantile(values, (_QUIET, _LOUD))
    if high - low < 1e-4:
        return np.zeros_like(values)
    scaled: FloatArray = np.clip((values - low) / (high - low), 0.0, 1.0)
    return scaled


def _follow(values: FloatArray, fps: float) -> Float32Array:
    """Let a value rise and fall no faster than the two time constants allow."""
    rise, fall = (1.0 - np.exp(-1.0 / (fps * seconds)) for seconds in (_RISE_SECONDS, _FALL_SECONDS))
    followed = np.empty(len(values), dtype=np.float32)
    now = float(values[0])
    for index, value in enumerate(values):
        now += (rise if value > now else fall) * (float(value) - now)
        followed[index] = now
    return followed
