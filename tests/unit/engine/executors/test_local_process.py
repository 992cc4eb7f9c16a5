from __future__ import annotations

import errno
import os
import signal
from pathlib import Path

import pytest

from engine.contract.errors import EngineUnavailable, WorkerDied
from engine.executors.base import WorkerState
from engine.executors.local_process import LocalProcess, cause
from tests.fakes import engine_parts, values


@pytest.mark.parametrize(
    ("exit_code", "words"),
    [
        (-signal.SIGKILL, "ran out of memory"),
        (-signal.SIGSEGV, "crashed in native code (SIGSEGV)"),
        (-signal.SIGTERM, "ended by SIGTERM"),
        (3, "exit code 3"),
        (None, "no exit code"),
    ],
)
def test_the_likely_cause_of_a_death(exit_code: int | None, words: str) -> None:
    assert words in cause(exit_code)


async def test_a_process_that_cannot_be_started_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(_: object) -> None:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", start)
    executor = LocalProcess(engine_parts.settings(tmp_path))
    with pytest.raises(WorkerDied, match="could not be started"):
        await executor.start()
    with pytest.raises(WorkerDied, match="could not be started"):
        await executor.call("doctor", {})
    await executor.close()


async def test_what_was_not_started_takes_no_work(tmp_path: Path) -> None:
    executor = LocalProcess(engine_parts.settings(tmp_path))
    assert (executor.state, executor.pid, executor.capacity) == (WorkerState.NEW, None, 1)
    with pytest.raises(EngineUnavailable, match="is new"):
        await executor.run(values.job(), workdir=tmp_path, on_message=lambda _: None)
    with pytest.raises(EngineUnavailable, match="is new"):
        await executor.call("doctor", {})
    await executor.cancel(values.job().id)
    await executor.close()
    with pytest.raises(EngineUnavailable, match="is defunct"):
        await executor.start()
