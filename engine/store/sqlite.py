"""The job store on SQLite: each method of the port is one transaction over the tables' own modules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from datetime import datetime
from pathlib import Path

from engine.contract.delivery import Delivery, DeliveryState
from engine.contract.errors import WorkerDied
from engine.contract.events import (
    AnyJobEvent,
    JobCancelled,
    JobFailed,
    JobRequeued,
    JobSucceeded,
)
from engine.contract.job import Job, JobId, JobStatus
from engine.ports import ConsoleFate, FinalEvent, Hold, Lease, Outcome
from engine.queueing import Queue, queued_event
from engine.quota import Standing, charge
from engine.store import deliveries, events, jobs, quotas, usage
from engine.store.database import Database, Rows
from engine.store.quota_book import SqliteQuotaBook

#: The chat that dies with the bot that serves it.
CONSOLE = "console"


class SqliteStore:
    """Meets engine.ports.JobStore; what the methods promise is written there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    async def open(cls, path: Path) -> SqliteStore:
        """Open or create the database at ``path``; raises EngineError or StorageFull."""
        return cls(await Database.open(path))

    async def close(self) -> None:
        """Close the file."""
        await self._database.close()

    @property
    def quotas(self) -> SqliteQuotaBook:
        """The book on the same file."""
        return SqliteQuotaBook(self._database)

    async def submit(
        self,
        job: Job,
        *,
        owner: str,
        seconds: float,
        day: str,
        admit: Callable[[Standing], None],
        workers: int = 1,
    ) -> tuple[Job, bool]:
        """Check, reserve and queue in one step."""

        def work(rows: Rows) -> tuple[Job, bool]:
            known = jobs.by_key(rows, job.request.idempotency_key)
            if known is not None:
                return known, False
            admit(quotas.standing(rows, job.request.requester, day))
            jobs.insert(rows, job, owner=owner)
            usage.reserve(rows, job, seconds=seconds, day=day, at=jobs.stamp(job.queued_at))
            events.append(rows, queued_event(job, jobs.queue_around(rows, job.id), workers=workers))
            deliveries.insert(rows, job)
            return job, True

        return await self._database.write(work)

    async def job(self, job_id: JobId) -> Job:
        """Find a job."""
        return await self._database.read(lambda rows: jobs.by_id(rows, job_id))

    async def queue_around(self, job_id: JobId) -> Queue:
        """Read a queue."""
        return await self._database.read(lambda rows: jobs.queue_around(rows, job_id))

    async def history(self, user: str, *, limit: int) -> tuple[Job, ...]:
        """Find the jobs of a user."""
        return await self._database.read(lambda rows: jobs.of_user(rows, user, limit=limit))

    async def ask_cancel(self, job_id: JobId, *, at: datetime) -> Job:
        """Cancel now, or ask the holder to."""

        def work(rows: Rows) -> Job:
            job = jobs.by_id(rows, job_id)
            if job.status is JobStatus.QUEUED:
                _finish(rows, JobCancelled(job_id=job_id, seq=0, at=at))
            elif job.status is JobStatus.RUNNING:
                jobs.ask_cancel(rows, job_id)
            return jobs.by_id(rows, job_id)

        return await self._database.write(work)

    async def events_after(self, job_id: JobId, seq: int) -> tuple[AnyJobEvent, ...]:
        """Read events."""
        return await self._database.read(lambda rows: events.after(rows, job_id, seq))

    async def deliveries(self, *, platform: str | None, state: DeliveryState) -> tuple[Delivery, ...]:
        """Read the outbox."""
        return await self._database.read(lambda rows: deliveries.find(rows, platform=platform, state=state))

    async def delivery_tried(self, job_id: JobId, *, error: str | None) -> None:
        """Write the outbox."""
        await self._database.write(lambda rows: deliveries.tried(rows, job_id, error=error))

    async def count_queued(self) -> int:
        """Count what waits."""
        return await self._database.read(jobs.count_queued)

    async def outcomes(self) -> Mapping[Outcome, int]:
        """Count by outcome."""
        return await self._database.read(jobs.outcomes)

    async def claim(self, *, owner: str, at: datetime, lease_until: datetime) -> Job | None:
        """Start the next job."""
        return await self._database.write(
            lambda rows: jobs.claim_next(rows, owner=owner, at=at, lease_until=lease_until)
        )

    async def renew(self, hold: Hold, *, lease_until: datetime) -> Lease:
        """Prolong a hold."""
        return await self._database.write(lambda rows: jobs.renew(rows, hold, lease_until=lease_until))

    async def append(self, hold: Hold, event: AnyJobEvent) -> bool:
        """Store an event while the job is ours."""

        def work(rows: Rows) -> bool:
            if not jobs.held(rows, hold):
                return False
            events.append(rows, event)
            return True

        return await self._database.write(work)

    async def finish(self, hold: Hold, event: FinalEvent) -> bool:
        """End the job while it is ours."""

        def work(rows: Rows) -> bool:
            if not jobs.held(rows, hold):
                return False
            _finish(rows, event)
            return True

        return await self._database.write(work)

    async def requeue(self, hold: Hold, event: JobRequeued) -> bool:
        """Give the job back while it is ours."""

        def work(rows: Rows) -> bool:
            if not jobs.held(rows, hold):
                return False
            jobs.requeue(rows, hold.job_id, owner=hold.owner, attempts=event.attempts)
            events.append(rows, event)
            return True

        return await self._database.write(work)

    async def owners(self) -> frozenset[str]:
        """Read the owners."""
        return await self._database.read(jobs.owners)

    async def adopt(
        self, dead: str, *, owner: str, at: datetime, max_attempts: int, console: ConsoleFate
    ) -> int:
        """Take over from a dead engine."""

        def work(rows: Rows) -> int:
            taken = 0
            for job in jobs.unfinished(rows, owner=dead):
                is_console = job.request.reply_to.platform == CONSOLE
                if is_console and console is ConsoleFate.LEAVE:
                    continue
                if is_console and console is ConsoleFate.CANCEL:
                    _finish(rows, JobCancelled(job_id=job.id, seq=0, at=at))
                else:
                    _take(rows, job, owner=owner, at=at, max_attempts=max_attempts)
                    taken += 1
            if console is ConsoleFate.CANCEL:
                deliveries.drop_dead(rows, owner=dead, platform=CONSOLE)
            return taken

        return await self._database.write(work)

    async def adopt_expired(self, *, owner: str, at: datetime, max_attempts: int, spare: Set[JobId]) -> int:
        """Take over what no engine holds any longer."""

        def work(rows: Rows) -> int:
            found = [job for job in jobs.expired(rows, at=at) if job.id not in spare]
            for job in found:
                _take(rows, job, owner=owner, at=at, max_attempts=max_attempts)
            return len(found)

        return await self._database.write(work)

    async def unfinished(self) -> frozenset[JobId]:
        """Read the ids of open jobs."""
        return await self._database.read(lambda rows: frozenset(job.id for job in jobs.unfinished(rows)))


