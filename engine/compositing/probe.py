"""What a finished file really is: read back, not believed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import av


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """Facts of a media file."""

    #: Length of the picture, in seconds.
    seconds: float
    frames: int
    width_px: int
    height_px: int
    #: Frames a second.
    fps: float
    video_codec: str
    pixel_format: str
    #: None without sound.
    audio_codec: str | None
    #: Length of the sound, in seconds; 0 without.
    audio_seconds: float
    #: Samples a second; 0 without sound.
    audio_rate_hz: int
    metadata: dict[str, str]


def probe(path: Path) -> Probe:
    """Read the facts of ``path``; raises av.FFmpegError when it is not a media file."""
    with av.open(str(path)) as container:
        video = container.streams.video[0]
        audio = container.streams.audio[0] if container.streams.audio else None
        base = video.time_base
        seconds = float((video.duration or 0) * base) if base is not None else 0.0
        sound = 0.0
        if audio is not None and audio.duration is not None and audio.time_base is not None:
            sound = float(audio.duration * audio.time_base)
        return Probe(
            seconds=seconds,
            frames=video.frames,
            width_px=video.codec_context.width,
            height_px=video.codec_context.height,
            fps=float(video.average_rate or 0),
            video_codec=video.codec_context.name,
            pixel_format=video.codec_context.pix_fmt or "",
            audio_codec=None if audio is None else audio.codec_context.name,
            audio_seconds=sound,
            audio_rate_hz=0 if audio is None else audio.codec_context.sample_rate,
            metadata=dict(container.metadata),
        )
