"""Understanding: text to Reading. The only room that imports spaCy."""

from __future__ import annotations

from engine.stages.understand.reader import Reader, load_reader

__all__ = ["Reader", "load_reader"]
