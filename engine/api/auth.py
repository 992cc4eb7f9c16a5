"""Who may call: everybody with the token, or everybody on this machine when there is none."""

from __future__ import annotations

import hmac

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from engine.contract.errors import Unauthorized


def require_token(token: str | None) -> Middleware:
    """Return a middleware that lets only requests with ``Authorization: Bearer <token>`` through.

    Without a token every caller passes; the engine then listens on loopback alone, and a web page that a
    browser shows on this machine is kept out, as it cannot send JSON elsewhere without asking first.
    """
    expected = None if token is None else f"Bearer {token}".encode()

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        if expected is not None and not hmac.compare_digest(given, expected):
            raise Unauthorized
        if expected is None and "Origin" in request.headers:
            raise Unauthorized("Web pages may not call an engine without a token.")
        return await handler(request)

    return check
