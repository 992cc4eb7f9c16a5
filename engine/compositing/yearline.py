"""A line of years with a marker that travels to the one that the text names."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine.compositing.blend import Patch, lay_warped
from engine.compositing.boxes import Box
from engine.compositing.easing import ease_in_out, span
from engine.compositing.figure import Setting, Sketch
from engine.compositing.ink import WHITE, Ink
from engine.compositing.numbers import name_year, years_around
from engine.compositing.reveal import Motion, Reveal, draw_reveal
from engine.compositing.words import draw_bar, set_text
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
    short, accent = setting.size.short_px, setting.ink.accent
    years = years_around(year)
    y, inset = box.y + short * 0.03, short * 0.06
    scale = (box.width - 2 * inset) / (years[-1] - years[0])
    places = tuple((mark, box.x + inset + (mark - years[0]) * scale) for mark in years)
    to_x = box.x + inset + (year - years[0]) * scale
    pen = max(2.0, short * 0.006)
    line = Reveal(
        patch=_line(box, y, tuple(x for _, x in places), setting.ink, pen),
        motion=Motion.DRAW,
        start=setting.moments.start,
        frames=24,
        until=setting.moments.until,
    )
    dot = Sketch(-short * 0.04, y - short * 0.04, short * 0.04, y + short * 0.04)
    dot.disc(0.0, y, short * 0.020, accent)
    dot.disc(0.0, y, short * 0.008, WHITE)
    passed = Box(x=box.x, y=y - pen * 0.75, width=max(2.0, to_x - box.x), height=pen * 1.5)
    return YearLine(
        reveals=(line, *_names(places, y, inset, language, setting)),
        passed=draw_bar(passed, accent),
        marker=dot.patch(),
        from_x=box.x,
        to_x=to_x,
        setting=setting,
        box=box,
    )


def _line(box: Box, y: float, ticks: tuple[float, ...], ink: Ink, pen: float) -> Patch:
    """Return the line with a stroke at each tick."""
    sketch = Sketch(box.x, y - pen * 5, box.right, y + pen * 5)
    sketch.line((box.x, y), (box.right, y), ink.words, pen)
    for x in ticks:
        sketch.line((x, y - pen * 2.3), (x, y + pen * 2.3), ink.words, pen)
    return sketch.patch(glow=ink.glow)


def _names(
    places: tuple[tuple[int, float], ...], y: float, inset: float, language: Language, setting: Setting
) -> tuple[Reveal, ...]:
    """Return the name of each year under its tick, one after the other."""
    short = setting.size.short_px
    style = replace(setting.type, size_px=short * 0.04, weight=500, max_lines=1, shadow=0.5, min_scale=0.6)
    found: list[Reveal] = []
    for order, (year, x) in enumerate(places):
        room = Box(x=x - inset * 1.4, y=y + short * 0.03, width=inset * 2.8, height=short * 0.08)
        block = set_text(name_year(year, language), room, style)
        if block is not None:
            start, until = setting.moments.start + 4 + 6 * order, setting.moments.until
            found.append(Reveal(patch=block.patch, motion=Motion.RISE, start=start, frames=10, until=until))
    return tuple(found)
