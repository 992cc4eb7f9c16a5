from __future__ import annotations

import json
from typing import Any

import pytest

from engine.contract.errors import Forbidden
from engine.contract.quota import AuditEntry, QuotaBlock, QuotaRule, QuotaScope, QuotaWindow
from engine.contract.wire import to_json
from tests.fakes import values
from tests.fakes.fake_engine import FakeEngine
from tests.fakes.shell import Shell

RULE = QuotaRule(
    scope=QuotaScope.PLACE, subject="discord:5", window=QuotaWindow.MONTH, seconds=None, shared=True
)
BLOCK = QuotaBlock(user="fake:9", reason="", until=None, at=values.NOON, by="console:ann")


@pytest.fixture(autouse=True)
def _name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "ann")


def test_a_user_s_quota_is_shown(shell: Shell, engine: FakeEngine) -> None:
    code, said, _ = shell.run("quota", "show", "fake:7", "--role", "a b")
    assert code == 0
    assert said.splitlines() == [
        "fake:7",
        "  today: 120 of 360 s used, 240 s left until 2026-05-04 12:00",
        "  waiting: 1 of at most 3 clips",
    ]
    assert engine.quota_calls[0][0] == "GET /v1/quotas/users/fake:7?place=&role=a+b"


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"free": True}, "No quota on this platform."),
        ({"cooldown_until": values.NOON}, "pause until 2026-05-04 12:00"),
        ({"block": BLOCK}, "fake:9 is blocked until an admin lifts it. Reason: -"),
        ({"limits": ()}, "waiting: 1 of at most 3 clips"),
    ],
)
def test_whatever_binds_a_user_is_told(
    shell: Shell, engine: FakeEngine, changes: dict[str, Any], line: str
) -> None:
    engine.quota_answers["/v1/quotas/users/fake:7"] = values.standing_json(**changes)
    _, said, _ = shell.run("quota", "show", "fake:7")
    assert f"  {line}" in said.splitlines()


@pytest.mark.parametrize("verb", ["show", "limits"])
def test_rules_and_blocks_are_shown(shell: Shell, engine: FakeEngine, verb: str) -> None:
    engine.quota_answers["/v1/quotas"] = {
        "defaults": {"seconds_per_day": 300.0},
        "rules": [to_json(RULE)],
        "blocks": [to_json(BLOCK)],
    }
    _, said, _ = shell.run("quota", verb)
    assert said.splitlines() == [
        "Limits of config.toml:",
        "  seconds_per_day = 300.0",
        "place discord:5: no limit a month (shared)",
        "fake:9 is blocked until an admin lifts it. Reason: -",
    ]
    _, said, _ = shell.run("quota", verb, "--json")
    assert json.loads(said)["rules"][0]["subject"] == "discord:5"


@pytest.mark.parametrize(
    ("argv", "call", "body"),
    [
        (["set", "fake:7", "90"], "PUT /v1/quotas/rules/user/fake:7", {"window": "day", "seconds": 90.0}),
        (["set", "discord", "none"], "PUT /v1/quotas/rules/platform/discord", {"seconds": None}),
        (["set", "-", "0", "--window", "month"], "PUT /v1/quotas/rules/everybody/-", {"window": "month"}),
        (
            ["set", "discord:5", "60", "--scope", "place", "--shared"],
            "PUT /v1/quotas/rules/place/discord:5",
            {"shared": True},
        ),
        (["set", "a/b:c d", "1"], "PUT /v1/quotas/rules/user/a%2Fb:c%20d", {}),
        (["grant", "fake:7", "30", "--key", "gift"], "POST /v1/quotas/users/fake:7/grants", {"key": "gift"}),
        (["reset", "fake:7"], "POST /v1/quotas/users/fake:7/resets", {}),
        (
            ["block", "fake:7", "--reason", "spam", "--days", "7"],
            "PUT /v1/quotas/users/fake:7/block",
            {"reason": "spam", "days": 7.0},
        ),
    ],
)
def test_changes_are_made_in_the_name_of_the_person(
    shell: Shell, engine: FakeEngine, argv: list[str], call: str, body: dict[str, Any]
) -> None:
    code, _, complaint = shell.run("quota", *argv)
    assert (code, complaint) == (0, "")
    ((made, given),) = engine.quota_calls
    assert made == call
    assert given["by"] == "console:ann"
    assert body.items() <= given.items()
    assert shell.run("quota", *argv, "--json")[0] == 0


def test_a_limit_is_removed_and_a_block_is_lifted(shell: Shell, engine: FakeEngine) -> None:
    engine.quota_answers["/v1/quotas/rules/user/fake:7"] = {"removed": True}
    assert shell.run("quota", "unset", "fake:7")[1] == "The limit is removed.\n"
    engine.quota_answers["/v1/quotas/rules/user/fake:7"] = {"removed": False}
    assert shell.run("quota", "unset", "fake:7")[1] == "There was no such limit.\n"
    assert json.loads(shell.run("quota", "unset", "fake:7", "--json")[1]) == {"removed": False}
    assert shell.run("quota", "unblock", "fake:7")[0] == 0
    assert [call for call, _ in engine.quota_calls] == [
        *["DELETE /v1/quotas/rules/user/fake:7?window=day&shared=false&by=console:ann"] * 3,
        "DELETE /v1/quotas/users/fake:7/block?by=console:ann",
    ]


def test_the_audit_is_a_line_for_each_change(shell: Shell, engine: FakeEngine) -> None:
    entry = AuditEntry(
        id=3, at=values.NOON, by="console:ann", action="set", subject="user fake:7", detail="90 s a day"
    )
    engine.quota_answers["/v1/quotas/audit"] = {"audit": [to_json(entry)]}
    _, said, _ = shell.run("quota", "audit", "--limit", "5")
    assert said == "3  2026-05-04 12:00  console:ann  set user fake:7: 90 s a day\n"
    assert engine.quota_calls[0][0] == "GET /v1/quotas/audit?limit=5"
    assert json.loads(shell.run("quota", "audit", "--json")[1])["audit"][0]["id"] == 3


@pytest.mark.parametrize(
    "argv", [[], ["set", "x"], ["set", "x", "-5"], ["set", "x", "much"], ["grant", "x", "0"]]
)
def test_wrong_use(shell: Shell, argv: list[str]) -> None:
    assert shell.run("quota", *argv)[0] == 2


def test_the_admin_s_token_opens_what_the_bot_s_does_not(shell: Shell, engine: FakeEngine) -> None:
    engine.quota_token = "admin"
    code, _, complaint = shell.run("quota", "reset", "fake:7")
    assert code == 4
    assert complaint.startswith(f"error[{Forbidden.code}]: ")
    shell.monkeypatch.setenv("TEXTREEL_ADMIN_TOKEN", "admin")
    assert shell.run("quota", "reset", "fake:7")[0] == 0
