"""Errors of the contract as HTTP answers: ``{"error": {"code", "message", "retryable", ...}}``."""

from __future__ import annotations

import logging
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from engine.contract import errors

#: Status of an error class and of those below it; the nearest one counts.
STATUSES: dict[type[errors.TextreelError], int] = {
    errors.TextreelError: 500,
    errors.RequestError: 422,
    errors.PromptTooLong: 413,
    errors.Blocked: 403,
    errors.QuotaExceeded: 429,
    errors.EngineUnavailable: 503,
    errors.Unauthorized: 401,
    errors.Forbidden: 403,
    errors.IncompatibleVersion: 400,
    errors.QueueFull: 429,
    errors.JobNotFound: 404,
    errors.IllegalTransition: 409,
    errors.StorageFull: 507,
    errors.Cancelled: 409,
}
#: What a caller is told to wait when the queue is full, in seconds.
RETRY_SECONDS = 30

_log = logging.getLogger(__name__)


def status_of(error: errors.TextreelError) -> int:
    """Return the HTTP status of an error."""
    return next(STATUSES[cls] for cls in type(error).__mro__ if cls in STATUSES)


def answer(error: errors.TextreelError) -> web.Response:
    """Return the HTTP answer that tells an error."""
    body: dict[str, Any] = {"code": error.code, "message": error.message, "retryable": error.retryable}
    headers = {}
    if isinstance(error, errors.QuotaExceeded):
        body["resets_at"] = None if error.resets_at is None else error.resets_at.isoformat()
    if isinstance(error, errors.QueueFull):
        headers["Retry-After"] = str(RETRY_SECONDS)
    if isinstance(error, errors.Unauthorized):
        headers["WWW-Authenticate"] = "Bearer"
    return web.json_response({"error": body}, status=status_of(error), headers=headers)


@web.middleware
async def tell_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn whatever a handler raises into an answer with a code; the unforeseen goes to the log."""
    try:
        return await handler(request)
    except errors.TextreelError as error:
        return answer(error)
    except web.HTTPRequestEntityTooLarge:
        return answer(errors.PromptTooLong())
    except web.HTTPException as error:
        body = {"code": "http_error", "message": f"{error.status} {error.reason}", "retryable": False}
        return web.json_response({"error": body}, status=error.status, headers=_kept(error))
    except Exception:  # noqa: BLE001 - the last line of defence: a caller gets an answer with a code
        _log.exception("%s %s failed", request.method, request.path)
        return answer(errors.EngineError("The engine failed in an unforeseen way; its log has the details."))


def _kept(error: web.HTTPException) -> dict[str, str]:
    """Return the headers of an HTTP error that its JSON form needs as well."""
    return {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
