"""Rows of jobs: insert, find, claim, lease, end, requeue. Every change of status is checked first."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from engine.contract.clip import Clip
from engine.contract.errors import JobNotFound
from engine.contract.job import Job, JobId, JobStatus, check_transition
from engine.contract.request import ClipRequest
from engine.contract.wire import from_json, to_json
from engine.ports import Hold, Lease, Outcome
from engine.queueing import MEASURED_JOBS, InLine, Queue, ahead
from engine.store.database import Rows

_OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)

#: The oldest waiting job of the user whose last clip was started longest ago; never-served users first.
_NEXT = """
SELECT j.* FROM jobs j
WHERE j.status = 'queued' AND j.owner = ?
ORDER BY COALESCE((SELECT MAX(s.started_at) FROM jobs s WHERE s.user_key = j.user_key), ''), j.queued_at, j.id
LIMIT 1
"""
#: The users whose jobs wait at one engine.
_LINE = """
SELECT user_key, waiting, oldest,
    COALESCE((SELECT MAX(s.started_at) FROM jobs s WHERE s.user_key = line.user_key), '')
FROM (SELECT user_key, COUNT(*) AS waiting, MIN(queued_at || id) AS oldest
    FROM jobs WHERE status = 'queued' AND owner = ? GROUP BY user_key) AS line
"""


def insert(rows: Rows, job: Job, *, owner: str) -> None:
    """Add a new job that ``owner`` is to render."""
    who = job.request.requester
    rows.execute(
        "INSERT INTO jobs(id, idempotency_key, user_key, platform, place, owner, status, attempts, seed, "
        "request, queued_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            job.id,
            job.request.idempotency_key,
            who.key,
            job.request.reply_to.platform,
            who.place,
            owner,
            job.status,
            job.attempts,
            job.seed,
            json.dumps(to_json(job.request), ensure_ascii=False),
            stamp(job.queued_at),
        ),
    )


def by_id(rows: Rows, job_id: JobId) -> Job:
    """Return a job; raise JobNotFound."""
    return _job(_row(rows, job_id))


def by_key(rows: Rows, idempotency_key: str) -> Job | None:
    """Return the job that was submitted under a key."""
    row = rows.execute("SELECT * FROM jobs WHERE idempotency_key = ?", (idempotency_key,)).fetchone()
    return None if row is None else _job(row)


def counts(rows: Rows, user_key: str) -> tuple[int, int]:
    """Return how many clips of a user wait, and how many of everybody."""
    (waiting,) = rows.execute(
        "SELECT COUNT(*) FROM jobs WHERE status = 'queued' AND user_key = ?", (user_key,)
    ).fetchone()
    return int(waiting), count_queued(rows)


def last_taken(rows: Rows, user_key: str) -> datetime | None:
    """Return when the last request of a user was taken."""
    (last,) = rows.execute("SELECT MAX(queued_at) FROM jobs WHERE user_key = ?", (user_key,)).fetchone()
    return _moment(last)


def of_user(rows: Rows, user_key: str, *, limit: int) -> tuple[Job, ...]:
    """Return the last jobs of a user, the newest first."""
    return _find(
        rows,
        "SELECT * FROM jobs WHERE user_key = ? ORDER BY queued_at DESC, id DESC LIMIT ?",
        (user_key, limit),
    )


def queue_around(rows: Rows, job_id: JobId) -> Queue:
    """Return what a job has before it at the engine that it was given to; raise JobNotFound."""
    row = _row(rows, job_id)
    owner, read = row["owner"], datetime.fromisoformat
    running = rows.execute(
        "SELECT started_at FROM jobs WHERE status = 'running' AND owner = ?", (owner,)
    ).fetchall()
    ended = rows.execute(
        "SELECT started_at, finished_at FROM jobs WHERE status = 'succeeded' "
        "ORDER BY finished_at DESC LIMIT ?",
        (MEASURED_JOBS,),
    ).fetchall()
    return Queue(
        ahead=_ahead(rows, row) if row["status"] == JobStatus.QUEUED else None,
        running=tuple(read(start) for (start,) in running),
        walls=tuple((read(end) - read(start)).total_seconds() for start, end in ended),
    )


def _ahead(rows: Rows, row: sqlite3.Row) -> int:
    line = [
        InLine(user=user, waiting=n, oldest=old, last_start=start)
        for user, n, old, start in rows.execute(_LINE, (row["owner"],))
    ]
    (older,) = rows.execute(
        "SELECT COUNT(*) FROM jobs WHERE status = 'queued' AND owner = ? AND user_key = ? "
        "AND (queued_at, id) < (?, ?)",
        (row["owner"], row["user_key"], row["queued_at"], row["id"]),
    ).fetchone()
    return ahead(line, row["user_key"], older=older)


def claim_next(rows: Rows, *, owner: str, at: datetime, lease_until: datetime) -> Job | None:
    """Start the next attempt of the owner's next job."""
    row = rows.execute(_NEXT, (owner,)).fetchone()
    if row is None:
        return None
    check_transition(JobStatus(row["status"]), JobStatus.RUNNING)
    rows.execute(
        "UPDATE jobs SET status = ?, attempts = attempts + 1, started_at = ?, lease_until = ? WHERE id = ?",
        (JobStatus.RUNNING, stamp(at), stamp(lease_until), row["id"]),
    )
    return by_id(rows, JobId(row["id"]))


