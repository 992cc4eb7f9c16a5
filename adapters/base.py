"""What a chat network is to the bot: messages come in, statuses and clips go out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol, runtime_checkable

from engine.contract.clip import Clip
from engine.contract.events import JobUnderstood, Stage
from engine.contract.job import JobId
from engine.contract.request import ClipOptions, ReplyAddress, Requester


class Verb(StrEnum):
    """What a message asks for, where the network itself tells (a slash command, a button)."""

    VIDEO = "video"
    STATUS = "status"
    CANCEL = "cancel"
    AGAIN = "again"  #: The same text with another seed.
    LONGER = "longer"
    SHORTER = "shorter"
    QUOTA = "quota"
    HELP = "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMessage:
    """One message that a person wrote."""

    #: What stands in it; after the command's name when ``verb`` is given.
    text: str
    requester: Requester
    #: Where answers to it go.
    address: ReplyAddress
    received_at: datetime
    #: The platform's id of the message; the same message seen twice has the same one.
    message_id: str
    #: The command, when the network told it apart; None: it is read from the text.
    verb: Verb | None = None
    #: True when the bot is meant without a command: a private chat or a mention.
    direct: bool = True
    #: Language of the person's client such as "zh-CN", "" when unknown.
    locale: str = ""
    options: ClipOptions = field(default_factory=ClipOptions)
    #: Seed that the person chose, or None.
    seed: int | None = None
    #: Upload limit of that place, in bytes, when it is lower than the adapter's own; None for no other.
    max_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a chat network allows."""

    #: Largest file that may be sent, in bytes; None for no limit.
    max_bytes: int | None
    #: Shortest time between two edits of one message, in seconds.
    edit_interval_s: float
    #: Longest text of a message, in characters.
    max_characters: int
    #: True when an answer can still be delivered after a restart of the bot.
    addresses_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Something to press; it comes back as a message with ``verb`` and the job's id as its text."""

    verb: Verb
    #: What stands on it, in the person's language.
    label: str
    job_id: JobId


class StatusState(StrEnum):
    """Where the thing that a status speaks of stands."""

    WORKING = "working"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SAID = "said"  #: A plain answer that no job stands behind.


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A message of the bot. ``text`` says it all; the other fields are for networks that can draw."""

    #: Whole sentences in the person's language.
    text: str
    state: StatusState
    job_id: JobId | None = None
    #: The phrase without bar and figures, "" when ``text`` is all there is.
    headline: str = ""
    #: Stage of the render, None before and after it.
    stage: Stage | None = None
    #: Part of the whole render that is done, 0 to 1; None when unknown.
    fraction: float | None = None
    #: Estimate of the time to go, in seconds; None when unknown.
    seconds_left: float | None = None
    #: What was understood of the text, from the moment when it is known.
    understood: JobUnderstood | None = None
    #: Code of engine.contract.errors when FAILED, else None.
    error_code: str | None = None
    #: What the engine said about the failure, else None.
    error_detail: str | None = None
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyClip:
    """A clip to send, as files that the bot removes afterwards."""

    job_id: JobId
    clip: Clip
    path: Path
    #: A still picture of it, None when there is none.
    thumbnail: Path | None
    #: What is written beside it, in the person's language.
    text: str
    understood: JobUnderstood | None = None
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusHandle:
    """A message of the bot that can still be edited; only the adapter reads ``id``."""

    id: str


@runtime_checkable
class ChatAdapter(Protocol):
    """One chat network. A new one is one file with such a class and a line in the registry."""

    @property
    def name(self) -> str:
        """Name in config.toml and in requesters, for example "discord"."""
        ...

    @property
    def limits(self) -> Limits:
        """What the network allows at this moment."""
        ...

    def listen(self) -> AsyncIterator[IncomingMessage]:
        """Connect and yield messages until the network or ``close`` ends it."""
        ...

    def reaches(self, address: ReplyAddress) -> bool:
        """Tell whether somebody can still receive an answer at ``address``."""
        ...

    async def send_status(self, address: ReplyAddress, status: Status) -> StatusHandle:
        """Post a new message; raise DeliveryError when the network refuses it."""
        ...

    async def edit_status(self, handle: StatusHandle, status: Status) -> None:
        """Change a message that was posted before."""
        ...

    async def send_clip(self, address: ReplyAddress, ready: ReadyClip) -> None:
        """Post the clip; raise DeliveryError when the network refuses it."""
        ...

    async def close(self) -> None:
        """Take no more messages and let go of the network."""
        ...
