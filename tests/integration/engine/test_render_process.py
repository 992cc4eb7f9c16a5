"""The executor with its real, spawned process and pipelines that fail in every way they can."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from engine.contract.errors import (
    Cancelled,
    CheckpointMissing,
    EngineUnavailable,
    GeneratorOutOfMemory,
    InvalidOption,
    StageFailed,
    TextreelError,
    WorkerDied,
)
from engine.contract.events import Stage
from engine.contract.job import Job, JobId
from engine.executors.base import JobNews, Progress, StageStarted, Understood, WorkerState
from engine.executors.local_process import LocalProcess
from tests.fakes import engine_parts, values
from tests.fakes.engine_parts import is_alive
from tests.fixtures.pipelines.parts import CLIP_BYTES

#: A cancellation is obeyed, or the process is gone, within this time, in seconds.
CANCEL_LIMIT = 2.0


class Hearing:
    """What a job tells, and a way to wait for a stage of it."""

    def __init__(self) -> None:
        self.news: list[JobNews] = []
        self._changed = asyncio.Event()

    def __call__(self, message: JobNews) -> None:
        self.news.append(message)
        self._changed.set()

    async def progress_in(self, stage: Stage) -> Progress:
        async with asyncio.timeout(30):
            while True:
                for message in self.news:
                    if isinstance(message, Progress) and message.stage is stage:
                        return message
                self._changed.clear()
                await self._changed.wait()


@asynccontextmanager
async def worker(tmp_path: Path, pipeline: str) -> AsyncIterator[LocalProcess]:
    executor = LocalProcess(engine_parts.settings(tmp_path / "data", pipeline=pipeline))
    await executor.start()
    pid = executor.pid
    yield executor
    await executor.close()
    assert executor.state is WorkerState.DEFUNCT
    assert pid is not None
    assert not is_alive(pid)


async def render(executor: LocalProcess, folder: Path, job: Job | None = None) -> Hearing:
    hearing = Hearing()
    clip = await executor.run(job or values.job(), workdir=folder, on_message=hearing)
    assert Path(clip.location).read_bytes() == CLIP_BYTES  # noqa: ASYNC240 - a few bytes
    return hearing


async def test_jobs_and_tools_share_one_warm_process(tmp_path: Path) -> None:
    async with worker(tmp_path, "ok") as executor:
        assert executor.state is WorkerState.STARTING
        hearing = await render(executor, tmp_path)
        pid = executor.pid
        assert executor.state is WorkerState.READY
        assert await executor.call("understand", {"text": "狐狸"}) == {
            "tool": "understand",
            "arguments": {"text": "狐狸"},
        }
        with pytest.raises(InvalidOption, match="no music"):
            await executor.call("music", {})
        await render(executor, tmp_path)
        assert executor.pid == pid
    assert [message.stage for message in hearing.news if isinstance(message, StageStarted)] == list(Stage)
    assert [message for message in hearing.news if isinstance(message, Understood)] == [
        Understood(job_id=values.JOB, title="A title", captions=("one", "two"), entities=(), notes=())
    ]


@pytest.mark.parametrize(
    ("pipeline", "text", "error", "words"),
    [
        ("raises", "A fox.", StageFailed, "ZeroDivisionError while running the stage score"),
        ("raises", "missing", CheckpointMissing, "text_gan.safetensors is not there"),
        ("out_of_memory", "A fox.", GeneratorOutOfMemory, "not enough memory"),
    ],
)
async def test_an_exception_costs_the_job_and_not_the_process(
    tmp_path: Path, pipeline: str, text: str, error: type[TextreelError], words: str
) -> None:
    job = values.job(values.request(text=text))
    async with worker(tmp_path, pipeline) as executor:
        with pytest.raises(error, match=words):
            await executor.run(job, workdir=tmp_path, on_message=lambda _: None)
        pid = executor.pid
        assert await executor.call("doctor", {}) == {"tool": "doctor", "arguments": {}}
        assert executor.pid == pid


@pytest.mark.parametrize(
    ("pipeline", "words"),
    [("exits", "exit code 3"), ("killed", r"SIGKILL.*out of memory"), ("babbles", "SIGKILL")],
)
async def test_a_dead_process_is_named_and_replaced(tmp_path: Path, pipeline: str, words: str) -> None:
    async with worker(tmp_path, pipeline) as executor:
        await executor.call("doctor", {})
        first = executor.pid
        with pytest.raises(WorkerDied, match=words):
            await executor.run(values.job(), workdir=tmp_path, on_message=lambda _: None)
        assert await executor.call("doctor", {}) == {"tool": "doctor", "arguments": {}}
        assert executor.pid != first


async def test_a_process_that_is_killed_while_idle_is_replaced(tmp_path: Path) -> None:
    async with worker(tmp_path, "ok") as executor:
        await executor.call("doctor", {})
        first = executor.pid
        assert first is not None
        os.kill(first, signal.SIGSEGV)

        async def replaced() -> bool:
            return executor.state is WorkerState.READY and executor.pid != first

        await engine_parts.eventually(replaced)
        await render(executor, tmp_path)


async def test_a_pipeline_that_cannot_be_built_says_why_each_time(tmp_path: Path) -> None:
    async with worker(tmp_path, "broken") as executor:
        for _ in range(2):
            with pytest.raises(CheckpointMissing, match="no weights on this machine"):
                await executor.run(values.job(), workdir=tmp_path, on_message=lambda _: None)
        assert executor.state is WorkerState.STARTING


async def test_a_missing_library_is_named(tmp_path: Path) -> None:
    async with worker(tmp_path, "lacks_library") as executor:
        with pytest.raises(StageFailed, match="library_that_nobody_has"):
            await executor.call("doctor", {})


async def test_a_cancelled_job_stops_by_itself(tmp_path: Path) -> None:
    async with worker(tmp_path, "slow") as executor:
        hearing = Hearing()
        task = asyncio.create_task(executor.run(values.job(), workdir=tmp_path, on_message=hearing))
        await hearing.progress_in(Stage.GENERATE)
        pid = executor.pid
        await executor.cancel(values.JOB)
        async with asyncio.timeout(CANCEL_LIMIT):
            with pytest.raises(Cancelled):
                await task
        assert executor.state is WorkerState.READY
        assert executor.pid == pid


async def test_a_job_that_does_not_listen_is_killed_with_its_encoder(tmp_path: Path) -> None:
    async with worker(tmp_path, "hangs") as executor:
        hearing = Hearing()
        task = asyncio.create_task(executor.run(values.job(), workdir=tmp_path, on_message=hearing))
        encoder = int((await hearing.progress_in(Stage.COMPOSITE)).detail)
        pid = executor.pid
        assert is_alive(encoder)
        await executor.cancel(values.JOB)
        await executor.cancel(values.JOB)
        async with asyncio.timeout(CANCEL_LIMIT):
            with pytest.raises(Cancelled):
                await task
        assert await executor.call("doctor", {}) == {"tool": "doctor", "arguments": {}}
        assert executor.pid != pid
        assert not is_alive(encoder)


async def test_a_job_that_waits_for_its_turn_is_cancelled_without_harm(tmp_path: Path) -> None:
    async with worker(tmp_path, "slow") as executor:
        hearing = Hearing()
        first = asyncio.create_task(executor.run(values.job(), workdir=tmp_path, on_message=hearing))
        waiting = values.job(id=JobId("job-2"))
        second = asyncio.create_task(executor.run(waiting, workdir=tmp_path, on_message=lambda _: None))
        await hearing.progress_in(Stage.GENERATE)
        await executor.cancel(waiting.id)
        with pytest.raises(Cancelled):
            await asyncio.wait_for(second, 1)
        assert not first.done()
        await executor.cancel(values.JOB)
        with pytest.raises(Cancelled):
            await first


async def test_a_caller_that_gives_up_leaves_no_render_behind(tmp_path: Path) -> None:
    async with worker(tmp_path, "hangs") as executor:
        hearing = Hearing()
        task = asyncio.create_task(executor.run(values.job(), workdir=tmp_path, on_message=hearing))
        encoder = int((await hearing.progress_in(Stage.COMPOSITE)).detail)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not is_alive(encoder)
        assert await executor.call("doctor", {}) == {"tool": "doctor", "arguments": {}}


async def test_closing_ends_a_running_job(tmp_path: Path) -> None:
    async with worker(tmp_path, "hangs") as executor:
        hearing = Hearing()
        task = asyncio.create_task(executor.run(values.job(), workdir=tmp_path, on_message=hearing))
        await hearing.progress_in(Stage.COMPOSITE)
        await executor.close()
        with pytest.raises(EngineUnavailable):
            await task


async def test_the_process_ignores_ctrl_c(tmp_path: Path) -> None:
    async with worker(tmp_path, "ok") as executor:
        await executor.call("doctor", {})
        pid = executor.pid
        assert pid is not None
        os.kill(pid, signal.SIGINT)
        await render(executor, tmp_path)
        assert executor.pid == pid
