from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.storyboard import Subject
from engine.generators.procedural import FIGURES, ProceduralSubjects, create

GENERATOR = create()


def subject(
    text: str, *, kind: str = "object", concept: str | None = None, colour: str | None = None
) -> Subject:
    return Subject(text=text, concept=concept, score=0.5, why="test", kind=kind, colour=colour)


@pytest.mark.parametrize("name", list(FIGURES))
def test_a_figure_is_a_clean_cropped_drawing(name: str) -> None:
    sprite = GENERATOR.draw(subject("", kind=name), seed=3, height_px=96)
    picture = sprite.frames[0]
    alpha = picture[..., 3]
    assert sprite.source == "procedural"
    assert sprite.frames.shape[0] == 1
    assert 60 <= picture.shape[0] <= 112
    for edge in (alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]):
        assert edge.max() > 8
    assert (alpha > 128).mean() > 0.06
    # Shaded, not flat; smooth, not noise.
    solid = picture[alpha > 250][:, :3].astype(float)
    assert solid.std() > 12
    luma = picture[..., :3].astype(float).mean(2)
    inside = (alpha[:, 1:] > 250) & (alpha[:, :-1] > 250)
    assert np.abs(np.diff(luma, axis=1))[inside].mean() < 14


@pytest.mark.parametrize("name", ["person", "group", "building", "tree", "card", "globe"])
def test_the_same_seed_gives_the_same_pixels(name: str) -> None:
    first, second = (GENERATOR.draw(subject("", kind=name), seed=8, height_px=80) for _ in range(2))
    assert np.array_equal(first.frames, second.frames)


def test_a_named_colour_is_the_main_colour() -> None:
    blue, red = (
        GENERATOR.draw(subject("car", colour=colour), seed=1, height_px=96).frames[0]
        for colour in ("blue", "red")
    )
    mean = [picture[picture[..., 3] > 250][:, :3].mean(0) for picture in (blue, red)]
    assert mean[0][2] > mean[0][0]
    assert mean[1][0] > mean[1][2]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("the red fox", "animal", "quadruped"),
        ("goldfish", "animal", "fish"),
        ("two eagles", "animal", "bird"),
        ("a hot air balloon", "object", "balloon"),
        ("lighthouse", "tower", "lighthouse"),
        ("巴黎铁塔", "tower", "lattice_tower"),
        ("一座灯塔", "tower", "lighthouse"),
        ("东方明珠", "tower", "tv_tower"),
        ("小狐狸", "animal", "quadruped"),
        ("something unheard of", "bridge", "bridge"),
        ("something unheard of", "vehicle", "car"),
        ("something unheard of", "whatever", "object"),
        ("", "tower", "stone_tower"),
    ],
)
def test_words_choose_the_figure(text: str, kind: str, expected: str) -> None:
    assert isinstance(GENERATOR, ProceduralSubjects)
    assert GENERATOR.figure_for(subject(text, kind=kind)) == expected


def test_the_concept_goes_before_the_words() -> None:
    assert isinstance(GENERATOR, ProceduralSubjects)
    assert GENERATOR.figure_for(subject("my friend", concept="hot_beverage_cup")) == "cup"


@given(st.text(max_size=30), st.text(max_size=12))
def test_every_subject_has_a_figure(text: str, kind: str) -> None:
    assert isinstance(GENERATOR, ProceduralSubjects)
    assert GENERATOR.figure_for(subject(text, kind=kind)) in FIGURES
