"""Fit the weights of the branch decision on the labelled sentences.

    python tests/evaluation/understanding/fit_branch.py [--write]

A logistic regression that is drawn to the hand-set weights. Prints the accuracy by ten-fold cross-validation
and the weights; --write puts them into data/branch.toml.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from bench import VOCABULARY, Paragraph, load_paragraphs
from numpy.typing import NDArray

from engine.contract.storyboard import Branch
from engine.stages.understand import Reader, load_reader
from engine.stages.understand.gazetteer import DATA

Array = NDArray[np.float64]
WEIGHTS = DATA / "branch.toml"
#: Strength with which a weight is drawn to its hand-set value.
_PULL = 0.02


def features(
    reader: Reader, paragraphs: Sequence[Paragraph], names: Sequence[str]
) -> tuple[Array, Array, Array]:
    """Return features [S,F], labels [S] and the paragraph of every sentence [S]."""
    rows, labels, groups = [], [], []
    for number, paragraph in enumerate(paragraphs):
        found = reader.branch_features(paragraph.text)
        for row, branch in zip(found, paragraph.branches, strict=True):
            rows.append([1.0, *(row[name] for name in names)])
            labels.append(float(branch is Branch.PICTURE))
            groups.append(number)
    return np.array(rows), np.array(labels), np.array(groups)


def fit(x: Array, y: Array, prior: Array) -> Array:
    """Return the weights that minimise the logistic loss plus the pull to ``prior``."""
    weights = prior.copy()
    for _ in range(3000):
        chance = 1.0 / (1.0 + np.exp(-x @ weights))
        slope = x.T @ (chance - y) / len(y) + _PULL * (weights - prior)
        weights -= 0.3 * slope
    return weights


def main(arguments: list[str] | None = None) -> int:
    """Fit, report and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    table = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
    names = list(table["weight"])
    prior = np.array([table["bias"], *(table["weight"][name] for name in names)], dtype=np.float64)
    x, y, groups = features(load_reader(VOCABULARY), load_paragraphs(), names)
    right = 0
    for fold in range(10):
        held = groups % 10 == fold
        right += int((((x[held] @ fit(x[~held], y[~held], prior)) >= 0) == (y[held] > 0.5)).sum())
    weights = fit(x, y, prior)
    before = float(((x @ prior >= 0) == (y > 0.5)).mean())
    sys.stdout.write(f"{len(y)} sentences: {before:.3f} before, {right / len(y):.3f} by cross-validation\n")
    lines = [
        f"bias = {weights[0]:.2f}",
        "[weight]",
        *(f"{n} = {w:.2f}" for n, w in zip(names, weights[1:], strict=True)),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    if options.write:
        comments = [line for line in Path(WEIGHTS).read_text("utf-8").splitlines() if line.startswith("#")]
        WEIGHTS.write_text("\n".join([*comments, *lines]) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
