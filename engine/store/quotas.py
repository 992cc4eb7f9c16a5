"""Rows of rules, grants, blocks and the audit, and the standing that they add up to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from engine.contract.quota import AuditEntry, QuotaBlock, QuotaRule, QuotaScope, QuotaWindow
from engine.contract.request import Requester
from engine.ports import Change
from engine.quota import Grant, Standing, begin_of, pots, subjects_of
from engine.store import jobs, usage
from engine.store.database import Rows

_RULES = "SELECT scope, subject, period, shared, seconds FROM quota_rules"
_BLOCKS = "SELECT user_key, reason, until, at, by_whom FROM blocks"
_IN_ORDER = {scope: rank for rank, scope in enumerate(QuotaScope)}


def standing(rows: Rows, who: Requester, day: str) -> Standing:
    """Return what decides about the next request of ``who`` on ``day``."""
    waiting, queued = jobs.counts(rows, who.key)
    rules = about(rows, who)
    given = _given(rows, who.key, day)
    return Standing(
        waiting=waiting,
        queued=queued,
        last_at=jobs.last_taken(rows, who.key),
        block=block_of(rows, who.key),
        rules=rules,
        used={
            **usage.of_user(rows, who.key, day),
            **{account: usage.total(rows, account, day) for account in pots(rules)},
        },
        granted=given["grant"],
        forgiven=given["reset"],
    )


def about(rows: Rows, who: Requester) -> tuple[QuotaRule, ...]:
    """Return the rules that are about ``who``."""
    wanted = sorted(subjects_of(who))
    marks = ", ".join(["(?, ?)"] * len(wanted))
    return _rules(
        rows.execute(
            f"{_RULES} WHERE (scope, subject) IN (VALUES {marks})",
            [part for pair in wanted for part in pair],
        ).fetchall()
    )


def all_rules(rows: Rows) -> tuple[QuotaRule, ...]:
    """Return all rules, those of the most specific scope first."""
    return _rules(rows.execute(_RULES).fetchall())


def put_rule(rows: Rows, rule: QuotaRule) -> None:
    """Set a rule."""
    rows.execute(
        "INSERT OR REPLACE INTO quota_rules(scope, subject, period, shared, seconds) VALUES (?, ?, ?, ?, ?)",
        (rule.scope, rule.subject, rule.window, rule.shared, rule.seconds),
    )


def drop_rule(rows: Rows, rule: QuotaRule) -> bool:
    """Remove a rule, whatever its seconds are; False when there is none."""
    return bool(
        rows.execute(
            "DELETE FROM quota_rules WHERE scope = ? AND subject = ? AND period = ? AND shared = ?",
            (rule.scope, rule.subject, rule.window, rule.shared),
        ).rowcount
    )


def add_grant(rows: Rows, grant: Grant) -> bool:
    """Add a grant; False when its key was seen before."""
    return _add(rows, grant, kind="grant")


def forgive(rows: Rows, user: str, day: str, *, key: str) -> None:
    """Make what was rendered for a user in both windows count as nothing."""
    forgiven = _given(rows, user, day)["reset"]
    for window in QuotaWindow:
        seconds = usage.settled_seconds(rows, user, window, day) - forgiven.get(window, 0.0)
        if seconds > 0:
            begins = begin_of(window, day)
            grant = Grant(user=user, window=window, begins=begins, seconds=seconds, key=f"{key} {window}")
            _add(rows, grant, kind="reset")


def put_block(rows: Rows, block: QuotaBlock) -> None:
    """Block a user."""
    rows.execute(
        "INSERT OR REPLACE INTO blocks(user_key, reason, until, at, by_whom) VALUES (?, ?, ?, ?, ?)",
        (
            block.user,
            block.reason,
            None if block.until is None else jobs.stamp(block.until),
            jobs.stamp(block.at),
            block.by,
        ),
    )


def drop_block(rows: Rows, user: str) -> bool:
    """Lift a block; False when there is none."""
    return bool(rows.execute("DELETE FROM blocks WHERE user_key = ?", (user,)).rowcount)


def block_of(rows: Rows, user: str) -> QuotaBlock | None:
    """Return the block of a user, also one that is over."""
    found = _blocks(rows.execute(_BLOCKS + " WHERE user_key = ?", (user,)).fetchall())
    return found[0] if found else None


def all_blocks(rows: Rows) -> tuple[QuotaBlock, ...]:
    """Return all blocks."""
    return _blocks(rows.execute(_BLOCKS + " ORDER BY user_key").fetchall())


def record(rows: Rows, change: Change, *, action: str, subject: str, detail: str) -> int:
    """Add an entry to the audit and return its number."""
    added = rows.execute(
        "INSERT INTO audit(at, by_whom, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
        (jobs.stamp(change.at), change.by, action, subject, detail),
    )
    return int(added.lastrowid or 0)


def audit(rows: Rows, *, limit: int) -> tuple[AuditEntry, ...]:
    """Return the last entries of the audit, the newest first."""
    found = rows.execute("SELECT * FROM audit ORDER BY id DESC LIMIT ?", (limit,)).fetchall()
    return tuple(
        AuditEntry(
            id=row["id"],
            at=datetime.fromisoformat(row["at"]),
            by=row["by_whom"],
            action=row["action"],
            subject=row["subject"],
            detail=row["detail"],
        )
        for row in found
    )


def _given(rows: Rows, user: str, day: str) -> dict[str, dict[QuotaWindow, float]]:
    """Add up the grants and the resets of a user in the windows that hold ``day``."""
    found = rows.execute(
        "SELECT kind, period, SUM(seconds) FROM quota_grants WHERE user_key = ? AND begins IN (?, ?) "
        "GROUP BY kind, period",
        (user, *(begin_of(window, day) for window in QuotaWindow)),
    ).fetchall()
    given: dict[str, dict[QuotaWindow, float]] = {"grant": {}, "reset": {}}
    for kind, period, seconds in found:
        given[kind][QuotaWindow(period)] = float(seconds)
    return given


def _add(rows: Rows, grant: Grant, *, kind: str) -> bool:
    return bool(
        rows.execute(
            "INSERT OR IGNORE INTO quota_grants(key, user_key, kind, period, begins, seconds) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (grant.key, grant.user, kind, grant.window, grant.begins, grant.seconds),
        ).rowcount
    )


def _rules(found: Iterable[Any]) -> tuple[QuotaRule, ...]:
    rules = [
        QuotaRule(
            scope=QuotaScope(scope),
            subject=subject,
            window=QuotaWindow(period),
            seconds=seconds,
            shared=bool(shared),
        )
        for scope, subject, period, shared, seconds in found
    ]
    return tuple(
        sorted(rules, key=lambda rule: (_IN_ORDER[rule.scope], rule.subject, rule.window, rule.shared))
    )


def _blocks(found: Iterable[Any]) -> tuple[QuotaBlock, ...]:
    return tuple(
        QuotaBlock(
            user=user,
            reason=reason,
            until=None if until is None else datetime.fromisoformat(until),
            at=datetime.fromisoformat(at),
            by=by,
        )
        for user, reason, until, at, by in found
    )
