"""Frames and samples to an MP4: H.264 (x264) and AAC through PyAV, ready to stream."""

from __future__ import annotations

import os
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType

import av
import numpy as np
from av.audio.stream import AudioStream
from av.video.stream import VideoStream

from engine.compositing.budget import Budget
from engine.compositing.pixels import fit, to_yuv420
from engine.compositing.product import AI_LABEL, ClipMetadata, EncodeSettings
from engine.compositing.soundtrack import TrackClip
from engine.contract.storyboard import Language
from engine.media import FPS, SAMPLE_RATE_HZ, UInt8Array

#: Frames between key frames at most: five seconds, so that a player can jump.
_KEY_INTERVAL = 5 * FPS
#: ITU-T H.273: colour primaries, transfer and matrix 1 are BT.709; range 1 is limited.
_BT709 = 1
_LIMITED = 1
#: Samples that an AAC frame holds.
_AAC_FRAME = 1024
#: ISO 639-2 names, as the container wants them.
_LANGUAGES = {Language.ENGLISH: "eng", Language.CHINESE: "chi"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """All that decides the bytes of a file beside its frames and samples."""

    budget: Budget
    settings: EncodeSettings
    metadata: ClipMetadata


def encoder_threads() -> int:
    """Return how many threads x264 gets: one core is kept for compositing, which runs beside it.

    The number is part of what decides the bitstream, so it depends on the machine alone, never on its load.
    """
    return max(1, min(4, (os.cpu_count() or 1) - 1))


def x264_options(settings: EncodeSettings, budget: Budget) -> dict[str, str]:
    """Return the encoder's options: constant quality, capped by a buffer (VBV) when bits are limited."""
    options = {
        "preset": settings.preset,
        "crf": str(settings.quality),
        "threads": str(encoder_threads()),
        "g": str(_KEY_INTERVAL),
    }
    if budget.video_bps is not None:
        options["maxrate"] = str(budget.video_bps)
        options["bufsize"] = str(
            budget.video_bps
        )  # one second: the file ends at most that far above the rate
    return options


class Mp4Writer:
    """An MP4 being written; frames in order, the sound of the same moment beside them."""

    def __init__(self, path: Path, recipe: Recipe, sound: TrackClip | None) -> None:
        self._container = av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})
        self._size = recipe.budget.size
        self._sound = sound
        self._frames = 0
        self._samples = 0
        self._describe(recipe.metadata)
        self._video = self._video_stream(recipe)
        self._audio = None if sound is None else self._audio_stream(recipe)

    def __enter__(self) -> Mp4Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._finish()
        self._container.close()

    def _describe(self, metadata: ClipMetadata) -> None:
        comment = metadata.comment
        if AI_LABEL.lower() not in comment.lower():
            comment = f"{AI_LABEL}. {comment}".strip()
        self._container.metadata.update(
            {"title": metadata.title, "comment": comment, "genre": AI_LABEL, "encoder": "textreel"}
        )

    def _video_stream(self, recipe: Recipe) -> VideoStream:
        stream = self._container.add_stream(
            "libx264", rate=FPS, options=x264_options(recipe.settings, recipe.budget)
        )
        stream.width, stream.height = self._size.width_px, self._size.height_px
        stream.pix_fmt = "yuv420p"
        stream.time_base = Fraction(1, FPS)
        context = stream.codec_context
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = _LIMITED
        stream.metadata["language"] = _LANGUAGES[recipe.metadata.language]
        return stream

    def _audio_stream(self, recipe: Recipe) -> AudioStream:
        stream = self._container.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="stereo")
        stream.codec_context.bit_rate = recipe.budget.audio_bps
        stream.metadata["language"] = _LANGUAGES[recipe.metadata.language]
        return stream

    def write(self, planes: UInt8Array) -> None:
        """Write the next frame, uint8 [H*3/2,W] (see pixels.to_yuv420)."""
        frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
        frame.colorspace, frame.color_range = _BT709, _LIMITED
        frame.pts = self._frames
        frame.time_base = Fraction(1, FPS)
        self._frames += 1
        for packet in self._video.encode(frame):
            self._container.mux(packet)
        self._write_sound(self._frames * SAMPLE_RATE_HZ // FPS, flush=False)

    def planes_of(self, picture: UInt8Array) -> UInt8Array:
        """Return uint8 [H,W,3] in the size and planes that this file takes."""
        return to_yuv420(fit(picture, self._size))

    def _write_sound(self, until: int, *, flush: bool) -> None:
        if self._audio is None or self._sound is None:
            return
        while self._samples + (0 if flush else _AAC_FRAME) <= until:
            stop = min(until, self._samples + _AAC_FRAME)
            if stop == self._samples:
                return
            part = self._sound.samples(self._samples, stop)
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(part.T, dtype=np.float32), format="fltp", layout="stereo"
            )
            frame.sample_rate = SAMPLE_RATE_HZ
            frame.pts, frame.time_base = self._samples, Fraction(1, SAMPLE_RATE_HZ)
            self._samples = stop
            for packet in self._audio.encode(frame):
                self._container.mux(packet)

    def _finish(self) -> None:
        for packet in self._video.encode(None):
            self._container.mux(packet)
        self._write_sound(self._frames * SAMPLE_RATE_HZ // FPS, flush=True)
        if self._audio is not None:
            for packet in self._audio.encode(None):
                self._container.mux(packet)
