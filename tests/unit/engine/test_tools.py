from __future__ import annotations

import base64
import dataclasses
import io
import json
import wave
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from engine.contract.errors import InvalidOption, NothingToDraw
from engine.contract.storyboard import Mood
from engine.parts import Parts, load_parts
from engine.settings import load_settings
from engine.tools import TOOLS, fitted, posed


@pytest.fixture(scope="module")
def parts() -> Parts:
    settings = load_settings()
    generator = dataclasses.replace(settings.generator, name="procedural")
    return load_parts(dataclasses.replace(settings, generator=generator))


def call(parts: Parts, name: str, **arguments: object) -> dict:
    """Run a tool the way the engine does: its arguments and its answer go through JSON."""
    return json.loads(json.dumps(TOOLS[name](parts, json.loads(json.dumps(arguments)))))


def picture(data: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))))


def test_understand_answers_with_the_promised_keys(parts: Parts) -> None:
    text = "In 1969 two astronauts walked on the Moon."
    answer = call(parts, "understand", text=text)
    assert {"language", "entities", "sentences", "keywords", "subjects"} <= set(answer)
    assert answer["language"] == "en"
    for entity in answer["entities"]:
        assert {"text", "kind", "start", "end", "normal"} <= set(entity)
        assert text[entity["start"] : entity["end"]] == entity["text"]
    for sentence in answer["sentences"]:
        assert {"text", "start", "end", "branch", "why", "mood", "energy"} <= set(sentence)


def test_a_storyboard_is_repeatable(parts: Parts) -> None:
    boards = [call(parts, "storyboard", text="A dog chases a ball.", seed=3) for _ in range(2)]
    assert boards[0] == boards[1]
    assert boards[0]["seed"] == 3
    assert 3 <= len(boards[0]["scenes"]) <= 12


def test_options_reach_the_storyboard(parts: Parts) -> None:
    board = call(parts, "storyboard", text="A dog chases a ball.", options={"seconds": 8})
    overlap = sum(scene["seconds"] for scene in board["scenes"])
    assert overlap == pytest.approx(8.0, rel=0.1)


@pytest.mark.parametrize("frames", [1, 3])
def test_imagine_draws_with_alpha(parts: Parts, frames: int) -> None:
    answer = call(parts, "imagine", text="a cat", size_px=128, frames=frames)
    pictures = [picture(data) for data in answer["images"]]
    assert [item.shape for item in pictures] == [(128, 128, 4)] * frames
    assert pictures[0][..., 3].max() == 255
    assert pictures[0][0, 0, 3] == 0
    assert answer["concept"] == "cat"


def test_frames_show_the_subject_moving(parts: Parts) -> None:
    answer = call(parts, "imagine", text="a running dog", size_px=96, frames=4)
    pictures = [picture(data) for data in answer["images"]]
    for before, after in pairwise(pictures):
        assert not np.array_equal(before, after)
    assert all(item[..., 3].max() > 200 for item in pictures)


def test_a_pose_at_rest_changes_nothing() -> None:
    square = fitted(np.full((40, 20, 4), (10, 200, 90, 255), np.uint8), 64)
    assert np.array_equal(posed(square, np.array([0, 0, 1, 1, 0], np.float32)), square)


def test_imagine_names_what_it_cannot_draw(parts: Parts) -> None:
    with pytest.raises(NothingToDraw):
        call(parts, "imagine", text="why and therefore")


@pytest.mark.parametrize(
    "arguments",
    [
        {"size_px": 8},
        {"size_px": 10_000},
        {"frames": 0},
        {"size_px": "large"},
        {"seed": "one"},
        {"seed": True},
    ],
    ids=str,
)
def test_imagine_refuses_what_is_out_of_bounds(parts: Parts, arguments: dict[str, object]) -> None:
    with pytest.raises(InvalidOption):
        call(parts, "imagine", text="a cat", **arguments)


def test_music_comes_as_sound(parts: Parts) -> None:
    answer = call(parts, "music", mood="calm", seconds=4, seed=1, format="wav")
    with wave.open(io.BytesIO(base64.b64decode(answer["data"]))) as file:
        assert (file.getframerate(), file.getnchannels()) == (48_000, 2)
        assert file.getnframes() == 4 * 48_000
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    assert np.abs(samples).max() > 1000


def test_music_comes_as_a_score(parts: Parts) -> None:
    answer = call(parts, "music", mood=Mood.EPIC.value, seconds=4, seed=1, format="mid")
    assert base64.b64decode(answer["data"])[:4] == b"MThd"


@pytest.mark.parametrize("arguments", [{"seconds": 0}, {"seconds": 10_000}, {"mood": "hungry"}], ids=str)
def test_music_refuses_what_is_out_of_bounds(parts: Parts, arguments: dict[str, object]) -> None:
    with pytest.raises(InvalidOption):
        call(parts, "music", **{"mood": "calm", "seconds": 4, **arguments})


def test_doctor_names_versions(parts: Parts) -> None:
    checks = {check["name"]: check for check in call(parts, "doctor")["checks"]}
    assert {"torch", "spacy", "moviepy", "procedural", "english", "chinese"} <= set(checks)
    assert all(check["detail"] for check in checks.values())


def test_a_drawing_leaves_the_margin_that_is_asked_for() -> None:
    square = fitted(np.full((40, 40, 4), 255, np.uint8), 64, fill=0.75)
    rows, _ = np.nonzero(square[..., 3])
    assert (rows.min(), rows.max()) == (8, 55)


@pytest.mark.parametrize("shape", [(10, 40), (40, 10), (200, 100)], ids=str)
def test_a_drawing_is_fitted_into_its_square(shape: tuple[int, int]) -> None:
    drawn = np.full((*shape, 4), (200, 40, 40, 255), np.uint8)
    square = fitted(drawn, 64)
    assert square.shape == (64, 64, 4)
    rows, columns = np.nonzero(square[..., 3])
    assert max(np.ptp(rows), np.ptp(columns)) + 1 == 64
    assert tuple(square[32, 32]) == (200, 40, 40, 255)
