"""Words on the picture: set, broken into lines, drawn once as patches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from PIL import Image, ImageDraw

from engine.compositing.blend import Patch
from engine.compositing.boxes import Box
from engine.compositing.fonts import Font, drawable, load_font
from engine.compositing.ink import BLACK, WHITE
from engine.compositing.linebreak import break_anywhere, break_lines, split_in_two
from engine.media import Float32Array, UInt8Array
from engine.scenery import Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """How a block of words looks."""

    #: Size of the type at most, in px; a block that does not fit is set smaller.
    size_px: float
    #: 100 thin to 900 black.
    weight: int
    colour: Colour = WHITE
    #: "left", "centre" or "right" within the box.
    align: str = "centre"
    #: "top", "centre" or "bottom" within the box.
    anchor: str = "top"
    #: Distance of two baselines, in sizes of the type.
    leading: float = 1.28
    #: Strength of the soft glow behind the letters, 0 to 1, and its colour: a shadow, unless words are dark.
    shadow: float = 0.5
    glow: Colour = BLACK
    #: Smallest size, as a fraction of ``size_px``.
    min_scale: float = 0.6
    #: At most so many lines.
    max_lines: int = 2
    #: Pairs of characters that had better stay in one line; see linebreak.pairs_of_words.
    together: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """Words as they are set: lines, size and place."""

    lines: tuple[str, ...]
    #: Size of the type, in px.
    size_px: int
    #: What the letters cover, from the first line's ascender to the last one's descender, in px.
    box: Box
    #: The drawing, with its shadow.
    patch: Patch


def fit_lines(text: str, width_px: float, style: TextStyle) -> tuple[tuple[str, ...], int] | None:
    """Return lines and the largest size in px at which ``text`` fits; None when none does."""
    scale = 1.0
    while scale >= style.min_scale - 1e-6:
        size_px = max(8, round(style.size_px * scale))
        measure = load_font(size_px, style.weight).getlength
        lines = break_lines(text, measure, width_px, max_lines=style.max_lines, together=style.together)
        if lines is not None:
            return lines, size_px
        scale -= 0.04
    return None


def set_text(
    text: str, box: Box, style: TextStyle, *, accents: Sequence[str] = (), accent: Colour | None = None
) -> TextBlock | None:
    """Set ``text`` in ``box``; None when nothing is left to draw.

    Parts named in ``accents`` take the colour ``accent``. Words that fit in no allowed
    size are shortened with an ellipsis: they never leave the box.
    """
    text = drawable(text)
    if not text:
        return None
    fitted = fit_lines(text, box.width, style)
    while fitted is not None and _height(fitted, style) > box.height and fitted[1] > 10:
        style = replace(style, size_px=fitted[1] * 0.94, min_scale=0.3)
        fitted = fit_lines(text, box.width, style)
    if fitted is None:
        fitted = _shortened(text, box.width, style)
    lines, size_px = fitted
    return _draw_block(lines, size_px, box, style, _spans(lines, accents, accent))


def pages(text: str, width_px: float, style: TextStyle) -> tuple[str, ...]:
    """Cut ``text`` into few pages that each fit the style, at the ends of sentences where possible."""
    text = drawable(text)
    if not text:
        return ()
    if fit_lines(text, width_px, style) is not None or len(text) < 2:
        return (text,)
    if len(break_anywhere(text, load_font(round(style.size_px), style.weight).getlength, width_px)) <= 1:
        return (text,)
    first, second = split_in_two(text, style.together)
    return (*pages(first, width_px, style), *pages(second, width_px, style))


def _height(fitted: tuple[tuple[str, ...], int], style: TextStyle) -> float:
    lines, size_px = fitted
    return size_px * (style.leading * (len(lines) - 1) + 1.16)


def _shortened(text: str, width_px: float, style: TextStyle) -> tuple[tuple[str, ...], int]:
    size_px = max(8, round(style.size_px * style.min_scale))
    measure = load_font(size_px, style.weight).getlength
    lines = list(break_anywhere(text, measure, width_px))
    if len(lines) > style.max_lines:
        lines = lines[: style.max_lines]
        while lines[-1] and measure(lines[-1] + "…") > width_px:
            lines[-1] = lines[-1][:-1].rstrip()
        lines[-1] += "…"
    return tuple(lines), size_px


def _spans(
    lines: tuple[str, ...], accents: Sequence[str], accent: Colour | None
) -> tuple[tuple[tuple[int, int, Colour], ...], ...]:
    """Return for each line the coloured parts as start, end, colour; a phrase may run over a line's end."""
    places = [(n, i) for n, line in enumerate(lines) for i, char in enumerate(line) if not char.isspace()]
    flat = "".join(lines[n][i].lower() for n, i in places)
    found: list[list[tuple[int, int, Colour]]] = [[] for _ in lines]
    for phrase in accents if accent is not None else ():
        plain = "".join(drawable(phrase).lower().split())
        start = flat.find(plain) if plain else -1
        if start < 0 or accent is None:
            continue
        covered = places[start : start + len(plain)]
        for n in range(len(lines)):
            columns = [i for line, i in covered if line == n]
            if columns:
                found[n].append((columns[0], columns[-1] + 1, accent))
    return tuple(tuple(parts) for parts in found)


