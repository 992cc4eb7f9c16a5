"""How many bits a second a clip may take so that it fits under a byte limit: pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

from engine.media import FPS, FrameSize

#: Bits a second of sound when nothing limits it.
FULL_AUDIO_BPS = 160_000
#: Steps of sound for small budgets.
_AUDIO_STEPS_BPS = (160_000, 128_000, 96_000, 64_000, 48_000, 32_000)
#: Sound takes at most this part of a budget.
_AUDIO_SHARE = 0.2
#: Below so many bits for each pixel and frame a smaller picture looks better than a coarser one
#: (judged by eye on drawn pictures, x264).
_LEAST_BITS_PER_PIXEL = 0.008
#: Shorter sides, in px, that a clip steps down to.
_HEIGHT_STEPS_PX = (1080, 720, 540, 480, 360, 288, 240, 180, 144)
#: Part of the limit that is planned for; the rest is for the container and the encoder's slack.
_PLANNED = 0.93
#: Bytes of the container for each frame of picture and sound, generously.
_CONTAINER_BYTES_PER_FRAME = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What one try to encode aims at."""

    size: FrameSize
    #: Bits a second of sound.
    audio_bps: int
    #: Most bits a second of picture; None when nothing limits it.
    video_bps: int | None


def first_budget(size: FrameSize, frames: int, max_bytes: int | None, *, sound: bool) -> Budget:
    """Return what to aim at first; a picture too large for its bits starts smaller."""
    if max_bytes is None:
        return Budget(size=size, audio_bps=FULL_AUDIO_BPS, video_bps=None)
    bits = max(0.0, (max_bytes * _PLANNED - 4_000 - frames * _CONTAINER_BYTES_PER_FRAME) * 8.0)
    rate = bits * FPS / frames
    audio = 0
    if sound:
        audio = next((step for step in _AUDIO_STEPS_BPS if step <= rate * _AUDIO_SHARE), _AUDIO_STEPS_BPS[-1])
    video = max(8_000, int(rate - audio))
    smaller = size
    while video < _LEAST_BITS_PER_PIXEL * smaller.width_px * smaller.height_px * FPS:
        next_size = step_down(smaller)
        if next_size == smaller:
            break
        smaller = next_size
    return Budget(size=smaller, audio_bps=audio or FULL_AUDIO_BPS, video_bps=video)


def next_budget(budget: Budget, reached_bytes: int, max_bytes: int) -> Budget:
    """Return what to aim at after a try came out at ``reached_bytes``: a smaller picture and fewer bits."""
    video = budget.video_bps or reached_bytes * 8
    video = max(8_000, int(video * min(0.85, 0.88 * max_bytes / reached_bytes)))
    audio = min(budget.audio_bps, max(_AUDIO_STEPS_BPS[-1], budget.audio_bps * 2 // 3))
    return Budget(size=step_down(budget.size), audio_bps=audio, video_bps=video)


def step_down(size: FrameSize) -> FrameSize:
    """Return the next smaller size of the same aspect; the smallest stays."""
    short = size.short_px
    smaller = next((step for step in _HEIGHT_STEPS_PX if step < short), short)
    if smaller == short:
        return size
    scale = smaller / short
    return FrameSize(
        width_px=max(16, round(size.width_px * scale / 2) * 2),
        height_px=max(16, round(size.height_px * scale / 2) * 2),
    )
