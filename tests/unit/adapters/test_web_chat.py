"""The chat page's server, spoken to over loopback as a browser does, and as one must not."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from adapters import web_server
from adapters.base import IncomingMessage, ReadyClip, Status, StatusHandle, StatusState, Verb
from adapters.web_chat import WebChat
from adapters.web_files import FileKind
from engine.contract.errors import AddressGone, ConfigError, JobNotFound
from engine.contract.events import Stage
from engine.contract.job import JobId
from engine.contract.request import ReplyAddress
from tests.fakes import values

PAGE = "0123abcd-0000-4000-8000-000000000001"


@dataclass
class Site:
    """The running page and a browser's side of it."""

    chat: WebChat
    url: str
    session: aiohttp.ClientSession
    messages: asyncio.Queue[IncomingMessage] = field(default_factory=asyncio.Queue)

    @property
    def origin(self) -> dict[str, str]:
        return {"Origin": self.url.rstrip("/")}

    async def post(self, path: str, body: Any = None, **more: Any) -> aiohttp.ClientResponse:
        more.setdefault("headers", self.origin)
        async with self.session.post(self.url + path, json=body, **more) as response:
            await response.read()
            return response

    async def get(self, path: str, **more: Any) -> tuple[int, bytes, Any]:
        async with self.session.get(self.url + path, **more) as response:
            return response.status, await response.read(), response.headers

    async def send(self, **changes: Any) -> IncomingMessage:
        body = {"message": PAGE, "text": "A fox runs.", "locale": "zh-CN", **changes}
        response = await self.post("messages", body)
        assert response.status == 202, await response.text()
        return await asyncio.wait_for(self.messages.get(), 5)


async def fetch(job_id: JobId, *, owner: str, kind: FileKind, target: Path) -> None:
    raise JobNotFound


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    opened: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    chat = WebChat(host="127.0.0.1", port=0, fetch=fetch, on_ready=opened.set_result)
    jar = aiohttp.CookieJar(unsafe=True)  # an address is no name, and a browser keeps cookies for it as well
    async with aiohttp.ClientSession(cookie_jar=jar) as session:

        async def listen() -> None:
            async for message in chat.listen():
                site.messages.put_nowait(message)

        task = asyncio.create_task(listen())
        site = Site(chat=chat, url=await asyncio.wait_for(opened, 5), session=session)
        assert (await site.post("session")).status == 200
        yield site
        await chat.close()
        await asyncio.wait_for(task, 5)


async def entries(site: Site, count: int) -> list[dict[str, Any]]:
    """Read the first ``count`` events of the page's stream."""
    found: list[dict[str, Any]] = []
    async with site.session.get(site.url + "events") as response:
        async for line in response.content:
            if line.startswith(b"data: "):
                found.append(json.loads(line[6:]))
                if len(found) == count:
                    break
    return found


async def test_the_page_and_its_files(site: Site) -> None:
    status, page, headers = await site.get("")
    assert status == 200
    assert b"<title>textreel</title>" in page
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    for name, kind in web_server.STATIC_FILES.items():
        status, body, headers = await site.get(f"static/{name}")
        assert (status, headers["Content-Type"]) == (200, f"{kind}; charset=utf-8")
        assert body
    for name in ("nothing.js", "index.html", "..%2fweb_chat.py"):
        assert (await site.get(f"static/{name}"))[0] == 404


async def test_every_file_of_the_page_is_served_and_none_is_forgotten() -> None:
    names = {path.name for path in web_server.STATIC.iterdir()}
    assert names == {*web_server.STATIC_FILES, "index.html"}


async def test_a_visitor_keeps_a_strict_cookie(site: Site) -> None:
    again = await site.post("session")
    (cookie,) = site.session.cookie_jar
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert again.cookies[web_server.COOKIE].value == cookie.value
    forged = {**site.origin, "Cookie": f"{web_server.COOKIE}=me"}
    async with (
        aiohttp.ClientSession() as stranger,
        stranger.post(site.url + "session", headers=forged) as answer,
    ):
        assert answer.cookies[web_server.COOKIE].value not in {"me", cookie.value}


async def test_a_message_arrives_with_its_options(site: Site) -> None:
    options = {"aspect": "9:16", "seconds": 12, "music": False, "language": "zh"}
    message = await site.send(options=options, seed="9007199254740993")
    assert (message.text, message.locale, message.seed) == ("A fox runs.", "zh-CN", 9_007_199_254_740_993)
    assert (str(message.options.aspect), message.options.seconds) == ("9:16", 12.0)
    assert message.options.music is False
    assert message.requester.platform == "web"
    assert message.message_id == f"{message.requester.user_id}:{PAGE}"
    assert site.chat.reaches(message.address)
    other = await site.send(message="0123abcd-0000-4000-8000-000000000002")
    assert other.requester == message.requester
    assert other.message_id != message.message_id


@pytest.mark.parametrize(
    "changes",
    [
        {"message": "../x"},
        {"message": 5},
        {"text": None},
        {"text": ["a"]},
        {"seed": 5},
        {"seed": "-5"},
        {"seed": "5" * 30},
        {"options": {"aspect": "4:3"}},
        {"options": {"seconds": "long"}},
        {"options": 7},
    ],
)
async def test_what_no_page_of_ours_sends_is_refused(site: Site, changes: dict[str, Any]) -> None:
    response = await site.post("messages", {"message": PAGE, "text": "A fox", **changes})
    assert response.status == 422
    assert json.loads(await response.text())["error"]["code"] == "invalid_option"


