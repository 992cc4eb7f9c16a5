"""What the chat page of each visitor shows, kept in memory and told to every open page as it changes."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator, Mapping
from typing import Any

#: State of one message on the page: its text, the bot's status, the clip. Plain JSON.
Entry = dict[str, Any]


class _Page:
    """One open page: what has changed since it was last told."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._changed: OrderedDict[str, Entry] = OrderedDict(entries)
        self._wake = asyncio.Event()
        self._wake.set()
        self.is_open = True

    def tell(self, message_id: str, entry: Entry) -> None:
        """Note a change; an older one of the same message that was not told yet is replaced by it."""
        self._changed[message_id] = entry
        self._wake.set()

    def leave(self) -> None:
        """End the page's stream."""
        self.is_open = False
        self._wake.set()

    async def changes(self) -> tuple[Entry, ...]:
        """Wait for changes and return them, the oldest first; nothing once the page has left."""
        await self._wake.wait()
        self._wake.clear()
        changed, self._changed = tuple(self._changed.values()), OrderedDict()
        return changed


class Hub:
    """Entries by visitor and message, bounded: the visitor not seen for longest goes first."""

    def __init__(self, *, max_visitors: int = 500, max_entries: int = 60, max_pages: int = 6) -> None:
        self._max_visitors = max_visitors
        self._max_entries = max_entries
        self._max_pages = max_pages
        self._visitors: OrderedDict[str, OrderedDict[str, Entry]] = OrderedDict()
        self._pages: dict[str, list[_Page]] = {}

    def update(self, visitor: str, message_id: str, **changes: Any) -> None:
        """Merge ``changes`` into an entry and tell the visitor's open pages."""
        entries = self._visitors.setdefault(visitor, OrderedDict())
        self._visitors.move_to_end(visitor)
        entry = {**entries.get(message_id, {"message": message_id}), **changes}
        entries[message_id] = entry
        while len(entries) > self._max_entries:
            entries.popitem(last=False)
        while len(self._visitors) > self._max_visitors:
            self._visitors.popitem(last=False)
        for page in self._pages.get(visitor, ()):
            page.tell(message_id, entry)

    def entries(self, visitor: str) -> tuple[Entry, ...]:
        """Return what the visitor's page shows, the oldest first."""
        return tuple(self._visitors.get(visitor, {}).values())

    async def follow(self, visitor: str) -> AsyncGenerator[Entry]:
        """Yield every entry as it is now, then each change, until the page is closed or too old.

        A visitor's oldest page ends when there are too many.
        """
        page = _Page(self._visitors.get(visitor, {}))
        pages = self._pages.setdefault(visitor, [])
        pages.append(page)
        if len(pages) > self._max_pages:
            pages[0].leave()
        try:
            while page.is_open:
                for entry in await page.changes():
                    yield entry
        finally:
            pages.remove(page)
            if not pages:
                self._pages.pop(visitor, None)

    def close(self) -> None:
        """End the stream of every page."""
        for pages in self._pages.values():
            for page in pages:
                page.leave()
