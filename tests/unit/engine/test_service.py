from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from engine.contract.delivery import DeliveryState
from engine.contract.errors import (
    Blocked,
    EmptyPrompt,
    InvalidOption,
    JobNotFound,
    QueueFull,
    QuotaExceeded,
    StorageFull,
)
from engine.contract.events import AnyJobEvent, JobCancelled, JobQueued, Stage, StageStarted
from engine.contract.job import Job, JobId, JobStatus
from engine.contract.request import ClipOptions
from engine.contract.wire import CONTRACT_VERSION
from engine.ports import Hold
from engine.queueing import Place
from engine.quota import next_day
from engine.service import EventHub, Health, Service
from engine.settings import EngineSettings
from tests.fakes import engine_parts, values
from tests.fakes.executor import FakeExecutor
from tests.fakes.memory_store import InMemoryStore
from tests.fakes.values import NOON, at

ME = "engine-1"


class Parts:
    """A service with all that a test looks at."""

    def __init__(self, settings: EngineSettings) -> None:
        self.store = InMemoryStore()
        self.executor = FakeExecutor()
        self.hub = EventHub()
        self.disk_is_full = False
        self.service = Service(
            self.store,
            self.executor,
            self.hub,
            settings=settings,
            instance=ME,
            clock=lambda: NOON,
            check_space=self.check_space,
        )

    def check_space(self) -> None:
        if self.disk_is_full:
            raise StorageFull

    async def claim(self) -> Hold:
        job = await self.store.claim(owner=ME, at=at(1), lease_until=at(61))
        assert job is not None
        return Hold(job_id=job.id, owner=ME, attempt=job.attempts)


@pytest.fixture
def settings(tmp_path: Path) -> EngineSettings:
    return engine_parts.settings(tmp_path)


@pytest.fixture
async def parts(settings: EngineSettings) -> Parts:
    made = Parts(settings)
    await made.executor.start()
    return made


async def submit(parts: Parts, name: str = "1") -> Job:
    job, is_new = await parts.service.submit(values.request(idempotency_key=name))
    assert is_new
    return job


async def test_a_submitted_job_waits_and_wakes_the_dispatcher(parts: Parts) -> None:
    job, is_new = await parts.service.submit(values.request(text="  A fox. "))
    assert is_new
    assert (job.status, job.request.text, job.queued_at) == (JobStatus.QUEUED, "A fox.", NOON)
    assert 0 <= job.seed < 2**31
    assert parts.hub.work.is_set()
    assert await parts.service.status(job.id) == job


async def test_the_seed_of_the_request_is_kept(parts: Parts) -> None:
    job, _ = await parts.service.submit(values.request(seed=7))
    assert job.seed == 7


async def test_a_repeated_message_makes_no_second_job(parts: Parts) -> None:
    first = await submit(parts)
    parts.hub.work.clear()
    assert await parts.service.submit(values.request(idempotency_key="1", text="Else.")) == (first, False)
    assert not parts.hub.work.is_set()


async def test_bad_requests_are_refused_before_anything_is_stored(parts: Parts) -> None:
    with pytest.raises(EmptyPrompt):
        await parts.service.submit(values.request(text=" "))
    parts.disk_is_full = True
    with pytest.raises(StorageFull):
        await parts.service.submit(values.request())
    assert await parts.store.count_queued() == 0


async def test_a_used_up_quota_says_when_it_resets(settings: EngineSettings) -> None:
    quota = replace(settings.quota, seconds_per_day=10.0)
    parts = Parts(replace(settings, quota=quota))
    await submit(parts, "1")
    with pytest.raises(QuotaExceeded) as refused:
        await submit(parts, "2")
    assert refused.value.resets_at == next_day(NOON)
    assert await parts.store.count_queued() == 1


async def test_a_blocked_user_is_refused(parts: Parts) -> None:
    await parts.service.allowances.block("fake:7", reason="Spam", days=1.0, by="root")
    with pytest.raises(Blocked, match=r"until 2026-05-05 12:00\. The reason: Spam"):
        await submit(parts, "1")
    assert await parts.store.count_queued() == 0


async def test_a_larger_picture_costs_more(settings: EngineSettings) -> None:
    quota = replace(settings.quota, seconds_per_day=20.0)
    parts = Parts(replace(settings, quota=quota))
    wish = ClipOptions(seconds=10.0)
    await parts.service.submit(values.request(options=wish, idempotency_key="1"))
    large = replace(wish, height_px=1080)
    with pytest.raises(QuotaExceeded, match=r"may cost 22 s, and 10 s of today's 20 s"):
        await parts.service.submit(values.request(options=large, idempotency_key="2"))
    await parts.service.submit(values.request(options=wish, idempotency_key="3"))


