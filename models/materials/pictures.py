"""Read drawings with alpha out of package archives, as small premultiplied arrays."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image

from models.materials.concepts import normalise_codepoint

__all__ = ["FLUENT_FOLDER", "NOTO_FOLDER", "codepoints", "read_pictures", "shrink", "unpremultiply"]

FLUENT_FOLDER: Final = "package/assets"
NOTO_FOLDER: Final = "package/img/google/64"
_SUFFIXES = frozenset({".webp", ".png"})


def codepoints(archive: Path, folder: str) -> frozenset[str]:
    """Normalised code points of all pictures in `folder` of the archive."""
    with tarfile.open(archive) as tar:
        return frozenset(_codepoint(name) for name in tar.getnames() if _is_picture(name, folder))


def read_pictures(
    archive: Path, folder: str, *, wanted: frozenset[str], size_px: int
) -> Iterator[tuple[str, npt.NDArray[np.uint8]]]:
    """Yield (code point, premultiplied uint8 [size_px, size_px, 4]) for every wanted picture, once each."""
    seen: set[str] = set()
    with tarfile.open(archive) as tar:
        for member in tar:
            if not _is_picture(member.name, folder):
                continue
            codepoint = _codepoint(member.name)
            stream = tar.extractfile(member)
            if codepoint not in wanted or codepoint in seen or stream is None:
                continue
            seen.add(codepoint)
            with Image.open(io.BytesIO(stream.read())) as image:
                yield codepoint, shrink(image, size_px)


def shrink(image: Image.Image, size_px: int) -> npt.NDArray[np.uint8]:
    """Scale a picture with alpha to a premultiplied uint8 square [size_px, size_px, 4].

    Premultiplied before scaling, so that the colour of invisible pixels never bleeds into an edge.
    """
    rgba = np.asarray(image.convert("RGBA"), dtype=np.float32) / 255.0  # [H,W,4]
    rgba[..., :3] *= rgba[..., 3:]
    planes = [
        Image.fromarray(rgba[..., channel]).resize((size_px, size_px), Image.Resampling.LANCZOS)
        for channel in range(4)
    ]
    small = np.clip(np.stack([np.asarray(plane) for plane in planes], axis=-1), 0.0, 1.0)
    small[..., :3] = np.minimum(small[..., :3], small[..., 3:])  # Lanczos overshoots at edges
    return _to_bytes(small * 255.0)


def unpremultiply(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Premultiplied uint8 [..., 4] to straight alpha uint8 [..., 4]."""
    values = pixels.astype(np.float32)
    alpha = values[..., 3:]
    colour = np.where(alpha > 0, values[..., :3] * 255.0 / np.maximum(alpha, 1.0), 0.0)
    straight = np.concatenate([np.clip(colour, 0.0, 255.0), alpha], axis=-1)
    return _to_bytes(straight)


def _to_bytes(values: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    rounded: npt.NDArray[np.uint8] = np.rint(values).astype(np.uint8)
    return rounded


def _is_picture(name: str, folder: str) -> bool:
    path = PurePosixPath(name)
    return str(path.parent) == folder and path.suffix in _SUFFIXES


def _codepoint(name: str) -> str:
    return normalise_codepoint(PurePosixPath(name).stem)
