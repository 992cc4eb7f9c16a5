"""The same edit in moviepy alone: every picture a clip with a mask, put together by CompositeVideoClip.

It is slow and plain on purpose. A test compares frames with it, and a benchmark times it.
"""

from __future__ import annotations

import numpy as np
from moviepy import CompositeVideoClip, ImageClip, VideoClip
from numpy.typing import NDArray

from engine.compositing.blend import Patch
from engine.media import FPS, UInt8Array


def still_clip(patch: Patch, seconds: float) -> ImageClip:
    """Return a premultiplied patch as a moviepy clip at its place, with a mask of float64."""
    straight, mask = _straight(patch.picture)
    clip = ImageClip(straight, duration=seconds)
    clip = clip.with_mask(ImageClip(mask, is_mask=True, duration=seconds))
    return clip.with_position((patch.x_px, patch.y_px))


def compose_plainly(ground: UInt8Array, patches: tuple[Patch, ...], frames: int) -> VideoClip:
    """Lay ``patches`` over ``ground``, uint8 [H,W,3], with moviepy's own compositor for some frames."""
    seconds = frames / FPS
    layers = [ImageClip(ground, duration=seconds), *(still_clip(patch, seconds) for patch in patches)]
    size = (ground.shape[1], ground.shape[0])
    return CompositeVideoClip(layers, size=size, use_bgclip=False).with_fps(FPS)


def _straight(picture: UInt8Array) -> tuple[UInt8Array, NDArray[np.float64]]:
    """Return straight colours uint8 [H,W,3] and a mask float64 [H,W] of a premultiplied uint8 [H,W,4]."""
    alpha = picture[..., 3].astype(np.float64)
    colour = picture[..., :3] * (255.0 / np.maximum(alpha, 1.0))[..., None]
    return np.rint(np.clip(colour, 0.0, 255.0)).astype(np.uint8), alpha / 255.0
