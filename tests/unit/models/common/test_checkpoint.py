from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import torch
from torch import nn

from models.common.checkpoint import (
    CheckpointError,
    load_into,
    load_tensors,
    read_manifest,
    save_tensors,
    sha256_of,
)


def saved(tmp_path: Path) -> Path:
    path = tmp_path / "weights.safetensors"
    save_tensors(path, {"net.weight": torch.arange(6.0).reshape(2, 3)}, {"net": {"width": 3}})
    return path


def test_what_is_saved_comes_back_with_its_metadata(tmp_path: Path) -> None:
    tensors, metadata = load_tensors(saved(tmp_path))

    assert tensors["net.weight"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert metadata == {"net": {"width": 3}}
    assert [path.name for path in tmp_path.iterdir()] == ["weights.safetensors"]


@pytest.mark.parametrize("reason", ["missing", "damaged", "wrong_hash"])
def test_bad_files_are_refused_by_reason(tmp_path: Path, reason: str) -> None:
    path = saved(tmp_path)
    expected = sha256_of(path) if reason == "missing" else None
    if reason == "missing":
        path.unlink()
    if reason == "damaged":
        path.write_bytes(path.read_bytes()[:-7])
    if reason == "wrong_hash":
        expected = "0" * 64

    with pytest.raises(CheckpointError) as caught:
        load_tensors(path, sha256=expected)

    assert caught.value.reason == reason
    assert str(path) in str(caught.value)


def test_a_checkpoint_error_survives_a_process_border() -> None:
    error = pickle.loads(pickle.dumps(CheckpointError("damaged", "cut short")))  # noqa: S301

    assert (error.reason, str(error)) == ("damaged", "cut short")


def test_half_width_tensors_fill_a_net(tmp_path: Path) -> None:
    source, target = nn.Linear(3, 2), nn.Linear(3, 2)
    tensors = {"mine." + name: value.half() for name, value in source.state_dict().items()}

    load_into(target, tensors | {"other.weight": torch.zeros(1)}, prefix="mine.", source=tmp_path)

    assert target.weight.dtype == torch.float32
    assert torch.allclose(target.weight, source.weight, atol=1e-3)


@pytest.mark.parametrize("change", ["shape", "gone", "more"])
def test_weights_of_another_net_are_refused(tmp_path: Path, change: str) -> None:
    tensors = {"n." + name: value for name, value in nn.Linear(3, 2).state_dict().items()}
    if change == "shape":
        tensors["n.weight"] = torch.zeros(2, 4)
    if change == "gone":
        del tensors["n.bias"]
    if change == "more":
        tensors["n.extra"] = torch.zeros(1)

    with pytest.raises(CheckpointError) as caught:
        load_into(nn.Linear(3, 2), tensors, prefix="n.", source=tmp_path / "file")

    assert caught.value.reason == "wrong_shape"


def test_the_manifest_lists_files_by_model_name(tmp_path: Path) -> None:
    manifest = tmp_path / "checkpoints.toml"
    rows = {name: name for name in ("name", "file", "sha256", "commit", "command", "data")}
    lines = "\n".join(f'{key} = "{value}"' for key, value in rows.items())
    manifest.write_text("[[checkpoint]]\n" + lines, encoding="utf-8")

    assert read_manifest(manifest)["name"].sha256 == "sha256"


@pytest.mark.parametrize(
    ("text", "reason"), [(None, "missing"), ("= [", "damaged"), ("[[checkpoint]]\nname = 'a'", "damaged")]
)
def test_a_bad_manifest_is_refused(tmp_path: Path, text: str | None, reason: str) -> None:
    manifest = tmp_path / "checkpoints.toml"
    if text is not None:
        manifest.write_text(text, encoding="utf-8")

    with pytest.raises(CheckpointError) as caught:
        read_manifest(manifest)

    assert caught.value.reason == reason