def _draw_block(
    lines: tuple[str, ...],
    size_px: int,
    box: Box,
    style: TextStyle,
    spans: tuple[tuple[tuple[int, int, Colour], ...], ...],
) -> TextBlock:
    font = load_font(size_px, style.weight)
    leading = size_px * style.leading
    ascent, descent = size_px * 0.92, size_px * 0.24  # what the letters reach, not the font's larger line box
    widths = [font.getlength(line) - _hanging(line, size_px) for line in lines]
    height = ascent + descent + leading * (len(lines) - 1)
    width = max(widths)
    x = {"left": box.x, "centre": box.centre_x - width / 2, "right": box.right - width}[style.align]
    y = {"top": box.y, "centre": box.centre_y - height / 2, "bottom": box.bottom - height}[style.anchor]
    pad = round(size_px * 0.6)
    origin_x, origin_y = round(x) - pad, round(y) - pad
    image = Image.new(
        "RGB", (round(width + size_px * 0.5) + 2 * pad + 2, round(height) + 2 * pad + 2), style.colour
    )
    mask = Image.new("L", image.size, 0)
    for number, (line, line_width) in enumerate(zip(lines, widths, strict=True)):
        slack = {"left": 0.0, "centre": (width - line_width) / 2, "right": width - line_width}[style.align]
        at = (pad + slack, pad + ascent + leading * number)
        ImageDraw.Draw(mask).text(at, line, font=font, fill=255, anchor="ls")
        for start, end, colour in spans[number]:
            left = at[0] + font.getlength(line[:start])
            right = at[0] + font.getlength(line[:end])
            ImageDraw.Draw(image).rectangle((left, at[1] - ascent, right, at[1] + descent), fill=colour)
    patch = Patch(picture=_with_glow(image, mask, size_px, style), x_px=origin_x, y_px=origin_y)
    return TextBlock(lines=lines, size_px=size_px, box=Box(x=x, y=y, width=width, height=height), patch=patch)


def _hanging(line: str, size_px: int) -> float:
    """Return how much of a line's end is the empty half of a full-width sign, in px: it hangs over."""
    return size_px * 0.5 if line and line[-1] in "，。、；：！？" else 0.0


def _with_glow(image: Image.Image, mask: Image.Image, size_px: int, style: TextStyle) -> UInt8Array:
    """Return premultiplied uint8 [H,W,4]: the letters over a soft glow that follows them."""
    letters: Float32Array = np.asarray(mask, dtype=np.float32) / 255.0
    wide = cv2.GaussianBlur(letters, (0, 0), size_px * 0.16)
    tight = cv2.GaussianBlur(
        np.roll(letters, max(1, size_px // 24), axis=0), (0, 0), max(0.8, size_px * 0.035)
    )
    shadow = np.clip(wide * 0.75 + tight * 0.45, 0.0, 1.0) * style.shadow
    alpha = 1.0 - (1.0 - letters) * (1.0 - shadow)
    behind = (shadow * (1.0 - letters))[..., None] * np.asarray(style.glow, dtype=np.float32)
    colour = np.asarray(image, dtype=np.float32) * letters[..., None] + behind
    return np.dstack([np.rint(colour), np.rint(alpha * 255.0)]).astype(np.uint8)


def draw_bar(box: Box, colour: Colour) -> Patch:
    """Return a bar with round ends that fills ``box``."""
    width, height = max(2, round(box.width)), max(2, round(box.height))
    mask = Image.new("L", (width * 4, height * 4), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, width * 4 - 1, height * 4 - 1), radius=height * 2, fill=255)
    alpha = np.asarray(mask.resize((width, height), Image.Resampling.BOX), dtype=np.float32)
    colours = np.rint(np.asarray(colour, dtype=np.float32) * (alpha[..., None] / 255.0))
    picture = np.dstack([colours, alpha]).astype(np.uint8)
    return Patch(picture=picture, x_px=round(box.x), y_px=round(box.y))


def font_of(style: TextStyle) -> Font:
    """Return the font of ``style`` at its full size."""
    return load_font(max(8, round(style.size_px)), style.weight)
