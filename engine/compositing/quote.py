"""A sentence that shows nothing by itself becomes the picture: large words that come line by line."""

from __future__ import annotations

from dataclasses import replace

from engine.compositing.boxes import Box
from engine.compositing.figure import Setting
from engine.compositing.fonts import drawable
from engine.compositing.reveal import Motion, Reveal
from engine.compositing.titles import Card
from engine.compositing.words import TextStyle, fit_lines, set_text

#: Frames between the beginnings of two lines.
_STEP = 9


def make_quote(text: str, box: Box, setting: Setting, *, at_once: bool = False) -> Card | None:
    """Set ``text`` in the middle of ``box`` in up to three lines; None when it is too long for that."""
    style = _style(setting)
    fitted = fit_lines(drawable(text), box.width, style)
    if fitted is None or not fitted[0][0]:
        return None
    lines, size_px = fitted
    step = size_px * style.leading
    top = box.centre_y - (step * (len(lines) - 1) + size_px * 1.16) / 2
    single = replace(style, size_px=size_px, max_lines=1, min_scale=0.9)
    # A hair wider than the box: a line that just fits must not be set smaller than its neighbours.
    room = Box(x=box.x - size_px / 2, y=top, width=box.width + size_px, height=size_px * 2)
    blocks = [set_text(line, replace(room, y=top + step * n), single) for n, line in enumerate(lines)]
    shown = [block for block in blocks if block is not None]
    left = min(block.box.x for block in shown)
    covered = Box(
        x=left,
        y=shown[0].box.y,
        width=max(block.box.right for block in shown) - left,
        height=shown[-1].box.bottom - shown[0].box.y,
    )
    start = setting.moments.start
    reveals = tuple(
        Reveal(
            patch=block.patch,
            motion=Motion.RISE,
            start=start - 40 if at_once else start + _STEP * number,
            frames=22,
            until=setting.moments.until,
            rise_px=size_px * 0.3,
        )
        for number, block in enumerate(shown)
    )
    return Card(reveals=reveals, box=covered)


def _style(setting: Setting) -> TextStyle:
    return replace(
        setting.type,
        size_px=setting.size.short_px * 0.098,
        weight=600,
        leading=1.36,
        min_scale=0.62,
        max_lines=3,
        shadow=0.5,
    )
