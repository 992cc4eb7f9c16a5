"""The document says what the API does: its routes, and the shapes of real answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from engine.api.openapi import document
from engine.api.operations import OPERATIONS
from engine.api.schema import Schemas
from engine.contract.errors import error_classes
from tests.fakes.http_engine import ADMIN, HttpEngine, request_body
from tests.fakes.schema import mismatches

AS_ADMIN = {"Authorization": f"Bearer {ADMIN}"}
RULE = "/v1/quotas/rules/user/fake:7"
ANN = "/v1/quotas/users/fake:7"
#: Method, route, path and body of calls that show each shape; DONE and WAITING stand for ids of jobs.
CALLS: tuple[tuple[str, str, str, Any], ...] = (
    ("POST", "/v1/jobs", "/v1/jobs", request_body(idempotency_key="3")),
    ("POST", "/v1/jobs", "/v1/jobs", request_body(text=" ")),
    ("GET", "/v1/jobs/{job}", "/v1/jobs/DONE", None),
    ("GET", "/v1/jobs/{job}", "/v1/jobs/WAITING", None),
    ("GET", "/v1/jobs/{job}", "/v1/jobs/nobody", None),
    ("DELETE", "/v1/jobs/{job}", "/v1/jobs/WAITING", None),
    ("GET", "/v1/deliveries", "/v1/deliveries?state=pending", None),
    ("GET", "/v1/history", "/v1/history?user=fake:7", None),
    ("GET", "/v1/health", "/v1/health", None),
    ("POST", "/v1/tools/{name}", "/v1/tools/understand", {"text": "A fox."}),
    ("PUT", "/v1/quotas/rules/{scope}/{subject}", RULE, {"seconds": None}),
    ("POST", "/v1/quotas/users/{user}/grants", f"{ANN}/grants", {"seconds": 5, "key": "k"}),
    ("POST", "/v1/quotas/users/{user}/resets", f"{ANN}/resets", {}),
    ("PUT", "/v1/quotas/users/{user}/block", f"{ANN}/block", {"reason": "Spam."}),
    ("GET", "/v1/quotas/users/{user}", ANN, None),
    ("GET", "/v1/quotas", "/v1/quotas", None),
    ("GET", "/v1/quotas/audit", "/v1/quotas/audit", None),
    ("DELETE", "/v1/quotas/users/{user}/block", f"{ANN}/block", None),
    ("DELETE", "/v1/quotas/rules/{scope}/{subject}", RULE, None),
    ("GET", "/v1/openapi.json", "/v1/openapi.json", None),
)


async def read(client: TestClient) -> dict[str, Any]:
    answer = await client.get("/v1/openapi.json")
    assert answer.status == 200
    found: dict[str, Any] = await answer.json()
    return found


def references(part: Any) -> Iterator[str]:
    """Yield what a part of the document refers to."""
    if isinstance(part, dict):
        yield from ([part["$ref"]] if "$ref" in part else [])
        for item in part.values():
            yield from references(item)
    elif isinstance(part, list):
        for item in part:
            yield from references(item)


async def test_the_document_has_the_routes_and_no_others(client: TestClient, engine: HttpEngine) -> None:
    told = await read(client)
    routes = {
        (route.method, route.resource.canonical)
        for route in engine.app().router.routes()
        if route.resource is not None and route.method != "HEAD"
    }
    assert {(method.upper(), path) for path, item in told["paths"].items() for method in item} == routes
    assert set(OPERATIONS) == routes


async def test_every_call_is_explained_and_every_reference_leads_somewhere(client: TestClient) -> None:
    told = await read(client)
    for path, item in told["paths"].items():
        for call in item.values():
            assert call["summary"].rstrip(":.")
            assert call["security"]
            named = {part["name"] for part in call["parameters"] if part["in"] == "path"}
            assert named == set(re.findall(r"{(\w+)}", path))
    for reference in references(told):
        part: Any = told
        for name in reference.removeprefix("#/").split("/"):
            part = part[name]
    ids = [call["operationId"] for item in told["paths"].values() for call in item.values()]
    assert len(ids) == len(set(ids))
    codes = told["components"]["responses"]["Error"]["content"]["application/json"]["schema"]
    assert {cls.code for cls in error_classes()} < set(
        codes["properties"]["error"]["properties"]["code"]["enum"]
    )


def test_no_call_is_told_that_is_not_there(engine: HttpEngine) -> None:
    app = engine.app()
    told = document(app)
    assert json.loads(json.dumps(told)) == told


async def test_real_answers_have_the_shape_that_is_told(client: TestClient, engine: HttpEngine) -> None:
    told = await read(client)
    done = await engine.done_job()
    waiting = (await engine.submit("2")).id
    await engine.executor.start()
    for method, path, asked, body in CALLS:
        sent = {} if body is None else {"json": body}
        url = asked.replace("DONE", done).replace("WAITING", waiting)
        answer = await client.request(method, url, headers=AS_ADMIN, **sent)
        call = told["paths"][path][method.lower()]
        shape = call["responses"][str(answer.status)]
        if "$ref" in shape:
            shape = told["components"]["responses"]["Error"]
        schema = shape["content"]["application/json"]["schema"]
        assert mismatches(await answer.json(), schema, told) == [], (method, url)
        if body is not None and answer.status < 300:
            taken = call["requestBody"]["content"]["application/json"]["schema"]
            assert mismatches(body, taken, told) == []


async def test_real_events_have_the_shape_that_is_told(client: TestClient, engine: HttpEngine) -> None:
    told = await read(client)
    job = await engine.done_job()
    text = await (await client.get(f"/v1/jobs/{job}/events")).text()
    events = [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: ")]
    assert len(events) >= 2
    for event in events:
        assert mismatches(event, told["components"]["schemas"][event["type"]], told) == []


def test_the_checker_of_these_tests_sees_what_is_wrong() -> None:
    schemas = Schemas()
    schema = schemas.of(_Sample)
    told = {"components": {"schemas": schemas.named}}
    right = {"name": "a", "at": "2026-05-04T12:00:00+00:00", "size": None, "parts": [1]}
    assert mismatches(right, schema, told) == []
    for key, value in (("name", 5), ("at", "noon"), ("size", "x"), ("parts", ["x"]), ("parts", 1)):
        assert mismatches({**right, key: value}, schema, told) != []
    assert mismatches({"name": "a"}, schema, told) != []
    with pytest.raises(TypeError):
        schemas.of(object)


@dataclass(frozen=True, kw_only=True)
class _Sample:
    """A value with a bit of everything."""

    name: str
    at: datetime
    size: float | None
    parts: tuple[int, ...]
    more: bool = False
