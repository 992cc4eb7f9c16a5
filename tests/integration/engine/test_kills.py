"""Engines are killed at random moments over a stream of jobs; what was promised is kept all the same."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from engine.contract.events import FINAL_EVENTS
from tests.fakes.engine_parts import Engine, EngineProcesses, write_config

KILLS = 5
JOBS = 8
SEED = 20261124


def kill(whom: str, engine: Engine) -> None:
    """Kill the engine, its render process first, or let it see its bot go."""
    if whom == "worker":
        for pid in engine.children():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.2)
    if whom == "bot" and engine.process.stdin is not None:
        engine.process.stdin.close()
    else:
        engine.process.kill()
    engine.process.wait()


@pytest.mark.slow
def test_every_job_ends_once_and_the_ledger_adds_up(engines: EngineProcesses, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    config = write_config(tmp_path, pipeline="steady", max_attempts=KILLS + 2)
    job_ids = set()
    for number in range(KILLS):
        engine = engines.start(config, "--parent-pipe")
        job_ids |= {engine.submit(f"{number}-{item}") for item in range(chance.randint(0, 2))}
        time.sleep(chance.uniform(0.0, 1.2))
        kill(chance.choice(["engine", "worker", "bot"]), engine)
    engine = engines.start(config, "--parent-pipe")
    job_ids |= {engine.submit(f"last-{item}") for item in range(JOBS - len(job_ids))}
    seconds = 0.0
    for job_id in job_ids:
        seconds += engine.until(job_id, "succeeded", seconds=60)["clip"]["seconds"]
        ends = {cls.__name__ for cls in FINAL_EVENTS}
        events = engine.events(job_id)
        assert sum(event["type"] in ends for event in events) == 1
        assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    owed = engine.json("GET", "/v1/deliveries?state=pending")["deliveries"]
    assert sorted(item["job_id"] for item in owed) == sorted(job_ids)
    with contextlib.closing(sqlite3.connect(tmp_path / "data" / "textreel.db")) as database:
        (total,) = database.execute("SELECT SUM(reserved_s + used_s) FROM usage_ledger").fetchone()
    assert abs(total - seconds) < 1e-6
