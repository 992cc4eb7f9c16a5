from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compositing.budget import FULL_AUDIO_BPS, first_budget, next_budget, step_down
from engine.media import FrameSize

HD = FrameSize(width_px=1280, height_px=720)


def test_without_a_limit_nothing_is_capped() -> None:
    budget = first_budget(HD, 300, None, sound=True)
    assert (budget.size, budget.audio_bps, budget.video_bps) == (HD, FULL_AUDIO_BPS, None)


def test_a_generous_limit_keeps_size_and_sound() -> None:
    budget = first_budget(HD, 450, 10_000_000, sound=True)
    assert (budget.size, budget.audio_bps) == (HD, FULL_AUDIO_BPS)
    assert budget.video_bps is not None
    assert budget.video_bps > 4_000_000


@given(st.integers(10, 3000), st.integers(20_000, 50_000_000), st.booleans())
def test_what_is_planned_fits_under_the_limit(frames: int, most: int, sound: bool) -> None:
    budget = first_budget(HD, frames, most, sound=sound)
    assert budget.video_bps is not None
    planned = (budget.video_bps + (budget.audio_bps if sound else 0)) * frames / 30 / 8
    floor = (8_000 + 32_000) * frames / 30 / 8
    assert planned <= max(most, floor)
    assert budget.size.height_px <= HD.height_px


def test_a_small_limit_makes_a_smaller_picture_and_less_sound() -> None:
    budget = first_budget(HD, 900, 1_000_000, sound=True)
    assert budget.size.height_px < 720
    assert budget.audio_bps < FULL_AUDIO_BPS
    assert budget.size.width_px / budget.size.height_px == pytest.approx(16 / 9, rel=0.02)


@given(st.integers(50_000, 5_000_000), st.integers(20_000, 4_000_000))
def test_each_further_try_asks_for_less(reached: int, most: int) -> None:
    first = first_budget(HD, 300, most, sound=True)
    second = next_budget(first, max(reached, most + 1), most)
    assert first.video_bps is not None
    assert second.video_bps is not None
    assert second.video_bps <= max(8_000, first.video_bps)
    assert second.size.height_px < first.size.height_px or first.size.height_px <= 144


def test_steps_end_at_the_smallest() -> None:
    size, steps = HD, 0
    while step_down(size) != size:
        size, steps = step_down(size), steps + 1
        assert size.width_px % 2 == 0
        assert size.height_px % 2 == 0
    assert (size.height_px, steps) == (144, 7)


def test_a_tall_picture_steps_by_its_shorter_side() -> None:
    assert step_down(FrameSize(width_px=720, height_px=1280)).width_px == 540
