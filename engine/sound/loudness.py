"""Loudness and true peak by ITU-R BS.1770-4 (and EBU R 128, which builds on it), numpy only.

The two filters of the K weighting are applied as their frequency response to the padded signal; for signals
of a minute that is a few transforms instead of a loop over samples.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.media import SAMPLE_RATE_HZ, AudioTrack, Float32Array

#: Loudness of silence: nothing lies below the absolute gate.
SILENCE_LUFS = -70.0
#: BS.1770-4 annex 1, table 1 (high shelf) and table 2 (high pass), for 48 kHz: b, a.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
#: Gating blocks of 400 ms that overlap by 75 %, in samples.
_BLOCK, _HOP = 19_200, 4_800
#: Samples on each side that the interpolation for true peak reads; BS.1770-4 annex 2 takes 12 in all.
_REACH = 6
#: Transform length, and how long the filters remember (the slower pole falls by 160 dB), in samples.
_PIECE, _MEMORY = 1 << 17, 1 << 12


def integrated_lufs(track: AudioTrack) -> float:
    """Return the integrated loudness of a whole track, in LUFS; at least ``SILENCE_LUFS``.

    A track shorter than a gating block is measured as one block.

    Raises:
        ValueError: the track is not at 48 kHz, the rate that the filters are given for.
    """
    if track.rate_hz != SAMPLE_RATE_HZ:
        raise ValueError(f"loudness is measured at {SAMPLE_RATE_HZ} Hz, not {track.rate_hz}")
    power = np.zeros(track.samples.shape[0] + 1)
    power[1:] = np.cumsum(np.square(k_weighted(track.samples), dtype=np.float64).sum(axis=1))
    # A mono track is heard from both speakers, as players do.
    power *= 2.0 / track.samples.shape[1]
    blocks = _blocks(power)
    loud = blocks[blocks > _power_of(SILENCE_LUFS)]
    if not len(loud):
        return SILENCE_LUFS
    gate = _power_of(_lufs_of(float(loud.mean())) - 10.0)
    return max(SILENCE_LUFS, _lufs_of(float(loud[loud > gate].mean())))


def k_weighted(samples: Float32Array) -> Float32Array:
    """Return float32 [S,C] as the ear weighs it (BS.1770-4 annex 1)."""
    turn = np.exp(-2j * np.pi * np.arange(_PIECE // 2 + 1) / _PIECE)  # a delay of one sample
    response = (_response(*_SHELF, turn) * _response(*_HIGH_PASS, turn)).astype(np.complex64)[:, None]
    weighted = np.empty_like(samples)
    new = _PIECE - 2 * _MEMORY  # what is remembered stands before a piece, what rings on is padding behind it
    for start in range(0, len(samples), new):
        first = max(0, start - _MEMORY)
        piece = samples[first : start + new]
        filtered = np.fft.irfft(np.fft.rfft(piece, n=_PIECE, axis=0) * response, n=_PIECE, axis=0)
        weighted[start : start + new] = filtered[start - first : len(piece)]
    return weighted


def true_peak(samples: Float32Array) -> Float32Array:
    """Return the peak of the wave between samples (BS.1770-4 annex 2, four-fold oversampling).

    Args:
        samples: float32 [S,C].

    Returns:
        float32 [S]: for each sample the greatest magnitude, over channels, of itself and of the three points
        between it and the next.
    """
    peaks = np.abs(samples).max(axis=1)
    if not len(peaks):
        return np.asarray(peaks, dtype=np.float32)
    padded = np.pad(samples, ((_REACH - 1, _REACH), (0, 0)))
    for quarter in (1, 2, 3):
        taps = _between(quarter / 4.0)
        for channel in range(samples.shape[1]):
            between = np.convolve(padded[:, channel], taps[::-1], mode="valid")
            np.maximum(peaks, np.abs(between), out=peaks)
    return np.asarray(peaks, dtype=np.float32)


def true_peak_dbtp(track: AudioTrack) -> float:
    """Return the true peak of a track in dBTP; -120 for silence."""
    return float(20.0 * np.log10(max(1e-6, float(true_peak(track.samples).max(initial=0.0)))))


def _between(fraction: float) -> Float32Array:
    """Return the taps of a windowed sinc that reads the wave ``fraction`` of a sample further on."""
    places = np.arange(-_REACH + 1, _REACH + 1) - fraction
    window = np.cos(np.pi * places / (2 * _REACH)) ** 2
    return np.asarray(np.sinc(places) * window, dtype=np.float32)


def _response(
    b: tuple[float, float, float], a: tuple[float, float, float], turn: NDArray[np.complex128]
) -> NDArray[np.complex128]:
    response: NDArray[np.complex128] = (b[0] + turn * (b[1] + turn * b[2])) / (
        a[0] + turn * (a[1] + turn * a[2])
    )
    return response


def _blocks(power: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean square of each gating block from running sums [S+1]."""
    if len(power) <= _BLOCK:
        return power[-1:] / max(1, len(power) - 1)
    starts = np.arange(0, len(power) - _BLOCK, _HOP)
    blocks: NDArray[np.float64] = (power[starts + _BLOCK] - power[starts]) / _BLOCK
    return blocks


def _lufs_of(power: float) -> float:
    return float(-0.691 + 10.0 * np.log10(max(power, 1e-12)))


def _power_of(lufs: float) -> float:
    return float(10.0 ** ((lufs + 0.691) / 10.0))
