from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.contract.storyboard import Mood
from engine.media import SAMPLE_RATE_HZ, AudioTrack, Float32Array
from engine.sound.loudness import integrated_lufs, true_peak, true_peak_dbtp
from engine.sound.mix import limit, mix, resample
from engine.sound.rules import RuleComposer
from engine.sound.synth import NumpySynthesiser
from engine.sound.track import compose_track
from tests.unit.engine.sound.conftest import BriefMaker

SineMaker = Callable[..., AudioTrack]


def speech(seconds: float, *words: tuple[float, float], rate_hz: int = SAMPLE_RATE_HZ) -> AudioTrack:
    """Noise in the band of a voice during each (start, end), in mono."""
    rng = np.random.default_rng(1)
    count = round(seconds * rate_hz)
    noise = np.convolve(rng.standard_normal(count), np.hanning(24) / 12, mode="same")
    time = np.arange(count) / rate_hz
    spoken = sum((time >= start) & (time < end) for start, end in words)
    return AudioTrack(samples=(0.2 * noise * spoken)[:, None].astype(np.float32), rate_hz=rate_hz)


def band(samples: Float32Array, hertz: float) -> float:
    """Level of a frequency in dB."""
    mono = samples.mean(axis=1)
    time = np.arange(len(mono)) / SAMPLE_RATE_HZ
    return float(20 * np.log10(np.abs(np.mean(mono * np.exp(-2j * np.pi * hertz * time))) + 1e-9))


@pytest.mark.parametrize("mood", list(Mood))
def test_every_mood_sits_right(
    composer: RuleComposer, synthesiser: NumpySynthesiser, brief_of: BriefMaker, mood: Mood
) -> None:
    brief = brief_of((mood, 6.0, 0.3), (mood, 4.0, 0.9), seed=5)
    mixed = mix(compose_track(brief, model=composer, synthesiser=synthesiser), narration=None, seconds=10.0)
    assert mixed.samples.shape == (480_000, 2)
    assert integrated_lufs(mixed) == pytest.approx(-16.0, abs=0.5)
    assert true_peak_dbtp(mixed) < -1.0
    assert np.abs(mixed.samples[-1]).max() < 1e-4
    assert np.abs(mixed.samples[0]).max() < 1e-3


@settings(max_examples=15, deadline=None)
@given(
    seconds=st.floats(0.05, 6.0),
    music_seconds=st.floats(0.05, 6.0),
    loud=st.floats(-50.0, 0.0),
    clicks=st.integers(0, 4),
    target=st.sampled_from([-14.0, -16.0, -23.0]),
)
def test_any_music_comes_out_whole(
    seconds: float, music_seconds: float, loud: float, clicks: int, target: float
) -> None:
    rng = np.random.default_rng(clicks)
    music = rng.standard_normal((round(music_seconds * SAMPLE_RATE_HZ), 2)).astype(np.float32) * 0.2
    music *= np.float32(10 ** (loud / 20))
    music[rng.integers(0, len(music), clicks)] = 1.0
    mixed = mix(AudioTrack(samples=music), narration=None, seconds=seconds, target_lufs=target)
    assert mixed.samples.shape == (round(seconds * SAMPLE_RATE_HZ), 2)
    assert true_peak_dbtp(mixed) < -1.0
    assert integrated_lufs(mixed) < target + 0.5


def test_a_track_of_strokes_is_limited_and_still_loud_enough() -> None:
    music = np.zeros((10 * SAMPLE_RATE_HZ, 2), dtype=np.float32)
    decay = np.exp(-np.arange(24_000) / 2_000)[:, None] * np.sin(np.arange(24_000) / 9.0)[:, None]
    for at in range(0, len(music) - 24_000, 24_000):
        music[at : at + 24_000] += decay.astype(np.float32)
    mixed = mix(AudioTrack(samples=music), narration=None, seconds=10.0)
    assert integrated_lufs(mixed) == pytest.approx(-16.0, abs=1.0)
    assert true_peak_dbtp(mixed) < -1.0


