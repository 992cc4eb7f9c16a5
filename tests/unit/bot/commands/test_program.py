from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot import __main__ as program
from bot.commands import serve
from engine.contract.errors import (
    CheckpointMissing,
)
from tests.fakes.fake_engine import FakeEngine
from tests.fakes.shell import Shell


@pytest.mark.parametrize(
    "argv",
    [
        ["render", "A fox"],
        ["render", "A fox", "--out", "x", "--seconds", "nan"],
        ["render", "A fox", "--out", "x", "--seed", "-1"],
        ["render", "A fox", "--out", "x", "--height", "0"],
        ["render", "A fox", "--out", "x", "--aspect", "4:3"],
        ["understand"],
        ["understand", "A fox", "--lines", "-"],
        ["imagine", "A fox"],
        ["imagine", "--lines", "-"],
        ["music", "--mood", "calm", "--seconds", "3", "--out", "x.mp3"],
        ["dance"],
        [],
    ],
)
def test_wrong_use_is_exit_code_2(shell: Shell, argv: list[str]) -> None:
    code, said, complaint = shell.run(*argv)
    assert (code, said) == (2, "")
    assert "error" in complaint


def test_a_wrong_configuration_is_exit_code_2(shell: Shell) -> None:
    shell.config.write_text("[engine]\nurll = 1\n")
    code, _, complaint = shell.run("doctor")
    assert code == 2
    assert complaint.startswith("error[config_error]: ")
    assert "Did you mean 'url'" in complaint
    assert complaint.count("\n") == 1


def test_a_wrong_token_is_told(shell: Shell, engine: FakeEngine) -> None:
    engine.token = "another"
    code, _, complaint = shell.run("understand", "A fox")
    assert code == 4
    assert complaint.startswith("error[unauthorized]: ")


def test_doctor_lists_what_is_there_and_how_to_mend_the_rest(shell: Shell, engine: FakeEngine) -> None:
    code, said, _ = shell.run("doctor")
    assert code == 0
    assert "! device    cpu" in said
    assert "Add a GPU." in said
    code, said, _ = shell.run("doctor", "--json")
    checks = {check["name"]: check["status"] for check in json.loads(said)["checks"]}
    assert checks == {
        "python": "ok",
        "textreel": "ok",
        "adapters": "ok",
        "engine": "ok",
        "device": "degraded",
    }
    shell.config.write_text(shell.config.read_text() + "[adapters.discord]\nenabled = true\n")
    code, said, _ = shell.run("doctor")
    assert code == 4
    assert "Put the bot's token into the environment variable DISCORD_TOKEN." in said
    shell.monkeypatch.setenv("DISCORD_TOKEN", "x")
    code, said, _ = shell.run("doctor")
    assert (code, "token in DISCORD_TOKEN" in said) == (0, True)


def test_doctor_says_when_the_engine_is_ill(shell: Shell, engine: FakeEngine) -> None:
    def ill(_arguments: Mapping[str, Any]) -> dict[str, Any]:
        raise CheckpointMissing("text_gan is damaged.")

    engine.tools["doctor"] = ill
    code, said, _ = shell.run("doctor")
    assert code == 4
    assert "✗ engine    text_gan is damaged." in said


def test_serve_answers_what_is_typed(shell: Shell, tmp_path: Path) -> None:
    lines = tmp_path / "lines.txt"
    lines.write_text("/help\nA fox runs.\n")
    shell.monkeypatch.chdir(tmp_path)
    with lines.open() as stream:
        shell.monkeypatch.setattr("sys.stdin", stream)
        code = program.main(["serve", "--config", str(shell.config)])
    captured = shell.capsys.readouterr()
    assert code == 0
    assert captured.out == f"{tmp_path / 'textreel-job-1.mp4'}\n"
    assert "/video A fox runs" in captured.err


def test_serve_without_any_adapter_is_wrong_use(shell: Shell) -> None:
    shell.config.write_text(shell.config.read_text() + "[adapters.console]\nenabled = false\n")
    code, _, complaint = shell.run("serve")
    assert code == 2
    assert "No adapter is enabled" in complaint


def test_engine_serve_becomes_the_engine(shell: Shell) -> None:
    became: list[list[str]] = []
    shell.monkeypatch.setattr(serve.os, "execv", lambda _path, argv: became.append(argv))
    code, _, _ = shell.run("engine", "serve")
    assert code == 0
    assert became[0][1:] == ["-m", "engine", "serve", "--config", str(shell.config)]


def test_a_reader_that_has_left_is_no_error(shell: Shell) -> None:
    def gone(*_args: object) -> None:
        raise BrokenPipeError

    shell.monkeypatch.setattr("bot.commands.context.Context.write_json", gone)
    shell.monkeypatch.setattr(program, "_drop_output", lambda: None)
    assert shell.run("understand", "A fox", "--json")[0] == 0


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        program.main(["--version"])
    assert leaving.value.code == 0
    assert capsys.readouterr().out.count(".") == 2
