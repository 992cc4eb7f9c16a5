"""An executor inside the engine's own process, for tests and for debugging a stage."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from engine.contract.clip import Clip
from engine.contract.job import Job, JobId
from engine.executors.base import (
    FromChild,
    JobNews,
    Pipeline,
    Progress,
    StageStarted,
    Understood,
    WorkerState,
    check_state,
)
from engine.executors.child import JobReport, load_factory, name_error, plain_answer, plain_clip
from engine.settings import EngineSettings

_USABLE = (WorkerState.STARTING, WorkerState.READY, WorkerState.RENDERING)


class Inline:
    """Meets engine.executors.base.Executor with one thread. It cannot stop what does not ask for it."""

    def __init__(self, settings: EngineSettings) -> None:
        self._settings = settings
        self._state = WorkerState.NEW
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="render")
        self._pipeline: Pipeline | None = None
        self._stops: dict[JobId, threading.Event] = {}

    @property
    def state(self) -> WorkerState:
        """Where the worker stands."""
        return self._state

    @property
    def capacity(self) -> int:
        """One job at a time."""
        return 1

    async def start(self) -> None:
        """Take calls; the pipeline is built by the first one."""
        check_state(self._state, WorkerState.NEW)
        self._state = WorkerState.STARTING

    async def run(self, job: Job, *, workdir: Path, on_message: Callable[[JobNews], None]) -> Clip:
        """Render a job in the thread."""
        check_state(self._state, *_USABLE)
        loop = asyncio.get_running_loop()
        stop = self._stops[job.id] = threading.Event()

        def send(message: FromChild) -> None:
            if isinstance(message, StageStarted | Progress | Understood):
                loop.call_soon_threadsafe(on_message, message)

        report = JobReport(job.id, send, stop)

        def render() -> Clip:
            report.check_cancelled()
            clip = self._build().render(job, workdir=workdir, report=report)
            report.check_cancelled()
            return plain_clip(clip)

        try:
            clip: Clip = await self._on_thread(render, doing=f"rendering job {job.id}")
        except asyncio.CancelledError:
            stop.set()
            raise
        finally:
            del self._stops[job.id]
        return clip

    async def call(self, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Run a tool in the thread."""
        check_state(self._state, *_USABLE)
        answer: dict[str, Any] = await self._on_thread(
            lambda: plain_answer(self._build().tool(name, arguments)), doing=f"running the tool {name}"
        )
        return answer

    async def cancel(self, job_id: JobId) -> None:
        """Ask the job to stop."""
        if job_id in self._stops:
            self._stops[job_id].set()

    async def close(self) -> None:
        """Ask everything to stop, and wait for it."""
        self._state = WorkerState.DEFUNCT
        for stop in self._stops.values():
            stop.set()
        await asyncio.to_thread(self._thread.shutdown)
        if self._pipeline is not None:
            self._pipeline.close()

    async def _on_thread(self, call: Callable[[], Any], *, doing: str) -> Any:
        def named() -> Any:
            try:
                return call()
            except Exception as error:
                raise name_error(error, doing=doing) from error

        return await asyncio.get_running_loop().run_in_executor(self._thread, named)

    def _build(self) -> Pipeline:
        """Build the pipeline on the first call; runs in the thread."""
        if self._pipeline is None:
            self._pipeline = load_factory(self._settings.pipeline)(self._settings)
            self._state = WorkerState.READY
        return self._pipeline
