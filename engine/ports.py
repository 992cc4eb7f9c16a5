"""What the engine's use cases need from the rooms around them; the rooms satisfy these from above."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from engine.contract.delivery import Delivery, DeliveryState
from engine.contract.events import AnyJobEvent, JobCancelled, JobFailed, JobRequeued, JobSucceeded
from engine.contract.job import Job, JobId, JobStatus
from engine.contract.quota import AuditEntry, QuotaBlock, QuotaRule
from engine.contract.request import Requester
from engine.queueing import Queue
from engine.quota import Grant, Standing

FinalEvent = JobSucceeded | JobFailed | JobCancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """An engine's claim on one attempt of a job. Whoever holds another one has lost the job."""

    job_id: JobId
    #: Name of the engine instance.
    owner: str
    #: Number of the attempt, from 1.
    attempt: int


class Lease(StrEnum):
    """What an engine learns when it renews its hold."""

    HELD = "held"  #: All is well.
    CANCEL_ASKED = "cancel_asked"  #: Still ours; somebody wants the job stopped.
    LOST = "lost"  #: Another engine has the job, or it has ended.


class ConsoleFate(StrEnum):
    """What becomes of the console's jobs when their engine died."""

    KEEP = "keep"  #: Their bot lives and is ours: render them.
    LEAVE = "leave"  #: Their bot lives and will start an engine of its own.
    CANCEL = "cancel"  #: Their bot is gone; nobody waits for them.


class Outcome(NamedTuple):
    """Where a job stands, and why it failed when it did."""

    status: JobStatus
    error_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Who changes a quota, and when."""

    #: For example "console:ann".
    by: str
    at: datetime


class QuotaBook(Protocol):
    """Rules, grants and blocks. Every method is one transaction, every change adds an entry to the audit."""

    async def standing(self, who: Requester, *, day: str) -> Standing:
        """Return what decides about the next request of ``who`` on ``day``."""
        ...

    async def rules(self) -> tuple[QuotaRule, ...]:
        """Return all rules, by scope from the most specific one, subject and window."""
        ...

    async def set_rule(self, rule: QuotaRule, change: Change) -> None:
        """Set the rule of a scope, subject, window and kind, whatever it was before."""
        ...

    async def drop_rule(self, rule: QuotaRule, change: Change) -> bool:
        """Remove the rule of that scope, subject, window and kind; False when there is none."""
        ...

    async def grant(self, grant: Grant, change: Change) -> bool:
        """Add seconds to the allowance of a user in one window; False when its key was seen before."""
        ...

    async def reset(self, user: str, *, day: str, change: Change) -> None:
        """Make what was rendered for a user in the day and the month of ``day`` count as nothing.

        What is reserved for clips that wait or run still counts, and the ledger stays as it is.
        """
        ...

    async def block(self, block: QuotaBlock) -> None:
        """Block a user, also one who is blocked already."""
        ...

    async def unblock(self, user: str, change: Change) -> bool:
        """Lift a block; False when there is none."""
        ...

    async def blocks(self) -> tuple[QuotaBlock, ...]:
        """Return all blocks, also those that are over, by user."""
        ...

    async def audit(self, *, limit: int) -> tuple[AuditEntry, ...]:
        """Return the last changes, the newest first."""
        ...


class JobStore(Protocol):
    """Durable jobs, their events, the ledger and the outbox. Every method is one transaction."""

    @property
    def quotas(self) -> QuotaBook:
        """The rules, grants and blocks beside the ledger."""
        ...

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
        """Store a job with its first event, a reservation of charged ``seconds`` on ``day`` and its delivery.

        Returns the job and True, or the one that has the same idempotency key and False. ``admit`` is
        called inside the transaction with the requester's standing and raises to refuse. The event tells
        the position and the wait among the jobs of ``owner``, which renders ``workers`` at a time.
        """
        ...

    async def job(self, job_id: JobId) -> Job:
        """Return a job; raise JobNotFound."""
        ...

    async def queue_around(self, job_id: JobId) -> Queue:
        """Return what a job has before it at the engine that it was given to; raise JobNotFound."""
        ...

    async def history(self, user: str, *, limit: int) -> tuple[Job, ...]:
        """Return the last jobs of the user with this key, the newest first."""
        ...

    async def ask_cancel(self, job_id: JobId, *, at: datetime) -> Job:
        """Cancel a queued job, mark a running one for its holder, leave an ended one; raise JobNotFound."""
        ...

    async def events_after(self, job_id: JobId, seq: int) -> tuple[AnyJobEvent, ...]:
        """Return the events of a job behind number ``seq``."""
        ...

    async def deliveries(self, *, platform: str | None, state: DeliveryState) -> tuple[Delivery, ...]:
        """Return deliveries in ``state``, of one platform or of all."""
        ...

    async def delivery_tried(self, job_id: JobId, *, error: str | None) -> None:
        """Note a try to deliver; without an ``error`` it is done. Raises JobNotFound."""
        ...

    async def count_queued(self) -> int:
        """Return how many jobs wait."""
        ...

    async def outcomes(self) -> Mapping[Outcome, int]:
        """Return how many jobs there are of each outcome."""
        ...

    async def claim(self, *, owner: str, at: datetime, lease_until: datetime) -> Job | None:
        """Make the owner's next job RUNNING and return it: least recently served user first."""
        ...

    async def renew(self, hold: Hold, *, lease_until: datetime) -> Lease:
        """Prolong a hold."""
        ...

    async def append(self, hold: Hold, event: AnyJobEvent) -> bool:
        """Store an event under the job's next number; False when the hold is lost."""
        ...

    async def finish(self, hold: Hold, event: FinalEvent) -> bool:
        """End the job, close its reservation and open its delivery; False when the hold is lost."""
        ...

    async def requeue(self, hold: Hold, event: JobRequeued) -> bool:
        """Give the job back to the queue with ``event.attempts`` counted; False when the hold is lost."""
        ...

    async def owners(self) -> frozenset[str]:
        """Return the engine instances that unfinished jobs or open deliveries belong to."""
        ...

    async def adopt(
        self, dead: str, *, owner: str, at: datetime, max_attempts: int, console: ConsoleFate
    ) -> int:
        """Take over the unfinished jobs of a dead engine and return how many.

        Running ones go back to the queue, or fail with worker_died after ``max_attempts``.
        """
        ...

    async def adopt_expired(self, *, owner: str, at: datetime, max_attempts: int, spare: Set[JobId]) -> int:
        """Take over running jobs whose lease is over, and return how many; those of ``spare`` stay."""
        ...

    async def unfinished(self) -> frozenset[JobId]:
        """Return the ids of the jobs that wait or run, on any engine."""
        ...

    async def close(self) -> None:
        """Leave the database in order."""
        ...


class ToolRunner(Protocol):
    """Runs the pipeline's tools and says how the render process is."""

    @property
    def capacity(self) -> int:
        """How many jobs it renders at a time."""
        ...

    @property
    def state(self) -> str:
        """Name of the worker's state, for a person."""
        ...

    async def call(self, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Run a tool of the pipeline and return its JSON answer."""
        ...
