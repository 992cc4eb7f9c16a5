"""The room around the instruments: a reverb by convolution with a synthetic impulse."""

from __future__ import annotations

import numpy as np

from engine.media import SAMPLE_RATE_HZ, Float32Array

#: Time before the first late reflection, in seconds.
_PREDELAY_SECONDS = 0.016
#: Edges of the bands in Hz, and how long each rings against the middle one.
_BANDS = ((140.0, 400.0, 1.0), (400.0, 1600.0, 1.0), (1600.0, 5000.0, 0.72), (5000.0, 12000.0, 0.4))
#: Early reflections: (seconds, gain left, gain right).
_EARLY = ((0.009, 0.5, 0.1), (0.014, 0.1, 0.45), (0.021, 0.35, 0.2), (0.029, 0.15, 0.34), (0.037, 0.26, 0.14))
#: Transform length of the convolution, in samples; longer music is done in pieces.
_PIECE_SAMPLES = 1 << 19


def impulse(seconds: float) -> Float32Array:
    """Make the answer of a room to a click.

    Args:
        seconds: Time for a fall of 60 dB in the middle band; treble dies sooner, as in real rooms.

    Returns:
        float32 [2,N] with unequal sides (that is what makes it wide), energy 1 a side.
    """
    length = round((seconds + _PREDELAY_SECONDS) * SAMPLE_RATE_HZ)
    size = 1 << max(1, (length - 1)).bit_length()
    rng = np.random.default_rng(1961)  # any number; the room must not change between clips
    spectrum = np.fft.rfft(rng.standard_normal((2, size)).astype(np.float32))
    hertz = np.fft.rfftfreq(size, 1 / SAMPLE_RATE_HZ).clip(1e-3)
    time = np.arange(length, dtype=np.float32) / SAMPLE_RATE_HZ
    answer = np.zeros((2, length), dtype=np.float32)
    for low, high, longer in _BANDS:
        shape = (1.0 / (1.0 + (low / hertz) ** 6) / (1.0 + (hertz / high) ** 6)).astype(np.float32)
        band = np.fft.irfft(spectrum * shape, n=size)[:, :length]
        answer += band.astype(np.float32) * np.exp(np.float32(-6.9 / (seconds * longer)) * time)
    delay = round(_PREDELAY_SECONDS * SAMPLE_RATE_HZ)
    late = np.zeros_like(answer)
    late[:, delay:] = answer[:, : length - delay] * np.minimum(time[: length - delay] / 0.01, 1.0)
    late /= np.sqrt(np.sum(np.square(late), axis=1, keepdims=True))
    for at, left, right in _EARLY:
        if round(at * SAMPLE_RATE_HZ) < length:
            late[:, round(at * SAMPLE_RATE_HZ)] += np.array([left, right], dtype=np.float32) * 0.5
    late *= np.minimum((time[-1] - time) / 0.05, 1.0)
    return np.asarray(late / np.sqrt(np.sum(np.square(late), axis=1, keepdims=True)), dtype=np.float32)


def convolve(dry: Float32Array, answer: Float32Array) -> Float32Array:
    """Put a sound into a room.

    Args:
        dry: float32 [2,S].
        answer: float32 [2,N], the room's impulse.

    Returns:
        float32 [2,S]; what rings on after the end is cut.
    """
    length, tail = dry.shape[1], answer.shape[1]
    size = 1 << (min(length, _PIECE_SAMPLES - tail) + tail - 1).bit_length()
    piece = size - tail + 1
    turned = np.fft.rfft(answer, n=size)
    wet = np.zeros((2, length + size), dtype=np.float32)
    for start in range(0, length, piece):
        part = np.fft.rfft(dry[:, start : start + piece], n=size)
        wet[:, start : start + size] += np.fft.irfft(part * turned, n=size)
    return wet[:, :length]
