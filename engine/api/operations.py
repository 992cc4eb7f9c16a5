"""What each call of the API takes and gives, as data; engine.api.openapi makes the document of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from engine.contract.delivery import Delivery, DeliveryState
from engine.contract.job import Job
from engine.contract.quota import AuditEntry, QuotaBlock, QuotaRule, QuotaStanding, QuotaWindow
from engine.contract.request import ClipRequest
from engine.queueing import Place
from engine.service import Health
from engine.settings import QuotaSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One call. Types are contract values, scalars, or mappings of names to these for an object."""

    #: The JSON of a good answer; None where it is no JSON.
    answer: Any = None
    #: Media type of a good answer that is no JSON; None for an answer without a body.
    media: str | None = None
    #: Statuses of good answers.
    statuses: tuple[int, ...] = (200,)
    #: The JSON object of the request; None where there is none.
    body: Any = None
    #: Names of the body that may be left out.
    optional: tuple[str, ...] = ()
    #: Name to type of what the query may have.
    query: Mapping[str, Any] = field(default_factory=dict)
    #: Codes of refusals to expect beside those that every call knows, as HTTP statuses.
    refusals: tuple[int, ...] = ()


BY = {"by": str}
WINDOW = {"window": QuotaWindow}

OPERATIONS: Mapping[tuple[str, str], Operation] = MappingProxyType(
    {
        ("POST", "/v1/jobs"): Operation(
            body=ClipRequest, answer=Job, statuses=(200, 201), refusals=(400, 403, 413, 422, 429, 507)
        ),
        ("GET", "/v1/jobs/{job}"): Operation(answer=(Job, Place), refusals=(404,)),
        ("DELETE", "/v1/jobs/{job}"): Operation(answer=Job, refusals=(404,)),
        ("GET", "/v1/jobs/{job}/events"): Operation(media="text/event-stream", refusals=(404, 422)),
        ("GET", "/v1/jobs/{job}/clip"): Operation(media="video/mp4", statuses=(200, 206), refusals=(404,)),
        ("GET", "/v1/jobs/{job}/thumbnail"): Operation(media="image/jpeg", refusals=(404,)),
        ("GET", "/v1/deliveries"): Operation(
            answer={"deliveries": tuple[Delivery, ...]},
            query={"platform": str, "state": DeliveryState},
            refusals=(422,),
        ),
        ("POST", "/v1/deliveries/{job}/done"): Operation(
            body={"error": str | None}, optional=("error",), statuses=(204,), refusals=(404, 422)
        ),
        ("GET", "/v1/history"): Operation(
            answer={"jobs": tuple[Job, ...]}, query={"user": str, "limit": int}, refusals=(422,)
        ),
        ("GET", "/v1/health"): Operation(answer=Health),
        ("POST", "/v1/tools/{name}"): Operation(body={}, answer={}, refusals=(422, 503)),
        ("GET", "/v1/quotas"): Operation(
            answer={
                "defaults": QuotaSettings,
                "rules": tuple[QuotaRule, ...],
                "blocks": tuple[QuotaBlock, ...],
            }
        ),
        ("PUT", "/v1/quotas/rules/{scope}/{subject}"): Operation(
            body={"seconds": float | None, **WINDOW, "shared": bool, **BY},
            optional=("window", "shared", "by"),
            answer=QuotaRule,
            refusals=(422,),
        ),
        ("DELETE", "/v1/quotas/rules/{scope}/{subject}"): Operation(
            query={**WINDOW, "shared": bool, **BY}, answer={"removed": bool}, refusals=(422,)
        ),
        ("GET", "/v1/quotas/users/{user}"): Operation(
            query={"place": str, "role": tuple[str, ...]}, answer=QuotaStanding, refusals=(422,)
        ),
        ("POST", "/v1/quotas/users/{user}/grants"): Operation(
            body={"seconds": float, "key": str, **WINDOW, **BY},
            optional=("window", "by"),
            answer=QuotaStanding,
            refusals=(422,),
        ),
        ("POST", "/v1/quotas/users/{user}/resets"): Operation(
            body=BY, optional=("by",), answer=QuotaStanding, refusals=(422,)
        ),
        ("PUT", "/v1/quotas/users/{user}/block"): Operation(
            body={"reason": str, "days": float | None, **BY},
            optional=("reason", "days", "by"),
            answer=QuotaStanding,
            refusals=(422,),
        ),
        ("DELETE", "/v1/quotas/users/{user}/block"): Operation(
            query=BY, answer=QuotaStanding, refusals=(422,)
        ),
        ("GET", "/v1/quotas/audit"): Operation(
            query={"limit": int}, answer={"audit": tuple[AuditEntry, ...]}, refusals=(422,)
        ),
        ("GET", "/v1/metrics"): Operation(media="text/plain"),
        ("GET", "/v1/openapi.json"): Operation(answer={}),
    }
)
