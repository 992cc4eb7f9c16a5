"""An executor without a process: it meets the real protocol and does what a test tells it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.contract.clip import Clip
from engine.contract.errors import Cancelled, TextreelError
from engine.contract.events import Stage
from engine.contract.job import Job, JobId
from engine.executors.base import JobNews, Progress, StageStarted, WorkerState, check_state
from tests.fixtures.pipelines.parts import write_clip


@dataclass
class FakeExecutor:
    """Renders at once; ``errors`` are raised first, one a run, and ``gate`` holds every run back."""

    errors: list[TextreelError] = field(default_factory=list)
    gate: asyncio.Event | None = None
    #: Wait for so many seconds in each run, on top of the gate.
    delay_s: float = 0.0
    #: A clip without its file.
    loses_clip: bool = False
    capacity: int = 1
    state: WorkerState = WorkerState.NEW

    ran: list[tuple[JobId, int]] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    _running: dict[JobId, asyncio.Task[Any] | None] = field(default_factory=dict)
    _stopped: set[JobId] = field(default_factory=set)

    async def start(self) -> None:
        check_state(self.state, WorkerState.NEW)
        self.state = WorkerState.READY

    async def run(self, job: Job, *, workdir: Path, on_message: Callable[[JobNews], None]) -> Clip:
        check_state(self.state, WorkerState.READY, WorkerState.RENDERING)
        self.ran.append((job.id, job.attempts))
        work = asyncio.create_task(self._render(job, workdir, on_message))
        self._running[job.id] = work
        try:
            return await work
        except asyncio.CancelledError:
            if job.id in self._stopped:
                raise Cancelled from None
            raise
        finally:
            del self._running[job.id]

    async def _render(self, job: Job, workdir: Path, on_message: Callable[[JobNews], None]) -> Clip:
        on_message(StageStarted(job_id=job.id, stage=Stage.UNDERSTAND))
        on_message(Progress(job_id=job.id, stage=Stage.UNDERSTAND, done=1, total=2, detail="half"))
        if self.gate is not None:
            await self.gate.wait()
        await asyncio.sleep(self.delay_s)
        if self.errors:
            raise self.errors.pop(0)
        clip = write_clip(job, workdir)
        if self.loses_clip:
            Path(clip.location).unlink()  # noqa: ASYNC240 - a file of a few bytes
        return clip

    async def call(self, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        check_state(self.state, WorkerState.READY, WorkerState.RENDERING)
        self.called.append(name)
        if self.errors:
            raise self.errors.pop(0)
        return {"tool": name, "arguments": dict(arguments)}

    async def cancel(self, job_id: JobId) -> None:
        if (work := self._running.get(job_id)) is not None:
            self._stopped.add(job_id)
            work.cancel()

    async def close(self) -> None:
        self.state = WorkerState.DEFUNCT