async def test_bodies_that_are_no_objects_or_too_large(site: Site) -> None:
    assert (await site.post("messages", [1])).status == 422
    assert (await site.post("messages")).status == 422
    headers = {**site.origin, "Content-Type": "application/json"}
    async with site.session.post(site.url + "messages", data="{", headers=headers) as response:
        assert response.status == 422
    assert (await site.post("messages", {"message": PAGE, "text": "x" * 100_000})).status == 413


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "evil.example"},
        {"Host": "evil.example:80", "Origin": "http://evil.example:80"},
    ],
)
async def test_other_sites_cannot_send(site: Site, headers: dict[str, str]) -> None:
    given = headers if "Origin" in headers or not headers else {**site.origin, **headers}
    for path in ("messages", "cancel", "session"):
        response = await site.post(path, {"message": PAGE, "text": "A fox"}, headers=given)
        assert response.status == 403
    assert site.messages.empty()


async def test_other_names_for_this_address_are_refused(site: Site) -> None:
    for name, status in (("evil.example", 403), ("localhost:99", 200), ("[::1]:99", 200), ("127.0.0.1", 200)):
        assert (await site.get("", headers={"Host": name}))[0] == status


async def test_without_a_cookie_there_is_nothing(site: Site) -> None:
    async with aiohttp.ClientSession() as stranger:
        for path in ("events", "clips/job-1.mp4", "stills/job-1.jpg"):
            async with stranger.get(site.url + path) as response:
                assert response.status == 401


async def test_a_status_and_a_clip_reach_the_page(site: Site, tmp_path: Path) -> None:
    message = await site.send()
    understood = values.story()[2]
    status = Status(
        text="Drawing 50 %",
        state=StatusState.WORKING,
        job_id=values.JOB,
        headline="Drawing",
        stage=Stage.GENERATE,
        fraction=0.5,
        understood=understood,
    )
    handle = await site.chat.send_status(message.address, status)
    (entry,) = await entries(site, 1)
    assert (entry["message"], entry["text"]) == (PAGE, "A fox runs.")
    assert entry["status"]["stage"] == "generate"
    assert entry["status"]["understood"]["entities"] == ["OBJECT: fox", "PLACE: forest"]
    await site.chat.edit_status(handle, Status(text="Ready.", state=StatusState.SUCCEEDED))
    clip, still = tmp_path / "clip", tmp_path / "still"
    clip.write_bytes(b"film" * 100)
    still.write_bytes(b"\xff\xd8")
    ready = ReadyClip(job_id=values.JOB, clip=values.clip(), path=clip, thumbnail=still, text="A fox")
    await site.chat.send_clip(message.address, ready)
    (entry,) = await entries(site, 1)
    assert (entry["clip"]["job"], entry["clip"]["seed"], entry["clip"]["has_still"]) == ("job-1", "5", True)
    assert entry["clip"]["scenes"][0]["text"] == "A fox runs through a forest."
    status_code, body, headers = await site.get("clips/job-1.mp4", headers={"Range": "bytes=4-7"})
    assert (status_code, body, headers["Content-Type"]) == (206, b"film", "video/mp4")
    assert (await site.get("stills/job-1.jpg"))[:2] == (200, b"\xff\xd8")
    assert (await site.get("clips/job-2.mp4"))[0] == 404


async def test_changes_arrive_while_the_page_is_open(site: Site) -> None:
    message = await site.send()
    reading = asyncio.create_task(entries(site, 2))
    await asyncio.sleep(0.05)
    await site.chat.send_status(message.address, Status(text="Hello.", state=StatusState.SAID))
    first, second = await asyncio.wait_for(reading, 5)
    assert "status" not in first
    assert second["status"]["text"] == "Hello."


async def test_a_quiet_stream_gives_signs_of_life(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_server, "KEEP_ALIVE_S", 0.01)
    async with site.session.get(site.url + "events") as response:
        async with asyncio.timeout(5):
            async for line in response.content:
                if line == b": alive\n":
                    break


async def test_a_cancellation_has_no_message_of_its_own(site: Site) -> None:
    assert (await site.post("cancel", {"job": "job-1"})).status == 202
    message = await asyncio.wait_for(site.messages.get(), 5)
    assert (message.verb, message.text) == (Verb.CANCEL, "job-1")
    await site.chat.send_status(message.address, Status(text="Cancelling.", state=StatusState.SAID))
    assert site.chat._hub.entries(message.requester.user_id) == ()


async def test_an_address_of_somebody_else_is_gone(site: Site) -> None:
    for payload in ("{}", "[]", "no json", "5"):
        address = ReplyAddress(platform="web", payload=payload)
        assert not site.chat.reaches(address)
        with pytest.raises(AddressGone):
            await site.chat.edit_status(StatusHandle(id=payload), Status(text="x", state=StatusState.SAID))


async def test_a_port_that_is_taken_names_the_setting(site: Site) -> None:
    port = int(site.url.rstrip("/").rsplit(":", 1)[1])
    second = WebChat(host="127.0.0.1", port=port, fetch=fetch)
    with pytest.raises(ConfigError, match=r"\[adapters.web\] port"):
        await anext(second.listen())
    await second.close()
