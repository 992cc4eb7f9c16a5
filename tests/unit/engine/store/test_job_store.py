"""What every job store promises, on SQLite and in memory alike."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.contract.delivery import DeliveryState
from engine.contract.errors import JobNotFound, QuotaExceeded
from engine.contract.events import (
    AnyJobEvent,
    JobCancelled,
    JobFailed,
    JobQueued,
    JobRequeued,
    JobSucceeded,
    Stage,
    StageStarted,
)
from engine.contract.job import Job, JobId, JobStatus
from engine.contract.quota import QuotaScope, QuotaWindow
from engine.contract.request import ReplyAddress, Requester
from engine.ports import ConsoleFate, Hold, JobStore, Lease
from engine.quota import Account, Standing
from tests.fakes import values
from tests.fakes.values import NOON, at

ME = "engine-1"
OTHER = "engine-2"
DAY = "2026-05-04"
MINUTE = timedelta(minutes=1)


def new_job(name: str, *, user: str = "7", platform: str = "fake", queued: float = 0.0) -> Job:
    asked = values.request(
        requester=Requester(platform=platform, user_id=user),
        reply_to=ReplyAddress(platform=platform, payload='{"chat": 1}'),
        idempotency_key=f"key of {name}",
    )
    return values.job(asked, id=JobId(name), queued_at=at(queued))


async def put(store: JobStore, job: Job, *, owner: str = ME) -> Job:
    stored, is_new = await store.submit(job, owner=owner, seconds=10.0, day=DAY, admit=lambda _: None)
    assert is_new
    return stored


async def take(store: JobStore, *, owner: str = ME, when: float = 1.0) -> Job:
    job = await store.claim(owner=owner, at=at(when), lease_until=at(when) + MINUTE)
    assert job is not None
    return job


def hold_of(job: Job, *, owner: str = ME) -> Hold:
    return Hold(job_id=job.id, owner=owner, attempt=job.attempts)


def success(job: Job, *, seconds: float = 4.0) -> JobSucceeded:
    return JobSucceeded(job_id=job.id, seq=0, at=at(9), clip=values.clip(seconds=seconds))


async def used(store: JobStore, *, user: str = "7") -> float:
    """Return what a user has used and reserved on the day."""
    return (await standing(store, user=user)).used[Account(QuotaScope.USER, f"fake:{user}", QuotaWindow.DAY)]


async def standing(store: JobStore, *, user: str = "7") -> Standing:
    """Read a user's standing as a request does: by asking for one more job, and refusing it."""
    seen: list[Standing] = []

    def look(found: Standing) -> None:
        seen.append(found)
        raise QuotaExceeded

    with pytest.raises(QuotaExceeded):
        await store.submit(new_job("probe", user=user), owner=ME, seconds=1.0, day=DAY, admit=look)
    return seen[0]


async def test_a_submitted_job_is_stored_with_event_reservation_and_delivery(store: JobStore) -> None:
    job = await put(store, new_job("a"))
    assert await store.job(job.id) == new_job("a")
    assert await store.events_after(job.id, 0) == (JobQueued(job_id=job.id, seq=1, at=NOON, position=1),)
    assert await used(store) == 10.0
    (owed,) = await store.deliveries(platform="fake", state=DeliveryState.WAITING)
    assert (owed.job_id, owed.address, owed.attempts) == (job.id, job.request.reply_to, 0)


async def test_the_same_key_gives_the_same_job_and_is_not_charged_twice(store: JobStore) -> None:
    first = await put(store, new_job("a"))
    again = values.job(first.request, id=JobId("b"))

    def refuse(_: Standing) -> None:
        raise AssertionError("a repeated request is not judged again")

    assert await store.submit(again, owner=OTHER, seconds=10.0, day=DAY, admit=refuse) == (first, False)
    assert await used(store) == 10.0
    with pytest.raises(JobNotFound):
        await store.job(JobId("b"))


async def test_a_refused_job_leaves_nothing_behind(store: JobStore) -> None:
    await standing(store)
    assert await store.count_queued() == 0
    assert await store.events_after(JobId("probe"), 0) == ()
    assert await store.deliveries(platform=None, state=DeliveryState.WAITING) == ()


async def test_standing_counts_the_user_and_everybody(store: JobStore) -> None:
    for name, user in (("a", "7"), ("b", "7"), ("c", "8")):
        await put(store, new_job(name, user=user))
    found = await standing(store, user="7")
    assert (found.waiting, found.queued, found.last_at) == (2, 3, NOON)
    assert set(found.used.values()) == {20.0}
    found = await standing(store, user="9")
    assert (found.waiting, found.queued, found.last_at) == (0, 3, None)
    assert set(found.used.values()) == {0.0}


async def test_claiming_starts_an_attempt_under_a_lease(store: JobStore) -> None:
    await put(store, new_job("a"))
    job = await take(store)
    assert (job.status, job.attempts, job.started_at) == (JobStatus.RUNNING, 1, at(1))
    assert job.lease_until == at(61)
    assert await store.claim(owner=ME, at=at(2), lease_until=at(62)) is None


