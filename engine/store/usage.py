"""The ledger of seconds of clip: reserve, then settle or refund exactly once. Rows are never changed."""

from __future__ import annotations

from engine.contract.job import Job, JobId
from engine.store.database import Rows

_INSERT = (
    "INSERT INTO usage_ledger(user_key, platform, place, day, at, job_id, kind, reserved_s, used_s) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_CLOSE = (
    "INSERT INTO usage_ledger(user_key, platform, place, day, at, job_id, kind, reserved_s, used_s) "
    "SELECT user_key, platform, place, day, ?, job_id, ?, -reserved_s, ? "
    "FROM usage_ledger WHERE job_id = ? AND kind = 'reserve'"
)


def used_seconds(rows: Rows, user_key: str, day: str) -> float:
    """Return what the user has used and reserved on ``day``, in seconds."""
    row = rows.execute(
        "SELECT COALESCE(SUM(reserved_s + used_s), 0.0) FROM usage_ledger WHERE user_key = ? AND day = ?",
        (user_key, day),
    ).fetchone()
    return float(row[0])


def reserve(rows: Rows, job: Job, *, seconds: float, day: str, at: str) -> None:
    """Set ``seconds`` aside for a job on the account of its requester."""
    who = job.request.requester
    rows.execute(_INSERT, (who.key, who.platform, who.place, day, at, job.id, "reserve", seconds, 0.0))


def settle(rows: Rows, job_id: JobId, *, used: float, at: str) -> None:
    """Turn the reservation of a job into what was really rendered, in seconds, on the day it was made."""
    rows.execute(_CLOSE, (at, "settle", used, job_id))


def refund(rows: Rows, job_id: JobId, *, at: str) -> None:
    """Give the reservation of a job back."""
    rows.execute(_CLOSE, (at, "refund", 0.0, job_id))
