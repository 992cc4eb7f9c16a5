from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.contract.errors import (
    EngineUnavailable,
    InvalidOption,
    QuotaExceeded,
)
from engine.contract.events import JobFailed
from tests.fakes import values
from tests.fakes.fake_engine import FakeEngine
from tests.fakes.shell import Shell


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
