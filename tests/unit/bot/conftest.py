from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot.engine_client import Endpoint, EngineClient, RetryPlan
from tests.fakes.fake_engine import FakeEngine

QUICK = RetryPlan(tries=3, pause_s=0.001, connect_s=2.0, call_s=2.0, tool_s=2.0, silence_s=0.2)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
async def server(engine: FakeEngine) -> AsyncIterator[TestServer]:
    server = TestServer(engine.app())
    await server.start_server(shutdown_timeout=0.1)
    yield server
    await server.close()


@pytest.fixture
async def client(server: TestServer) -> AsyncIterator[EngineClient]:
    where = Endpoint(base_url=str(server.make_url("/")).rstrip("/"), token="right")

    async def endpoint() -> Endpoint:
        return where

    async with aiohttp.ClientSession() as session:
        yield EngineClient(session, endpoint, plan=QUICK)
