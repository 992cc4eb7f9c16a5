"""Any order of calls on the SQLite store: each is refused, or it did what was asked, and the ledger adds up.

The in-memory store is the model. After every step both say the same of every job, delivery and account.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import settings, strategies
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from engine.contract.delivery import DeliveryState
from engine.contract.events import (
    AnyJobEvent,
    JobCancelled,
    JobFailed,
    JobRequeued,
    JobSucceeded,
    Stage,
    StageStarted,
)
from engine.contract.job import TERMINAL, Job, JobId, JobStatus
from engine.contract.request import ReplyAddress, Requester
from engine.ports import ConsoleFate, FinalEvent, Hold
from engine.store import usage
from engine.store.database import Database
from engine.store.sqlite import SqliteStore
from tests.fakes import values
from tests.fakes.memory_store import InMemoryStore
from tests.fakes.values import at

ENGINES = strategies.sampled_from(("engine-1", "engine-2"))
USERS = ("ann", "bob", "cleo")
DAY = "2026-05-04"
MAX_ATTEMPTS = 3
T = TypeVar("T")


class Jobs(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._loop = asyncio.Runner()
        self._database = self._run(Database.open(Path(self._folder.name) / "jobs.db"))
        self._real = SqliteStore(self._database)
        self._model = InMemoryStore()
        self._moment = 0
        self._holds: list[Hold] = []
        self._jobs: list[JobId] = []

    def teardown(self) -> None:
        self._run(self._real.close())
        self._loop.close()
        self._folder.cleanup()

    @rule(
        owner=ENGINES,
        user=strategies.sampled_from(USERS),
        key=strategies.integers(0, 12),
        seconds=strategies.integers(1, 60),
    )
    def submit(self, owner: str, user: str, key: int, seconds: int) -> None:
        platform = "console" if user == "cleo" else "fake"
        asked = values.request(
            requester=Requester(platform=platform, user_id=user),
            reply_to=ReplyAddress(platform=platform),
            idempotency_key=f"key {key}",
        )
        job = values.job(asked, id=JobId(f"job {len(self._jobs)}"), queued_at=at(self._tick()))
        stored, is_new = self._both(
            lambda store: store.submit(
                job, owner=owner, seconds=float(seconds), day=DAY, admit=lambda _: None
            )
        )
        if is_new:
            self._jobs.append(stored.id)

    @rule(owner=ENGINES)
    def claim(self, owner: str) -> None:
        now = self._tick()
        job: Job | None = self._both(
            lambda store: store.claim(owner=owner, at=at(now), lease_until=at(now + 5))
        )
        if job is not None:
            assert job.status is JobStatus.RUNNING
            self._holds.append(Hold(job_id=job.id, owner=owner, attempt=job.attempts))

    @rule(data=strategies.data(), ending=strategies.sampled_from(("succeed", "fail", "cancel")))
    def finish(self, data: strategies.DataObject, ending: str) -> None:
        if not self._holds:
            return
        hold = data.draw(strategies.sampled_from(self._holds))
        event = self._ending(hold.job_id, ending)
        self._both(lambda store: store.finish(hold, event))

    @rule(data=strategies.data(), costs=strategies.booleans())
    def requeue(self, data: strategies.DataObject, costs: bool) -> None:
        if not self._holds:
            return
        hold = data.draw(strategies.sampled_from(self._holds))
        attempts = hold.attempt if costs else hold.attempt - 1
        event = JobRequeued(job_id=hold.job_id, seq=0, at=at(self._tick()), attempts=attempts, reason="lost")
        self._both(lambda store: store.requeue(hold, event))

    @rule(data=strategies.data())
    def report(self, data: strategies.DataObject) -> None:
        if not self._holds:
            return
        hold = data.draw(strategies.sampled_from(self._holds))
        until = at(self._tick() + 5)
        event = StageStarted(job_id=hold.job_id, seq=0, at=at(self._tick()), stage=Stage.GENERATE)
        self._both(lambda store: store.renew(hold, lease_until=until))
        self._both(lambda store: store.append(hold, event))

    @rule(data=strategies.data())
    def cancel(self, data: strategies.DataObject) -> None:
        if not self._jobs:
            return
        job_id = data.draw(strategies.sampled_from(self._jobs))
        moment = at(self._tick())
        self._both(lambda store: store.ask_cancel(job_id, at=moment))

    @rule(dead=ENGINES, heir=ENGINES, fate=strategies.sampled_from(ConsoleFate))
    def adopt(self, dead: str, heir: str, fate: ConsoleFate) -> None:
        if dead == heir:
            return
        moment = at(self._tick())
        self._both(
            lambda store: store.adopt(dead, owner=heir, at=moment, max_attempts=MAX_ATTEMPTS, console=fate)
        )

    @rule(heir=ENGINES, later=strategies.integers(0, 10))
    def adopt_expired(self, heir: str, later: int) -> None:
        self._moment += later
        moment = at(self._tick())
        self._both(
            lambda store: store.adopt_expired(owner=heir, at=moment, max_attempts=MAX_ATTEMPTS, spare=set())
        )

    @rule(data=strategies.data(), error=strategies.sampled_from((None, "The chat is away.")))
    def deliver(self, data: strategies.DataObject, error: str | None) -> None:
        if not self._jobs:
            return
        job_id = data.draw(strategies.sampled_from(self._jobs))
        if self._run(self._model.job(job_id)).status in TERMINAL:
            self._both(lambda store: store.delivery_tried(job_id, error=error))

    @invariant()
    def both_stores_agree(self) -> None:
        for job_id in self._jobs:
            job: Job = self._both(lambda store, name=job_id: store.job(name))
            events = [_shape(event) for event in self._run(self._real.events_after(job_id, 0))]
            assert events == [_shape(event) for event in self._run(self._model.events_after(job_id, 0))]
            assert [seq for _, seq in events] == list(range(1, len(events) + 1))
            finals = [name for name, _ in events if name in ("JobSucceeded", "JobFailed", "JobCancelled")]
            assert len(finals) == (job.status in TERMINAL)
        for state in DeliveryState:
            self._both(lambda store, wanted=state: store.deliveries(platform=None, state=wanted))
        self._both(lambda store: store.owners())
        self._both(lambda store: store.unfinished())

    @invariant()
    def the_ledger_adds_up(self) -> None:
        for user in USERS:
            key = f"{'console' if user == 'cleo' else 'fake'}:{user}"
            used = self._run(self._database.read(lambda rows, name=key: usage.used_seconds(rows, name, DAY)))
            assert used == self._model.used_seconds(key, DAY)

    def _ending(self, job_id: JobId, ending: str) -> FinalEvent:
        moment = at(self._tick())
        if ending == "succeed":
            return JobSucceeded(job_id=job_id, seq=0, at=moment, clip=values.clip(seconds=7.0))
        if ending == "fail":
            return JobFailed(job_id=job_id, seq=0, at=moment, code="stage_failed", detail="why")
        return JobCancelled(job_id=job_id, seq=0, at=moment)

    def _tick(self) -> int:
        self._moment += 1
        return self._moment

    def _run(self, call: Coroutine[Any, Any, T]) -> T:
        return self._loop.run(call)

    def _both(self, call: Any) -> Any:
        """Make a call on both stores and compare what they answer."""
        real, model = self._run(call(self._real)), self._run(call(self._model))
        assert _plain(real) == _plain(model)
        return real


def _shape(event: AnyJobEvent) -> tuple[str, int]:
    return type(event).__name__, event.seq


def _plain(answer: Any) -> Any:
    """Leave out what the two stores word differently: the sentence about a lost worker."""
    if isinstance(answer, Job):
        return (answer.id, answer.status, answer.attempts, answer.error_code, answer.clip, answer.lease_until)
    if isinstance(answer, tuple):
        return tuple(_plain(part) for part in answer)
    return answer


TestJobs = Jobs.TestCase
TestJobs.settings = settings(max_examples=15, stateful_step_count=30, deadline=None)
