"""Quotas as an admin sees them: rules, grants, blocks and the audit over the engine's HTTP API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot.engine_client import EngineClient
from engine.contract.quota import AuditEntry, QuotaBlock, QuotaRule, QuotaScope, QuotaStanding, QuotaWindow
from engine.contract.request import Requester
from engine.contract.wire import from_json, to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaBook:
    """All that admins have set."""

    #: What config.toml says where no rule does.
    defaults: Mapping[str, Any]
    rules: tuple[QuotaRule, ...]
    blocks: tuple[QuotaBlock, ...]


class QuotaClient:
    """Makes the calls of ``by``, the person whom the audit will name."""

    def __init__(self, client: EngineClient, *, by: str) -> None:
        self._client = client
        self._by = by

    async def book(self) -> QuotaBook:
        """Return the rules and blocks."""
        data = await self._client.call("GET", "/v1/quotas", as_admin=True)
        return QuotaBook(
            defaults=data["defaults"],
            rules=tuple(from_json(QuotaRule, item) for item in data["rules"]),
            blocks=tuple(from_json(QuotaBlock, item) for item in data["blocks"]),
        )

    async def standing(self, who: Requester) -> QuotaStanding:
        """Return what binds a user who asks in this place with these roles."""
        query = [("place", who.place), *(("role", role) for role in who.roles)]
        data = await self._client.call("GET", _user(who.key), query=query)
        return from_json(QuotaStanding, data)

    async def set_rule(self, rule: QuotaRule) -> None:
        """Set a limit in place of the one that was there."""
        body = {**to_json(rule), "by": self._by}
        await self._client.call("PUT", _rule(rule.scope, rule.subject), body=body, as_admin=True)

    async def drop_rule(self, rule: QuotaRule) -> bool:
        """Remove a limit; False when there was none."""
        query = {"window": str(rule.window), "shared": str(rule.shared).lower(), "by": self._by}
        path = _rule(rule.scope, rule.subject)
        answer = await self._client.call("DELETE", path, query=query, as_admin=True)
        return bool(answer["removed"])

    async def grant(self, user: str, seconds: float, window: QuotaWindow, *, key: str) -> QuotaStanding:
        """Give extra seconds, once for each ``key``."""
        body = {"seconds": seconds, "window": str(window), "key": key}
        return await self._change("POST", f"{_user(user)}/grants", body)

    async def reset(self, user: str) -> QuotaStanding:
        """Let what the user had today and this month count as nothing."""
        return await self._change("POST", f"{_user(user)}/resets", {})

    async def block(self, user: str, *, reason: str, days: float | None) -> QuotaStanding:
        """Take no more requests of a user, for ``days`` or for good."""
        return await self._change("PUT", f"{_user(user)}/block", {"reason": reason, "days": days})

    async def unblock(self, user: str) -> QuotaStanding:
        """Take requests of a user again."""
        query = {"by": self._by}
        data = await self._client.call("DELETE", f"{_user(user)}/block", query=query, as_admin=True)
        return from_json(QuotaStanding, data)

    async def audit(self, *, limit: int) -> tuple[AuditEntry, ...]:
        """Return the last changes, the newest first."""
        query = {"limit": str(limit)}
        data = await self._client.call("GET", "/v1/quotas/audit", query=query, as_admin=True)
        return tuple(from_json(AuditEntry, item) for item in data["audit"])

    async def _change(self, method: str, path: str, body: dict[str, Any]) -> QuotaStanding:
        data = await self._client.call(method, path, body={**body, "by": self._by}, as_admin=True)
        return from_json(QuotaStanding, data)


def _user(user: str) -> str:
    return f"/v1/quotas/users/{quote(user, safe=':')}"


def _rule(scope: QuotaScope, subject: str) -> str:
    return f"/v1/quotas/rules/{scope}/{quote(subject, safe=':')}"
