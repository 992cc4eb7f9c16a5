"""The default executor: one spawned render process on this machine.

A process and not a thread, so that whatever the networks or the encoder do to it (out of memory, a crash in
native code, a hang) costs one attempt of one job and never the engine.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from engine.contract.clip import Clip
from engine.contract.errors import Cancelled, EngineUnavailable, WorkerDied, error_from_code
from engine.contract.job import Job, JobId
from engine.executors import child as child_process
from engine.executors.base import (
    CancelJob,
    ClipReady,
    FromChild,
    JobNews,
    Log,
    Progress,
    Ready,
    RenderFailed,
    RunJob,
    RunTool,
    Shutdown,
    StageStarted,
    StartFailed,
    ToChild,
    ToolDone,
    ToolFailed,
    Understood,
    WorkerState,
    check_state,
)
from engine.settings import EngineSettings

#: A job that does not stop by itself within this time after a cancellation is killed, in seconds.
CANCEL_GRACE_SECONDS = 1.5
#: An idle process that does not leave within this time is killed, in seconds.
CLOSE_GRACE_SECONDS = 0.5

_log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class _Work:
    """What the child does at the moment."""

    #: The job, or None for a tool.
    job_id: JobId | None
    #: Number of the tool call, or None for a job.
    call_id: int | None
    outcome: asyncio.Future[Any]
    on_message: Callable[[JobNews], None] | None = None
    #: Kills the child when a cancellation is not obeyed.
    killer: asyncio.TimerHandle | None = None


@dataclass(slots=True, kw_only=True)
class _Child:
    """One life of the render process."""

    process: SpawnProcess
    connection: Connection
    #: Done when the pipeline is built or will never be.
    ready: asyncio.Future[None]
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    #: Whether it has ever been given something to do.
    has_served: bool = False
    work: _Work | None = None

    def send(self, message: ToChild) -> None:
        with contextlib.suppress(OSError):  # it died; the reader tells the rest
            self.connection.send(message)

    def kill(self) -> None:
        """End the process and what it started."""
        _kill_group(self.process.pid)
        if not self.gone.is_set():
            self.process.kill()


class LocalProcess:
    """Meets engine.executors.base.Executor with one child; a dead one is replaced."""

    def __init__(self, settings: EngineSettings) -> None:
        self._settings = settings
        self._state = WorkerState.NEW
        self._child: _Child | None = None
        self._turn = asyncio.Lock()
        self._runs: dict[JobId, asyncio.Task[Clip]] = {}
        self._stopped: set[JobId] = set()
        self._call_ids = itertools.count(1)

    @property
    def state(self) -> WorkerState:
        """Where the child stands."""
        return self._state

    @property
    def capacity(self) -> int:
        """One job at a time."""
        return 1

    @property
    def pid(self) -> int | None:
        """Process id of the child, None when there is none."""
        return None if self._child is None else self._child.process.pid

    async def start(self) -> None:
        """Spawn the child; it builds the pipeline while the engine goes on."""
        check_state(self._state, WorkerState.NEW)
        self._state = WorkerState.STARTING
        self._child = self._spawn()

    async def run(self, job: Job, *, workdir: Path, on_message: Callable[[JobNews], None]) -> Clip:
        """Render a job in the child, after those that came before."""
        check_state(self._state, WorkerState.STARTING, WorkerState.READY, WorkerState.RENDERING)
        outcome = asyncio.get_running_loop().create_future()
        work = _Work(job_id=job.id, call_id=None, outcome=outcome, on_message=on_message)
        task: asyncio.Task[Clip] = asyncio.create_task(
            self._work(work, RunJob(job=job, workdir=workdir)), name=f"job {job.id}"
        )
        self._runs[job.id] = task
        try:
            return await task
        except asyncio.CancelledError:
            if job.id in self._stopped:
                raise Cancelled from None
            raise
        finally:
            del self._runs[job.id]
            self._stopped.discard(job.id)

    async def call(self, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Run a tool in the child, after what came before."""
        check_state(self._state, WorkerState.STARTING, WorkerState.READY, WorkerState.RENDERING)
        call_id = next(self._call_ids)
        outcome = asyncio.get_running_loop().create_future()
        work = _Work(job_id=None, call_id=call_id, outcome=outcome)
        answer: dict[str, Any] = await self._work(
            work, RunTool(call_id=call_id, name=name, arguments=arguments)
        )
        return answer

    async def cancel(self, job_id: JobId) -> None:
        """Ask the child to stop the job, and kill it when it does not; forget a job that waits."""
        run = self._runs.get(job_id)
        if run is None:
            return
        child = self._child
        if child is None or child.work is None or child.work.job_id != job_id:
            self._stopped.add(job_id)
            run.cancel()
        elif child.work.killer is None:
            loop = asyncio.get_running_loop()
            child.work.killer = loop.call_later(CANCEL_GRACE_SECONDS, child.kill)
            child.send(CancelJob(job_id=job_id))

    async def close(self) -> None:
        """End the child and every call that waits for it."""
        self._state = WorkerState.DEFUNCT
        child = self._child
        if child is not None:
            if child.work is None:
                child.send(Shutdown())
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(child.gone.wait(), CLOSE_GRACE_SECONDS)
            child.kill()
            await child.gone.wait()

    async def _work(self, work: _Work, message: ToChild) -> Any:
        """Wait for the turn and for a child that is ready, then for the outcome."""
        async with self._turn:
            check_state(self._state, WorkerState.STARTING, WorkerState.READY)
            child = self._child = self._child or self._spawn()
            await asyncio.shield(child.ready)
            self._state = WorkerState.RENDERING
            child.work, child.has_served = work, True
            child.send(message)
            try:
                return await work.outcome
            except asyncio.CancelledError:
                child.kill()
                await child.gone.wait()
                raise
            finally:
                if work.killer is not None:
                    work.killer.cancel()
                child.work = None
                if self._state is WorkerState.RENDERING:
                    self._state = WorkerState.READY if self._child is child else WorkerState.STARTING

    def _spawn(self) -> _Child:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=child_process.main, args=(theirs, self._settings), name="textreel-render", daemon=True
        )
        try:
            process.start()
        except OSError as error:
            ours.close()
            theirs.close()
            raise WorkerDied(f"The render process could not be started: {error.strerror}.") from error
        theirs.close()  # only the child may hold this end, or its death would not end the pipe
        loop = asyncio.get_running_loop()
        child = _Child(process=process, connection=ours, ready=loop.create_future())
        threading.Thread(target=self._read, args=(child, loop), name="render-pipe", daemon=True).start()
        return child

    def _read(self, child: _Child, loop: asyncio.AbstractEventLoop) -> None:
        """Hear the child until it is gone. Runs in a thread of its own."""
        with contextlib.suppress(RuntimeError):  # the loop has ended before the child
            try:
                while True:
                    loop.call_soon_threadsafe(self._hear, child, child.connection.recv())
            except (EOFError, OSError):
                pass
            except Exception:  # noqa: BLE001 - unpickling may raise anything, and nobody else would hear it
                _log.exception("the render process said something that cannot be understood; ending it")
                child.kill()
            finally:
                child.process.join()
                loop.call_soon_threadsafe(self._bury, child, child.process.exitcode)

    def _hear(self, child: _Child, message: FromChild) -> None:
        work = child.work
        if isinstance(message, Log):
            logging.getLogger(message.logger).log(message.level, "%s", message.message)
        elif isinstance(message, Ready):
            if not child.ready.done():
                child.ready.set_result(None)
            if self._state is WorkerState.STARTING:
                self._state = WorkerState.READY
        elif isinstance(message, StartFailed):
            _fail(child.ready, error_from_code(message.code, message.detail))
        elif work is None or work.outcome.done():
            return  # news of a job that was given up
        elif isinstance(message, StageStarted | Progress | Understood):
            if work.on_message is not None and message.job_id == work.job_id:
                work.on_message(message)
        else:
            _conclude(work, message)

    def _bury(self, child: _Child, exit_code: int | None) -> None:
        """A child is gone: fail what it did, and start another one if this one was of any use."""
        child.gone.set()
        child.connection.close()
        _kill_group(child.process.pid)
        death = EngineUnavailable() if self._state is WorkerState.DEFUNCT else WorkerDied(cause(exit_code))
        _fail(child.ready, death)
        if child.work is not None:
            _fail(child.work.outcome, death if child.work.killer is None else Cancelled())
        if self._child is not child:
            return
        self._child = None
        if self._state is not WorkerState.DEFUNCT:
            _log.warning("the render process ended: %s", cause(exit_code))
            self._state = WorkerState.STARTING
            if child.has_served:  # one that dies before it was of any use would die again and again
                self._replace()

    def _replace(self) -> None:
        """Warm a new child up at once; when that fails, the next job tries again and tells why."""
        try:
            self._child = self._spawn()
        except WorkerDied as error:
            _log.warning("%s", error)


