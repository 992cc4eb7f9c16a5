"""A number that counts up, with its unit, its label and what it compares with."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from engine.compositing.blend import Patch, lay, lay_patch
from engine.compositing.boxes import Box
from engine.compositing.easing import ease_out, span
from engine.compositing.figure import Setting
from engine.compositing.fonts import drawable, load_font
from engine.compositing.layout import DataLayout
from engine.compositing.numbers import Written
from engine.compositing.reveal import Motion, Reveal, draw_reveal
from engine.compositing.words import TextBlock, draw_bar, set_text
from engine.contract.errors import StageFailed
from engine.media import UInt8Array
from engine.scenery import Colour

#: Frames over which a number counts up.
COUNT_FRAMES = 40
_WEIGHT = 800
#: Size of the unit against that of the number, and the gap between them in sizes of the number.
_UNIT = 0.40
_UNIT_GAP = 0.13
#: Height of a digit in sizes of the type.
_CAP = 0.74


@dataclass(frozen=True, slots=True, kw_only=True)
class Digits:
    """A row of digits whose right edge stays where it is while they grow.

    Every sign is drawn once; the soft shadow under them is that of the final number.
    """

    #: Right edge of the row, in px.
    right: float
    #: A drawing of each sign without a shadow, and how far the next one stands from it, in px.
    signs: dict[str, tuple[Patch, float]]
    shadow: Patch

    def draw(self, canvas: UInt8Array, text: str, opacity: float) -> None:
        """Draw ``text``, in place on uint8 [H,W,3]."""
        lay_patch(canvas, self.shadow, opacity=opacity)
        left = self.right - sum(self.signs[sign][1] for sign in text)
        for sign in text:
            patch, step = self.signs[sign]
            lay(canvas, patch.picture, round(left) + patch.x_px, patch.y_px, opacity=opacity)
            left += step


def _make_digits(written: Written, size_px: int, corner: tuple[float, float], setting: Setting) -> Digits:
    """Draw all signs that a count may need; ``corner`` is the row's right upper one, in px."""
    right, top = corner
    final = written.at(1.0)
    needed = set(final) | set("0123456789") | set(written.at(0.0)) | ({","} if written.grouped else set())
    style = replace(
        setting.type, size_px=size_px, weight=_WEIGHT, align="left", max_lines=1, min_scale=1.0, shadow=0.0
    )
    font = load_font(size_px, _WEIGHT)
    signs: dict[str, tuple[Patch, float]] = {}
    for sign in needed:
        block = set_text(sign, Box(x=0.0, y=top, width=size_px * 2.0, height=size_px * 2.0), style)
        if block is not None:
            signs[sign] = (block.patch, font.getlength(sign))
    width = sum(font.getlength(sign) for sign in final)
    room = Box(x=right - width, y=top, width=width + size_px, height=size_px * 2.0)
    block = set_text(final, room, style)
    if block is None:  # digits always have glyphs
        raise StageFailed(f"The number {final!r} cannot be drawn.")
    return Digits(right=right, signs=signs, shadow=_glow(block, size_px, setting.ink.glow))


