"""The seam between the engine and what renders: messages of two processes, and the protocols of both.

Frozen values of the contract cross the pipe, never frames: pictures and clips are files in the job's
work folder.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from engine.contract.clip import Clip
from engine.contract.errors import EngineUnavailable
from engine.contract.events import Stage
from engine.contract.job import Job, JobId
from engine.reporting import Report
from engine.settings import EngineSettings

# From the engine to its render process


@dataclass(frozen=True, slots=True, kw_only=True)
class RunJob:
    """Render a job; files go to ``workdir``."""

    job: Job
    workdir: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTool:
    """Run a tool of the pipeline."""

    call_id: int
    name: str
    #: JSON values.
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelJob:
    """Stop the job at the next chance."""

    job_id: JobId


@dataclass(frozen=True, slots=True, kw_only=True)
class Shutdown:
    """Finish nothing more and leave."""


ToChild = RunJob | RunTool | CancelJob | Shutdown

# From the render process to the engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The pipeline is built."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartFailed:
    """The pipeline could not be built; the process leaves."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageStarted:
    """A stage of the job begins."""

    job_id: JobId
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Part of a stage is done; the fields are those of contract.events.StageProgressed."""

    job_id: JobId
    stage: Stage
    done: int
    total: int
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """The plan is known; the fields are those of contract.events.JobUnderstood."""

    job_id: JobId
    title: str
    captions: tuple[str, ...]
    entities: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipReady:
    """The job is done; the clip's location is a file in the work folder."""

    job_id: JobId
    clip: Clip


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderFailed:
    """The job failed with an error of the contract."""

    job_id: JobId
    code: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolDone:
    """A tool has answered."""

    call_id: int
    #: JSON values.
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolFailed:
    """A tool failed with an error of the contract."""

    call_id: int
    code: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """A line for the engine's log."""

    #: Level of the logging module.
    level: int
    logger: str
    message: str


JobNews = StageStarted | Progress | Understood
FromChild = Ready | StartFailed | JobNews | ClipReady | RenderFailed | ToolDone | ToolFailed | Log


class Pipeline(Protocol):
    """What a factory named by [engine] pipeline builds: ``build(settings) -> Pipeline``."""

    def render(self, job: Job, *, workdir: Path, report: Report) -> Clip:
        """Render a job into ``workdir`` and return the clip with its file path.

        A still picture lies beside it as thumbnail.jpg or under the clip's name (clip.jpg), or as .png.

        Raises an error of the contract; any other exception becomes StageFailed.
        """
        ...

    def tool(self, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Run understand, storyboard, imagine, music or doctor; JSON in, JSON out."""
        ...

    def close(self) -> None:
        """Let go of models and files."""
        ...


PipelineFactory = Callable[[EngineSettings], Pipeline]


class WorkerState(StrEnum):
    """Where the render process stands."""

    NEW = "new"  #: Not started.
    STARTING = "starting"  #: The pipeline is being built, or will be for the next job.
    READY = "ready"  #: Waits for work.
    RENDERING = "rendering"  #: Has a job or a tool.
    DEFUNCT = "defunct"  #: Closed for good.


class Executor(Protocol):
    """Runs jobs somewhere. Calls in a wrong state raise EngineUnavailable."""

    @property
    def state(self) -> WorkerState:
        """Where the worker stands."""
        ...

    @property
    def capacity(self) -> int:
        """How many jobs run at the same time."""
        ...

    async def start(self) -> None:
        """Begin to build the pipeline and return at once."""
        ...

    async def run(self, job: Job, *, workdir: Path, on_message: Callable[[JobNews], None]) -> Clip:
        """Render a job; ``on_message`` hears its news in order, on the event loop.

        Raises what the pipeline raised, Cancelled, or WorkerDied with the likely cause. A caller that is
        cancelled itself leaves no render behind.
        """
        ...

    async def call(self, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Run a tool of the pipeline; raises what it raised, or WorkerDied."""
        ...

    async def cancel(self, job_id: JobId) -> None:
        """Stop a job that runs or waits for its turn; its ``run`` raises Cancelled within two seconds."""
        ...

    async def close(self) -> None:
        """End everything; nothing of the worker is left afterwards."""
        ...


def check_state(state: WorkerState, *allowed: WorkerState) -> None:
    """Raise EngineUnavailable unless ``state`` is one of ``allowed``."""
    if state not in allowed:
        raise EngineUnavailable(f"The render process is {state}; it must be {' or '.join(allowed)} for this.")
