"""`textreel` as a process: bot, engine process, render process, and what is left when one of them dies."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fixtures.pipelines.parts import CLIP_BYTES

ROOT = Path(__file__).parents[2]


@dataclass
class Textreel:
    """Runs the command with a pipeline of the fixtures and a data_dir of its own."""

    folder: Path

    def command(self, pipeline: str, *argv: str) -> list[str]:
        config = self.folder / f"{pipeline}.toml"
        config.write_text(
            f'[engine]\ndata_dir = "{self.folder / "data"}"\n'
            f'pipeline = "tests.fixtures.pipelines.{pipeline}:build"\nmin_free_megabytes = 1\n'
        )
        return [sys.executable, "-m", "bot", *argv, "--config", str(config)]

    def start(self, pipeline: str, *argv: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(pipeline, *argv),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, pipeline: str, *argv: str, text: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(pipeline, *argv),
            cwd=ROOT,
            input=text,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def jobs(self) -> list[tuple[str, str | None]]:
        """Status and error code of every job in the store."""
        with sqlite3.connect(self.folder / "data" / "textreel.db") as database:
            return database.execute("select status, error_code from jobs order by rowid").fetchall()

    def processes(self) -> list[int]:
        """Ids of the processes that were started with one of our configurations or by such a one."""
        found = []
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if f"TEXTREEL_E2E={self.folder}".encode() in path.read_bytes().split(b"\0"):
                    found.append(int(path.parent.name))
            except OSError:
                continue
        return [pid for pid in found if pid != os.getpid()]

    def files(self) -> set[str]:
        return {path.name for path in self.folder.iterdir() if path.suffix != ".toml"}


@pytest.fixture
def textreel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Textreel:
    monkeypatch.setenv("TEXTREEL_E2E", str(tmp_path))
    return Textreel(tmp_path)


def until(condition: Callable[[], object], seconds: float = 20.0) -> float:
    """Wait until ``condition`` holds and return how long that took, in seconds."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, "waited in vain"
        time.sleep(0.02)
    return time.monotonic() - begun


def test_a_text_becomes_a_file(textreel: Textreel) -> None:
    out = textreel.folder / "clip.mp4"
    done = textreel.run("ok", "render", "-", "--out", str(out), "--seed", "7", "--json", text="A fox runs.\n")
    assert done.returncode == 0, done.stderr
    described = json.loads(done.stdout.splitlines()[-1])
    assert (described["path"], described["seed"], described["title"]) == (str(out), 7, "A fox runs.")
    assert out.read_bytes() == CLIP_BYTES
    assert textreel.files() == {"clip.mp4", "data"}
    assert textreel.jobs() == [("succeeded", None)]
    until(lambda: not textreel.processes(), 5)


@pytest.mark.parametrize(
    ("pipeline", "code"),
    [("raises", "stage_failed"), ("killed", "worker_died"), ("out_of_memory", "out_of_memory")],
)
def test_a_failure_is_one_line_with_a_code(textreel: Textreel, pipeline: str, code: str) -> None:
    done = textreel.run(pipeline, "render", "A fox runs.", "--out", str(textreel.folder / "clip.mp4"))
    assert done.returncode == 4
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1].startswith(f"error[{code}]: ")
    assert "Traceback" not in done.stderr
    assert textreel.files() == {"data"}
    assert textreel.jobs() == [("failed", code)]


def test_an_engine_that_cannot_start_says_why(textreel: Textreel) -> None:
    (textreel.folder / "data").write_text("a file where the directory should be")
    done = textreel.run("ok", "render", "A fox runs.", "--out", str(textreel.folder / "clip.mp4"))
    assert done.returncode in {2, 4}
    assert done.stderr.splitlines()[-1].startswith("error[")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_render_leaves_nothing_behind(textreel: Textreel, number: int, code: int) -> None:
    process = textreel.start("slow", "render", "A fox runs.", "--out", str(textreel.folder / "clip.mp4"))
    assert process.stderr is not None
    for line in process.stderr:
        if "Drawing" in line:
            break
    process.send_signal(number)
    said, complaint = process.communicate(timeout=15)
    assert process.returncode == code
    assert said == ""
    assert "Traceback" not in complaint
    assert textreel.jobs() == [("cancelled", None)]
    assert textreel.files() == {"data"}
    until(lambda: not textreel.processes(), 5)


def test_a_killed_bot_takes_its_engine_along(textreel: Textreel) -> None:
    process = textreel.start("slow", "render", "A fox runs.", "--out", str(textreel.folder / "clip.mp4"))
    assert process.stderr is not None
    for line in process.stderr:
        if "Drawing" in line:
            break
    assert len(textreel.processes()) >= 3  # bot, engine, render process
    process.kill()
    process.wait(10)
    assert until(lambda: not textreel.processes(), 10) < 3.5
    process.stderr.close()
    assert process.stdout is not None
    process.stdout.close()
    # Nobody waits for that clip any more, so the next render does not begin with it.
    done = textreel.run("ok", "render", "A boat.", "--out", str(textreel.folder / "boat.mp4"))
    assert done.returncode == 0, done.stderr
    assert textreel.jobs() == [("cancelled", None), ("succeeded", None)]


def test_two_renders_at_the_same_time_both_end_well(textreel: Textreel) -> None:
    running = [
        textreel.start("ok", "render", f"A fox, {name}.", "--out", str(textreel.folder / f"{name}.mp4"))
        for name in ("one", "two")
    ]
    ends = [(process.communicate(timeout=60), process.returncode) for process in running]
    assert [code for _, code in ends] == [0, 0], ends
    assert textreel.files() == {"one.mp4", "two.mp4", "data"}
    assert textreel.jobs() == [("succeeded", None)] * 2


def test_a_killed_engine_does_not_lose_the_clip(textreel: Textreel) -> None:
    process = textreel.start("slow", "render", "A fox runs.", "--out", str(textreel.folder / "clip.mp4"))
    assert process.stderr is not None
    for line in process.stderr:
        if "Drawing" in line:
            break
    engine = next(pid for pid in textreel.processes() if b"--parent-pipe" in _command(pid))
    os.kill(engine, signal.SIGKILL)
    assert any("Drawing" in line or "starts again" in line for line in process.stderr)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=15)
    assert process.returncode == 130
    assert textreel.jobs() == [("cancelled", None)]


def test_tools_answer_over_the_same_path(textreel: Textreel) -> None:
    done = textreel.run("ok", "understand", "--lines", "-", text="fox\n\n铁塔\n")
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["arguments"]["text"] for line in done.stdout.splitlines()] == ["fox", "铁塔"]
    assert done.stderr.splitlines() == [
        "line 2: error[empty_prompt]: The text is empty. Write what the clip shall show."
    ]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
