"""A dispatcher over a store in memory and an executor without a process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from engine.artifacts import MEGABYTE, Artifacts
from engine.attempt import Desk
from engine.contract.job import TERMINAL, Job, JobId, JobStatus
from engine.contract.request import ReplyAddress, Requester
from engine.dispatcher import Dispatcher
from engine.instances import NO_PARENT, Parent
from engine.service import EventHub
from tests.fakes import engine_parts, values
from tests.fakes.executor import FakeExecutor
from tests.fakes.memory_store import InMemoryStore

ME = "engine-1"
DAY = "2026-05-04"


class Parts:
    """A dispatcher with all that a test looks at."""

    def __init__(
        self,
        data_dir: Path,
        *,
        parent: Parent = NO_PARENT,
        store: InMemoryStore | None = None,
        **changes: Any,
    ) -> None:
        self.settings = engine_parts.settings(data_dir, **changes)
        self.store = store or InMemoryStore()
        self.executor = FakeExecutor()
        self.clock = engine_parts.Clock()
        self.hub = EventHub()
        self.free = 10 * MEGABYTE
        self.artifacts = Artifacts(data_dir, min_free_bytes=MEGABYTE, probe=lambda _: self.free)
        desk = Desk(
            store=self.store,
            executor=self.executor,
            hub=self.hub,
            clock=self.clock,
            lease_seconds=self.settings.lease_seconds,
        )
        self.dispatcher = Dispatcher(
            desk, artifacts=self.artifacts, settings=self.settings, instance=ME, parent=parent
        )

    async def submit(self, name: str, *, owner: str = ME, platform: str = "fake") -> Job:
        asked = values.request(
            requester=Requester(platform=platform, user_id="7"),
            reply_to=ReplyAddress(platform=platform),
            idempotency_key=name,
        )
        job = values.job(asked, id=JobId(name), queued_at=self.clock())
        await self.store.submit(job, owner=owner, seconds=10.0, day=DAY, admit=lambda _: None)
        self.hub.work.set()
        return job

    async def status(self, name: str) -> JobStatus:
        return (await self.store.job(JobId(name))).status

    async def until(self, name: str, *statuses: JobStatus) -> Job:
        async def reached() -> bool:
            return await self.status(name) in statuses

        await engine_parts.eventually(reached)
        return await self.store.job(JobId(name))

    async def ended(self, name: str) -> Job:
        return await self.until(name, *TERMINAL)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        await self.executor.start()
        task = asyncio.create_task(self.dispatcher.run())
        yield
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
