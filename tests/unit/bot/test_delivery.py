from __future__ import annotations

import asyncio

import pytest

from adapters.base import Status, StatusHandle, StatusState
from bot.delivery import Courier, StatusLine
from bot.engine_client import EngineClient
from bot.replies import Phrasebook
from engine.contract.errors import AddressGone, EmptyPrompt, PlatformRejected, RateLimited
from engine.contract.events import JobCancelled, JobFailed, JobQueued, JobRequeued, Stage, StageStarted
from engine.contract.job import JobId
from engine.contract.request import ReplyAddress
from tests.fakes import values
from tests.fakes.fake_engine import FakeEngine
from tests.fakes.scripted_adapter import ScriptedAdapter

ADDRESS = ReplyAddress(platform="fake", payload='{"chat": 1}')


@pytest.fixture
def chat() -> ScriptedAdapter:
    return ScriptedAdapter()


@pytest.fixture
def courier(client: EngineClient, chat: ScriptedAdapter) -> Courier:
    return Courier(client, chat, Phrasebook("en").replies(), ADDRESS)


async def test_a_clip_is_brought_with_its_still_and_marked_as_delivered(
    courier: Courier, chat: ScriptedAdapter, engine: FakeEngine
) -> None:
    await courier.deliver(values.JOB)
    (sent,) = chat.clips
    assert sent.address == ADDRESS
    assert sent.data == values.CLIP_BYTES
    assert sent.ready.path.name == "textreel-job-1.mp4"
    assert sent.ready.thumbnail is not None
    assert not sent.ready.path.exists()  # what was downloaded is gone again
    assert sent.ready.text == (
        "A fox\n1280 x 720, 12.5 s, 0 kB, seed 5 (AI-generated)\nNote: The voice is missing."
    )
    assert engine.done == [values.JOB]
    assert chat.posts == 1
    final = chat.statuses[-1]
    assert (final.text, final.state) == ("Your clip is ready: A fox", StatusState.SUCCEEDED)
    assert final.understood is not None
    assert final.understood.entities == ("OBJECT: fox", "PLACE: forest")


async def test_each_kind_of_event_has_its_words(courier: Courier) -> None:
    said = []
    for event in (
        JobQueued(job_id=values.JOB, seq=1, at=values.at(0), position=2),
        JobQueued(
            job_id=values.JOB,
            seq=1,
            at=values.at(0),
            position=3,
            wait_seconds_low=40,
            wait_seconds_high=95,
        ),
        *values.story()[1:5],
        JobRequeued(job_id=values.JOB, seq=8, at=values.at(8), attempts=1, reason="it died"),
    ):
        courier._progress = courier._progress.after(event)
        said.append(courier._working(event).text)
    assert said == [
        "Queued: number 2 in the line.",
        "Queued: number 3 in the line. The wait is about 40 s to 1 min 30 s.",
        "Reading the text ░░░░░░░░░░░░ 0 %",
        "Reading the text ░░░░░░░░░░░░ 0 %",
        "Drawing the pictures ░░░░░░░░░░░░ 3 %",
        "Drawing the pictures: fox ██░░░░░░░░░░ 13 %, about 35 s left",
        "The render process was lost; your clip starts again (attempt 2).",
    ]


async def test_a_plan_that_is_known_before_any_stage(courier: Courier) -> None:
    event = values.story()[2]
    courier._progress = courier._progress.after(event)
    status = courier._working(event)
    assert (status.text, status.fraction) == ("Understood: A fox", None)


async def test_a_missing_still_does_not_hold_the_clip_up(
    courier: Courier, chat: ScriptedAdapter, engine: FakeEngine
) -> None:
    engine.thumbnail = None
    await courier.deliver(values.JOB)
    assert chat.clips[0].ready.thumbnail is None


async def test_a_failed_job_is_told_in_words_with_its_code(
    courier: Courier, chat: ScriptedAdapter, engine: FakeEngine
) -> None:
    failed = JobFailed(job_id=values.JOB, seq=3, at=values.at(2), code="worker_died", detail="It died.")
    engine.events = (*values.story()[:2], failed)
    await courier.deliver(values.JOB)
    final = chat.statuses[-1]
    assert (final.state, final.error_code, final.error_detail) == (
        StatusState.FAILED,
        "worker_died",
        "It died.",
    )
    assert chat.clips == []
    assert engine.done == [values.JOB]


async def test_a_cancelled_job_is_told(courier: Courier, chat: ScriptedAdapter, engine: FakeEngine) -> None:
    engine.events = (*values.story()[:2], JobCancelled(job_id=values.JOB, seq=3, at=values.at(2)))
    await courier.deliver(values.JOB)
    assert (chat.statuses[-1].text, chat.states()[-1]) == ("Cancelled.", StatusState.CANCELLED)


