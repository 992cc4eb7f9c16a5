"""A line of years with a marker that travels to the one that the text names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.compositing.blend import Patch, lay_warped
from engine.compositing.boxes import Box
from engine.compositing.easing import ease_in_out, span
from engine.compositing.figure import Setting, Sketch
from engine.compositing.numbers import name_year, years_around
from engine.compositing.reveal import Motion, Reveal, draw_reveal
from engine.compositing.words import WHITE, TextStyle, draw_bar, set_text
from engine.contract.storyboard import Language
from engine.media import UInt8Array

#: Frames that the marker travels.
TRAVEL_FRAMES = 44


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLine:
    """Line, years and marker."""

    reveals: tuple[Reveal, ...]
    #: What has passed, in the accent colour, as far as the marker has come.
    passed: Patch
    marker: Patch
    #: Where the marker begins and ends, in px from the left.
    from_x: float
    to_x: float
    setting: Setting
    #: What it covers, in px.
    box: Box

    def draw(self, canvas: UInt8Array, frame: int) -> None:
        """Draw the line of years, in place on uint8 [H,W,3]."""
        for reveal in self.reveals:
            draw_reveal(canvas, reveal, frame)
        moments = self.setting.moments
        opacity = moments.opacity(frame)
        if opacity <= 0.0:
            return
        way = ease_in_out(span(frame, moments.start + 6, TRAVEL_FRAMES))
        x = self.from_x + (self.to_x - self.from_x) * way
        part = Patch(
            picture=self.passed.picture[:, : max(1, round(x - self.from_x))],
            x_px=self.passed.x_px,
            y_px=self.passed.y_px,
        )
        if way > 0.0:
            still = np.array([[1, 0, part.x_px], [0, 1, part.y_px]], dtype=np.float32)
            lay_warped(canvas, np.ascontiguousarray(part.picture), still, opacity=opacity)
        matrix = np.array([[1, 0, self.marker.x_px + x], [0, 1, self.marker.y_px]], dtype=np.float32)
        lay_warped(canvas, self.marker.picture, matrix, opacity=opacity)


def make_yearline(year: int, box: Box, language: Language, setting: Setting) -> YearLine:
    """Draw years around ``year`` along the upper part of ``box``, their names under it."""
    short = setting.size.short_px
    years = years_around(year)
    inset = short * 0.06
    y = box.y + short * 0.03
    left, right = box.x + inset, box.right - inset
    scale = (right - left) / (years[-1] - years[0])
    pen = max(2.0, short * 0.006)
    moments = setting.moments
    sketch = Sketch(box.x, y - short * 0.03, box.right, y + short * 0.04)
    sketch.line((box.x, y), (box.right, y), WHITE, pen)
    reveals: list[Reveal] = []
    style = TextStyle(size_px=short * 0.04, weight=500, anchor="top", max_lines=1, shadow=0.5, min_scale=0.6)
    for order, mark in enumerate(years):
        x = left + (mark - years[0]) * scale
        sketch.line((x, y - short * 0.014), (x, y + short * 0.014), WHITE, pen)
        room = Box(x=x - inset * 1.4, y=y + short * 0.03, width=inset * 2.8, height=short * 0.08)
        block = set_text(name_year(mark, language), room, style)
        if block is not None:
            start = moments.start + 4 + 6 * order
            reveals.append(
                Reveal(patch=block.patch, motion=Motion.RISE, start=start, frames=10, until=moments.until)
            )
    reveals.insert(
        0,
        Reveal(patch=sketch.patch(), motion=Motion.DRAW, start=moments.start, frames=24, until=moments.until),
    )
    accent = setting.palette.accent
    to_x = left + (year - years[0]) * scale
    line = Box(x=box.x, y=y - pen * 0.75, width=max(2.0, to_x - box.x), height=pen * 1.5)
    dot = Sketch(-short * 0.04, y - short * 0.04, short * 0.04, y + short * 0.04)
    dot.disc(0.0, y, short * 0.020, accent)
    dot.disc(0.0, y, short * 0.008, WHITE)
    return YearLine(
        reveals=tuple(reveals),
        passed=draw_bar(line, accent),
        marker=dot.patch(),
        from_x=box.x,
        to_x=to_x,
        setting=setting,
        box=box,
    )
