"""Quotas through a real engine process: rules bind, changes outlive a restart, tokens have their scopes."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

from engine.contract.request import ClipOptions, Requester
from engine.contract.wire import to_json
from tests.fakes import values
from tests.fakes.engine_parts import Engine, EngineProcesses, write_config

ANN = Requester(platform="fake", user_id="7")
ACCOUNT = "/v1/quotas/users/fake:7"


def ask(engine: Engine, key: str, *, seconds: float = 12.0) -> tuple[int, dict[str, Any]]:
    asked = values.request(
        idempotency_key=key, requester=ANN, options=ClipOptions(seconds=seconds, height_px=360)
    )
    status = engine.call("POST", "/v1/jobs", to_json(asked))[0]
    return status, engine.json("POST", "/v1/jobs", to_json(asked))


def test_what_an_admin_sets_binds_at_once_and_outlives_the_engine(
    engines: EngineProcesses, tmp_path: Path
) -> None:
    config = write_config(tmp_path, pipeline="ok")
    engine = engines.start(config, "--parent-pipe")
    engine.json("PUT", "/v1/quotas/rules/user/fake:7", {"seconds": 10, "by": "ann"})
    # 12 s at a quarter of the full price: three fit into 10 s.
    for key in ("1", "2", "3"):
        assert ask(engine, key)[0] == 201
    status, answer = ask(engine, "4")
    assert (status, answer["error"]["code"]) == (429, "quota_exceeded")
    engine.json("PUT", f"{ACCOUNT}/block", {"reason": "Spam.", "days": 1, "by": "ann"})
    assert ask(engine, "5")[1]["error"]["code"] == "blocked"
    engine.process.send_signal(signal.SIGKILL)
    engine.process.wait()

    again = engines.start(config, "--parent-pipe")
    assert ask(again, "6")[1]["error"]["code"] == "blocked"
    again.json("DELETE", f"{ACCOUNT}/block?by=ann")
    assert ask(again, "7")[1]["error"]["code"] == "quota_exceeded"
    again.json("POST", f"{ACCOUNT}/grants", {"seconds": 3, "key": "one", "by": "ann"})
    assert ask(again, "8")[0] == 201
    actions = [entry["action"] for entry in again.json("GET", "/v1/quotas/audit")["audit"]]
    assert actions == ["grant", "unblock", "block", "set"]


def test_the_ledger_ends_at_what_was_rendered(engines: EngineProcesses, tmp_path: Path) -> None:
    engine = engines.start(write_config(tmp_path, pipeline="ok"), "--parent-pipe")
    jobs = [ask(engine, key)[1]["id"] for key in ("1", "2")]
    done = [engine.until(job, "succeeded")["clip"] for job in jobs]
    (day, month) = engine.json("GET", ACCOUNT)["limits"]
    paid = sum(clip["seconds"] * clip["width_px"] * clip["height_px"] / (1280 * 720) for clip in done)
    assert day["used_s"] == month["used_s"] == pytest.approx(paid)
    history = engine.json("GET", "/v1/history?user=fake:7")["jobs"]
    assert [job["id"] for job in history] == jobs[::-1]


def test_the_bot_s_token_of_a_shared_engine_changes_nothing(engines: EngineProcesses, tmp_path: Path) -> None:
    engine = engines.start(write_config(tmp_path, pipeline="ok"))
    assert engine.call("GET", ACCOUNT)[0] == 200
    for method, path in (("POST", f"{ACCOUNT}/resets"), ("GET", "/v1/quotas")):
        assert engine.call(method, path, {} if method == "POST" else None)[0] == 403
