"""What happens to a job, in order. Events are rows in the store first and bytes on a wire second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.contract.clip import Clip
from engine.contract.job import JobId


class Stage(StrEnum):
    """The stages of a render, in the order in which they run."""

    UNDERSTAND = "understand"
    PLAN = "plan"
    GENERATE = "generate"
    SCORE = "score"
    COMPOSITE = "composite"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobEvent:
    """Fields that every event has."""

    job_id: JobId
    #: 1, 2, 3 ... within the job; what Last-Event-ID carries.
    seq: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class JobQueued(JobEvent):
    """The job waits; ``position`` 1 is next."""

    position: int
    #: The wait from then on, in seconds, from what the last jobs took; None when none was measured yet.
    wait_seconds_low: float | None = None
    wait_seconds_high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageStarted(JobEvent):
    """A worker began a stage."""

    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class StageProgressed(JobEvent):
    """``done`` of ``total`` units of a stage are finished; the stage says what a unit is."""

    stage: Stage
    done: int
    total: int
    #: A few words for a person, for example the subject being drawn.
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobUnderstood(JobEvent):
    """The plan is known before a picture is drawn."""

    title: str
    #: Each scene's caption, in order.
    captions: tuple[str, ...]
    #: "KIND: text" of each entity, in order of the text.
    entities: tuple[str, ...]
    #: Words about what could not be honoured.
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSucceeded(JobEvent):
    """The clip is ready."""

    clip: Clip


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFailed(JobEvent):
    """The job ended without a clip."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRequeued(JobEvent):
    """The worker was lost; the job waits for another attempt."""

    attempts: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCancelled(JobEvent):
    """Somebody stopped the job."""


AnyJobEvent = (
    JobQueued
    | JobUnderstood
    | StageStarted
    | StageProgressed
    | JobSucceeded
    | JobFailed
    | JobRequeued
    | JobCancelled
)

#: Events after which nothing follows.
FINAL_EVENTS = (JobSucceeded, JobFailed, JobCancelled)
