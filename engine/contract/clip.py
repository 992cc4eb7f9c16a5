"""The finished clip and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.contract.storyboard import Branch, Language, Mood


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipScene:
    """One scene as it stands in the clip."""

    text: str
    branch: Branch
    #: Words of the subjects that the scene draws.
    subjects: tuple[str, ...]
    mood: Mood
    #: First moment, in seconds from the start of the clip.
    start: float
    #: Moment when the next scene has taken over, in seconds.
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A playable MP4 (H.264, yuv420p, AAC)."""

    #: Where it lies: a file path inside the engine, a path of the API on the wire.
    location: str
    sha256: str
    mime: str
    #: Size of the file, in bytes.
    bytes: int
    #: Length, in seconds.
    seconds: float
    width_px: int
    height_px: int
    #: Frames a second.
    fps: float
    seed: int
    language: Language
    title: str
    scenes: tuple[ClipScene, ...]
    #: Stage name to wall time, in seconds.
    timings: Mapping[str, float]
    #: Model or generator name to version.
    models: Mapping[str, str]
    #: One line for each thing that was degraded, empty when nothing was.
    notes: tuple[str, ...] = ()
