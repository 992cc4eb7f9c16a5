"""`python -m models.common.manifest`: write `checkpoints.toml` for the weights that are there."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from models.common.checkpoint import load_tensors, sha256_of
from models.common.console import say

__all__ = ["main", "write_manifest"]

MODELS_DIR = Path(__file__).parents[1]

#: What the manifest says of each file and the file itself does not: (file, command, data and licence).
KNOWN_WEIGHTS = {
    "text_gan": (
        "text_gan.safetensors",
        "python -m models.text_gan.train --minutes 125.5 --fuse",
        "Fluent 3D drawings of @lobehub/fluent-emoji-3d 1.1.0 (MIT, Microsoft); own landmark drawings",
    ),
    "text_gan_critic": (
        "text_gan_critic.safetensors",
        "python -m models.text_gan.train --minutes 125.5 --fuse",
        "as text_gan; only needed to go on training",
    ),
    "text_vectors": (
        "text_vectors.safetensors",
        "python -m models.materials build",
        "labels and tags of emojibase-data 17.0.0 (MIT); encoder multilingual-e5-small (MIT)",
    ),
}


def write_manifest(models_dir: Path) -> Path:
    """List every known weights file of `models_dir`/weights with its digest; returns the manifest's path."""
    lines = [
        "# Written by `python -m models.common.manifest`: the shipped weights and where they come from.",
        "",
    ]
    for name, (file, command, data) in KNOWN_WEIGHTS.items():
        path = models_dir / "weights" / file
        if not path.is_file():
            continue
        _, metadata = load_tensors(path) if name.startswith("text_gan") else ({}, {})
        rows = {
            "name": name,
            "file": file,
            "sha256": sha256_of(path),
            "commit": str(metadata.get("commit", "")),
            "command": command,
            "data": data,
        }
        lines += ["[[checkpoint]]", *(f"{key} = {json.dumps(value)}" for key, value in rows.items()), ""]
    manifest = models_dir / "checkpoints.toml"
    manifest.write_text("\n".join(lines), encoding="utf-8")
    return manifest


def main(argv: Sequence[str] | None = None) -> int:
    """Write the manifest."""
    parser = argparse.ArgumentParser(prog="python -m models.common.manifest", description=__doc__)
    parser.add_argument("--models-dir", type=Path, default=MODELS_DIR)
    args = parser.parse_args(argv)
    say(str(write_manifest(args.models_dir)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
