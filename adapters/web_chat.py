"""A chat page on this machine: the bot without any account. The server is aiohttp, the page plain files."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from aiohttp import web

from adapters.base import IncomingMessage, Limits, ReadyClip, Status, StatusHandle
from adapters.web_files import FetchFile, FileShelf
from adapters.web_hub import Hub
from adapters.web_server import create_app
from engine.contract.errors import AddressGone, ConfigError
from engine.contract.events import JobUnderstood
from engine.contract.request import ReplyAddress
from engine.contract.wire import to_json

NAME = "web"
LIMITS = Limits(max_bytes=None, edit_interval_s=0.2, max_characters=20_000, addresses_last=True)


class WebChat:
    """Serves the page and is its chat network."""

    name = NAME
    limits = LIMITS

    def __init__(
        self,
        *,
        host: str,
        port: int,
        fetch: FetchFile,
        on_ready: Callable[[str], None] = lambda _url: None,
    ) -> None:
        self._host = host
        self._port = port
        self._on_ready = on_ready
        self._messages: asyncio.Queue[IncomingMessage | None] = asyncio.Queue()
        self._hub = Hub()
        self._shelf = FileShelf(fetch)
        self._runner: web.AppRunner | None = None

    async def listen(self) -> AsyncIterator[IncomingMessage]:
        """Open the page to visitors and yield what they write, until ``close``."""
        self._on_ready(await self._open())
        while (message := await self._messages.get()) is not None:
            yield message

    def reaches(self, address: ReplyAddress) -> bool:
        """Tell whether the address is one of ours; its visitor may always come back."""
        return _parse(address) is not None

    async def send_status(self, address: ReplyAddress, status: Status) -> StatusHandle:
        """Show a status under the message that it answers."""
        handle = StatusHandle(id=address.payload)
        await self.edit_status(handle, status)
        return handle

    async def edit_status(self, handle: StatusHandle, status: Status) -> None:
        """Show a status in place of the one before it."""
        visitor, message_id = _known(ReplyAddress(platform=NAME, payload=handle.id))
        if message_id:  # the answer to a button has no message of its own
            self._hub.update(visitor, message_id, status=_status_json(status))

    async def send_clip(self, address: ReplyAddress, ready: ReadyClip) -> None:
        """Show the clip under the message that asked for it."""
        visitor, message_id = _known(address)
        await self._shelf.put(ready.job_id, visitor, ready.path, ready.thumbnail)
        self._hub.update(visitor, message_id, clip=_clip_json(ready))

    async def close(self) -> None:
        """End every stream, then the server."""
        self._messages.put_nowait(None)
        self._hub.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        self._shelf.close()

    async def _open(self) -> str:
        """Start to listen and return the address of the page."""
        app = create_app(self._hub, self._shelf, self._messages.put_nowait)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            raise ConfigError(
                f"The chat page cannot listen on {self._host}:{self._port} ({error.strerror}). "
                "Choose another [adapters.web] port."
            ) from error
        port = self._runner.addresses[0][1]
        return f"http://{f'[{self._host}]' if ':' in self._host else self._host}:{port}/"


def _parse(address: ReplyAddress) -> tuple[str, str] | None:
    """Return visitor and message of an address ("" for none), None when it is not ours."""
    try:
        data = json.loads(address.payload)
        return str(data["visitor"]), str(data.get("message") or "")
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _known(address: ReplyAddress) -> tuple[str, str]:
    found = _parse(address)
    if found is None:
        raise AddressGone
    return found


def _status_json(status: Status) -> dict[str, Any]:
    return {
        "text": status.text,
        "state": str(status.state),
        "job": status.job_id,
        "headline": status.headline,
        "stage": None if status.stage is None else str(status.stage),
        "fraction": status.fraction,
        "seconds_left": status.seconds_left,
        "understood": _understood_json(status.understood),
        "error_code": status.error_code,
    }


def _understood_json(understood: JobUnderstood | None) -> dict[str, Any] | None:
    if understood is None:
        return None
    return {
        "title": understood.title,
        "captions": list(understood.captions),
        "entities": list(understood.entities),
        "notes": list(understood.notes),
    }


def _clip_json(ready: ReadyClip) -> dict[str, Any]:
    clip = ready.clip
    return {
        "job": ready.job_id,
        "title": clip.title,
        "text": ready.text,
        "seconds": clip.seconds,
        "width": clip.width_px,
        "height": clip.height_px,
        "bytes": clip.bytes,
        "seed": str(clip.seed),  # a browser's numbers end at 2**53
        "language": str(clip.language),
        "has_still": ready.thumbnail is not None,
        "scenes": to_json(clip.scenes),
        "notes": list(clip.notes),
    }
