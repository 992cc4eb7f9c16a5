"""The language of the engine: frozen values, errors and their JSON form. Standard library only."""

from __future__ import annotations
