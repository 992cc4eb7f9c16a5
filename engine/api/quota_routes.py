"""Quotas over HTTP; what the calls do is in engine.allowances.

A user's own standing needs the bot's token, all else the admin's. A subject is "platform:id" (in a path with
its colon as it is, everything else percent-encoded), the name of a platform, or "-" for everybody.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from aiohttp import web

from engine.allowances import Allowances
from engine.api.bodies import answer_json, query_number, read_object
from engine.api.keys import SERVICE
from engine.contract.errors import InvalidOption
from engine.contract.quota import QuotaRule, QuotaScope, QuotaWindow
from engine.contract.wire import to_json
from engine.quota import requester_of

#: Entries of the audit that one answer holds unless the caller asks for another number.
AUDIT_ENTRIES = 100
MAX_AUDIT_ENTRIES = 10_000

Name = TypeVar("Name", bound=StrEnum)
quota_routes = web.RouteTableDef()


@quota_routes.get("/v1/quotas")
async def limits(request: web.Request) -> web.Response:
    """Tell the rules and blocks that admins have set, and the defaults of config.toml."""
    allowances = _allowances(request)
    return answer_json(
        {
            "defaults": to_json(allowances.defaults),
            "rules": to_json(await allowances.rules()),
            "blocks": to_json(await allowances.blocks()),
        }
    )


@quota_routes.put("/v1/quotas/rules/{scope}/{subject}")
async def set_rule(request: web.Request) -> web.Response:
    """Set a rule: {"window": "day", "seconds": 300 or null, "shared": false, "by": "..."}."""
    body = await read_object(request)
    if "seconds" not in body:
        raise InvalidOption("seconds is missing; null stands for no limit.")
    rule = _rule(request, body)
    rule = replace(rule, seconds=None if body["seconds"] is None else _number(body, "seconds"))
    await _allowances(request).set_rule(rule, by=_text(body, "by"))
    return answer_json(to_json(rule))


@quota_routes.delete("/v1/quotas/rules/{scope}/{subject}")
async def drop_rule(request: web.Request) -> web.Response:
    """Remove a rule: ?window=day&shared=false&by=...; tells whether there was one."""
    query: dict[str, Any] = dict(request.query)
    if "shared" in query:
        query["shared"] = {"true": True, "false": False}.get(query["shared"])
    removed = await _allowances(request).drop_rule(_rule(request, query), by=_text(query, "by"))
    return answer_json({"removed": removed})


@quota_routes.get("/v1/quotas/users/{user}")
async def standing(request: web.Request) -> web.Response:
    """Tell how a user stands; ?place=...&role=... (repeated) as where and as what the user asks."""
    who = requester_of(
        request.match_info["user"],
        place=request.query.get("place", ""),
        roles=tuple(request.query.getall("role", ())),
    )
    return answer_json(to_json(await _allowances(request).standing(who)))


@quota_routes.post("/v1/quotas/users/{user}/grants")
async def grant(request: web.Request) -> web.Response:
    """Give extra seconds: {"seconds": 60, "window": "day", "key": "...", "by": "..."}, once for each key."""
    body = await read_object(request)
    found = await _allowances(request).grant(
        request.match_info["user"],
        _number(body, "seconds"),
        window=_named(QuotaWindow, body, "window", QuotaWindow.DAY),
        key=_text(body, "key"),
        by=_text(body, "by"),
    )
    return answer_json(to_json(found))


@quota_routes.post("/v1/quotas/users/{user}/resets")
async def reset(request: web.Request) -> web.Response:
    """Make what the user had today and this month count as nothing: {"by": "..."}."""
    body = await read_object(request)
    found = await _allowances(request).reset(request.match_info["user"], by=_text(body, "by"))
    return answer_json(to_json(found))


@quota_routes.put("/v1/quotas/users/{user}/block")
async def block(request: web.Request) -> web.Response:
    """Block a user: {"reason": "...", "days": 7 or null, "by": "..."}."""
    body = await read_object(request)
    found = await _allowances(request).block(
        request.match_info["user"],
        reason=_text(body, "reason"),
        days=None if body.get("days") is None else _number(body, "days"),
        by=_text(body, "by"),
    )
    return answer_json(to_json(found))


@quota_routes.delete("/v1/quotas/users/{user}/block")
async def unblock(request: web.Request) -> web.Response:
    """Lift a block: ?by=...; a user who is not blocked stays so."""
    found = await _allowances(request).unblock(request.match_info["user"], by=_text(request.query, "by"))
    return answer_json(to_json(found))


@quota_routes.get("/v1/quotas/audit")
async def audit(request: web.Request) -> web.Response:
    """Tell who changed what, the newest first: ?limit=100."""
    limit = query_number(request, "limit", default=AUDIT_ENTRIES, most=MAX_AUDIT_ENTRIES)
    return answer_json({"audit": to_json(await _allowances(request).audit(limit=limit))})


def _allowances(request: web.Request) -> Allowances:
    return request.app[SERVICE].allowances


def _rule(request: web.Request, values: Mapping[str, Any]) -> QuotaRule:
    """Return the rule that path and values name, still without its seconds."""
    shared = values.get("shared", False)
    if not isinstance(shared, bool):
        raise InvalidOption("shared must be true or false.")
    return QuotaRule(
        scope=_named(QuotaScope, request.match_info, "scope"),
        subject=request.match_info["subject"],
        window=_named(QuotaWindow, values, "window", QuotaWindow.DAY),
        seconds=None,
        shared=shared,
    )


def _named(kind: type[Name], values: Mapping[str, Any], key: str, default: Name | None = None) -> Name:
    value = values.get(key, default)
    if value not in list(kind):
        raise InvalidOption(f"{key} must be one of {', '.join(kind)}, not {str(value)[:40]!r}.")
    return kind(value)


def _number(values: Mapping[str, Any], key: str) -> float:
    value = values.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not _is_finite(value):
        raise InvalidOption(f"{key} must be a number.")
    return float(value)


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond all floats
        return False


def _text(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise InvalidOption(f"{key} must be a text.")
    return value
