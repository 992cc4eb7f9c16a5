from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compositing.boxes import Box
from engine.compositing.ink import WHITE, Ink, choose_ink, dark_ink, light_ink, veil_strength
from engine.compositing.shade import MIN_CONTRAST, contrast, luminance
from engine.scenery import Colour, Palette
from tests.unit.engine.compositing.stand_ins import PALETTE

BOX = Box(x=10, y=10, width=60, height=30)
channel = st.integers(0, 255)
colour = st.tuples(channel, channel, channel)
palettes = st.builds(
    Palette,
    zenith=st.tuples(*[st.integers(0, 200)] * 3),
    sky=colour,
    horizon=st.tuples(*[st.integers(120, 255)] * 3),
    far=colour,
    near=st.tuples(*[st.integers(0, 120)] * 3),
    accent=colour,
)


def grey(level: int) -> np.ndarray:
    return np.full((60, 90, 3), level, dtype=np.uint8)


def veiled(level: int, ink: Ink) -> Colour:
    strength = veil_strength((grey(level),), BOX, ink)
    red, green, blue = (round(level * (1 - strength) + part * strength) for part in ink.ground)
    return red, green, blue


@given(st.integers(0, 255), palettes)
def test_words_can_be_read_on_any_plate_in_any_palette(level: int, palette: Palette) -> None:
    ink = choose_ink((grey(level),), BOX, palette)
    assert contrast(ink.words, veiled(level, ink)) >= MIN_CONTRAST


@pytest.mark.parametrize(("level", "dark"), [(20, False), (120, False), (235, True)])
def test_dark_words_are_taken_on_bright_plates_only(level: int, dark: bool) -> None:
    assert (choose_ink((grey(level),), BOX, PALETTE).words != WHITE) is dark


def test_the_worst_moment_counts() -> None:
    pictures = (grey(235), grey(20))
    assert choose_ink(pictures, BOX, PALETTE).words == WHITE
    assert veil_strength(pictures, BOX, light_ink(PALETTE)) > 0.4


def test_words_that_are_nowhere_are_light() -> None:
    assert choose_ink((grey(255),), None, PALETTE) == light_ink(PALETTE)


@given(palettes)
def test_dark_ink_is_dark_and_its_accent_shows_on_light(palette: Palette) -> None:
    ink = dark_ink(palette)
    assert luminance(ink.words) <= 0.02
    assert contrast(ink.accent, (175, 175, 175)) >= 3.0
    assert luminance(ink.ground) > 0.4
