"""Reads text/event-stream (WHATWG HTML, section 9.2) from bytes that arrive in pieces of any size."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerEvent:
    """One event of the stream."""

    #: The last id that the stream gave, "" before the first.
    id: str
    data: str


class SseParser:
    """Collects bytes and yields each event once its closing blank line is there."""

    def __init__(self) -> None:
        self._rest = b""
        self._id = ""
        self._data: list[str] = []

    def feed(self, piece: bytes) -> tuple[ServerEvent, ...]:
        """Take the next bytes and return the events that they complete."""
        *lines, self._rest = (self._rest + piece).replace(b"\r\n", b"\n").split(b"\n")
        return tuple(event for line in lines if (event := self._take(line)) is not None)

    def _take(self, raw: bytes) -> ServerEvent | None:
        line = raw.decode("utf-8", errors="replace").removesuffix("\r")
        if not line:
            return self._close()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
        elif name == "id":
            self._id = value
        return None  # comments (an empty name) and other fields carry nothing for us

    def _close(self) -> ServerEvent | None:
        data, self._data = self._data, []
        return ServerEvent(id=self._id, data="\n".join(data)) if data else None
