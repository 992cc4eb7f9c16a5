from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compositing.blend import Patch, lay, lay_patch, lay_warped, mix, over, premultiply


def random_picture(seed: int, height: int = 20, width: int = 30) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 4), dtype=np.uint8)


def exact(ground: np.ndarray, picture: np.ndarray, opacity: float = 1.0) -> np.ndarray:
    alpha = picture[..., 3:].astype(np.float64) / 255 * opacity
    return ground * (1 - alpha) + picture[..., :3] * alpha


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_blending_is_within_one_level_of_the_exact_result(seed: int) -> None:
    picture, ground = random_picture(seed), random_picture(seed + 1)[..., :3].copy()
    wanted = exact(ground, picture)
    over(ground, premultiply(picture))
    assert np.abs(ground - wanted).max() <= 1.0


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(-40, 40), st.integers(-30, 30), st.floats(0.0, 1.0))
def test_a_picture_may_lie_partly_or_wholly_outside(seed: int, x: int, y: int, opacity: float) -> None:
    picture, ground = random_picture(seed), np.full((25, 32, 3), 100, dtype=np.uint8)
    wide = np.full((25 + 80, 32 + 100, 3), 100.0)
    wide[40 + y : 60 + y, 50 + x : 80 + x] = exact(wide[40 + y : 60 + y, 50 + x : 80 + x], picture, opacity)
    lay(ground, premultiply(picture), x, y, opacity=opacity)
    assert np.abs(ground - wide[40:65, 50:82]).max() <= 2.0


def test_an_opaque_picture_is_not_touched_by_premultiplying() -> None:
    picture = random_picture(1)
    picture[..., 3] = 255
    assert np.array_equal(premultiply(picture), picture)


def test_a_patch_knows_its_size_and_place() -> None:
    patch = Patch(picture=premultiply(random_picture(2)), x_px=3, y_px=4)
    canvas, same = np.zeros((40, 40, 3), dtype=np.uint8), np.zeros((40, 40, 3), dtype=np.uint8)
    lay_patch(canvas, patch)
    lay(same, patch.picture, 3, 4)
    assert (patch.width_px, patch.height_px) == (30, 20)
    assert np.array_equal(canvas, same)


def test_a_whole_shift_by_warping_is_the_plain_blend() -> None:
    picture = premultiply(random_picture(3))
    moved, laid = np.full((40, 60, 3), 90, dtype=np.uint8), np.full((40, 60, 3), 90, dtype=np.uint8)
    lay_warped(moved, picture, np.array([[1, 0, 7], [0, 1, 5]], dtype=np.float32))
    lay(laid, picture, 7, 5)
    assert np.abs(moved.astype(int) - laid).max() <= 1


@pytest.mark.parametrize("opacity", [0.0, 0.001])
def test_what_cannot_be_seen_is_not_drawn(opacity: float) -> None:
    canvas = np.full((40, 60, 3), 90, dtype=np.uint8)
    lay(canvas, premultiply(random_picture(4)), 0, 0, opacity=opacity)
    lay_warped(canvas, premultiply(random_picture(4)), np.eye(2, 3, dtype=np.float32), opacity=opacity)
    assert np.all(canvas == 90)


def test_warping_far_outside_draws_nothing() -> None:
    canvas = np.full((40, 60, 3), 90, dtype=np.uint8)
    lay_warped(canvas, premultiply(random_picture(5)), np.array([[1, 0, 900], [0, 1, 0]], dtype=np.float32))
    assert np.all(canvas == 90)


def test_half_opacity_warped_is_half_of_it() -> None:
    canvas = np.zeros((40, 60, 3), dtype=np.uint8)
    white = np.full((10, 10, 4), 255, dtype=np.uint8)
    lay_warped(canvas, white, np.array([[1, 0, 10], [0, 1, 10]], dtype=np.float32), opacity=0.5)
    assert canvas[15, 15, 0] in (127, 128)


def test_mixing_goes_from_one_picture_to_the_other() -> None:
    dark, light = np.zeros((4, 4, 3), dtype=np.uint8), np.full((4, 4, 3), 200, dtype=np.uint8)
    assert [int(mix(dark, light, weight)[0, 0, 0]) for weight in (0.0, 0.5, 1.0)] == [0, 100, 200]
