"""What every subject generator of the registry keeps to."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from engine.contract.errors import CheckpointMissing, ConfigError
from engine.contract.storyboard import Subject
from engine.generators.base import SubjectGenerator
from engine.generators.registry import GENERATORS, load_generator
from engine.settings import GeneratorSettings

WEIGHTS = Path(str(files("models"))) / "weights"
SUBJECTS = [
    Subject(text="fox", concept="fox", score=1.0, why="test", kind="animal"),
    Subject(text="red heart", concept="red_heart", score=1.0, why="test", kind="heart", colour="red"),
    Subject(text="rocket", concept="rocket", score=1.0, why="test", kind="aircraft"),
]


def settings(name: str) -> GeneratorSettings:
    return GeneratorSettings(name=name, device="cpu", threads=1, candidates=1)


@pytest.fixture(scope="module", params=sorted(GENERATORS))
def generator(request: pytest.FixtureRequest) -> SubjectGenerator:
    try:
        return load_generator(request.param, settings(request.param), WEIGHTS)
    except CheckpointMissing as missing:
        pytest.skip(f"{request.param}: {missing.message}")


def test_it_is_listed_under_its_own_name(generator: SubjectGenerator) -> None:
    assert generator.name in GENERATORS
    assert generator.version


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda one: one.text)
def test_a_sprite_is_a_cropped_drawing_with_alpha(generator: SubjectGenerator, subject: Subject) -> None:
    if generator.trust(subject) == 0.0:
        pytest.skip(f"{generator.name} does not draw {subject.text}")
    sprite = generator.draw(subject, seed=3, height_px=120)
    assert sprite.source == generator.name
    assert sprite.frames.dtype == np.uint8
    assert sprite.frames.ndim == 4
    assert sprite.frames.shape[3] == 4
    assert 72 <= sprite.frames.shape[1] <= 132
    alpha = sprite.frames[0, ..., 3]
    assert (alpha == 0).any()
    assert (alpha > 200).mean() > 0.1
    assert (sprite.fps > 0) == (sprite.frames.shape[0] > 1)


@pytest.mark.parametrize("subject", SUBJECTS[:2], ids=lambda one: one.text)
def test_the_same_seed_gives_the_same_pixels(generator: SubjectGenerator, subject: Subject) -> None:
    if generator.trust(subject) == 0.0:
        pytest.skip(f"{generator.name} does not draw {subject.text}")
    first, second = (generator.draw(subject, seed=7, height_px=90) for _ in range(2))
    assert np.array_equal(first.frames, second.frames)


def test_trust_is_a_share(generator: SubjectGenerator) -> None:
    unknown = Subject(text="unheard of", concept=None, score=0.0, why="test")
    for subject in (*SUBJECTS, unknown):
        assert 0.0 <= generator.trust(subject) <= 1.0


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="procedural"):
        load_generator("crayon", settings("crayon"), WEIGHTS)
