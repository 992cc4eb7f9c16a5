"""Backgrounds drawn by rule, in layers."""

from __future__ import annotations

from engine.generators.plates.paint import paint_plate

__all__ = ["paint_plate"]
