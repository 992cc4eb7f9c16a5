"""The typeface: Noto Sans CJK, a variable font, in its Simplified Chinese face, for both scripts."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont

from engine.contract.errors import StageFailed

#: Faces in the collection, in its order: Japanese, Korean, Simplified Chinese, ...
_FACE_INDEX = 2
_FILE_NAME = "NotoSansCJK-VF.otf.ttc"
#: Never assigned in Unicode, so it always draws the font's "no such glyph" box.
_NO_SUCH_CHARACTER = "\U0010ffff"

Font = ImageFont.FreeTypeFont


def font_path() -> Path:
    """Return where the font file lies; it comes with the package manimgx-fonts-cjk."""
    spec = find_spec("manimgx_fonts_cjk")
    path = Path(spec.origin).parent / _FILE_NAME if spec and spec.origin else None
    if path is None or not path.is_file():
        raise StageFailed("The font is missing. Install the package manimgx-fonts-cjk (`make setup` does).")
    return path


@lru_cache(maxsize=64)
def load_font(size_px: int, weight: int) -> Font:
    """Return the typeface at a size and weight (100 thin to 900 black)."""
    font = ImageFont.truetype(str(font_path()), size_px, index=_FACE_INDEX)
    font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=8192)
def has_glyph(char: str) -> bool:
    """Tell whether the typeface can draw ``char``."""
    if char.isspace():
        return True
    font = load_font(24, 400)
    drawn, box = font.getmask(char), font.getmask(_NO_SUCH_CHARACTER)
    return not (drawn.size == box.size and bytes(drawn) == bytes(box))


def drawable(text: str) -> str:
    """Return ``text`` with what the typeface lacks replaced or left out, so that no box is ever drawn.

    Line breaks and control characters become spaces; compatibility forms fall back to their plain ones
    (NFKC); accents that have no glyph are dropped; emoji and other scripts are left out.
    """
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        if char.isspace() or category == "Cc":
            kept.append(" ")
        elif category in ("Cf", "Cs", "Co", "Cn") or category.startswith("M") or _is_pictograph(char):
            continue
        elif has_glyph(char):
            kept.append(char)
        else:
            plain = unicodedata.normalize("NFKD", char)
            kept.extend(c for c in plain if not unicodedata.combining(c) and has_glyph(c))
    return " ".join("".join(kept).split())


def _is_pictograph(char: str) -> bool:
    """Tell whether ``char`` is an emoji; a plain outline that a font may hold looks out of place."""
    return 0x1F000 <= ord(char) <= 0x1FAFF or 0x2600 <= ord(char) <= 0x27BF or ord(char) in (0x20E3, 0x2B50)
