from __future__ import annotations

import asyncio
import sys
from dataclasses import replace

import pytest
from aiohttp.test_utils import TestServer

from adapters.base import StatusState, Verb
from bot import app
from bot.app import Bot, open_engine
from bot.engine_client import EngineClient
from bot.replies import Phrasebook
from bot.settings import BotSettings, EngineLocation, load_settings
from engine.contract.delivery import Delivery, DeliveryState
from engine.contract.errors import ConfigError, PlatformRejected, QuotaExceeded
from engine.contract.job import JobId, JobStatus
from engine.contract.request import ReplyAddress, Requester
from tests.fakes import values
from tests.fakes.fake_engine import FakeEngine
from tests.fakes.scripted_adapter import ScriptedAdapter, message


async def serve(client: EngineClient, *adapters: ScriptedAdapter) -> None:
    async with asyncio.timeout(20):
        await Bot(client, adapters, Phrasebook("en")).run()


async def test_a_message_becomes_a_clip(client: EngineClient, engine: FakeEngine) -> None:
    chat = ScriptedAdapter([message("A fox runs.")])
    await serve(client, chat)
    assert [request.text for request in engine.submitted] == ["A fox runs."]
    assert [sent.data for sent in chat.clips] == [values.CLIP_BYTES]
    assert engine.done == ["job-1"]
    assert chat.closed == 1


async def test_the_same_message_twice_makes_one_job(client: EngineClient, engine: FakeEngine) -> None:
    await serve(client, ScriptedAdapter([message("A fox runs."), message("A fox runs.")]))
    assert len(engine.submitted) == 1


async def test_refusals_are_told_in_the_language_of_the_person(
    client: EngineClient, engine: FakeEngine
) -> None:
    chat = ScriptedAdapter([message("", locale="zh-CN")])
    await serve(client, chat)
    assert chat.statuses[0].text == "文字是空的。请写下视频要展示的内容。"
    engine.refuse = QuotaExceeded("300 of 300 seconds are used.")
    chat = ScriptedAdapter([message("A fox")])
    await serve(client, chat)
    assert (chat.statuses[0].error_code, chat.statuses[0].text) == (
        "quota_exceeded",
        "300 of 300 seconds are used.",
    )


async def test_questions_about_jobs(client: EngineClient, engine: FakeEngine) -> None:
    mine = values.request(requester=message("").requester)
    engine.jobs = {
        JobId("mine"): values.job(mine, id=JobId("mine"), status=JobStatus.RUNNING),
        JobId("failed"): values.job(
            mine, id=JobId("failed"), status=JobStatus.FAILED, error_code="storage_full", error_detail=None
        ),
        JobId("other"): values.job(
            values.request(requester=Requester(platform="fake", user_id="8")), id=JobId("other")
        ),
    }
    said = []
    for text in (
        "/status mine",
        "/status failed",
        "/status other",
        "/status",
        "/cancel",
        "/cancel mine",
        "/help",
    ):
        chat = ScriptedAdapter([message(text)])
        await serve(client, chat)
        said.append(chat.statuses[-1].text)
    assert said[:6] == [
        "Clip mine: is being rendered.",
        "Clip failed: The disk is full. Free some space and try again.",
        "I know no clip of that number.",
        "Which clip? Give its number after the command.",
        "Which clip? Give its number after the command.",
        "Cancelling clip mine.",
    ]
    assert "/video" in said[6]
    assert engine.cancelled == ["mine"]


async def test_a_person_asks_for_the_quota(client: EngineClient, engine: FakeEngine) -> None:
    who = Requester(platform="fake", user_id="7", place="g/1", roles=("r1", "r2"))
    chat = ScriptedAdapter([message("/quota", requester=who)])
    await serve(client, chat)
    assert engine.quota_calls[0][0] == "GET /v1/quotas/users/fake:7?place=g/1&role=r1&role=r2"
    assert chat.statuses[0].text.splitlines()[0] == (
        "today: 120 of 360 s used, 240 s left until 2026-05-04 12:00"
    )


async def test_a_button_makes_another_take(client: EngineClient, engine: FakeEngine) -> None:
    mine = values.request(requester=message("").requester, seed=5)
    engine.jobs = {JobId("old"): values.job(mine, id=JobId("old"), clip=values.clip())}
    chat = ScriptedAdapter([message("old", verb=Verb.LONGER, message_id="m2"), message("", verb=Verb.AGAIN)])
    await serve(client, chat)
    (request,) = engine.submitted
    assert (request.text, request.seed, request.options.seconds) == (mine.text, None, 17.5)
    assert [button.verb for button in chat.clips[0].ready.buttons] == [Verb.AGAIN, Verb.LONGER, Verb.SHORTER]
    assert "Which clip?" in " ".join(status.text for status in chat.statuses)


async def test_a_message_that_is_not_for_the_bot_is_left_alone(client: EngineClient) -> None:
    chat = ScriptedAdapter([message("good morning", direct=False)])
    await serve(client, chat)
    assert chat.statuses == []


