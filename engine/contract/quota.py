"""Quotas as bot and engine speak of them: rules, blocks, a user's standing, and the record of changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

#: Stands for the subject of a rule for everybody.
NOBODY_IN_PARTICULAR = "-"


class QuotaScope(StrEnum):
    """Whom a rule is about; from the most to the least specific."""

    USER = "user"  #: One user: "telegram:12345".
    ROLE = "role"  #: Those who have a role: "discord:987".
    PLACE = "place"  #: Those who ask in a guild or chat: "discord:555".
    PLATFORM = "platform"  #: Those who come over a chat network: "discord".
    EVERYBODY = "everybody"  #: All: "-".


class QuotaWindow(StrEnum):
    """The time in which seconds are counted, in the server's time zone."""

    DAY = "day"  #: From midnight to midnight.
    MONTH = "month"  #: From the first to the last day of a calendar month.


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRule:
    """An admin's limit for one scope and window."""

    scope: QuotaScope
    #: Whom of the scope: "platform:id", the name of a platform, or "-".
    subject: str
    window: QuotaWindow
    #: Charged seconds in a window; 0 allows nothing, None everything.
    seconds: float | None
    #: False: each user of the scope may have so much. True: all of them together.
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaBlock:
    """A user who may ask for nothing."""

    #: "platform:id".
    user: str
    #: A sentence for the user, or "".
    reason: str
    #: The end of it; None for no end.
    until: datetime | None
    at: datetime
    #: Who did it.
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaLimit:
    """One of the limits that bind a user, and what is left of it. All in charged seconds."""

    window: QuotaWindow
    #: Where it comes from; None for config.toml.
    scope: QuotaScope | None
    #: The subject of its rule; "" for config.toml.
    subject: str
    #: Whether all users of the scope share it.
    shared: bool
    #: The limit itself; None for no limit.
    limit_s: float | None
    #: Extra seconds that an admin granted in this window.
    granted_s: float
    #: Used up and reserved in this window, less what was reset.
    used_s: float
    #: What may still be asked for; None without a limit.
    left_s: float | None
    #: When the window ends.
    resets_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaStanding:
    """All that decides whether a user's next request is taken."""

    #: "platform:id".
    user: str
    #: Whether the platform has no quota at all.
    free: bool
    #: The user's own allowance for each window first, then limits that are shared.
    limits: tuple[QuotaLimit, ...]
    #: Clips that wait now.
    waiting: int
    #: The most that may wait; 0 for no limit.
    max_waiting: int
    #: When the pause after the last request ends; None when there is none.
    cooldown_until: datetime | None
    block: QuotaBlock | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One change that an admin made. Entries are only ever added."""

    #: 1, 2, 3 ...
    id: int
    at: datetime
    #: Who made it, for example "console:ann".
    by: str
    #: "set", "unset", "grant", "reset", "block" or "unblock".
    action: str
    #: Scope and subject, for example "user telegram:12345".
    subject: str
    #: What it changed, in words.
    detail: str
