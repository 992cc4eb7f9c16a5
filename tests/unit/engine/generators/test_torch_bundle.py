"""The GAN behind the engine's seam, with a sampler that draws squares."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.contract.errors import CheckpointMissing, GeneratorOutOfMemory
from engine.contract.storyboard import Subject
from engine.generators.procedural import create as create_procedural
from engine.generators.torch_bundle import GanSubjects, Outcome, create, crop, read_outcomes, trust_of
from engine.generators.upscale import CubicUpscaler
from engine.settings import load_settings


class SquareSampler:
    """Draws a square whose shade is the seed; counts how often it is asked."""

    concepts = frozenset({"cat", "smudge"})
    size_px = 64
    version = "text_gan test"

    def __init__(self) -> None:
        self.calls = 0

    def draw(self, concept: str, *, seeds: Sequence[int], colour: object = None) -> np.ndarray:
        self.calls += 1
        drawn = np.zeros((len(seeds), 64, 64, 4), np.uint8)
        for picture, seed in zip(drawn, seeds, strict=True):
            picture[16:48, 20:44] = (seed % 256, 80, 80, 255)
        return drawn


class ExhaustedSampler(SquareSampler):
    def draw(self, concept: str, *, seeds: Sequence[int], colour: object = None) -> np.ndarray:
        raise torch.OutOfMemoryError("none left")


def subject(concept: str | None, text: str = "cat") -> Subject:
    return Subject(text=text, concept=concept, score=1.0, why="test", kind="animal")


def gan(sampler: SquareSampler | None = None, **measured: Outcome) -> GanSubjects:
    return GanSubjects(sampler or SquareSampler(), CubicUpscaler(), measured=measured)


def test_a_sprite_is_cropped_and_as_high_as_asked() -> None:
    sprite = gan().draw(subject("cat"), seed=3, height_px=200)
    assert sprite.source == "text_gan"
    assert sprite.frames.shape[:2] == (1, 200)
    assert sprite.frames.shape[2] == pytest.approx(150, abs=4)
    assert sprite.frames[0, 100, 75, 3] == 255


def test_a_drawing_is_enlarged_once() -> None:
    sampler = SquareSampler()
    drawer = gan(sampler)
    first, again = (drawer.draw(subject("cat"), seed=3, height_px=200) for _ in range(2))
    assert sampler.calls == 1
    assert np.array_equal(first.frames, again.frames)
    drawer.draw(subject("cat"), seed=4, height_px=200)
    assert sampler.calls == 2


def test_memory_that_runs_out_is_named() -> None:
    with pytest.raises(GeneratorOutOfMemory):
        gan(ExhaustedSampler()).draw(subject("cat"), seed=3, height_px=200)


@pytest.mark.parametrize("concept", [None, "unicorn"])
def test_an_unknown_concept_is_refused(concept: str | None) -> None:
    drawer = gan()
    assert drawer.trust(subject(concept)) == 0.0
    with pytest.raises(CheckpointMissing, match="cat"):
        drawer.draw(subject(concept), seed=3, height_px=200)


def test_trust_follows_what_was_measured() -> None:
    drawer = gan(cat=Outcome(rank=1, error=0.02), smudge=Outcome(rank=900, error=0.2))
    rule = create_procedural()
    assert drawer.trust(subject("cat")) > rule.trust(subject("cat"))
    assert drawer.trust(subject("smudge", "lighthouse")) < rule.trust(subject("smudge", "lighthouse"))
    gizmo = Subject(text="gizmo", concept="smudge", score=1.0, why="test", kind="object")
    assert drawer.trust(gizmo) > rule.trust(gizmo)


def test_a_rough_drawing_comes_between_a_named_figure_and_its_kind() -> None:
    rule = create_procedural()
    rough = trust_of(Outcome(rank=1, error=0.09))
    assert rule.trust(subject(None, "gizmo")) < rough < rule.trust(subject(None, "lighthouse"))
    assert trust_of(None) == rough


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(CheckpointMissing):
        create(load_settings().generator, tmp_path / "weights")


def test_outcomes_of_other_weights_count_for_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ranks.json"
    path.write_text(json.dumps({"version": "text_gan a", "ranks": {"cat": 2}, "errors": {"cat": 0.1}}))
    assert read_outcomes(path, version="text_gan a") == {"cat": Outcome(rank=2, error=0.1)}
    assert read_outcomes(path, version="text_gan b") == {}
    assert read_outcomes(tmp_path / "none.json", version="text_gan a") == {}


def test_a_picture_without_anything_visible_is_kept_whole() -> None:
    empty = np.zeros((8, 8, 4), np.uint8)
    assert crop(empty).shape == (8, 8, 4)
