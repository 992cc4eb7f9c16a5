"""The command line as a person or a program uses it, against a small engine that already runs."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from bot import __main__ as program
from bot.commands import serve
from engine.contract.errors import (
    CheckpointMissing,
    EngineUnavailable,
    InvalidOption,
    NothingToDraw,
    QuotaExceeded,
)
from engine.contract.events import JobFailed
from tests.fakes import values
from tests.fakes.fake_engine import FakeEngine, _understand

PNG = b"\x89PNG picture"


@pytest.fixture
def engine() -> Iterator[FakeEngine]:
    """An engine on a thread of its own, so that the command can own the loop of this one."""
    engine = FakeEngine(tools={"understand": _understand, "imagine": imagine, "doctor": doctor})
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = TestServer(engine.app())

    def call(work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, loop).result(10)

    call(server.start_server(shutdown_timeout=0.1))
    engine.url = str(server.make_url("/"))
    yield engine
    call(server.close())
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


def imagine(arguments: Mapping[str, Any]) -> dict[str, Any]:
    if "qwerty" in arguments["text"]:
        raise NothingToDraw
    data = base64.b64encode(PNG).decode("ascii")
    return {"images": [data] * arguments["frames"], "concept": "fox", "score": 0.9, "why": "exact"}


def doctor(_arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {"checks": [{"name": "device", "status": "degraded", "detail": "cpu", "mend": "Add a GPU."}]}


@dataclass
class Shell:
    """Runs `textreel` in this process."""

    config: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def run(self, *argv: str, stdin: bytes = b"") -> tuple[int, str, str]:
        self.monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            code = program.main([*argv, "--config", str(self.config)])
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        captured = self.capsys.readouterr()
        return code, captured.out, captured.err


@pytest.fixture
def shell(
    engine: FakeEngine,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Shell:
    config = tmp_path / "config.toml"
    config.write_text(f'[engine]\nurl = "{engine.url}"\ntoken_env = "TEXTREEL_TEST_TOKEN"\n')
    monkeypatch.setenv("TEXTREEL_TEST_TOKEN", engine.token)
    return Shell(config=config, capsys=capsys, monkeypatch=monkeypatch)


def test_render_tells_where_the_clip_is_and_what_was_understood(shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "clip.mp4"
    code, said, progress = shell.run("render", "A fox runs.", "--out", str(out))
    assert code == 0
    assert out.read_bytes() == values.CLIP_BYTES
    assert said.splitlines() == [
        str(out),
        "1280 x 720, 12.5 s, 0 kB, seed 5",
        "",
        "Understood: A fox",
        "  object: fox",
        "  place: forest",
        "1 scene",
        "  1. [picture, playful] A fox runs through a forest. (shows fox)",
        "Note: The voice is missing.",
    ]
    assert progress.startswith("Starting the engine\n")


def test_render_hands_every_option_on(shell: Shell, engine: FakeEngine, tmp_path: Path) -> None:
    look = ["--aspect", "9:16", "--height", "480", "--style", "noir", "--language", "zh"]
    options = ["--seed", "7", "--seconds", "12.5", *look]
    more = ["--no-music", "--no-narration", "--max-bytes", "900000"]
    code, _, _ = shell.run(
        "render", "-", "--out", str(tmp_path / "x.mp4"), *options, *more, stdin="铁塔\n".encode()
    )
    (request,) = engine.submitted
    assert code == 0
    assert (request.text, request.seed, request.max_bytes) == ("铁塔", 7, 900_000)
    assert (request.options.seconds, str(request.options.aspect)) == (12.5, "9:16")
    assert (request.options.height_px, request.options.style) == (480, "noir")
    assert str(request.options.language) == "zh"
    assert (request.options.music, request.options.narration) == (False, False)
    assert request.requester.key == "console:local"


def test_render_as_json_ends_with_one_object(shell: Shell, tmp_path: Path) -> None:
    code, said, _ = shell.run("render", "A fox runs.", "--out", str(tmp_path / "x.mp4"), "--json")
    assert code == 0
    described = json.loads(said.splitlines()[-1])
    assert described["path"] == str(tmp_path / "x.mp4")
    facts = {"path", "sha256", "bytes", "seconds", "width", "height", "fps", "seed", "language"}
    assert facts | {"scenes", "timings", "models", "notes"} <= set(described)
    assert described["scenes"] == [
        {
            "text": "A fox runs through a forest.",
            "branch": "picture",
            "subjects": ["fox"],
            "mood": "playful",
            "start": 0.0,
            "end": 12.5,
        }
    ]
    assert described["timings"] == {"understand": 0.5, "composite": 3.0}


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("", 3, "error[empty_prompt]: The text is empty."),
        (" \t ", 3, "error[empty_prompt]"),
        ("🎉 🎉", 3, "error[no_words]"),
        ("x" * 100_000, 3, "error[prompt_too_long]: The text has 100,000 characters"),
    ],
)
def test_a_text_that_cannot_be_shown_is_refused_at_once(
    shell: Shell, engine: FakeEngine, tmp_path: Path, text: str, code: int, said: str
) -> None:
    result = shell.run("render", text, "--out", str(tmp_path / "x.mp4"))
    assert result[0] == code
    assert result[2].startswith(said)
    assert result[2].count("\n") == 1
    assert engine.calls == []


def test_a_path_that_cannot_be_written_is_told_before_rendering(shell: Shell, engine: FakeEngine) -> None:
    code, _, said = shell.run("render", "A fox", "--out", "/no/such/place/x.mp4")
    assert (code, engine.calls) == (2, [])
    assert said == "error[output_unwritable]: There is no directory /no/such/place. Create it first.\n"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (QuotaExceeded("300 of 300 seconds are used."), 3),
        (InvalidOption("style must be a name."), 2),
        (EngineUnavailable("The engine is asleep."), 4),
    ],
)
def test_a_refused_job_says_why_in_one_line(
    shell: Shell, engine: FakeEngine, tmp_path: Path, error: Exception, code: int
) -> None:
    engine.refuse = error  # type: ignore[assignment]
    result = shell.run("render", "A fox", "--out", str(tmp_path / "x.mp4"))
    assert result[0] == code
    assert result[2].splitlines()[-1].startswith(f"error[{error.code}]: ")  # type: ignore[attr-defined]
    assert str(error) in result[2]
    assert not (tmp_path / "x.mp4").exists()


def test_a_failed_job_leaves_no_file(shell: Shell, engine: FakeEngine, tmp_path: Path) -> None:
    failed = JobFailed(job_id=values.JOB, seq=3, at=values.at(2), code="worker_died", detail="It was killed.")
    engine.events = (*values.story()[:2], failed)
    code, said, complaint = shell.run("render", "A fox", "--out", str(tmp_path / "x.mp4"), "--json")
    assert (code, said) == (4, "")
    assert complaint.splitlines()[-1] == "error[worker_died]: It was killed."
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


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


def test_understand_prints_json_for_a_text_and_for_lines(shell: Shell) -> None:
    code, said, _ = shell.run("understand", "A fox\x00", "--json")
    assert (code, json.loads(said)["text"]) == (0, "A fox ")
    code, said, complaint = shell.run(
        "understand", "--lines", "-", stdin="fox\n\nunreadable\n铁塔\n".encode()
    )
    assert code == 0
    assert [json.loads(line)["text"] for line in said.splitlines()] == ["fox", "铁塔"]
    assert [line.split("]")[0] for line in complaint.splitlines()] == [
        "line 2: error[empty_prompt",
        "line 3: error[no_words",
    ]


def test_understand_and_storyboard_for_people(shell: Shell, engine: FakeEngine) -> None:
    sentence = {"text": "A fox runs.", "branch": "picture", "mood": "playful"}
    engine.tools["understand"] = lambda _arguments: {
        "entities": [{"kind": "OBJECT", "text": "fox"}],
        "sentences": [sentence],
        "notes": ["A note."],
    }
    _, said, _ = shell.run("understand", "A fox runs.")
    assert said.splitlines() == ["object: fox", "1. [picture, playful] A fox runs.", "Note: A note."]
    scene = {**sentence, "subjects": [{"text": "fox"}], "seconds": 4.0}
    seen: list[Mapping[str, Any]] = []

    def storyboard(arguments: Mapping[str, Any]) -> dict[str, Any]:
        seen.append(arguments)
        return {"title": "A fox", "seed": 7, "scenes": [scene], "notes": ["A note."]}

    engine.tools["storyboard"] = storyboard
    _, said, _ = shell.run("storyboard", " A fox runs. ", "--seed", "7", "--aspect", "1:1")
    assert said.splitlines() == [
        "A fox (seed 7)",
        "1. [picture, playful] A fox runs. (shows fox) 4.0 s",
        "Note: A note.",
    ]
    assert (seen[0]["text"], seen[0]["seed"], seen[0]["options"]["aspect"]) == ("A fox runs.", 7, "1:1")
    _, said, _ = shell.run("storyboard", "A fox", "--json")
    assert json.loads(said)["title"] == "A fox"


def test_imagine_draws_one_subject_or_the_frames_of_its_motion(shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "fox.png"
    code, said, _ = shell.run("imagine", "a fox", "--out", str(out))
    assert (code, said, out.read_bytes()) == (0, f"{out}\n", PNG)
    code, said, _ = shell.run("imagine", "a fox", "--out", str(out), "--frames", "3", "--json")
    described = json.loads(said)
    assert [Path(path).name for path in described["files"]] == ["fox-01.png", "fox-02.png", "fox-03.png"]
    assert described["concept"] == "fox"
    assert (tmp_path / "fox-03.png").read_bytes() == PNG


def test_imagine_lines_skips_what_cannot_be_drawn(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "pictures"
    code, _, complaint = shell.run(
        "imagine", "--lines", "-", "--out-dir", str(folder), stdin=b"fox\nqwerty\n\nboat"
    )
    assert code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["1.png", "4.png"]
    assert [line.split("]")[0] for line in complaint.splitlines()] == [
        "line 2: error[nothing_to_draw",
        "line 3: error[empty_prompt",
    ]


def test_imagine_into_a_place_that_is_no_folder(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    code, _, complaint = shell.run(
        "imagine", "--lines", "-", "--out-dir", str(tmp_path / "file"), stdin=b"fox"
    )
    assert (code, complaint.split(":")[0]) == (2, "error[output_unwritable]")


def test_lines_from_a_file_that_is_not_there(shell: Shell, tmp_path: Path) -> None:
    code, _, complaint = shell.run("understand", "--lines", str(tmp_path / "missing"))
    assert (code, complaint.split(":")[0]) == (2, "error[invalid_option]")


@pytest.mark.parametrize("suffix", ["wav", "mid"])
def test_music_is_written_in_the_form_that_the_name_tells(
    shell: Shell, engine: FakeEngine, tmp_path: Path, suffix: str
) -> None:
    seen: list[Mapping[str, Any]] = []

    def music(arguments: Mapping[str, Any]) -> dict[str, Any]:
        seen.append(arguments)
        return {"data": base64.b64encode(b"la").decode("ascii")}

    engine.tools["music"] = music
    out = tmp_path / f"x.{suffix}"
    code, _, _ = shell.run("music", "--mood", "calm", "--seconds", "3", "--out", str(out), "--seed", "1")
    assert (code, out.read_bytes()) == (0, b"la")
    assert seen == [{"mood": "calm", "seconds": 3.0, "seed": 1, "format": suffix}]


def test_an_answer_without_a_file_is_no_file(shell: Shell, engine: FakeEngine, tmp_path: Path) -> None:
    engine.tools["music"] = lambda _arguments: {"data": "§"}
    engine.tools["imagine"] = lambda _arguments: {"images": []}
    out = tmp_path / "x.wav"
    assert shell.run("music", "--mood", "calm", "--seconds", "3", "--out", str(out))[0] == 4
    assert shell.run("imagine", "fox", "--out", str(out))[0] == 4
    assert not out.exists()


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
