"""A job: a request that the engine has promised to answer, and the states it may go through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

from engine.contract.clip import Clip
from engine.contract.errors import IllegalTransition
from engine.contract.request import ClipRequest

JobId = NewType("JobId", str)


class JobStatus(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"  #: Waits for a worker.
    RUNNING = "running"  #: A worker renders it under a lease.
    SUCCEEDED = "succeeded"  #: The clip is there.
    FAILED = "failed"  #: It ended without a clip; the error code says why.
    CANCELLED = "cancelled"  #: Somebody stopped it.


#: From a status to those that may follow; RUNNING goes back to QUEUED when its worker or its engine is lost.
TRANSITIONS: Mapping[JobStatus, frozenset[JobStatus]] = MappingProxyType(
    {
        JobStatus.QUEUED: frozenset({JobStatus.RUNNING, JobStatus.CANCELLED, JobStatus.FAILED}),
        JobStatus.RUNNING: frozenset(
            {JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED, JobStatus.QUEUED}
        ),
        JobStatus.SUCCEEDED: frozenset(),
        JobStatus.FAILED: frozenset(),
        JobStatus.CANCELLED: frozenset(),
    }
)

TERMINAL = frozenset(status for status, following in TRANSITIONS.items() if not following)


def check_transition(current: JobStatus, following: JobStatus) -> None:
    """Raise IllegalTransition unless ``following`` may come after ``current``."""
    if following not in TRANSITIONS[current]:
        raise IllegalTransition(f"A job cannot go from {current} to {following}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One promise to render a request."""

    id: JobId
    request: ClipRequest
    #: The seed in use: the request's own, or the one that the engine chose.
    seed: int
    status: JobStatus
    #: How often a worker has started it.
    attempts: int
    queued_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    #: A worker that has not renewed its lease by then has lost the job.
    lease_until: datetime | None = None
    #: Code of engine.contract.errors when FAILED, else None.
    error_code: str | None = None
    #: What happened, in one line, when FAILED.
    error_detail: str | None = None
    #: The result when SUCCEEDED.
    clip: Clip | None = None
