from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from engine.contract.clip import Clip
from engine.contract.errors import (
    Cancelled,
    EngineUnavailable,
    GeneratorOutOfMemory,
    InvalidOption,
    StageFailed,
)
from engine.contract.events import Stage
from engine.executors.base import JobNews, Progress, StageStarted, WorkerState
from engine.executors.inline import Inline
from tests.fakes import engine_parts, values


async def run(executor: Inline, folder: Path, heard: list[JobNews] | None = None) -> Clip:
    news = [] if heard is None else heard
    return await executor.run(values.job(), workdir=folder, on_message=news.append)


async def test_a_job_is_rendered_with_its_news(tmp_path: Path) -> None:
    executor = Inline(engine_parts.settings(tmp_path))
    with pytest.raises(EngineUnavailable):
        await run(executor, tmp_path)
    await executor.start()
    heard: list[JobNews] = []
    clip = await run(executor, tmp_path, heard)
    assert clip.location == str(tmp_path / "clip.mp4")
    stages = [message.stage for message in heard if isinstance(message, StageStarted)]
    assert stages == list(Stage)
    assert executor.state is WorkerState.READY
    await executor.close()
    assert executor.state is WorkerState.DEFUNCT
    with pytest.raises(EngineUnavailable):
        await run(executor, tmp_path)


async def test_tools_are_run(tmp_path: Path) -> None:
    executor = Inline(engine_parts.settings(tmp_path))
    await executor.start()
    assert await executor.call("doctor", {"a": 1}) == {"tool": "doctor", "arguments": {"a": 1}}
    with pytest.raises(InvalidOption):
        await executor.call("music", {})
    await executor.close()


@pytest.mark.parametrize(
    ("pipeline", "error"), [("raises", StageFailed), ("out_of_memory", GeneratorOutOfMemory)]
)
async def test_failures_are_named(tmp_path: Path, pipeline: str, error: type[Exception]) -> None:
    executor = Inline(engine_parts.settings(tmp_path, pipeline=pipeline))
    await executor.start()
    with pytest.raises(error):
        await run(executor, tmp_path)
    await executor.close()


@pytest.mark.parametrize("how", ["cancel", "close", "leave"])
async def test_a_job_is_stopped(tmp_path: Path, how: str) -> None:
    executor = Inline(engine_parts.settings(tmp_path, pipeline="slow"))
    await executor.start()
    drawing = asyncio.Event()

    def hear(message: JobNews) -> None:
        if isinstance(message, Progress) and message.stage is Stage.GENERATE:
            drawing.set()

    task = asyncio.create_task(executor.run(values.job(), workdir=tmp_path, on_message=hear))
    await asyncio.wait_for(drawing.wait(), 5)
    if how == "cancel":
        await executor.cancel(values.job().id)
    elif how == "leave":
        task.cancel()
    else:
        await executor.close()
    with pytest.raises(asyncio.CancelledError if how == "leave" else Cancelled):
        await asyncio.wait_for(task, 5)
    await executor.close()
