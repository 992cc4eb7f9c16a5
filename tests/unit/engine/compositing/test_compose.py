from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from engine.compositing import compose as compose_module
from engine.compositing.compose import compose_clip
from engine.compositing.encode import Mp4Writer, encoder_threads
from engine.compositing.probe import probe
from engine.compositing.product import ClipMetadata, EncodedClip, EncodeSettings
from engine.contract.errors import Cancelled, ClipTooLarge, OutputUnwritable, StageFailed, StorageFull
from engine.contract.storyboard import Language
from engine.media import UInt8Array
from engine.scenery import Particles
from tests.unit.engine.compositing.stand_ins import (
    SMALL,
    ListeningReport,
    make_art,
    make_direction,
    make_plate,
    make_scene,
    make_tone,
)

METADATA = ClipMetadata(title="巴黎铁塔", comment="textreel, seed 1", language=Language.CHINESE)


def compose(output: Path, **options: Any) -> EncodedClip:
    direction = make_direction(make_scene(0, headline="Tower"), make_scene(1))
    plate = make_plate(particles=options.pop("particles", Particles.NONE))
    art = tuple(make_art(directed.scene, plate=plate) for directed in direction.scenes)
    settings: dict[str, Any] = {
        "size": SMALL,
        "settings": EncodeSettings(preset="ultrafast", quality=28),
        "metadata": METADATA,
        "max_bytes": None,
        "report": ListeningReport(),
    }
    return compose_clip(
        direction, art, options.pop("audio", make_tone(5.0)), output=output, **{**settings, **options}
    )


def frames_of(path: Path) -> list[str]:
    with av.open(str(path)) as container:
        return [
            hashlib.sha256(frame.to_ndarray(format="yuv420p").tobytes()).hexdigest()
            for frame in container.decode(video=0)
        ]


def test_a_clip_is_a_playable_mp4_with_its_facts(tmp_path: Path) -> None:
    clip = compose(tmp_path / "clip.mp4")
    facts = probe(clip.path)
    assert clip.path == tmp_path / "clip.mp4"
    assert clip.bytes == clip.path.stat().st_size
    assert clip.sha256 == hashlib.sha256(clip.path.read_bytes()).hexdigest()
    assert (clip.width_px, clip.height_px, clip.fps, clip.seconds) == (320, 180, 30.0, 1.8)
    assert (facts.video_codec, facts.pixel_format, facts.audio_codec) == ("h264", "yuv420p", "aac")
    assert (facts.frames, facts.audio_rate_hz) == (54, 48_000)
    assert facts.audio_seconds == pytest.approx(1.8, abs=0.03)
    assert facts.metadata["title"] == "巴黎铁塔"
    assert "AI-generated" in facts.metadata["comment"]
    assert "seed 1" in facts.metadata["comment"]


def test_the_file_can_be_streamed_and_is_tagged_bt709(tmp_path: Path) -> None:
    clip = compose(tmp_path / "clip.mp4")
    raw = clip.path.read_bytes()
    assert 0 < raw.index(b"moov") < raw.index(b"mdat")
    with av.open(str(clip.path)) as container:
        context = container.streams.video[0].codec_context
        assert (context.color_primaries, context.color_trc, context.colorspace) == (1, 1, 1)
        assert container.streams.audio[0].language == "chi"


def test_the_sound_is_the_track(tmp_path: Path) -> None:
    clip = compose(tmp_path / "clip.mp4", audio=make_tone(1.0, channels=1))
    with av.open(str(clip.path)) as container:
        heard = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)
    tone, silence = heard[:, 4_800:38_400], heard[:, 57_600:80_000]
    assert float(np.sqrt((tone**2).mean())) == pytest.approx(0.25 / np.sqrt(2), rel=0.05)
    assert float(np.abs(silence).max()) < 0.01


def test_a_clip_may_be_silent(tmp_path: Path) -> None:
    assert probe(compose(tmp_path / "clip.mp4", audio=None).path).audio_codec is None


def test_thumbnail_and_subtitles_lie_beside_the_clip(tmp_path: Path) -> None:
    clip = compose(tmp_path / "clip.mp4")
    with Image.open(clip.thumbnail) as picture:
        assert (picture.format, picture.size) == ("JPEG", (320, 180))
        assert np.asarray(picture).max() > 200
    assert {path.name for path in tmp_path.iterdir()} == {"clip.mp4", "clip.jpg", "clip.srt", "clip.vtt"}
    assert clip.subtitles == (tmp_path / "clip.srt", tmp_path / "clip.vtt")


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first = compose(tmp_path / "a.mp4", particles=Particles.SNOW)
    second = compose(tmp_path / "b.mp4", particles=Particles.SNOW)
    assert frames_of(first.path) == frames_of(second.path)
    assert first.sha256 == second.sha256


def test_progress_rises_to_the_last_frame_and_cancelling_is_looked_for_often(tmp_path: Path) -> None:
    report = ListeningReport()
    compose(tmp_path / "clip.mp4", report=report)
    assert report.done[-1] == (54, 54)
    assert report.done == sorted(report.done)
    assert report.looks >= 54 // 10


def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        compose(tmp_path / "clip.mp4", report=ListeningReport(cancel_after=3))
    assert list(tmp_path.iterdir()) == []


def test_a_byte_limit_is_kept(tmp_path: Path) -> None:
    free = compose(tmp_path / "free.mp4", particles=Particles.SNOW)
    limit = free.bytes * 2 // 3
    clip = compose(tmp_path / "small.mp4", particles=Particles.SNOW, max_bytes=limit)
    assert clip.bytes <= limit
    assert clip.seconds == 1.8
    if clip.height_px < 180:
        assert "made smaller" in clip.notes[0]


def test_an_impossible_limit_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ClipTooLarge, match="2,000"):
        compose(tmp_path / "clip.mp4", max_bytes=2_000)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["missing/clip.mp4", "."])
def test_a_path_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputUnwritable):
        compose(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


class DyingWriter(Mp4Writer):
    """A writer whose disk or encoder fails after a few frames."""

    error: BaseException = RuntimeError()
    written = 0

    def write(self, planes: UInt8Array) -> None:
        DyingWriter.written += 1
        if DyingWriter.written > 5:
            raise self.error
        super().write(planes)


@pytest.mark.parametrize(
    ("error", "named"),
    [
        (OSError(28, "No space left on device"), StorageFull),
        (av.error.OSError(28, "No space left on device"), StorageFull),
        (av.error.InvalidDataError(1094995529, "Invalid data"), StageFailed),
    ],
)
def test_an_encoder_that_dies_is_named_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, named: type[Exception]
) -> None:
    DyingWriter.error, DyingWriter.written = error, 0
    monkeypatch.setattr(compose_module, "Mp4Writer", DyingWriter)
    with pytest.raises(named):
        compose(tmp_path / "clip.mp4")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("cores", "threads"), [(None, 1), (1, 1), (2, 1), (4, 3), (64, 4)])
def test_threads_follow_the_machine_alone(
    monkeypatch: pytest.MonkeyPatch, cores: int | None, threads: int
) -> None:
    monkeypatch.setattr("engine.compositing.encode.os.cpu_count", lambda: cores)
    assert encoder_threads() == threads
