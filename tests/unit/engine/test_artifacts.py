from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from engine.artifacts import MEGABYTE, Artifacts, Retention
from engine.contract.errors import ConfigError, RenderError, StorageFull
from engine.contract.job import JobId
from tests.fakes import values
from tests.fakes.values import NOON
from tests.fixtures.pipelines.parts import CLIP_BYTES, THUMBNAIL_BYTES, write_clip

JOB = JobId("job-1")


@pytest.fixture
def artifacts(tmp_path: Path) -> Artifacts:
    return Artifacts(tmp_path / "data", min_free_bytes=0)


def keep(artifacts: Artifacts, name: str, *, age_days: float = 0.0) -> JobId:
    job_id = JobId(name)
    artifacts.keep(job_id, write_clip(values.job(), artifacts.fresh_workdir(job_id)))
    kept = artifacts.clip(job_id)
    assert kept is not None
    moment = NOON.timestamp() - age_days * 86_400
    os.utime(kept.parent, (moment, moment))
    return job_id


def test_a_kept_clip_has_its_place_hash_and_size(artifacts: Artifacts) -> None:
    workdir = artifacts.fresh_workdir(JOB)
    rendered = replace(write_clip(values.job(), workdir), sha256="wrong", bytes=1)
    clip = artifacts.keep(JOB, rendered)
    assert clip.location == "/v1/jobs/job-1/clip"
    assert (clip.sha256, clip.bytes) == (sha256(CLIP_BYTES).hexdigest(), len(CLIP_BYTES))
    kept, still = artifacts.clip(JOB), artifacts.thumbnail(JOB)
    assert kept is not None
    assert kept.read_bytes() == CLIP_BYTES
    assert still is not None
    assert still.read_bytes() == THUMBNAIL_BYTES
    assert list(workdir.iterdir()) == []


@pytest.mark.parametrize(("left", "kept"), [("clip.jpg", "thumbnail.jpg"), ("clip.png", "thumbnail.png")])
def test_a_still_picture_may_bear_the_name_of_the_clip(artifacts: Artifacts, left: str, kept: str) -> None:
    workdir = artifacts.fresh_workdir(JOB)
    clip = write_clip(values.job(), workdir)
    (workdir / "thumbnail.jpg").rename(workdir / left)
    artifacts.keep(JOB, clip)
    still = artifacts.thumbnail(JOB)
    assert still is not None
    assert (still.name, still.read_bytes()) == (kept, THUMBNAIL_BYTES)


def test_a_second_attempt_replaces_the_first(artifacts: Artifacts) -> None:
    keep(artifacts, JOB)
    workdir = artifacts.fresh_workdir(JOB)
    clip = write_clip(values.job(), workdir)
    Path(clip.location).write_bytes(b"another one")
    assert artifacts.keep(JOB, clip).bytes == len(b"another one")


def test_a_clip_that_is_not_there_is_named(artifacts: Artifacts) -> None:
    with pytest.raises(RenderError, match="left no clip"):
        artifacts.keep(JOB, values.clip(location="/nowhere/clip.mp4"))
    assert artifacts.clip(JOB) is None
    assert artifacts.thumbnail(JOB) is None


def test_a_work_folder_is_fresh_each_time(artifacts: Artifacts) -> None:
    folder = artifacts.fresh_workdir(JOB)
    (folder / "half.mp4").write_bytes(b"half")
    assert list(artifacts.fresh_workdir(JOB).iterdir()) == []
    assert artifacts.workdirs() == {JOB}
    artifacts.drop_workdir(JOB)
    assert artifacts.workdirs() == set()


def test_a_full_disk_is_told_before_a_render(tmp_path: Path) -> None:
    room = 201 * MEGABYTE
    artifacts = Artifacts(tmp_path, min_free_bytes=200 * MEGABYTE, probe=lambda _: room)
    artifacts.check_space()
    room = 199 * MEGABYTE
    with pytest.raises(StorageFull, match="199 MB left"):
        artifacts.check_space()


def test_a_data_dir_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(ConfigError, match="data_dir"):
        Artifacts(tmp_path / "file" / "data", min_free_bytes=0)


def test_old_clips_go(artifacts: Artifacts) -> None:
    old, spared, young = (
        keep(artifacts, "old", age_days=31),
        keep(artifacts, "spared", age_days=31),
        keep(artifacts, "young", age_days=29),
    )
    rules = Retention(age=timedelta(days=30), bytes=MEGABYTE)
    assert artifacts.clips() == {old, spared, young}
    assert artifacts.sweep(rules, now=NOON, may_go={old, young}) == (old,)
    assert artifacts.clip(old) is None
    assert None not in (artifacts.clip(spared), artifacts.clip(young))


def test_the_oldest_clips_go_when_room_runs_out(artifacts: Artifacts) -> None:
    names = [keep(artifacts, f"clip-{days}", age_days=days) for days in (4, 3, 2, 1)]
    one = len(CLIP_BYTES) + len(THUMBNAIL_BYTES)
    rules = Retention(age=timedelta(days=30), bytes=2 * one)
    assert artifacts.sweep(rules, now=NOON, may_go=set(names)) == tuple(names[:2])
    assert artifacts.sweep(rules, now=NOON, may_go=set(names)) == ()
