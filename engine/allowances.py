"""What admins do with quotas: look, set, grant, reset, block, unblock. Every change is recorded.

Moments are told in the server's time zone.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from engine.contract.errors import InvalidOption
from engine.contract.quota import AuditEntry, QuotaBlock, QuotaRule, QuotaStanding, QuotaWindow
from engine.contract.request import Requester
from engine.ports import Change, QuotaBook
from engine.quota import (
    MAX_RULE_SECONDS,
    MAX_SUBJECT_CHARACTERS,
    Grant,
    begin_of,
    check_rule,
    day_of,
    local_block,
    requester_of,
    tell,
)
from engine.settings import QuotaSettings

#: Who changed something when the caller does not say.
UNNAMED = "admin"
MAX_REASON_CHARACTERS = 500
MAX_BLOCK_DAYS = 36_500.0


class Allowances:
    """The use cases around quotas; ``clock`` gives the server's local time."""

    def __init__(self, book: QuotaBook, *, settings: QuotaSettings, clock: Callable[[], datetime]) -> None:
        self._book = book
        self._settings = settings
        self._clock = clock

    @property
    def defaults(self) -> QuotaSettings:
        """What config.toml says where no rule does."""
        return self._settings

    async def standing(self, who: Requester) -> QuotaStanding:
        """Return all that binds a user now."""
        now = self._clock()
        found = await self._book.standing(who, day=day_of(now))
        return tell(who, found, self._settings, now=now)

    async def rules(self) -> tuple[QuotaRule, ...]:
        """Return all rules."""
        return await self._book.rules()

    async def blocks(self) -> tuple[QuotaBlock, ...]:
        """Return the blocks that are not over."""
        now = self._clock()
        found = await self._book.blocks()
        return tuple(local_block(block, now) for block in found if block.until is None or block.until > now)

    async def set_rule(self, rule: QuotaRule, *, by: str) -> None:
        """Set a rule; raise InvalidOption when it makes no sense."""
        await self._book.set_rule(check_rule(rule), self._change(by))

    async def drop_rule(self, rule: QuotaRule, *, by: str) -> bool:
        """Remove a rule; False when there was none."""
        return await self._book.drop_rule(check_rule(rule), self._change(by))

    async def grant(
        self, user: str, seconds: float, *, window: QuotaWindow, key: str, by: str
    ) -> QuotaStanding:
        """Give a user extra seconds in the window that runs, once for each ``key``."""
        who = requester_of(user)
        if not 0 < seconds <= MAX_RULE_SECONDS:
            most = f"{MAX_RULE_SECONDS:.0f}"
            raise InvalidOption(f"seconds must be above 0 and at most {most}, not {seconds:g}.")
        if not 0 < len(key) <= MAX_SUBJECT_CHARACTERS:
            raise InvalidOption(f"key must have 1 to {MAX_SUBJECT_CHARACTERS} characters.")
        change = self._change(by)
        begins = begin_of(window, day_of(change.at))
        grant = Grant(user=user, window=window, begins=begins, seconds=seconds, key=f"grant {key}")
        await self._book.grant(grant, change)
        return await self.standing(who)

    async def reset(self, user: str, *, by: str) -> QuotaStanding:
        """Make what was rendered for a user today and this month count as nothing."""
        who = requester_of(user)
        change = self._change(by)
        await self._book.reset(user, day=day_of(change.at), change=change)
        return await self.standing(who)

    async def block(self, user: str, *, reason: str, days: float | None, by: str) -> QuotaStanding:
        """Take no requests of a user any more, for ``days`` or for good."""
        who = requester_of(user)
        if days is not None and not (math.isfinite(days) and 0 < days <= MAX_BLOCK_DAYS):
            raise InvalidOption(f"days must be above 0 and at most {MAX_BLOCK_DAYS:.0f}, not {days:g}.")
        if len(reason) > MAX_REASON_CHARACTERS or not reason.isprintable():
            raise InvalidOption(f"reason must be one line of at most {MAX_REASON_CHARACTERS} characters.")
        change = self._change(by)
        until = None if days is None else change.at + timedelta(days=days)
        await self._book.block(
            QuotaBlock(user=user, reason=reason.strip(), until=until, at=change.at, by=change.by)
        )
        return await self.standing(who)

    async def unblock(self, user: str, *, by: str) -> QuotaStanding:
        """Take requests of a user again; one who is not blocked stays so."""
        who = requester_of(user)
        await self._book.unblock(user, self._change(by))
        return await self.standing(who)

    async def audit(self, *, limit: int) -> tuple[AuditEntry, ...]:
        """Return the last changes, the newest first."""
        zone = self._clock().tzinfo
        found = await self._book.audit(limit=limit)
        return tuple(replace(entry, at=entry.at.astimezone(zone)) for entry in found)

    def _change(self, by: str) -> Change:
        if not by.isprintable() or len(by) > MAX_SUBJECT_CHARACTERS:
            raise InvalidOption(f"by must be one line of at most {MAX_SUBJECT_CHARACTERS} characters.")
        return Change(by=by.strip() or UNNAMED, at=self._clock())
