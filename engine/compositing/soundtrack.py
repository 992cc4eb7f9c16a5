"""Samples as a moviepy audio clip that gives every sample back exactly."""

from __future__ import annotations

import numpy as np
from moviepy import AudioClip
from numpy.typing import NDArray

from engine.media import SAMPLE_RATE_HZ, AudioTrack, Float32Array


class TrackClip(AudioClip):  # type: ignore[misc]  # moviepy is not annotated
    """An AudioTrack cut or padded with silence to a length, in stereo at 48 kHz.

    moviepy's own AudioArrayClip rounds moments down, which repeats and drops samples where a moment is not a
    binary fraction; this one rounds to the nearest sample.
    """

    def __init__(self, track: AudioTrack, seconds: float) -> None:
        if track.rate_hz != SAMPLE_RATE_HZ:
            raise ValueError(f"a sound track has {SAMPLE_RATE_HZ} samples a second, not {track.rate_hz}")
        self._samples = fit_samples(track.samples, round(seconds * SAMPLE_RATE_HZ))
        super().__init__(self._at, duration=seconds, fps=SAMPLE_RATE_HZ)
        self.nchannels = 2

    def _at(self, moment: float | NDArray[np.float64]) -> Float32Array:
        index = np.rint(np.asarray(moment) * SAMPLE_RATE_HZ).astype(np.int64)
        return np.asarray(self._samples[np.clip(index, 0, len(self._samples) - 1)])

    def samples(self, start: int, stop: int) -> Float32Array:
        """Return samples ``start`` to ``stop``, float32 [S,2]."""
        return self._samples[start:stop]


def fit_samples(samples: Float32Array, length: int) -> Float32Array:
    """Return float32 [length,2]: mono doubled, the end cut (with a short fade) or padded with silence."""
    stereo = np.repeat(samples, 2, axis=1) if samples.shape[1] == 1 else samples
    fitted = np.zeros((length, 2), dtype=np.float32)
    kept = min(length, len(stereo))
    fitted[:kept] = stereo[:kept]
    if len(stereo) > length:
        fade = min(length, SAMPLE_RATE_HZ // 50)  # 20 ms: a cut in the middle of a wave clicks
        fitted[length - fade :] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)[:, None]
    return np.clip(fitted, -1.0, 1.0)