def test_the_limiter_leaves_what_is_quiet(sine: SineMaker) -> None:
    quiet = sine(440.0, dbfs=-6.0, seconds=1.0).samples
    assert limit(quiet, -1.0) is quiet
    loud = np.concatenate([quiet, 2.0 * quiet, quiet])
    held = limit(loud, -1.0)
    assert float(true_peak(held).max()) <= 10 ** (-1.0 / 20) * 1.01
    assert held[: 48_000 - 500] == pytest.approx(quiet[:-500], abs=1e-6)


def test_music_goes_down_under_the_voice_and_comes_back(sine: SineMaker) -> None:
    music = sine(440.0, dbfs=-12.0, seconds=12.0)
    voice = speech(12.0, (3.0, 4.0), (4.3, 6.0))
    mixed = mix(music, narration=voice, seconds=12.0).samples

    def at(start: float, end: float) -> float:
        return band(mixed[round(start * SAMPLE_RATE_HZ) : round(end * SAMPLE_RATE_HZ)], 440.0)

    free = at(1.0, 2.0)
    assert at(3.1, 3.9) == pytest.approx(free - 11.0, abs=1.5)
    assert at(4.05, 4.25) < free - 8, "a breath between two words does not let the music jump up"
    assert at(8.0, 9.0) == pytest.approx(free, abs=1.0)


def test_the_voice_stands_clear_of_the_music(sine: SineMaker) -> None:
    voice = speech(8.0, (1.0, 7.0))
    mixed = mix(sine(440.0, dbfs=-3.0, seconds=8.0), narration=voice, seconds=8.0)
    assert integrated_lufs(mixed) == pytest.approx(-16.0, abs=1.0)
    inside = mixed.samples[2 * SAMPLE_RATE_HZ : 6 * SAMPLE_RATE_HZ]
    alone = inside.copy()
    time = np.arange(len(inside)) / SAMPLE_RATE_HZ
    for side in range(2):
        turn = np.exp(-2j * np.pi * 440.0 * time)
        alone[:, side] -= 2 * (np.mean(inside[:, side] * turn) * turn.conj()).real
    music = inside - alone
    assert integrated_lufs(AudioTrack(samples=alone)) > integrated_lufs(AudioTrack(samples=music)) + 10


def test_narration_of_another_rate_keeps_its_pitch_and_place(sine: SineMaker) -> None:
    voice = sine(1000.0, dbfs=-12.0, seconds=2.0, channels=1, rate_hz=24_000)
    silence = AudioTrack(samples=np.zeros((96_000, 2), dtype=np.float32))
    mixed = mix(silence, narration=voice, seconds=4.0).samples
    half = 2 * SAMPLE_RATE_HZ
    assert band(mixed[:half], 1000.0) > -30
    assert np.abs(mixed[half + 100 :]).max() < 1e-6
    assert np.array_equal(mixed[:, 0], mixed[:, 1])


@pytest.mark.parametrize(("rate_hz", "to_hz"), [(24_000, 48_000), (44_100, 48_000), (48_000, 16_000)])
def test_resampling(sine: SineMaker, rate_hz: int, to_hz: int) -> None:
    changed = resample(sine(500.0, dbfs=-6.0, seconds=1.0, rate_hz=rate_hz), to_hz)
    expected = sine(500.0, dbfs=-6.0, seconds=1.0, rate_hz=to_hz)
    assert changed.rate_hz == to_hz
    assert changed.samples.shape == expected.samples.shape
    assert np.abs(changed.samples - expected.samples)[200:-200].max() < 0.01


def test_silence_stays_silence() -> None:
    silence = AudioTrack(samples=np.zeros((1000, 2), dtype=np.float32))
    assert not mix(silence, narration=silence, seconds=1.0).samples.any()


@pytest.mark.parametrize("seconds", [0.0, -1.0])
def test_a_clip_without_length_is_refused(seconds: float) -> None:
    with pytest.raises(ValueError, match="longer"):
        mix(AudioTrack(samples=np.zeros((10, 2), dtype=np.float32)), narration=None, seconds=seconds)
