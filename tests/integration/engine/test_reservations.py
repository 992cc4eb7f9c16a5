"""Eight processes reserve against one quota: never over it, nothing lost, no "database is locked"."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections import Counter
from pathlib import Path

from engine.contract.errors import QuotaExceeded
from engine.contract.job import JobId
from engine.quota import Standing
from engine.store import jobs
from engine.store.database import Database
from engine.store.sqlite import SqliteStore
from tests.fakes import values

PROCESSES = 8
TRIES = 40
#: How many of all tries fit into the quota.
LIMIT = 150
DAY = "2026-05-04"


def reserve_many(path: Path, number: int, results: multiprocessing.Queue[Counter[str]]) -> None:
    """Run in a process of its own: try to reserve one second again and again."""
    results.put(asyncio.run(_reserve_many(path, number)))


async def _reserve_many(path: Path, number: int) -> Counter[str]:
    store = await SqliteStore.open(path)
    count: Counter[str] = Counter()

    def admit(standing: Standing) -> None:
        if standing.used_seconds + 1.0 > LIMIT:
            raise QuotaExceeded

    for attempt in range(TRIES):
        name = f"{number}-{attempt}"
        job = values.job(values.request(idempotency_key=name), id=JobId(name))
        try:
            await store.submit(job, owner=f"engine-{number}", seconds=1.0, day=DAY, admit=admit)
            count["granted"] += 1
        except QuotaExceeded:
            count["denied"] += 1
    await store.close()
    return count


async def test_a_quota_holds_against_eight_processes(tmp_path: Path) -> None:
    path = tmp_path / "jobs.db"
    context = multiprocessing.get_context("spawn")
    results: multiprocessing.Queue[Counter[str]] = context.Queue()
    workers = [
        context.Process(target=reserve_many, args=(path, number, results)) for number in range(PROCESSES)
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
    database = await Database.open(path)
    standing = await database.read(lambda rows: jobs.standing(rows, values.request().requester.key, DAY))
    assert standing == Standing(used_seconds=float(LIMIT), waiting=LIMIT, queued=LIMIT)
    await database.close()
