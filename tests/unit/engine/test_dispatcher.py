from __future__ import annotations

import asyncio
import errno
import os
from pathlib import Path
from typing import Any

import pytest

from engine.contract.clip import Clip
from engine.contract.delivery import DeliveryState
from engine.contract.errors import CheckpointMissing, EngineError, StorageFull, WorkerDied
from engine.contract.events import JobRequeued, JobSucceeded, Stage, StageProgressed, StageStarted
from engine.contract.job import Job, JobId, JobStatus
from engine.ports import FinalEvent, Hold
from tests.fakes import engine_parts, values
from tests.fakes.dispatching import DAY, Parts
from tests.fakes.memory_store import InMemoryStore


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return Parts(tmp_path)


async def test_a_job_becomes_a_clip(parts: Parts) -> None:
    async with parts.running():
        await parts.submit("a")
        job = await parts.ended("a")
    assert (job.status, job.attempts) == (JobStatus.SUCCEEDED, 1)
    assert job.clip is not None
    assert job.clip.location == "/v1/jobs/a/clip"
    assert parts.artifacts.clip(job.id) is not None
    assert parts.store.used_seconds("fake:7", DAY) == job.clip.seconds
    assert len(await parts.store.deliveries(platform="fake", state=DeliveryState.PENDING)) == 1
    assert list((parts.settings.data_dir / "work").iterdir()) == []


async def test_news_of_the_render_become_events_in_order(parts: Parts) -> None:
    async with parts.running():
        await parts.submit("a")
        await parts.ended("a")
    _, started, progressed, ended = await parts.store.events_after(JobId("a"), 0)
    assert isinstance(started, StageStarted)
    assert started.stage is Stage.UNDERSTAND
    assert isinstance(progressed, StageProgressed)
    assert (progressed.done, progressed.total, progressed.detail) == (1, 2, "half")
    assert isinstance(ended, JobSucceeded)


async def test_jobs_run_one_after_the_other(parts: Parts) -> None:
    async with parts.running():
        for name in ("a", "b", "c"):
            await parts.submit(name)
        for name in ("a", "b", "c"):
            assert (await parts.ended(name)).status is JobStatus.SUCCEEDED
    assert parts.executor.ran == [("a", 1), ("b", 1), ("c", 1)]


async def test_as_many_jobs_run_together_as_the_executor_takes(parts: Parts) -> None:
    parts.executor.capacity = 2
    parts.executor.gate = asyncio.Event()
    async with parts.running():
        await asyncio.sleep(0.01)
        for name in ("a", "b", "c"):
            await parts.submit(name)
        for name in ("a", "b"):
            await parts.until(name, JobStatus.RUNNING)
        assert await parts.status("c") is JobStatus.QUEUED
        parts.executor.gate.set()
        await parts.ended("c")


async def test_a_named_failure_is_final(parts: Parts) -> None:
    parts.executor.errors = [CheckpointMissing("text_gan.safetensors is not there.")]
    async with parts.running():
        await parts.submit("a")
        job = await parts.ended("a")
    assert (job.status, job.attempts) == (JobStatus.FAILED, 1)
    assert (job.error_code, job.error_detail) == ("checkpoint_missing", "text_gan.safetensors is not there.")
    assert parts.store.used_seconds("fake:7", DAY) == 0.0


async def test_a_dead_worker_costs_an_attempt(parts: Parts) -> None:
    parts.executor.errors = [WorkerDied("killed"), WorkerDied("killed again")]
    async with parts.running():
        await parts.submit("a")
        job = await parts.ended("a")
    assert (job.status, job.attempts) == (JobStatus.SUCCEEDED, 3)
    back = [event for event in await parts.store.events_after(job.id, 0) if isinstance(event, JobRequeued)]
    assert [(event.attempts, event.reason) for event in back] == [(1, "killed"), (2, "killed again")]


async def test_a_job_that_kills_every_worker_fails_and_lets_the_next_one_pass(parts: Parts) -> None:
    parts.executor.errors = [WorkerDied("killed")] * 3
    async with parts.running():
        await parts.submit("poison")
        await parts.submit("good")
        poison, good = await parts.ended("poison"), await parts.ended("good")
    assert (poison.status, poison.error_code, poison.attempts) == (JobStatus.FAILED, "worker_died", 3)
    assert poison.error_detail == "killed It was tried 3 times."
    assert good.status is JobStatus.SUCCEEDED


async def test_a_clip_that_is_not_there_fails_the_job(parts: Parts) -> None:
    parts.executor.loses_clip = True
    async with parts.running():
        await parts.submit("a")
        assert (await parts.ended("a")).error_code == "render_failed"


async def test_no_render_starts_on_a_full_disk(parts: Parts) -> None:
    parts.free = 0
    async with parts.running():
        await parts.submit("a")
        assert (await parts.ended("a")).error_code == "storage_full"
    assert parts.executor.ran == []


async def test_a_job_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    parts = Parts(tmp_path, job_seconds_limit=0.05)
    parts.executor.gate = asyncio.Event()
    async with parts.running():
        await parts.submit("a")
        job = await parts.ended("a")
    assert (job.status, job.error_code) == (JobStatus.FAILED, "stage_failed")
    assert "longer than 0 s" in str(job.error_detail)