def cause(exit_code: int | None) -> str:
    """Say in a sentence why a render process has most likely ended."""
    if exit_code is None:
        return "The render process is gone and left no exit code."
    if exit_code == -signal.SIGKILL:
        return "The render process was killed (SIGKILL); most likely the machine ran out of memory."
    if exit_code in (-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGABRT, -signal.SIGILL, -signal.SIGFPE):
        return f"The render process crashed in native code ({signal.Signals(-exit_code).name})."
    if exit_code < 0:
        return f"The render process was ended by {signal.Signals(-exit_code).name}."
    return f"The render process left by itself with exit code {exit_code}."


def _conclude(work: _Work, message: FromChild) -> None:
    if isinstance(message, ClipReady) and message.job_id == work.job_id:
        work.outcome.set_result(message.clip)
    elif isinstance(message, RenderFailed) and message.job_id == work.job_id:
        work.outcome.set_exception(error_from_code(message.code, message.detail))
    elif isinstance(message, ToolDone) and message.call_id == work.call_id:
        work.outcome.set_result(message.answer)
    elif isinstance(message, ToolFailed) and message.call_id == work.call_id:
        work.outcome.set_exception(error_from_code(message.code, message.detail))


def _fail(future: asyncio.Future[Any], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
        future.exception()  # nobody may be waiting, which is no reason for a warning


def _kill_group(pid: int | None) -> None:
    """Kill the process group that the child leads, if there is (still) one."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if pid is not None:
            os.killpg(pid, signal.SIGKILL)