async def test_an_engine_claims_only_what_it_was_given(store: JobStore) -> None:
    await put(store, new_job("a"), owner=OTHER)
    assert await store.claim(owner=ME, at=at(1), lease_until=at(61)) is None
    assert (await take(store, owner=OTHER)).id == "a"


async def test_the_least_recently_served_user_is_next(store: JobStore) -> None:
    for name, user, queued in (
        ("a1", "a", 0),
        ("a2", "a", 1),
        ("a3", "a", 2),
        ("b1", "b", 3),
        ("c1", "c", 4),
    ):
        await put(store, new_job(name, user=user, queued=queued))
    order = [(await take(store, when=10 + turn)).id for turn in range(5)]
    assert order == ["a1", "b1", "c1", "a2", "a3"]


async def test_success_settles_to_what_was_rendered(store: JobStore) -> None:
    await put(store, new_job("a"))
    job = await take(store)
    assert await store.finish(hold_of(job), success(job, seconds=4.0))
    done = await store.job(job.id)
    assert (done.status, done.finished_at, done.lease_until) == (JobStatus.SUCCEEDED, at(9), None)
    assert done.clip == values.clip(seconds=4.0)
    assert await used(store) == 4.0
    (owed,) = await store.deliveries(platform="fake", state=DeliveryState.PENDING)
    assert owed.job_id == job.id
    assert type((await store.events_after(job.id, 1))[-1]) is JobSucceeded


@pytest.mark.parametrize(
    ("event", "status"),
    [
        (JobFailed(job_id=JobId("a"), seq=0, at=NOON, code="stage_failed", detail="why"), JobStatus.FAILED),
        (JobCancelled(job_id=JobId("a"), seq=0, at=NOON), JobStatus.CANCELLED),
    ],
)
async def test_failure_and_cancellation_refund(
    store: JobStore, event: JobFailed | JobCancelled, status: JobStatus
) -> None:
    await put(store, new_job("a"))
    job = await take(store)
    assert await store.finish(hold_of(job), event)
    done = await store.job(job.id)
    assert done.status is status
    assert done.error_code == (event.code if isinstance(event, JobFailed) else None)
    assert await used(store) == 0.0
    assert len(await store.deliveries(platform=None, state=DeliveryState.PENDING)) == 1


async def test_a_job_ends_once(store: JobStore) -> None:
    await put(store, new_job("a"))
    job = await take(store)
    assert await store.finish(hold_of(job), success(job))
    assert not await store.finish(hold_of(job), JobCancelled(job_id=job.id, seq=0, at=NOON))
    assert not await store.append(hold_of(job), StageStarted(job_id=job.id, seq=0, at=NOON, stage=Stage.PLAN))
    assert await store.renew(hold_of(job), lease_until=at(99)) is Lease.LOST
    assert (await store.job(job.id)).status is JobStatus.SUCCEEDED


async def test_a_hold_on_another_attempt_is_void(store: JobStore) -> None:
    await put(store, new_job("a"))
    first = await take(store)
    back = JobRequeued(job_id=first.id, seq=0, at=at(2), attempts=1, reason="the worker died")
    assert await store.requeue(hold_of(first), back)
    second = await take(store, when=3)
    assert second.attempts == 2
    assert not await store.finish(hold_of(first), success(first))
    assert not await store.requeue(hold_of(first), back)
    assert await store.renew(hold_of(second), lease_until=at(99)) is Lease.HELD
    assert (await store.job(first.id)).lease_until == at(99)


async def test_events_are_numbered_and_resumed(store: JobStore) -> None:
    await put(store, new_job("a"))
    job = await take(store)
    for stage in (Stage.UNDERSTAND, Stage.PLAN):
        event: AnyJobEvent = StageStarted(job_id=job.id, seq=0, at=NOON, stage=stage)
        assert await store.append(hold_of(job), event)
    numbers = [event.seq for event in await store.events_after(job.id, 0)]
    assert numbers == [1, 2, 3]
    (last,) = await store.events_after(job.id, 2)
    assert last == StageStarted(job_id=job.id, seq=3, at=NOON, stage=Stage.PLAN)
    assert await store.events_after(job.id, 3) == ()


async def test_cancelling_a_waiting_job_ends_it(store: JobStore) -> None:
    await put(store, new_job("a"))
    job = await store.ask_cancel(JobId("a"), at=at(5))
    assert (job.status, job.finished_at) == (JobStatus.CANCELLED, at(5))
    assert await used(store) == 0.0
    assert await store.claim(owner=ME, at=at(6), lease_until=at(66)) is None


async def test_cancelling_a_running_job_asks_its_holder(store: JobStore) -> None:
    await put(store, new_job("a"))
    job = await take(store)
    assert (await store.ask_cancel(job.id, at=at(5))).status is JobStatus.RUNNING
    assert await store.renew(hold_of(job), lease_until=at(70)) is Lease.CANCEL_ASKED


