"""Colour words of a text as colours that a drawing can have."""

from __future__ import annotations

from PIL import ImageColor

from engine.oklab import Lch, colour_of, lch_of
from engine.scenery import Colour


def named_colour(name: str | None) -> Colour | None:
    """Return a CSS colour, kept off the extremes so that light and shade can still be seen."""
    if name is None:
        return None
    try:
        red, green, blue = ImageColor.getrgb(name)[:3]
    except ValueError:
        # A word that CSS does not know is no reason to fail: the drawing keeps its own colour.
        return None
    lch = lch_of((red, green, blue))
    return colour_of(Lch(min(max(lch.light, 0.36), 0.93), lch.chroma * 0.92, lch.hue))
