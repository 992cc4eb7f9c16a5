from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import instances
from engine.contract.job import JobId, JobStatus
from engine.instances import NO_PARENT, Parent
from tests.fakes import values
from tests.fakes.dispatching import Parts
from tests.fakes.memory_store import InMemoryStore


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return Parts(tmp_path)


async def test_jobs_of_a_dead_engine_are_rendered(parts: Parts) -> None:
    with instances.living(parts.settings.data_dir, NO_PARENT) as name:
        await parts.submit("dead", owner=name)
    with instances.living(parts.settings.data_dir, NO_PARENT) as alive:
        await parts.submit("alive", owner=alive)
        async with parts.running():
            assert (await parts.ended("dead")).status is JobStatus.SUCCEEDED
        assert await parts.status("alive") is JobStatus.QUEUED


@pytest.mark.parametrize(
    ("same_parent", "expected"), [(True, JobStatus.SUCCEEDED), (False, JobStatus.CANCELLED)]
)
async def test_console_jobs_live_as_long_as_their_bot(
    tmp_path: Path, same_parent: bool, expected: JobStatus
) -> None:
    here = Parent.of(os.getpid())
    parts = Parts(tmp_path, parent=here)
    with instances.living(tmp_path, here if same_parent else Parent(pid=here.pid, started=1)) as name:
        await parts.submit("a", owner=name, platform="console")
    async with parts.running():
        assert (await parts.ended("a")).status is expected


async def test_a_job_that_shall_stop_stops_though_its_engine_died(parts: Parts) -> None:
    parts.executor.gate = asyncio.Event()
    with instances.living(parts.settings.data_dir, NO_PARENT) as name:
        await parts.submit("a", owner=name)
        await parts.store.claim(owner=name, at=parts.clock(), lease_until=values.at(60))
        await parts.store.ask_cancel(JobId("a"), at=parts.clock())
    async with parts.running():
        assert (await parts.ended("a")).status is JobStatus.CANCELLED


async def test_console_jobs_of_another_living_bot_are_left_to_it(tmp_path: Path) -> None:
    parts = Parts(tmp_path)
    with instances.living(tmp_path, Parent.of(os.getpid())) as name:
        await parts.submit("a", owner=name, platform="console")
    await parts.dispatcher.rescue()
    assert await parts.status("a") is JobStatus.QUEUED
    assert await parts.store.owners() == {name}


async def test_old_clips_are_swept_but_not_those_that_are_owed(tmp_path: Path) -> None:
    parts = Parts(tmp_path, keep_clips_megabytes=0)
    async with parts.running():
        for name in ("owed", "done"):
            await parts.submit(name)
            await parts.ended(name)
    await parts.store.delivery_tried(JobId("done"), error=None)
    await parts.dispatcher.sweep()
    assert parts.artifacts.clip(JobId("owed")) is not None
    assert parts.artifacts.clip(JobId("done")) is None


async def test_work_folders_of_ended_jobs_go(parts: Parts) -> None:
    parts.executor.gate = asyncio.Event()
    parts.artifacts.fresh_workdir(JobId("ended"))
    async with parts.running():
        await parts.submit("a")
        await parts.until("a", JobStatus.RUNNING)
        await parts.dispatcher.sweep()
        assert parts.artifacts.workdirs() <= {"a"}
        parts.executor.gate.set()
        assert (await parts.ended("a")).status is JobStatus.SUCCEEDED


class UpdatingStore(InMemoryStore):
    """A job is submitted and started while the dispatcher looks at the disk."""

    began: Callable[[], object] | None = None

    async def unfinished(self) -> frozenset[JobId]:
        known = await super().unfinished()
        if self.began is not None:
            self.began()
        return known


async def test_a_job_that_begins_during_a_sweep_keeps_its_work_folder(tmp_path: Path) -> None:
    store = UpdatingStore()
    parts = Parts(tmp_path, store=store)
    store.began = lambda: parts.artifacts.fresh_workdir(JobId("new"))
    await parts.dispatcher.sweep()
    assert parts.artifacts.workdirs() == {"new"}
