from __future__ import annotations

import numpy as np
import pytest

from engine.compositing.backdrop import prepare_backdrop
from engine.compositing.edit import build_edit
from engine.compositing.steady import Pace, find_pace, speed_px
from engine.media import FrameSize
from engine.scenery import Camera
from tests.unit.engine.compositing.stand_ins import (
    MOVING,
    SMALL,
    STILL,
    make_art,
    make_direction,
    make_plate,
    make_scene,
)

LAYERS = prepare_backdrop(make_plate(drift=0.001), SMALL, lambda picture: picture).layers
HD = FrameSize(width_px=1280, height_px=720)


def test_a_still_picture_is_drawn_every_few_frames() -> None:
    still = prepare_backdrop(make_plate(), SMALL, lambda picture: picture).layers
    assert find_pace(still, STILL, SMALL, 120, orbit=None) == Pace(layers=3, every=4)


def test_a_fast_move_is_drawn_in_every_frame_but_for_the_sky() -> None:
    fast = Camera(pan_from=-0.2, pan_to=0.2, zoom_from=1.0, zoom_to=1.3)
    pace = find_pace(LAYERS, fast, SMALL, 60, orbit=None)
    assert pace.layers <= 1


@pytest.mark.parametrize("length", [30, 120, 600])
def test_no_layer_moves_by_more_than_the_allowed_step(length: int) -> None:
    pace = find_pace(LAYERS, MOVING, HD, length, orbit=None)
    for layer in LAYERS[: pace.layers]:
        assert speed_px(layer, MOVING, HD, length, orbit=None) * pace.every <= 0.55


def test_an_orbit_holds_the_ground_still_and_moves_the_sky() -> None:
    sky, ground = LAYERS[0], LAYERS[-1]
    assert speed_px(ground, MOVING, HD, 100, orbit=0.9) == 0.0
    assert speed_px(sky, MOVING, HD, 100, orbit=0.9) > 0.0


def test_frames_stand_for_those_that_follow() -> None:
    assert [Pace(layers=1, every=3).frame(number) for number in range(7)] == [0, 0, 0, 3, 3, 3, 6]


def test_the_far_view_does_not_change_what_is_seen_by_more_than_a_little() -> None:
    scene = make_scene(seconds=2.0)
    edit = build_edit(make_direction(scene, camera=MOVING), (make_art(scene),), None, SMALL)
    steps = [
        float(np.abs(edit.frame(number + 1).astype(int) - edit.frame(number)).mean())
        for number in range(30, 40)
    ]
    assert max(steps) < 4.0
