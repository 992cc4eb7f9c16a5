"""The quota book in dictionaries, beside the job store in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from engine.contract.job import JobId
from engine.contract.quota import AuditEntry, QuotaBlock, QuotaRule, QuotaScope, QuotaWindow
from engine.contract.request import Requester
from engine.ports import Change
from engine.quota import Account, Grant, Standing, begin_of, in_words, pots, subjects_of

RuleKey = tuple[QuotaScope, str, QuotaWindow, bool]


@dataclass(frozen=True, kw_only=True)
class Charge:
    """What one job costs."""

    who: Requester
    day: str
    reserved_s: float
    used_s: float


class InMemoryQuotaBook:
    """Meets engine.ports.QuotaBook."""

    def __init__(self, counts: Callable[[str], tuple[int, int, datetime | None]]) -> None:
        #: User -> clips of the user that wait, all that wait, when the last one was taken.
        self._counts = counts
        self.ledger: dict[JobId, Charge] = {}
        self._rules: dict[RuleKey, QuotaRule] = {}
        self._grants: dict[str, Grant] = {}
        self._resets: dict[tuple[str, QuotaWindow, str], float] = {}
        self._blocks: dict[str, QuotaBlock] = {}
        self._audit: list[AuditEntry] = []

    async def standing(self, who: Requester, *, day: str) -> Standing:
        waiting, queued, last_at = self._counts(who.key)
        rules = tuple(rule for rule in self._in_order() if (rule.scope, rule.subject) in subjects_of(who))
        own = [Account(QuotaScope.USER, who.key, window) for window in QuotaWindow]
        granted: dict[QuotaWindow, float] = {}
        for grant in self._grants.values():
            if grant.user == who.key and grant.begins == begin_of(grant.window, day):
                granted[grant.window] = granted.get(grant.window, 0.0) + grant.seconds
        forgiven = {
            window: seconds
            for window in QuotaWindow
            if (seconds := self._resets.get((who.key, window, begin_of(window, day))))
        }
        return Standing(
            waiting=waiting,
            queued=queued,
            last_at=last_at,
            block=self._blocks.get(who.key),
            rules=rules,
            used={account: self.used_seconds(account, day) for account in (*own, *pots(rules))},
            granted=granted,
            forgiven=forgiven,
        )

    async def rules(self) -> tuple[QuotaRule, ...]:
        return self._in_order()

    async def set_rule(self, rule: QuotaRule, change: Change) -> None:
        self._rules[_key(rule)] = rule
        detail = in_words(rule.seconds, rule.window, shared=rule.shared)
        self._record(change, "set", f"{rule.scope} {rule.subject}", detail)

    async def drop_rule(self, rule: QuotaRule, change: Change) -> bool:
        if self._rules.pop(_key(rule), None) is None:
            return False
        shared = ", shared" if rule.shared else ""
        self._record(change, "unset", f"{rule.scope} {rule.subject}", f"the {rule.window}'s rule{shared}")
        return True

    async def grant(self, grant: Grant, change: Change) -> bool:
        if grant.key in self._grants:
            return False
        self._grants[grant.key] = grant
        self._record(change, "grant", f"user {grant.user}", f"{grant.seconds:g} s more in {grant.begins}")
        return True

    async def reset(self, user: str, *, day: str, change: Change) -> None:
        self._record(change, "reset", f"user {user}", f"nothing used in {day} and {day[:7]}")
        for window in QuotaWindow:
            begins = begin_of(window, day)
            self._resets[user, window, begins] = sum(
                cost.used_s
                for cost in self.ledger.values()
                if cost.who.key == user and cost.day.startswith(begins)
            )

    async def block(self, block: QuotaBlock) -> None:
        self._blocks[block.user] = block
        until = "for good" if block.until is None else f"until {block.until.isoformat(timespec='minutes')}"
        detail = f"{until}{': ' if block.reason else ''}{block.reason}"
        self._record(Change(by=block.by, at=block.at), "block", f"user {block.user}", detail)

    async def unblock(self, user: str, change: Change) -> bool:
        if self._blocks.pop(user, None) is None:
            return False
        self._record(change, "unblock", f"user {user}", "")
        return True

    async def blocks(self) -> tuple[QuotaBlock, ...]:
        return tuple(self._blocks[user] for user in sorted(self._blocks))

    async def audit(self, *, limit: int) -> tuple[AuditEntry, ...]:
        return tuple(reversed(self._audit))[:limit]

    def used_seconds(self, account: Account, day: str) -> float:
        """Add up what an account has used and reserved in its window."""
        return sum(
            cost.reserved_s + cost.used_s
            for cost in self.ledger.values()
            if (account.scope, account.subject) in subjects_of(cost.who)
            and cost.day.startswith(begin_of(account.window, day))
        )

    def _in_order(self) -> tuple[QuotaRule, ...]:
        ranks = list(QuotaScope)
        return tuple(
            sorted(
                self._rules.values(),
                key=lambda rule: (ranks.index(rule.scope), rule.subject, rule.window, rule.shared),
            )
        )

    def _record(self, change: Change, action: str, subject: str, detail: str) -> None:
        self._audit.append(
            AuditEntry(
                id=len(self._audit) + 1,
                at=change.at,
                by=change.by,
                action=action,
                subject=subject,
                detail=detail,
            )
        )


def _key(rule: QuotaRule) -> RuleKey:
    return rule.scope, rule.subject, rule.window, rule.shared
