"""Captions: the scene's words at its foot, page by page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.compositing.blend import lay_patch
from engine.compositing.boxes import Box
from engine.compositing.figure import Setting
from engine.compositing.timeline import Cue, cues
from engine.compositing.words import TextBlock, TextStyle, fit_lines, pages, set_text
from engine.media import FrameSize, UInt8Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Captions:
    """The pages of one scene with their moments."""

    pages: tuple[tuple[Cue, TextBlock], ...]
    #: True when the last page stays until the scene is gone (the end of the clip).
    stays: bool
    #: True when the first page does not fade in (the beginning of the clip).
    at_once: bool

    @property
    def top_px(self) -> float | None:
        """Upper edge of the tallest page, in px; None without any."""
        return min((block.box.y for _, block in self.pages), default=None)

    def draw(self, canvas: UInt8Array, frame: int) -> None:
        """Draw what is to be read at ``frame`` (from the scene's start), in place on uint8 [H,W,3]."""
        for number, (cue, block) in enumerate(self.pages):
            leaves = not (self.stays and number + 1 == len(self.pages))
            comes = not (self.at_once and number == 0)
            opacity = cue.opacity(frame, comes=comes, leaves=leaves)
            if opacity > 0.0:
                lay_patch(canvas, block.patch, opacity=opacity)


def caption_styles(size: FrameSize, together: frozenset[str] = frozenset()) -> tuple[TextStyle, TextStyle]:
    """Return the styles for one line and for two; type is larger where the screen is held in a hand."""
    if size.height_px <= 1.25 * size.width_px:
        large, small, weight = 0.0555, 0.0500, 500
    else:
        large, small, weight = 0.0660, 0.0640, 600
    one = TextStyle(
        size_px=size.short_px * large, weight=weight, anchor="bottom", shadow=0.6, min_scale=0.9, max_lines=1
    )
    two = TextStyle(
        size_px=size.short_px * small,
        weight=weight,
        anchor="bottom",
        shadow=0.6,
        min_scale=0.88,
        leading=1.24,
    )
    return replace(one, together=together), replace(two, together=together)


def make_captions(
    text: str, box: Box, setting: Setting, *, stays: bool, at_once: bool, accents: tuple[str, ...] = ()
) -> Captions:
    """Set a scene's caption in ``box``, cut into pages when it is long.

    ``stays``: the last page stays to the end of the clip. ``at_once``: the first one is there from its
    first frame.
    """
    one, two = caption_styles(setting.size, setting.together)
    start, until = setting.moments.start, setting.moments.until
    found: list[tuple[Cue, TextBlock]] = []
    for cue in cues(pages(text, box.width, two), start, start if until is None else until):
        style = one if fit_lines(cue.text, box.width, one) is not None else two
        block = set_text(cue.text, box, style, accents=accents, accent=setting.palette.accent)
        if block is not None:
            found.append((cue, block))
    return Captions(pages=tuple(found), stays=stays, at_once=at_once)
