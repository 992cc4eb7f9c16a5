"""Telegram and Discord as people use them.

Small servers speak the real protocols to the real libraries; bot and engine run as processes, with a
fixture pipeline.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from tests.fakes import fake_discord, fake_telegram
from tests.fakes.fake_discord import FakeDiscord
from tests.fakes.fake_telegram import FakeTelegram
from tests.fixtures.pipelines.parts import CLIP_BYTES

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def listening(fake: Any) -> AsyncIterator[str]:
    """Serve a fake network and yield its address."""
    server = TestServer(fake.app())
    await server.start_server(shutdown_timeout=0.1)
    yield str(server.make_url("/"))
    await server.close()


@asynccontextmanager
async def serving(folder: Path, pipeline: str, adapter: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `textreel serve` with one adapter; ``adapter`` holds the lines of its table."""
    config = folder / "config.toml"
    config.write_text(
        f'[engine]\ndata_dir = "{folder / "data"}"\npipeline = "tests.fixtures.pipelines.{pipeline}:build"\n'
        "min_free_megabytes = 1\n[adapters.console]\nenabled = false\n[adapters.web]\nenabled = false\n"
        f"{adapter}"
    )
    environment = {
        **os.environ,
        "TELEGRAM_TOKEN": fake_telegram.TOKEN,
        "DISCORD_TOKEN": fake_discord.TOKEN,
    }
    command = [sys.executable, "-m", "bot", "serve", "--config", str(config)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment)
    try:
        yield process
        if process.returncode is None:
            process.terminate()
            assert await asyncio.wait_for(process.wait(), 20) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def telegram(url: str) -> str:
    return f'[adapters.telegram]\nenabled = true\napi_root = "{url}"\n'


def discord(url: str) -> str:
    gateway = f"{url.replace('http', 'ws')}gateway"
    return f'[adapters.discord]\nenabled = true\napi_base = "{url}api/v10"\ngateway_url = "{gateway}"\n'


async def test_a_telegram_message_becomes_a_video(tmp_path: Path) -> None:
    fake = FakeTelegram()
    async with listening(fake) as url, serving(tmp_path, "ok", telegram(url)):
        fake.say("A fox runs.")
        (video,) = await fake.until("sendVideo")
        assert video["video"]["data"] == CLIP_BYTES
        assert video["chat_id"] == 7
        assert fake.of("sendMessage")[0]["text"]
        fake.say("/video 🎉")
        await fake.until("sendMessage", 2)
        # Ann's client speaks Chinese, and so does the bot to her.
        assert "没有可以展示的词语" in fake.of("sendMessage")[1]["text"]
        again = video["reply_markup"]["inline_keyboard"][0][0]
        fake.press(again["callback_data"])
        assert len(await fake.until("sendVideo", 2)) == 2


async def test_a_telegram_bot_that_is_killed_delivers_once_after_its_restart(tmp_path: Path) -> None:
    fake = FakeTelegram()
    async with listening(fake) as url:
        async with serving(tmp_path, "slow", telegram(url)) as bot:
            fake.say("A fox runs.")
            await fake.until("sendMessage")
            bot.kill()
            await bot.wait()
        assert fake.of("sendVideo") == []
        async with serving(tmp_path, "ok", telegram(url)):
            await fake.until("sendVideo")
        async with serving(tmp_path, "ok", telegram(url)):
            await fake.until("setMyCommands", 9)
            await asyncio.sleep(1)
        assert len(fake.of("sendVideo")) == 1


async def test_a_discord_command_becomes_a_clip_in_the_channel(tmp_path: Path) -> None:
    fake = FakeDiscord()
    async with listening(fake) as url:
        fake.base = url
        async with serving(tmp_path, "ok", discord(url)):
            await fake.until("GATEWAY 2")
            token = await fake.command("video", {"text": "A fox runs."})
            await fake.until(rf"POST /interactions/\d+/{token}/callback")
            (clip,) = await fake.until("POST /channels/50/messages")
            ((name, data),) = clip["files"]
            assert name.endswith(".mp4")
            assert data == CLIP_BYTES
            assert fake.of(rf"PATCH /webhooks/900/{token}/messages/@original")
            again = clip["components"][0]["components"][0]["custom_id"]
            await fake.press(again)
            await fake.until("POST /channels/50/messages", 2)
            token = await fake.command("quota")
            (told,) = await fake.until(rf"PATCH /webhooks/900/{token}/messages/@original")
            assert "300" in told["content"]


async def test_an_adapter_without_its_token_is_named_and_the_others_run(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    fake = FakeTelegram()
    broken = '[adapters.discord]\nenabled = true\ntoken_env = "NO_SUCH_TOKEN"\n'
    async with listening(fake) as url, serving(tmp_path, "ok", telegram(url) + broken):
        fake.say("/help")
        await fake.until("sendMessage")
    assert (
        "The adapter discord cannot start: The environment variable NO_SUCH_TOKEN" in capfd.readouterr().err
    )
