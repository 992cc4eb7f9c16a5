"""Values of the contract for tests, with every field filled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from engine.contract.clip import Clip, ClipScene
from engine.contract.events import (
    AnyJobEvent,
    JobCancelled,
    JobQueued,
    JobSucceeded,
    JobUnderstood,
    Stage,
    StageProgressed,
    StageStarted,
)
from engine.contract.job import Job, JobId, JobStatus
from engine.contract.quota import QuotaLimit, QuotaStanding, QuotaWindow
from engine.contract.request import ClipRequest, ReplyAddress, Requester
from engine.contract.storyboard import Branch, Language, Mood
from engine.contract.wire import to_json

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
CLIP_BYTES = b"not really a film, but bytes that can be counted"
JOB = JobId("job-1")


def request(**changes: Any) -> ClipRequest:
    base = ClipRequest(
        text="A fox runs through a forest.",
        requester=Requester(platform="fake", user_id="7"),
        reply_to=ReplyAddress(platform="fake", payload='{"chat": 1}'),
        idempotency_key="fake:1",
    )
    return replace(base, **changes)


def clip(**changes: Any) -> Clip:
    base = Clip(
        location="/v1/jobs/job-1/clip",
        sha256=sha256(CLIP_BYTES).hexdigest(),
        mime="video/mp4",
        bytes=len(CLIP_BYTES),
        seconds=12.5,
        width_px=1280,
        height_px=720,
        fps=30.0,
        seed=5,
        language=Language.ENGLISH,
        title="A fox",
        scenes=(
            ClipScene(
                text="A fox runs through a forest.",
                branch=Branch.PICTURE,
                subjects=("fox",),
                mood=Mood.PLAYFUL,
                start=0.0,
                end=12.5,
            ),
        ),
        timings={"understand": 0.5, "composite": 3.0},
        models={"generator": "procedural 1"},
        notes=("The voice is missing.",),
    )
    return replace(base, **changes)


def job(asked: ClipRequest | None = None, **changes: Any) -> Job:
    base = Job(
        id=JOB, request=asked or request(), seed=5, status=JobStatus.QUEUED, attempts=0, queued_at=NOON
    )
    return replace(base, **changes)


def standing(**changes: Any) -> QuotaStanding:
    limit = QuotaLimit(
        window=QuotaWindow.DAY,
        scope=None,
        subject="",
        shared=False,
        limit_s=300.0,
        granted_s=60.0,
        used_s=120.0,
        left_s=240.0,
        resets_at=NOON,
    )
    base = QuotaStanding(
        user="fake:7",
        free=False,
        limits=(limit,),
        waiting=1,
        max_waiting=3,
        cooldown_until=None,
        block=None,
    )
    return replace(base, **changes)


def standing_json(**changes: Any) -> Any:
    return to_json(standing(**changes))


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def cancelled(job_id: JobId = JOB) -> JobCancelled:
    return JobCancelled(job_id=job_id, seq=0, at=at(9))


def story(job_id: JobId = JOB) -> tuple[AnyJobEvent, ...]:
    """A job that goes well, from its first event to its last."""
    made: list[AnyJobEvent] = [
        JobQueued(job_id=job_id, seq=1, at=at(0), position=1),
        StageStarted(job_id=job_id, seq=2, at=at(1), stage=Stage.UNDERSTAND),
        JobUnderstood(
            job_id=job_id,
            seq=3,
            at=at(2),
            title="A fox",
            captions=("A fox runs through a forest.",),
            entities=("OBJECT: fox", "PLACE: forest"),
        ),
        StageStarted(job_id=job_id, seq=4, at=at(3), stage=Stage.GENERATE),
        StageProgressed(job_id=job_id, seq=5, at=at(6), stage=Stage.GENERATE, done=1, total=2, detail="fox"),
        StageStarted(job_id=job_id, seq=6, at=at(9), stage=Stage.COMPOSITE),
        JobSucceeded(job_id=job_id, seq=7, at=at(12), clip=clip()),
    ]
    return tuple(made)
