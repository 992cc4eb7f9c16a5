"""One reader for all tests of the stages: its models take seconds to load."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.stages.understand import Reader, load_reader

VOCABULARY = Path(__file__).parents[4] / "models" / "weights" / "concepts.json"


@pytest.fixture(scope="session")
def reader() -> Reader:
    return load_reader(VOCABULARY)
