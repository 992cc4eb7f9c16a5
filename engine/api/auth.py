"""Who may call what: a token opens its scopes; without any, every program of this machine may do all."""

from __future__ import annotations

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from engine.contract.errors import Forbidden, Unauthorized
from engine.settings import LOOPBACK_HOSTS
from engine.tokens import ALL_SCOPES, Tokens, TokenScope

_PREFIX = b"Bearer "
#: Paths that every valid token opens.
_FOR_ALL = frozenset({"/v1/health", "/v1/openapi.json"})
_STANDING = "/v1/quotas/users/{user}"


def require_token(tokens: Tokens) -> Middleware:
    """Return a middleware that lets only requests with ``Authorization: Bearer <token>`` through.

    Without a token every program of this machine passes (the engine then listens on loopback alone), but no
    web page: a browser tells where a page came from, and a name that was bent to loopback is not its own.
    """

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        if tokens.is_open:
            if "Origin" in request.headers or request.url.host not in LOOPBACK_HOSTS:
                raise Unauthorized("Web pages may not call an engine without a token.")
            return await handler(request)
        given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        opened = tokens.scopes(given.removeprefix(_PREFIX)) if given.startswith(_PREFIX) else frozenset()
        if not opened:
            raise Unauthorized
        if not opened & _needed(request):
            raise Forbidden
        return await handler(request)

    return check


def needed_scopes(method: str, path: str) -> frozenset[TokenScope]:
    """Return the scopes of which one opens a route, by its pattern such as "/v1/jobs/{job}"."""
    if path in _FOR_ALL:
        return ALL_SCOPES
    if path == "/v1/metrics":
        return frozenset({TokenScope.METRICS})
    if path.startswith("/v1/quotas") and not (path == _STANDING and method in ("GET", "HEAD")):
        return frozenset({TokenScope.ADMIN})
    return frozenset({TokenScope.BOT})


def _needed(request: web.Request) -> frozenset[TokenScope]:
    resource = request.match_info.route.resource
    if resource is None:  # no such path: the answer tells nothing
        return ALL_SCOPES
    return needed_scopes(request.method, resource.canonical)
