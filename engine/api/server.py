"""The engine's HTTP application."""

from __future__ import annotations

from aiohttp import web

from engine.api.auth import require_token
from engine.api.errors import tell_errors
from engine.api.keys import ARTIFACTS, SERVICE
from engine.api.metrics import metric_routes
from engine.api.openapi import document_routes
from engine.api.quota_routes import quota_routes
from engine.api.routes import routes
from engine.artifacts import Artifacts
from engine.service import Service
from engine.tokens import Tokens

#: Largest body that is read, in bytes: a text of 5,000 characters in any notation with room to spare.
MAX_BODY_BYTES = 256 * 1024


def create_app(service: Service, artifacts: Artifacts, *, tokens: Tokens) -> web.Application:
    """Return the application; without ``tokens`` it must listen on loopback alone."""
    app = web.Application(middlewares=[tell_errors, require_token(tokens)], client_max_size=MAX_BODY_BYTES)
    app[SERVICE] = service
    app[ARTIFACTS] = artifacts
    app.add_routes(routes)
    app.add_routes(quota_routes)
    app.add_routes(metric_routes)
    app.add_routes(document_routes)
    return app
