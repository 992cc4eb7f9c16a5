from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compositing.cutting import cut

boxes = st.tuples(st.integers(0, 300), st.integers(0, 200), st.integers(1, 60), st.integers(1, 60))


@settings(max_examples=60)
@given(st.lists(boxes, max_size=6), st.integers(20, 330), st.integers(20, 260))
def test_parts_hold_everything_and_do_not_overlap(
    filled: list[tuple[int, int, int, int]], width: int, height: int
) -> None:
    alpha = np.zeros((height, width), dtype=np.uint8)
    for x, y, w, h in filled:
        alpha[y : y + h, x : x + w] = 200
    covered = np.zeros((height, width), dtype=int)
    for part in cut(alpha):
        assert 0 <= part.left < part.right <= width
        assert 0 <= part.top < part.bottom <= height
        covered[part.top : part.bottom, part.left : part.right] += 1
    assert covered.max() <= 1
    assert np.all(covered[alpha > 0] == 1)


def test_far_apart_things_become_parts_of_their_own() -> None:
    alpha = np.zeros((200, 600), dtype=np.uint8)
    alpha[20:60, 20:80] = alpha[100:180, 400:500] = 255
    parts = cut(alpha)
    assert len(parts) == 2
    assert sum((part.right - part.left) * (part.bottom - part.top) for part in parts) < 0.2 * alpha.size


def test_nothing_has_no_parts() -> None:
    assert cut(np.zeros((50, 50), dtype=np.uint8)) == ()


def test_a_skyline_is_cut_into_strips_that_join() -> None:
    alpha = np.zeros((900, 1920), dtype=np.uint8)
    for number in range(10):
        alpha[(700 if number % 2 else 40) :, number * 192 + 8 : number * 192 + 200] = 255
    parts = cut(alpha)
    assert len(parts) > 4
    assert all(part.joins_right for part in parts if part.right < 1920)
    assert sum((part.right - part.left) * (part.bottom - part.top) for part in parts) < 0.75 * alpha.size
