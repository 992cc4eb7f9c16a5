"""Weights on disk: safetensors only, checked on the way in; nothing is ever unpickled.

* CheckpointError(ValueError)   .reason is one of REASONS
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import safetensors
import safetensors.torch
from torch import Tensor, nn

__all__ = [
    "CheckpointEntry",
    "CheckpointError",
    "load_into",
    "load_tensors",
    "read_manifest",
    "save_tensors",
    "sha256_of",
]

#: Why weights were refused: no file; unreadable or cut short; not the file of the manifest; for another net.
REASONS: Final = ("missing", "damaged", "wrong_hash", "wrong_shape")


class CheckpointError(ValueError):
    """Weights that cannot be used."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason

    def __reduce__(self) -> tuple[type[CheckpointError], tuple[str, str]]:
        return type(self), (self.reason, str(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointEntry:
    """One line of the manifest `checkpoints.toml`."""

    #: Name of the model, for example "text_gan".
    name: str
    #: File name beside the other weights.
    file: str
    #: Hex digest of the file.
    sha256: str
    #: Commit of the code that trained it.
    commit: str
    #: Command that made it.
    command: str
    #: Data it was trained on, with licence.
    data: str


def save_tensors(path: Path, tensors: Mapping[str, Tensor], metadata: Mapping[str, object]) -> None:
    """Write tensors and JSON-able metadata; the file appears whole or not at all."""
    packed = {name: tensor.detach().contiguous().clone() for name, tensor in tensors.items()}
    words = {name: json.dumps(value, sort_keys=True) for name, value in metadata.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(safetensors.torch.save(packed, words))
    partial.replace(path)


def load_tensors(path: Path, *, sha256: str | None = None) -> tuple[dict[str, Tensor], dict[str, object]]:
    """Read tensors and metadata, checking the digest first when one is given.

    Raises:
        CheckpointError: missing, damaged, wrong_hash.
    """
    if not path.is_file():
        raise CheckpointError("missing", f"no weights at {path}")
    if sha256 is not None and (actual := sha256_of(path)) != sha256:
        raise CheckpointError("wrong_hash", f"{path} has sha256 {actual}, the manifest says {sha256}")
    try:
        tensors = safetensors.torch.load_file(path)
        with safetensors.safe_open(path, framework="pt") as stream:
            words = stream.metadata() or {}
        metadata: dict[str, object] = {name: json.loads(value) for name, value in words.items()}
    except (safetensors.SafetensorError, OSError, ValueError) as error:
        raise CheckpointError("damaged", f"{path} cannot be read: {error}") from error
    return tensors, metadata


def load_into(net: nn.Module, tensors: Mapping[str, Tensor], *, prefix: str, source: Path) -> None:
    """Copy the tensors named `prefix` + parameter name into `net`, whatever their float width.

    Raises:
        CheckpointError: wrong_shape, when names or shapes differ from the net's.
    """
    state = net.state_dict()
    found = {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}
    wrong = sorted(name for name in state if name not in found or found[name].shape != state[name].shape)
    wrong += sorted(set(found) - set(state))
    if wrong:
        raise CheckpointError("wrong_shape", f"{source} was made for another net: {', '.join(wrong[:4])}")
    net.load_state_dict({name: value.to(state[name].dtype) for name, value in found.items()})


def read_manifest(path: Path) -> dict[str, CheckpointEntry]:
    """Read `checkpoints.toml`, by model name.

    Raises:
        CheckpointError: missing or damaged.
    """
    if not path.is_file():
        raise CheckpointError("missing", f"no manifest at {path}")
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("checkpoint", [])
        return {row["name"]: CheckpointEntry(**row) for row in rows}
    except (tomllib.TOMLDecodeError, TypeError, KeyError) as error:
        raise CheckpointError("damaged", f"{path} cannot be read: {error}") from error


def sha256_of(path: Path) -> str:
    """Hex digest of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
