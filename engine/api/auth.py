"""Who may call: everybody with the token, or everybody on this machine when there is none."""

from __future__ import annotations

import hmac

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from engine.contract.errors import Unauthorized
from engine.settings import LOOPBACK_HOSTS


def require_token(token: str | None) -> Middleware:
    """Return a middleware that lets only requests with ``Authorization: Bearer <token>`` through.

    Without a token every program of this machine passes (the engine then listens on loopback alone), but no
    web page: a browser tells where a page came from, and a name that was bent to loopback is not its own.
    """
    expected = None if token is None else f"Bearer {token}".encode()

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        if expected is not None and not hmac.compare_digest(given, expected):
            raise Unauthorized
        if expected is None and ("Origin" in request.headers or request.url.host not in LOOPBACK_HOSTS):
            raise Unauthorized("Web pages may not call an engine without a token.")
        return await handler(request)

    return check
