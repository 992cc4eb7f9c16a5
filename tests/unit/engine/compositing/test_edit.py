from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from engine.compositing.edit import Edit, Theatre, build_edit
from engine.compositing.effects.wipe import sweep
from engine.contract.storyboard import DataKind, DataPoint, Mood, Shot, Transition
from engine.media import FrameSize
from engine.scenery import Direction, Particles, SceneArt
from tests.unit.engine.compositing.stand_ins import (
    SMALL,
    SQUARE,
    STILL,
    TALL,
    make_art,
    make_direction,
    make_plate,
    make_scene,
    make_tone,
)


class CountingArt(Sequence[SceneArt]):
    """Art that counts how often each scene is fetched."""

    def __init__(self, art: tuple[SceneArt, ...]) -> None:
        self._art = art
        self.fetched: list[int] = []

    def __len__(self) -> int:
        return len(self._art)

    def __getitem__(self, index: int) -> SceneArt:  # type: ignore[override]
        self.fetched.append(index)
        return self._art[index]


def edit_of(direction: Direction, *greys: int, size: FrameSize = SMALL) -> Edit:
    art = tuple(
        make_art(directed.scene, plate=make_plate(size, sky=(grey, grey), has_ground=False))
        for directed, grey in zip(direction.scenes, greys, strict=True)
    )
    return build_edit(direction, art, None, size)


def level(picture: np.ndarray) -> float:
    """Return how bright the upper middle is, where no subject and no word stands."""
    return float(picture[60:70, 150:170].mean())


def bare(index: int, transition: Transition = Transition.DISSOLVE) -> object:
    return make_scene(index, subjects=(), caption="", transition=transition)


def test_a_dissolve_goes_evenly_from_one_scene_to_the_next() -> None:
    direction = make_direction(bare(0), bare(1), camera=STILL)  # type: ignore[arg-type]
    edit = edit_of(direction, 40, 200)
    levels = [level(edit.frame(number)) for number in range(22, 33)]
    assert levels == sorted(levels)
    assert levels[0] == pytest.approx(levels[1], abs=1)
    assert levels[-1] == pytest.approx(levels[-2], abs=1)
    assert levels[5] == pytest.approx((levels[0] + levels[-1]) / 2, abs=25)


def test_a_cut_changes_at_once() -> None:
    direction = make_direction(bare(0), bare(1, Transition.CUT), camera=STILL)  # type: ignore[arg-type]
    edit = edit_of(direction, 40, 200)
    assert level(edit.frame(30)) - level(edit.frame(29)) > 120


def test_a_wipe_comes_from_the_left() -> None:
    direction = make_direction(bare(0), bare(1, Transition.WIPE), camera=STILL)  # type: ignore[arg-type]
    picture = edit_of(direction, 40, 200).frame(26)
    assert picture[60:70, 10:40].mean() > picture[60:70, 280:310].mean() + 60


def test_a_sweep_begins_with_the_old_and_ends_with_the_new() -> None:
    old, new = np.zeros((4, 64, 3), dtype=np.uint8), np.full((4, 64, 3), 200, dtype=np.uint8)
    assert sweep(old, new, 0.0).max() == 0
    assert sweep(old, new, 1.0).min() == 200


def test_the_edit_is_a_moviepy_clip_with_its_sound() -> None:
    direction = make_direction(make_scene(0), make_scene(1))
    art = tuple(make_art(directed.scene) for directed in direction.scenes)
    edit = build_edit(direction, art, make_tone(9.0), SMALL)
    assert edit.frames == 54
    assert edit.video.duration == pytest.approx(54 / 30)
    assert edit.video.size == (320, 180)
    assert edit.video.audio.duration == pytest.approx(54 / 30)


def test_the_same_frame_comes_out_in_any_order() -> None:
    direction = make_direction(make_scene(0), make_scene(1), make_scene(2))
    art = tuple(
        make_art(directed.scene, plate=make_plate(particles=Particles.SNOW)) for directed in direction.scenes
    )
    forward = [build_edit(direction, art, None, SMALL).frame(number) for number in (5, 26, 60)]
    edit = build_edit(direction, art, None, SMALL)
    backward = [edit.frame(number) for number in (60, 26, 5)][::-1]
    assert all(np.array_equal(a, b) for a, b in zip(forward, backward, strict=True))


def test_scenes_are_made_ready_once_and_only_when_seen() -> None:
    direction = make_direction(*(make_scene(i) for i in range(4)))
    art = CountingArt(tuple(make_art(directed.scene) for directed in direction.scenes))
    edit = build_edit(direction, art, None, SMALL)
    assert art.fetched in ([], [0])
    for number in range(edit.frames):
        edit.frame(number)
    assert art.fetched == [0, 1, 2, 3]


def test_only_two_scenes_are_kept() -> None:
    direction = make_direction(*(make_scene(i) for i in range(4)))
    theatre = Theatre(direction, tuple(make_art(one.scene) for one in direction.scenes), SMALL)
    for index in range(4):
        theatre.renderer(index)
        assert len(theatre._ready) <= 2


def test_drawings_for_every_scene_are_needed() -> None:
    with pytest.raises(ValueError, match="2 scenes"):
        build_edit(make_direction(make_scene(0), make_scene(1)), (make_art(make_scene(0)),), None, SMALL)


HEIGHT = DataPoint(
    kind=DataKind.COUNTER, value=324.0, unit="m", label="height", text="324 m", dimension="height"
)


@pytest.mark.parametrize("size", [SMALL, TALL, SQUARE])
@pytest.mark.parametrize("shot", list(Shot))
@pytest.mark.parametrize("mood", [Mood.CALM, Mood.EPIC])
def test_every_shot_renders_in_every_aspect(shot: Shot, mood: Mood, size: FrameSize) -> None:
    scene = make_scene(
        shot=shot,
        mood=mood,
        headline="The Tower" if shot in (Shot.ESTABLISHING, Shot.CLOSING) else "",
        data=HEIGHT if shot is Shot.DATA else None,
        subjects=() if shot is Shot.MOOD else None,
        caption="巴黎铁塔高324米。",
    )
    plate = make_plate(size, particles=Particles.STARS)
    edit = build_edit(make_direction(scene), (make_art(scene, plate=plate),), None, size)
    first, last = edit.frame(0), edit.frame(29)
    assert first.shape == (size.height_px, size.width_px, 3)
    assert first.mean() > 5
    assert last.max() > 200
    assert not np.array_equal(first, last)


def test_words_are_readable_on_a_white_sky() -> None:
    scene = make_scene(shot=Shot.ESTABLISHING, headline="Tower", subjects=(), caption="It is very high.")
    plate = make_plate(SMALL, sky=(255, 255), has_ground=False)
    edit = build_edit(make_direction(scene), (make_art(scene, plate=plate),), None, SMALL)
    picture = edit.frame(20)
    around_caption = picture[160:170, 5:20].mean()
    assert around_caption < 118


def test_the_first_picture_already_has_its_subject_headline_and_caption() -> None:
    scene = make_scene(shot=Shot.ESTABLISHING, headline="Tower", subline="Paris")
    edit = build_edit(make_direction(scene, camera=STILL), (make_art(scene),), None, SMALL)
    first, later = edit.frame(0).astype(int), edit.frame(25).astype(int)
    assert np.mean(np.abs(first - later) > 40) < 0.03
