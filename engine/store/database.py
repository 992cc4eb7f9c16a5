"""One SQLite file, one thread that touches it, and transactions that hold.

Every write runs inside BEGIN IMMEDIATE: a deferred transaction that reads first and writes later dies with
"database is locked" as soon as a second process writes, whatever the timeout.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import sqlite_utils

from engine.contract.errors import EngineError, StorageFull
from engine.store.migrations import migrations

#: How long a writer waits for another one, in seconds.
BUSY_SECONDS = 30.0

T = TypeVar("T")
Rows = sqlite_utils.Database
Work = Callable[[Rows], T]

_log = logging.getLogger(__name__)


class Database:
    """Runs functions of a connection on the store's own thread."""

    def __init__(self, rows: Rows, thread: ThreadPoolExecutor) -> None:
        self._rows = rows
        self._thread = thread

    @classmethod
    async def open(cls, path: Path) -> Database:
        """Open or create the file at ``path`` and bring its tables up to date.

        Raises EngineError when it cannot be opened, StorageFull when there is no room for it.
        """
        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        try:
            rows = await asyncio.get_running_loop().run_in_executor(thread, _open, path)
        except BaseException:
            thread.shutdown(wait=False)
            raise
        return cls(rows, thread)

    async def write(self, work: Work[T]) -> T:
        """Run ``work`` in one immediate transaction; an error rolls all of it back."""
        return await self._on_thread(lambda: _transaction(self._rows, work))

    async def read(self, work: Work[T]) -> T:
        """Run ``work`` on one consistent state of the database."""
        return await self._on_thread(lambda: _snapshot(self._rows, work))

    async def close(self) -> None:
        """Close the file after what was begun."""
        await self._on_thread(self._rows.close)
        self._thread.shutdown(wait=True)

    async def _on_thread(self, call: Callable[[], T]) -> T:
        future = asyncio.get_running_loop().run_in_executor(self._thread, call)
        # A caller that is cancelled must not leave with the transaction's outcome unknown.
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            await asyncio.wait([future])
            raise


@contextmanager
def named_errors() -> Iterator[None]:
    """Turn what sqlite3 raises into errors of the contract."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE):
            raise StorageFull from error
        raise EngineError(f"The database could not be used: {error}.") from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError):
            raise
        raise EngineError(f"The database is damaged: {error}.") from error


def _open(path: Path) -> Rows:
    with named_errors(), _alone(path.with_name(path.name + ".lock")):
        conn = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            conn.execute("PRAGMA journal_mode=WAL")
            conn.execute("PRAGMA synchronous=NORMAL")
            conn.execute("PRAGMA foreign_keys=ON")
            rows = sqlite_utils.Database(conn, execute_plugins=False)
            if waiting := migrations.pending(rows):
                _transaction(rows, migrations.apply)
                _log.info(
                    "database %s brought up to date: %s", path, ", ".join(step.name for step in waiting)
                )
            conn.row_factory = sqlite3.Row
        except BaseException:
            conn.close()
            raise
    return rows


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Let one process at a time create the file and its tables."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _transaction(rows: Rows, work: Work[T]) -> T:
    conn = rows.conn
    with named_errors():
        conn.execute("BEGIN IMMEDIATE")
        try:
            result = work(rows)
            conn.execute("COMMIT")
        except BaseException:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
            raise
    return result


def _snapshot(rows: Rows, work: Work[T]) -> T:
    conn = rows.conn
    with named_errors():
        conn.execute("BEGIN")
        try:
            return work(rows)
        finally:
            conn.execute("ROLLBACK")
