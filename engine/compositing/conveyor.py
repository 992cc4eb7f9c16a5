"""Frames are composed in one thread while another encodes the ones before: a short bounded queue between."""

from __future__ import annotations

import queue
import threading
from types import TracebackType

from engine.compositing.encode import Mp4Writer
from engine.media import UInt8Array

#: Frames that may wait; more would only cost memory.
_WAITING = 4
#: How often a blocked hand-over looks whether the encoder still lives, in seconds.
_LOOK_S = 0.5


class Conveyor:
    """Hands frames to a writer in a thread of its own; its error comes out of ``put`` or the exit."""

    def __init__(self, writer: Mp4Writer) -> None:
        self._writer = writer
        self._queue: queue.Queue[UInt8Array | None] = queue.Queue(maxsize=_WAITING)
        self._error: BaseException | None = None
        self._dropped = threading.Event()
        self._thread = threading.Thread(target=self._work, name="encoder", daemon=True)

    def __enter__(self) -> Conveyor:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._dropped.set()
        self._hand_over(None)
        self._thread.join()
        if kind is None and self._error is not None:
            raise self._error

    def put(self, planes: UInt8Array) -> None:
        """Hand over the next frame; waits while the encoder is behind."""
        self._hand_over(planes)
        if self._error is not None:
            raise self._error

    def _hand_over(self, item: UInt8Array | None) -> None:
        while self._thread.is_alive():
            try:
                self._queue.put(item, timeout=_LOOK_S)
            except queue.Full:
                continue
            return

    def _work(self) -> None:
        try:
            while (planes := self._queue.get()) is not None:
                if not self._dropped.is_set():
                    self._writer.write(planes)
        except BaseException as error:  # noqa: BLE001  # handed to the thread that composes, which raises it
            self._error = error
