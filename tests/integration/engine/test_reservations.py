"""Eight processes reserve against one quota: never over it, nothing lost, no "database is locked"."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections import Counter
from pathlib import Path

import pytest

from engine.contract.errors import QuotaExceeded
from engine.contract.job import JobId
from engine.contract.quota import QuotaRule, QuotaScope, QuotaWindow
from engine.contract.request import Requester
from engine.ports import Change, Hold
from engine.quota import Account, Denied, Standing, decide
from engine.settings import QuotaSettings
from engine.store.sqlite import SqliteStore
from tests.fakes import values

PROCESSES = 8
TRIES = 40
#: How many of all tries fit into the quota.
LIMIT = 150
DAY = "2026-05-04"
CONFIG = QuotaSettings(
    seconds_per_day=0.0,
    seconds_per_month=0.0,
    max_waiting=0,
    cooldown_seconds=0.0,
    free_platforms=(),
    time_zone=None,
)
OWN = QuotaRule(
    scope=QuotaScope.USER, subject="fake:7", window=QuotaWindow.MONTH, seconds=float(LIMIT), shared=False
)
POT = QuotaRule(
    scope=QuotaScope.EVERYBODY, subject="-", window=QuotaWindow.DAY, seconds=float(LIMIT), shared=True
)


def reserve_many(path: Path, number: int, user: str, results: multiprocessing.Queue[Counter[str]]) -> None:
    """Run in a process of its own: try to reserve one second again and again."""
    results.put(asyncio.run(_reserve_many(path, number, user)))


async def _reserve_many(path: Path, number: int, user: str) -> Counter[str]:
    store = await SqliteStore.open(path)
    count: Counter[str] = Counter()
    for attempt in range(TRIES):
        asked = values.request(
            idempotency_key=f"{number}-{attempt}", requester=Requester(platform="fake", user_id=user)
        )
        job = values.job(asked, id=JobId(f"{number}-{attempt}"))

        def admit(standing: Standing) -> None:
            verdict = decide(asked, standing, CONFIG, cost=1.0, now=values.NOON)  # noqa: B023 - called at once
            if isinstance(verdict, Denied):
                raise QuotaExceeded(verdict.reason, verdict.resets_at)

        try:
            await store.submit(job, owner=f"engine-{number}", seconds=1.0, day=DAY, admit=admit)
            count["granted"] += 1
        except QuotaExceeded:
            count["denied"] += 1
    await store.close()
    return count


@pytest.mark.parametrize("shared", [False, True], ids=["one user's month", "everybody's pot"])
async def test_a_quota_holds_against_eight_processes(tmp_path: Path, shared: bool) -> None:
    path = tmp_path / "jobs.db"
    store = await SqliteStore.open(path)
    await store.quotas.set_rule(POT if shared else OWN, Change(by="test", at=values.NOON))
    context = multiprocessing.get_context("spawn")
    results: multiprocessing.Queue[Counter[str]] = context.Queue()
    workers = [
        context.Process(target=reserve_many, args=(path, number, str(number) if shared else "7", results))
        for number in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    total: Counter[str] = Counter()
    for _ in workers:
        total += await asyncio.to_thread(results.get, timeout=60)
    for worker in workers:
        worker.join()
        worker.close()
    results.close()
    assert total == {"granted": LIMIT, "denied": PROCESSES * TRIES - LIMIT}
    assert await store.count_queued() == LIMIT
    rule = POT if shared else OWN
    account = Account(rule.scope, rule.subject, rule.window)
    found = await store.quotas.standing(Requester(platform="fake", user_id="7"), day=DAY)
    assert found.used[account] == float(LIMIT)
    for number in range(PROCESSES):  # the ledger comes back to nothing when all is cancelled
        while (job := await _claim(store, number)) is not None:
            hold = Hold(job_id=job, owner=f"engine-{number}", attempt=1)
            assert await store.finish(hold, values.cancelled(job))
    found = await store.quotas.standing(Requester(platform="fake", user_id="7"), day=DAY)
    assert found.used[account] == 0.0
    await store.close()


async def _claim(store: SqliteStore, number: int) -> JobId | None:
    job = await store.claim(owner=f"engine-{number}", at=values.at(1), lease_until=values.at(61))
    return None if job is None else job.id