def _glow(block: TextBlock, size_px: int, colour: Colour) -> Patch:
    """Return the soft glow of a block alone."""
    alpha = cv2.GaussianBlur(block.patch.picture[..., 3], (0, 0), size_px * 0.12)
    shadow = np.zeros_like(block.patch.picture)
    strength = np.asarray(alpha, dtype=np.float32) * 0.34
    shadow[..., :3] = np.rint(strength[..., None] / 255.0 * np.asarray(colour, dtype=np.float32))
    shadow[..., 3] = np.rint(strength)
    return replace(block.patch, picture=shadow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """The number with what stands around it."""

    written: Written
    digits: Digits
    reveals: tuple[Reveal, ...]
    setting: Setting
    #: What the group covers, in px.
    box: Box

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
    """Set a number as large as its place allows; ``notes`` are the label above and the line under it.

    Label, number, line and note stand as one group in the middle of their place.
    """
    unit = drawable(unit)
    box, short = places.value, setting.size.short_px
    gap = short * 0.03
    label, note = (_small(text, places, setting) for text in notes)
    around = short * 0.045 + sum(block.box.height + gap for block in (label, note) if block is not None)
    largest = min(short * 0.285, max(short * 0.12, (box.height - around) / _CAP))
    size_px, number_width, total = _fit(written.at(1.0), unit, box.width, largest)
    left = box.x if places.align == "left" else box.centre_x - total / 2
    digits_high = size_px * _CAP
    top = box.y + max(0.0, (box.height - around - digits_high) / 2)
    reveals: list[Reveal] = []
    if label is not None:
        reveals.append(_rise(_moved(label, top), setting, 2))
        top += label.box.height + gap
    row_top = top + digits_high - size_px * 0.92
    bar_top = top + digits_high + short * 0.034
    reveals.append(_bar(places, bar_top, setting))
    if note is not None:
        reveals.append(_rise(_moved(note, bar_top + gap), setting, COUNT_FRAMES - 8))
    if unit:
        corner = (left + number_width + size_px * _UNIT_GAP, row_top + size_px * 0.92 * (1.0 - _UNIT))
        reveals += _unit(unit, corner, size_px, setting)
    return Counter(
        written=written,
        digits=_make_digits(written, size_px, (left + number_width, row_top), setting),
        reveals=tuple(reveals),
        setting=setting,
        box=Box(x=min(left, box.x), y=box.y, width=max(total, box.width), height=around + digits_high),
    )


def _fit(final: str, unit: str, width_px: float, largest: float) -> tuple[int, float, float]:
    """Return the largest size of type in px, the number's width and that with the unit."""
    size_px = round(largest)
    while True:
        number = load_font(size_px, _WEIGHT).getlength(final)
        beside = 0.0
        if unit:
            beside = load_font(max(8, round(size_px * _UNIT)), 700).getlength(unit) + size_px * _UNIT_GAP
        if number + beside <= width_px or size_px <= 12:
            return size_px, number, number + beside
        size_px = max(12, round(size_px * 0.95))


def _unit(unit: str, corner: tuple[float, float], size_px: float, setting: Setting) -> list[Reveal]:
    """Return the unit beside the number, on its baseline."""
    style = replace(
        setting.type,
        size_px=size_px * _UNIT,
        weight=700,
        align="left",
        max_lines=1,
        min_scale=1.0,
        colour=setting.ink.accent,
        shadow=0.42,
    )
    room = Box(x=corner[0], y=corner[1], width=float(setting.size.width_px), height=size_px)
    block = set_text(unit, room, style)
    return [] if block is None else [_rise(block, setting, 6)]


def _small(text: str, places: DataLayout, setting: Setting) -> TextBlock | None:
    short = setting.size.short_px
    style = replace(
        setting.type, size_px=short * 0.05, weight=600, align=places.align, shadow=0.45, min_scale=0.6
    )
    room = Box(x=places.value.x, y=0.0, width=places.value.width, height=short * 0.14)
    return set_text(text, room, style)


def _moved(block: TextBlock, top: float) -> TextBlock:
    """Return ``block`` with its upper edge at ``top``."""
    down = round(top - block.box.y)
    return replace(
        block,
        box=replace(block.box, y=block.box.y + down),
        patch=replace(block.patch, y_px=block.patch.y_px + down),
    )


def _rise(block: TextBlock, setting: Setting, delay: int) -> Reveal:
    return Reveal(
        patch=block.patch,
        motion=Motion.RISE,
        start=setting.moments.start + delay,
        frames=14,
        until=setting.moments.until,
        rise_px=block.size_px * 0.35,
    )


def _bar(places: DataLayout, top: float, setting: Setting) -> Reveal:
    """Return the line under the number in the accent colour."""
    short, centred = setting.size.short_px, places.align != "left"
    x = places.value.centre_x - short * 0.07 if centred else places.value.x + short * 0.006
    bar = Box(x=x, y=top, width=short * 0.14, height=max(3.0, short * 0.0105))
    return Reveal(
        patch=draw_bar(bar, setting.ink.accent),
        motion=Motion.SPREAD if centred else Motion.DRAW,
        start=setting.moments.start + 12,
        frames=18,
        until=setting.moments.until,
    )