def renew(rows: Rows, hold: Hold, *, lease_until: datetime) -> Lease:
    """Prolong a lease and say what became of it."""
    if not held(rows, hold):
        return Lease.LOST
    rows.execute("UPDATE jobs SET lease_until = ? WHERE id = ?", (stamp(lease_until), hold.job_id))
    return Lease.CANCEL_ASKED if _row(rows, hold.job_id)["cancel_asked"] else Lease.HELD


def held(rows: Rows, hold: Hold) -> bool:
    """Say whether the attempt that ``hold`` stands for is the one that runs."""
    row = rows.execute("SELECT status, owner, attempts FROM jobs WHERE id = ?", (hold.job_id,)).fetchone()
    return row is not None and tuple(row) == (JobStatus.RUNNING, hold.owner, hold.attempt)


def ask_cancel(rows: Rows, job_id: JobId) -> None:
    """Mark a running job, for its holder to stop."""
    rows.execute("UPDATE jobs SET cancel_asked = 1 WHERE id = ?", (job_id,))


def end(
    rows: Rows,
    job_id: JobId,
    status: JobStatus,
    *,
    at: datetime,
    clip: Clip | None = None,
    error: tuple[str, str] | None = None,
) -> None:
    """Give a job its last status; ``error`` is a code and what happened."""
    check_transition(JobStatus(_row(rows, job_id)["status"]), status)
    code, detail = error or (None, None)
    rows.execute(
        "UPDATE jobs SET status = ?, finished_at = ?, lease_until = NULL, error_code = ?, error_detail = ?, "
        "clip = ? WHERE id = ?",
        (
            status,
            stamp(at),
            code,
            detail,
            None if clip is None else json.dumps(to_json(clip), ensure_ascii=False),
            job_id,
        ),
    )


def requeue(rows: Rows, job_id: JobId, *, owner: str, attempts: int) -> None:
    """Put a running job back into the queue of ``owner``."""
    check_transition(JobStatus(_row(rows, job_id)["status"]), JobStatus.QUEUED)
    rows.execute(
        "UPDATE jobs SET status = ?, owner = ?, attempts = ?, lease_until = NULL WHERE id = ?",
        (JobStatus.QUEUED, owner, attempts, job_id),
    )


def hand_over(rows: Rows, job_id: JobId, *, owner: str) -> None:
    """Give a waiting job to another engine."""
    rows.execute("UPDATE jobs SET owner = ? WHERE id = ?", (owner, job_id))


def unfinished(rows: Rows, *, owner: str | None = None) -> tuple[Job, ...]:
    """Return the jobs that wait or run, of one owner or of all."""
    return _find(
        rows,
        "SELECT * FROM jobs WHERE status IN (?, ?) AND (? IS NULL OR owner = ?) ORDER BY queued_at, id",
        (*_OPEN, owner, owner),
    )


def expired(rows: Rows, *, at: datetime) -> tuple[Job, ...]:
    """Return running jobs whose lease is over."""
    return _find(
        rows,
        "SELECT * FROM jobs WHERE status = 'running' AND lease_until < ? ORDER BY queued_at, id",
        (stamp(at),),
    )


def owners(rows: Rows) -> frozenset[str]:
    """Return the owners of unfinished jobs and of open deliveries."""
    found = rows.execute(
        "SELECT DISTINCT owner FROM jobs WHERE status IN (?, ?) UNION "
        "SELECT DISTINCT j.owner FROM deliveries d JOIN jobs j ON j.id = d.job_id WHERE d.state != 'done'",
        _OPEN,
    ).fetchall()
    return frozenset(row[0] for row in found)


def count_queued(rows: Rows) -> int:
    """Return how many jobs wait."""
    (count,) = rows.execute("SELECT COUNT(*) FROM jobs WHERE status = 'queued'").fetchone()
    return int(count)


def outcomes(rows: Rows) -> dict[Outcome, int]:
    """Count the jobs of each outcome."""
    found = rows.execute(
        "SELECT status, error_code, COUNT(*) FROM jobs GROUP BY status, error_code"
    ).fetchall()
    return {Outcome(JobStatus(status), code): int(count) for status, code, count in found}


def stamp(moment: datetime) -> str:
    """Write a moment so that text order is time order: UTC with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _row(rows: Rows, job_id: JobId) -> sqlite3.Row:
    row: sqlite3.Row | None = rows.execute("SELECT * FROM jobs WHERE id = ?", (job_id,)).fetchone()
    if row is None:
        raise JobNotFound(f"There is no job {job_id!r}.")
    return row


def _find(rows: Rows, sql: str, parameters: Sequence[Any]) -> tuple[Job, ...]:
    return tuple(_job(row) for row in rows.execute(sql, parameters).fetchall())


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _job(row: sqlite3.Row) -> Job:
    return Job(
        id=JobId(row["id"]),
        request=from_json(ClipRequest, json.loads(row["request"])),
        seed=row["seed"],
        status=JobStatus(row["status"]),
        attempts=row["attempts"],
        queued_at=datetime.fromisoformat(row["queued_at"]),
        started_at=_moment(row["started_at"]),
        finished_at=_moment(row["finished_at"]),
        lease_until=_moment(row["lease_until"]),
        error_code=row["error_code"],
        error_detail=row["error_detail"],
        clip=None if row["clip"] is None else from_json(Clip, json.loads(row["clip"])),
    )
