from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from models.evaluate import BEGIN, END, MEANINGS, write_figures, write_ranks
from models.evaluation.features import layout
from models.evaluation.gallery import Gallery
from models.evaluation.measures import every_concept, kid, read_prompts
from models.materials.concepts import read_concepts
from models.materials.fetch import MaterialError
from models.materials.text_vectors import TextVectors, nearest_concepts

WEIGHTS = Path(__file__).parents[4] / "models" / "weights"


def pictures(count: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (count, 16, 16, 4), dtype=np.uint8)


def gallery(count: int = 6) -> Gallery:
    features = np.random.default_rng(2).normal(size=(count, 8)).astype(np.float32)
    return Gallery(names=tuple("abcdef"[:count]), pixels=pictures(count), features=features)


def test_a_real_drawing_is_nearest_to_itself() -> None:
    real = gallery()

    order = real.rank(real.pixels, real.features)

    assert order[:, 0].tolist() == list(range(6))
    assert sorted(order[0].tolist()) == list(range(6))
    assert real.hits(order, [frozenset(name) for name in "abcdef"], within=1) == 1.0
    assert real.hits(order, [frozenset("z")] * 6, within=6) == 0.0


class SwappingSampler:
    """Draws a as a and b as c, so that b is taken for c."""

    concepts = frozenset("ab")

    def __init__(self, real: Gallery) -> None:
        self._drawn = {"a": real.pixels[:1], "b": real.pixels[2:3]}

    def draw_premultiplied(self, concept: str, *, seeds: Sequence[int]) -> np.ndarray:
        return self._drawn[concept]


def test_each_concept_gets_the_rank_of_its_own_drawing(tmp_path: Path) -> None:
    real = gallery()
    features = {picture.tobytes(): row for picture, row in zip(real.pixels, real.features, strict=True)}

    def describe(pixels: np.ndarray) -> np.ndarray:
        return np.stack([features[picture.tobytes()] for picture in pixels])

    found = every_concept(SwappingSampler(real), real, describe, seed=1)

    assert found.ranks["a"] == 1
    assert found.ranks["b"] > 1
    assert found.figures["by_name_top1"] == 0.5
    assert found.errors["a"] == 0.0
    assert found.errors["b"] > 0.1
    write_ranks(tmp_path / "ranks.json", found, version="text_gan x", seed=1)
    written = json.loads((tmp_path / "ranks.json").read_text())
    assert (written["version"], written["ranks"]) == ("text_gan x", dict(found.ranks))
    assert written["errors"] == pytest.approx(found.errors, abs=1e-4)


def test_any_of_several_right_answers_counts() -> None:
    real = gallery()
    order = real.rank(real.pixels[:2], real.features[:2])

    assert real.hits(order, [frozenset("ax"), frozenset("x")], within=1) == 0.5


def test_the_layout_is_the_mean_of_each_cell() -> None:
    half = np.zeros((1, 16, 16, 4), np.uint8)
    half[:, :, 8:] = 255

    cells = layout(half).reshape(4, 8, 8)

    assert cells[:, :, :4].max() == 0.0
    assert cells[:, :, 4:].min() == 1.0


def test_kid_is_small_within_and_large_between_distributions() -> None:
    random = np.random.default_rng(3)
    first, second, other = (random.normal(mean, 1.0, (300, 16)).astype(np.float32) for mean in (0, 0, 1))

    assert abs(kid(first, second)) < 100
    assert kid(first, other) > 1000


def test_the_nearest_concept_is_that_of_the_nearest_caption() -> None:
    vectors = np.zeros((3, 4, 3), np.float32)
    vectors[0, 0], vectors[1, 2], vectors[2, :] = (9.8, 0, 0), (0, 9.8, 0), (0, 0, 9.8)
    table = TextVectors(mean=np.zeros(3, np.float32), vectors=vectors, concepts=("cat", "dog", "owl"))

    nearest = nearest_concepts(table, np.array([[0.1, 9.0, 1.0]], np.float32), count=2)

    assert nearest == [("dog", "owl")]


def test_prompts_are_many_known_and_never_a_name_that_training_saw() -> None:
    concepts = read_concepts(WEIGHTS / "concepts.json")
    prompts = read_prompts([concept.id for concept in concepts])
    seen = {
        name.casefold()
        for concept in concepts
        for name in (concept.label_en, concept.label_zh, *concept.tags_en, *concept.tags_zh)
    }

    assert len({prompt.text for prompt in prompts}) == len(prompts) >= 300
    assert [prompt.text for prompt in prompts if prompt.text.casefold() in seen] == []
    assert sum(not prompt.text.isascii() for prompt in prompts) >= 140


def test_a_prompt_for_an_unknown_concept_is_named() -> None:
    with pytest.raises(MaterialError, match="asks for unknown concepts"):
        read_prompts(["cat"])


def test_figures_replace_the_old_table_and_nothing_else(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"above\n{BEGIN}\nold\n{END}\nbelow\n", encoding="utf-8")
    figures = dict.fromkeys(MEANINGS, 0.25) | {"prompts": 3, "concepts": 4, "gallery": 5}

    write_figures(readme, figures, version="text_gan abc", seed=7, day="2026-11-24")

    text = readme.read_text(encoding="utf-8")
    assert text.startswith("above\n")
    assert text.endswith(f"{END}\nbelow\n")
    assert "\nold\n" not in text
    assert "text_gan abc, measured 2026-11-24, seed 7: 3 prompts" in text
    assert text.count("| 0.25 |") == len(MEANINGS)


def test_a_readme_without_marks_is_refused(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("nothing", encoding="utf-8")
    with pytest.raises(ValueError, match="figures begin"):
        write_figures(tmp_path / "README.md", {}, version="", seed=1, day="")
