"""Direction, drawings and sound become a finished MP4: the room's one entry."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import av
import cv2

from engine.compositing.budget import Budget, first_budget, next_budget
from engine.compositing.conveyor import Conveyor
from engine.compositing.edit import Edit, build_edit
from engine.compositing.encode import Mp4Writer, Recipe
from engine.compositing.probe import probe
from engine.compositing.product import ClipMetadata, EncodedClip, EncodeSettings
from engine.compositing.staging import staged
from engine.compositing.subtitles import write_subtitles
from engine.compositing.thumbnail import thumbnail_frame, write_thumbnail
from engine.compositing.timeline import segments
from engine.contract.errors import ClipTooLarge, StageFailed
from engine.media import AudioTrack, FrameSize, UInt8Array
from engine.reporting import Report
from engine.scenery import Direction, SceneArt

#: How often a clip is encoded again to fit under its limit.
_MOST_TRIES = 4
#: Frames between two looks whether the job was cancelled.
_LOOK_EVERY = 8
#: Least time between two reports, in seconds.
_REPORT_EVERY_S = 0.25


def compose_clip(
    direction: Direction,
    art: Sequence[SceneArt],
    audio: AudioTrack | None,
    *,
    size: FrameSize,
    output: Path,
    settings: EncodeSettings,
    metadata: ClipMetadata,
    max_bytes: int | None,
    report: Report,
) -> EncodedClip:
    """Render the clip to ``output`` and its thumbnail beside it.

    ``art`` is read one scene at a time and never twice at once, so it may be a lazy sequence. Nothing
    half-written stays after an error. Raises ClipTooLarge, StorageFull, OutputUnwritable or Cancelled.
    """
    cv2.setNumThreads(1)  # the encoder has the other cores; vector code of one thread is not the brake
    edit = build_edit(direction, art, audio, size)
    budget = first_budget(size, edit.frames, max_bytes, sound=audio is not None)
    wanted = thumbnail_frame(segments(direction))
    with staged(output) as temporary:
        for _ in range(_MOST_TRIES):
            recipe = Recipe(budget=budget, settings=settings, metadata=metadata)
            picture = _encode(edit, temporary, recipe, wanted, report)
            reached = temporary.stat().st_size
            if max_bytes is None or reached <= max_bytes:
                break
            budget = next_budget(budget, reached, max_bytes)
        else:
            raise ClipTooLarge(
                f"The clip needs {reached:,} bytes and may have {max_bytes:,}. "
                "Choose fewer seconds or a smaller height."
            )
        finished = _describe(temporary, output, budget, size)
        write_thumbnail(picture, finished.thumbnail)
        subtitles = write_subtitles(direction, size, output)
    return replace(finished, subtitles=subtitles)


def _encode(edit: Edit, path: Path, recipe: Recipe, wanted: int, report: Report) -> UInt8Array:
    """Write every frame; return frame ``wanted`` as uint8 [H,W,3]."""
    kept: UInt8Array | None = None
    reported = 0.0
    try:
        with Mp4Writer(path, recipe, edit.sound) as writer, Conveyor(writer) as conveyor:
            for number in range(edit.frames):
                if number % _LOOK_EVERY == 0:
                    report.check_cancelled()
                picture = edit.frame(number)
                if number == wanted:
                    kept = picture.copy()
                conveyor.put(writer.planes_of(picture))
                if time.monotonic() - reported >= _REPORT_EVERY_S:
                    report.progress(done=number + 1, total=edit.frames)
                    reported = time.monotonic()
    except av.FFmpegError as error:
        if isinstance(error, OSError):
            raise  # a matter of the disk, which ``staged`` names
        raise StageFailed(f"The encoder failed: {error}.") from error
    report.progress(done=edit.frames, total=edit.frames)
    if kept is None:
        raise StageFailed("The clip has no frames.")
    return kept


def _describe(path: Path, output: Path, budget: Budget, size: FrameSize) -> EncodedClip:
    facts = probe(path)
    notes: tuple[str, ...] = ()
    if budget.size != size:
        notes = (f"made smaller to fit under the byte limit: {facts.width_px}x{facts.height_px}",)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return EncodedClip(
        path=output,
        sha256=digest,
        bytes=path.stat().st_size,
        seconds=facts.seconds,
        width_px=facts.width_px,
        height_px=facts.height_px,
        fps=facts.fps,
        thumbnail=output.with_suffix(".jpg"),
        notes=notes,
    )
