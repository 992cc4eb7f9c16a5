from __future__ import annotations

import numpy as np
import pytest

from engine.compositing.blend import Patch, lay_patch, premultiply
from engine.compositing.boxes import Box
from engine.compositing.reference import compose_plainly
from engine.compositing.words import TextStyle, draw_bar, set_text
from engine.media import FPS
from tests.unit.engine.compositing.stand_ins import SMALL, disc, gradient


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
