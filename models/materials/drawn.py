"""Landmarks drawn by this project: shaded RGBA pictures for things that no emoji set shows.

Each drawing is plain geometry at four times the size, filled with a light that comes from the upper left, so that
it stands beside the rendered 3D look of the main set.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from PIL import Image

from models.materials.drawn_towers import eiffel_tower
from models.materials.drawn_canvas import CANVAS_PX

__all__ = ["DRAWINGS", "PICTURE_PX", "draw"]

#: Width and height of a finished drawing, px.
PICTURE_PX: Final = 256

DRAWINGS: Final[Mapping[str, Callable[[], Image.Image]]] = MappingProxyType(
    {
        "eiffel_tower": eiffel_tower,
    }
)


def draw(name: str) -> Image.Image:
    """Draw one landmark: straight RGBA, PICTURE_PX square."""
    image = DRAWINGS[name]()
    if image.size != (CANVAS_PX, CANVAS_PX):
        raise ValueError(f"drawing {name!r} is {image.size}, expected {CANVAS_PX} px square")
    return image.convert("RGBa").resize((PICTURE_PX, PICTURE_PX), Image.Resampling.LANCZOS).convert("RGBA")
