from __future__ import annotations

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compositing.pixels import fit, to_yuv420
from engine.compositing.soundtrack import TrackClip, fit_samples
from engine.media import AudioTrack, FrameSize
from tests.unit.engine.compositing.stand_ins import SMALL, gradient, make_tone


@given(st.integers(1, 5000), st.integers(1, 5000), st.sampled_from([1, 2]))
def test_samples_are_cut_or_padded_to_the_length(have: int, want: int, channels: int) -> None:
    samples = np.full((have, channels), 0.5, dtype=np.float32)
    fitted = fit_samples(samples, want)
    assert fitted.shape == (want, 2)
    assert fitted.dtype == np.float32
    assert np.all(fitted[have:] == 0.0)


def test_a_cut_ends_in_silence_and_a_peak_is_held() -> None:
    fitted = fit_samples(np.full((9600, 2), 3.0, dtype=np.float32), 4800)
    assert fitted[-1, 0] == 0.0
    assert fitted.max() == 1.0


def test_moviepy_reads_every_sample_exactly() -> None:
    track = make_tone(0.5)
    clip = TrackClip(track, 0.5)
    moments = np.arange(24_000) / 48_000
    assert np.array_equal(clip.get_frame(moments), track.samples)
    assert np.array_equal(clip.samples(100, 200), track.samples[100:200])
    assert (clip.duration, clip.fps, clip.nchannels) == (0.5, 48_000, 2)


def test_another_rate_is_refused() -> None:
    track = AudioTrack(samples=np.zeros((10, 2), dtype=np.float32), rate_hz=44_100)
    with pytest.raises(ValueError, match="48000"):
        TrackClip(track, 1.0)


def colours() -> np.ndarray:
    patch = np.random.default_rng(3).integers(0, 256, (12, 16, 3), dtype=np.uint8)
    return np.kron(patch, np.ones((4, 4, 1), dtype=np.uint8))


def test_colours_survive_the_way_to_yuv_and_back() -> None:
    picture = colours()
    frame = av.VideoFrame.from_ndarray(to_yuv420(picture), format="yuv420p")
    frame.colorspace, frame.color_range = 1, 1
    back = frame.to_ndarray(format="rgb24").astype(int)
    inner = np.abs(back[1:-1:4, 1:-1:4] - picture[1:-1:4, 1:-1:4])
    assert np.median(inner) <= 2


@pytest.mark.parametrize(("grey", "y"), [(0, 16), (255, 235), (128, 126)])
def test_greys_have_limited_range_and_no_colour(grey: int, y: int) -> None:
    planes = to_yuv420(np.full((4, 4, 3), grey, dtype=np.uint8))
    assert planes.shape == (6, 4)
    assert np.all(planes[:4] == y)
    assert np.all(planes[4:] == 128)


def test_scaling_down_for_a_smaller_file() -> None:
    picture = np.ascontiguousarray(gradient(SMALL, 0, 200)[:180, :320, :3])
    half = fit(picture, FrameSize(width_px=160, height_px=90))
    assert half.shape == (90, 160, 3)
    assert fit(picture, SMALL) is picture
