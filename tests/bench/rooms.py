"""The other rooms: reading, drawing, music, start-up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator

from engine.contract.storyboard import Mood, Subject
from engine.parts import Parts
from engine.scenery import MusicBrief, MusicSection
from engine.sound.mix import mix
from engine.sound.track import compose_track
from tests.bench.table import Row, median_seconds

ENGLISH = (
    "The harbour town woke early. Fishermen carried their nets to the boats, and gulls circled over the "
    "old lighthouse. In 1902 a storm had torn away the pier, 340 metres of oak and iron, and it took the "
    "people nine years to build it again. "
)
CHINESE = (
    "清晨，港口小镇醒来了。渔民们把渔网搬上船，海鸥在古老的灯塔上空盘旋。"
    "1902年，一场暴风雨卷走了三百四十米长的栈桥，人们用了九年才把它重建起来。"
)
MUSIC_SECONDS = 15.0


def measure(parts: Parts, *, runs: int) -> Iterator[Row]:
    """Yield one row a room."""
    yield from _reading(parts, runs)
    yield from _drawing(parts, runs)
    yield _music(parts, runs)
    yield _hello()


def _reading(parts: Parts, runs: int) -> Iterator[Row]:
    for name, text in (("English", ENGLISH), ("Chinese", CHINESE)):
        thousand = (text * (1000 // len(text) + 1))[:1000]
        parts.reader.read(thousand)
        taken = median_seconds(lambda text=thousand: parts.reader.read(text), runs=runs)
        yield Row(what=f"reading 1,000 characters of {name}", value=taken, unit="s", target="under 0.3 s")


def _drawing(parts: Parts, runs: int) -> Iterator[Row]:
    for generator in parts.generators():
        subject = Subject(text="lighthouse", concept="castle", score=1.0, why="bench", kind="tower")
        if generator.trust(subject) <= 0.0:
            continue
        seeds = iter(range(10_000))
        generator.draw(subject, seed=next(seeds), height_px=440)
        taken = median_seconds(
            lambda draw=generator.draw, thing=subject, seeds=seeds: draw(
                thing, seed=next(seeds), height_px=440
            ),
            runs=runs,
            cpu=True,
        )
        yield Row(what=f"{generator.name}: a subject 440 px high", value=taken * 1000, unit="CPU-ms")


def _music(parts: Parts, runs: int) -> Row:
    section = MusicSection(start=0.0, end=MUSIC_SECONDS, mood=Mood.EPIC, energy=0.7)
    brief = MusicBrief(sections=(section,), seconds=MUSIC_SECONDS, seed=1)

    def play() -> None:
        track = compose_track(brief, model=parts.composer, synthesiser=parts.synthesiser)
        mix(track, narration=None, seconds=MUSIC_SECONDS)

    play()
    return Row(
        what="15 s of music, composed, played and levelled",
        value=median_seconds(play, runs=runs),
        unit="s",
        target="at most 1 s",
    )


def _hello() -> Row:
    """Time from starting the engine to its greeting."""
    environment = {**os.environ, "TEXTREEL_ENGINE_TOKEN": "bench"}
    command = [sys.executable, "-m", "engine", "serve", "--parent-pipe"]
    started = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        assert process.stdout is not None
        json.loads(process.stdout.readline())
        taken = time.perf_counter() - started
        process.communicate(timeout=30)
    return Row(what="engine: from start to greeting", value=taken, unit="s", target="under 1 s")
