"""One file for each group of commands; ``bot.__main__`` lists them."""

from __future__ import annotations
