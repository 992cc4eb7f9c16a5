from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.oklab import (
    Lch,
    blend,
    colour_of,
    contrast_ratio,
    from_oklab,
    gradient,
    lch_of,
    mix,
    shade,
    to_oklab,
)

channels = st.integers(min_value=0, max_value=255)
colours = st.tuples(channels, channels, channels)


def test_white_is_lightness_one_without_chroma() -> None:
    assert to_oklab((255, 255, 255)) == pytest.approx([1.0, 0.0, 0.0], abs=1e-3)


def test_published_value_of_red() -> None:
    # Ottosson's tables give L 0.628, a 0.225, b 0.126 for pure sRGB red.
    assert to_oklab((255, 0, 0)) == pytest.approx([0.628, 0.225, 0.126], abs=1e-3)


@given(colours)
def test_there_and_back(colour: tuple[int, int, int]) -> None:
    assert from_oklab(to_oklab(colour)) == pytest.approx(colour, abs=0.01)
    assert colour_of(lch_of(colour)) == pytest.approx(colour, abs=1)


@given(colours, colours)
def test_mixes_begin_and_end_at_their_colours(
    first: tuple[int, int, int], second: tuple[int, int, int]
) -> None:
    for way in (mix, blend):
        assert way(first, second, 0.0) == pytest.approx(first, abs=1)
        assert way(first, second, 1.0) == pytest.approx(second, abs=1)


@given(st.floats(0, 1), st.floats(0, 0.4), st.floats(-720, 720))
def test_any_lch_can_be_shown(light: float, chroma: float, hue: float) -> None:
    colour = colour_of(Lch(light, chroma, hue))
    assert all(0 <= part <= 255 for part in colour)
    # Near black one step of 8 bits is a large step of lightness.
    assert lch_of(colour).light == pytest.approx(light, abs=0.06)


@given(colours, st.floats(-1, 1), st.floats(0, 2), st.floats(-360, 360))
def test_shade_stays_in_range(colour: tuple[int, int, int], light: float, chroma: float, hue: float) -> None:
    assert all(0 <= part <= 255 for part in shade(colour, light=light, chroma=chroma, hue=hue))


def test_a_blend_keeps_its_colourfulness_where_a_mix_turns_grey() -> None:
    violet, orange = (120, 70, 200), (250, 150, 90)
    blended, mixed = lch_of(blend(violet, orange, 0.5)), lch_of(mix(violet, orange, 0.5))
    assert blended.chroma > mixed.chroma


def test_a_blend_of_far_hues_is_a_mix() -> None:
    sand, air = (230, 190, 120), (150, 200, 240)
    assert blend(sand, air, 0.5) == mix(sand, air, 0.5)


def test_gradient_meets_its_stops() -> None:
    stops = ((0.0, (10, 20, 30)), (1.0, (200, 180, 90)))
    ramp = gradient(stops, np.linspace(0, 1, 11))
    assert ramp.shape == (11, 3)
    assert ramp[0] == pytest.approx((10, 20, 30), abs=0.5)
    assert ramp[-1] == pytest.approx((200, 180, 90), abs=0.5)
    assert np.all(np.diff(ramp[:, 0]) > 0)


def test_contrast_of_black_and_white() -> None:
    assert contrast_ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21.0)
    assert contrast_ratio((90, 90, 90), (90, 90, 90)) == pytest.approx(1.0)
