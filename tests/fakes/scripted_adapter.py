"""A chat network that says what a test tells it and remembers what it is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from adapters.base import IncomingMessage, Limits, ReadyClip, Status, StatusHandle, StatusState
from engine.contract.errors import DeliveryError
from engine.contract.request import ReplyAddress, Requester
from tests.fakes import values

LIMITS = Limits(max_bytes=1_000_000, edit_interval_s=0.0, max_characters=2_000, addresses_last=True)


def message(text: str, **changes: Any) -> IncomingMessage:
    base = IncomingMessage(
        text=text,
        requester=Requester(platform="fake", user_id="7"),
        address=ReplyAddress(platform="fake", payload='{"chat": 1}'),
        received_at=values.NOON,
        message_id="m1",
    )
    return replace(base, **changes)


@dataclass
class Sent:
    """A clip that reached the chat."""

    address: ReplyAddress
    ready: ReadyClip
    data: bytes


@dataclass
class ScriptedAdapter:
    """Implements ChatAdapter."""

    script: Sequence[IncomingMessage] = ()
    name: str = "fake"
    limits: Limits = LIMITS
    #: Raised by ``listen`` after the script.
    failure: Exception | None = None
    #: Raised, one each time, by ``send_clip``.
    clip_failures: list[DeliveryError] = field(default_factory=list)
    status_failures: list[DeliveryError] = field(default_factory=list)
    reachable: bool = True

    statuses: list[Status] = field(default_factory=list)
    edits: int = 0
    posts: int = 0
    clips: list[Sent] = field(default_factory=list)
    closed: int = 0
    said: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self) -> AsyncIterator[IncomingMessage]:
        for item in self.script:
            yield item
        if self.failure is not None:
            raise self.failure

    def reaches(self, address: ReplyAddress) -> bool:
        return self.reachable

    async def send_status(self, address: ReplyAddress, status: Status) -> StatusHandle:
        if self.status_failures:
            raise self.status_failures.pop(0)
        self.posts += 1
        self._note(status)
        return StatusHandle(id=str(self.posts))

    async def edit_status(self, handle: StatusHandle, status: Status) -> None:
        self.edits += 1
        self._note(status)

    async def send_clip(self, address: ReplyAddress, ready: ReadyClip) -> None:
        if self.clip_failures:
            raise self.clip_failures.pop(0)
        self.clips.append(Sent(address=address, ready=ready, data=ready.path.read_bytes()))

    async def close(self) -> None:
        self.closed += 1

    def states(self) -> list[StatusState]:
        return [status.state for status in self.statuses]

    def _note(self, status: Status) -> None:
        self.statuses.append(status)
        self.said.set()
