from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from engine.ports import JobStore
from engine.store.sqlite import SqliteStore
from tests.fakes.memory_store import InMemoryStore


@pytest.fixture(params=["sqlite", "memory"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[JobStore]:
    made: JobStore = InMemoryStore()
    if request.param == "sqlite":
        made = await SqliteStore.open(tmp_path / "jobs.db")
    yield made
    await made.close()
