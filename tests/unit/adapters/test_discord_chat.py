"""The real client library against a small Discord on loopback."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters import discord_chat
from adapters.base import Button, IncomingMessage, ReadyClip, Status, StatusState, Verb
from adapters.discord_chat import DiscordChat
from engine.contract.errors import AddressGone, ConfigError, DeliveryError, PlatformRejected, RateLimited
from engine.contract.request import ReplyAddress
from tests.fakes import values
from tests.fakes.fake_discord import ANN, ME, TOKEN, FakeDiscord, Fault

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
SAID = Status(text="Hello.", state=StatusState.SAID)
GUILD = {"id": "80", "features": [], "locale": "en-US"}


@dataclass
class Network:
    """The adapter, connected."""

    chat: DiscordChat
    server: FakeDiscord
    messages: asyncio.Queue[IncomingMessage]
    url: str

    async def next(self) -> IncomingMessage:
        return await asyncio.wait_for(self.messages.get(), 10)


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[FakeDiscord, str]]:
    monkeypatch.setattr(Route, "BASE", Route.BASE)  # both are set by the adapter and put back here
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    monkeypatch.setattr(discord_chat, "CONNECT_PAUSE_S", 0.01)
    fake = FakeDiscord()
    server = TestServer(fake.app())
    await server.start_server(shutdown_timeout=0.1)
    fake.base = str(server.make_url("/"))
    yield fake, fake.base
    await server.close()


def build(url: str, token: str = TOKEN, guilds: tuple[str, ...] = ()) -> DiscordChat:
    words = {"": {"video": "Make a clip"}, "zh": {"video": "把文字做成视频"}}
    gateway = f"{url.replace('http', 'ws')}gateway"
    return DiscordChat(
        token=token, api_base=f"{url}api/v10", gateway_url=gateway, guilds=guilds, descriptions=words
    )


@pytest.fixture
async def network(server: tuple[FakeDiscord, str]) -> AsyncIterator[Network]:
    fake, url = server
    chat = build(url)
    messages: asyncio.Queue[IncomingMessage] = asyncio.Queue()

    async def listen() -> None:
        async for message in chat.listen():
            messages.put_nowait(message)

    task = asyncio.create_task(listen())
    await fake.until("GATEWAY 2")
    yield Network(chat=chat, server=fake, messages=messages, url=url)
    await chat.close()
    await asyncio.wait_for(task, 5)


async def test_the_commands_are_listed_in_both_languages(network: Network) -> None:
    (listed,) = network.server.of("PUT /applications/900/commands")
    commands = {item["name"]: item for item in listed["items"]}
    assert set(commands) == {"video", "status", "cancel", "quota", "help", "Make a video"}
    assert commands["video"]["description"] == "Make a clip"
    assert commands["video"]["description_localizations"] == {
        "zh-CN": "把文字做成视频",
        "zh-TW": "把文字做成视频",
    }


async def test_a_command_is_acknowledged_at_once_and_heard_with_its_options(network: Network) -> None:
    options = {"text": "A fox runs.", "aspect": "9:16", "seconds": 12, "music": False, "seed": 5}
    token = await network.server.command("video", options)
    (acknowledged,) = await network.server.until(rf"POST /interactions/\d+/{token}/callback")
    assert acknowledged["type"] == 5
    message = await network.next()
    assert (message.verb, message.text, message.seed) == (Verb.VIDEO, "A fox runs.", 5)
    assert (str(message.options.aspect), message.options.seconds) == ("9:16", 12.0)
    assert (message.options.music, message.options.narration) == (False, True)
    assert (message.requester.key, message.requester.display_name) == ("discord:7", "Ann")
    assert (message.locale, message.max_bytes) == ("zh-CN", 10 * 1024 * 1024)
    assert network.chat.reaches(message.address)


async def test_progress_fills_the_response_and_the_clip_is_a_message_of_its_own(
    network: Network, tmp_path: Path
) -> None:
    token = await network.server.command("video", {"text": "A fox runs."})
    message = await network.next()
    cancel = Button(verb=Verb.CANCEL, label="取消", job_id=values.JOB)
    working = Status(text="x" * 9_000, state=StatusState.WORKING, buttons=(cancel,))
    handle = await network.chat.send_status(message.address, working)
    (filled,) = network.server.of(rf"PATCH /webhooks/900/{token}/messages/@original")
    assert len(filled["content"]) == 2_000
    (button,) = filled["components"][0]["components"]
    assert (button["label"], button["custom_id"]) == ("取消", "textreel:cancel:job-1")
    await network.chat.edit_status(handle, Status(text="Ready.", state=StatusState.SUCCEEDED))
    (edited,) = network.server.of(rf"PATCH /webhooks/900/{token}/messages/\d+")
    assert (edited["content"], edited["components"]) == ("Ready.", [])
    await network.chat.send_clip(message.address, ready(tmp_path))
    (sent,) = network.server.of("POST /channels/50/messages")
    assert sent["files"] == [("textreel-job-1.mp4", b"film")]
    assert sent["allowed_mentions"] == {"parse": []}


def ready(folder: Path) -> ReadyClip:
    path = folder / "textreel-job-1.mp4"
    path.write_bytes(b"film")
    again = Button(verb=Verb.AGAIN, label="Another", job_id=values.JOB)
    return ReadyClip(
        job_id=values.JOB, clip=values.clip(), path=path, thumbnail=None, text="A fox", buttons=(again,)
    )


async def test_after_the_token_s_time_the_channel_is_written_to(network: Network) -> None:
    place = {"channel": 50, "app": 900, "token": "old", "until": time.time() - 1}
    address = ReplyAddress(platform="discord", payload=json.dumps(place))
    handle = await network.chat.send_status(address, SAID)
    await network.chat.edit_status(handle, SAID)
    assert len(network.server.of("POST /channels/50/messages")) == 1
    assert len(network.server.of(r"PATCH /channels/50/messages/\d+")) == 1
    assert network.server.of(".*webhooks.*") == []


async def test_where_the_bot_may_not_write_the_command_is_answered_once_more(
    network: Network, tmp_path: Path
) -> None:
    token = await network.server.command("video", {"text": "A fox runs."})
    message = await network.next()
    network.server.faults["POST /channels/50/messages"] = [Fault(403, 50_013)]
    await network.chat.send_clip(message.address, ready(tmp_path))
    assert network.server.of(rf"POST /webhooks/900/{token}")[0]["files"][0][1] == b"film"


async def test_a_private_clip_goes_to_its_asker_alone(network: Network, tmp_path: Path) -> None:
    token = await network.server.command("video", {"text": "A fox runs.", "private": True})
    message = await network.next()
    await network.chat.send_clip(message.address, ready(tmp_path))
    assert network.server.of(rf"POST /webhooks/900/{token}")[0]["flags"] == 64
    assert network.server.of("POST /channels/50/messages") == []


async def test_questions_are_answered_to_the_asker(network: Network) -> None:
    for name, options, verb in (
        ("status", {"clip": "job-1"}, Verb.STATUS),
        ("cancel", {"clip": "job-1"}, Verb.CANCEL),
        ("quota", {}, Verb.QUOTA),
        ("help", {}, Verb.HELP),
    ):
        token = await network.server.command(name, options)
        message = await network.next()
        assert (message.verb, message.text) == (verb, options.get("clip", ""))
        (acknowledged,) = network.server.of(rf"POST /interactions/\d+/{token}/callback")
        assert acknowledged["data"]["flags"] == 64


async def test_the_menu_entry_makes_a_video_of_a_message(network: Network) -> None:
    said = {**network.server._message("50", {"content": "A boat sails."}), "author": ANN, "id": "33"}
    await network.server.command(
        "Make a video", type=3, target_id="33", resolved={"messages": {"33": said}}, options=[]
    )
    message = await network.next()
    assert (message.verb, message.text) == (Verb.VIDEO, "A boat sails.")


async def test_buttons_are_heard_also_after_a_restart(network: Network) -> None:
    await network.server.press("somebody:else")
    await network.server.press("textreel:dance:job-1")
    token = await network.server.press("textreel:again:job-1")
    message = await network.next()
    assert (message.verb, message.text, message.requester.key) == (Verb.AGAIN, "job-1", "discord:7")
    assert network.server.of(rf"POST /interactions/\d+/{token}/callback")[0]["type"] == 5
    token = await network.server.press("textreel:cancel:job-1")
    message = await network.next()
    assert network.server.of(rf"POST /interactions/\d+/{token}/callback")[0]["type"] == 6
    handle = await network.chat.send_status(message.address, SAID)
    await network.chat.edit_status(handle, SAID)
    assert network.server.of("POST /channels.*") == []


async def test_direct_messages_and_mentions_are_heard_and_others_are_not(network: Network) -> None:
    await network.server.say("I am a bot", author={**ANN, "bot": True})
    await network.server.say("A fox runs.")
    message = await network.next()
    assert (message.text, message.verb, message.direct) == ("A fox runs.", None, True)
    handle = await network.chat.send_status(message.address, SAID)
    (sent,) = network.server.of("POST /channels/50/messages")
    assert sent["message_reference"]["message_id"] == int(message.message_id)
    await network.chat.edit_status(handle, SAID)
    guild = {
        "id": "80",
        "name": "x",
        "channels": [],
        "members": [],
        "roles": [],
        "emojis": [],
        "member_count": 1,
    }
    await network.server.dispatch("GUILD_CREATE", guild)
    await network.server.say("not for you", guild_id="80", channel_id="51")
    await network.server.say(f"<@{ME['id']}> a boat", guild_id="80", channel_id="51", mentions=[ME])
    message = await network.next()
    assert (message.text, message.max_bytes) == (" a boat", 10 * 1024 * 1024)


HERE = ReplyAddress(platform="discord", payload='{"channel": 50}')


@pytest.mark.parametrize(
    ("faults", "error"),
    [
        ([Fault(404, 10_003)], AddressGone),
        ([Fault(403, 50_001)], AddressGone),
        ([Fault(413, 40_005)], PlatformRejected),
        ([Fault(400, 50_035)], PlatformRejected),
        ([Fault(429, retry_after=5_000)], RateLimited),
    ],
)
async def test_what_goes_wrong_is_named(
    network: Network, faults: list[Fault], error: type[DeliveryError]
) -> None:
    network.server.faults["POST /channels/50/messages"] = faults
    with pytest.raises(error):
        await network.chat.send_status(HERE, SAID)


async def test_a_pause_that_discord_asks_for_is_kept(network: Network) -> None:
    network.server.faults["POST /channels/50/messages"] = [Fault(429, retry_after=0.3)]
    begun = time.monotonic()
    await network.chat.send_status(HERE, SAID)
    assert time.monotonic() - begun >= 0.3
    assert len(network.server.of("POST /channels/50/messages")) == 1


async def test_a_status_that_was_deleted_is_left_alone(network: Network) -> None:
    handle = await network.chat.send_status(HERE, SAID)
    network.server.faults[r"PATCH /channels/50/messages/\d+"] = [Fault(404, 10_008), Fault(404, 10_003)]
    await network.chat.edit_status(handle, SAID)
    with pytest.raises(AddressGone):
        await network.chat.edit_status(handle, SAID)


async def test_an_address_of_somebody_else_is_gone(network: Network) -> None:
    for payload in ("{}", '{"channel": "x"}', "no json", "[]"):
        address = ReplyAddress(platform="discord", payload=payload)
        assert not network.chat.reaches(address)
        with pytest.raises(AddressGone):
            await network.chat.send_status(address, SAID)


async def test_a_refused_token_names_the_adapter(server: tuple[FakeDiscord, str]) -> None:
    chat = build(server[1], token="wrong")
    with pytest.raises(ConfigError, match="Discord refuses"):
        await anext(chat.listen())
    await chat.close()


async def test_a_gateway_that_comes_late_is_waited_for(server: tuple[FakeDiscord, str]) -> None:
    fake, url = server
    fake.refuse_gateway = 2
    chat = build(url, guilds=("80",))
    task = asyncio.create_task(anext(chat.listen()))
    await fake.until("GATEWAY 2")
    assert len(fake.of("PUT /applications/900/guilds/80/commands")) == 1
    await chat.close()
    with pytest.raises(StopAsyncIteration):
        await asyncio.wait_for(task, 5)


async def test_a_gateway_that_never_comes_is_given_up(server: tuple[FakeDiscord, str]) -> None:
    fake, url = server
    fake.refuse_gateway = 99
    chat = build(url)
    with pytest.raises(PlatformRejected, match="gateway"):
        await asyncio.wait_for(anext(chat.listen()), 20)
    await chat.close()
