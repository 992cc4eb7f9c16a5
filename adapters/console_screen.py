"""Draws statuses in a terminal: one line that is rewritten, or plain lines where there is no terminal."""

from __future__ import annotations

import shutil
import unicodedata
from typing import TextIO

from adapters.base import Status, StatusState

_BAR_CELLS = 24
_PARTS = " ▏▎▍▌▋▊▉█"
_CLEAR_LINE = "\r\x1b[K"
#: Without a terminal a line is written at each of these parts of the whole.
_PLAIN_STEP = 0.25


class Screen:
    """Shows one status at a time on ``stream``."""

    def __init__(
        self, stream: TextIO, *, is_terminal: bool | None = None, columns: int | None = None
    ) -> None:
        self._stream = stream
        self._is_terminal = stream.isatty() if is_terminal is None else is_terminal
        self._columns = columns
        self._line_open = False
        self._last_plain: tuple[object, ...] | None = None

    def show(self, status: Status) -> None:
        """Show ``status`` in place of the one before it."""
        if status.state is not StatusState.WORKING:
            self.clear()
            if status.state is StatusState.SAID:
                self._write(status.text + "\n")
        elif self._is_terminal:
            columns = self._columns or shutil.get_terminal_size().columns
            self._write(_CLEAR_LINE + fit(progress_line(status), columns - 1))
            self._line_open = True
        else:
            self._show_plain(status)

    def clear(self) -> None:
        """Take the progress line away."""
        if self._line_open:
            self._write(_CLEAR_LINE)
            self._line_open = False

    def _show_plain(self, status: Status) -> None:
        step = None if status.fraction is None else int(status.fraction / _PLAIN_STEP)
        now = (status.stage, step) if status.stage is not None else (status.headline,)
        if now != self._last_plain:
            self._last_plain = now
            self._write(_plain_line(status) + "\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def progress_line(status: Status) -> str:
    """Return bar, percent, time to go and headline of a working status, on one line."""
    headline = " ".join((status.headline or status.text).split())
    if status.fraction is None:
        return headline
    left = clock(status.seconds_left) if status.seconds_left is not None else "-:--"
    return f"{fine_bar(status.fraction)} {100 * status.fraction:3.0f} %  {left}  {headline}"


def fine_bar(fraction: float, cells: int = _BAR_CELLS) -> str:
    """Draw a bar of ``cells`` characters in eighths of a character."""
    eighths = round(min(max(fraction, 0.0), 1.0) * cells * 8)
    full, rest = divmod(eighths, 8)
    drawn = "█" * full + (_PARTS[rest] if rest else "")
    return f"▕{drawn.ljust(cells)}▏"


def clock(seconds: float) -> str:
    """Write a duration as minutes and seconds, "1:05"."""
    minutes, rest = divmod(max(0, round(seconds)), 60)
    return f"{minutes}:{rest:02d}"


def fit(text: str, columns: int) -> str:
    """Cut ``text`` so that it takes at most ``columns`` of a terminal, with "…" where it was cut."""
    if sum(map(cell_width, text)) <= columns:
        return text
    kept, used = [], 0
    for char in text:
        used += cell_width(char)
        if used > columns - 1:
            break
        kept.append(char)
    return "".join(kept) + "…" if columns > 0 else ""


def cell_width(char: str) -> int:
    """Return how many columns of a terminal a character takes: 0, 1 or 2."""
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _plain_line(status: Status) -> str:
    if status.fraction is None:
        return status.text
    return f"{100 * status.fraction:3.0f} %  {status.headline}"
