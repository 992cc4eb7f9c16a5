from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.engine_process import EngineProcess, Patience, engine_command
from engine.contract.errors import ConfigError, EngineUnavailable, StorageFull

ROOT = Path(__file__).parents[3]
QUICK = Patience(start_s=10.0, leave_s=1.0, restart_s=0.01, healthy_s=60.0, restarts=2)


def build(mode: str, patience: Patience = QUICK) -> EngineProcess:
    return EngineProcess(
        (sys.executable, "-m", "tests.fakes.fake_engine", mode),
        token_env="TEXTREEL_ENGINE_TOKEN",
        environment={**os.environ, "PYTHONPATH": str(ROOT)},
        patience=patience,
        make_token=lambda: "secret",
    )


@asynccontextmanager
async def running(mode: str, patience: Patience = QUICK) -> AsyncIterator[EngineProcess]:
    process = build(mode, patience)
    try:
        await process.start()
        yield process
    finally:
        await process.close()


async def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - the end of a process sends no event
            await asyncio.sleep(0.01)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_command_line_of_the_engine() -> None:
    assert engine_command(None)[1:] == ("-m", "engine", "serve", "--parent-pipe")
    assert engine_command(Path("/x.toml"))[-2:] == ("--config", "/x.toml")


async def test_an_engine_starts_and_leaves_with_its_pipe() -> None:
    async with running("ok") as process:
        endpoint = await process.endpoint()
        pid = process.pid
        assert endpoint.token == "secret"
        assert endpoint.base_url.startswith("http://127.0.0.1:")
        assert pid is not None
        assert alive(pid)
    assert not alive(pid)
    assert process.pid is None


async def test_a_killed_engine_is_started_again() -> None:
    async with running("ok") as process:
        first, pid = await process.endpoint(), process.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        await until(lambda: process.pid not in {None, pid})
        second = await process.endpoint()
        assert second.base_url != first.base_url


async def test_an_engine_that_keeps_dying_is_given_up() -> None:
    async with running("dies") as process:
        with pytest.raises(EngineUnavailable, match="times in a row"):
            await asyncio.wait_for(_until_it_fails(process), 30)


async def test_an_engine_that_was_given_up_may_come_back() -> None:
    patience = Patience(start_s=10.0, leave_s=1.0, restart_s=0.01, restarts=0, rest_s=0.3)
    async with running("dies", patience) as process:
        with pytest.raises(EngineUnavailable, match="times in a row"):
            await asyncio.wait_for(_until_it_fails(process), 20)
        process._command = build("ok")._command
        await until(lambda: process.pid is not None)
        assert (await process.endpoint()).token == "secret"


async def test_whoever_asks_while_no_start_succeeds_waits_for_the_one_that_does() -> None:
    async with running("ok") as process:
        works, pid = process._command, process.pid
        process._command = build("says-error")._command
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        await until(lambda: process.pid != pid)
        waiting = asyncio.create_task(process.endpoint())
        process._command = works
        assert (await asyncio.wait_for(waiting, 20)).token == "secret"


async def _until_it_fails(process: EngineProcess) -> None:
    while True:
        await process.endpoint()
        await asyncio.sleep(0.02)


async def test_an_engine_that_stays_is_ended_by_force() -> None:
    async with running("stubborn", Patience(leave_s=0.1)) as process:
        pid = process.pid
        begun = time.monotonic()
    assert pid is not None
    assert not alive(pid)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("mode", "error", "said"),
    [
        ("wrong-config", ConfigError, "^\\[engine\\] executor must be one of these"),
        ("crash", EngineUnavailable, "exit code 1.*there is no disk"),
        ("babble", EngineUnavailable, "no greeting"),
        ("says-error", StorageFull, "No space for the database"),
    ],
)
async def test_an_engine_that_cannot_start_says_why(mode: str, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        async with running(mode):
            pass


async def test_an_engine_that_never_greets() -> None:
    with pytest.raises(EngineUnavailable, match="did not start within"):
        async with running("silent", Patience(start_s=0.2, leave_s=0.5)):
            pass


async def test_a_program_that_is_not_there() -> None:
    process = EngineProcess(("/no/such/program",), token_env="T", environment={})
    with pytest.raises(EngineUnavailable, match="cannot be started"):
        await process.start()
    with pytest.raises(EngineUnavailable, match="has not been started"):
        await process.endpoint()


async def test_the_engine_s_log_is_repeated_at_its_level(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="engine"):
        async with running("ok"):
            await until(lambda: bool(caplog.records))
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("INFO", "INFO engine.api: listening")
    ]
