from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text_gan.colour import recolour

BLUE, BLACK = (0, 0, 255), (0, 0, 0)


def toy(body: tuple[int, int, int]) -> np.ndarray:
    """A body in two shades with a dark eye and a green patch, on nothing."""
    picture = np.zeros((16, 16, 4), np.uint8)
    picture[2:14, 2:14] = (*body, 255)
    picture[8:14, 2:14, :3] = (np.array(body) * 0.8).astype(np.uint8)
    picture[3:5, 3:5, :3] = (20, 20, 20)
    picture[12:14, 10:14, :3] = (40, 200, 60)
    return picture


@pytest.mark.parametrize("body", [(240, 150, 60), (230, 40, 60), (225, 225, 230), (150, 150, 155)])
def test_the_body_takes_the_colour_and_keeps_its_shade(body: tuple[int, int, int]) -> None:
    blue = recolour(toy(body), BLUE).astype(int)

    light, shade = blue[6, 6], blue[10, 6]
    assert light[2] > light[0] + 40
    assert shade[2] > shade[0] + 40
    assert light[:3].sum() > shade[:3].sum()


def test_line_work_and_parts_of_another_hue_stay() -> None:
    before = toy((240, 150, 60))
    after = recolour(before, BLUE)

    assert abs(after[3, 3].astype(int) - before[3, 3]).max() <= 2
    assert abs(after[13, 12].astype(int) - before[13, 12]).max() <= 2


def test_black_is_dark_and_without_hue() -> None:
    black = recolour(toy((240, 150, 60)), BLACK)[6, 6, :3].astype(int)

    assert black.max() < 110
    assert np.ptp(black) < 12


@given(st.tuples(*[st.integers(0, 255)] * 3), st.integers(0, 2**32 - 1))
def test_alpha_and_hidden_pixels_are_never_touched(colour: tuple[int, int, int], seed: int) -> None:
    picture = np.random.default_rng(seed).integers(0, 256, (6, 6, 4), dtype=np.uint8)
    picture[:2, ..., 3] = 0

    after = recolour(picture, colour)

    assert np.array_equal(after[..., 3], picture[..., 3])
    assert np.array_equal(after[:2], picture[:2])


def test_a_picture_that_is_not_there_is_returned() -> None:
    assert recolour(np.zeros((4, 4, 4), np.uint8), BLUE).max() == 0


def test_what_is_no_drawing_is_refused() -> None:
    with pytest.raises(ValueError, match=r"expected uint8 \[H,W,4\]"):
        recolour(np.zeros((4, 4, 3), np.uint8), BLUE)
