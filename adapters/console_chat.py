"""The terminal as a chat: for one clip from the command line, or line by line."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import os
import shutil
import socket
import tempfile
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from adapters.base import (
    IncomingMessage,
    Limits,
    ReadyClip,
    Status,
    StatusHandle,
    StatusState,
    Verb,
)
from adapters.console_screen import Screen
from engine.contract.clip import Clip
from engine.contract.errors import OutputUnwritable, StorageFull, TextreelError
from engine.contract.events import JobUnderstood
from engine.contract.job import JobId
from engine.contract.request import ClipOptions, ReplyAddress, Requester

NAME = "console"
LIMITS = Limits(max_bytes=None, edit_interval_s=0.1, max_characters=100_000, addresses_last=False)
_FULL = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a person wrote on the command line or typed into the terminal."""

    text: str
    #: None: the text itself may be a command such as "/help".
    verb: Verb | None = None
    options: ClipOptions = field(default_factory=ClipOptions)
    seed: int | None = None
    #: The clip must not be larger, in bytes; None for no limit.
    max_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A clip that lies where the person wanted it."""

    path: Path
    clip: Clip
    job_id: JobId
    understood: JobUnderstood | None


class ConsoleChat:
    """Reads what was typed, shows progress on a screen, keeps clips as files."""

    name = NAME
    limits = LIMITS

    def __init__(
        self,
        typed: AsyncIterator[Typed],
        screen: Screen,
        *,
        path_for: Callable[[JobId], Path],
        user_id: str = "local",
        on_kept: Callable[[Kept], None] = lambda _kept: None,
        on_failed: Callable[[Status], None] = lambda _status: None,
    ) -> None:
        self._typed = typed
        self._screen = screen
        self._path_for = path_for
        self._user_id = user_id
        self._on_kept = on_kept
        self._on_failed = on_failed

    async def listen(self) -> AsyncIterator[IncomingMessage]:
        """Yield a message for everything typed."""
        async for typed in self._typed:
            yield IncomingMessage(
                text=typed.text,
                requester=Requester(platform=NAME, user_id=self._user_id, display_name=self._user_id),
                address=_address_of_this_process(),
                received_at=datetime.now(UTC),
                message_id=uuid.uuid4().hex,
                verb=typed.verb,
                options=typed.options,
                seed=typed.seed,
                max_bytes=typed.max_bytes,
            )

    def reaches(self, address: ReplyAddress) -> bool:
        """Tell whether the process that asked still runs; True for one on another machine."""
        try:
            asker = json.loads(address.payload)
            host, pid = str(asker["host"]), int(asker["pid"])
        except (ValueError, KeyError, TypeError):
            return False
        if host != socket.gethostname():
            return True
        return _runs(pid)

    async def send_status(self, address: ReplyAddress, status: Status) -> StatusHandle:
        """Show a status; the address is this very terminal."""
        handle = StatusHandle(id=address.payload)
        await self.edit_status(handle, status)
        return handle

    async def edit_status(self, handle: StatusHandle, status: Status) -> None:  # noqa: ARG002 - one screen
        """Show a status in place of the one before it."""
        self._screen.show(status)
        if status.state in {StatusState.FAILED, StatusState.CANCELLED}:
            self._on_failed(status)

    async def send_clip(self, address: ReplyAddress, ready: ReadyClip) -> None:  # noqa: ARG002 - this terminal
        """Keep the clip as a file, whole or not at all."""
        path = self._path_for(ready.job_id)
        place_file(ready.path, path)
        self._screen.clear()
        self._on_kept(Kept(path=path, clip=ready.clip, job_id=ready.job_id, understood=ready.understood))

    async def close(self) -> None:
        """Leave the terminal as it was."""
        self._screen.clear()


async def only(typed: Typed) -> AsyncIterator[Typed]:
    """Yield one thing typed, then end: the command line's chat."""
    yield typed


async def typed_lines(descriptor: int) -> AsyncIterator[Typed]:
    """Yield each line that is typed into the open file ``descriptor``, until its end."""
    rest = b""
    async for piece in _pieces(descriptor):
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            if line.strip():
                yield Typed(text=line.decode("utf-8", errors="replace").strip())
    if rest.strip():
        yield Typed(text=rest.decode("utf-8", errors="replace").strip())


def check_target(path: Path) -> Path:
    """Return ``path`` with links resolved once it is certain that a file can be written there.

    Raises OutputUnwritable that says what is in the way.
    """
    try:
        target = path.expanduser().resolve()
        if target.exists() and not target.is_file():
            raise OutputUnwritable(f"{path} is not a file that could be replaced. Choose another path.")
        if not target.parent.is_dir():
            raise OutputUnwritable(f"There is no directory {target.parent}. Create it first.")
        if target.exists() and not os.access(target, os.W_OK):
            raise OutputUnwritable(f"{path} is write-protected. Choose another path.")
        with tempfile.TemporaryFile(dir=target.parent):
            pass
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputUnwritable(f"{path} cannot be written: {reason}. Choose another path.") from error
    return target


def place_file(source: Path, target: Path) -> None:
    """Copy ``source`` beside ``target`` and move it there in one step; leave nothing half-written."""
    _place(target, lambda part: shutil.copyfile(source, part))


def place_bytes(data: bytes, target: Path) -> None:
    """Write ``data`` beside ``target`` and move it there in one step; leave nothing half-written."""
    _place(target, lambda part: part.write_bytes(data))


def _place(target: Path, write: Callable[[Path], object]) -> None:
    part = target.with_name(f".{target.name[:100]}.{uuid.uuid4().hex[:8]}.part")
    try:
        write(part)
        part.replace(target)
    except OSError as error:
        raise writing_error(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def writing_error(target: Path, error: OSError) -> TextreelError:
    """Name what went wrong when ``target`` was written."""
    if error.errno in _FULL:
        return StorageFull(f"No space is left for {target}. Free some and try again.")
    return OutputUnwritable(f"{target} cannot be written: {error.strerror}. Choose another path.")


def _address_of_this_process() -> ReplyAddress:
    return ReplyAddress(platform=NAME, payload=json.dumps({"host": socket.gethostname(), "pid": os.getpid()}))


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


async def _pieces(descriptor: int) -> AsyncIterator[bytes]:
    """Read whatever is there whenever something is, without a thread that could not be stopped."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    try:
        loop.add_reader(descriptor, ready.set)
    except PermissionError:  # a plain file is always ready, and epoll refuses it
        ready.set()
        watched = False
    else:
        watched = True
    try:
        while True:
            await ready.wait()
            if watched:
                ready.clear()
            piece = os.read(descriptor, 65_536)
            if not piece:
                return
            yield piece
    finally:
        if watched:
            loop.remove_reader(descriptor)
