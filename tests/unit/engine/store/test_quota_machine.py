"""Any order of requests, endings and changes by admins: no grant goes over a limit, and both books agree."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings, strategies
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from engine.contract.events import FINAL_EVENTS, JobQueued, JobSucceeded
from engine.contract.job import JobId
from engine.contract.quota import QuotaRule, QuotaScope, QuotaWindow
from engine.contract.request import Requester
from engine.ports import Change, Hold, JobStore
from engine.queueing import Queue
from engine.quota import Denied, Grant, Standing, begin_of, decide, limits
from engine.settings import QuotaSettings
from engine.store.sqlite import SqliteStore
from tests.fakes import values
from tests.fakes.memory_store import InMemoryStore
from tests.fakes.values import at

USERS = tuple(Requester(platform="fake", user_id=name, place=place) for name, place in ("ag", "bg", "ch"))
WHO = strategies.sampled_from(USERS)
WINDOW = strategies.sampled_from(QuotaWindow)
TODAY = "2026-05-04"
CONFIG = QuotaSettings(
    seconds_per_day=60.0,
    seconds_per_month=90.0,
    max_waiting=4,
    cooldown_seconds=0.0,
    free_platforms=(),
    time_zone=None,
)
SUBJECTS = strategies.sampled_from(
    (
        (QuotaScope.USER, "fake:a", False),
        (QuotaScope.PLACE, "fake:g", False),
        (QuotaScope.PLACE, "fake:g", True),
        (QuotaScope.PLATFORM, "fake", False),
        (QuotaScope.EVERYBODY, "-", True),
    )
)
T = TypeVar("T")


async def _counted(store: JobStore, job_id: JobId) -> Queue:
    """Return the queue of a job; the order of what was measured does not count."""
    queue = await store.queue_around(job_id)
    return replace(queue, running=tuple(sorted(queue.running)), walls=tuple(sorted(queue.walls)))


class _Refused(Exception):
    """The request does not fit."""


class Quotas(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._loop = asyncio.Runner()
        self._real = self._run(SqliteStore.open(Path(self._folder.name) / "jobs.db"))
        self._model = InMemoryStore()
        self._moment = 0
        self._holds: list[Hold] = []

    def teardown(self) -> None:
        self._run(self._real.close())
        self._loop.close()
        self._folder.cleanup()

    @rule(who=WHO, cost=strategies.integers(1, 40))
    def submit(self, who: Requester, cost: int) -> None:
        moment = self._tick()
        asked = values.request(requester=who, idempotency_key=f"key {moment}")
        job = values.job(asked, id=JobId(f"job {moment}"), queued_at=at(moment))

        def admit(standing: Standing) -> None:
            if isinstance(decide(asked, standing, CONFIG, cost=float(cost), now=values.NOON), Denied):
                raise _Refused

        granted = []
        for store in (self._real, self._model):
            try:
                self._run(store.submit(job, owner="me", seconds=float(cost), day=TODAY, admit=admit))
                granted.append(True)
            except _Refused:
                granted.append(False)
        assert granted in ([True, True], [False, False])
        if granted[0]:
            found = self._run(self._real.quotas.standing(who, day=TODAY))
            for bound in limits(who, found, CONFIG, now=values.NOON):
                most = None if bound.limit_s is None else bound.limit_s + bound.granted_s
                assert most is None or bound.used_s <= most + 1e-6
            (event,) = self._both(lambda store: store.events_after(job.id, 0))
            assert isinstance(event, JobQueued)
            assert event.position - 1 == self._turn(job.id)

    @rule()
    def claim(self) -> None:
        moment = self._tick()
        turns = {self._turn(job_id): job_id for job_id in self._run(self._real.unfinished())}
        expected = turns.get(0)
        assert set(turns) - {None} == set(range(self._run(self._real.count_queued())))
        job = self._both(lambda store: store.claim(owner="me", at=at(moment), lease_until=at(moment + 60)))
        assert (None if job is None else job.id) == expected
        if job is not None:
            self._holds.append(Hold(job_id=job.id, owner="me", attempt=1))

    @rule(data=strategies.data(), rendered=strategies.integers(0, 30))
    def finish(self, data: strategies.DataObject, rendered: int) -> None:
        if self._holds:
            hold = data.draw(strategies.sampled_from(self._holds))
            self._holds.remove(hold)
            ending = replace(values.cancelled(hold.job_id), at=at(self._tick()))
            if rendered:
                clip = values.clip(seconds=float(rendered))
                ending = JobSucceeded(job_id=hold.job_id, seq=0, at=at(self._tick()), clip=clip)
            assert isinstance(ending, FINAL_EVENTS)
            assert self._both(lambda store: store.finish(hold, ending))

    @rule(subject=SUBJECTS, window=WINDOW, seconds=strategies.none() | strategies.integers(0, 120))
    def set_rule(
        self, subject: tuple[QuotaScope, str, bool], window: QuotaWindow, seconds: int | None
    ) -> None:
        made = self._made(subject, window, None if seconds is None else float(seconds))
        self._both(lambda store: store.quotas.set_rule(made, self._change()))

    @rule(subject=SUBJECTS, window=WINDOW)
    def drop_rule(self, subject: tuple[QuotaScope, str, bool], window: QuotaWindow) -> None:
        self._both(lambda store: store.quotas.drop_rule(self._made(subject, window, None), self._change()))

    @rule(who=WHO, window=WINDOW, seconds=strategies.integers(1, 50), key=strategies.integers(0, 5))
    def grant(self, who: Requester, window: QuotaWindow, seconds: int, key: int) -> None:
        made = Grant(
            user=who.key,
            window=window,
            begins=begin_of(window, TODAY),
            seconds=float(seconds),
            key=f"grant {key}",
        )
        self._both(lambda store: store.quotas.grant(made, self._change()))

    @rule(who=WHO)
    def reset(self, who: Requester) -> None:
        self._both(lambda store: store.quotas.reset(who.key, day=TODAY, change=self._change()))
        found = self._run(self._real.quotas.standing(who, day=TODAY))
        for bound in limits(who, found, CONFIG, now=values.NOON)[: len(QuotaWindow)]:
            assert bound.used_s <= 40 * len(self._run(self._real.unfinished()))

    @invariant()
    def both_books_agree(self) -> None:
        for who in USERS:
            real, model = (
                self._run(store.quotas.standing(who, day=TODAY)) for store in (self._real, self._model)
            )
            for mine, other in ((real.used, model.used), (real.forgiven, model.forgiven)):
                assert dict(mine) == pytest.approx(dict(other))
            assert (real.rules, real.granted, real.waiting, real.queued, real.last_at) == (
                model.rules,
                model.granted,
                model.waiting,
                model.queued,
                model.last_at,
            )
        self._both(lambda store: store.quotas.audit(limit=999))

    def _turn(self, job_id: JobId) -> int | None:
        """Return how many jobs are before one, as both stores say."""
        found: Queue = self._both(lambda store: _counted(store, job_id))
        return found.ahead

    def _made(
        self, subject: tuple[QuotaScope, str, bool], window: QuotaWindow, seconds: float | None
    ) -> QuotaRule:
        scope, name, shared = subject
        return QuotaRule(scope=scope, subject=name, window=window, seconds=seconds, shared=shared)

    def _change(self) -> Change:
        return Change(by="root", at=at(self._moment))

    def _tick(self) -> int:
        self._moment += 1
        return self._moment

    def _run(self, call: Coroutine[Any, Any, T]) -> T:
        return self._loop.run(call)

    def _both(self, call: Any) -> Any:
        """Make a call on both stores and compare what they answer."""
        stores: tuple[JobStore, ...] = (self._real, self._model)
        real, model = (self._run(call(store)) for store in stores)
        assert real == model
        return real


TestQuotas = Quotas.TestCase
TestQuotas.settings = settings(max_examples=15, stateful_step_count=30, deadline=None)
