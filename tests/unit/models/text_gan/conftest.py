"""A generator small enough for a test, among weights that look like the shipped ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from models.common.checkpoint import sha256_of
from models.common.manifest import write_manifest
from models.materials.text_vectors import TextVectors, write_vectors
from models.text_gan.config import NetConfig, TrainConfig
from models.text_gan.export import export
from models.text_gan.state import State

SMALL_NET = NetConfig(
    text_numbers=12, latent_numbers=10, hidden=16, style=8, channels=(16, 8, 8), critic_channels=(8, 8)
)


@pytest.fixture(scope="session")
def small_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models folder with weights of an untrained small net for the concepts cat and dog."""
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("models")
    state = State(SMALL_NET, TrainConfig())
    state.save(folder / "checkpoint.safetensors", TrainConfig(), "abc123")
    export(folder / "checkpoint.safetensors", folder / "weights" / "text_gan.safetensors")
    random = np.random.default_rng(3)
    table = TextVectors(
        mean=random.normal(size=12).astype(np.float32),
        vectors=random.normal(size=(2, 4, 12)).astype(np.float32),
        concepts=("cat", "dog"),
    )
    write_vectors(folder / "weights" / "text_vectors.safetensors", table)
    manifest = write_manifest(folder)
    if sha256_of(folder / "weights" / "text_gan.safetensors") not in manifest.read_text(encoding="utf-8"):
        pytest.fail("the manifest does not list the weights")
    return folder
