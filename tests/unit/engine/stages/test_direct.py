from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.storyboard import (
    Branch,
    Hour,
    Language,
    Mood,
    Place,
    Scene,
    Setting,
    Shot,
    Storyboard,
    Transition,
    Weather,
)
from engine.media import FPS
from engine.stages.direct import MAX_TRANSITION_FRAMES, MIN_TRANSITION_FRAMES, direct

SHOTS = [Shot.ESTABLISHING, Shot.SUBJECT, Shot.SUBJECT, Shot.DATA, Shot.MOOD, Shot.CLOSING]


def board(
    seconds: list[float], *, seed: int = 1, energy: float = 0.5, transition: Transition = Transition.DISSOLVE
) -> Storyboard:
    scenes = tuple(
        Scene(
            index=index,
            text="a",
            branch=Branch.PICTURE,
            why="because",
            shot=SHOTS[index % len(SHOTS)],
            subjects=(),
            setting=Setting(place=Place.CITY, hour=Hour.NOON, weather=Weather.CLEAR),
            mood=Mood.CALM,
            energy=energy,
            seconds=value,
            caption="a",
            transition=transition,
            seed=index,
        )
        for index, value in enumerate(seconds)
    )
    return Storyboard(
        title="A", language=Language.ENGLISH, mood=Mood.CALM, style="default", seed=seed, scenes=scenes
    )


def test_the_clip_is_as_long_as_its_scenes() -> None:
    direction = direct(board([3.2, 2.61, 4.0, 3.333]))
    assert direction.total_frames == round((3.2 + 2.61 + 4.0 + 3.333) * FPS)
    assert direction.scenes[0].transition_frames == 0


@pytest.mark.parametrize(("energy", "frames"), [(0.0, MAX_TRANSITION_FRAMES), (1.0, MIN_TRANSITION_FRAMES)])
def test_quiet_scenes_dissolve_slowly(energy: float, frames: int) -> None:
    direction = direct(board([3.0, 3.0, 3.0], energy=energy))
    assert [scene.transition_frames for scene in direction.scenes] == [0, frames, frames]


def test_a_cut_overlaps_nothing() -> None:
    direction = direct(board([3.0, 3.0], transition=Transition.CUT))
    assert direction.scenes[0].end_frame == direction.scenes[1].start_frame == 90


def test_cameras_move_and_take_turns() -> None:
    cameras = [scene.camera for scene in direct(board([3.0] * 6)).scenes]
    assert all((c.pan_from, c.zoom_from) != (c.pan_to, c.zoom_to) for c in cameras)
    assert cameras[0].zoom_to > cameras[0].zoom_from
    assert cameras[-1].zoom_to < cameras[-1].zoom_from
    assert (cameras[1].pan_to > cameras[1].pan_from) != (cameras[2].pan_to > cameras[2].pan_from)
    assert all(abs(c.pan_from) < 0.1 and 1.0 <= c.zoom_from <= 1.2 for c in cameras)


def test_the_seed_makes_it_repeatable() -> None:
    assert direct(board([3.0] * 6)) == direct(board([3.0] * 6))
    assert direct(board([3.0] * 6, seed=1)) != direct(board([3.0] * 6, seed=9))


@given(st.lists(st.floats(min_value=0.5, max_value=12.0), min_size=1, max_size=12), st.integers(0, 1000))
def test_scenes_join_without_a_gap(seconds: list[float], seed: int) -> None:
    direction = direct(board(seconds, seed=seed))
    assert direction.total_frames == pytest.approx(sum(seconds) * FPS, abs=1.0)
    for before, after in zip(direction.scenes, direction.scenes[1:], strict=False):
        assert before.end_frame - after.start_frame == after.transition_frames
        assert before.start_frame + before.transition_frames <= after.start_frame
