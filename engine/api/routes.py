"""One short handler for each endpoint; what they do is in engine.service."""

from __future__ import annotations

import contextlib
from dataclasses import asdict
from pathlib import Path

from aiohttp import web

from engine.api import sse
from engine.api.bodies import answer_json, query_number, read_object
from engine.api.keys import ARTIFACTS, SERVICE
from engine.contract.delivery import DeliveryState
from engine.contract.errors import InvalidOption, JobNotFound
from engine.contract.job import JobId
from engine.contract.request import ClipRequest
from engine.contract.wire import from_json, to_json

#: Jobs that one answer of the history holds unless the caller asks for another number.
HISTORY_JOBS = 20
MAX_HISTORY_JOBS = 500

routes = web.RouteTableDef()


@routes.post("/v1/jobs")
async def submit(request: web.Request) -> web.Response:
    """Queue a clip: 201 with its job, 200 with the one that was submitted under the same key before."""
    job, is_new = await request.app[SERVICE].submit(from_json(ClipRequest, await read_object(request)))
    return answer_json(
        to_json(job), status=201 if is_new else 200, headers={"Location": f"/v1/jobs/{job.id}"}
    )


@routes.get("/v1/jobs/{job}")
async def status(request: web.Request) -> web.Response:
    """Tell how a job stands; one that waits has its position and the wait to expect, in seconds."""
    service = request.app[SERVICE]
    job = await service.status(_job(request))
    place = await service.place(job)
    return answer_json({**to_json(job), **({} if place is None else asdict(place))})


@routes.delete("/v1/jobs/{job}")
async def cancel(request: web.Request) -> web.Response:
    """Stop a job; the answer is the job as it then stands."""
    return answer_json(to_json(await request.app[SERVICE].cancel(_job(request))))


@routes.get("/v1/jobs/{job}/events")
async def events(request: web.Request) -> web.StreamResponse:
    """Stream what happens to a job, behind Last-Event-ID."""
    batches = request.app[SERVICE].follow(
        _job(request), after=sse.last_event_id(request), idle_seconds=sse.KEEP_ALIVE_SECONDS
    )
    async with contextlib.aclosing(batches):
        return await sse.stream(request, batches)


@routes.get("/v1/jobs/{job}/clip")
async def clip(request: web.Request) -> web.StreamResponse:
    """Send the MP4; byte ranges are understood."""
    return _file(request.app[ARTIFACTS].clip(await _known_job(request)), "clip")


@routes.get("/v1/jobs/{job}/thumbnail")
async def thumbnail(request: web.Request) -> web.StreamResponse:
    """Send the clip's still picture."""
    return _file(request.app[ARTIFACTS].thumbnail(await _known_job(request)), "thumbnail")


@routes.get("/v1/deliveries")
async def deliveries(request: web.Request) -> web.Response:
    """List what chats are owed: ?platform=discord&state=pending."""
    name = request.query.get("state", DeliveryState.PENDING)
    if name not in set(DeliveryState):
        raise InvalidOption(f"state must be one of {', '.join(DeliveryState)}, not {name[:40]!r}.")
    found = await request.app[SERVICE].deliveries(
        platform=request.query.get("platform"), state=DeliveryState(name)
    )
    return answer_json({"deliveries": to_json(found)})


@routes.post("/v1/deliveries/{job}/done")
async def delivered(request: web.Request) -> web.Response:
    """Note that a chat has its answer; a body {"error": "..."} notes a try that failed."""
    error = (await read_object(request)).get("error") if request.can_read_body else None
    if error is not None and not isinstance(error, str):
        raise InvalidOption("error must be a sentence.")
    await request.app[SERVICE].mark_delivered(_job(request), error=error)
    return web.Response(status=204)


@routes.get("/v1/history")
async def history(request: web.Request) -> web.Response:
    """List the last jobs of a user, the newest first: ?user=telegram:12345&limit=20."""
    user = request.query.get("user", "")
    if not user:
        raise InvalidOption("user is missing, for example ?user=telegram:12345.")
    limit = query_number(request, "limit", default=HISTORY_JOBS, most=MAX_HISTORY_JOBS)
    return answer_json({"jobs": to_json(await request.app[SERVICE].history(user, limit=limit))})


@routes.get("/v1/health")
async def health(request: web.Request) -> web.Response:
    """Tell how the engine is."""
    return answer_json(asdict(await request.app[SERVICE].health()))


@routes.post("/v1/tools/{name}")
async def tool(request: web.Request) -> web.Response:
    """Run a tool of the pipeline: JSON in, JSON out."""
    arguments = await read_object(request)
    return answer_json(await request.app[SERVICE].tool(request.match_info["name"], arguments))


def _job(request: web.Request) -> JobId:
    return JobId(request.match_info["job"])


async def _known_job(request: web.Request) -> JobId:
    """Return the id of a job that exists, which is the only kind that may become part of a path."""
    return (await request.app[SERVICE].status(_job(request))).id


def _file(path: Path | None, what: str) -> web.StreamResponse:
    if path is None:
        raise JobNotFound(f"This job has no {what} (yet, or it was deleted when its time was over).")
    return web.FileResponse(path)
