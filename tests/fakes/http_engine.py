"""The real API over the real service, with the store in memory and no render process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiohttp import web

from engine.api.server import create_app
from engine.artifacts import Artifacts
from engine.contract.events import AnyJobEvent, JobSucceeded, Stage, StageStarted
from engine.contract.job import Job, JobId
from engine.contract.wire import to_json
from engine.ports import Hold, JobStore
from engine.service import EventHub, Service
from engine.tokens import Tokens
from tests.fakes import engine_parts, values
from tests.fakes.executor import FakeExecutor
from tests.fakes.memory_store import InMemoryStore
from tests.fakes.values import at
from tests.fixtures.pipelines.parts import write_clip

ME = "engine-1"
ADMIN = "the admin's token"
METRICS = "the monitor's token"


class HttpEngine:
    """What stands behind the API of a test."""

    def __init__(self, data_dir: Path, *, store: JobStore | None = None, **changes: Any) -> None:
        self.token = engine_parts.TOKEN
        self.tokens = Tokens(bot=self.token, admin=ADMIN, metrics=METRICS)
        self.store = store or InMemoryStore()
        self.executor = FakeExecutor()
        self.hub = EventHub()
        self.artifacts = Artifacts(data_dir, min_free_bytes=0)
        self.service = Service(
            self.store,
            self.executor,
            self.hub,
            settings=engine_parts.settings(data_dir, **changes),
            instance=ME,
            clock=engine_parts.Clock(),
            check_space=self.artifacts.check_space,
        )

    def app(self) -> web.Application:
        return create_app(self.service, self.artifacts, tokens=self.tokens)

    async def submit(self, name: str = "1") -> Job:
        job, _ = await self.service.submit(values.request(idempotency_key=name))
        return job

    async def claim(self) -> Hold:
        job = await self.store.claim(owner=ME, at=at(1), lease_until=at(61))
        assert job is not None
        return Hold(job_id=job.id, owner=ME, attempt=job.attempts)

    async def tell(self, hold: Hold, event: AnyJobEvent) -> None:
        await self.store.append(hold, event)
        self.hub.rows.announce(hold.job_id)

    async def stages(self, hold: Hold, *stages: Stage) -> None:
        for stage in stages:
            await self.tell(hold, StageStarted(job_id=hold.job_id, seq=0, at=at(2), stage=stage))

    async def succeed(self, hold: Hold) -> None:
        job = await self.store.job(hold.job_id)
        clip = self.artifacts.keep(job.id, write_clip(job, self.artifacts.fresh_workdir(job.id)))
        await self.store.finish(hold, JobSucceeded(job_id=job.id, seq=0, at=at(9), clip=clip))
        self.hub.rows.announce(job.id)

    async def done_job(self) -> JobId:
        job = await self.submit()
        await self.succeed(await self.claim())
        return job.id


def request_body(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = to_json(values.request(**changes))
    return body