async def test_an_adapter_that_fails_leaves_the_others_running(
    client: EngineClient, caplog: pytest.LogCaptureFixture
) -> None:
    broken = ScriptedAdapter(name="broken", failure=ConfigError("The token is refused."))
    crashing = ScriptedAdapter(name="crashing", failure=RuntimeError("a bug"))
    chat = ScriptedAdapter([message("A fox runs.")])
    await serve(client, broken, crashing, chat)
    assert len(chat.clips) == 1
    assert "The adapter broken has stopped: The token is refused." in caplog.text
    assert "The adapter crashing has stopped: a bug" in caplog.text
    with pytest.raises(ConfigError, match="refused"):
        await serve(client, broken)
    assert broken.closed == 2


async def test_a_bug_in_one_answer_is_told_and_logged(
    client: EngineClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(app.conversation, "read", lambda *_: 1 / 0)
    chat = ScriptedAdapter([message("A fox")])
    await serve(client, chat)
    assert chat.states() == [StatusState.FAILED]
    assert "ZeroDivisionError" in caplog.text


async def test_an_answer_that_the_network_refuses_is_logged(
    client: EngineClient, caplog: pytest.LogCaptureFixture
) -> None:
    chat = ScriptedAdapter([message("/help")], status_failures=[PlatformRejected(), PlatformRejected()])
    await serve(client, chat)
    assert "an answer could not be given" in caplog.text


def owed(job_id: str, state: DeliveryState = DeliveryState.PENDING) -> Delivery:
    return Delivery(
        job_id=JobId(job_id), address=ReplyAddress(platform="fake", payload='{"chat": 9}'), state=state
    )


async def test_what_was_owed_is_delivered_after_a_restart(client: EngineClient, engine: FakeEngine) -> None:
    engine.owed = {"pending": [owed("job-1")], "waiting": [owed("job-2", DeliveryState.WAITING)]}
    chat = ScriptedAdapter()
    await serve(client, chat)
    assert sorted(engine.done) == ["job-1", "job-2"]
    assert {sent.address.payload for sent in chat.clips} == {'{"chat": 9}'}
    assert len(chat.clips) == 2


async def test_what_nobody_can_receive_is_stopped(client: EngineClient, engine: FakeEngine) -> None:
    engine.jobs = {JobId("job-1"): values.job()}
    engine.owed = {"waiting": [owed("job-1")], "pending": [owed("unknown")]}
    chat = ScriptedAdapter(reachable=False)
    await serve(client, chat)
    assert (engine.cancelled, engine.done, chat.clips) == (["job-1"], ["job-1"], [])


async def test_a_delivery_that_failed_too_often_is_given_up(client: EngineClient, engine: FakeEngine) -> None:
    engine.jobs = {JobId("job-1"): values.job()}
    engine.owed = {"pending": [replace(owed("job-1"), attempts=app.MOST_TRIES)]}
    chat = ScriptedAdapter()
    await serve(client, chat)
    assert (engine.done, chat.clips) == (["job-1"], [])


async def test_deliveries_that_fail_do_not_stop_the_bot(
    client: EngineClient, engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    engine.owed = {"pending": [owed("job-1")]}
    await serve(client, ScriptedAdapter(clip_failures=[PlatformRejected()]))
    assert "job job-1 could not be delivered" in caplog.text
    engine.failures = [500]
    await serve(client, ScriptedAdapter())
    assert "open deliveries could not be read" in caplog.text


async def test_stopping_the_bot_closes_the_adapters(client: EngineClient, engine: FakeEngine) -> None:
    engine.gate = asyncio.Event()
    chat = ScriptedAdapter([message("A fox runs.")])
    task = asyncio.create_task(Bot(client, [chat], Phrasebook("en")).run())
    await asyncio.wait_for(chat.said.wait(), 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert chat.closed == 1
    assert engine.done == []  # it is still owed, and delivered after a restart


def with_engine(location: EngineLocation) -> BotSettings:
    return replace(load_settings(), engine=location)


async def test_an_engine_that_already_runs_is_used(server: TestServer) -> None:
    location = EngineLocation(url=str(server.make_url("/")), token_env="MY_TOKEN", admin_token_env="MY_ADMIN")
    async with open_engine(with_engine(location), {"MY_TOKEN": "right"}) as client:
        assert (await client.health()).contract == 1
    with pytest.raises(ConfigError, match="MY_TOKEN is not set"):
        async with open_engine(with_engine(location), {}):
            pass


async def test_an_engine_is_started_where_none_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        app, "engine_command", lambda _config: (sys.executable, "-m", "tests.fakes.fake_engine", "ok")
    )
    location = EngineLocation(url=None, token_env="TEXTREEL_ENGINE_TOKEN", admin_token_env="X")
    async with open_engine(with_engine(location), {}) as client:
        assert (await client.tool("understand", {"text": "fox"}))["text"] == "fox"
