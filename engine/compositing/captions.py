"""Captions: the scene's words at its foot, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from engine.compositing.blend import lay_patch
from engine.compositing.boxes import Box
from engine.compositing.layout import SceneLayout, is_wide
from engine.compositing.timeline import Cue, cues
from engine.compositing.words import TextBlock, TextStyle, pages, set_text
from engine.contract.storyboard import Scene
from engine.media import FrameSize, UInt8Array
from engine.scenery import Palette


@dataclass(frozen=True, slots=True, kw_only=True)
class Captions:
    """The pages of one scene with their moments."""

    pages: tuple[tuple[Cue, TextBlock], ...]
    #: True when the last page stays until the scene is gone (the end of the clip).
    stays: bool

    @property
    def top_px(self) -> float | None:
        """Upper edge of the tallest page, in px; None without any."""
        return min((block.box.y for _, block in self.pages), default=None)

    def draw(self, canvas: UInt8Array, frame: int) -> None:
        """Draw what is to be read at ``frame`` (from the scene's start), in place on uint8 [H,W,3]."""
        for number, (cue, block) in enumerate(self.pages):
            leaves = not (self.stays and number + 1 == len(self.pages))
            opacity = cue.opacity(frame, leaves=leaves)
            if opacity > 0.0:
                lay_patch(canvas, block.patch, opacity=opacity)


def caption_style(size: FrameSize) -> TextStyle:
    """Return the style of captions: larger on a narrow screen, which is held in a hand."""
    if is_wide(size):
        return TextStyle(
            size_px=size.short_px * 0.0555, weight=500, anchor="bottom", shadow=0.6, min_scale=0.86
        )
    return TextStyle(size_px=size.short_px * 0.066, weight=600, anchor="bottom", shadow=0.6, min_scale=0.8)


def make_captions(
    scene: Scene,
    layout: SceneLayout,
    size: FrameSize,
    palette: Palette,
    *,
    window: tuple[int, int],
    stays: bool,
    accents: tuple[str, ...] = (),
) -> Captions:
    """Set the caption of ``scene``; ``window`` is when words may be seen, in frames from the scene's start."""
    style = caption_style(size)
    box: Box = layout.caption
    found: list[tuple[Cue, TextBlock]] = []
    for cue in cues(pages(scene.caption, box.width, style), *window):
        block = set_text(cue.text, box, style, accents=accents, accent=palette.accent)
        if block is not None:
            found.append((cue, block))
    return Captions(pages=tuple(found), stays=stays)
