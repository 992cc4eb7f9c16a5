"""Settings, clocks and running engines for tests of the engine process."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from engine.contract.request import ReplyAddress, Requester
from engine.contract.wire import to_json
from engine.settings import EngineSettings, load_settings
from tests.fakes import values
from tests.fakes.values import NOON

ROOT = Path(__file__).parents[2]
TOKEN = "a token of the tests"


def settings(data_dir: Path, *, pipeline: str = "ok", **changes: Any) -> EngineSettings:
    """The shipped settings with a data_dir and a fixture pipeline of the test's."""
    dotted = f"tests.fixtures.pipelines.{pipeline}:build"
    return replace(load_settings(), data_dir=data_dir, pipeline=dotted, min_free_megabytes=1, **changes)


class Clock:
    """A clock that moves when it is told to, and a little at every look, so that no two moments are equal."""

    def __init__(self, start: datetime = NOON) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


async def eventually(condition: Callable[[], Awaitable[bool]], *, seconds: float = 10.0) -> None:
    """Wait until ``condition`` holds; fail the test when it does not within ``seconds``."""
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.01)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that nobody has asked for its exit code counts as gone."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def write_config(folder: Path, *, pipeline: str = "ok", **engine: Any) -> Path:
    """Write a TOML file over config.toml for an engine process of a test; nobody has a quota in it."""
    chosen = {
        "data_dir": str(folder / "data"),
        "pipeline": f"tests.fixtures.pipelines.{pipeline}:build",
        "min_free_megabytes": 1,
        **engine,
    }
    path = folder / f"{pipeline}.toml"
    lines = [f"{key} = {json.dumps(value)}" for key, value in chosen.items()]
    path.write_text(
        "\n".join(["[engine]", *lines, "[quota]", "max_waiting = 0", "seconds_per_day = 0", ""]),
        encoding="utf-8",
    )
    return path


def engine_command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "engine", *map(str, words)]


@dataclass
class Engine:
    """A running ``python -m engine serve`` and a client of it."""

    process: subprocess.Popen[bytes]
    hello: dict[str, Any]

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, bytes]:
        """Make one request and return status and body; an error answer is no exception."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.hello['port']}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def json(self, method: str, path: str, body: Any = None) -> Any:
        return json.loads(self.call(method, path, body)[1])

    def submit(self, key: str, *, platform: str = "fake") -> str:
        asked = values.request(
            idempotency_key=key,
            requester=Requester(platform=platform, user_id="7"),
            reply_to=ReplyAddress(platform=platform),
        )
        return str(self.json("POST", "/v1/jobs", to_json(asked))["id"])

    def until(self, job_id: str, *statuses: str, seconds: float = 30.0) -> dict[str, Any]:
        """Wait until a job is in one of ``statuses`` and return it."""
        limit = time.monotonic() + seconds
        while True:
            job: dict[str, Any] = self.json("GET", f"/v1/jobs/{job_id}")
            if job["status"] in statuses:
                return job
            assert time.monotonic() < limit, f"job is {job['status']} after {seconds} s"
            time.sleep(0.02)

    def until_stage(self, job_id: str, stage: str) -> None:
        """Wait until a running job has begun a stage."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.hello['port']}/v1/jobs/{job_id}/events",
            headers={"Authorization": f"Bearer {TOKEN}"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
            for line in answer:
                if line.startswith(b"data: ") and json.loads(line[6:]).get("stage") == stage:
                    return
        raise AssertionError(f"the stage {stage} never came")

    def events(self, job_id: str, *, after: int = 0) -> list[dict[str, Any]]:
        """Return the events of a job, which must have ended."""
        text = self.call("GET", f"/v1/jobs/{job_id}/events")[1].decode()
        found = [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: ")]
        return [event for event in found if event["seq"] > after]

    def children(self) -> list[int]:
        """Process ids of all that the engine has started, whoever is their parent."""
        return [pid for pid in descendants(self.process.pid) if pid != self.process.pid]


class EngineProcesses:
    """Starts engines and ends them."""

    def __init__(self) -> None:
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, config: Path, *flags: str, token: str | None = TOKEN) -> Engine:
        """Start an engine and wait for its first line."""
        process = self.popen(engine_command("serve", *flags, "--config", config), token=token)
        assert process.stdout is not None
        return Engine(process=process, hello=json.loads(process.stdout.readline()))

    def popen(self, command: list[str], *, token: str | None = TOKEN) -> subprocess.Popen[bytes]:
        environment = {**os.environ, **({} if token is None else {"TEXTREEL_ENGINE_TOKEN": token})}
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.started.append(process)
        return process

    def kill_all(self) -> None:
        for process in self.started:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(BrokenPipeError):
                        pipe.close()


def descendants(pid: int) -> list[int]:
    """Return the process and all below it."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            stat = (folder / "stat").read_text(encoding="ascii", errors="replace")
            parent = int(stat.rpartition(")")[2].split()[1])
            parents.setdefault(parent, []).append(int(folder.name))
    found, pending = [], [pid]
    while pending:
        found.append(pending.pop())
        pending += parents.get(found[-1], [])
    return found
