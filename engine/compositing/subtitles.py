"""What is said when, as SubRip and WebVTT files beside the clip."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from engine.compositing.captions import caption_styles
from engine.compositing.layout import caption_box
from engine.compositing.prepare import show_of
from engine.compositing.staging import staged
from engine.compositing.timeline import Cue, cues, segments
from engine.compositing.words import pages
from engine.media import FPS, FrameSize
from engine.scenery import Direction


def subtitle_cues(direction: Direction, size: FrameSize) -> tuple[Cue, ...]:
    """Return the clip's captions in order, in frames from its start, paged as on the picture."""
    _, style = caption_styles(size, show_of(direction.storyboard, size).together)
    found: list[Cue] = []
    for segment, directed in zip(segments(direction), direction.scenes, strict=True):
        texts = pages(directed.scene.caption or directed.scene.headline, caption_box(size).width, style)
        found += cues(texts, segment.start + segment.words_from, segment.end)
    return tuple(found)


def as_srt(found: Iterable[Cue]) -> str:
    """Return SubRip text."""
    blocks = [
        f"{number}\n{_moment(cue.start, ',')} --> {_moment(cue.end, ',')}\n{cue.text}\n"
        for number, cue in enumerate(found, start=1)
    ]
    return "\n".join(blocks)


def as_vtt(found: Iterable[Cue]) -> str:
    """Return WebVTT text (W3C WebVTT, section 4)."""
    blocks = [
        f"{_moment(cue.start, '.')} --> {_moment(cue.end, '.')}\n{_escaped(cue.text)}\n" for cue in found
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def _moment(frame: int, point: str) -> str:
    milliseconds = round(frame * 1000 / FPS)
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{point}{rest:03d}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def write_subtitles(direction: Direction, size: FrameSize, clip: Path) -> tuple[Path, ...]:
    """Write the captions beside ``clip`` as .srt and .vtt; nothing when there are none."""
    found = subtitle_cues(direction, size)
    if not found:
        return ()
    written: list[Path] = []
    for suffix, text in ((".srt", as_srt(found)), (".vtt", as_vtt(found))):
        path = clip.with_suffix(suffix)
        with staged(path) as temporary:
            temporary.write_text(text, encoding="utf-8")
        written.append(path)
    return tuple(written)
