from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from tests.fakes.http_engine import HttpEngine


@pytest.fixture
def engine(tmp_path: Path) -> HttpEngine:
    return HttpEngine(tmp_path)


@pytest.fixture
async def client(engine: HttpEngine) -> AsyncIterator[TestClient]:
    headers = {"Authorization": f"Bearer {engine.token}"}
    async with TestClient(TestServer(engine.app()), headers=headers) as client:
        yield client
