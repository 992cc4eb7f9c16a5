from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from engine.app import make_executor, running_engine
from engine.contract.errors import ConfigError, EngineError
from engine.contract.events import FINAL_EVENTS
from engine.contract.job import Job, JobStatus
from engine.contract.wire import from_json
from engine.executors.base import WorkerState
from engine.executors.inline import Inline
from engine.executors.local_process import LocalProcess
from engine.store.sqlite import SqliteStore
from engine.tokens import Tokens
from tests.fakes import engine_parts
from tests.fakes.executor import FakeExecutor
from tests.fakes.http_engine import request_body

TOKEN = {"Authorization": f"Bearer {engine_parts.TOKEN}"}


async def test_the_rooms_fit_together(tmp_path: Path) -> None:
    executor = FakeExecutor()
    settings = engine_parts.settings(tmp_path)
    async with (
        running_engine(settings, tokens=Tokens(bot=engine_parts.TOKEN), executor=executor) as listening,
        aiohttp.ClientSession(f"http://{listening.host}:{listening.port}", headers=TOKEN) as session,
    ):
        async with session.post("/v1/jobs", json=request_body()) as answer:
            job = from_json(Job, await answer.json())
        async with session.get(f"/v1/jobs/{job.id}/events") as answer:
            assert FINAL_EVENTS[0].__name__ in await asyncio.wait_for(answer.text(), 10)
        async with session.get(f"/v1/jobs/{job.id}") as answer:
            assert from_json(Job, await answer.json()).status is JobStatus.SUCCEEDED
        assert not listening.dispatching.done()
    assert executor.state is WorkerState.DEFUNCT


async def test_no_open_door_without_a_token(tmp_path: Path) -> None:
    settings = engine_parts.settings(tmp_path, host="192.0.2.1")
    with pytest.raises(ConfigError, match="TEXTREEL_ENGINE_TOKEN"):
        async with running_engine(settings, tokens=Tokens(bot=None), executor=FakeExecutor()):
            pass


async def test_an_address_that_is_not_ours_is_named(tmp_path: Path) -> None:
    executor = FakeExecutor()
    settings = engine_parts.settings(tmp_path, host="192.0.2.1")
    with pytest.raises(ConfigError, match=r"192\.0\.2\.1:0"):
        async with running_engine(settings, tokens=Tokens(bot="t"), executor=executor):
            pass
    assert executor.state is WorkerState.DEFUNCT


async def test_a_dispatcher_that_breaks_down_ends_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def claim(*_: Any, **__: Any) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(SqliteStore, "claim", claim)
    executor = FakeExecutor()
    with pytest.raises(EngineError, match="broke down"):  # noqa: PT012 - it comes out at the end
        async with running_engine(
            engine_parts.settings(tmp_path), tokens=Tokens(bot="t"), executor=executor
        ) as listening:
            await asyncio.wait({listening.dispatching}, timeout=5)
            assert listening.dispatching.done()
    assert executor.state is WorkerState.DEFUNCT


def test_the_executor_is_that_of_the_settings(tmp_path: Path) -> None:
    assert isinstance(make_executor(engine_parts.settings(tmp_path)), LocalProcess)
    assert isinstance(make_executor(engine_parts.settings(tmp_path, executor="inline")), Inline)
