"""What the handlers find in the application."""

from __future__ import annotations

from aiohttp import web

from engine.artifacts import Artifacts
from engine.service import Service

SERVICE: web.AppKey[Service] = web.AppKey("service", Service)
ARTIFACTS: web.AppKey[Artifacts] = web.AppKey("artifacts", Artifacts)
