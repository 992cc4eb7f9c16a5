from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.media import SAMPLE_RATE_HZ, AudioTrack
from engine.sound.energy import energy_curve


def pulses(*at: float, seconds: float = 8.0) -> AudioTrack:
    samples = np.full((round(seconds * SAMPLE_RATE_HZ), 2), 0.0, dtype=np.float32)
    stroke = np.exp(-np.arange(12_000) / 3_000) * np.sin(np.arange(12_000) / 10)
    for start in at:
        begin = round(start * SAMPLE_RATE_HZ)
        samples[begin : begin + 12_000] += 0.5 * stroke[:, None].astype(np.float32)
    return AudioTrack(samples=samples)


@settings(max_examples=40, deadline=None)
@given(seconds=st.floats(0.0, 3.0), fps=st.sampled_from([12.0, 24.0, 30.0, 60.0]), seed=st.integers(0, 5))
def test_one_value_for_each_frame(seconds: float, fps: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    samples = rng.uniform(-1, 1, (round(seconds * SAMPLE_RATE_HZ), 2)).astype(np.float32)
    track = AudioTrack(samples=samples)
    curve = energy_curve(track, fps=fps)
    assert curve.shape == (round(track.seconds * fps),)
    assert curve.dtype == np.float32
    assert np.all((curve >= 0) & (curve <= 1))


def test_strokes_are_seen_when_they_are_heard() -> None:
    times = (1.0, 3.0, 5.5)
    curve = energy_curve(pulses(*times), fps=30)
    for at in times:
        frame = round(at * 30)
        assert curve[frame : frame + 4].max() > 0.6
        assert curve[frame - 3] < 0.1
        assert curve[frame + 4] > curve[frame + 12] > curve[frame + 25]


def test_loud_parts_lie_above_quiet_ones() -> None:
    time = np.arange(8 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    level = np.where(time < 4, 0.05, 0.5)
    wave = (level * np.sin(2 * np.pi * 440 * time))[:, None].astype(np.float32)
    curve = energy_curve(AudioTrack(samples=wave), fps=30)
    assert curve[30:100].mean() < 0.1
    assert curve[160:220].mean() > 0.5


def test_the_curve_does_not_flicker() -> None:
    rng = np.random.default_rng(0)
    samples = (0.2 * rng.standard_normal((8 * SAMPLE_RATE_HZ, 2))).astype(np.float32)
    curve = energy_curve(AudioTrack(samples=samples), fps=30)
    assert np.diff(curve).min() > -0.13, "it falls slowly"


def test_silence_has_no_energy() -> None:
    curve = energy_curve(AudioTrack(samples=np.zeros((48_000, 2), dtype=np.float32)), fps=30)
    assert not curve.any()


@pytest.mark.parametrize("fps", [0.0, -30.0])
def test_a_frame_rate_of_nothing_is_refused(fps: float) -> None:
    with pytest.raises(ValueError, match="fps"):
        energy_curve(pulses(1.0), fps=fps)
