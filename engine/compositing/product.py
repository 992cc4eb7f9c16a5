"""What goes into an encode and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.contract.storyboard import Language

#: Stands in the metadata of every clip.
AI_LABEL = "AI-generated"


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodeSettings:
    """How much work and how many bytes the encoder spends."""

    #: x264's preset, "ultrafast" to "placebo".
    preset: str = "veryfast"
    #: x264's constant rate factor: 18 (large, fine) to 28 (small, coarse).
    quality: int = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipMetadata:
    """What is written into the file about the clip."""

    title: str
    #: Provenance: that it was generated, by what, from which seed.
    comment: str = AI_LABEL
    language: Language = Language.ENGLISH


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedClip:
    """A finished file."""

    path: Path
    sha256: str
    #: Size of the file, in bytes.
    bytes: int
    #: Length, in seconds.
    seconds: float
    width_px: int
    height_px: int
    #: Frames a second.
    fps: float
    #: JPEG of a telling frame, beside the clip.
    thumbnail: Path
    #: Captions as .srt and .vtt beside the clip; empty when there are none.
    subtitles: tuple[Path, ...] = ()
    #: One line for each thing that was degraded, empty when nothing was.
    notes: tuple[str, ...] = ()
