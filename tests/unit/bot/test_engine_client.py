from __future__ import annotations

import asyncio
import errno
from pathlib import Path

import aiohttp
import pytest

from bot.engine_client import Endpoint, EngineClient, RetryPlan
from engine.contract.delivery import Delivery, DeliveryState
from engine.contract.errors import (
    EngineError,
    EngineUnavailable,
    IncompatibleVersion,
    JobNotFound,
    OutputUnwritable,
    QuotaExceeded,
    StorageFull,
    Unauthorized,
)
from engine.contract.events import AnyJobEvent
from engine.contract.job import JobId
from engine.contract.request import ReplyAddress
from tests.fakes import values
from tests.fakes.fake_engine import FakeEngine


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def collect(client: EngineClient, after: int = 0) -> list[AnyJobEvent]:
    return [event async for event in client.follow(values.JOB, after=after)]


async def test_a_request_becomes_a_job_and_the_same_key_the_same_job(
    client: EngineClient, engine: FakeEngine
) -> None:
    job = await client.submit(values.request())
    again = await client.submit(values.request())
    assert job.request == values.request()
    assert again == job
    assert len(engine.submitted) == 1
    assert await client.status(job.id) == job


async def test_every_event_arrives_once_in_order(client: EngineClient, engine: FakeEngine) -> None:
    assert await collect(client) == list(values.story())
    assert engine.resumed_from == [0]


async def test_a_cut_stream_goes_on_where_it_broke(client: EngineClient, engine: FakeEngine) -> None:
    engine.cuts = [2, 0, 3]
    assert await collect(client) == list(values.story())
    assert engine.resumed_from == [0, 2, 2, 5]


async def test_following_can_begin_in_the_middle(client: EngineClient, engine: FakeEngine) -> None:
    assert [event.seq for event in await collect(client, after=5)] == [6, 7]


async def test_a_silent_stream_is_opened_anew_without_end(client: EngineClient, engine: FakeEngine) -> None:
    engine.gate = asyncio.Event()
    asyncio.get_running_loop().call_later(0.9, engine.gate.set)
    assert await collect(client) == list(values.story())
    assert len(engine.resumed_from) > 3  # more often than a connection is tried


async def test_an_engine_that_never_has_news_is_given_up(client: EngineClient, engine: FakeEngine) -> None:
    engine.cuts = [0] * 9
    with pytest.raises(EngineUnavailable):
        await collect(client)
    assert engine.resumed_from == [0, 0, 0]


async def test_a_dropped_connection_is_tried_again(client: EngineClient, engine: FakeEngine) -> None:
    engine.failures = [0, 0]
    assert (await client.submit(values.request())).id == values.JOB
    assert len(engine.submitted) == 1


async def test_an_engine_that_is_not_there(unused_tcp_port: int) -> None:
    async def nowhere() -> Endpoint:
        return Endpoint(base_url=f"http://127.0.0.1:{unused_tcp_port}", token="x")

    async with aiohttp.ClientSession() as session:
        client = EngineClient(session, nowhere, plan=RetryPlan(tries=2, pause_s=0.001))
        with pytest.raises(EngineUnavailable, match="cannot be reached"):
            await client.health()
        with pytest.raises(EngineUnavailable):
            await collect(client)


async def test_an_engine_that_does_not_answer(client: EngineClient, engine: FakeEngine) -> None:
    engine.delay_s = 1.0
    with pytest.raises(EngineUnavailable, match="did not answer within"):
        await EngineClient(client._session, client._endpoint, plan=RetryPlan(call_s=0.05)).health()


async def test_errors_come_back_as_themselves(client: EngineClient, engine: FakeEngine) -> None:
    engine.refuse = QuotaExceeded("300 of 300 seconds are used.")
    with pytest.raises(QuotaExceeded, match="300 of 300"):
        await client.submit(values.request())
    with pytest.raises(JobNotFound):
        await client.status(JobId("nothing"))
    engine.failures = [500]
    with pytest.raises(EngineError, match="HTTP status 500"):
        await client.health()
    engine.token = "changed"
    with pytest.raises(Unauthorized):
        await client.health()
    with pytest.raises(Unauthorized):
        await collect(client)


async def test_another_contract_is_no_engine_of_ours(client: EngineClient, engine: FakeEngine) -> None:
    assert (await client.health()).details["worker"] == "READY"
    engine.contract = 99
    with pytest.raises(IncompatibleVersion, match="version 99"):
        await client.health()


async def test_a_clip_is_downloaded_whole(client: EngineClient, tmp_path: Path) -> None:
    target = tmp_path / "clip.mp4"
    await client.download_clip(values.JOB, target, sha256=values.clip().sha256)
    assert target.read_bytes() == values.CLIP_BYTES
    assert names(tmp_path) == ["clip.mp4"]
    assert target.stat().st_mode & 0o600 == 0o600


async def test_a_damaged_clip_is_not_kept(client: EngineClient, engine: FakeEngine, tmp_path: Path) -> None:
    engine.clip_bytes = b"something else"
    with pytest.raises(EngineError, match="damaged"):
        await client.download_clip(values.JOB, tmp_path / "clip.mp4", sha256=values.clip().sha256)
    assert names(tmp_path) == []


async def test_a_download_is_tried_again(client: EngineClient, engine: FakeEngine, tmp_path: Path) -> None:
    engine.failures = [0]
    await client.download_thumbnail(values.JOB, tmp_path / "still.png")
    assert (tmp_path / "still.png").read_bytes() == b"\x89PNG"


@pytest.mark.parametrize(
    ("number", "expected"), [(errno.ENOSPC, StorageFull), (errno.EACCES, OutputUnwritable)]
)
async def test_a_disk_that_refuses_is_named(
    client: EngineClient,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    expected: type[Exception],
) -> None:
    def fail(*_args: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr("bot.engine_client._move", fail)
    with pytest.raises(expected):
        await client.download_clip(values.JOB, tmp_path / "clip.mp4", sha256=values.clip().sha256)
    assert names(tmp_path) == []


async def test_tools_and_deliveries(client: EngineClient, engine: FakeEngine) -> None:
    engine.tools["echo"] = lambda arguments: {"got": dict(arguments)}
    engine.tools["list"] = lambda _arguments: []  # type: ignore[assignment, return-value]
    owed = Delivery(job_id=values.JOB, address=ReplyAddress(platform="fake"), state=DeliveryState.PENDING)
    engine.owed = {"pending": [owed]}
    assert await client.tool("echo", {"a": "巴黎"}) == {"got": {"a": "巴黎"}}
    with pytest.raises(IncompatibleVersion):
        await client.tool("list", {})
    assert await client.deliveries("fake") == (owed,)
    assert await client.deliveries("fake", state=DeliveryState.WAITING) == ()
    assert await client.deliveries("other") == ()
    await client.delivery_done(values.JOB)
    assert engine.done == [values.JOB]


async def test_an_answer_that_is_no_json(client: EngineClient, engine: FakeEngine) -> None:
    engine.failures = [200]
    with pytest.raises(IncompatibleVersion, match="no JSON"):
        await client.health()
