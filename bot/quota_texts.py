"""How quotas are told to people."""

from __future__ import annotations

from collections.abc import Iterator

from bot.replies import Replies
from engine.contract.quota import AuditEntry, QuotaBlock, QuotaLimit, QuotaRule, QuotaStanding


def standing_lines(standing: QuotaStanding, said: Replies) -> Iterator[str]:
    """Yield what binds a user, a line for each limit."""
    if standing.block is not None:
        yield block_line(standing.block, said)
    if standing.free:
        yield said.say("quota_free")
        return
    for limit in standing.limits:
        yield _limit_line(limit, said)
    if standing.max_waiting:
        yield said.say("quota_waiting", waiting=standing.waiting, most=standing.max_waiting)
    if standing.cooldown_until is not None:
        yield said.say("quota_pause", until=_moment(standing.cooldown_until.isoformat()))


def rule_line(rule: QuotaRule, said: Replies) -> str:
    """Tell one limit that an admin has set."""
    return said.say(
        "quota_rule",
        scope=said.word("scopes", str(rule.scope)),
        subject=rule.subject,
        period=said.word("periods", str(rule.window)),
        limit=said.say("quota_no_limit") if rule.seconds is None else f"{rule.seconds:g} s",
        shared=f" {said.say('quota_shared')}" if rule.shared else "",
    )


def block_line(block: QuotaBlock, said: Replies) -> str:
    """Tell who is blocked, why and until when."""
    until = said.say("quota_no_end") if block.until is None else _moment(block.until.isoformat())
    return said.say("quota_block", user=block.user, until=until, reason=block.reason or "-")


def audit_line(entry: AuditEntry) -> str:
    """Tell one change; the same in every language, for it is a record."""
    detail = f": {entry.detail}" if entry.detail else ""
    return f"{entry.id}  {_moment(entry.at.isoformat())}  {entry.by}  {entry.action} {entry.subject}{detail}"


def _limit_line(limit: QuotaLimit, said: Replies) -> str:
    window = said.word("windows", str(limit.window))
    shared = f" {said.say('quota_shared')}" if limit.shared else ""
    if limit.limit_s is None:
        return said.say("quota_unlimited", window=window, used=f"{limit.used_s:g}", shared=shared)
    return said.say(
        "quota_limit",
        window=window,
        used=f"{limit.used_s:g}",
        limit=f"{limit.limit_s + limit.granted_s:g}",
        left=f"{limit.left_s or 0.0:g}",
        resets=_moment(limit.resets_at.isoformat()),
        shared=shared,
    )


def _moment(text: str) -> str:
    """Shorten an ISO moment to minutes."""
    return text[:16].replace("T", " ")
