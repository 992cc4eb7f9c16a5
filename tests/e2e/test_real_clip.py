"""A text becomes a film through every room: the scripted chat, bot, engine process, the real pipeline."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import pytest

from bot.app import Bot, open_engine
from bot.replies import Phrasebook
from bot.settings import load_settings
from engine.contract.request import Aspect, ClipOptions
from tests.fakes.scripted_adapter import ScriptedAdapter, message

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
ROOT = Path(__file__).parents[2]


def config(folder: Path) -> Path:
    path = folder / "config.toml"
    path.write_text(f'[engine]\ndata_dir = "{folder / "data"}"\nmin_free_megabytes = 1\n')
    return path


def frame_hashes(path: Path) -> list[str]:
    with av.open(str(path)) as film:
        return [hashlib.sha256(frame.to_ndarray()).hexdigest() for frame in film.decode(video=0)]


async def test_a_chat_message_becomes_a_film_that_plays(tmp_path: Path) -> None:
    settings = replace(load_settings(config(tmp_path)))
    options = ClipOptions(height_px=180, aspect=Aspect.TALL, seconds=8)
    wish = message("The lighthouse was built in 1902. It is 40 metres high.", options=options, seed=11)
    chat = ScriptedAdapter([wish])
    async with open_engine(settings, os.environ) as client:
        await Bot(client, [chat], Phrasebook("en")).run()
    assert [status.text for status in chat.statuses if status.error_code] == []
    (sent,) = chat.clips
    assert (sent.ready.clip.width_px, sent.ready.clip.height_px) == (180, 320)
    understood = chat.statuses[-1].understood
    assert understood is not None
    assert any("1902" in entity for entity in understood.entities)
    assert any("40 metres" in entity for entity in understood.entities)
    fractions = [status.fraction for status in chat.statuses if status.fraction is not None]
    assert all(before <= later for before, later in pairwise(fractions))
    path = tmp_path / "clip.mp4"
    path.write_bytes(sent.data)
    with av.open(str(path)) as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        assert (video.codec_context.name, video.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (video.width, video.height, float(video.average_rate or 0)) == (180, 320, 30.0)
        assert audio.codec_context.name == "aac"
        assert 6 <= float(film.duration or 0) / av.time_base <= 12


def test_the_same_seed_gives_the_same_frames(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "bot",
        "render",
        "一只猫坐在窗边。",
        "--seed",
        "5",
        "--height",
        "180",
        "--json",
    ]
    made = []
    for name in ("one.mp4", "two.mp4"):
        argv = [*command, "--out", str(tmp_path / name), "--config", str(config(tmp_path))]
        done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr
        described = json.loads(done.stdout.splitlines()[-1])
        assert described["sha256"] == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
        assert described["bytes"] == (tmp_path / name).stat().st_size
        assert (described["language"], described["seed"]) == ("zh", 5)
        made.append(frame_hashes(tmp_path / name))
    assert made[0] == made[1]
    assert len(set(made[0])) > len(made[0]) // 2  # it moves
