from __future__ import annotations

import numpy as np
import pytest

from engine.compositing.blend import Patch, lay_patch, premultiply
from engine.compositing.boxes import Box
from engine.compositing.edit import Theatre
from engine.compositing.reference import compose_plainly, plain_scene
from engine.compositing.words import TextStyle, draw_bar, set_text
from engine.media import FPS
from tests.unit.engine.compositing.stand_ins import (
    MOVING,
    SMALL,
    STILL,
    disc,
    gradient,
    make_art,
    make_direction,
    make_plate,
    make_scene,
)


@pytest.fixture
def patches() -> tuple[Patch, ...]:
    block = set_text("巴黎 Tower", Box(x=20, y=20, width=280, height=80), TextStyle(size_px=36, weight=700))
    assert block is not None
    ball = Patch(picture=premultiply(disc()[0]), x_px=200, y_px=100)
    return ball, draw_bar(Box(x=30, y=90, width=80, height=6), (255, 208, 100)), block.patch


def test_our_frames_are_within_one_level_of_the_plain_moviepy_edit(patches: tuple[Patch, ...]) -> None:
    ground = np.ascontiguousarray(gradient(SMALL, 40, 200)[: SMALL.height_px, : SMALL.width_px, :3])
    plain = compose_plainly(ground, patches, frames=3)
    ours = ground.copy()
    for patch in patches:
        lay_patch(ours, patch)
    assert np.abs(ours.astype(int) - plain.get_frame(1.5 / FPS)).max() <= 1


def test_the_plain_edit_has_the_length_and_rate_of_a_clip(patches: tuple[Patch, ...]) -> None:
    ground = np.zeros((SMALL.height_px, SMALL.width_px, 3), dtype=np.uint8)
    clip = compose_plainly(ground, patches, frames=15)
    assert (clip.duration, clip.fps, clip.size) == (0.5, FPS, (SMALL.width_px, SMALL.height_px))


def test_a_whole_scene_at_rest_is_within_a_level_for_each_rounding() -> None:
    scene = make_scene(subjects=(), caption="A red ball rolls.", seconds=1.0)
    direction = make_direction(scene, camera=STILL)
    theatre = Theatre(direction, (make_art(scene),), SMALL)
    renderer = theatre.renderer(0)
    difference = np.abs(renderer.frame(20).astype(int) - plain_scene(renderer).get_frame(20.5 / FPS))
    # moviepy cuts fractions off where ours are rounded, once for each of its three compositions
    assert difference.max() <= 3
    assert difference.mean() < 1.0


def test_the_plain_scene_moves_its_layers_and_shows_its_subject() -> None:
    scene = make_scene(seconds=1.0)
    plate = make_plate(drift=0.2)
    theatre = Theatre(make_direction(scene, camera=MOVING), (make_art(scene, plate=plate),), SMALL)
    clip = plain_scene(theatre.renderer(0))
    first, last = clip.get_frame(0.5 / FPS), clip.get_frame(29.5 / FPS)
    assert first.shape == (SMALL.height_px, SMALL.width_px, 3)
    assert np.any(np.abs(first.astype(int) - last) > 20)
    assert np.any(first[..., 0].astype(int) - first[..., 2] > 60)