async def test_cancelling_an_ended_job_changes_nothing(store: JobStore) -> None:
    await put(store, new_job("a"))
    job = await take(store)
    await store.finish(hold_of(job), success(job))
    assert (await store.ask_cancel(job.id, at=at(20))).status is JobStatus.SUCCEEDED
    with pytest.raises(JobNotFound):
        await store.ask_cancel(JobId("nobody's"), at=at(20))


async def test_deliveries_are_tried_until_done(store: JobStore) -> None:
    await put(store, new_job("a"))
    await put(store, new_job("b", platform="other"))
    job = await take(store)
    await store.finish(hold_of(job), success(job))
    await store.delivery_tried(job.id, error="The chat is away.")
    (owed,) = await store.deliveries(platform="fake", state=DeliveryState.PENDING)
    assert (owed.attempts, owed.last_error) == (1, "The chat is away.")
    await store.delivery_tried(job.id, error=None)
    assert await store.deliveries(platform=None, state=DeliveryState.PENDING) == ()
    (done,) = await store.deliveries(platform=None, state=DeliveryState.DONE)
    assert (done.attempts, done.last_error) == (2, None)
    with pytest.raises(JobNotFound):
        await store.delivery_tried(JobId("nobody's"), error=None)


async def test_jobs_of_a_dead_engine_are_taken_over(store: JobStore) -> None:
    await put(store, new_job("runs"), owner=OTHER)
    running = await take(store, owner=OTHER)
    await put(store, new_job("waits", queued=1), owner=OTHER)
    assert await store.owners() == {OTHER}
    assert await store.adopt(OTHER, owner=ME, at=at(5), max_attempts=3, console=ConsoleFate.CANCEL) == 2
    assert await store.owners() == {ME}
    assert not await store.finish(hold_of(running, owner=OTHER), success(running))
    assert type((await store.events_after(running.id, 1))[-1]) is JobRequeued
    assert sorted([(await take(store, when=6)).id, (await take(store, when=7)).id]) == ["runs", "waits"]
    assert (await store.job(running.id)).attempts == 2


async def test_a_job_that_was_tried_too_often_fails(store: JobStore) -> None:
    await put(store, new_job("a"), owner=OTHER)
    job = await take(store, owner=OTHER)
    await store.adopt(OTHER, owner=ME, at=at(5), max_attempts=1, console=ConsoleFate.CANCEL)
    failed = await store.job(job.id)
    assert (failed.status, failed.error_code) == (JobStatus.FAILED, "worker_died")
    assert await used(store) == 0.0


@pytest.mark.parametrize(
    ("fate", "status", "owner"),
    [
        (ConsoleFate.KEEP, JobStatus.QUEUED, ME),
        (ConsoleFate.LEAVE, JobStatus.QUEUED, OTHER),
        (ConsoleFate.CANCEL, JobStatus.CANCELLED, None),
    ],
)
async def test_the_fate_of_console_jobs(
    store: JobStore, fate: ConsoleFate, status: JobStatus, owner: str | None
) -> None:
    await put(store, new_job("a", platform="console"), owner=OTHER)
    await store.adopt(OTHER, owner=ME, at=at(5), max_attempts=3, console=fate)
    assert (await store.job(JobId("a"))).status is status
    assert await store.owners() == (frozenset() if owner is None else {owner})
    pending = await store.deliveries(platform="console", state=DeliveryState.PENDING)
    assert pending == ()


async def test_what_a_dead_console_was_owed_is_dropped(store: JobStore) -> None:
    await put(store, new_job("a", platform="console"), owner=OTHER)
    job = await take(store, owner=OTHER)
    await store.finish(hold_of(job, owner=OTHER), success(job))
    await store.adopt(OTHER, owner=ME, at=at(5), max_attempts=3, console=ConsoleFate.LEAVE)
    assert len(await store.deliveries(platform="console", state=DeliveryState.PENDING)) == 1
    await store.adopt(OTHER, owner=ME, at=at(5), max_attempts=3, console=ConsoleFate.CANCEL)
    assert await store.deliveries(platform="console", state=DeliveryState.PENDING) == ()
    assert (await store.job(job.id)).status is JobStatus.SUCCEEDED


async def test_a_lease_that_nobody_renews_is_lost(store: JobStore) -> None:
    await put(store, new_job("a"), owner=OTHER)
    job = await take(store, owner=OTHER, when=1)
    nobody: frozenset[JobId] = frozenset()
    assert await store.adopt_expired(owner=ME, at=at(60), max_attempts=3, spare=nobody) == 0
    assert await store.adopt_expired(owner=ME, at=at(62), max_attempts=3, spare={job.id}) == 0
    assert await store.adopt_expired(owner=ME, at=at(62), max_attempts=3, spare=nobody) == 1
    assert (await take(store, when=63)).attempts == 2
    assert await store.renew(hold_of(job, owner=OTHER), lease_until=at(90)) is Lease.LOST


async def test_unfinished_jobs(store: JobStore) -> None:
    for name in ("a", "b", "c"):
        await put(store, new_job(name))
    job = await take(store)
    await store.finish(hold_of(job), success(job))
    await take(store, when=2)
    assert await store.unfinished() == {"a", "b", "c"} - {job.id}
