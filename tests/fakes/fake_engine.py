"""A small engine that speaks the real HTTP API and does what a test tells it.

As a program (``python -m tests.fakes.fake_engine MODE``) it stands in for ``python -m engine serve``.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TextIO

from aiohttp import web

from engine.contract.delivery import Delivery
from engine.contract.errors import Forbidden, JobNotFound, NoWords, TextreelError, Unauthorized
from engine.contract.events import FINAL_EVENTS, AnyJobEvent, JobCancelled
from engine.contract.job import Job, JobId
from engine.contract.request import ClipRequest
from engine.contract.wire import CONTRACT_VERSION, event_to_json, from_json, to_json
from tests.fakes import values

Tool = Callable[[Mapping[str, Any]], dict[str, Any]]


@dataclass
class FakeEngine:
    """What the engine knows and how it misbehaves."""

    token: str = "right"
    #: Opens changes of quotas when it is set.
    quota_token: str = ""
    #: Where it listens, once somebody has noted it.
    url: str = ""
    events: tuple[AnyJobEvent, ...] = field(default_factory=values.story)
    #: Events that are only sent once this is set.
    gate: asyncio.Event | None = None
    gate_after: int = 1
    #: Cut the stream after so many events, once for each entry.
    cuts: list[int] = field(default_factory=list)
    #: Statuses to answer with before anything is really answered.
    failures: list[int] = field(default_factory=list)
    #: Wait before each answer, in seconds.
    delay_s: float = 0.0
    clip_bytes: bytes = values.CLIP_BYTES
    thumbnail: bytes | None = b"\x89PNG"
    refuse: TextreelError | None = None
    contract: int = CONTRACT_VERSION
    tools: dict[str, Tool] = field(default_factory=dict)
    owed: dict[str, list[Delivery]] = field(default_factory=dict)

    quota_answers: dict[str, Any] = field(default_factory=dict)
    quota_calls: list[tuple[str, Any]] = field(default_factory=list)
    jobs: dict[JobId, Job] = field(default_factory=dict)
    submitted: list[ClipRequest] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    resumed_from: list[int] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard])
        app.add_routes(
            [
                web.get("/v1/health", self._health),
                web.post("/v1/jobs", self._submit),
                web.get("/v1/jobs/{id}", self._status),
                web.delete("/v1/jobs/{id}", self._cancel),
                web.get("/v1/jobs/{id}/events", self._events),
                web.get("/v1/jobs/{id}/clip", self._clip),
                web.get("/v1/jobs/{id}/thumbnail", self._thumbnail),
                web.post("/v1/tools/{name}", self._tool),
                web.get("/v1/deliveries", self._deliveries),
                web.post("/v1/deliveries/{id}/done", self._done),
                web.route("*", "/v1/quotas{path:.*}", self._quotas),
            ]
        )
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.calls.append(f"{request.method} {request.path}")
        await asyncio.sleep(self.delay_s)
        try:
            given = request.headers.get("Authorization")
            if given not in {f"Bearer {self.token}", f"Bearer {self.quota_token}"}:
                raise Unauthorized
            if self.quota_token and "/quotas" in request.path and given != f"Bearer {self.quota_token}":
                raise Forbidden
            if self.failures:
                status = self.failures.pop(0)
                if status == 0:  # drop the connection
                    assert request.transport is not None
                    request.transport.abort()
                return web.Response(status=status or 500, text="the machine is on fire")
            return await handler(request)
        except TextreelError as error:
            status = 401 if isinstance(error, Unauthorized) else 400
            body = {"error": {"code": error.code, "message": error.message}}
            return web.json_response(body, status=status)

    async def _health(self, _request: web.Request) -> web.Response:
        return web.json_response({"contract": self.contract, "worker": "READY", "queued": 0})

    async def _submit(self, request: web.Request) -> web.Response:
        if self.refuse is not None:
            raise self.refuse
        asked = from_json(ClipRequest, await request.json())
        known = [job for job in self.jobs.values() if job.request.idempotency_key == asked.idempotency_key]
        if known:
            return web.json_response(to_json(known[0]), status=409)
        self.submitted.append(asked)
        job = values.job(asked, id=JobId(f"job-{len(self.submitted)}"))
        self.jobs[job.id] = job
        return web.json_response(to_json(job), status=201)

    def _job(self, request: web.Request) -> Job:
        try:
            return self.jobs[JobId(request.match_info["id"])]
        except KeyError as error:
            raise JobNotFound from error

    async def _status(self, request: web.Request) -> web.Response:
        return web.json_response(to_json(self._job(request)))

    async def _cancel(self, request: web.Request) -> web.Response:
        job = self._job(request)
        self.cancelled.append(job.id)
        self.events = (*self.events[:2], JobCancelled(job_id=job.id, seq=3, at=values.at(4)))
        if self.gate is not None:
            self.gate.set()
        return web.json_response(to_json(job))

    async def _events(self, request: web.Request) -> web.StreamResponse:
        after = int(request.headers.get("Last-Event-ID", "0"))
        self.resumed_from.append(after)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b": hello\n\n")
        cut = self.cuts.pop(0) if self.cuts else None
        sent, seq = 0, after
        while True:
            if self.gate is not None and seq >= self.gate_after:
                await self.gate.wait()
            event = next((item for item in self.events if item.seq > seq), None)
            if event is None or sent == cut:
                return response
            data = json.dumps(event_to_json(event))
            await response.write(f"id: {event.seq}\ndata: {data}\n\n".encode())
            sent, seq = sent + 1, event.seq
            if isinstance(event, FINAL_EVENTS):
                return response

    async def _clip(self, _request: web.Request) -> web.Response:
        return web.Response(body=self.clip_bytes, content_type="video/mp4")

    async def _thumbnail(self, _request: web.Request) -> web.Response:
        if self.thumbnail is None:
            raise JobNotFound("There is no thumbnail.")
        return web.Response(body=self.thumbnail, content_type="image/png")

    async def _tool(self, request: web.Request) -> web.Response:
        return web.json_response(self.tools[request.match_info["name"]](await request.json()))

    async def _deliveries(self, request: web.Request) -> web.Response:
        items = self.owed.get(request.query["state"], [])
        found = [item for item in items if item.address.platform == request.query["platform"]]
        return web.json_response({"deliveries": to_json(tuple(found))})

    async def _quotas(self, request: web.Request) -> web.Response:
        """Note a call about quotas and answer it with what the test has laid out for its path."""
        name = f"{request.method} {request.raw_path}"
        self.quota_calls.append((name, await request.json() if request.can_read_body else None))
        answer = self.quota_answers.get(request.path, values.standing_json())
        return web.json_response(answer)

    async def _done(self, request: web.Request) -> web.Response:
        error = (await request.json()).get("error")
        if error is None:
            self.done.append(request.match_info["id"])
        else:
            self.failed.append(error)
        return web.json_response({})


def understand(arguments: Mapping[str, Any]) -> dict[str, Any]:
    if arguments["text"] == "unreadable":
        raise NoWords("The text has no words to show.")
    return {"language": "en", "text": arguments["text"], "entities": [], "sentences": []}


def _say(line: str, stream: TextIO) -> None:
    stream.write(line + "\n")
    stream.flush()


async def _serve(mode: str) -> None:
    """Behave as ``mode`` says: "ok", "dies" (soon after its start) or "stubborn" (ignores its pipe)."""
    engine = FakeEngine(token=os.environ["TEXTREEL_ENGINE_TOKEN"])
    engine.tools["understand"] = understand
    if mode == "slow":
        engine.gate, engine.gate_after = asyncio.Event(), 2
    runner = web.AppRunner(engine.app(), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    _say(json.dumps({"port": port, "pid": os.getpid(), "contract": CONTRACT_VERSION}), sys.stdout)
    _say("INFO engine.api: listening", sys.stderr)
    if mode == "dies":
        await asyncio.sleep(0.05)
        os._exit(9)
    if mode == "stubborn":
        await asyncio.sleep(3600)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


def main() -> None:
    mode = sys.argv[1]
    if mode == "wrong-config":
        _say("error[config_error]: [engine] executor must be one of these.", sys.stderr)
        sys.exit(2)
    if mode == "crash":
        _say("ERROR engine: there is no disk", sys.stderr)
        sys.exit(1)
    if mode == "babble":
        _say("hello, I am an engine", sys.stdout)
    elif mode == "says-error":
        error = {"code": "storage_full", "message": "No space for the database."}
        _say(json.dumps({"error": error}), sys.stdout)
    elif mode == "silent":
        sys.stdin.read()
    else:
        asyncio.run(_serve(mode))


if __name__ == "__main__":
    main()
