"""The chat page as a person uses it: a headless browser, the bot, a real engine with a fixture pipeline."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes import browser
from tests.fakes.browser import Tab

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(browser.PROGRAM is None, reason="needs Chromium")


@dataclass
class Served:
    """`textreel serve` and its page in a browser."""

    tab: Tab
    url: str
    bot: asyncio.subprocess.Process

    async def write(self, text: str) -> None:
        await self.tab.run("document.getElementById('text').focus()")
        await self.tab.type(text)
        await self.tab.press("Enter", text="\r")

    async def text(self, selector: str) -> str:
        return await self.tab.run(f"document.querySelector({selector!r})?.textContent")

    async def press_button(self, label: str) -> None:
        buttons = "[...document.querySelectorAll('.reply button')]"
        await self.tab.run(f"{buttons}.find((button) => button.textContent === {label!r}).click()")


def start(folder: Path, pipeline: str, port: int) -> list[str]:
    config = folder / "config.toml"
    config.write_text(
        f'[engine]\ndata_dir = "{folder / "data"}"\npipeline = "tests.fixtures.pipelines.{pipeline}:build"\n'
        f"min_free_megabytes = 1\n[adapters.console]\nenabled = false\n"
        f"[adapters.web]\nenabled = true\nport = {port}\n"
    )
    return [sys.executable, "-m", "bot", "serve", "--config", str(config)]


@asynccontextmanager
async def serving(
    folder: Path, pipeline: str, port: int = 0
) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """Run the bot and yield it with the address of its page."""
    command = start(folder, pipeline, port)
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stderr=asyncio.subprocess.PIPE)
    assert process.stderr is not None
    try:
        line = (await asyncio.wait_for(process.stderr.readline(), 30)).decode()
        match = re.search(r"http://\S+", line)
        assert match is not None, line
        yield process, match.group()
        if process.returncode is None:
            process.terminate()
            assert await asyncio.wait_for(process.wait(), 15) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@asynccontextmanager
async def page(folder: Path, pipeline: str) -> AsyncIterator[Served]:
    async with serving(folder, pipeline) as (bot, url), browser.browser(folder / "profile") as tab:
        await tab.open(url)
        await tab.until(
            "document.querySelector('#examples button') && document.getElementById('offline').hidden"
        )
        yield Served(tab=tab, url=url, bot=bot)
        assert [line for line in tab.complaints if "/clips/" not in line] == []


async def test_a_message_becomes_a_clip_in_the_page(tmp_path: Path) -> None:
    async with page(tmp_path, "ok") as site:
        assert "Write it" in await site.text("#welcome-title")
        await site.write("A fox <b>runs</b> & <img src=x onerror=document.title='broken'>.")
        await site.tab.until("document.querySelector('.reply h3')?.textContent.startsWith('A fox')")
        assert await site.text(".mine") == "A fox <b>runs</b> & <img src=x onerror=document.title='broken'>."
        assert await site.tab.run("document.querySelectorAll('.log img, .log b').length") == 0
        assert await site.tab.run("document.title") == "textreel"
        download = "fetch(document.querySelector('.reply a').href)"
        assert await site.tab.run(f"{download}.then((answer) => answer.status)") == 200
        # The same conversation stands there after a reload, in the other language as well.
        await site.tab.open(site.url)
        await site.tab.until("document.querySelector('.reply a.main')")
        await site.tab.run("document.getElementById('language').click()")
        assert await site.text(".reply a.main") == "下载"
        assert await site.tab.run("document.documentElement.lang") == "zh-Hans"
        await site.press_button("移除")
        await site.tab.open(site.url)
        await site.tab.until("!document.getElementById('welcome').hidden")
        assert await site.tab.run("document.querySelectorAll('.entry').length") == 0


async def test_a_job_can_be_watched_and_cancelled(tmp_path: Path) -> None:
    async with page(tmp_path, "slow") as site:
        await site.write("A fox runs.")
        await site.tab.until("document.querySelector('.stages .now')?.textContent === 'Draw'")
        await site.tab.until("document.querySelector('.reply progress').value > 0.1")
        assert await site.text("#announce") == "Drawing the pictures"
        await site.press_button("Cancel")
        await site.tab.until("document.querySelector('.failed')")
        assert await site.text(".failed .said") == "Cancelled."


async def test_a_refusal_and_a_failure_are_told_in_words(tmp_path: Path) -> None:
    async with page(tmp_path, "raises") as site:
        await site.write("🎉")
        await site.tab.until("document.querySelector('.failed .code')")
        assert await site.text(".failed .code") == "no_words"
        await site.press_button("Remove")
        await site.write("A fox runs.")
        await site.tab.until("document.querySelector('.failed .code')?.textContent === 'stage_failed'")


async def test_the_bot_may_be_killed_and_started_again(tmp_path: Path, unused_tcp_port: int) -> None:
    async with browser.browser(tmp_path / "profile") as tab:
        async with serving(tmp_path, "slow", unused_tcp_port) as (bot, url):
            await tab.open(url)
            await tab.until("document.getElementById('offline').hidden")
            await Served(tab=tab, url=url, bot=bot).write("A fox runs.")
            await tab.until("document.querySelector('.stages .now')?.textContent === 'Draw'")
            bot.kill()
            await bot.wait()
            await tab.until("!document.getElementById('offline').hidden")
        async with serving(tmp_path, "ok", unused_tcp_port):
            await tab.until("document.querySelector('.reply a.main')", 40)
            assert await tab.run("document.querySelectorAll('.entry').length") == 1


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (320, 568)])
async def test_nothing_sticks_out_at_any_width(tmp_path: Path, width: int, height: int) -> None:
    async with page(tmp_path, "ok") as site:
        await site.tab.size(width, height, mobile=width < 600)
        await site.write("Donaudampfschifffahrtsgesellschaftskapitän" * 6)
        await site.tab.until("document.querySelector('.reply a.main')")
        await site.tab.run("document.getElementById('options').open = true")
        assert await site.tab.run("document.documentElement.scrollWidth <= window.innerWidth")


async def test_every_control_has_a_name_and_can_be_reached_by_keyboard(tmp_path: Path) -> None:
    async with page(tmp_path, "ok") as site:
        await site.write("A fox runs.")
        await site.tab.until("document.querySelector('.reply a.main')")
        await site.tab.call("Accessibility.enable")
        nodes = (await site.tab.call("Accessibility.getFullAXTree"))["nodes"]
        controls = [
            node
            for node in nodes
            if node.get("role", {}).get("value")
            in {"button", "link", "textbox", "combobox", "radio", "checkbox"}
            and not node.get("ignored")
        ]
        assert len(controls) >= 8
        assert [node for node in controls if not node.get("name", {}).get("value")] == []
        seen = set()
        await site.tab.run("document.activeElement.blur()")
        for _ in range(40):
            await site.tab.press("Tab", code=9)
            seen.add(await site.tab.run("document.activeElement?.id || document.activeElement?.textContent"))
        assert {"language", "Download", "Another take", "Remove", "text"} <= seen
