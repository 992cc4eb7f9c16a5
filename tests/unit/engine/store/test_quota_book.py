"""What every quota book promises, on SQLite and in memory alike."""

from __future__ import annotations

from datetime import timedelta

from engine.contract.events import JobFailed, JobSucceeded
from engine.contract.job import Job, JobId, JobStatus
from engine.contract.quota import QuotaBlock, QuotaRule, QuotaScope, QuotaWindow
from engine.contract.request import Requester
from engine.ports import Change, Hold, JobStore, Outcome
from engine.queueing import Queue
from engine.quota import Account, Grant
from tests.fakes import values
from tests.fakes.values import NOON, at

DAY, MONTH = QuotaWindow.DAY, QuotaWindow.MONTH
TODAY = "2026-05-04"
ANN = Requester(platform="fake", user_id="7", roles=("fan",), place="guild")
BOB = Requester(platform="fake", user_id="8", place="guild")
EVE = Requester(platform="other", user_id="7")
ROOT = Change(by="root", at=NOON)


def rule(scope: QuotaScope, subject: str, seconds: float | None = 9.0, **others: object) -> QuotaRule:
    return QuotaRule(
        scope=scope,
        subject=subject,
        seconds=seconds,
        window=others.get("window", DAY),  # type: ignore[arg-type]
        shared=bool(others.get("shared")),
    )


async def put(store: JobStore, who: Requester, *, seconds: float = 10.0, day: str = TODAY) -> Job:
    """Queue a job of ``who``."""
    name = f"{who.key} {len(await store.history(who.key, limit=99))}"
    asked = values.request(requester=who, idempotency_key=name)
    job = values.job(asked, id=JobId(name))
    _, is_new = await store.submit(job, owner="engine-1", seconds=seconds, day=day, admit=lambda _: None)
    assert is_new
    return job


async def render(store: JobStore, *, seconds: float, width_px: int = 1280) -> None:
    """Render the next job."""
    job = await store.claim(owner="engine-1", at=at(1), lease_until=at(61))
    assert job is not None
    clip = values.clip(seconds=seconds, width_px=width_px)
    hold = Hold(job_id=job.id, owner="engine-1", attempt=1)
    assert await store.finish(hold, JobSucceeded(job_id=job.id, seq=0, at=at(9), clip=clip))


async def used(store: JobStore, who: Requester, window: QuotaWindow = DAY, *, day: str = TODAY) -> float:
    found = await store.quotas.standing(who, day=day)
    return found.used[Account(QuotaScope.USER, who.key, window)]


async def test_rules_are_set_changed_and_removed(store: JobStore) -> None:
    book = store.quotas
    user, everybody = rule(QuotaScope.USER, "fake:7"), rule(QuotaScope.EVERYBODY, "-", None)
    await book.set_rule(everybody, ROOT)
    await book.set_rule(rule(QuotaScope.USER, "fake:7", 5.0), ROOT)
    await book.set_rule(user, ROOT)
    assert await book.rules() == (user, everybody)
    assert await book.drop_rule(rule(QuotaScope.USER, "fake:7", None), ROOT)
    assert not await book.drop_rule(user, ROOT)
    assert not await book.drop_rule(rule(QuotaScope.EVERYBODY, "-", shared=True), ROOT)
    assert await book.rules() == (everybody,)


async def test_a_standing_has_the_rules_about_its_user_alone(store: JobStore) -> None:
    hers = (
        rule(QuotaScope.USER, "fake:7"),
        rule(QuotaScope.USER, "fake:7", window=MONTH),
        rule(QuotaScope.ROLE, "fake:fan"),
        rule(QuotaScope.PLACE, "fake:guild", shared=True),
        rule(QuotaScope.PLATFORM, "fake"),
        rule(QuotaScope.EVERYBODY, "-"),
    )
    others = (
        rule(QuotaScope.USER, "fake:8"),
        rule(QuotaScope.USER, "other:7"),
        rule(QuotaScope.ROLE, "other:fan"),
        rule(QuotaScope.PLACE, "fake:fan"),
        rule(QuotaScope.PLATFORM, "other"),
    )
    for item in (*others, *hers):
        await store.quotas.set_rule(item, ROOT)
    assert (await store.quotas.standing(ANN, day=TODAY)).rules == hers
    assert [item.subject for item in (await store.quotas.standing(EVE, day=TODAY)).rules] == [
        "other:7",
        "other",
        "-",
    ]


