from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest

from engine.media import SAMPLE_RATE_HZ, AudioTrack
from engine.sound.loudness import SILENCE_LUFS, integrated_lufs, k_weighted, true_peak_dbtp
from engine.sound.track import write_wav

SineMaker = Callable[..., AudioTrack]


def joined(*tracks: AudioTrack) -> AudioTrack:
    return AudioTrack(samples=np.concatenate([track.samples for track in tracks]))


@pytest.mark.parametrize("dbfs", [-23.0, -33.0])
def test_a_tone_of_ebu_tech_3341(sine: SineMaker, dbfs: float) -> None:
    # EBU Tech 3341, cases 1 and 2: a stereo sine of 1 kHz at -23 (-33) dBFS reads -23 (-33) LUFS, +-0.1.
    assert integrated_lufs(sine(1000.0, dbfs=dbfs, seconds=20.0)) == pytest.approx(dbfs, abs=0.1)


def test_the_relative_gate_of_ebu_tech_3341(sine: SineMaker) -> None:
    # Case 3: 10 s at -36, 60 s at -23, 10 s at -36 dBFS read -23 LUFS, +-0.1: the quiet ends do not count.
    quiet = sine(1000.0, dbfs=-36.0, seconds=10.0)
    track = joined(quiet, sine(1000.0, dbfs=-23.0, seconds=60.0), quiet)
    assert integrated_lufs(track) == pytest.approx(-23.0, abs=0.1)


def test_the_absolute_gate_of_ebu_tech_3341(sine: SineMaker) -> None:
    # Case 4: parts at -72 dBFS do not count at all.
    parts = [(-72.0, 10.0), (-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0), (-72.0, 10.0)]
    track = joined(*(sine(1000.0, dbfs=dbfs, seconds=seconds) for dbfs, seconds in parts))
    assert integrated_lufs(track) == pytest.approx(-23.0, abs=0.1)


def test_bass_counts_less_and_treble_more(sine: SineMaker) -> None:
    low, middle, high = (integrated_lufs(sine(hertz, dbfs=-20.0)) for hertz in (30.0, 1000.0, 8000.0))
    assert low < middle - 5
    assert high == pytest.approx(middle + 3.3, abs=0.3)


def test_mono_is_heard_from_both_speakers(sine: SineMaker) -> None:
    one, two = (integrated_lufs(sine(1000.0, dbfs=-20.0, channels=channels)) for channels in (1, 2))
    assert one == pytest.approx(two, abs=0.01)


@pytest.mark.parametrize("samples", [0, 1, 100, 19_199, 19_200, 48_000])
def test_short_and_silent_tracks(samples: int) -> None:
    assert integrated_lufs(AudioTrack(samples=np.zeros((samples, 2), dtype=np.float32))) == SILENCE_LUFS


def test_a_track_shorter_than_a_block_is_one_block(sine: SineMaker) -> None:
    assert integrated_lufs(sine(1000.0, dbfs=-20.0, seconds=0.3)) == pytest.approx(-20.0, abs=0.3)


def test_another_rate_is_refused(sine: SineMaker) -> None:
    with pytest.raises(ValueError, match="48000 Hz"):
        integrated_lufs(sine(1000.0, dbfs=-20.0, rate_hz=44_100))


def test_filtering_in_pieces_is_filtering() -> None:
    rng = np.random.default_rng(0)
    samples = rng.standard_normal((300_000, 1)).astype(np.float32)
    late = k_weighted(samples[150_000:])  # without what came before; the filter forgets within 0.1 s
    assert np.abs(k_weighted(samples)[150_000 + 9600 :] - late[9600:]).max() < 1e-4


def test_true_peak_sees_between_the_samples() -> None:
    # A sine at a quarter of the rate, 45 degrees off its tops: samples at 0.707 of the wave (BS.1770-4).
    time = np.arange(48_000)
    wave = 0.5 * np.sin(np.pi / 2 * time + np.pi / 4)
    fade = np.minimum(1.0, np.minimum(time, time[::-1]) / 4800)
    track = AudioTrack(samples=(wave * fade)[:, None].astype(np.float32))
    assert 20 * np.log10(np.abs(track.samples).max()) == pytest.approx(-9.03, abs=0.01)
    assert true_peak_dbtp(track) == pytest.approx(-6.02, abs=0.2)


def test_silence_has_no_peak() -> None:
    assert true_peak_dbtp(AudioTrack(samples=np.zeros((0, 2), dtype=np.float32))) == -120.0


def test_ffmpeg_measures_the_same(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    swell = np.concatenate([np.linspace(0.01, 0.3, 240_000), np.full(120_000, 0.02)])
    noise = np.cumsum(rng.standard_normal((len(swell), 2)), axis=0)
    noise -= np.stack([np.convolve(side, np.ones(500) / 500, mode="same") for side in noise.T], axis=1)
    track = AudioTrack(samples=(swell[:, None] * noise / np.abs(noise).max()).astype(np.float32))
    path = tmp_path / "a.wav"
    write_wav(track, path)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", "-i", str(path)]
    report = subprocess.run(
        [*command, "-af", "ebur128=peak=true", "-f", "null", "-"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stderr
    summary = report[report.rindex("Summary:") :].split()
    assert integrated_lufs(track) == pytest.approx(float(summary[summary.index("I:") + 1]), abs=0.15)
    assert true_peak_dbtp(track) == pytest.approx(float(summary[summary.index("Peak:") + 1]), abs=0.15)


def test_the_rate_of_the_filters_is_ours() -> None:
    assert SAMPLE_RATE_HZ == 48_000
