from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from models.common.seeds import generator
from models.materials.fetch import MaterialError
from models.materials.shards import Shard, write_shard
from models.materials.text_vectors import VECTOR_LENGTH, TextVectors, write_vectors
from models.text_gan.data import TrainingSet, load_training_set

NAMES = ("cat", "man_running", "tower")


@pytest.fixture
def files(tmp_path: Path) -> tuple[list[Path], Path]:
    random = np.random.default_rng(1)
    table = TextVectors(
        mean=np.zeros(6, np.float32), vectors=random.normal(size=(3, 4, 6)).astype(np.float32), concepts=NAMES
    )
    write_vectors(tmp_path / "v.safetensors", table)
    shards: list[Path] = []
    for style, names, value in (
        ("fluent", ("cat", "man_running", "unknown"), 10),
        ("drawn", ("tower",), 200),
    ):
        pixels = np.full((len(names), 8, 8, 4), value, np.uint8)
        shards.append(tmp_path / f"{style}.npz")
        write_shard(shards[-1], Shard(style=style, licence="own", concepts=names, pixels=pixels))
    return shards, tmp_path / "v.safetensors"


def test_pictures_meet_the_vectors_of_their_concept(files: tuple[list[Path], Path]) -> None:
    data = load_training_set(*files)

    assert len(data) == 3  # the picture without a vector is left out
    assert data.pixels[:, 0, 0, 0].tolist() == [10, 10, 200]
    assert data.pictures(torch.tensor([2])).unique().tolist() == pytest.approx([200 / 127.5 - 1])


def test_landmarks_come_often_and_twins_seldom(files: tuple[list[Path], Path]) -> None:
    data = load_training_set(*files)
    random = generator(5)

    seen = torch.cat([data.batch(1, text_noise=0.0, random=random).pictures[:, 0, 0, 0] for _ in range(400)])

    assert float((seen > 0).float().mean()) == pytest.approx(3 / 4.5, abs=0.08)


def test_text_keeps_its_length_and_wrong_text_is_another_concept_s() -> None:
    vectors = torch.eye(4)[:, None, :].repeat(1, 4, 1)  # every caption of a concept points one way
    data = TrainingSet(torch.zeros(4, 4, 8, 8, dtype=torch.uint8), vectors, torch.ones(4))

    batch = data.batch(4, text_noise=0.0, random=generator(2))

    assert batch.text.norm(dim=1).tolist() == pytest.approx([VECTOR_LENGTH] * 4)
    assert not bool((batch.text.argmax(dim=1) == batch.wrong_text.argmax(dim=1)).any())


def test_the_same_seed_draws_the_same_batch(files: tuple[list[Path], Path]) -> None:
    data = load_training_set(*files)

    first = data.batch(2, text_noise=0.1, random=generator(9))
    second = data.batch(2, text_noise=0.1, random=generator(9))

    assert torch.equal(first.text, second.text)
    assert torch.equal(first.pictures, second.pictures)


def test_a_missing_shard_is_named(files: tuple[list[Path], Path], tmp_path: Path) -> None:
    with pytest.raises(MaterialError, match=r"gone\.npz"):
        load_training_set([tmp_path / "gone.npz"], files[1])
