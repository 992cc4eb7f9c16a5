"""Takes queued jobs, holds them under a lease, has them rendered, and ends each exactly once."""

from __future__ import annotations

import asyncio
import errno
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from engine import instances
from engine.artifacts import MEGABYTE, Artifacts, Retention
from engine.attempt import Desk, under_way
from engine.contract.delivery import DeliveryState
from engine.contract.errors import (
    Cancelled,
    EngineError,
    RenderError,
    StageFailed,
    StorageFull,
    TextreelError,
    WorkerDied,
)
from engine.contract.events import JobCancelled, JobFailed, JobRequeued, JobSucceeded
from engine.contract.job import Job, JobId
from engine.executors.base import JobNews
from engine.ports import ConsoleFate, FinalEvent, Hold
from engine.settings import EngineSettings

#: Pause between two looks for engines that have died, in seconds.
RESCUE_SECONDS = 10.0
#: Pause after the store or the disk has failed a worker, in seconds.
PAUSE_SECONDS = 1.0
#: Tries to store how a job ended; what is not stored then is rendered again when its lease is over.
END_TRIES = 5
#: Pause between two sweeps of old clips, in seconds.
SWEEP_SECONDS = 3600.0

_log = logging.getLogger(__name__)


class Dispatcher:
    """One engine's share of the work on a data_dir."""

    def __init__(
        self,
        desk: Desk,
        *,
        artifacts: Artifacts,
        settings: EngineSettings,
        instance: str,
        parent: instances.Parent,
    ) -> None:
        self._desk = desk
        self._artifacts = artifacts
        self._settings = settings
        self._instance = instance
        self._parent = parent
        self._rendering: set[JobId] = set()

    async def run(self) -> None:
        """Work until cancelled; a job that runs then goes back to the queue and costs it no attempt."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._every(RESCUE_SECONDS, self.rescue), name="rescue")
                tasks.create_task(self._every(SWEEP_SECONDS, self.sweep), name="sweep")
                for number in range(self._desk.executor.capacity):
                    tasks.create_task(self._every(PAUSE_SECONDS, self._work), name=f"worker {number}")
        except BaseExceptionGroup as group:
            raise EngineError("The dispatcher broke down; the log has the details.") from group

    async def rescue(self) -> None:
        """Take over the jobs of engines that have died, and those whose lease nobody renews."""
        at = self._desk.clock()
        limit = self._settings.max_attempts
        owners = await self._desk.store.owners()
        taken = 0
        for name in owners - {self._instance}:
            parent = instances.dead_parent(self._settings.data_dir, name)
            if parent is not None:
                fate = self._console_fate(parent)
                taken += await self._desk.store.adopt(
                    name, owner=self._instance, at=at, max_attempts=limit, console=fate
                )
        taken += await self._desk.store.adopt_expired(
            owner=self._instance, at=at, max_attempts=limit, spare=self._rendering
        )
        instances.tidy(self._settings.data_dir, needed=owners | {self._instance})
        if taken:
            _log.info("took over %d unfinished jobs of engines that have ended", taken)
            self._desk.hub.work.set()

    async def sweep(self) -> None:
        """Delete clips that need not be kept, and what ended jobs left in their work folders."""
        # Look at the disk first: what appears after these two lines is not judged by older knowledge.
        clips = await asyncio.to_thread(self._artifacts.clips)
        workdirs = await asyncio.to_thread(self._artifacts.workdirs)
        unfinished = await self._desk.store.unfinished()
        owed = await self._desk.store.deliveries(platform=None, state=DeliveryState.PENDING)
        may_go = clips - unfinished - {delivery.job_id for delivery in owed}
        retention = Retention(
            age=timedelta(days=self._settings.keep_clips_days),
            bytes=self._settings.keep_clips_megabytes * MEGABYTE,
        )
        gone = await asyncio.to_thread(
            self._artifacts.sweep, retention, now=self._desk.clock(), may_go=may_go
        )
        for job_id in workdirs - unfinished:
            await asyncio.to_thread(self._artifacts.drop_workdir, job_id)
        if gone:
            _log.info("deleted %d clips that were too old or too many", len(gone))

    async def render(self, job: Job) -> None:
        """Render a job that was claimed, and end it or give it back."""
        hold = Hold(job_id=job.id, owner=self._instance, attempt=job.attempts)
        async with under_way(self._desk, hold) as recorder:
            try:
                outcome = await self._attempt(job, recorder.hear)
            except asyncio.CancelledError:
                await recorder.flush()
                await self._give_back(hold, "The engine was stopped.", attempts=job.attempts - 1)
                raise
            await recorder.flush()
        await asyncio.to_thread(self._artifacts.drop_workdir, job.id)
        if isinstance(outcome, WorkerDied) and job.attempts < self._settings.max_attempts:
            await self._give_back(hold, outcome.message, attempts=job.attempts)
        else:
            await self._end(hold, outcome)

    async def _work(self) -> None:
        while True:
            self._desk.hub.work.clear()
            job = await self._desk.store.claim(
                owner=self._instance, at=self._desk.clock(), lease_until=self._desk.lease_until()
            )
            if job is None:
                await self._desk.hub.work.wait()
            else:
                self._desk.hub.work.set()  # what else waits is for the other workers
                _log.info("job %s: attempt %d", job.id, job.attempts)
                self._rendering.add(job.id)
                try:
                    await self.render(job)
                finally:
                    self._rendering.discard(job.id)

    async def _attempt(self, job: Job, hear: Callable[[JobNews], None]) -> FinalEvent | WorkerDied:
        """Render once; return the event that ends the job, or the death of the worker."""
        try:
            self._artifacts.check_space()
            workdir: Path = await asyncio.to_thread(self._artifacts.fresh_workdir, job.id)
            async with asyncio.timeout(self._settings.job_seconds_limit):
                clip = await self._desk.executor.run(job, workdir=workdir, on_message=hear)
            kept = await asyncio.to_thread(self._artifacts.keep, job.id, clip)
        except WorkerDied as death:
            return death
        except Exception as error:  # noqa: BLE001 - whatever goes wrong costs this job, not the engine
            return self._end_of(job.id, error)
        return JobSucceeded(job_id=job.id, seq=0, at=self._desk.clock(), clip=kept)

    def _end_of(self, job_id: JobId, error: Exception) -> JobFailed | JobCancelled:
        """Return the event that ends a job with ``error``."""
        if isinstance(error, Cancelled):
            return JobCancelled(job_id=job_id, seq=0, at=self._desk.clock())
        if isinstance(error, TextreelError):
            return self._failed(job_id, error)
        if isinstance(error, TimeoutError):
            limit = self._settings.job_seconds_limit
            return self._failed(
                job_id, StageFailed(f"The job took longer than {limit:.0f} s and was stopped.")
            )
        if isinstance(error, OSError):
            text = f"The files of the job could not be written: {error.strerror}."
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            return self._failed(job_id, StorageFull(text) if full else RenderError(text))
        _log.error("job %s failed in an unforeseen way", job_id, exc_info=error)
        return self._failed(job_id, EngineError("The engine failed; its log has the details."))

    def _failed(self, job_id: JobId, error: TextreelError) -> JobFailed:
        return JobFailed(job_id=job_id, seq=0, at=self._desk.clock(), code=error.code, detail=error.message)

    async def _end(self, hold: Hold, outcome: FinalEvent | WorkerDied) -> None:
        if isinstance(outcome, WorkerDied):
            times = f" It was tried {hold.attempt} times." if hold.attempt > 1 else ""
            outcome = self._failed(hold.job_id, WorkerDied(outcome.message + times))
        if await self._store_end(hold, outcome):
            _log.info("job %s: %s", hold.job_id, type(outcome).__name__)
            if isinstance(outcome, JobSucceeded):
                self._desk.hub.meter.rendered(outcome.clip.seconds, outcome.clip.timings)
            self._desk.hub.rows.announce(hold.job_id)
        else:
            _log.warning("job %s was taken over by another engine; this attempt is void", hold.job_id)

    async def _store_end(self, hold: Hold, outcome: FinalEvent) -> bool:
        """Store how a job ended; a store that fails for a moment (a full disk) gets more than one try."""
        for failures in range(END_TRIES - 1):
            try:
                return await self._desk.store.finish(hold, outcome)
            except TextreelError:
                _log.exception("job %s: its end was not stored", hold.job_id)
                await asyncio.sleep(PAUSE_SECONDS * 2**failures)
        return await self._desk.store.finish(hold, outcome)

    async def _give_back(self, hold: Hold, reason: str, *, attempts: int) -> None:
        event = JobRequeued(
            job_id=hold.job_id, seq=0, at=self._desk.clock(), attempts=attempts, reason=reason
        )
        if await self._desk.store.requeue(hold, event):
            _log.info("job %s is back in the queue: %s", hold.job_id, reason)
            self._desk.hub.rows.announce(hold.job_id)

    def _console_fate(self, parent: instances.Parent) -> ConsoleFate:
        if parent == self._parent and parent.is_alive:
            return ConsoleFate.KEEP
        return ConsoleFate.LEAVE if parent.is_alive else ConsoleFate.CANCEL

    async def _every(self, seconds: float, task: Callable[[], Awaitable[None]]) -> None:
        """Do something now and then; what goes wrong is logged and tried again the next time."""
        while True:
            try:
                await task()
            except (TextreelError, OSError):
                _log.exception("the dispatcher's %s failed", getattr(task, "__name__", "task"))
            await asyncio.sleep(seconds)
