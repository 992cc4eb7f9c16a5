"""The HTTP side of the chat page: who may talk to it, and one short handler for each address."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from adapters.base import IncomingMessage, Verb
from adapters.web_files import FileKind, FileShelf
from adapters.web_hub import Entry, Hub
from engine.contract.errors import IncompatibleVersion, InvalidOption, JobNotFound, TextreelError
from engine.contract.job import JobId
from engine.contract.request import ClipOptions, ReplyAddress, Requester
from engine.contract.wire import from_json

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Post = Callable[[IncomingMessage], None]

STATIC = Path(__file__).with_name("web_static")
#: File of the page to its media type. Nothing else is served from that folder.
STATIC_FILES = {
    "style.css": "text/css",
    "app.js": "text/javascript",
    "view.js": "text/javascript",
    "memory.js": "text/javascript",
    "strings.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
COOKIE = "textreel_visitor"
COOKIE_SECONDS = 365 * 24 * 3600
#: Largest body, in bytes: a text of 5,000 characters in any notation and then some.
MAX_BODY_BYTES = 64 * 1024
KEEP_ALIVE_S = 15.0
_VISITOR = re.compile(r"[0-9a-f]{32}")
_MESSAGE = re.compile(r"[0-9a-f-]{8,64}")
_LOCALE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
#: The page may load its own files and nothing else, run no inline script, and be framed by nobody.
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def create_app(hub: Hub, shelf: FileShelf, post: Post) -> web.Application:
    """Return the application; ``post`` takes what visitors write."""
    pages = _Pages(hub, shelf, post)
    app = web.Application(middlewares=[_guard], client_max_size=MAX_BODY_BYTES)
    app.on_response_prepare.append(_add_headers)
    app.add_routes(
        [
            web.get("/", pages.index),
            web.get("/static/{name}", pages.static),
            web.post("/session", pages.session),
            web.get("/events", pages.events),
            web.post("/messages", pages.messages),
            web.post("/cancel", pages.cancel),
            web.get("/clips/{job}.mp4", pages.clip),
            web.get("/stills/{job}.jpg", pages.still),
        ]
    )
    return app


class _Pages:
    """The handlers."""

    def __init__(self, hub: Hub, shelf: FileShelf, post: Post) -> None:
        self._hub = hub
        self._shelf = shelf
        self._post = post

    async def index(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})

    async def static(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in STATIC_FILES:
            raise web.HTTPNotFound
        headers = {"Cache-Control": "no-cache", "Content-Type": f"{STATIC_FILES[name]}; charset=utf-8"}
        return web.FileResponse(STATIC / name, headers=headers)

    async def session(self, request: web.Request) -> web.StreamResponse:
        """Give a new visitor a name.

        The page asks for it itself: a strict cookie does not come along when somebody follows a link from
        another site, and would be replaced there.
        """
        response = web.json_response({})
        visitor = request.cookies.get(COOKIE, "")
        if not _VISITOR.fullmatch(visitor):
            visitor = secrets.token_hex(16)
        response.set_cookie(
            COOKIE, visitor, max_age=COOKIE_SECONDS, path="/", httponly=True, samesite="Strict"
        )
        return response

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Stream the visitor's entries: each as it is, then each change."""
        visitor = _visitor(request)
        headers = {"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        with suppress(ConnectionError):  # the page has been closed
            await response.write(b"retry: 1000\n\n")
            async with aclosing(self._hub.follow(visitor)) as entries:
                await _send_all(response, entries)
        return response

    async def messages(self, request: web.Request) -> web.StreamResponse:
        """Take a message."""
        visitor, data = _visitor(request), await _json_body(request)
        message = _message(visitor, data)
        page_id = str(data["message"])
        self._hub.update(visitor, page_id, text=message.text, at=message.received_at.isoformat())
        self._post(message)
        return web.json_response({}, status=202)

    async def cancel(self, request: web.Request) -> web.StreamResponse:
        """Stop a job of this visitor."""
        visitor, data = _visitor(request), await _json_body(request)
        self._post(
            IncomingMessage(
                text=str(data.get("job", ""))[:64],
                verb=Verb.CANCEL,
                requester=Requester(platform="web", user_id=visitor),
                address=_address(visitor, ""),
                received_at=datetime.now(UTC),
                message_id=f"{visitor}:{secrets.token_hex(8)}",
            )
        )
        return web.json_response({}, status=202)

    async def clip(self, request: web.Request) -> web.StreamResponse:
        return await self._file(request, FileKind.CLIP)

    async def still(self, request: web.Request) -> web.StreamResponse:
        return await self._file(request, FileKind.STILL)

    async def _file(self, request: web.Request, kind: FileKind) -> web.StreamResponse:
        path = await self._shelf.get(JobId(request.match_info["job"]), _visitor(request), kind)
        return web.FileResponse(path, headers={"Cache-Control": "private, max-age=86400"})


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let only this machine's own page in, and turn errors of the tree into JSON."""
    _check_host(request)
    if request.method not in {"GET", "HEAD"}:
        _check_origin(request)
    try:
        return await handler(request)
    except JobNotFound as error:
        return _error(error, 404)
    except TextreelError as error:
        return _error(error, 422)


def _check_host(request: web.Request) -> None:
    """Refuse other names for this address: a foreign page could point its own name at it (DNS rebinding)."""
    if re.sub(r":\d+$", "", request.headers.get("Host", "")) not in _LOCAL_NAMES:
        raise web.HTTPForbidden(text="This page answers on this machine only.")


def _check_origin(request: web.Request) -> None:
    """Refuse what another site sends in the name of its visitor."""
    if request.headers.get("Origin") != f"http://{request.headers.get('Host')}":
        raise web.HTTPForbidden(text="Only the chat page may send this.")
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise web.HTTPForbidden(text="Only the chat page may send this.")


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)


