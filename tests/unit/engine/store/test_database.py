from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
import sqlite_utils

from engine.contract.errors import EngineError, StorageFull
from engine.contract.job import JobId
from engine.contract.quota import QuotaWindow
from engine.ports import Change
from engine.quota import Grant
from engine.store import usage
from engine.store.database import Database, Rows
from engine.store.migrations import migrations
from engine.store.quota_book import SqliteQuotaBook
from tests.fakes import values

INSERT = "INSERT INTO notes(text) VALUES (?)"


async def _with_notes(path: Path) -> Database:
    database = await Database.open(path)
    await database.write(lambda rows: rows.execute("CREATE TABLE notes(text TEXT NOT NULL)"))
    return database


def _count(rows: Rows) -> int:
    return int(rows.execute("SELECT COUNT(*) FROM notes").fetchone()[0])


async def test_the_file_is_set_up_for_several_processes(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "jobs.db")

    def pragmas(rows: Rows) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        return {name: rows.execute(f"PRAGMA {name}").fetchone()[0] for name in names}

    assert await database.read(pragmas) == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1}
    await database.close()


async def test_a_failing_write_leaves_nothing(tmp_path: Path) -> None:
    database = await _with_notes(tmp_path / "jobs.db")

    def work(rows: Rows) -> None:
        rows.execute(INSERT, ("half",))
        raise LookupError("in the middle")

    with pytest.raises(LookupError):
        await database.write(work)
    assert await database.read(_count) == 0
    await database.close()


async def test_a_read_cannot_write(tmp_path: Path) -> None:
    database = await _with_notes(tmp_path / "jobs.db")
    await database.read(lambda rows: rows.execute(INSERT, ("lost",)))
    assert await database.read(_count) == 0
    await database.close()


async def test_a_cancelled_caller_waits_for_its_transaction(tmp_path: Path) -> None:
    database = await _with_notes(tmp_path / "jobs.db")
    task = asyncio.create_task(database.write(lambda rows: rows.execute(INSERT, ("kept",))))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await database.read(_count) == 1
    await database.close()


async def test_opening_again_keeps_what_is_there(tmp_path: Path) -> None:
    for expected in (1, 2):
        database = await Database.open(tmp_path / "jobs.db")
        await database.write(lambda rows: rows.execute("CREATE TABLE IF NOT EXISTS notes(text TEXT)"))
        await database.write(lambda rows: rows.execute(INSERT, ("one more",)))
        assert await database.read(_count) == expected
        assert await database.read(migrations.pending) == []
        await database.close()


async def test_many_open_a_new_file_at_once(tmp_path: Path) -> None:
    opened = await asyncio.gather(*(Database.open(tmp_path / "jobs.db") for _ in range(6)))
    for database in opened:
        assert await database.read(migrations.pending) == []
        await database.close()


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "jobs.db").write_text("a letter to a friend, " * 100, encoding="utf-8")
    with pytest.raises(EngineError, match="damaged"):
        await Database.open(tmp_path / "jobs.db")


async def test_a_full_disk_is_named(tmp_path: Path) -> None:
    database = await _with_notes(tmp_path / "jobs.db")
    await database.read(lambda rows: rows.execute("PRAGMA max_page_count = 1"))
    with pytest.raises(StorageFull):
        await database.write(lambda rows: rows.execute(INSERT, ("x" * 5_000_000,)))
    assert await database.read(_count) == 0
    await database.close()


async def test_a_read_only_file_is_named(tmp_path: Path) -> None:
    database = await _with_notes(tmp_path / "jobs.db")
    await database.read(lambda rows: rows.execute("PRAGMA query_only = 1"))
    with pytest.raises(EngineError, match="readonly"):
        await database.write(lambda rows: rows.execute(INSERT, ("refused",)))
    await database.close()


@pytest.mark.parametrize("change", ["UPDATE usage_ledger SET used_s = 0", "DELETE FROM usage_ledger"])
async def test_the_ledger_refuses_changes(tmp_path: Path, change: str) -> None:
    database = await Database.open(tmp_path / "jobs.db")
    await database.write(
        lambda rows: usage.reserve(rows, values.job(), seconds=5.0, day="2026-05-04", at="2026-05-04")
    )
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        await database.write(lambda rows: rows.execute(change))
    await database.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET by_whom = 'nobody'",
        "DELETE FROM audit",
        "UPDATE quota_grants SET seconds = 1e6",
        "DELETE FROM quota_grants",
    ],
)
async def test_the_record_of_changes_refuses_changes(tmp_path: Path, change: str) -> None:
    database = await Database.open(tmp_path / "jobs.db")
    grant = Grant(user="fake:7", window=QuotaWindow.DAY, begins="2026-05-04", seconds=5.0, key="1")
    assert await SqliteQuotaBook(database).grant(grant, Change(by="ann", at=values.NOON))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        await database.write(lambda rows: rows.execute(change))
    await database.close()


async def test_a_database_of_the_first_version_keeps_its_jobs(tmp_path: Path) -> None:
    path = tmp_path / "jobs.db"
    rows = sqlite_utils.Database(path)
    migrations.apply(rows, stop_before="quota_tables")
    rows.execute(
        "INSERT INTO usage_ledger(user_key, platform, place, day, at, job_id, kind, reserved_s, used_s) "
        "VALUES ('fake:7', 'fake', '', '2026-05-04', '', 'old', 'reserve', 12.0, 0.0)"
    )
    rows.conn.commit()
    rows.close()
    database = await Database.open(path)
    assert await database.read(lambda rows: usage.used_seconds(rows, "fake:7", "2026-05-04")) == 12.0
    assert await SqliteQuotaBook(database).rules() == ()
    await database.close()


async def test_a_reservation_is_closed_once(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "jobs.db")
    job = values.job()
    await database.write(lambda rows: usage.reserve(rows, job, seconds=5.0, day="2026-05-04", at=""))
    await database.write(lambda rows: usage.settle(rows, job.id, used=3.5, at=""))
    for close in (
        lambda rows: usage.refund(rows, job.id, at=""),
        lambda rows: usage.settle(rows, job.id, used=1.0, at=""),
        lambda rows: usage.reserve(rows, job, seconds=5.0, day="2026-05-04", at=""),
    ):
        with pytest.raises(sqlite3.IntegrityError):
            await database.write(close)
    used = await database.read(lambda rows: usage.used_seconds(rows, job.request.requester.key, "2026-05-04"))
    assert used == 3.5
    await database.write(lambda rows: usage.refund(rows, JobId("without a reservation"), at=""))
    await database.close()
