"""A number that counts up, with its unit, its label and what it compares with."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.compositing.blend import lay_patch
from engine.compositing.boxes import Box
from engine.compositing.easing import ease_out, span
from engine.compositing.figure import Setting
from engine.compositing.fonts import drawable, load_font
from engine.compositing.layout import DataLayout
from engine.compositing.numbers import Written
from engine.compositing.reveal import Motion, Reveal, draw_reveal
from engine.compositing.words import TextBlock, TextStyle, draw_bar, set_text
from engine.media import UInt8Array

#: Frames over which a number counts up.
COUNT_FRAMES = 40
_WEIGHT = 800
#: Size of the unit against that of the number.
_UNIT = 0.40


@dataclass(frozen=True, slots=True, kw_only=True)
class Digits:
    """A row of digits whose right edge stays where it is while they grow."""

    box: Box
    style: TextStyle
    #: Blocks already set, by their text; a counter passes every text once.
    blocks: dict[str, TextBlock | None] = field(default_factory=dict)

    def draw(self, canvas: UInt8Array, text: str, opacity: float) -> None:
        """Draw ``text``, in place on uint8 [H,W,3]."""
        if text not in self.blocks:
            self.blocks.clear()  # only the standing number is drawn twice
            self.blocks[text] = set_text(text, self.box, self.style)
        block = self.blocks[text]
        if block is not None:
            lay_patch(canvas, block.patch, opacity=opacity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """The number with what stands around it."""

    written: Written
    digits: Digits
    reveals: tuple[Reveal, ...]
    setting: Setting

    def progress(self, frame: int) -> float:
        """Return how far the number has counted at ``frame``, 0 to 1."""
        return ease_out(span(frame, self.setting.moments.start, COUNT_FRAMES))

    def draw(self, canvas: UInt8Array, frame: int) -> None:
        """Draw number, unit and notes, in place on uint8 [H,W,3]."""
        opacity = self.setting.moments.opacity(frame)
        if opacity > 0.0:
            self.digits.draw(canvas, self.written.at(self.progress(frame)), opacity)
        for reveal in self.reveals:
            draw_reveal(canvas, reveal, frame)


def make_counter(
    written: Written, unit: str, notes: tuple[str, str], places: DataLayout, setting: Setting
) -> Counter:
    """Set a number as large as its place allows; ``notes`` are the label above and the line under it."""
    unit = drawable(unit)
    box, short = places.value, setting.size.short_px
    final = written.at(1.0)
    size_px, number_width, total = _fit(final, unit, box, short * 0.285)
    left = box.x if places.align == "left" else box.centre_x - total / 2
    top = box.y + (box.height - size_px * 0.78) / 2 - size_px * 0.14
    row = Box(x=left - short, y=top, width=number_width + short, height=size_px * 2)
    style = TextStyle(size_px=size_px, weight=_WEIGHT, align="right", max_lines=1, min_scale=1.0, shadow=0.42)
    reveals = _around(notes, places, setting, top + size_px * 0.98)
    if unit:
        at = Box(
            x=left + number_width + size_px * 0.13,
            y=top + size_px * (0.92 - 0.92 * _UNIT),
            width=total,
            height=short,
        )
        small = TextStyle(
            size_px=size_px * _UNIT,
            weight=700,
            align="left",
            max_lines=1,
            min_scale=1.0,
            colour=setting.palette.accent,
            shadow=0.42,
        )
        block = set_text(unit, at, small)
        if block is not None:
            reveals.append(_rise(block, setting, 6))
    return Counter(
        written=written, digits=Digits(box=row, style=style), reveals=tuple(reveals), setting=setting
    )


def _fit(final: str, unit: str, box: Box, largest: float) -> tuple[int, float, float]:
    """Return the largest size of type in px, the number's width and that with the unit."""
    size_px = round(min(largest, box.height * 1.25))
    while True:
        number = load_font(size_px, _WEIGHT).getlength(final)
        beside = (
            load_font(max(8, round(size_px * _UNIT)), 700).getlength(unit) + size_px * 0.13 if unit else 0.0
        )
        if number + beside <= box.width or size_px <= 12:
            return size_px, number, number + beside
        size_px = max(12, round(size_px * 0.95))


def _rise(block: TextBlock, setting: Setting, delay: int) -> Reveal:
    return Reveal(
        patch=block.patch,
        motion=Motion.RISE,
        start=setting.moments.start + delay,
        frames=14,
        until=setting.moments.until,
        rise_px=block.size_px * 0.35,
    )


def _around(notes: tuple[str, str], places: DataLayout, setting: Setting, baseline: float) -> list[Reveal]:
    """Return the label above the number and, once it has counted, the line under it."""
    short = setting.size.short_px
    label, comparison = notes
    small = TextStyle(size_px=short * 0.05, weight=600, align=places.align, shadow=0.45, min_scale=0.6)
    found: list[Reveal] = []
    above = Box(
        x=places.value.x, y=places.value.y - short * 0.09, width=places.value.width, height=short * 0.08
    )
    block = set_text(label, above, small) if label else None
    if block is not None:
        found.append(_rise(block, setting, 2))
    bar_x = places.value.x + short * 0.006
    if places.align != "left":
        bar_x = places.value.centre_x - short * 0.07
    bar = Box(x=bar_x, y=baseline + short * 0.035, width=short * 0.14, height=max(3.0, short * 0.0105))
    motion = Motion.DRAW if places.align == "left" else Motion.SPREAD
    found.append(
        Reveal(
            patch=draw_bar(bar, setting.palette.accent),
            motion=motion,
            start=setting.moments.start + 12,
            frames=18,
            until=setting.moments.until,
        )
    )
    below = Box(x=places.note.x, y=places.note.y, width=places.note.width, height=short * 0.13)
    block = set_text(comparison, below, small) if comparison else None
    if block is not None:
        found.append(_rise(block, setting, COUNT_FRAMES - 8))
    return found
