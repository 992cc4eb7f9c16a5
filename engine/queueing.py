"""Whose turn is when, and how long that may take. Pure: the store and its double both ask here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from engine.contract.events import JobQueued
from engine.contract.job import Job

#: How many ended jobs an estimate rests on.
MEASURED_JOBS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class InLine:
    """A user with waiting jobs. Moments are texts whose order is that of time."""

    #: Key of the user.
    user: str
    #: How many jobs of the user wait.
    waiting: int
    #: Moment and id of the oldest of them, in one text.
    oldest: str
    #: When a job of the user was started last; "" for never.
    last_start: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """What one job has before it."""

    #: Waiting jobs that are started before it; None when it does not wait.
    ahead: int | None
    #: When each job that runs now was started.
    running: tuple[datetime, ...]
    #: How long the last jobs took from start to success, in seconds.
    walls: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a job stands in the queue."""

    #: 1 is next.
    position: int
    #: The shortest and the longest wait to expect, in seconds; None when nothing was measured yet.
    wait_seconds_low: float | None
    wait_seconds_high: float | None


def ahead(line: Iterable[InLine], user: str, *, older: int) -> int:
    """Return how many waiting jobs are started before one of ``user`` that has ``older`` older ones.

    The least recently served user is next, so users take turns: one job each, in the order of their last
    starts, until the queue is empty. Users with equal last starts, and the jobs of one user, go by age.
    """
    users = {item.user: item for item in line}
    turn = (users[user].last_start, users[user].oldest)
    full_rounds = sum(min(item.waiting, older) for item in users.values())
    this_round = sum(
        item.waiting > older and (item.last_start, item.oldest) < turn for item in users.values()
    )
    return full_rounds + this_round


def place_of(queue: Queue, *, workers: int, now: datetime) -> Place | None:
    """Return where the job of ``queue`` stands, None when it does not wait.

    The wait is what the running jobs have left and what the waiting ones before it take, shared by
    ``workers``. It is low when each takes the median of the measured times and high when each takes their
    90th percentile.
    """
    before = queue.ahead
    if before is None:
        return None
    if not queue.walls:
        return Place(position=before + 1, wait_seconds_low=None, wait_seconds_high=None)
    idle = max(0, workers - len(queue.running))
    elapsed = [max(0.0, (now - started).total_seconds()) for started in queue.running]

    def wait(typical: float) -> float:
        if before < idle:
            return 0.0
        left = sum(max(0.0, typical - seconds) for seconds in elapsed)
        return round((left + before * typical) / workers, 1)

    return Place(
        position=before + 1,
        wait_seconds_low=wait(median(queue.walls)),
        wait_seconds_high=wait(percentile(queue.walls, 0.9)),
    )


def queued_event(job: Job, queue: Queue, *, workers: int) -> JobQueued:
    """Return the event that tells where the job of ``queue`` stands when it is taken."""
    place = place_of(queue, workers=workers, now=job.queued_at)
    if place is None:
        raise ValueError(f"{job.id} does not wait")
    return JobQueued(
        job_id=job.id,
        seq=0,
        at=job.queued_at,
        position=place.position,
        wait_seconds_low=place.wait_seconds_low,
        wait_seconds_high=place.wait_seconds_high,
    )


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least ``share`` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
