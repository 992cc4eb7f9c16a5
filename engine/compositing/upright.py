"""A vertical scale beside the hero: its foot is zero, its top is the value."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine.compositing.blend import Patch, lay, lay_warped
from engine.compositing.boxes import Box
from engine.compositing.easing import ease_out, span
from engine.compositing.figure import Setting, Sketch
from engine.compositing.numbers import format_number, ticks_up_to
from engine.compositing.reveal import Motion, Reveal, draw_reveal
from engine.compositing.words import set_text
from engine.media import UInt8Array

#: Length of a tick's stroke, in shorter sides of the frame.
_TICK = 0.030


@dataclass(frozen=True, slots=True, kw_only=True)
class UprightScale:
    """Axis, ticks and labels that climb, and a marker that climbs with the count."""

    reveals: tuple[Reveal, ...]
    marker: Patch
    #: Where the marker's point is at zero and at the value, in px from the top.
    zero_y: float
    value_y: float
    setting: Setting
    #: What it covers, in px.
    box: Box
    #: Frames that the marker takes.
    frames: int

    def draw(self, canvas: UInt8Array, frame: int) -> None:
        """Draw the scale, in place on uint8 [H,W,3]."""
        opacity = self.setting.moments.opacity(frame)
        for reveal in self.reveals:
            draw_reveal(canvas, reveal, frame)
        if opacity <= 0.0:
            return
        way = ease_out(span(frame, self.setting.moments.start, self.frames))
        y = self.zero_y + (self.value_y - self.zero_y) * way
        if way >= 1.0:
            lay(canvas, self.marker.picture, self.marker.x_px, self.marker.y_px + round(y), opacity=opacity)
            return
        matrix = np.array([[1, 0, self.marker.x_px], [0, 1, self.marker.y_px + y]], dtype=np.float32)
        lay_warped(canvas, self.marker.picture, matrix, opacity=opacity)


def make_upright(
    value: float, axis_x: float, ends: tuple[float, float], hero_x: float, setting: Setting, frames: int
) -> UprightScale:
    """Draw a scale at ``axis_x`` from ``ends[0]`` (zero, px from the top) up to ``ends[1]`` (``value``).

    A dashed line leads from the hero's middle at ``hero_x`` to the marker.
    """
    zero_y, value_y = ends
    short, moments = setting.size.short_px, setting.moments
    top = value_y - short * 0.035
    ticks = tuple((mark, zero_y + (value_y - zero_y) * mark / value) for mark in ticks_up_to(value))
    axis = Reveal(
        patch=_axis(axis_x, (zero_y, top), tuple(y for _, y in ticks), setting),
        motion=Motion.CLIMB,
        start=moments.start,
        frames=frames - 8,
        until=moments.until,
    )
    return UprightScale(
        reveals=(axis, *_labels(ticks, axis_x, setting, frames)),
        marker=_marker(axis_x, hero_x, setting),
        zero_y=zero_y,
        value_y=value_y,
        setting=setting,
        box=Box(x=axis_x, y=top, width=short * 0.12, height=zero_y - top),
        frames=frames,
    )


def _axis(axis_x: float, ends: tuple[float, float], ticks: tuple[float, ...], setting: Setting) -> Patch:
    """Return the axis between two heights with a stroke at each tick, in px from the top."""
    short, ink = setting.size.short_px, setting.ink
    pen, reach = max(2.0, short * 0.005), short * _TICK
    sketch = Sketch(axis_x - short * 0.03, ends[1] - short * 0.02, axis_x + reach + 4, ends[0] + 8)
    sketch.line((axis_x, ends[0] + pen / 2), (axis_x, ends[1]), ink.words, pen)
    for y in ticks:
        sketch.line((axis_x, y), (axis_x + reach, y), ink.words, pen * 0.8)
    return sketch.patch(glow=ink.glow)


def _labels(
    ticks: tuple[tuple[float, float], ...], axis_x: float, setting: Setting, frames: int
) -> tuple[Reveal, ...]:
    """Return a number beside each tick (value, px from the top), appearing as the axis climbs past it."""
    short = setting.size.short_px
    style = replace(
        setting.type,
        size_px=short * 0.031,
        weight=500,
        align="left",
        anchor="centre",
        max_lines=1,
        shadow=0.5,
    )
    step = ticks[1][0] if len(ticks) > 1 else 1.0
    decimals = 0 if step >= 1 else 1 if step >= 0.1 else 2
    found: list[Reveal] = []
    for number, (mark, y) in enumerate(ticks):
        box = Box(x=axis_x + short * _TICK * 1.45, y=y - short * 0.04, width=short * 0.2, height=short * 0.08)
        block = set_text(format_number(mark, decimals), box, style)
        if block is None:
            continue
        start = setting.moments.start + 2 + round((frames - 10) * number / len(ticks))
        until = setting.moments.until
        found.append(Reveal(patch=block.patch, motion=Motion.RISE, start=start, frames=8, until=until))
    return tuple(found)


def _marker(axis_x: float, hero_x: float, setting: Setting) -> Patch:
    """Return an arrow head on the axis with dashes to the hero; its point lies at y = 0."""
    short = setting.size.short_px
    accent = setting.ink.accent
    half = short * 0.016
    sketch = Sketch(hero_x, -half * 2, axis_x + half * 2, half * 2)
    dash = short * 0.018
    x = hero_x + dash / 2
    while x + dash < axis_x - half * 1.6:
        sketch.line((x, 0.0), (x + dash, 0.0), accent, max(2.0, short * 0.004))
        x += dash * 1.8
    sketch.shape(
        [(axis_x - half * 1.7, -half), (axis_x - half * 1.7, half), (axis_x + half * 0.2, 0.0)], accent
    )
    return sketch.patch(glow=setting.ink.glow)
