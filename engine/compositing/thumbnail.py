"""The picture that stands for the clip."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from engine.compositing.staging import staged
from engine.compositing.timeline import Segment
from engine.media import UInt8Array

_JPEG_QUALITY = 88


def thumbnail_frame(segments: tuple[Segment, ...]) -> int:
    """Return the frame that shows the first scene with its words fully there."""
    first = segments[0]
    return first.start + int((first.end - first.start) * 0.7)


def write_thumbnail(picture: UInt8Array, path: Path) -> None:
    """Write uint8 [H,W,3] as a JPEG."""
    with staged(path) as temporary:
        Image.fromarray(picture).save(temporary, format="JPEG", quality=_JPEG_QUALITY, optimize=True)
