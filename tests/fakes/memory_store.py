"""The job store in dictionaries. The conformance tests run over it and over the real one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import datetime

from engine.contract.delivery import Delivery, DeliveryState
from engine.contract.errors import JobNotFound
from engine.contract.events import AnyJobEvent, JobCancelled, JobFailed, JobRequeued, JobSucceeded
from engine.contract.job import TERMINAL, Job, JobId, JobStatus, check_transition
from engine.contract.quota import QuotaScope, QuotaWindow
from engine.ports import ConsoleFate, FinalEvent, Hold, Lease, Outcome
from engine.queueing import MEASURED_JOBS, Queue, queued_event
from engine.quota import Account, Standing, charge
from tests.fakes.memory_quotas import Charge, InMemoryQuotaBook
from tests.fakes.values import NOON


@dataclass
class _Entry:
    job: Job
    owner: str
    delivery: Delivery
    cancel_asked: bool = False
    events: list[AnyJobEvent] = field(default_factory=list)

    def add(self, event: AnyJobEvent) -> None:
        self.events.append(replace(event, seq=len(self.events) + 1))

    def move(self, status: JobStatus, **changes: object) -> None:
        check_transition(self.job.status, status)
        self.job = replace(self.job, status=status, **changes)  # type: ignore[arg-type]


class InMemoryStore:
    """Meets engine.ports.JobStore."""

    def __init__(self) -> None:
        self._entries: dict[JobId, _Entry] = {}
        self.quotas = InMemoryQuotaBook(self._counts)

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
        for entry in self._entries.values():
            if entry.job.request.idempotency_key == job.request.idempotency_key:
                return entry.job, False
        who = job.request.requester
        admit(await self.quotas.standing(who, day=day))
        self.quotas.ledger[job.id] = Charge(who=who, day=day, reserved_s=seconds, used_s=0.0)
        delivery = Delivery(job_id=job.id, address=job.request.reply_to, state=DeliveryState.WAITING)
        entry = self._entries[job.id] = _Entry(job=job, owner=owner, delivery=delivery)
        entry.add(queued_event(job, await self.queue_around(job.id), workers=workers))
        return job, True

    async def job(self, job_id: JobId) -> Job:
        return self._entry(job_id).job

    async def queue_around(self, job_id: JobId) -> Queue:
        owner = self._entry(job_id).owner
        done = sorted(
            (entry.job for entry in self._in(JobStatus.SUCCEEDED)), key=lambda job: job.finished_at or NOON
        )
        order = self._order(owner)
        return Queue(
            ahead=order.index(job_id) if job_id in order else None,
            running=tuple(
                entry.job.started_at
                for entry in self._in(JobStatus.RUNNING)
                if entry.owner == owner and entry.job.started_at
            ),
            walls=tuple(
                (job.finished_at - job.started_at).total_seconds()
                for job in done[-MEASURED_JOBS:]
                if job.finished_at and job.started_at
            ),
        )

    async def history(self, user: str, *, limit: int) -> tuple[Job, ...]:
        own = [entry.job for entry in self._entries.values() if entry.job.request.requester.key == user]
        return tuple(sorted(own, key=lambda job: (job.queued_at, job.id), reverse=True)[:limit])

    async def ask_cancel(self, job_id: JobId, *, at: datetime) -> Job:
        entry = self._entry(job_id)
        if entry.job.status is JobStatus.QUEUED:
            self._finish(entry, JobCancelled(job_id=job_id, seq=0, at=at))
        entry.cancel_asked = True
        return entry.job

    async def events_after(self, job_id: JobId, seq: int) -> tuple[AnyJobEvent, ...]:
        entry = self._entries.get(job_id)
        return () if entry is None else tuple(event for event in entry.events if event.seq > seq)

    async def deliveries(self, *, platform: str | None, state: DeliveryState) -> tuple[Delivery, ...]:
        found = [entry.delivery for entry in self._entries.values()]
        return tuple(
            item for item in found if item.state is state and platform in (None, item.address.platform)
        )

    async def delivery_tried(self, job_id: JobId, *, error: str | None) -> None:
        entry = self._entry(job_id)
        state = DeliveryState.DONE if error is None else entry.delivery.state
        tries = entry.delivery.attempts + 1
        entry.delivery = replace(entry.delivery, state=state, attempts=tries, last_error=error)

    async def count_queued(self) -> int:
        return len(self._in(JobStatus.QUEUED))

    async def outcomes(self) -> Mapping[Outcome, int]:
        jobs = [entry.job for entry in self._entries.values()]
        return Counter(Outcome(job.status, job.error_code) for job in jobs)

    async def claim(self, *, owner: str, at: datetime, lease_until: datetime) -> Job | None:
        mine = [entry for entry in self._in(JobStatus.QUEUED) if entry.owner == owner]
        if not mine:
            return None
        entry = min(mine, key=self._turn)
        attempts = entry.job.attempts + 1
        entry.move(JobStatus.RUNNING, attempts=attempts, started_at=at, lease_until=lease_until)
        return entry.job

    async def renew(self, hold: Hold, *, lease_until: datetime) -> Lease:
        if (entry := self._held(hold)) is None:
            return Lease.LOST
        entry.job = replace(entry.job, lease_until=lease_until)
        return Lease.CANCEL_ASKED if entry.cancel_asked else Lease.HELD

    async def append(self, hold: Hold, event: AnyJobEvent) -> bool:
        if (entry := self._held(hold)) is None:
            return False
        entry.add(event)
        return True

    async def finish(self, hold: Hold, event: FinalEvent) -> bool:
        if (entry := self._held(hold)) is None:
            return False
        self._finish(entry, event)
        return True

    async def requeue(self, hold: Hold, event: JobRequeued) -> bool:
        if (entry := self._held(hold)) is None:
            return False
        entry.move(JobStatus.QUEUED, attempts=event.attempts, lease_until=None)
        entry.add(event)
        return True

    async def owners(self) -> frozenset[str]:
        return frozenset(
            entry.owner for entry in self._entries.values() if entry.delivery.state is not DeliveryState.DONE
        )

    async def adopt(
        self, dead: str, *, owner: str, at: datetime, max_attempts: int, console: ConsoleFate
    ) -> int:
        taken = 0
        for entry in [item for item in self._entries.values() if item.owner == dead]:
            is_console = entry.job.request.reply_to.platform == "console"
            if is_console and console is ConsoleFate.CANCEL:
                if entry.job.status not in TERMINAL:
                    self._finish(entry, JobCancelled(job_id=entry.job.id, seq=0, at=at))
                entry.delivery = replace(entry.delivery, state=DeliveryState.DONE)
            elif entry.job.status not in TERMINAL and not (is_console and console is ConsoleFate.LEAVE):
                self._take(entry, owner=owner, at=at, max_attempts=max_attempts)
                taken += 1
        return taken

    async def adopt_expired(self, *, owner: str, at: datetime, max_attempts: int, spare: Set[JobId]) -> int:
        lost = [
            entry
            for entry in self._in(JobStatus.RUNNING)
            if entry.job.id not in spare and entry.job.lease_until and entry.job.lease_until < at
        ]
        for entry in lost:
            self._take(entry, owner=owner, at=at, max_attempts=max_attempts)
        return len(lost)

    async def unfinished(self) -> frozenset[JobId]:
        return frozenset(key for key, entry in self._entries.items() if entry.job.status not in TERMINAL)

    async def close(self) -> None:
        """Nothing to leave in order."""

    def used_seconds(self, user_key: str, day: str) -> float:
        return self.quotas.used_seconds(Account(QuotaScope.USER, user_key, QuotaWindow.DAY), day)

    def _counts(self, user: str) -> tuple[int, int, datetime | None]:
        waiting = [entry.job for entry in self._in(JobStatus.QUEUED)]
        taken = [
            entry.job.queued_at for entry in self._entries.values() if entry.job.request.requester.key == user
        ]
        mine = sum(job.request.requester.key == user for job in waiting)
        return mine, len(waiting), max(taken, default=None)

    def _in(self, status: JobStatus) -> list[_Entry]:
        return [entry for entry in self._entries.values() if entry.job.status is status]

    def _entry(self, job_id: JobId) -> _Entry:
        if job_id not in self._entries:
            raise JobNotFound
        return self._entries[job_id]

    def _held(self, hold: Hold) -> _Entry | None:
        entry = self._entries.get(hold.job_id)
        if entry is None or entry.job.status is not JobStatus.RUNNING:
            return None
        return entry if (entry.owner, entry.job.attempts) == (hold.owner, hold.attempt) else None

    def _turn(self, entry: _Entry) -> tuple[float, datetime, str]:
        start = self._last_start(entry.job.request.requester.key)
        return (start.timestamp() if start else 0.0, entry.job.queued_at, entry.job.id)

    def _order(self, owner: str) -> list[JobId]:
        """Play the claims of one engine through: who is served goes to the end."""
        left = [entry for entry in self._in(JobStatus.QUEUED) if entry.owner == owner]
        served: dict[str, int] = {}
        order: list[JobId] = []
        while left:
            entry = min(
                left, key=lambda item: (served.get(item.job.request.requester.key, 0), *self._turn(item))
            )
            left.remove(entry)
            order.append(entry.job.id)
            served[entry.job.request.requester.key] = len(order)
        return order

    def _last_start(self, user: str) -> datetime | None:
        starts = [
            other.job.started_at
            for other in self._entries.values()
            if other.job.started_at is not None and other.job.request.requester.key == user
        ]
        return max(starts, default=None)

    def _finish(self, entry: _Entry, event: FinalEvent) -> None:
        used = 0.0
        if isinstance(event, JobSucceeded):
            clip = event.clip
            used = charge(clip.seconds, width_px=clip.width_px, height_px=clip.height_px)
            entry.move(JobStatus.SUCCEEDED, finished_at=event.at, lease_until=None, clip=event.clip)
        elif isinstance(event, JobFailed):
            error = {"error_code": event.code, "error_detail": event.detail}
            entry.move(JobStatus.FAILED, finished_at=event.at, lease_until=None, **error)
        else:
            entry.move(JobStatus.CANCELLED, finished_at=event.at, lease_until=None)
        reserved = self.quotas.ledger[entry.job.id]
        self.quotas.ledger[entry.job.id] = replace(reserved, reserved_s=0.0, used_s=used)
        entry.add(event)
        if entry.delivery.state is DeliveryState.WAITING:
            entry.delivery = replace(entry.delivery, state=DeliveryState.PENDING)

    def _take(self, entry: _Entry, *, owner: str, at: datetime, max_attempts: int) -> None:
        if entry.job.status is JobStatus.QUEUED:
            entry.owner = owner
        elif entry.job.attempts >= max_attempts:
            failed = JobFailed(job_id=entry.job.id, seq=0, at=at, code="worker_died", detail="lost")
            self._finish(entry, failed)
        else:
            attempts = entry.job.attempts
            entry.move(JobStatus.QUEUED, lease_until=None)
            entry.owner = owner
            entry.add(JobRequeued(job_id=entry.job.id, seq=0, at=at, attempts=attempts, reason="lost"))
