from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient

from engine.api import sse
from engine.contract.events import Stage
from tests.fakes.engine_parts import eventually
from tests.fakes.http_engine import HttpEngine


async def read_event(response: ClientResponse) -> tuple[int, str, dict[str, Any]]:
    """Read up to the next event; comments are passed over."""
    fields: dict[str, str] = {}
    async with asyncio.timeout(5):
        while True:
            line = (await response.content.readline()).decode().rstrip("\n")
            if line.startswith(":"):
                continue
            if not line and fields:
                return int(fields["id"]), fields["event"], json.loads(fields["data"])
            name, _, value = line.partition(": ")
            if name:
                fields[name] = value


async def test_events_come_as_they_happen(client: TestClient, engine: HttpEngine) -> None:
    job = await engine.submit()
    async with client.get(f"/v1/jobs/{job.id}/events") as response:
        assert response.content_type == "text/event-stream"
        assert await read_event(response) == (
            1,
            "JobQueued",
            {
                "type": "JobQueued",
                "job_id": job.id,
                "seq": 1,
                "at": job.queued_at.isoformat(),
                "position": 1,
                "wait_seconds_low": None,
                "wait_seconds_high": None,
            },
        )
        hold = await engine.claim()
        for number, stage in ((2, Stage.UNDERSTAND), (3, Stage.GENERATE)):
            await engine.stages(hold, stage)
            seq, name, data = await read_event(response)
            assert (seq, name, data["stage"]) == (number, "StageStarted", stage)
        await engine.succeed(hold)
        seq, name, data = await read_event(response)
        assert (seq, name, data["clip"]["location"]) == (4, "JobSucceeded", f"/v1/jobs/{job.id}/clip")
        assert await asyncio.wait_for(response.content.read(), 5) == b""


async def test_a_cut_stream_goes_on_where_it_broke_off(client: TestClient, engine: HttpEngine) -> None:
    job = await engine.submit()
    hold = await engine.claim()
    await engine.stages(hold, Stage.UNDERSTAND)
    async with client.get(f"/v1/jobs/{job.id}/events") as response:
        seen = [(await read_event(response))[0] for _ in range(2)]
    await engine.stages(hold, Stage.PLAN, Stage.GENERATE)
    await engine.succeed(hold)
    async with client.get(f"/v1/jobs/{job.id}/events", headers={"Last-Event-ID": "2"}) as response:
        seen += [(await read_event(response))[0] for _ in range(3)]
        assert await asyncio.wait_for(response.content.read(), 5) == b""
    assert seen == [1, 2, 3, 4, 5]


async def test_after_the_last_event_there_is_nothing(client: TestClient, engine: HttpEngine) -> None:
    job_id = await engine.done_job()
    async with client.get(f"/v1/jobs/{job_id}/events", headers={"Last-Event-ID": "99"}) as response:
        assert await asyncio.wait_for(response.read(), 5) == sse.KEEP_ALIVE


async def test_silence_is_filled_with_comments(
    client: TestClient, engine: HttpEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sse, "KEEP_ALIVE_SECONDS", 0.01)
    job = await engine.submit()
    async with client.get(f"/v1/jobs/{job.id}/events", headers={"Last-Event-ID": "1"}) as response:
        assert await asyncio.wait_for(response.content.readexactly(2 * len(sse.KEEP_ALIVE)), 5)


@pytest.mark.parametrize("number", ["one", "-1", "1.5", "9" * 30, "٣"])
async def test_a_wrong_number_is_refused(client: TestClient, engine: HttpEngine, number: str) -> None:
    job = await engine.submit()
    answer = await client.get(f"/v1/jobs/{job.id}/events", headers={"Last-Event-ID": number})
    assert (answer.status, (await answer.json())["error"]["code"]) == (422, "invalid_option")


async def test_listeners_that_leave_are_forgotten(client: TestClient, engine: HttpEngine) -> None:
    job = await engine.submit()
    async with client.get(f"/v1/jobs/{job.id}/events") as response:
        await read_event(response)
        assert len(engine.hub.rows._listeners[job.id]) == 1
        response.close()

    async def forgotten() -> bool:
        engine.hub.rows.announce(job.id)
        return job.id not in engine.hub.rows._listeners

    # the server notices the lost connection at its next write
    hold = await engine.claim()
    await engine.stages(hold, Stage.PLAN)
    await eventually(forgotten)
