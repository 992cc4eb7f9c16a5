from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.fake_engine import FakeEngine
from tests.fakes.shell import PNG, Shell


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
