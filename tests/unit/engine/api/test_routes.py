from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from engine.contract.delivery import Delivery, DeliveryState
from engine.contract.errors import StageFailed
from engine.contract.job import Job, JobStatus
from engine.contract.wire import CONTRACT_VERSION, from_json
from engine.tokens import Tokens
from tests.fakes.http_engine import HttpEngine, request_body
from tests.fixtures.pipelines.parts import CLIP_BYTES, THUMBNAIL_BYTES


async def test_a_job_is_submitted_once(client: TestClient) -> None:
    first = await client.post("/v1/jobs", json=request_body())
    job = from_json(Job, await first.json())
    assert (first.status, job.status) == (201, JobStatus.QUEUED)
    assert first.headers["Location"] == f"/v1/jobs/{job.id}"
    again = await client.post("/v1/jobs", json=request_body())
    assert again.status == 200
    assert from_json(Job, await again.json()) == job


async def test_a_job_can_be_looked_at_and_stopped(client: TestClient, engine: HttpEngine) -> None:
    job = await engine.submit()
    seen = await client.get(f"/v1/jobs/{job.id}")
    assert from_json(Job, await seen.json()) == job
    stopped = await client.delete(f"/v1/jobs/{job.id}")
    assert stopped.status == 200
    assert from_json(Job, await stopped.json()).status is JobStatus.CANCELLED
    again = await client.delete(f"/v1/jobs/{job.id}")
    assert again.status == 200


async def test_a_clip_is_downloaded_whole_or_in_part(client: TestClient, engine: HttpEngine) -> None:
    job_id = await engine.done_job()
    job = from_json(Job, await (await client.get(f"/v1/jobs/{job_id}")).json())
    assert job.clip is not None
    whole = await client.get(job.clip.location)
    assert (whole.status, whole.content_type) == (200, "video/mp4")
    assert await whole.read() == CLIP_BYTES
    part = await client.get(job.clip.location, headers={"Range": "bytes=100-199"})
    assert part.status == 206
    assert await part.read() == CLIP_BYTES[100:200]
    still = await client.get(f"/v1/jobs/{job_id}/thumbnail")
    assert (still.content_type, await still.read()) == ("image/jpeg", THUMBNAIL_BYTES)


async def test_a_clip_that_is_not_there_yet(client: TestClient, engine: HttpEngine) -> None:
    job = await engine.submit()
    for what in ("clip", "thumbnail"):
        answer = await client.get(f"/v1/jobs/{job.id}/{what}")
        assert answer.status == 404
        assert what in (await answer.json())["error"]["message"]


@pytest.mark.parametrize("name", ["nobody", "..%2F..%2Fetc", "%00"])
async def test_nobodys_job_is_not_found(client: TestClient, name: str) -> None:
    for path in (f"/v1/jobs/{name}", f"/v1/jobs/{name}/clip", f"/v1/jobs/{name}/events"):
        answer = await client.get(path)
        assert answer.status == 404, path
        assert (await answer.json())["error"]["code"] in ("job_not_found", "http_error")


async def test_the_outbox(client: TestClient, engine: HttpEngine) -> None:
    job_id = await engine.done_job()

    async def owed(query: str) -> list[Delivery]:
        answer = await (await client.get(f"/v1/deliveries{query}")).json()
        return [from_json(Delivery, item) for item in answer["deliveries"]]

    assert [item.job_id for item in await owed("?platform=fake&state=pending")] == [job_id]
    assert await owed("?platform=other") == []
    failed = await client.post(f"/v1/deliveries/{job_id}/done", json={"error": "The chat is away."})
    assert failed.status == 204
    assert [item.last_error for item in await owed("")] == ["The chat is away."]
    done = await client.post(f"/v1/deliveries/{job_id}/done")
    assert done.status == 204
    assert await owed("") == []
    assert [item.state for item in await owed("?state=done")] == [DeliveryState.DONE]
    assert (await client.get("/v1/deliveries?state=lost")).status == 422
    assert (await client.post(f"/v1/deliveries/{job_id}/done", json={"error": 5})).status == 422
    assert (await client.post("/v1/deliveries/nobody/done", json={})).status == 404


async def test_health(client: TestClient, engine: HttpEngine) -> None:
    await engine.submit()
    answer = await client.get("/v1/health")
    assert await answer.json() == {
        "worker": "new",
        "queued": 1,
        "contract": CONTRACT_VERSION,
        "instance": "engine-1",
    }


async def test_tools(client: TestClient, engine: HttpEngine) -> None:
    asleep = await client.post("/v1/tools/understand", json={"text": "A fox."})
    assert (asleep.status, (await asleep.json())["error"]["code"]) == (503, "engine_unavailable")
    await engine.executor.start()
    answer = await client.post("/v1/tools/understand", json={"text": "狐狸"})
    assert await answer.json() == {"tool": "understand", "arguments": {"text": "狐狸"}}
    unknown = await client.post("/v1/tools/format_disk", json={})
    assert (unknown.status, (await unknown.json())["error"]["code"]) == (422, "invalid_option")
    engine.executor.errors = [StageFailed("ValueError while understanding.")]
    failed = await client.post("/v1/tools/understand", json={})
    assert (failed.status, (await failed.json())["error"]["code"]) == (500, "stage_failed")


async def test_without_a_token_programs_pass_but_web_pages_do_not(tmp_path: Path) -> None:
    engine = HttpEngine(tmp_path)
    engine.tokens = Tokens(bot=None)
    async with TestClient(TestServer(engine.app())) as client:
        assert (await client.get("/v1/health")).status == 200
        page = await client.get("/v1/health", headers={"Origin": "https://example.org"})
        assert page.status == 401
        bent = await client.get("/v1/health", headers={"Host": "rebound.example.org"})
        assert bent.status == 401
