"""A small Bot API server: the methods that the bot calls, and the faults that the real one has."""

from __future__ import annotations

import asyncio
import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "123456:secret"
ME = {"id": 123456, "is_bot": True, "first_name": "textreel", "username": "textreel_bot"}
ANN = {"id": 7, "is_bot": False, "first_name": "Ann", "language_code": "zh-hans"}


@dataclass
class Fault:
    """An answer instead of the real one."""

    status: int
    description: str
    retry_after: int | None = None


@dataclass
class FakeTelegram:
    """Hands updates out and notes what the bot sends."""

    updates: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    #: Method and its parameters, in order.
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    #: Method to faults, one for each call.
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    called: asyncio.Event = field(default_factory=asyncio.Event)
    _ids: Any = field(default_factory=lambda: itertools.count(1000))

    def app(self) -> web.Application:
        app = web.Application(client_max_size=100_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        return app

    def of(self, method: str) -> list[dict[str, Any]]:
        return [parameters for name, parameters in self.calls if name == method]

    async def until(self, method: str, count: int = 1) -> list[dict[str, Any]]:
        async with asyncio.timeout(20):
            while len(self.of(method)) < count:
                self.called.clear()
                await self.called.wait()
        return self.of(method)

    def say(self, text: str, **changes: Any) -> None:
        """Let Ann write a message."""
        number = next(self._ids)
        message = {
            "message_id": number,
            "date": 1_780_000_000,
            "chat": {"id": 7, "type": "private", "first_name": "Ann"},
            "from": ANN,
            "text": text,
        }
        if text.startswith("/"):
            command = text.split(maxsplit=1)[0]
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(command)}]
        self.updates.put_nowait({"update_id": number, "message": {**message, **changes}})

    def press(self, data: str, **changes: Any) -> None:
        """Let Ann press a button under message 5."""
        number = next(self._ids)
        message = {"message_id": 5, "date": 1_780_000_000, "chat": {"id": 7, "type": "private"}, "from": ME}
        query = {"id": str(number), "from": ANN, "chat_instance": "1", "data": data, "message": message}
        self.updates.put_nowait({"update_id": number, "callback_query": {**query, **changes}})

    async def _handle(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != TOKEN:
            return _error(Fault(401, "Unauthorized"))
        method = request.match_info["method"]
        if method == "getUpdates":
            return await self._updates()
        parameters = await _parameters(request)
        faults = self.faults.get(method)
        if faults:
            return _error(faults.pop(0))
        self.calls.append((method, parameters))
        self.called.set()
        return web.json_response({"ok": True, "result": self._result(method, parameters)})

    async def _updates(self) -> web.Response:
        try:
            found = [await asyncio.wait_for(self.updates.get(), 0.2)]
        except TimeoutError:
            found = []
        return web.json_response({"ok": True, "result": found})

    def _result(self, method: str, parameters: dict[str, Any]) -> Any:
        if method == "getMe":
            return ME
        if method in {"sendMessage", "sendVideo", "editMessageText"}:
            chat = {"id": int(parameters["chat_id"]), "type": "private"}
            number = int(parameters.get("message_id") or next(self._ids))
            return {"message_id": number, "date": 1_780_000_000, "chat": chat, "from": ME}
        return True


async def _parameters(request: web.Request) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            found[name] = {"filename": value.filename, "data": value.file.read()}
            continue
        try:
            found[name] = json.loads(value)
        except ValueError:
            found[name] = value
    attached = "attach://"
    return {
        name: found[value.removeprefix(attached)] if str(value).startswith(attached) else value
        for name, value in found.items()
    }


def _error(fault: Fault) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": fault.status, "description": fault.description}
    if fault.retry_after is not None:
        body["parameters"] = {"retry_after": fault.retry_after}
    return web.json_response(body, status=fault.status)
