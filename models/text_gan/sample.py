"""Draw subjects with trained weights: the door through which engine, evaluation and people use text_gan.

`python -m models.text_gan.sample --concepts cat,rocket --out sheet.png`
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from models.common.checkpoint import (
    CheckpointError,
    load_into,
    load_tensors,
    read_manifest,
    sha256_of,
)
from models.common.console import complain
from models.common.seeds import generator, mix_seed
from models.common.sheets import save_sheet
from models.materials.fetch import MaterialError
from models.materials.pictures import unpremultiply
from models.materials.text_vectors import VECTOR_LENGTH, TextVectors, read_vectors
from models.text_gan.colour import recolour
from models.text_gan.network import Generator
from models.text_gan.state import net_config_of

__all__ = ["SubjectSampler", "UnknownConcept", "load_sampler", "main"]

WEIGHTS_FILE = "text_gan.safetensors"
VECTORS_FILE = "text_vectors.safetensors"
WEIGHTS_DIR = Path(__file__).parents[1] / "weights"
#: Pictures per pass of the net; more gains nothing on a CPU.
BATCH = 8


class UnknownConcept(ValueError):
    """A name that is not in the concept table."""


class SubjectSampler:
    """Draws any concept of the table, each seed another try."""

    def __init__(self, net: Generator, table: TextVectors, *, version: str, device: str) -> None:
        self.version = version
        self.size_px = net.config.size_px
        self.concepts = frozenset(table.concepts)
        self._net = net
        self._table = table
        self._rows = {name: row for row, name in enumerate(table.concepts)}
        self._device = device

    def draw(
        self, concept: str, *, seeds: Sequence[int], colour: tuple[int, int, int] | None = None
    ) -> npt.NDArray[np.uint8]:
        """Draw one picture a seed: uint8 [N, size_px, size_px, 4], straight alpha; the body in `colour`.

        Raises:
            UnknownConcept: `concept` is not in `concepts`.
        """
        drawn = unpremultiply(self.draw_premultiplied(concept, seeds=seeds))
        if colour is not None:
            drawn[:] = [recolour(picture, colour) for picture in drawn]
        return drawn

    def draw_premultiplied(self, concept: str, *, seeds: Sequence[int]) -> npt.NDArray[np.uint8]:
        """Like `draw`, with colour multiplied by alpha, as the net draws."""
        if concept not in self._rows:
            raise UnknownConcept(f"no concept {concept!r} among {len(self._rows)}")
        vector = _middle(self._table.vectors[self._rows[concept]])
        vectors = np.repeat(vector[None], len(seeds), axis=0)
        mixed = [mix_seed(seed, concept) for seed in seeds]
        return self.draw_vectors(vectors, seeds=mixed)

    def draw_vectors(
        self, vectors: npt.NDArray[np.float32], *, seeds: Sequence[int]
    ) -> npt.NDArray[np.uint8]:
        """Draw from placed sentence vectors [N, E], one seed each: premultiplied uint8 [N, S, S, 4]."""
        text = torch.from_numpy(np.ascontiguousarray(vectors, dtype=np.float32))
        latent = torch.stack([self._latent(seed) for seed in seeds]) if len(seeds) else torch.zeros(0, 1)
        drawn = [
            self._run(text[start : start + BATCH], latent[start : start + BATCH])
            for start in range(0, len(seeds), BATCH)
        ]
        if not drawn:
            return np.zeros((0, self.size_px, self.size_px, 4), dtype=np.uint8)
        return np.concatenate(drawn)

    def place(self, raw: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Raw encoder vectors [N, E] to the place that `draw_vectors` takes."""
        return self._table.place(raw)

    def _latent(self, seed: int) -> Tensor:
        config = self._net.config
        latent = torch.randn(config.latent_numbers, generator=generator(seed))
        latent[: config.motion_numbers] = 0.0  # a still has no phase
        return latent

    def _run(self, text: Tensor, latent: Tensor) -> npt.NDArray[np.uint8]:
        with torch.inference_mode():
            drawn = self._net(text.to(self._device), latent.to(self._device)).float()  # [B,4,S,S]
        pixels = ((drawn + 1.0) * 127.5).round().clamp(0, 255).byte()
        return np.ascontiguousarray(pixels.permute(0, 2, 3, 1).cpu().numpy())


def load_sampler(weights_dir: Path = WEIGHTS_DIR, *, device: str = "cpu", threads: int = 1) -> SubjectSampler:
    """Load generator and concepts from `weights_dir`, checked against the manifest beside that folder.

    Sets the number of threads torch uses in this process.

    Raises:
        CheckpointError: weights or manifest missing, damaged, with a wrong hash or made for another net.
    """
    torch.set_num_threads(threads)
    manifest = read_manifest(weights_dir.parent / "checkpoints.toml")
    if "text_gan" not in manifest or "text_vectors" not in manifest:
        raise CheckpointError("missing", f"{weights_dir.parent / 'checkpoints.toml'} does not list text_gan")
    path = weights_dir / manifest["text_gan"].file
    tensors, metadata = load_tensors(path, sha256=manifest["text_gan"].sha256)
    net = Generator(net_config_of(metadata, path))
    load_into(net, tensors, prefix="generator.", source=path)
    table = _read_table(weights_dir / manifest["text_vectors"].file, manifest["text_vectors"].sha256)
    version = f"text_gan {manifest['text_gan'].sha256[:12]}"
    net = net.eval().requires_grad_(False).to(device)
    return SubjectSampler(net, table, version=version, device=device)


def _read_table(path: Path, sha256: str) -> TextVectors:
    if not path.is_file():
        raise CheckpointError("missing", f"no text vectors at {path}")
    if sha256_of(path) != sha256:
        raise CheckpointError("wrong_hash", f"{path} is not the file of the manifest")
    try:
        return read_vectors(path)
    except MaterialError as error:
        raise CheckpointError("damaged", str(error)) from error


def _middle(captions: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The middle of a concept's captions [captions, E], at full length."""
    mean = captions.mean(axis=0)
    return np.asarray(mean * (VECTOR_LENGTH / max(float(np.linalg.norm(mean)), 1e-6)), dtype=np.float32)


def main(argv: Sequence[str] | None = None) -> int:
    """Draw a sheet; 0 when done, 2 with one sentence when weights or a name cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m models.text_gan.sample", description=__doc__)
    parser.add_argument("--concepts", required=True, help="names from concepts.json, separated by commas")
    parser.add_argument("--seeds", type=int, default=1, help="pictures of each concept")
    parser.add_argument("--weights-dir", type=Path, default=WEIGHTS_DIR)
    parser.add_argument("--out", type=Path, required=True, help="PNG to write")
    parser.add_argument("--zoom", type=int, default=2)
    args = parser.parse_args(argv)
    try:
        sampler = load_sampler(args.weights_dir)
        names = [name.strip() for name in args.concepts.split(",") if name.strip()]
        drawn = [sampler.draw_premultiplied(name, seeds=range(args.seeds)) for name in names]
    except (CheckpointError, UnknownConcept) as error:
        return complain("models.text_gan.sample", error)
    pixels = np.concatenate(drawn)
    columns = args.seeds if args.seeds > 1 else min(16, len(pixels))
    save_sheet(args.out, pixels, columns=columns, zoom=args.zoom)
    return 0


if __name__ == "__main__":
    sys.exit(main())
