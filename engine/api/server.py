"""The engine's HTTP application."""

from __future__ import annotations

from aiohttp import web

from engine.api.auth import require_token
from engine.api.errors import tell_errors
from engine.api.routes import ARTIFACTS, SERVICE, routes
from engine.artifacts import Artifacts
from engine.service import Service

#: Largest body that is read, in bytes: a text of 5,000 characters in any notation with room to spare.
MAX_BODY_BYTES = 256 * 1024


def create_app(service: Service, artifacts: Artifacts, *, token: str | None) -> web.Application:
    """Return the application; without a ``token`` it must listen on loopback alone."""
    app = web.Application(middlewares=[tell_errors, require_token(token)], client_max_size=MAX_BODY_BYTES)
    app[SERVICE] = service
    app[ARTIFACTS] = artifacts
    app.add_routes(routes)
    return app
