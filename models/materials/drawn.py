"""Landmarks drawn by this project: shaded RGBA pictures for things that no emoji set shows.

Each drawing is plain geometry at four times the size, filled with a light that comes from the upper left, so
that it stands beside the rendered 3D look of the main set.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from PIL import Image

from models.materials.drawn_canvas import CANVAS_PX
from models.materials.drawn_more import big_ben, leaning_tower, lighthouse, pagoda, skyscraper, windmill
from models.materials.drawn_sites import colosseum, golden_gate_bridge, great_wall, pyramids, taj_mahal
from models.materials.drawn_towers import eiffel_tower
from models.materials.drawn_world import (
    arc_de_triomphe,
    forbidden_city,
    oriental_pearl,
    parthenon,
    stonehenge,
    sydney_opera,
    temple_of_heaven,
    tower_bridge,
)

__all__ = ["DRAWINGS", "PICTURE_PX", "draw"]

#: Width and height of a finished drawing, px.
PICTURE_PX: Final = 256

DRAWINGS: Final[Mapping[str, Callable[[], Image.Image]]] = MappingProxyType(
    {
        "eiffel_tower": eiffel_tower,
        "big_ben": big_ben,
        "pyramids_of_giza": pyramids,
        "great_wall": great_wall,
        "taj_mahal": taj_mahal,
        "colosseum": colosseum,
        "leaning_tower_of_pisa": leaning_tower,
        "golden_gate_bridge": golden_gate_bridge,
        "lighthouse": lighthouse,
        "windmill": windmill,
        "pagoda": pagoda,
        "skyscraper": skyscraper,
        "sydney_opera_house": sydney_opera,
        "arc_de_triomphe": arc_de_triomphe,
        "oriental_pearl_tower": oriental_pearl,
        "temple_of_heaven": temple_of_heaven,
        "forbidden_city": forbidden_city,
        "tower_bridge": tower_bridge,
        "stonehenge": stonehenge,
        "parthenon": parthenon,
    }
)


def draw(name: str) -> Image.Image:
    """Draw one landmark: straight RGBA, PICTURE_PX square."""
    image = DRAWINGS[name]()
    if image.size != (CANVAS_PX, CANVAS_PX):
        raise ValueError(f"drawing {name!r} is {image.size}, expected {CANVAS_PX} px square")
    return image.convert("RGBa").resize((PICTURE_PX, PICTURE_PX), Image.Resampling.LANCZOS).convert("RGBA")