async def _send_all(response: web.StreamResponse, entries: Any) -> None:
    """Send entries as they come, and a sign of life when none does."""
    coming: asyncio.Future[Entry] = asyncio.ensure_future(anext(entries))
    try:
        while True:
            done, _ = await asyncio.wait((coming,), timeout=KEEP_ALIVE_S)
            if not done:
                await response.write(b": alive\n\n")
                continue
            try:
                entry = coming.result()
            except StopAsyncIteration:
                return
            await response.write(f"data: {json.dumps(entry, ensure_ascii=False)}\n\n".encode())
            coming = asyncio.ensure_future(anext(entries))
    finally:
        coming.cancel()
        await asyncio.wait((coming,))


def _visitor(request: web.Request) -> str:
    visitor = request.cookies.get(COOKIE, "")
    if not _VISITOR.fullmatch(visitor):
        raise web.HTTPUnauthorized(text="Load the page again.")
    return visitor


async def _json_body(request: web.Request) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise InvalidOption("The body must be JSON.")
    try:
        data = json.loads(await request.text())
    except ValueError as error:
        raise InvalidOption("The body must be JSON.") from error
    if not isinstance(data, dict):
        raise InvalidOption("The body must be a JSON object.")
    return data


def _message(visitor: str, data: dict[str, Any]) -> IncomingMessage:
    """Build the message that the page describes; raise InvalidOption for what no page of ours sends."""
    page_id, text, locale = data.get("message"), data.get("text"), data.get("locale", "")
    if not (isinstance(page_id, str) and _MESSAGE.fullmatch(page_id)):
        raise InvalidOption("message must be an id.")
    if not isinstance(text, str):
        raise InvalidOption("text must be a string.")
    seed = data.get("seed")
    if seed is not None and not (isinstance(seed, str) and seed.isdecimal() and len(seed) < 20):
        raise InvalidOption("seed must be a whole number in quotes.")
    try:
        options = from_json(ClipOptions, data.get("options", {}))
    except IncompatibleVersion as error:
        raise InvalidOption(error.message) from error
    return IncomingMessage(
        text=text,
        requester=Requester(platform="web", user_id=visitor),
        address=_address(visitor, page_id),
        received_at=datetime.now(UTC),
        message_id=f"{visitor}:{page_id}",
        locale=locale if isinstance(locale, str) and _LOCALE.fullmatch(locale) else "",
        options=options,
        seed=None if seed is None else int(seed),
    )


def _address(visitor: str, page_id: str) -> ReplyAddress:
    return ReplyAddress(platform="web", payload=json.dumps({"visitor": visitor, "message": page_id}))


def _error(error: TextreelError, status: int) -> web.Response:
    return web.json_response({"error": {"code": error.code, "message": error.message}}, status=status)
