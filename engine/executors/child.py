"""What runs in the render process: build the pipeline once, then one job or tool at a time.

A thread reads the pipe all the while, so that a cancellation is heard in the middle of a stage and the end
of the engine ends this process too, whatever it is doing.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import json
import logging
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from engine.contract.clip import Clip
from engine.contract.errors import (
    Cancelled,
    ConfigError,
    GeneratorOutOfMemory,
    IncompatibleVersion,
    StageFailed,
    StorageFull,
    TextreelError,
)
from engine.contract.events import Stage
from engine.contract.job import JobId
from engine.contract.wire import from_json, to_json
from engine.executors.base import (
    CancelJob,
    ClipReady,
    FromChild,
    Log,
    Pipeline,
    PipelineFactory,
    Progress,
    Ready,
    RenderFailed,
    RunJob,
    RunTool,
    Shutdown,
    StageStarted,
    StartFailed,
    ToolDone,
    ToolFailed,
    Understood,
)
from engine.settings import EngineSettings

#: Threads of numeric libraries that spin while they wait would take the cores from the encoder.
QUIET_THREADS = {"OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "0"}
#: At most one progress message in this time, in seconds; the last one of a stage always goes out.
PROGRESS_SECONDS = 0.2

Send = Callable[[FromChild], None]

_log = logging.getLogger(__name__)


def main(connection: Connection, settings: EngineSettings) -> None:
    """Serve the engine at the other end of ``connection`` until it says Shutdown or goes away."""
    _prepare_process()
    sender = _Sender(connection)
    logging.basicConfig(level=settings.log_level.upper(), handlers=[_PipeHandler(sender.send)], force=True)
    inbox = _Inbox(connection)
    threading.Thread(target=inbox.read, name="pipe", daemon=True).start()
    try:
        pipeline = load_factory(settings.pipeline)(settings)
    except BaseException as error:
        named = name_error(error, doing="building the pipeline")
        sender.send(StartFailed(code=named.code, detail=named.message))
        raise SystemExit(1) from error
    sender.send(Ready())
    with contextlib.closing(pipeline):
        while (work := inbox.work.get()) is not None:
            _do(work, pipeline, inbox, sender.send)


def load_factory(path: str) -> PipelineFactory:
    """Import ``module:function``; raise ConfigError when there is no such thing."""
    module_name, _, function_name = path.partition(":")
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module_name}.".startswith(f"{error.name}."):
            raise  # something that the pipeline itself needs is missing
        raise ConfigError(f"[engine] pipeline: there is no module {module_name!r}.") from error
    factory = getattr(module, function_name, None)
    if factory is None:
        raise ConfigError(f"[engine] pipeline: {module_name!r} has no {function_name!r}.")
    built: PipelineFactory = factory
    return built


def name_error(error: BaseException, *, doing: str) -> TextreelError:
    """Return the error of the contract that ``error`` is; what no stage foresaw becomes StageFailed."""
    if isinstance(error, TextreelError):
        return error
    if isinstance(error, MemoryError):
        return GeneratorOutOfMemory(f"There was not enough memory while {doing}. Choose a smaller height.")
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageFull()
    _log.error("unforeseen error while %s", doing, exc_info=error)
    text = str(error).strip().splitlines()
    return StageFailed(f"{type(error).__name__} while {doing}: {text[0] if text else 'no message'}.")


def plain_clip(clip: Clip) -> Clip:
    """Return ``clip`` as it will stand in the store; raise TypeError for what is no part of the contract.

    A number of numpy's would pass for a while and then stop the engine, which cannot write it down.
    """
    try:
        return from_json(Clip, to_json(clip))
    except IncompatibleVersion as error:
        raise TypeError(error.message) from error


def plain_answer(answer: object) -> dict[str, Any]:
    """Return a tool's answer as JSON has it; raise TypeError or ValueError when it is no JSON object."""
    plain = json.loads(json.dumps(answer, allow_nan=False))
    if not isinstance(plain, dict):
        raise TypeError(f"a tool must answer with an object, not {type(answer).__name__}")
    return plain