async def test_the_turn_of_a_waiting_job(parts: Parts) -> None:
    # Both came at the same moment, so their ids decide.
    first, second = sorted([await submit(parts, "1"), await submit(parts, "2")], key=lambda job: job.id)
    place = await parts.service.place(second)
    assert place == Place(position=2, wait_seconds_low=None, wait_seconds_high=None)
    await parts.service.cancel(first.id)
    place = await parts.service.place(second)
    assert place is not None
    assert place.position == 1
    assert await parts.service.place(await parts.service.cancel(second.id)) is None
    assert {job.id for job in await parts.service.history("fake:7", limit=9)} == {first.id, second.id}


async def test_a_full_queue_is_told(settings: EngineSettings) -> None:
    parts = Parts(replace(settings, max_queued=1))
    await submit(parts, "1")
    with pytest.raises(QueueFull, match="1 clips are waiting"):
        await submit(parts, "2")


async def test_cancelling_a_waiting_job(parts: Parts) -> None:
    job = await submit(parts)
    assert (await parts.service.cancel(job.id)).status is JobStatus.CANCELLED
    assert (await parts.service.cancel(job.id)).status is JobStatus.CANCELLED
    with pytest.raises(JobNotFound):
        await parts.service.cancel(JobId("nobody's"))


async def test_cancelling_a_running_job_waits_until_it_has_stopped(parts: Parts) -> None:
    job = await submit(parts)
    hold = await parts.claim()

    async def dispatcher() -> None:
        with parts.hub.stops.listening(job.id) as asked:
            await asked.wait()
        await parts.store.finish(hold, JobCancelled(job_id=job.id, seq=0, at=at(2)))
        parts.hub.rows.announce(job.id)

    stopping = asyncio.create_task(dispatcher())
    await asyncio.sleep(0)
    assert (await parts.service.cancel(job.id)).status is JobStatus.CANCELLED
    await stopping


async def test_following_a_job_from_the_first_event_to_the_last(parts: Parts) -> None:
    job = await submit(parts)
    seen: list[AnyJobEvent] = []

    async def follow() -> None:
        async for batch in parts.service.follow(job.id, after=0, idle_seconds=60):
            seen.extend(batch)

    following = asyncio.create_task(follow())
    hold = await parts.claim()
    for event in (
        StageStarted(job_id=job.id, seq=0, at=at(2), stage=Stage.PLAN),
        StageStarted(job_id=job.id, seq=0, at=at(3), stage=Stage.GENERATE),
    ):
        await asyncio.sleep(0.01)
        await parts.store.append(hold, event)
        parts.hub.rows.announce(job.id)
    await asyncio.sleep(0.01)
    await parts.store.finish(hold, JobCancelled(job_id=job.id, seq=0, at=at(4)))
    parts.hub.rows.announce(job.id)
    await asyncio.wait_for(following, 5)
    assert [event.seq for event in seen] == [1, 2, 3, 4]
    assert [type(event) for event in seen] == [JobQueued, StageStarted, StageStarted, JobCancelled]


async def test_following_on_after_a_break(parts: Parts) -> None:
    job = await submit(parts)
    await parts.service.cancel(job.id)
    batches = [batch async for batch in parts.service.follow(job.id, after=1, idle_seconds=60)]
    assert [[event.seq for event in batch] for batch in batches] == [[2]]
    assert [batch async for batch in parts.service.follow(job.id, after=2, idle_seconds=60)] == [()]


async def test_a_silent_job_gives_signs_of_life(parts: Parts) -> None:
    job = await submit(parts)
    follower = parts.service.follow(job.id, after=1, idle_seconds=0.01)
    assert [await anext(follower) for _ in range(3)] == [(), (), ()]
    await follower.aclose()


async def test_following_nobodys_job(parts: Parts) -> None:
    with pytest.raises(JobNotFound):
        await anext(parts.service.follow(JobId("nobody's"), after=0, idle_seconds=1))


async def test_the_outbox(parts: Parts) -> None:
    job = await submit(parts)
    await parts.service.cancel(job.id)
    (owed,) = await parts.service.deliveries(platform="fake", state=DeliveryState.PENDING)
    assert owed.job_id == job.id
    await parts.service.mark_delivered(job.id, error="The chat is away.")
    await parts.service.mark_delivered(job.id)
    (done,) = await parts.service.deliveries(platform=None, state=DeliveryState.DONE)
    assert done.attempts == 2


async def test_tools_are_run_by_name(parts: Parts) -> None:
    answer = await parts.service.tool("understand", {"text": "A fox."})
    assert answer == {"tool": "understand", "arguments": {"text": "A fox."}}
    with pytest.raises(InvalidOption, match="understand, storyboard"):
        await parts.service.tool("format_disk", {})
    assert parts.executor.called == ["understand"]


async def test_health(parts: Parts) -> None:
    await submit(parts)
    health = await parts.service.health()
    assert health == Health(worker="ready", queued=1, contract=CONTRACT_VERSION, instance=ME)
