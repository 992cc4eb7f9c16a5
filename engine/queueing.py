"""Whose turn is when, and how long that may take. Pure: the store and its double both ask here."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from engine.contract.events import JobQueued
from engine.contract.job import Job, JobId

#: How many ended jobs an estimate rests on.
MEASURED_JOBS = 50
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A job in the queue."""

    job_id: JobId
    #: Key of its user.
    user: str
    queued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The queue of one engine at one moment."""

    waiting: tuple[Waiting, ...]
    #: When a job of each waiting user was started last; users who were never served are missing.
    last_starts: Mapping[str, datetime]
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


def turns(queue: Queue) -> tuple[JobId, ...]:
    """Return the waiting jobs in the order in which they are started if no other comes.

    The least recently served user is next, so users take turns: one job each, in the order of their last
    starts, until the queue is empty. Users with equal last starts, and the jobs of one user, go by age.
    """
    by_user: defaultdict[str, list[Waiting]] = defaultdict(list)
    for item in sorted(queue.waiting, key=lambda item: (item.queued_at, item.job_id)):
        by_user[item.user].append(item)

    def users_turn(user: str) -> tuple[datetime, datetime, JobId]:
        first = by_user[user][0]
        return (queue.last_starts.get(user, _NEVER), first.queued_at, first.job_id)

    ranked = [
        (round_number, place, item.job_id)
        for place, user in enumerate(sorted(by_user, key=users_turn))
        for round_number, item in enumerate(by_user[user])
    ]
    return tuple(job_id for _, _, job_id in sorted(ranked))


def place_of(queue: Queue, job_id: JobId, *, workers: int, now: datetime) -> Place | None:
    """Return where a job stands, None when it does not wait.

    The wait is what the running jobs have left and what the waiting ones before it take, shared by
    ``workers``. It is low when each takes the median of the measured times and high when each takes their
    90th percentile.
    """
    order = turns(queue)
    if job_id not in order:
        return None
    before = order.index(job_id)
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
    """Return the event that tells where a job of ``queue`` stands when it is taken."""
    place = place_of(queue, job.id, workers=workers, now=job.queued_at)
    if place is None:
        raise ValueError(f"{job.id} is not in the queue")
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
