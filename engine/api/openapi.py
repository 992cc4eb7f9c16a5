"""The document that describes the API to other programs, in the notation of OpenAPI 3.1."""

from __future__ import annotations

import importlib.metadata
import re
import typing
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from aiohttp import web

from engine.api.auth import needed_scopes
from engine.api.bodies import answer_json
from engine.api.operations import OPERATIONS, Operation
from engine.api.schema import Schema, Schemas
from engine.contract.errors import error_classes
from engine.contract.events import AnyJobEvent

document_routes = web.RouteTableDef()
_ERROR = {"$ref": "#/components/responses/Error"}


@document_routes.get("/v1/openapi.json")
async def openapi(request: web.Request) -> web.Response:
    """Send this document."""
    return answer_json(document(request.app))


def document(app: web.Application) -> dict[str, Any]:
    """Return the description of the routes that ``app`` has."""
    schemas = Schemas()
    paths: dict[str, dict[str, Any]] = {}
    for route in app.router.routes():
        if route.resource is None or route.method == "HEAD":
            continue
        path = route.resource.canonical
        paths.setdefault(path, {})[route.method.lower()] = _operation(route, path, schemas)
    for cls in typing.get_args(AnyJobEvent):
        schemas.event(cls)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "textreel engine",
            "version": importlib.metadata.version("textreel"),
            "description": "Clips from texts: jobs, their events, deliveries and quotas.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas.named,
            "responses": {"Error": _json_answer(_error_schema(), "Refused or failed; the code says why.")},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(route: web.AbstractRoute, path: str, schemas: Schemas) -> dict[str, Any]:
    facts = OPERATIONS[route.method, path]
    handler = route.handler
    told: dict[str, Any] = {
        "operationId": handler.__name__,
        "summary": (handler.__doc__ or "").strip().splitlines()[0],
        "security": [{"token": [str(scope)]} for scope in sorted(needed_scopes(route.method, path))],
        "parameters": [*_path_parameters(path), *_query_parameters(facts.query, schemas)],
        "responses": {
            **{str(status): _answer(facts, status, schemas) for status in facts.statuses},
            **{str(status): _ERROR for status in (401, 403, *facts.refusals)},
            "default": _ERROR,
        },
    }
    if path.endswith("/events"):
        told["parameters"].append(_parameter("Last-Event-ID", "header", {"type": "integer", "minimum": 0}))
    if facts.body is not None:
        body = _schema(facts.body, schemas, optional=facts.optional)
        is_needed = bool(body.get("required")) or "$ref" in body
        told["requestBody"] = {"required": is_needed, "content": {"application/json": {"schema": body}}}
    return told


def _answer(facts: Operation, status: int, schemas: Schemas) -> dict[str, Any]:
    said = HTTPStatus(status).phrase
    if facts.media is not None:
        return {"description": said, "content": {facts.media: {"schema": {"type": "string"}}}}
    return (
        {"description": said} if facts.answer is None else _json_answer(_schema(facts.answer, schemas), said)
    )


def _schema(kind: Any, schemas: Schemas, *, optional: Iterable[str] = ()) -> Schema:
    """Return the schema of a contract value, of an object given by names, or of several values in one object.

    Of several values the first is always there and the others may be.
    """
    if isinstance(kind, Mapping):
        made = {"type": "object", "properties": {name: schemas.of(item) for name, item in kind.items()}}
        return {**made, "required": [name for name in kind if name not in optional]}
    if isinstance(kind, tuple):
        return {"anyOf": [{"allOf": [schemas.of(item) for item in kind]}, schemas.of(kind[0])]}
    return schemas.of(kind)


def _json_answer(schema: Schema, description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _error_schema() -> Schema:
    error = {
        "type": "object",
        "properties": {
            "code": {"type": "string", "enum": [*(cls.code for cls in error_classes()), "http_error"]},
            "message": {"type": "string"},
            "retryable": {"type": "boolean"},
            "resets_at": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
        },
        "required": ["code", "message", "retryable"],
    }
    return {"type": "object", "properties": {"error": error}, "required": ["error"]}


def _path_parameters(path: str) -> list[dict[str, Any]]:
    return [
        {**_parameter(name, "path", {"type": "string"}), "required": True}
        for name in re.findall(r"{(\w+)}", path)
    ]


def _query_parameters(query: Mapping[str, Any], schemas: Schemas) -> list[dict[str, Any]]:
    return [_parameter(name, "query", schemas.of(kind)) for name, kind in query.items()]


def _parameter(name: str, where: str, schema: Schema) -> dict[str, Any]:
    return {"name": name, "in": where, "schema": schema}
