"""Render and encode against the encoder's own limit and against a plain moviepy edit."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from moviepy import CompositeVideoClip, ImageClip

from engine.compositing.compose import compose_clip
from engine.compositing.product import ClipMetadata, EncodeSettings
from engine.contract.events import Stage
from engine.contract.request import ClipOptions
from engine.media import FPS, FrameSize
from engine.parts import Parts
from engine.scenery import Direction, SceneArt
from engine.stages.direct import direct
from engine.stages.plan import make_plan
from engine.stages.timing import PlanLimits
from tests.bench.table import Row

TEXT = "A lighthouse stands on the coast at dusk. It is 52 metres high. Three boats sail past it in the rain."
SIZE = FrameSize(width_px=1280, height_px=720)
SETTINGS = EncodeSettings(preset="veryfast", quality=23)
#: Frames of the plain moviepy edit; it is too slow for more.
PLAIN_FRAMES = 30


class SilentReport:
    """Says nothing and is never cancelled."""

    def stage(self, stage: Stage) -> None: ...

    def progress(self, *, done: int, total: int, detail: str = "") -> None: ...

    def understood(self, **plan: object) -> None: ...

    def check_cancelled(self) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What is rendered."""

    direction: Direction
    art: tuple[SceneArt, ...]


def make_sample(parts: Parts) -> Sample:
    """Plan and draw the clip once; that is not measured here."""
    limits = PlanLimits(min_seconds=6.0, max_seconds=60.0)
    plan = make_plan(parts.reader.read(TEXT), ClipOptions(seconds=10.0), seed=1, limits=limits)
    art = tuple(parts.artist().paint(scene, SIZE, seed=1) for scene in plan.scenes)
    return Sample(direction=direct(plan), art=art)


def measure(sample: Sample, folder: Path, *, runs: int) -> Iterator[Row]:
    """Yield processor time a frame: our renderer, x264 alone, moviepy alone, in turn."""
    path = folder / "clip.mp4"
    ours, limit, plain = [], [], []
    for _ in range(runs):
        ours.append(_cpu_ms(lambda: _render(sample, path)) / sample.direction.total_frames)
        frames = _decoded(path)
        limit.append(_cpu_ms(lambda: _encode(frames, folder / "limit.mp4")) / len(frames))  # noqa: B023
        plain.append(_cpu_ms(lambda: _plain_edit(sample, folder / "plain.mp4")) / PLAIN_FRAMES)
    mine, least, moviepy = (float(np.median(taken)) for taken in (ours, limit, plain))
    yield Row(what="x264 alone, frames ready (the limit)", value=least, unit="CPU-ms a 720p frame")
    yield Row(
        what="render and encode",
        value=mine,
        unit="CPU-ms a 720p frame",
        beside="x264 alone",
        ratio=mine / least,
        target="at most 1.5",
    )
    yield Row(
        what="the same layers in a plain moviepy edit, without grade, particles and motion of subjects",
        value=moviepy,
        unit="CPU-ms a 720p frame",
        beside="render and encode",
        ratio=moviepy / mine,
        target="at least 5",
    )


def _cpu_ms(work: Callable[[], object]) -> float:
    """Processor time of this process and its children: moviepy encodes in one."""
    started = sum(os.times()[:4])
    work()
    return (sum(os.times()[:4]) - started) * 1000


def _render(sample: Sample, path: Path) -> None:
    compose_clip(
        sample.direction,
        sample.art,
        None,
        size=SIZE,
        output=path,
        settings=SETTINGS,
        metadata=ClipMetadata(title="bench"),
        max_bytes=None,
        report=SilentReport(),
    )


def _decoded(path: Path) -> list[av.VideoFrame]:
    with av.open(str(path)) as container:
        return list(container.decode(video=0))


def _encode(frames: list[av.VideoFrame], path: Path) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = SIZE.width_px, SIZE.height_px, "yuv420p"
        stream.options = {"preset": SETTINGS.preset, "crf": str(SETTINGS.quality)}
        for number, frame in enumerate(frames):
            frame.pts, frame.time_base, frame.pict_type = number, Fraction(1, FPS), 0
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _plain_edit(sample: Sample, path: Path) -> None:
    """The first scene's layers, sprites and a bar for the caption as moviepy clips with masks."""
    art = sample.art[0]
    seconds = PLAIN_FRAMES / FPS
    clips = []
    for layer in art.plate.layers:
        height, width = layer.picture.shape[:2]
        left, top = (SIZE.width_px - width) / 2, (SIZE.height_px - height) / 2
        shift = 40 * layer.depth
        clip = ImageClip(layer.picture, duration=seconds)
        clips.append(clip.with_position(lambda t, x=left, y=top, s=shift: (x + s * t, y)))
    clips += [
        ImageClip(sprite.frames[0], duration=seconds).with_position(("center", "bottom"))
        for sprite in art.sprites
    ]
    bar = np.zeros((90, 900, 4), np.uint8)
    bar[20:70, 60:840] = (255, 255, 255, 220)
    clips.append(ImageClip(bar, duration=seconds).with_position(("center", 0.85), relative=True))
    size = (SIZE.width_px, SIZE.height_px)
    edit = CompositeVideoClip(clips, size=size, bg_color=(0, 0, 0)).with_duration(seconds)
    edit.write_videofile(
        str(path), fps=FPS, codec="libx264", preset=SETTINGS.preset, audio=False, logger=None, threads=1
    )