async def test_days_and_months_are_added_up_apart(store: JobStore) -> None:
    for day in ("2026-04-30", "2026-05-01", TODAY, TODAY, "2026-05-31", "2026-06-01"):
        await put(store, ANN, day=day)
    assert (await used(store, ANN), await used(store, ANN, MONTH)) == (20.0, 40.0)
    assert await used(store, ANN, MONTH, day="2026-06-15") == 10.0


async def test_pots_add_up_those_who_share_them(store: JobStore) -> None:
    pots = (
        rule(QuotaScope.PLACE, "fake:guild", shared=True),
        rule(QuotaScope.PLATFORM, "fake", shared=True),
        rule(QuotaScope.EVERYBODY, "-", shared=True),
    )
    for pot in pots:
        await store.quotas.set_rule(pot, ROOT)
    for who in (ANN, BOB, EVE, Requester(platform="fake", user_id="9", place="elsewhere")):
        await put(store, who)
    found = (await store.quotas.standing(ANN, day=TODAY)).used
    assert [found[Account(pot.scope, pot.subject, DAY)] for pot in pots] == [20.0, 30.0, 40.0]


async def test_a_clip_is_settled_by_its_seconds_and_pixels(store: JobStore) -> None:
    await put(store, ANN, seconds=40.0)
    await render(store, seconds=12.0, width_px=640)
    assert await used(store, ANN) == 6.0


async def test_a_grant_counts_once_in_its_window(store: JobStore) -> None:
    grant = Grant(user=ANN.key, window=DAY, begins=TODAY, seconds=30.0, key="one")
    assert await store.quotas.grant(grant, ROOT)
    assert not await store.quotas.grant(grant, ROOT)
    month = Grant(user=ANN.key, window=MONTH, begins=TODAY[:7], seconds=5.0, key="two")
    assert await store.quotas.grant(month, ROOT)
    assert (await store.quotas.standing(ANN, day=TODAY)).granted == {DAY: 30.0, MONTH: 5.0}
    assert (await store.quotas.standing(ANN, day="2026-05-05")).granted == {MONTH: 5.0}
    assert (await store.quotas.standing(ANN, day="2026-06-04")).granted == {}
    assert (await store.quotas.standing(BOB, day=TODAY)).granted == {}
    assert len(await store.quotas.audit(limit=9)) == 2


async def test_a_reset_forgives_what_was_rendered_and_keeps_the_ledger(store: JobStore) -> None:
    await put(store, ANN, day="2026-05-01")
    await render(store, seconds=7.0)
    await put(store, ANN)
    await render(store, seconds=4.0)
    await put(store, ANN, seconds=20.0)
    for _ in range(2):
        await store.quotas.reset(ANN.key, day=TODAY, change=ROOT)
    found = await store.quotas.standing(ANN, day=TODAY)
    assert found.forgiven == {DAY: 4.0, MONTH: 11.0}
    assert (await used(store, ANN), await used(store, ANN, MONTH)) == (24.0, 31.0)
    await render(store, seconds=3.0)
    await store.quotas.reset(ANN.key, day=TODAY, change=ROOT)
    found = await store.quotas.standing(ANN, day=TODAY)
    assert found.forgiven == {DAY: 7.0, MONTH: 14.0}
    assert (await store.quotas.standing(BOB, day=TODAY)).forgiven == {}