async def test_a_running_job_is_stopped_at_once_when_asked(parts: Parts) -> None:
    parts.executor.gate = asyncio.Event()
    async with parts.running():
        job = await parts.submit("a")
        await parts.until("a", JobStatus.RUNNING)
        await parts.store.ask_cancel(job.id, at=parts.clock())
        parts.hub.stops.announce(job.id)
        assert (await parts.ended("a")).status is JobStatus.CANCELLED


async def test_a_job_that_another_engine_took_is_let_go(tmp_path: Path) -> None:
    parts = Parts(tmp_path, lease_seconds=0.2)
    parts.executor.gate = asyncio.Event()
    async with parts.running():
        job = await parts.submit("a")
        await parts.until("a", JobStatus.RUNNING)
        later = values.at(1000)
        await parts.store.adopt_expired(owner="engine-2", at=later, max_attempts=3, spare=set())
        await parts.store.claim(owner="engine-2", at=later, lease_until=values.at(2000))

        async def let_go() -> bool:
            return not parts.executor._running

        await engine_parts.eventually(let_go)
    taken = await parts.store.job(job.id)
    assert (taken.status, taken.attempts) == (JobStatus.RUNNING, 2)


async def test_leases_are_renewed_while_a_render_goes_on(tmp_path: Path) -> None:
    parts = Parts(tmp_path, lease_seconds=0.04)
    parts.executor.gate = asyncio.Event()
    async with parts.running():
        await parts.submit("a")
        first = (await parts.until("a", JobStatus.RUNNING)).lease_until

        async def renewed() -> bool:
            parts.clock.forward(1)
            now = (await parts.store.job(JobId("a"))).lease_until
            return first is not None and now is not None and now > first

        await engine_parts.eventually(renewed)
        parts.executor.gate.set()
        await parts.ended("a")


async def test_stopping_the_engine_gives_the_job_back_without_a_cost(parts: Parts) -> None:
    parts.executor.gate = asyncio.Event()
    async with parts.running():
        await parts.submit("a")
        await parts.until("a", JobStatus.RUNNING)
    job = await parts.store.job(JobId("a"))
    assert (job.status, job.attempts, job.lease_until) == (JobStatus.QUEUED, 0, None)
    last = (await parts.store.events_after(job.id, 0))[-1]
    assert isinstance(last, JobRequeued)
    assert last.reason == "The engine was stopped."


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "storage_full"), (errno.EACCES, "render_failed")]
)
async def test_files_that_cannot_be_written_fail_the_job(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def keep(*_: Any) -> Clip:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(parts.artifacts, "keep", keep)
    async with parts.running():
        await parts.submit("a")
        job = await parts.ended("a")
    assert (job.error_code, job.status) == (code, JobStatus.FAILED)
    assert os.strerror(number) in str(job.error_detail)


async def test_a_mistake_of_ours_costs_one_job(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    keep, mistakes = parts.artifacts.keep, [RuntimeError("a mistake")]

    def keep_later(job_id: JobId, clip: Clip) -> Clip:
        if mistakes:
            raise mistakes.pop()
        return keep(job_id, clip)

    monkeypatch.setattr(parts.artifacts, "keep", keep_later)
    async with parts.running():
        await parts.submit("a")
        await parts.submit("b")
        first, second = await parts.ended("a"), await parts.ended("b")
    assert (first.error_code, second.status) == ("engine_error", JobStatus.SUCCEEDED)
    assert "a mistake" not in str(first.error_detail)


async def test_an_event_that_cannot_be_stored_holds_nothing_back(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def append(*_: Any) -> bool:
        raise TypeError("int64 is no part of the contract")

    monkeypatch.setattr(parts.store, "append", append)
    async with parts.running():
        await parts.submit("a")
        assert (await parts.ended("a")).status is JobStatus.SUCCEEDED


class ShakyStore(InMemoryStore):
    """Fails the first time that a job ends, as a full disk does."""

    def __init__(self) -> None:
        super().__init__()
        self.failures = 1

    async def finish(self, hold: Hold, event: FinalEvent) -> bool:
        if self.failures:
            self.failures -= 1
            raise StorageFull
        return await super().finish(hold, event)


async def test_an_end_that_could_not_be_stored_is_stored_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.dispatcher.PAUSE_SECONDS", 0.01)
    shaky = ShakyStore()
    parts = Parts(tmp_path, store=shaky)
    async with parts.running():
        await parts.submit("a")
        assert (await parts.ended("a")).status is JobStatus.SUCCEEDED
    assert shaky.failures == 0


async def test_a_broken_dispatcher_says_so(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    async def claim(**_: Any) -> Job | None:
        raise RuntimeError("a mistake of ours")

    await parts.executor.start()
    monkeypatch.setattr(parts.store, "claim", claim)
    with pytest.raises(EngineError, match="broke down"):
        await asyncio.wait_for(parts.dispatcher.run(), 5)
