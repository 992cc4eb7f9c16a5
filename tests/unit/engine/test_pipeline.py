"""The whole path at 144 px with the procedural generator: what comes out, in which order, how it stops."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import av
import numpy as np
import pytest

from engine.contract.errors import Cancelled, ClipTooLarge, NoWords
from engine.contract.events import Stage
from engine.contract.job import Job, JobId, JobStatus
from engine.contract.request import Aspect, ClipOptions, ClipRequest, ReplyAddress, Requester
from engine.contract.storyboard import Branch
from engine.parts import load_parts
from engine.pipeline import ClipPipeline, clip_scenes, music_brief
from engine.settings import load_settings
from engine.stages.direct import direct
from engine.stages.plan import make_plan
from engine.stages.timing import PlanLimits

TEXT = "A lighthouse stands on the coast at dusk. Hope is a strange thing. Two boats pass by."


class RecordingReport:
    """Keeps what a render says; raises Cancelled at the n-th look."""

    def __init__(self, *, cancel_at: int | None = None) -> None:
        self.stages: list[Stage] = []
        self.plans: list[dict[str, object]] = []
        self.steps: list[tuple[int, int]] = []
        self._looks, self._cancel_at = 0, cancel_at

    def stage(self, stage: Stage) -> None:
        self.stages.append(stage)

    def progress(self, *, done: int, total: int, detail: str = "") -> None:
        self.steps.append((done, total))

    def understood(self, **plan: object) -> None:
        self.plans.append(plan)

    def check_cancelled(self) -> None:
        self._looks += 1
        if self._cancel_at is not None and self._looks >= self._cancel_at:
            raise Cancelled


def job(text: str = TEXT, *, max_bytes: int | None = None, **options: object) -> Job:
    request = ClipRequest(
        text=text,
        requester=Requester(platform="console", user_id="1"),
        reply_to=ReplyAddress(platform="console"),
        options=dataclasses.replace(ClipOptions(height_px=144, seconds=6.0), **options),
        max_bytes=max_bytes,
        idempotency_key="k",
    )
    return Job(
        id=JobId("j"),
        request=request,
        seed=11,
        status=JobStatus.RUNNING,
        attempts=1,
        queued_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def frames_hash(path: str) -> str:
    digest = hashlib.sha256()
    with av.open(path) as container:
        for frame in container.decode(video=0):
            digest.update(frame.to_ndarray(format="rgb24").tobytes())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def pipeline() -> ClipPipeline:
    settings = load_settings()
    generator = dataclasses.replace(settings.generator, name="procedural")
    return ClipPipeline(load_parts(dataclasses.replace(settings, generator=generator)))


def test_a_text_becomes_a_clip_with_sound(pipeline: ClipPipeline, tmp_path: Path) -> None:
    report = RecordingReport()
    clip = pipeline.render(job(), workdir=tmp_path, report=report)
    assert report.stages == list(Stage)
    assert set(clip.timings) == {stage.value for stage in Stage}
    assert (clip.width_px, clip.height_px, clip.fps, clip.seed) == (256, 144, 30.0, 11)
    assert clip.seconds == pytest.approx(6.0, rel=0.05)
    assert Path(clip.location).stat().st_size == clip.bytes
    assert hashlib.sha256(Path(clip.location).read_bytes()).hexdigest() == clip.sha256
    with av.open(clip.location) as container:
        assert container.streams.video[0].codec_context.pix_fmt == "yuv420p"
        sound = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)
        assert "AI-generated" in container.metadata["comment"]
    halves = np.array_split(sound, 6, axis=1)
    assert min(float(np.abs(half).max()) for half in halves) > 0.01


def test_the_plan_is_told_before_a_picture_is_drawn(pipeline: ClipPipeline, tmp_path: Path) -> None:
    report = RecordingReport(cancel_at=4)  # the look before the stage that draws
    with pytest.raises(Cancelled):
        pipeline.render(job(), workdir=tmp_path, report=report)
    assert len(report.plans) == 1
    assert Stage.COMPOSITE not in report.stages


@pytest.mark.parametrize("looks", [1, 3, 6, 12])
def test_a_cancelled_render_leaves_no_file(pipeline: ClipPipeline, tmp_path: Path, looks: int) -> None:
    with pytest.raises(Cancelled):
        pipeline.render(job(), workdir=tmp_path, report=RecordingReport(cancel_at=looks))
    assert list(tmp_path.iterdir()) == []


def test_the_same_seed_gives_the_same_frames(pipeline: ClipPipeline, tmp_path: Path) -> None:
    clips = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        clips.append(pipeline.render(job(), workdir=tmp_path / name, report=RecordingReport()))
    assert frames_hash(clips[0].location) == frames_hash(clips[1].location)


def test_options_are_kept(pipeline: ClipPipeline, tmp_path: Path) -> None:
    clip = pipeline.render(job(aspect=Aspect.TALL, music=False), workdir=tmp_path, report=RecordingReport())
    assert (clip.width_px, clip.height_px) == (144, 256)
    with av.open(clip.location) as container:
        assert len(container.streams.video) == 1
        sound = [
            frame.to_ndarray() for stream in container.streams.audio for frame in container.decode(stream)
        ]
    assert not sound or float(np.abs(np.concatenate(sound, axis=1)).max()) < 0.001


def test_a_byte_limit_is_kept_or_refused(pipeline: ClipPipeline, tmp_path: Path) -> None:
    clip = pipeline.render(job(max_bytes=120_000), workdir=tmp_path, report=RecordingReport())
    assert clip.bytes <= 120_000
    with pytest.raises(ClipTooLarge):
        pipeline.render(job(max_bytes=500), workdir=tmp_path, report=RecordingReport())


def test_a_text_without_words_is_refused(pipeline: ClipPipeline, tmp_path: Path) -> None:
    with pytest.raises(NoWords):
        pipeline.render(job("?!? 🎉"), workdir=tmp_path, report=RecordingReport())


def test_scenes_and_music_cover_the_clip(pipeline: ClipPipeline) -> None:
    reading = pipeline._parts.reader.read(TEXT)
    limits = PlanLimits(min_seconds=6.0, max_seconds=60.0)
    direction = direct(make_plan(reading, ClipOptions(), seed=1, limits=limits))
    scenes, brief = clip_scenes(direction), music_brief(direction)
    assert Branch.SOUND in {scene.branch for scene in scenes}
    assert scenes[0].start == 0.0
    assert scenes[-1].end == pytest.approx(brief.seconds, abs=0.001)
    assert brief.sections[0].start == 0.0
    for before, after in zip(brief.sections, brief.sections[1:], strict=False):
        assert after.start == before.end > before.start