class JobReport:
    """The report of a running job: news go out over the pipe, a cancellation comes in as an event."""

    def __init__(self, job_id: JobId, send: Send, cancelled: threading.Event) -> None:
        self._job_id = job_id
        self._send = send
        self._cancelled = cancelled
        self._stage = Stage.UNDERSTAND
        self._last_sent = -PROGRESS_SECONDS

    @property
    def current_stage(self) -> Stage:
        """The stage that was begun last."""
        return self._stage

    def stage(self, stage: Stage) -> None:
        """Say that a stage begins."""
        self.check_cancelled()
        self._stage = stage
        self._last_sent = -PROGRESS_SECONDS
        self._send(StageStarted(job_id=self._job_id, stage=stage))

    def progress(self, *, done: int, total: int, detail: str = "") -> None:
        """Say how far the stage is; most calls cost no message."""
        self.check_cancelled()
        now = time.monotonic()
        if done < total and now - self._last_sent < PROGRESS_SECONDS:
            return
        self._last_sent = now
        self._send(
            Progress(
                job_id=self._job_id, stage=self._stage, done=int(done), total=int(total), detail=str(detail)
            )
        )

    def understood(
        self,
        *,
        title: str,
        captions: tuple[str, ...],
        entities: tuple[str, ...],
        notes: tuple[str, ...],
    ) -> None:
        """Tell the plan."""
        self._send(
            Understood(
                job_id=self._job_id,
                title=str(title),
                captions=tuple(map(str, captions)),
                entities=tuple(map(str, entities)),
                notes=tuple(map(str, notes)),
            )
        )

    def check_cancelled(self) -> None:
        """Raise Cancelled when the engine asked for it."""
        if self._cancelled.is_set():
            raise Cancelled


class _Sender:
    """Sends from any thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def send(self, message: FromChild) -> None:
        with self._lock:
            self._connection.send(message)


class _Inbox:
    """Sorts what the engine says into work and interruptions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        #: What is to be done; None ends the process.
        self.work: queue.SimpleQueue[RunJob | RunTool | None] = queue.SimpleQueue()
        #: Set while the running job shall stop.
        self.cancelled = threading.Event()
        self._current: JobId | None = None
        self._lock = threading.Lock()

    def begin(self, job_id: JobId) -> None:
        """From here on a cancellation of ``job_id`` counts."""
        with self._lock:
            self._current = job_id
            self.cancelled.clear()

    def read(self) -> None:
        """Read until the engine goes away, and then end this process and all that it started."""
        while True:
            try:
                message = self._connection.recv()
            except (EOFError, OSError):
                end_group()
            if isinstance(message, CancelJob):
                with self._lock:
                    if message.job_id == self._current:
                        self.cancelled.set()
            elif isinstance(message, Shutdown):
                self.cancelled.set()
                self.work.put(None)
            else:
                if isinstance(message, RunJob):
                    self.begin(message.job.id)
                self.work.put(message)


class _PipeHandler(logging.Handler):
    """Sends log lines to the engine, which owns the log."""

    def __init__(self, send: Send) -> None:
        super().__init__()
        self._send = send

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._send(Log(level=record.levelno, logger=record.name, message=self.format(record)))
        except OSError:  # the engine is gone, and this process with it in a moment
            self.handleError(record)


def end_group() -> None:
    """Kill this process and what it started (an encoder), at once and without any clean-up."""
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


def _prepare_process() -> None:
    """Own process group, no Ctrl-C, nothing on the engine's standard output."""
    os.environ.update(QUIET_THREADS)  # before any numeric library is imported
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


def _do(work: RunJob | RunTool, pipeline: Pipeline, inbox: _Inbox, send: Send) -> None:
    if isinstance(work, RunTool):
        try:
            answer = plain_answer(pipeline.tool(work.name, work.arguments))
            send(ToolDone(call_id=work.call_id, answer=answer))
        except Exception as error:  # noqa: BLE001 - whatever a tool does becomes a named answer
            named = name_error(error, doing=f"running the tool {work.name}")
            send(ToolFailed(call_id=work.call_id, code=named.code, detail=named.message))
        return
    report = JobReport(work.job.id, send, inbox.cancelled)
    try:
        clip = pipeline.render(work.job, workdir=work.workdir, report=report)
        report.check_cancelled()
        send(ClipReady(job_id=work.job.id, clip=plain_clip(clip)))
    except Exception as error:  # noqa: BLE001 - whatever a stage does becomes a named failure
        named = name_error(error, doing=f"running the stage {report.current_stage}")
        send(RenderFailed(job_id=work.job.id, code=named.code, detail=named.message))