def _finish(rows: Rows, event: FinalEvent) -> None:
    """Status, ledger, event and outbox of a job's end, all at once."""
    at = jobs.stamp(event.at)
    if isinstance(event, JobSucceeded):
        jobs.end(rows, event.job_id, JobStatus.SUCCEEDED, at=event.at, clip=event.clip)
        clip = event.clip
        used = charge(clip.seconds, width_px=clip.width_px, height_px=clip.height_px)
        usage.settle(rows, event.job_id, used=used, at=at)
    elif isinstance(event, JobFailed):
        jobs.end(rows, event.job_id, JobStatus.FAILED, at=event.at, error=(event.code, event.detail))
        usage.refund(rows, event.job_id, at=at)
    else:
        jobs.end(rows, event.job_id, JobStatus.CANCELLED, at=event.at)
        usage.refund(rows, event.job_id, at=at)
    events.append(rows, event)
    deliveries.job_ended(rows, event.job_id)


def _take(rows: Rows, job: Job, *, owner: str, at: datetime, max_attempts: int) -> None:
    """Make a lost job the owner's: queued again, or failed when it has been tried often enough."""
    if job.status is JobStatus.QUEUED:
        jobs.hand_over(rows, job.id, owner=owner)
        return
    reason = "The engine that rendered it has ended."
    if job.attempts >= max_attempts:
        detail = f"{reason} It was tried {job.attempts} times."
        _finish(rows, JobFailed(job_id=job.id, seq=0, at=at, code=WorkerDied.code, detail=detail))
        return
    jobs.requeue(rows, job.id, owner=owner, attempts=job.attempts)
    events.append(rows, JobRequeued(job_id=job.id, seq=0, at=at, attempts=job.attempts, reason=reason))