async def test_blocks(store: JobStore) -> None:
    first = QuotaBlock(user=ANN.key, reason="Spam.", until=None, at=NOON, by="root")
    later = QuotaBlock(user=ANN.key, reason="", until=NOON + timedelta(days=2), at=at(5), by="ann")
    await store.quotas.block(first)
    await store.quotas.block(later)
    assert (await store.quotas.standing(ANN, day=TODAY)).block == later
    assert (await store.quotas.standing(BOB, day=TODAY)).block is None
    assert await store.quotas.blocks() == (later,)
    assert await store.quotas.unblock(ANN.key, ROOT)
    assert not await store.quotas.unblock(ANN.key, ROOT)
    assert await store.quotas.blocks() == ()


async def test_every_change_is_recorded_with_who_and_when(store: JobStore) -> None:
    book = store.quotas
    pot = rule(QuotaScope.PLACE, "fake:guild", window=MONTH, shared=True)
    await book.set_rule(pot, Change(by="ann", at=at(1)))
    await book.set_rule(rule(QuotaScope.PLATFORM, "fake", None), ROOT)
    await book.drop_rule(pot, ROOT)
    await book.grant(Grant(user="fake:7", window=DAY, begins=TODAY, seconds=2.5, key="k"), ROOT)
    await book.reset("fake:7", day=TODAY, change=ROOT)
    await book.block(QuotaBlock(user="fake:7", reason="Spam.", until=at(60), at=NOON, by="bob"))
    await book.block(QuotaBlock(user="fake:7", reason="", until=None, at=NOON, by="bob"))
    await book.unblock("fake:7", ROOT)
    entries = await book.audit(limit=50)
    assert [entry.id for entry in entries] == [8, 7, 6, 5, 4, 3, 2, 1]
    assert (entries[-1].at, entries[-1].by) == (at(1), "ann")
    assert [(entry.action, entry.subject, entry.detail) for entry in reversed(entries)] == [
        ("set", "place fake:guild", "9 s a month, shared"),
        ("set", "platform fake", "no limit a day"),
        ("unset", "place fake:guild", "the month's rule, shared"),
        ("grant", "user fake:7", "2.5 s more in 2026-05-04"),
        ("reset", "user fake:7", "nothing used in 2026-05-04 and 2026-05"),
        ("block", "user fake:7", "until 2026-05-04T12:01+00:00: Spam."),
        ("block", "user fake:7", "for good"),
        ("unblock", "user fake:7", ""),
    ]
    assert [entry.id for entry in await book.audit(limit=2)] == [8, 7]


async def test_the_history_of_a_user(store: JobStore) -> None:
    first, second = await put(store, ANN), await put(store, ANN)
    await put(store, BOB)
    assert [job.id for job in await store.history(ANN.key, limit=9)] == [second.id, first.id]
    assert [job.id for job in await store.history(ANN.key, limit=1)] == [second.id]
    assert await store.history("nobody:1", limit=9) == ()


async def test_jobs_are_counted_by_outcome(store: JobStore) -> None:
    for _ in range(3):
        await put(store, ANN)
    await render(store, seconds=5.0)
    job = await store.claim(owner="engine-1", at=at(1), lease_until=at(61))
    assert job is not None
    failed = JobFailed(job_id=job.id, seq=0, at=at(9), code="stage_failed", detail="why")
    await store.finish(Hold(job_id=job.id, owner="engine-1", attempt=1), failed)
    assert await store.outcomes() == {
        Outcome(JobStatus.QUEUED, None): 1,
        Outcome(JobStatus.SUCCEEDED, None): 1,
        Outcome(JobStatus.FAILED, "stage_failed"): 1,
    }


async def test_the_queue_of_an_engine(store: JobStore) -> None:
    first, second = await put(store, ANN), await put(store, ANN)
    third = await put(store, BOB)
    await render(store, seconds=5.0)
    running = await store.claim(owner="engine-1", at=at(20), lease_until=at(80))
    assert running is not None
    assert running.id == third.id
    queue = await store.queue_around(second.id)
    assert queue == Queue(ahead=0, running=(at(20),), walls=(8.0,))
    assert (await store.queue_around(first.id)).ahead is None
    late = await put(store, BOB)
    assert (await store.queue_around(late.id)).ahead == 1
