"""What the commands under models/ say to the person who ran them."""

from __future__ import annotations

import sys

__all__ = ["complain", "say"]


def say(text: str) -> None:
    """One line of result on standard output."""
    sys.stdout.write(text + "\n")


def complain(command: str, error: Exception) -> int:
    """One line on standard error; returns the exit code for wrong input, 2."""
    sys.stderr.write(f"{command}: {error}\n")
    return 2
