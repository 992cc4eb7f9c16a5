"""A small Discord: the REST calls that the bot makes, a gateway, and the faults that the real ones have."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

TOKEN = "MTIz.secret.token"
APP = "900"
ME = {
    "id": APP,
    "username": "textreel",
    "discriminator": "0",
    "avatar": None,
    "bot": True,
    "global_name": None,
}
ANN = {"id": "7", "username": "ann", "discriminator": "0", "avatar": None, "global_name": "Ann"}
DIRECT = {"id": "50", "type": 1, "recipients": [ANN], "last_message_id": None}


@dataclass
class Fault:
    """An answer instead of the real one."""

    status: int
    code: int = 0
    retry_after: float | None = None


@dataclass
class FakeDiscord:
    """Hands events out and notes what the bot sends."""

    #: "METHOD /path" with numbers and tokens as they are, and the body.
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    #: Pattern of "METHOD /path" to faults, one for each call.
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    #: Connections to refuse before one is taken.
    refuse_gateway: int = 0
    base: str = ""
    called: asyncio.Event = field(default_factory=asyncio.Event)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    _ids: Any = field(default_factory=lambda: itertools.count(1000))
    _sequence: Any = field(default_factory=lambda: itertools.count(2))

    def app(self) -> web.Application:
        app = web.Application(client_max_size=50_000_000)
        app.router.add_get("/gateway", self._gateway)
        app.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        return app

    def of(self, pattern: str) -> list[dict[str, Any]]:
        return [body for call, body in self.calls if re.fullmatch(pattern, call)]

    async def until(self, pattern: str, count: int = 1) -> list[dict[str, Any]]:
        async with asyncio.timeout(20):
            while len(self.of(pattern)) < count:
                self.called.clear()
                await self.called.wait()
        return self.of(pattern)

    async def dispatch(self, name: str, data: dict[str, Any]) -> None:
        """Send an event over the gateway."""
        frame = {"op": 0, "t": name, "s": next(self._sequence), "d": data}
        await self.sockets[-1].send_json(frame)

    async def command(self, name: str, options: dict[str, Any] | None = None, **changes: Any) -> str:
        """Let Ann use a slash command; returns the token of the interaction."""
        kinds = {str: 3, int: 4, bool: 5}
        given = [
            {"name": key, "type": kinds[type(value)], "value": value}
            for key, value in (options or {}).items()
        ]
        data = {"id": "1", "name": name, "type": 1, "options": given}
        return await self.interaction(2, {**data, **changes})

    async def press(self, custom_id: str) -> str:
        """Let Ann press a button."""
        message = self._message("50", {"content": "a clip"})
        return await self.interaction(3, {"custom_id": custom_id, "component_type": 2}, message=message)

    async def interaction(self, kind: int, data: dict[str, Any], **changes: Any) -> str:
        number = str(next(self._ids))
        token = f"interaction-{number}"
        whole = {
            "id": number,
            "application_id": APP,
            "type": kind,
            "token": token,
            "version": 1,
            "channel_id": "50",
            "channel": DIRECT,
            "user": ANN,
            "locale": "zh-CN",
            "data": data,
            "attachment_size_limit": 500_000_000,
        }
        await self.dispatch("INTERACTION_CREATE", {**whole, **changes})
        return token

    async def say(self, text: str, **changes: Any) -> None:
        """Let Ann write a direct message."""
        await self.dispatch(
            "MESSAGE_CREATE", {**self._message("50", {"content": text}), "author": ANN, **changes}
        )

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        if self.refuse_gateway:
            self.refuse_gateway -= 1
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 45_000}})
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                break
            data = json.loads(frame.data)
            if data["op"] == 2:
                await socket.send_json({"op": 0, "t": "READY", "s": 1, "d": self._ready()})
            elif data["op"] == 6:
                await socket.send_json({"op": 0, "t": "RESUMED", "s": next(self._sequence), "d": {}})
            elif data["op"] == 1:
                await socket.send_json({"op": 11})
            self.calls.append((f"GATEWAY {data['op']}", data))
            self.called.set()
        return socket

    def _ready(self) -> dict[str, Any]:
        return {
            "v": 10,
            "user": ME,
            "guilds": [],
            "session_id": "s1",
            "resume_gateway_url": f"{self.base.replace('http', 'ws')}gateway",
            "application": {"id": APP, "flags": 0},
        }

    async def _rest(self, request: web.Request) -> web.Response:
        call = f"{request.method} /{request.match_info['path']}"
        is_open = call.startswith(("POST /interactions", "POST /webhooks", "PATCH /webhooks"))
        if not is_open and request.headers.get("Authorization") != f"Bot {TOKEN}":
            return _json({"code": 0, "message": "401: Unauthorized"}, status=401)
        body = await _body(request)
        for pattern, faults in self.faults.items():
            if faults and re.fullmatch(pattern, call):
                return _error(faults.pop(0))
        self.calls.append((call, body))
        self.called.set()
        return self._answer(call, body)

    def _answer(self, call: str, body: dict[str, Any]) -> web.Response:
        if call == "GET /users/@me":
            return _json(ME)
        if call == "GET /oauth2/applications/@me":
            owner = {"id": APP, "name": "textreel", "description": "", "icon": None, "owner": ANN}
            return _json(
                {**owner, "bot_public": True, "bot_require_code_grant": False, "verify_key": "", "flags": 0}
            )
        if call.startswith("PUT"):
            return _json([])
        if call.startswith("POST /interactions"):
            return _json({"interaction": {"id": call.split("/")[2], "type": 2}})
        channel = match.group(1) if (match := re.search(r"/channels/(\d+)/", call)) else "50"
        return _json(self._message(channel, body))

    def _message(self, channel: str, body: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": str(next(self._ids)),
            "channel_id": channel,
            "author": ME,
            "content": body.get("content") or "",
            "timestamp": "2026-05-04T12:00:00+00:00",
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "pinned": False,
            "type": 0,
            "components": [],
        }


def _json(data: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Answer as Discord does: the client wants the media type without a charset."""
    body = json.dumps(data).encode()
    return web.Response(body=body, status=status, headers=headers, content_type="application/json")


async def _body(request: web.Request) -> dict[str, Any]:
    """Return the JSON of a call; the files of a form stand under "files"."""
    if request.content_type == "application/json":
        data = await request.json()
        return data if isinstance(data, dict) else {"items": data}
    if request.content_type != "multipart/form-data":
        return {}
    form = await request.post()
    found = json.loads(str(form["payload_json"])) if "payload_json" in form else {}
    files = [part for part in form.values() if isinstance(part, web.FileField)]
    return {**found, "files": [(part.filename, part.file.read()) for part in files]}


def _error(fault: Fault) -> web.Response:
    body: dict[str, Any] = {"code": fault.code, "message": "no"}
    headers = {}
    if fault.retry_after is not None:
        headers["Retry-After"] = str(fault.retry_after)
        body["retry_after"] = fault.retry_after
    return _json(body, status=fault.status, headers=headers)
