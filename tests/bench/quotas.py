"""What a reservation against a quota costs beside the same statements by sqlite3 alone.

Processor time of both: the file is not synchronised at each commit, so there is little else.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.contract.job import Job, JobId
from engine.contract.quota import QuotaRule, QuotaScope, QuotaWindow
from engine.contract.request import Requester
from engine.quota import Granted, decide
from engine.settings import QuotaSettings, load_settings
from engine.store import quotas, usage
from engine.store.database import Database, Rows
from tests.bench.table import Row
from tests.fakes import values

RESERVATIONS = 1_000
USERS = 50
DAY = "2026-05-04"
Statement = tuple[str, tuple[Any, ...]]
POT = QuotaRule(scope=QuotaScope.EVERYBODY, subject="-", window=QuotaWindow.DAY, seconds=1e6, shared=True)


def measure(*, runs: int) -> Iterator[Row]:
    """Yield the row of the quota path: the two ways alternate, the median ratio counts."""
    pairs = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            ours, noted = asyncio.run(_reserve(Path(folder) / "ours.db"))
            raw = _replay(Path(folder) / "ours.db", Path(folder) / "raw.db", noted)
        pairs.append((raw / ours, ours))
    ratio, ours = sorted(pairs)[len(pairs) // 2]
    yield Row(
        what="a reservation against two allowances and a pot",
        value=1000 * ours / RESERVATIONS,
        unit="CPU-ms",
        beside="the same statements by sqlite3",
        ratio=ratio,
        target="rate at least 0.8 of it",
    )


class _Recorder:
    """Stands in for the store's connection and notes what it is asked."""

    def __init__(self, rows: Rows, asked: list[Statement]) -> None:
        self._rows = rows
        self._asked = asked

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        self._asked.append((sql, tuple(parameters)))
        return self._rows.execute(sql, parameters)


async def _reserve(path: Path) -> tuple[float, list[list[Statement]]]:
    """Reserve for many users; return the CPU seconds and the statements of as many reservations."""
    database = await Database.open(path)
    await database.write(lambda rows: quotas.put_rule(rows, POT))
    config = replace(load_settings().quota, seconds_per_day=1e6, seconds_per_month=1e6, max_waiting=0)
    noted: list[list[Statement]] = []
    for number in range(RESERVATIONS):
        job, asked = _job(f"noted {number}", number), list[Statement]()
        await database.write(lambda rows, job=job, asked=asked: _one(_Recorder(rows, asked), job, config))  # type: ignore[misc]
        noted.append(asked)
    timed = [_job(f"timed {number}", number) for number in range(RESERVATIONS)]
    started = time.process_time()
    for job in timed:
        await database.write(lambda rows, job=job: _one(rows, job, config))  # type: ignore[misc]
    taken = time.process_time() - started
    await database.close()
    return taken, noted


def _one(rows: Any, job: Job, config: QuotaSettings) -> None:
    standing = quotas.standing(rows, job.request.requester, DAY)
    verdict = decide(job.request, standing, config, cost=1.0, now=values.NOON)
    assert isinstance(verdict, Granted)
    usage.reserve(rows, job, seconds=verdict.seconds, day=DAY, at=DAY)


def _job(name: str, number: int) -> Job:
    who = Requester(platform="fake", user_id=str(number % USERS))
    return values.job(values.request(requester=who), id=JobId(name))


def _replay(source: Path, path: Path, noted: list[list[Statement]]) -> float:
    """Run the statements again, under other names of jobs, on a copy of the database."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(path)) as new:
        old.backup(new)
    fresh = [
        [
            (sql, [f"raw {part}" if str(part).startswith("noted") else part for part in parameters])
            for sql, parameters in asked
        ]
        for asked in noted
    ]
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA journal_mode=WAL")
        conn.execute("PRAGMA synchronous=NORMAL")
        started = time.process_time()
        for asked in fresh:
            conn.execute("BEGIN IMMEDIATE")
            for sql, parameters in asked:
                conn.execute(sql, parameters).fetchall()
            conn.execute("COMMIT")
        return time.process_time() - started
