"""``python -m engine`` as a process: how it starts, what it promises while it runs, and how it ends."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.contract.wire import CONTRACT_VERSION
from tests.fakes.engine_parts import (
    TOKEN,
    Engine,
    EngineProcesses,
    descendants,
    engine_command,
    is_alive,
    write_config,
)
from tests.fixtures.pipelines.parts import CLIP_BYTES

#: A killed bot leaves no engine and no render process behind after this time, in seconds.
GONE_LIMIT = 3.0


def all_gone(pids: list[int], *, seconds: float = GONE_LIMIT) -> bool:
    limit = time.monotonic() + seconds
    while any(map(is_alive, pids)):
        if time.monotonic() > limit:
            return False
        time.sleep(0.02)
    return True


def test_from_submission_to_download(engines: EngineProcesses, tmp_path: Path) -> None:
    engine = engines.start(write_config(tmp_path), "--parent-pipe")
    assert engine.hello["contract"] == CONTRACT_VERSION
    assert engine.hello["pid"] == engine.process.pid
    job_id = engine.submit("a")
    events = engine.events(job_id)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert (events[0]["type"], events[-1]["type"]) == ("JobQueued", "JobSucceeded")
    clip = events[-1]["clip"]
    _, data = engine.call("GET", clip["location"])
    assert data == CLIP_BYTES
    assert clip["sha256"] == hashlib.sha256(data).hexdigest()
    assert engine.json("GET", "/v1/health")["worker"] == "ready"


def test_the_engine_does_not_show_its_token(engines: EngineProcesses, tmp_path: Path) -> None:
    engine = engines.start(write_config(tmp_path), "--parent-pipe")
    engine.until(engine.submit("a"), "succeeded")
    environments = [Path(f"/proc/{pid}/environ").read_bytes() for pid in engine.children()]
    assert environments
    assert not any(TOKEN.encode() in environment for environment in environments)
    assert engine.call("GET", "/v1/health")[0] == 200


def test_the_engine_ends_with_the_input_of_its_parent(engines: EngineProcesses, tmp_path: Path) -> None:
    engine = engines.start(write_config(tmp_path, pipeline="slow"), "--parent-pipe")
    engine.until(engine.submit("a"), "running")
    everybody = descendants(engine.process.pid)
    assert len(everybody) >= 2
    assert engine.process.stdin is not None
    engine.process.stdin.close()
    assert engine.process.wait(timeout=GONE_LIMIT) == 0
    assert all_gone(everybody)


@pytest.mark.parametrize("pipeline", ["slow", "hangs"])
def test_a_running_job_is_cancelled_within_two_seconds(
    engines: EngineProcesses, tmp_path: Path, pipeline: str
) -> None:
    engine = engines.start(write_config(tmp_path, pipeline=pipeline), "--parent-pipe")
    job_id = engine.submit("a")
    stage = "composite" if pipeline == "hangs" else "generate"
    engine.until_stage(job_id, stage)
    before = time.monotonic()
    assert engine.json("DELETE", f"/v1/jobs/{job_id}")["status"] == "cancelled"
    # The limit is that of the engine; on top of it comes what two requests take on a busy machine.
    assert time.monotonic() - before < 2.0 + 0.5
    assert engine.events(job_id)[-1]["type"] == "JobCancelled"


FAKE_BOT = """
import subprocess, sys, time
engine = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
print(engine.stdout.readline().decode().strip(), flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("pipeline", ["slow", "hangs"])
def test_a_killed_bot_leaves_nothing_behind(engines: EngineProcesses, tmp_path: Path, pipeline: str) -> None:
    config = write_config(tmp_path, pipeline=pipeline)
    command = engine_command("serve", "--parent-pipe", "--config", config)
    bot = engines.popen([sys.executable, "-c", FAKE_BOT, *command])
    assert bot.stdout is not None
    hello = json.loads(bot.stdout.readline())
    engine = Engine(process=bot, hello=hello)
    engine.until(engine.submit("a"), "running")
    everybody = descendants(bot.pid)
    assert hello["pid"] in everybody
    bot.kill()
    assert all_gone(everybody)


def test_a_killed_engine_takes_its_render_process_along(engines: EngineProcesses, tmp_path: Path) -> None:
    engine = engines.start(write_config(tmp_path, pipeline="hangs"), "--parent-pipe")
    job_id = engine.submit("a")
    engine.until(job_id, "running")
    time.sleep(0.5)
    everybody = descendants(engine.process.pid)
    engine.process.kill()
    engine.process.wait()
    assert all_gone(everybody)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_engine_in_order(
    engines: EngineProcesses, tmp_path: Path, number: signal.Signals
) -> None:
    engine = engines.start(write_config(tmp_path, pipeline="slow"))
    job_id = engine.submit("a")
    engine.until(job_id, "running")
    everybody = descendants(engine.process.pid)
    engine.process.send_signal(number)
    assert engine.process.wait(timeout=GONE_LIMIT) == 0
    assert all_gone(everybody)
    second = engines.start(write_config(tmp_path))
    job = second.until(job_id, "succeeded")
    assert job["attempts"] == 1
    reasons = [event["reason"] for event in second.events(job_id) if event["type"] == "JobRequeued"]
    assert reasons == ["The engine was stopped."]


def test_a_killed_engine_loses_no_job(engines: EngineProcesses, tmp_path: Path) -> None:
    first = engines.start(write_config(tmp_path, pipeline="slow"))
    running, waiting = first.submit("a"), first.submit("b")
    first.until(running, "running")
    first.process.kill()
    first.process.wait()
    second = engines.start(write_config(tmp_path))
    assert second.until(running, "succeeded")["attempts"] == 2
    assert second.until(waiting, "succeeded")["attempts"] == 1
    assert second.submit("a") == running
    owed = second.json("GET", "/v1/deliveries?platform=fake&state=pending")["deliveries"]
    assert {item["job_id"] for item in owed} == {running, waiting}


def test_two_consoles_render_side_by_side(engines: EngineProcesses, tmp_path: Path) -> None:
    one = engines.start(write_config(tmp_path, pipeline="slow"), "--parent-pipe")
    slow = one.submit("a", platform="console")
    one.until(slow, "running")
    other = engines.start(write_config(tmp_path), "--parent-pipe")
    quick = other.submit("b", platform="console")
    assert other.until(quick, "succeeded")["attempts"] == 1
    assert other.json("GET", f"/v1/jobs/{slow}")["status"] == "running"
    assert one.json("DELETE", f"/v1/jobs/{slow}")["status"] == "cancelled"


def test_the_job_of_a_dead_console_is_cancelled(engines: EngineProcesses, tmp_path: Path) -> None:
    config = write_config(tmp_path, pipeline="slow")
    command = engine_command("serve", "--parent-pipe", "--config", config)
    bot = engines.popen([sys.executable, "-c", FAKE_BOT, *command])
    assert bot.stdout is not None
    engine = Engine(process=bot, hello=json.loads(bot.stdout.readline()))
    job_id = engine.submit("a", platform="console")
    engine.until(job_id, "running")
    everybody = descendants(bot.pid)
    bot.kill()
    bot.wait()
    assert all_gone(everybody)
    second = engines.start(write_config(tmp_path), "--parent-pipe")
    assert second.until(job_id, "cancelled")["clip"] is None
    assert second.json("GET", "/v1/deliveries?state=pending")["deliveries"] == []


def test_a_bot_that_starts_its_engine_again_gets_its_console_job(
    engines: EngineProcesses, tmp_path: Path
) -> None:
    """This test process is the bot of both engines, as it is their parent."""
    first = engines.start(write_config(tmp_path, pipeline="slow"), "--parent-pipe")
    job_id = first.submit("a", platform="console")
    first.until(job_id, "running")
    first.process.kill()
    first.process.wait()
    second = engines.start(write_config(tmp_path), "--parent-pipe")
    assert second.until(job_id, "succeeded")["attempts"] == 2


def test_a_second_long_running_engine_is_refused(engines: EngineProcesses, tmp_path: Path) -> None:
    config = write_config(tmp_path)
    first = engines.start(config)
    refused = run("serve", "--config", config)
    assert refused.returncode == 4
    assert f"process {first.process.pid}) already serves" in refused.stderr
    assert refused.stderr.startswith("error[engine_unavailable]")


def run(*words: str | Path, token: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **({} if token is None else {"TEXTREEL_ENGINE_TOKEN": token})}
    return subprocess.run(
        engine_command(*words), env=environment, capture_output=True, text=True, timeout=30, check=False
    )


def test_a_wrong_setting_is_told_to_the_parent_as_well(tmp_path: Path) -> None:
    config = tmp_path / "wrong.toml"
    config.write_text("[engine]\nhots = 1\n", encoding="utf-8")
    refused = run("serve", "--parent-pipe", "--config", config)
    assert refused.returncode == 2
    error = json.loads(refused.stdout)["error"]
    assert error["code"] == "config_error"
    assert "'host'" in error["message"]
    assert refused.stderr == f"error[config_error]: {error['message']}\n"


def test_beyond_this_machine_a_token_is_needed(engines: EngineProcesses, tmp_path: Path) -> None:
    config = write_config(tmp_path, host="0.0.0.0")  # noqa: S104 - that is the test
    refused = run("serve", "--config", config)
    assert refused.returncode == 2
    assert "TEXTREEL_ENGINE_TOKEN" in refused.stderr
    assert engines.start(config).call("GET", "/v1/health")[0] == 200


def test_a_port_that_is_taken_is_named(engines: EngineProcesses, tmp_path: Path) -> None:
    port = engines.start(write_config(tmp_path), "--parent-pipe").hello["port"]
    (tmp_path / "other").mkdir()
    refused = run("serve", "--config", write_config(tmp_path / "other", port=port))
    assert refused.returncode == 2
    assert f"127.0.0.1:{port}" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_database_that_is_damaged_is_named(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "textreel.db").write_text("no database, " * 1000, encoding="utf-8")
    refused = run("serve", "--parent-pipe", "--config", config)
    assert refused.returncode == 4
    assert json.loads(refused.stdout)["error"]["code"] == "engine_error"
    assert "damaged" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_migrate_prepares_the_database(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    first, again = run("migrate", "--config", config), run("migrate", "--config", config)
    assert (first.returncode, again.returncode) == (0, 0)
    assert "first_tables" in first.stderr
    assert again.stderr == ""
    assert (tmp_path / "data" / "textreel.db").is_file()


def test_the_engine_itself_stays_light() -> None:
    """What the render process needs is not imported here: it would cost seconds and memory at each start."""
    code = "import sys, engine.__main__, engine.app; print([x for x in sys.argv[1:] if x in sys.modules])"
    heavy = ["torch", "spacy", "moviepy", "cv2", "onnxruntime", "av", "PIL"]
    done = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
