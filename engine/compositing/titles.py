"""The title card: headline, subline and the line under them in the accent colour."""

from __future__ import annotations

from dataclasses import dataclass

from engine.compositing.boxes import Box
from engine.compositing.layout import SceneLayout
from engine.compositing.reveal import Motion, Reveal
from engine.compositing.words import TextStyle, draw_bar, set_text
from engine.contract.storyboard import Scene
from engine.media import FrameSize
from engine.scenery import Palette


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title card ready to appear."""

    reveals: tuple[Reveal, ...]
    #: What its words cover, in px.
    box: Box


def make_title(
    scene: Scene, layout: SceneLayout, size: FrameSize, palette: Palette, *, start: int, until: int | None
) -> Title | None:
    """Set the headline of ``scene``; None when it has none. Frames count from the scene's start."""
    box = layout.headline
    if box is None:
        return None
    side = layout.headline_align
    style = TextStyle(
        size_px=layout.headline_px, weight=800, align=side, leading=1.12, shadow=0.42, min_scale=0.42
    )
    room = Box(x=box.x, y=box.y, width=box.width, height=box.height * 0.72)
    headline = set_text(scene.headline, room, style)
    if headline is None:
        return None
    short = size.short_px
    rise = headline.size_px * 0.32
    reveals = [
        Reveal(patch=headline.patch, motion=Motion.RISE, start=start, frames=16, until=until, rise_px=rise)
    ]
    bottom = headline.box.bottom + short * 0.012
    under = Box(x=box.x, y=bottom, width=box.width, height=short * 0.13)
    small = TextStyle(size_px=short * 0.052, weight=700, align=side, shadow=0.42, min_scale=0.6)
    subline = set_text(scene.subline, under, small) if scene.subline else None
    if subline is not None:
        reveals.append(
            Reveal(
                patch=subline.patch,
                motion=Motion.RISE,
                start=start + 8,
                frames=14,
                until=until,
                rise_px=subline.size_px * 0.4,
            )
        )
        bottom = subline.box.bottom
    width = short * 0.14
    x = box.x + short * 0.004 if side == "left" else box.centre_x - width / 2
    bar = Box(x=x, y=bottom + short * 0.02, width=width, height=max(3.0, short * 0.0105))
    motion = Motion.DRAW if side == "left" else Motion.SPREAD
    reveals.append(
        Reveal(patch=draw_bar(bar, palette.accent), motion=motion, start=start + 12, frames=16, until=until)
    )
    covered = Box(
        x=headline.box.x, y=headline.box.y, width=headline.box.width, height=bar.bottom - headline.box.y
    )
    if subline is not None and subline.box.width > covered.width:
        covered = Box(x=subline.box.x, y=covered.y, width=subline.box.width, height=covered.height)
    return Title(reveals=tuple(reveals), box=covered)
