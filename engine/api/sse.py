"""A stored sequence of events as ``text/event-stream``.

The id of an event is its number in the store, so a client that lost its connection names the last one it
saw in ``Last-Event-ID`` and goes on behind it, also after a restart of the engine.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator

from aiohttp import web

from engine.contract.errors import InvalidOption
from engine.contract.events import AnyJobEvent
from engine.contract.wire import event_to_json

#: A comment goes out after so much silence, in seconds, so that proxies and clients see a live stream.
KEEP_ALIVE_SECONDS = 10.0
KEEP_ALIVE = b": alive\n\n"


def last_event_id(request: web.Request) -> int:
    """Return the number behind which the client wants to go on, 0 for all; raises InvalidOption."""
    text = request.headers.get("Last-Event-ID", "") or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise InvalidOption(f"Last-Event-ID must be a number, not {text[:40]!r}.")
    return int(text)


def encode(event: AnyJobEvent) -> bytes:
    """Return the bytes of one event."""
    data = event_to_json(event)
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"id: {event.seq}\nevent: {data['type']}\ndata: {body}\n\n".encode()


async def stream(request: web.Request, batches: AsyncIterator[tuple[AnyJobEvent, ...]]) -> web.StreamResponse:
    """Send batches of events as they come; an empty one becomes a keep-alive comment."""
    response = web.StreamResponse(
        headers={
            "Content-Type": "text/event-stream; charset=utf-8",
            "Cache-Control": "no-store",
            "X-Accel-Buffering": "no",
        }
    )
    first = await anext(batches)  # an unknown job is an ordinary error answer, so it must come out first
    await response.prepare(request)
    with contextlib.suppress(ConnectionError):  # the listener has left
        await response.write(_encode_batch(first))
        async for batch in batches:
            await response.write(_encode_batch(batch))
        await response.write_eof()
    return response


def _encode_batch(batch: tuple[AnyJobEvent, ...]) -> bytes:
    return b"".join(map(encode, batch)) or KEEP_ALIVE
