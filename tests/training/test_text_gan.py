"""Two steps of text_gan through its real command line, on made-up data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from models.common.checkpoint import load_tensors
from models.materials.shards import Shard, write_shard
from models.materials.text_vectors import TextVectors, write_vectors
from models.text_gan.export import CRITIC_FILE, WEIGHTS_FILE, export

ROOT = Path(__file__).parents[2]
PICTURES = 16


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "models.text_gan.train", *map(str, arguments)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    return subprocess.run(
        command, capture_output=True, text=True, timeout=100, cwd=ROOT, env=environment, check=False
    )


@pytest.fixture
def data(tmp_path: Path) -> list[str]:
    random = np.random.default_rng(2)
    names = tuple(f"thing_{index}" for index in range(PICTURES))
    pixels = random.integers(0, 256, (PICTURES, 64, 64, 4), dtype=np.uint8)
    write_shard(tmp_path / "s.npz", Shard(style="made up", licence="own", concepts=names, pixels=pixels))
    vectors = random.normal(size=(PICTURES, 4, 384)).astype(np.float32)
    table = TextVectors(mean=np.zeros(384, np.float32), vectors=vectors, concepts=names)
    write_vectors(tmp_path / "v.safetensors", table)
    return ["--shards", str(tmp_path / "s.npz"), "--vectors", str(tmp_path / "v.safetensors")]


def test_two_steps_write_checkpoint_preview_and_weights_and_resume(tmp_path: Path, data: list[str]) -> None:
    where = ["--run-dir", str(tmp_path / "run"), "--batch", "4", "--export", str(tmp_path / "g.safetensors")]

    first = run(*data, *where, "--max-steps", "2")
    second = run(*data, *where, "--max-steps", "3")

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "resumed at step 2" in second.stderr
    _, progress = load_tensors(tmp_path / "run" / "checkpoint.safetensors")
    assert progress["progress"] == {"step": 3, "pictures": 12, "seconds": pytest.approx(5, abs=60)}
    weights, _ = load_tensors(tmp_path / "g.safetensors")
    assert {name.split(".")[0] for name in weights} == {"generator"}
    assert all(bool(value.isfinite().all()) for value in weights.values())
    assert len(list((tmp_path / "run").glob("preview_*.png"))) == 2


def test_a_new_run_starts_from_shipped_weights(tmp_path: Path, data: list[str]) -> None:
    weights = tmp_path / "weights"
    first = run(*data, "--run-dir", tmp_path / "a", "--batch", "4", "--max-steps", "1")
    export(
        tmp_path / "a" / "checkpoint.safetensors", weights / WEIGHTS_FILE, critic_out=weights / CRITIC_FILE
    )

    second = run(
        *data, "--run-dir", tmp_path / "b", "--batch", "4", "--max-steps", "1", "--start-from", weights
    )

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "started from" in second.stderr
    old, _ = load_tensors(weights / WEIGHTS_FILE)
    new, progress = load_tensors(tmp_path / "b" / "checkpoint.safetensors")
    assert progress["progress"] == {"step": 1, "pictures": 4, "seconds": pytest.approx(5, abs=60)}
    moved = (new["ema.start.weight"].float() - old["generator.start.weight"].float()).abs().max()
    assert float(moved) < 1e-3


def test_a_dry_run_prints_the_resolved_settings_and_touches_nothing(tmp_path: Path) -> None:
    done = run("--dry-run", "--run-dir", tmp_path / "run", "--minutes", "7")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["train"]["minutes"] == 7
    assert not (tmp_path / "run").exists()


def test_missing_data_is_one_sentence(tmp_path: Path, data: list[str]) -> None:
    done = run("--shards", tmp_path / "gone.npz", *data[2:], "--run-dir", tmp_path / "run")

    assert done.returncode == 2
    assert done.stderr.strip().count("\n") == 0
    assert "models.materials build" in done.stderr
