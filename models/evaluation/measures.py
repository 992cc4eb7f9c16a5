"""Figures of text_gan: is it recognised, how far is it from real, how fast is it."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.evaluation.features import Describe, Floats
from models.evaluation.gallery import Gallery
from models.materials.fetch import MaterialError
from models.materials.shards import read_shard
from models.materials.text_vectors import Encoder, TextVectors, nearest_concepts
from models.text_gan.sample import SubjectSampler

__all__ = [
    "ByName",
    "Prompt",
    "every_concept",
    "kid",
    "read_prompts",
    "recognisability",
    "second_style",
    "speed",
]

#: Alpha above this can be seen.
_VISIBLE = 24
PROMPTS_FILE = Path(__file__).with_name("prompts.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class ByName:
    """What came of drawing every concept by its own name."""

    #: Shares, 0..1, and how many concepts.
    figures: Mapping[str, float]
    #: Features of the drawings, float32 [N,D].
    features: Floats
    #: Concept -> place of its own real drawing among all, from 1.
    ranks: Mapping[str, int]
    #: Concept -> mean difference to its own real drawing where either is visible, 0..1.
    errors: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A wording that training never saw."""

    #: What a person might write.
    text: str
    #: Concepts that are right answers.
    concepts: frozenset[str]


def read_prompts(names: Sequence[str], *, path: Path = PROMPTS_FILE) -> tuple[Prompt, ...]:
    """Read the prompts.

    Raises:
        MaterialError: a prompt asks for a concept that is not among `names`.
    """
    rows = json.loads(path.read_text(encoding="utf-8"))
    prompts = tuple(Prompt(text=row["text"], concepts=frozenset(row["concepts"])) for row in rows)
    unknown = {name for prompt in prompts for name in prompt.concepts} - set(names)
    if unknown:
        raise MaterialError(f"{path} asks for unknown concepts: {', '.join(sorted(unknown))}")
    return prompts


def recognisability(
    sampler: SubjectSampler,
    table: TextVectors,
    gallery: Gallery,
    describe: Describe,
    encode: Encoder,
    *,
    seed: int,
) -> Mapping[str, float]:
    """Shares 0..1 of prompts whose drawing is nearest to a real drawing of what was asked for."""
    prompts = read_prompts(table.concepts)
    wanted = [prompt.concepts for prompt in prompts]
    vectors = table.place(encode([prompt.text for prompt in prompts]))
    seeds = list(range(seed, seed + len(prompts)))
    direct = sampler.draw_vectors(vectors, seeds=seeds)
    matches = nearest_concepts(table, vectors, count=5)
    pairs = list(zip(matches, wanted, strict=True))
    drawn = {name: sampler.draw_premultiplied(name, seeds=[seed])[0] for name in {row[0] for row in matches}}
    matched = np.stack([drawn[row[0]] for row in matches])
    direct_order = gallery.rank(direct, describe(direct))
    matched_order = gallery.rank(matched, describe(matched))
    return {
        "prompts": len(prompts),
        "through_match_top1": gallery.hits(matched_order, wanted, within=1),
        "through_match_top5": gallery.hits(matched_order, wanted, within=5),
        "direct_top1": gallery.hits(direct_order, wanted, within=1),
        "direct_top5": gallery.hits(direct_order, wanted, within=5),
        "match_alone_top1": float(np.mean([row[0] in names for row, names in pairs])),
        "match_alone_top5": float(np.mean([bool(names & set(row)) for row, names in pairs])),
        "chance_top1": 1.0 / len(gallery.names),
    }


def every_concept(sampler: SubjectSampler, gallery: Gallery, describe: Describe, *, seed: int) -> ByName:
    """Draw each concept by name and look for its own real drawing among all."""
    names = [name for name in gallery.names if name in sampler.concepts]
    drawn = np.concatenate([sampler.draw_premultiplied(name, seeds=[seed]) for name in names])
    features = describe(drawn)
    order = gallery.rank(drawn, features)
    wanted = [frozenset({name}) for name in names]
    figures = {
        "concepts": len(names),
        "by_name_top1": gallery.hits(order, wanted, within=1),
        "by_name_top5": gallery.hits(order, wanted, within=5),
    }
    rows = {name: row for row, name in enumerate(gallery.names)}
    ranks = {
        name: int(np.flatnonzero(found == rows[name])[0]) + 1
        for name, found in zip(names, order, strict=True)
    }
    errors = {
        name: _difference(picture, gallery.pixels[rows[name]])
        for name, picture in zip(names, drawn, strict=True)
    }
    return ByName(figures=figures, features=features, ranks=ranks, errors=errors)


def _difference(drawn: npt.NDArray[np.uint8], real: npt.NDArray[np.uint8]) -> float:
    """Mean difference, 0..1, of two premultiplied pictures [S,S,4] where either is visible."""
    seen = (drawn[..., 3] > _VISIBLE) | (real[..., 3] > _VISIBLE)
    if not seen.any():
        return 0.0
    return float(np.abs(drawn.astype(np.float32) - real.astype(np.float32))[seen].mean() / 255.0)


def second_style(gallery: Gallery, describe: Describe, shard: Path) -> Mapping[str, float]:
    """How often real drawings of another hand are taken for the right concept: the limit of the judge."""
    other = read_shard(shard)
    order = gallery.rank(other.pixels, describe(other.pixels))
    wanted = [frozenset({name}) for name in other.concepts]
    return {
        "second_style_top1": gallery.hits(order, wanted, within=1),
        "second_style_top5": gallery.hits(order, wanted, within=5),
    }


def kid(first: Floats, second: Floats) -> float:
    """Unbiased kernel distance, cubic kernel (Binkowski et al. 2018, arXiv 1801.01401); times 1000."""
    cross = _cubic(first, second).mean()
    return float(1000.0 * (_within(first) + _within(second) - 2.0 * cross))


def _cubic(first: Floats, second: Floats) -> npt.NDArray[np.float64]:
    return np.asarray((first @ second.T / first.shape[1] + 1.0) ** 3, dtype=np.float64)


def _within(features: Floats) -> float:
    """Mean kernel of different pictures of one set."""
    kernel, count = _cubic(features, features), len(features)
    return float((kernel.sum() - np.trace(kernel)) / (count * (count - 1)))


def speed(sampler: SubjectSampler, *, pictures: int = 64) -> float:
    """CPU milliseconds a picture, in the batches that the product uses."""
    name = sorted(sampler.concepts)[0]
    sampler.draw(name, seeds=range(8))
    start = time.process_time()
    sampler.draw(name, seeds=range(pictures))
    return (time.process_time() - start) * 1000.0 / pictures
