"""Which engines live on a data_dir. Each holds a lock file under its own name as long as it runs.

The kernel lets go of such a lock whatever way the process ends, so a free lock means a dead engine, at once
and without a timeout. The file also names the bot that started the engine: the console's jobs die with it.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from engine.contract.errors import EngineUnavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """The bot that an engine serves."""

    #: Process id; 0 when the engine serves by itself.
    pid: int
    #: When the process was started, in clock ticks since boot; 0 where the system does not tell.
    started: int

    @classmethod
    def of(cls, pid: int) -> Parent:
        """Describe a process that lives."""
        return cls(pid=pid, started=_started(pid))

    @property
    def is_alive(self) -> bool:
        """Whether that very process still runs (and not a later one with its number)."""
        if self.pid <= 0:
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            pass  # somebody else's process: it lives
        return _started(self.pid) == self.started


NO_PARENT = Parent(pid=0, started=0)


@contextmanager
def living(data_dir: Path, parent: Parent) -> Iterator[str]:
    """Be an engine on ``data_dir``: yields its name, unique for all time."""
    folder = data_dir / "engines"
    folder.mkdir(parents=True, exist_ok=True)
    name = secrets.token_hex(8)
    while True:
        with _path(data_dir, name).open("w", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if not _is_still_there(file, _path(data_dir, name)):
                continue  # another engine tidied the file away before we held it
            file.write(json.dumps(asdict(parent)))
            file.flush()
            yield name
            return


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """Be the only long-running engine of ``data_dir``; raise EngineUnavailable when there is another one."""
    with (data_dir / "serve.lock").open("a+", encoding="utf-8") as file:
        if not _try_lock(file):
            file.seek(0)
            raise EngineUnavailable(
                f"Another engine (process {file.read().strip() or 'unknown'}) already serves {data_dir}. "
                "Stop it, or give this one a data_dir of its own."
            )
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def dead_parent(data_dir: Path, name: str) -> Parent | None:
    """Return the bot of the engine ``name`` when that engine is dead, None while it lives.

    An engine that left no file behind is dead and has no parent any more.
    """
    try:
        with _path(data_dir, name).open("r+", encoding="utf-8") as file:
            if not _try_lock(file):
                return None
            return _read(file)
    except FileNotFoundError:
        return NO_PARENT


def tidy(data_dir: Path, *, needed: Set[str]) -> None:
    """Delete the files of dead engines that own nothing any more; ``needed`` are those that do."""
    for path in (data_dir / "engines").glob("*.lock"):
        if path.stem not in needed:
            with contextlib.suppress(FileNotFoundError), path.open("r+", encoding="utf-8") as file:
                if _try_lock(file):
                    path.unlink()


def _path(data_dir: Path, name: str) -> Path:
    return data_dir / "engines" / f"{name}.lock"


def _is_still_there(file: IO[str], path: Path) -> bool:
    try:
        return path.stat().st_ino == os.fstat(file.fileno()).st_ino
    except FileNotFoundError:
        return False


def _read(file: IO[str]) -> Parent:
    try:
        return Parent(**json.loads(file.read()))
    except (ValueError, TypeError):  # it died between making the file and writing it
        return NO_PARENT


def _try_lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _started(pid: int) -> int:
    """Return the start time of a process from /proc, 0 where there is none or the process is a zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    fields = stat.rpartition(")")[2].split()
    return 0 if fields[0] == "Z" else int(fields[19])
