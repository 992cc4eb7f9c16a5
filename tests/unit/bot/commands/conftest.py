"""A command line in this process, and a small engine on a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from tests.fakes.fake_engine import FakeEngine, understand
from tests.fakes.shell import Shell, doctor, imagine


@pytest.fixture
def engine() -> Iterator[FakeEngine]:
    """An engine on a thread of its own, so that the command can own the loop of this one."""
    engine = FakeEngine(tools={"understand": understand, "imagine": imagine, "doctor": doctor})
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = TestServer(engine.app())

    def call(work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, loop).result(10)

    call(server.start_server(shutdown_timeout=0.1))
    engine.url = str(server.make_url("/"))
    yield engine
    call(server.close())
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


@pytest.fixture
def shell(
    engine: FakeEngine,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Shell:
    config = tmp_path / "config.toml"
    config.write_text(
        f'[engine]\nurl = "{engine.url}"\ntoken_env = "TEXTREEL_TEST_TOKEN"\n'
        "[adapters.web]\nenabled = false\nport = 0\n"
    )
    monkeypatch.setenv("TEXTREEL_TEST_TOKEN", engine.token)
    return Shell(config=config, capsys=capsys, monkeypatch=monkeypatch)
