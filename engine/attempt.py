"""What goes on beside a render: the lease is renewed, a wish to stop is heard, news become stored events."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.contract.errors import TextreelError
from engine.contract.events import AnyJobEvent, JobUnderstood, StageProgressed, StageStarted
from engine.executors import base as messages
from engine.ports import Hold, JobStore, Lease
from engine.service import EventHub

#: Longest pause between two renewals of a lease, in seconds.
RENEW_SECONDS = 5.0
#: Pause between two tries to stop a job that shall end, in seconds: the first may come before it runs.
STOP_SECONDS = 0.2

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every attempt of an engine shares."""

    store: JobStore
    executor: messages.Executor
    hub: EventHub
    clock: Callable[[], datetime]
    #: How long a renewed lease holds, in seconds.
    lease_seconds: float

    def lease_until(self) -> datetime:
        """Return when a lease that is renewed now is over."""
        return self.clock() + timedelta(seconds=self.lease_seconds)


class Recorder:
    """Stores a job's news in the order in which they came, while the render goes on."""

    def __init__(self, desk: Desk, hold: Hold) -> None:
        self._desk = desk
        self._hold = hold
        self._news: asyncio.Queue[AnyJobEvent] = asyncio.Queue()

    def hear(self, message: messages.JobNews) -> None:
        """Take a message of the render process; it is stored soon."""
        self._news.put_nowait(as_event(message, at=self._desk.clock()))

    async def flush(self) -> None:
        """Wait until all that was heard is stored."""
        await self._news.join()

    async def write(self) -> None:
        """Store what is heard, until cancelled. An event that cannot be stored is logged, not repeated."""
        while True:
            event = await self._news.get()
            try:
                if await self._desk.store.append(self._hold, event):
                    self._desk.hub.rows.announce(self._hold.job_id)
            except Exception:  # noqa: BLE001 - whatever is wrong with one event must not hold the job back
                _log.exception("job %s: %s was not stored", self._hold.job_id, type(event).__name__)
            finally:
                self._news.task_done()


@asynccontextmanager
async def under_way(desk: Desk, hold: Hold) -> AsyncIterator[Recorder]:
    """Keep the lease of ``hold`` and record its news as long as the block runs."""
    recorder = Recorder(desk, hold)
    tasks = (
        asyncio.create_task(recorder.write(), name=f"events of {hold.job_id}"),
        asyncio.create_task(keep_lease(desk, hold), name=f"lease of {hold.job_id}"),
    )
    try:
        yield recorder
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def keep_lease(desk: Desk, hold: Hold) -> None:
    """Renew a lease until cancelled; stop the render when somebody asked for it or the job is lost."""
    pause = min(RENEW_SECONDS, desk.lease_seconds / 4)
    with desk.hub.stops.listening(hold.job_id) as asked:
        while True:
            asked.clear()
            try:
                lease = await desk.store.renew(hold, lease_until=desk.lease_until())
            except TextreelError:  # the next try may succeed before the lease is over
                _log.exception("job %s: the lease was not renewed", hold.job_id)
                lease = Lease.HELD
            if lease is not Lease.HELD:
                await desk.executor.cancel(hold.job_id)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause if lease is Lease.HELD else STOP_SECONDS):
                    await asked.wait()


def as_event(message: messages.JobNews, *, at: datetime) -> AnyJobEvent:
    """Return the event that a message of the render process becomes; the store numbers it."""
    if isinstance(message, messages.StageStarted):
        return StageStarted(job_id=message.job_id, seq=0, at=at, stage=message.stage)
    if isinstance(message, messages.Progress):
        return StageProgressed(
            job_id=message.job_id,
            seq=0,
            at=at,
            stage=message.stage,
            done=message.done,
            total=message.total,
            detail=message.detail,
        )
    return JobUnderstood(
        job_id=message.job_id,
        seq=0,
        at=at,
        title=message.title,
        captions=message.captions,
        entities=message.entities,
        notes=message.notes,
    )
