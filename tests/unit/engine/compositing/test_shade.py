from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compositing.boxes import Box
from engine.compositing.finish import Grader, look_for, style_names
from engine.compositing.shade import (
    MIN_CONTRAST,
    NO_SHADE,
    Veil,
    brightness_in,
    contrast,
    corner_shape,
    darker,
    foot_shape,
    make_backing,
    make_shade,
    strength_for,
)
from engine.contract.errors import InvalidOption
from engine.contract.storyboard import Mood
from engine.scenery import Colour
from tests.unit.engine.compositing.stand_ins import SMALL

LOOK = look_for("default", Mood.CALM)
colours = st.tuples(*[st.integers(0, 120)] * 3)


def test_black_and_white_have_the_largest_contrast() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21.0)


@given(st.integers(0, 255), colours)
def test_a_veil_makes_white_words_readable_on_any_ground(grey: int, colour: Colour) -> None:
    veil = darker(colour, 0.45)
    strength = strength_for(float(grey), veil)
    ground = tuple(round(grey * (1 - strength) + channel * strength) for channel in veil)
    assert contrast((255, 255, 255), (ground[0], ground[1], ground[2])) >= MIN_CONTRAST


def test_a_dark_ground_needs_no_veil() -> None:
    assert strength_for(50.0, (10, 10, 30)) == 0.0
    assert strength_for(50.0, (10, 10, 30), least=0.4) == 0.4


def test_brightness_looks_at_the_brighter_parts_of_its_box() -> None:
    picture = np.zeros((100, 100, 3), dtype=np.uint8)
    picture[:, 50:] = 200
    assert brightness_in(picture, Box(x=0, y=0, width=50, height=100)) == pytest.approx(0.0)
    assert brightness_in(picture, Box(x=0, y=0, width=100, height=100)) == pytest.approx(200.0, abs=0.1)
    assert brightness_in(picture, Box(x=300, y=300, width=5, height=5)) == 0.0


def white(rows: int = SMALL.height_px) -> np.ndarray:
    return np.full((rows, SMALL.width_px, 3), 255, dtype=np.uint8)


def test_the_shade_darkens_corners_and_foot() -> None:
    veil = Veil(shape=foot_shape(SMALL, 140.0), strength=0.8, colour=(0, 0, 0))
    canvas = white()
    make_shade(SMALL, LOOK, (veil,), 1).apply(canvas)
    assert canvas[80, 160].mean() > 235
    assert canvas[2, 2].mean() < 220
    assert canvas[150, 160].mean() < 70


def test_the_backing_leaves_the_lower_rows_alone() -> None:
    box = Box(x=180, y=20, width=100, height=40)
    backing = make_backing(SMALL, (Veil(shape=corner_shape(SMALL, box), strength=0.5, colour=(0, 0, 80)),))
    canvas = white()
    backing.apply(canvas)
    assert int(canvas[40, 230, 0]) == pytest.approx(127, abs=2)
    assert np.all(canvas[150:] == 255)
    assert len(backing.keep) < SMALL.height_px


def test_no_veils_no_backing() -> None:
    canvas = white()
    box = Box(x=180, y=20, width=100, height=40)
    faint = Veil(shape=corner_shape(SMALL, box), strength=0.001, colour=(0, 0, 0))
    make_backing(SMALL, ()).apply(canvas)
    make_backing(SMALL, (faint,)).apply(canvas)
    NO_SHADE.apply(canvas)
    assert np.all(canvas == 255)


def test_grain_follows_the_seed() -> None:
    first, same, other = (make_shade(SMALL, LOOK, (), seed) for seed in (1, 1, 2))
    assert np.array_equal(first.keep, same.keep)
    assert not np.array_equal(first.keep, other.keep)


@pytest.mark.parametrize("mood", list(Mood))
def test_every_mood_has_a_gentle_look(mood: Mood) -> None:
    grade = Grader(look_for("default", mood))
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    graded = grade(ramp).astype(int)
    assert np.all(np.diff(graded, axis=1) >= 0)
    assert np.abs(graded - ramp).max() < 40


def test_a_grade_leaves_alpha_and_shape() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (9, 7, 4), dtype=np.uint8)
    graded = Grader(look_for("default", Mood.SAD))(picture)
    assert graded.shape == picture.shape
    assert np.array_equal(graded[..., 3], picture[..., 3])


def test_sadness_is_greyer_than_play() -> None:
    red = np.full((1, 1, 3), (200, 60, 60), dtype=np.uint8)
    spread = {
        mood: int(np.ptp(Grader(look_for("default", mood))(red)[0, 0].astype(int)))
        for mood in (Mood.SAD, Mood.PLAYFUL)
    }
    assert spread[Mood.SAD] < spread[Mood.PLAYFUL] - 20


def test_an_unknown_style_names_those_that_exist() -> None:
    with pytest.raises(InvalidOption, match="default"):
        look_for("sepia", Mood.CALM)
    assert "default" in style_names()
