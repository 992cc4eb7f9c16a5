"""The real client library against a small Bot API server on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from adapters import telegram_chat
from adapters.base import Button, IncomingMessage, ReadyClip, Status, StatusState, Verb
from adapters.telegram_chat import TelegramChat
from engine.contract.errors import AddressGone, ConfigError, DeliveryError, PlatformRejected, RateLimited
from engine.contract.request import ReplyAddress
from tests.fakes import values
from tests.fakes.fake_telegram import ME, TOKEN, FakeTelegram, Fault

GROUP = {"id": -5, "type": "supergroup", "title": "Friends"}


@dataclass
class Network:
    """The adapter, connected."""

    chat: TelegramChat
    server: FakeTelegram
    messages: asyncio.Queue[IncomingMessage]

    async def next(self) -> IncomingMessage:
        return await asyncio.wait_for(self.messages.get(), 10)

    async def heard(self, text: str, **changes: Any) -> IncomingMessage:
        self.server.say(text, **changes)
        return await self.next()


@pytest.fixture
async def network(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    monkeypatch.setattr(telegram_chat, "PRIVATE_GAP_S", 0.0)
    monkeypatch.setattr(telegram_chat, "GROUP_GAP_S", 0.0)
    monkeypatch.setattr(telegram_chat, "TRANSIENT_PAUSE_S", 0.01)
    fake = FakeTelegram()
    server = TestServer(fake.app())
    await server.start_server(shutdown_timeout=0.1)
    chat = TelegramChat(
        token=TOKEN,
        api_root=str(server.make_url("/")),
        descriptions={"": {"video": "Make"}, "zh": {"help": "帮助"}},
    )
    messages: asyncio.Queue[IncomingMessage] = asyncio.Queue()

    async def listen() -> None:
        async for message in chat.listen():
            messages.put_nowait(message)

    task = asyncio.create_task(listen())
    await fake.until("setMyCommands", 2)
    yield Network(chat=chat, server=fake, messages=messages)
    await chat.close()
    await asyncio.wait_for(task, 5)
    await server.close()


async def test_a_private_message_is_heard(network: Network) -> None:
    message = await network.heard("A fox runs.")
    assert (message.text, message.direct, message.verb) == ("A fox runs.", True, None)
    assert (message.requester.key, message.requester.display_name) == ("telegram:7", "Ann")
    assert message.locale == "zh-hans"
    assert message.message_id.startswith("7:")
    assert network.chat.reaches(message.address)


async def test_commands_are_listed_in_each_language(network: Network) -> None:
    listed = network.server.of("setMyCommands")
    assert [(item.get("language_code"), item["commands"][0]["command"]) for item in listed] == [
        (None, "video"),
        ("zh", "help"),
    ]


async def test_in_a_group_commands_mentions_and_replies_are_for_the_bot(network: Network) -> None:
    said = await network.heard("hello all", chat=GROUP)
    assert said.direct is False
    named = await network.heard("@Textreel_Bot a fox runs", chat=GROUP)
    assert (named.direct, named.text) == (True, " a fox runs")
    replied = {"message_id": 1, "date": 1_780_000_000, "chat": GROUP, "text": "A boat sails."}
    assert (await network.heard("/video@textreel_bot", chat=GROUP, reply_to_message=replied)).text == (
        "/video A boat sails."
    )
    network.server.say("/video@other_bot a fox", chat=GROUP)
    network.server.say("I am a bot", **{"from": {**ME, "id": 99}})
    assert (await network.heard("/help", chat=GROUP)).text == "/help"


async def test_a_topic_is_answered_where_it_was_asked(network: Network) -> None:
    topic = {"is_topic_message": True, "message_thread_id": 42}
    message = await network.heard("/video a fox", chat=GROUP, **topic)
    await network.chat.send_status(message.address, Status(text="Hello.", state=StatusState.SAID))
    (sent,) = await network.server.until("sendMessage")
    assert (sent["chat_id"], sent["message_thread_id"], sent["text"]) == (-5, 42, "Hello.")


async def test_progress_is_one_message_that_is_edited(network: Network) -> None:
    message = await network.heard("A fox runs.")
    cancel = Button(verb=Verb.CANCEL, label="取消", job_id=values.JOB)
    handle = await network.chat.send_status(
        message.address, Status(text="x" * 9_000, state=StatusState.WORKING, buttons=(cancel,))
    )
    await network.chat.edit_status(handle, Status(text="Ready.", state=StatusState.SUCCEEDED))
    (sent,) = network.server.of("sendMessage")
    assert len(sent["text"]) == 4_096
    assert sent["reply_markup"]["inline_keyboard"][0][0] == {"text": "取消", "callback_data": "cancel:job-1"}
    (edited,) = network.server.of("editMessageText")
    assert edited["text"] == "Ready."
    assert "reply_markup" not in edited


async def test_a_clip_is_sent_as_a_video_that_plays(network: Network, tmp_path: Path) -> None:
    message = await network.heard("A fox runs.")
    clip, still = tmp_path / "textreel-job-1.mp4", tmp_path / "still.jpg"
    clip.write_bytes(b"film")
    still.write_bytes(b"\xff\xd8")
    again = Button(verb=Verb.AGAIN, label="Another", job_id=values.JOB)
    ready = ReadyClip(
        job_id=values.JOB, clip=values.clip(), path=clip, thumbnail=still, text="A fox", buttons=(again,)
    )
    await network.chat.send_clip(message.address, ready)
    (sent,) = network.server.of("sendVideo")
    assert sent["video"] == {"filename": "textreel-job-1.mp4", "data": b"film"}
    assert (sent["width"], sent["height"], sent["duration"], sent["supports_streaming"]) == (
        1280,
        720,
        12,
        True,
    )
    assert (sent["caption"], sent["thumbnail"]["data"]) == ("A fox", b"\xff\xd8")
    assert sent["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "again:job-1"


async def test_a_press_of_a_button_is_acknowledged_and_heard(network: Network) -> None:
    network.server.press("again:job-1")
    message = await network.next()
    assert (message.verb, message.text, message.requester.key) == (Verb.AGAIN, "job-1", "telegram:7")
    await network.server.until("answerCallbackQuery")
    network.server.faults["answerCallbackQuery"] = [Fault(400, "query is too old")]
    network.server.press("dance:job-1")
    network.server.press("cancel:job-1")
    message = await network.next()
    assert message.verb is Verb.CANCEL
    # Cancelling shows in the job's own message, so the plain answer is left out; a failure is not.
    handle = await network.chat.send_status(message.address, Status(text="Ok.", state=StatusState.SAID))
    await network.chat.edit_status(handle, Status(text="Ok.", state=StatusState.SAID))
    await network.chat.send_status(message.address, Status(text="No.", state=StatusState.FAILED))
    assert [sent["text"] for sent in network.server.of("sendMessage")] == ["No."]


SAID = Status(text="Hello.", state=StatusState.SAID)
HERE = ReplyAddress(platform="telegram", payload='{"chat": 7, "reply_to": 1}')


async def test_a_pause_that_telegram_asks_for_is_kept(network: Network) -> None:
    network.server.faults["sendMessage"] = [
        Fault(429, "Too Many Requests", retry_after=1),
        Fault(502, "Bad Gateway"),
    ]
    begun = asyncio.get_running_loop().time()
    await network.chat.send_status(HERE, SAID)
    assert len(network.server.of("sendMessage")) == 1
    assert asyncio.get_running_loop().time() - begun >= 1.4


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(403, "Forbidden: bot was blocked by the user"), AddressGone),
        (Fault(400, "Bad Request: chat not found"), AddressGone),
        (Fault(400, "Bad Request: message thread not found"), AddressGone),
        (Fault(400, "Bad Request: text is strange"), PlatformRejected),
        (Fault(413, "Request Entity Too Large"), PlatformRejected),
        (Fault(429, "Too Many Requests", retry_after=5_000), RateLimited),
    ],
)
async def test_what_goes_wrong_is_named(network: Network, fault: Fault, error: type[DeliveryError]) -> None:
    network.server.faults["sendMessage"] = [fault]
    with pytest.raises(error):
        await network.chat.send_status(HERE, SAID)


async def test_faults_that_never_end_are_given_up(network: Network) -> None:
    network.server.faults["sendMessage"] = [Fault(500, "Internal Server Error")] * 9
    with pytest.raises(RateLimited, match="in 4 tries"):
        await network.chat.send_status(HERE, SAID)


async def test_an_edit_that_changes_nothing_is_no_failure(network: Network) -> None:
    handle = await network.chat.send_status(HERE, SAID)
    network.server.faults["editMessageText"] = [
        Fault(400, "Bad Request: message is not modified"),
        Fault(400, "Bad Request: something else"),
    ]
    await network.chat.edit_status(handle, SAID)
    with pytest.raises(PlatformRejected):
        await network.chat.edit_status(handle, SAID)


async def test_an_address_of_somebody_else_is_gone(network: Network) -> None:
    for payload in ("{}", '{"chat": "x"}', "no json", "[]"):
        address = ReplyAddress(platform="telegram", payload=payload)
        assert not network.chat.reaches(address)
        with pytest.raises(AddressGone):
            await network.chat.send_status(address, SAID)


async def test_a_refused_token_names_the_adapter(network: Network) -> None:
    root = network.chat._bot.base_url.split("/bot")[0]
    chat = TelegramChat(token="1:wrong", api_root=root)
    with pytest.raises(ConfigError, match="Telegram refuses"):
        await anext(chat.listen())
    await chat.close()


def test_the_limit_depends_on_the_server() -> None:
    assert TelegramChat(token=TOKEN).limits.max_bytes == 50_000_000
    assert TelegramChat(token=TOKEN, local_mode=True).limits.max_bytes == 2_000_000_000
