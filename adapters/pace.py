"""Keeps to the pace of a chat network: so much time between two messages to one place."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager


class Pace:
    """Lets one message at a time through to each place, with a pause after each."""

    def __init__(
        self, gap_s: Callable[[str], float], *, clock: Callable[[], float], max_places: int = 2_000
    ) -> None:
        self._gap_s = gap_s
        self._clock = clock
        self._max_places = max_places
        self._locks: OrderedDict[str, asyncio.Lock] = OrderedDict()
        self._free_at: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, place: str) -> AsyncIterator[None]:
        """Wait until a message may go to ``place``."""
        lock = self._locks.setdefault(place, asyncio.Lock())
        self._locks.move_to_end(place)
        async with lock:
            pause = self._free_at.get(place, 0.0) - self._clock()
            if pause > 0:
                await asyncio.sleep(pause)
            try:
                yield
            finally:
                self.hold(place, self._gap_s(place))
        self._forget()

    def hold(self, place: str, seconds: float) -> None:
        """Let nothing through to ``place`` for so long: the network asked for it."""
        self._free_at[place] = max(self._free_at.get(place, 0.0), self._clock() + seconds)

    def _forget(self) -> None:
        """Drop the places not written to for longest."""
        while len(self._locks) > self._max_places:
            place, lock = next(iter(self._locks.items()))
            if lock.locked():
                return
            del self._locks[place]
            self._free_at.pop(place, None)
