from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compositing.timeline import CAPTION_IN, CAPTION_OUT, Cue, cues, segments
from engine.contract.storyboard import Transition
from tests.unit.engine.compositing.stand_ins import make_direction, make_scene


@given(
    st.lists(st.floats(0.6, 5.0), min_size=1, max_size=12),
    st.integers(0, 15),
)
def test_segments_cover_every_frame_once(lengths: list[float], transition: int) -> None:
    scenes = [make_scene(i, seconds=seconds) for i, seconds in enumerate(lengths)]
    direction = make_direction(*scenes, transition_frames=transition)
    found = segments(direction)
    assert found[0].start == 0
    assert found[-1].end == direction.total_frames
    assert all(a.end == b.start for a, b in itertools.pairwise(found))
    assert sum(segment.frames for segment in found) == direction.total_frames


def test_a_scene_stays_visible_under_the_next_transition() -> None:
    first, second = segments(make_direction(make_scene(0), make_scene(1), transition_frames=6))
    assert (first.end, first.visible_until) == (24, 30)
    assert (second.start, second.transition_frames, second.visible_until) == (24, 6, 54)


def test_words_wait_for_the_transition_and_leave_before_the_next() -> None:
    _, second, _ = segments(make_direction(*(make_scene(i) for i in range(3)), transition_frames=6))
    assert (second.words_from, second.words_until) == (6, 24)


def test_the_first_scene_has_no_transition_and_a_cut_has_none() -> None:
    direction = make_direction(make_scene(0), make_scene(1, transition=Transition.CUT))
    assert [segment.transition_frames for segment in segments(direction)] == [0, 0]
    assert segments(direction)[1].transition is Transition.CUT


@given(
    st.lists(st.text(alphabet="abc", min_size=1, max_size=30), min_size=1, max_size=6).map(tuple),
    st.integers(0, 50),
    st.integers(60, 400),
)
def test_pages_follow_each_other_without_gap(pages: tuple[str, ...], start: int, end: int) -> None:
    found = cues(pages, start, end)
    assert [cue.text for cue in found] == list(pages)
    assert (found[0].start, found[-1].end) == (start, end)
    assert all(a.end == b.start for a, b in itertools.pairwise(found))


def test_no_time_or_no_pages_gives_no_cues() -> None:
    assert cues((), 0, 10) == ()
    assert cues(("a",), 10, 10) == ()


def test_a_longer_page_stays_longer() -> None:
    short, long = cues(("ab", "abcdef"), 0, 80)
    assert (short.end - short.start, long.end - long.start) == (20, 60)


CUE = Cue(text="a", start=10, end=60)


@pytest.mark.parametrize(
    ("frame", "opacity"),
    [(9, 0.0), (10, 1 / CAPTION_IN), (30, 1.0), (59, 1 / CAPTION_OUT), (60, 0.0)],
)
def test_a_caption_comes_and_goes(frame: int, opacity: float) -> None:
    assert CUE.opacity(frame) == pytest.approx(opacity)


def test_a_caption_may_be_there_at_once_and_stay() -> None:
    assert CUE.opacity(10, comes=False) == 1.0
    assert CUE.opacity(59, leaves=False) == 1.0
