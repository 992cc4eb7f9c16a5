"""The mix: music under narration, fades, loudness and a limiter, exactly as long as the clip."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.media import SAMPLE_RATE_HZ, AudioTrack, Float32Array
from engine.sound.instruments import factor_of
from engine.sound.loudness import SILENCE_LUFS, integrated_lufs, k_weighted, true_peak

#: Where music and narration stand before they are put together, in LUFS. Music under the voice then lies
#: 14 LU below it, as broadcasters recommend for speech that has to be understood without effort.
_MUSIC_LUFS = -19.0
_VOICE_LUFS = -16.0
_DUCK_DB = -11.0
#: The music is down this long before a word and stays down this long after it, in seconds.
_LOOK_AHEAD_SECONDS = 0.15
_HOLD_SECONDS = 0.35
#: A voice this far below its own loud parts counts as a pause, in dB.
_PAUSE_DB = -26.0
#: Fades, in seconds and at most this part of the clip.
_FADE_IN_SECONDS, _FADE_OUT_SECONDS, _FADE_PART = 0.02, 0.9, 0.1
#: Reach of the limiter to each side of a peak, in samples (5 ms).
_LIMIT_REACH = 240
#: Kept free below the peak that was asked for, in dB: a lossy encoder adds a little.
_HEADROOM_DB = 0.3
#: Rounds of levelling; each corrects what the limiter took in the one before.
_ROUNDS = 4
#: Near enough to the loudness that was asked for, in LU.
_NEAR_LU = 0.2


def mix(
    music: AudioTrack,
    *,
    narration: AudioTrack | None,
    seconds: float,
    target_lufs: float = -16.0,
    peak_dbtp: float = -1.0,
) -> AudioTrack:
    """Put music and narration together.

    Args:
        music: The music, from the start of the clip; cut or continued with silence to the clip's length.
        narration: The voice, from the start of the clip, at any rate; None for music alone.
        seconds: Length of the clip.
        target_lufs: Integrated loudness of the result, +-1.
        peak_dbtp: The true peak stays under this.

    Returns:
        Stereo at 48 kHz, round(seconds * 48,000) samples. Silence stays silence.

    Raises:
        ValueError: ``seconds`` is not above 0.
    """
    samples = round(seconds * SAMPLE_RATE_HZ)
    if samples < 1:
        raise ValueError(f"a clip is longer than {seconds} seconds")
    bed = _fit(music, samples) * _edges(samples)[:, None]
    if narration is not None:
        voice = _fit(narration, samples) * _edges(samples, fade_out=0.03)[:, None]
        bed = _at(bed, _MUSIC_LUFS) * _duck(voice)[:, None] + _at(voice, _VOICE_LUFS)
    return AudioTrack(samples=_level(bed, target_lufs, peak_dbtp))


def resample(track: AudioTrack, rate_hz: int) -> AudioTrack:
    """Return a track at another rate, by its spectrum."""
    if track.rate_hz == rate_hz:
        return track
    pad = track.rate_hz // 10  # the transform joins the ends; keep them apart
    padded = np.pad(track.samples, ((0, pad), (0, 0)))
    size = round(padded.shape[0] * rate_hz / track.rate_hz)
    spectrum = np.fft.rfft(padded, axis=0)
    kept = min(spectrum.shape[0], size // 2 + 1)
    changed = np.fft.irfft(spectrum[:kept], n=size, axis=0) * (size / padded.shape[0])
    length = round(track.samples.shape[0] * rate_hz / track.rate_hz)
    return AudioTrack(samples=np.ascontiguousarray(changed[:length], dtype=np.float32), rate_hz=rate_hz)


def limit(samples: Float32Array, peak_dbtp: float) -> Float32Array:
    """Hold the true peak of float32 [S,C] under a level, with a gain that moves smoothly.

    The gain falls before a peak and recovers after it within 5 ms on each side; below the level nothing
    changes.
    """
    return _limit(samples, true_peak(samples), factor_of(peak_dbtp))


def _limit(samples: Float32Array, peaks: Float32Array, ceiling: float) -> Float32Array:
    """Hold samples whose true peaks [S] are known under a ceiling."""
    if float(peaks.max(initial=0.0)) <= ceiling:
        return samples
    wanted = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    lowest = _lowest_near(wanted, _LIMIT_REACH)
    # Two running means in a row, each as long as half the reach, keep the gain below what is wanted.
    for _ in range(2):
        lowest = _running_mean(lowest, _LIMIT_REACH // 2)
    return np.asarray(samples * lowest[:, None], dtype=np.float32)


def _running_mean(values: NDArray[np.float32], reach: int) -> NDArray[np.float32]:
    """Return the mean over ``reach`` places to each side."""
    sums = np.cumsum(np.pad(values, (reach + 1, reach), mode="edge"), dtype=np.float64)
    return ((sums[2 * reach + 1 :] - sums[: -2 * reach - 1]) / (2 * reach + 1)).astype(np.float32)


def _fit(track: AudioTrack, samples: int) -> Float32Array:
    """Return float32 [samples,2] at 48 kHz."""
    fitted = resample(track, SAMPLE_RATE_HZ).samples[:samples]
    if fitted.shape[1] == 1:
        fitted = np.repeat(fitted, 2, axis=1)
    return np.pad(fitted, ((0, samples - fitted.shape[0]), (0, 0)))


def _edges(samples: int, fade_out: float = _FADE_OUT_SECONDS) -> Float32Array:
    """Return [samples]: a short rise and a fall to nothing."""
    gain = np.ones(samples, dtype=np.float32)
    most = max(1, round(_FADE_PART * samples))
    rise = min(most, round(_FADE_IN_SECONDS * SAMPLE_RATE_HZ))
    fall = min(most, round(fade_out * SAMPLE_RATE_HZ))
    gain[:rise] *= np.sin(np.linspace(0.0, np.pi / 2, rise, dtype=np.float32)) ** 2
    gain[samples - fall :] *= np.cos(np.linspace(0.0, np.pi / 2, fall, dtype=np.float32)) ** 2
    return gain


def _at(samples: Float32Array, lufs: float) -> Float32Array:
    """Return samples at a loudness; silence as it is."""
    now = integrated_lufs(AudioTrack(samples=samples))
    if now <= SILENCE_LUFS:
        return samples
    return samples * np.float32(factor_of(lufs - now))


def _duck(voice: Float32Array) -> Float32Array:
    """Return [S]: the gain of the music, down while somebody speaks."""
    hop = SAMPLE_RATE_HZ // 100
    weighted = k_weighted(voice.mean(axis=1, keepdims=True))[:, 0]
    frames = np.pad(weighted, (0, -len(weighted) % hop)).reshape(-1, hop)
    level = np.sqrt(np.mean(np.square(frames), axis=1))  # [F], every 10 ms
    loud = float(np.quantile(level, 0.98, method="higher"))
    if loud < 1e-5:
        return np.ones(len(voice), dtype=np.float32)
    speaks = (level > loud * factor_of(_PAUSE_DB)).astype(np.float64)
    before, after = round(_LOOK_AHEAD_SECONDS * 100), round(_HOLD_SECONDS * 100)
    held = np.convolve(speaks, np.ones(before + after + 1))[before : before + len(speaks)] > 0.5
    window = np.hanning(25)
    smooth = np.convolve(
        np.pad(held.astype(np.float64), 12, mode="edge"), window / window.sum(), mode="valid"
    )
    times = np.arange(len(voice)) / hop
    activity = np.interp(times, np.arange(len(smooth)) + 0.5, smooth)
    return np.asarray(10.0 ** (_DUCK_DB * activity / 20.0), dtype=np.float32)


def _level(samples: Float32Array, target_lufs: float, peak_dbtp: float) -> Float32Array:
    """Bring samples to a loudness; where the peaks stand in the way the limiter takes them down."""
    ceiling = factor_of(peak_dbtp - _HEADROOM_DB)
    now = integrated_lufs(AudioTrack(samples=samples))
    if now <= SILENCE_LUFS:
        return samples
    peaks = true_peak(samples)
    gain_db = target_lufs - now
    for _ in range(_ROUNDS):
        factor = np.float32(factor_of(gain_db))
        levelled = _limit(samples * factor, peaks * factor, ceiling)
        if float(peaks.max()) * factor <= ceiling:
            return levelled
        now = integrated_lufs(AudioTrack(samples=levelled))
        if abs(now - target_lufs) < _NEAR_LU:
            break
        gain_db += target_lufs - now
    return limit(levelled, peak_dbtp - _HEADROOM_DB)


def _lowest_near(values: NDArray[np.float32], reach: int) -> NDArray[np.float32]:
    """Return for each place the least value within ``reach`` places, by doubling the window."""
    width, lowest = 1, np.pad(values, reach, mode="edge")
    while width < 2 * reach + 1:
        step = min(width, 2 * reach + 1 - width)
        lowest = np.minimum(lowest[:-step], lowest[step:])
        width += step
    return lowest