async def test_a_place_that_is_gone_ends_the_delivery(
    courier: Courier, chat: ScriptedAdapter, engine: FakeEngine
) -> None:
    chat.clip_failures = [AddressGone()]
    await courier.deliver(values.JOB)
    assert engine.done == [values.JOB]


async def test_a_refused_clip_stays_owed(courier: Courier, chat: ScriptedAdapter, engine: FakeEngine) -> None:
    chat.clip_failures = [PlatformRejected()]
    with pytest.raises(PlatformRejected):
        await courier.deliver(values.JOB)
    assert engine.done == []
    assert engine.failed == [PlatformRejected().message]


async def test_a_pause_that_the_network_asks_for_is_waited_for(
    client: EngineClient, chat: ScriptedAdapter, engine: FakeEngine
) -> None:
    chat.clip_failures = [RateLimited(), RateLimited()]
    courier = Courier(client, chat, Phrasebook("en").replies(), ADDRESS, pauses_s=(0.0, 0.0))
    await courier.deliver(values.JOB)
    assert (len(chat.clips), engine.done, len(engine.failed)) == (1, [values.JOB], 2)
    chat.clip_failures = [RateLimited() for _ in range(9)]
    with pytest.raises(RateLimited):
        await courier.deliver(values.JOB)
    assert len(engine.failed) == 5


async def test_a_lost_progress_line_does_not_lose_the_clip(
    courier: Courier, chat: ScriptedAdapter, engine: FakeEngine
) -> None:
    chat.status_failures = [RateLimited()]
    engine.gate = asyncio.Event()
    asyncio.get_running_loop().call_later(0.05, engine.gate.set)
    await courier.deliver(values.JOB)
    assert len(chat.clips) == 1


@pytest.mark.parametrize(("lasts", "cancelled"), [(True, []), (False, ["job-1"])])
async def test_going_away_stops_only_a_job_that_nobody_could_receive(
    client: EngineClient, engine: FakeEngine, lasts: bool, cancelled: list[str]
) -> None:
    limits = ScriptedAdapter().limits
    chat = ScriptedAdapter(
        limits=type(limits)(max_bytes=None, edit_interval_s=0.0, max_characters=99, addresses_last=lasts)
    )
    engine.gate = asyncio.Event()
    job = await client.submit(values.request())
    courier = Courier(client, chat, Phrasebook("en").replies(), ADDRESS)
    task = asyncio.create_task(courier.deliver(job.id))
    await asyncio.wait_for(chat.said.wait(), 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert engine.cancelled == cancelled


async def test_cancelling_an_unknown_job_is_no_second_failure(
    courier: Courier, chat: ScriptedAdapter, engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    await courier._give_up(JobId("nothing"))
    assert "could not be cancelled" in caplog.text


async def test_plain_answers_and_refusals(courier: Courier, chat: ScriptedAdapter) -> None:
    await courier.say("Hello.")
    await courier.refuse(EmptyPrompt())
    assert [status.text for status in chat.statuses] == [
        "Hello.",
        "The text is empty. Write what the clip shall show.",
    ]
    assert chat.statuses[1].error_code == "empty_prompt"


def working(text: str) -> Status:
    return Status(text=text, state=StatusState.WORKING)


class SlowChat(ScriptedAdapter):
    """A network that takes its time with every message."""

    async def send_status(self, address: ReplyAddress, status: Status) -> StatusHandle:
        await asyncio.sleep(0.05)
        return await super().send_status(address, status)


async def test_a_message_on_its_way_is_edited_and_not_posted_twice() -> None:
    chat = SlowChat()
    line = StatusLine(chat, ADDRESS)
    line.show(working("a"))
    await asyncio.sleep(0.01)
    await line.finish(working("z"))
    assert (chat.posts, chat.edits) == (1, 1)


async def test_edits_keep_the_pace_of_the_network_and_skip_to_the_newest() -> None:
    limits = ScriptedAdapter().limits
    chat = ScriptedAdapter(
        limits=type(limits)(max_bytes=None, edit_interval_s=0.1, max_characters=99, addresses_last=True)
    )
    line = StatusLine(chat, ADDRESS)
    for number in range(30):
        line.show(working(f"{number // 3}"))
        await asyncio.sleep(0.01)
    await line.finish(working("end"))
    texts = [status.text for status in chat.statuses]
    assert texts[-1] == "end"
    assert 3 <= len(texts) <= 6
    assert len(set(texts)) == len(texts)


async def test_the_stage_is_handed_on_for_networks_that_draw(courier: Courier) -> None:
    event = StageStarted(job_id=values.JOB, seq=1, at=values.at(0), stage=Stage.SCORE)
    courier._progress = courier._progress.after(event)
    status = courier._working(event)
    assert (status.stage, status.headline) == (Stage.SCORE, "Composing the music")
    assert status.fraction is not None
