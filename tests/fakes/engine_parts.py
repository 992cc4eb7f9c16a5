"""Settings, clocks and running engines for tests of the engine process."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from engine.settings import EngineSettings, load_settings
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


def write_config(folder: Path, *, pipeline: str = "ok", **engine: Any) -> Path:
    """Write a TOML file over config.toml for an engine process of a test."""
    values = {
        "data_dir": str(folder / "data"),
        "pipeline": f"tests.fixtures.pipelines.{pipeline}:build",
        "min_free_megabytes": 1,
        **engine,
    }
    path = folder / "config.toml"
    lines = [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    path.write_text("\n".join(["[engine]", *lines, ""]), encoding="utf-8")
    return path


def engine_command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "engine", *map(str, words)]
