"""The quota book on SQLite: each method of the port is one transaction."""

from __future__ import annotations

from engine.contract.quota import AuditEntry, QuotaBlock, QuotaRule
from engine.contract.request import Requester
from engine.ports import Change
from engine.quota import Grant, Standing, in_words
from engine.store import quotas
from engine.store.database import Database, Rows


class SqliteQuotaBook:
    """Meets engine.ports.QuotaBook; what the methods promise is written there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def standing(self, who: Requester, *, day: str) -> Standing:
        """Add up."""
        return await self._database.read(lambda rows: quotas.standing(rows, who, day))

    async def rules(self) -> tuple[QuotaRule, ...]:
        """Read the rules."""
        return await self._database.read(quotas.all_rules)

    async def set_rule(self, rule: QuotaRule, change: Change) -> None:
        """Write a rule."""

        def work(rows: Rows) -> None:
            quotas.put_rule(rows, rule)
            detail = in_words(rule.seconds, rule.window, shared=rule.shared)
            quotas.record(rows, change, action="set", subject=f"{rule.scope} {rule.subject}", detail=detail)

        await self._database.write(work)

    async def drop_rule(self, rule: QuotaRule, change: Change) -> bool:
        """Remove a rule."""

        def work(rows: Rows) -> bool:
            if not quotas.drop_rule(rows, rule):
                return False
            detail = f"the {rule.window}'s rule{', shared' if rule.shared else ''}"
            quotas.record(rows, change, action="unset", subject=f"{rule.scope} {rule.subject}", detail=detail)
            return True

        return await self._database.write(work)

    async def grant(self, grant: Grant, change: Change) -> bool:
        """Add a grant."""

        def work(rows: Rows) -> bool:
            if not quotas.add_grant(rows, grant):
                return False
            detail = f"{grant.seconds:g} s more in {grant.begins}"
            quotas.record(rows, change, action="grant", subject=f"user {grant.user}", detail=detail)
            return True

        return await self._database.write(work)

    async def reset(self, user: str, *, day: str, change: Change) -> None:
        """Forgive what was used."""

        def work(rows: Rows) -> None:
            detail = f"nothing used in {day} and {day[:7]}"
            number = quotas.record(rows, change, action="reset", subject=f"user {user}", detail=detail)
            quotas.forgive(rows, user, day, key=f"reset {number}")

        await self._database.write(work)

    async def block(self, block: QuotaBlock) -> None:
        """Write a block."""

        def work(rows: Rows) -> None:
            quotas.put_block(rows, block)
            until = "for good"
            if block.until is not None:
                until = f"until {block.until.isoformat(timespec='minutes')}"
            quotas.record(
                rows,
                Change(by=block.by, at=block.at),
                action="block",
                subject=f"user {block.user}",
                detail=f"{until}{': ' if block.reason else ''}{block.reason}",
            )

        await self._database.write(work)

    async def unblock(self, user: str, change: Change) -> bool:
        """Remove a block."""

        def work(rows: Rows) -> bool:
            if not quotas.drop_block(rows, user):
                return False
            quotas.record(rows, change, action="unblock", subject=f"user {user}", detail="")
            return True

        return await self._database.write(work)

    async def blocks(self) -> tuple[QuotaBlock, ...]:
        """Read the blocks."""
        return await self._database.read(quotas.all_blocks)

    async def audit(self, *, limit: int) -> tuple[AuditEntry, ...]:
        """Read the audit."""
        return await self._database.read(lambda rows: quotas.audit(rows, limit=limit))
