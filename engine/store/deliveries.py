"""The outbox: one row for each answer that a chat is owed."""

from __future__ import annotations

from engine.contract.delivery import Delivery, DeliveryState
from engine.contract.errors import JobNotFound
from engine.contract.job import Job, JobId
from engine.contract.request import ReplyAddress
from engine.store.database import Rows


def insert(rows: Rows, job: Job) -> None:
    """Open the delivery of a job that has not ended."""
    address = job.request.reply_to
    rows.execute(
        "INSERT INTO deliveries(job_id, platform, payload, state) VALUES (?, ?, ?, ?)",
        (job.id, address.platform, address.payload, DeliveryState.WAITING),
    )


def job_ended(rows: Rows, job_id: JobId) -> None:
    """Say that there is something to deliver now."""
    rows.execute(
        "UPDATE deliveries SET state = ? WHERE job_id = ? AND state = ?",
        (DeliveryState.PENDING, job_id, DeliveryState.WAITING),
    )


def find(rows: Rows, *, platform: str | None, state: DeliveryState) -> tuple[Delivery, ...]:
    """Return deliveries in ``state``, of one platform or of all, the oldest job first."""
    found = rows.execute(
        "SELECT d.* FROM deliveries d JOIN jobs j ON j.id = d.job_id "
        "WHERE d.state = :state AND (:platform IS NULL OR d.platform = :platform) "
        "ORDER BY j.queued_at, j.id",
        {"state": state, "platform": platform},
    ).fetchall()
    return tuple(
        Delivery(
            job_id=JobId(row["job_id"]),
            address=ReplyAddress(platform=row["platform"], payload=row["payload"]),
            state=DeliveryState(row["state"]),
            attempts=row["attempts"],
            last_error=row["last_error"],
        )
        for row in found
    )


def tried(rows: Rows, job_id: JobId, *, error: str | None) -> None:
    """Note one try; without an ``error`` the chat has its answer. Raises JobNotFound."""
    done = error is None
    changed = rows.execute(
        "UPDATE deliveries SET attempts = attempts + 1, last_error = ?, "
        "state = CASE WHEN ? THEN ? ELSE state END WHERE job_id = ?",
        (error, done, DeliveryState.DONE, job_id),
    ).rowcount
    if not changed:
        raise JobNotFound


def drop_dead(rows: Rows, *, owner: str, platform: str) -> None:
    """Close what was owed to a chat that died with its engine."""
    rows.execute(
        "UPDATE deliveries SET state = ?, last_error = ? WHERE platform = ? AND state != ? "
        "AND job_id IN (SELECT id FROM jobs WHERE owner = ?)",
        (DeliveryState.DONE, "The console that asked is gone.", platform, DeliveryState.DONE, owner),
    )
