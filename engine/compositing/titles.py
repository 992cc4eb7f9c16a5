"""Cards of words: headline, subline and a line under them in the accent colour."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.compositing.boxes import Box
from engine.compositing.figure import Setting
from engine.compositing.reveal import Motion, Reveal, draw_reveal
from engine.compositing.words import TextBlock, draw_bar, set_text
from engine.media import UInt8Array


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPlace:
    """Where a card stands and how large it may be."""

    box: Box
    #: Size of the headline's type at most, in px.
    size_px: float
    #: "left" or "centre".
    align: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card of words with its moments."""

    reveals: tuple[Reveal, ...]
    #: What its words cover, in px.
    box: Box

    def draw(self, canvas: UInt8Array, frame: int) -> None:
        """Draw the card as it stands at ``frame``, in place on uint8 [H,W,3]."""
        for reveal in self.reveals:
            draw_reveal(canvas, reveal, frame)


def make_card(
    words: tuple[str, str], place: CardPlace, setting: Setting, *, at_once: bool = False
) -> Card | None:
    """Set a headline and a subline; None when the headline has nothing to draw.

    ``at_once``: the headline is there in the first frame (the picture that a chat shows before anybody
    presses play); only subline and line move in.
    """
    box, short = place.box, setting.size.short_px
    style = replace(
        setting.type,
        size_px=place.size_px,
        weight=800,
        align=place.align,
        leading=1.12,
        shadow=0.42,
        min_scale=0.42,
    )
    room = Box(x=box.x, y=box.y, width=box.width, height=box.height * 0.74)
    headline = set_text(words[0], room, style)
    if headline is None:
        return None
    reveals = [_rise(headline, setting, -40 if at_once else 0, 16)]
    under = Box(x=box.x, y=headline.box.bottom + short * 0.012, width=box.width, height=short * 0.13)
    small = replace(
        setting.type, size_px=short * 0.052, weight=700, align=place.align, shadow=0.42, min_scale=0.6
    )
    subline = set_text(words[1], under, small) if words[1] else None
    blocks = [headline]
    if subline is not None:
        blocks.append(subline)
        reveals.append(_rise(subline, setting, 8, 14))
    bar, line = _underline(place, blocks[-1].box.bottom, setting)
    covered = Box(
        x=min(block.box.x for block in blocks),
        y=headline.box.y,
        width=max(block.box.right for block in blocks) - min(block.box.x for block in blocks),
        height=bar.bottom - headline.box.y,
    )
    return Card(reveals=(*reveals, line), box=covered)


def _rise(block: TextBlock, setting: Setting, delay: int, frames: int) -> Reveal:
    return Reveal(
        patch=block.patch,
        motion=Motion.RISE,
        start=setting.moments.start + delay,
        frames=frames,
        until=setting.moments.until,
        rise_px=block.size_px * 0.35,
    )


def _underline(place: CardPlace, top: float, setting: Setting) -> tuple[Box, Reveal]:
    """Return the line under a card's words and how it is drawn."""
    short = setting.size.short_px
    width = short * 0.14
    x = place.box.x + short * 0.004 if place.align == "left" else place.box.centre_x - width / 2
    bar = Box(x=x, y=top + short * 0.02, width=width, height=max(3.0, short * 0.0105))
    reveal = Reveal(
        patch=draw_bar(bar, setting.ink.accent),
        motion=Motion.DRAW if place.align == "left" else Motion.SPREAD,
        start=setting.moments.start + 12,
        frames=16,
        until=setting.moments.until,
    )
    return bar, reveal
