"""Whatever is sent to the calls of the OpenAPI document: no answer is a 5xx, each has the shape told."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from yarl import URL

from engine.api.openapi import document
from engine.contract.quota import QuotaScope
from engine.service import TOOLS
from engine.store.sqlite import SqliteStore
from tests.fakes.http_engine import ADMIN, HttpEngine
from tests.fakes.schema import mismatches

SCALARS = (
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats(allow_nan=False, allow_infinity=False)
    | some.text(max_size=20)
    | some.sampled_from(("fake:7", "discord", "-", "day", "month", "user", "everybody", "2026-05-04"))
)
ANYTHING = some.recursive(
    SCALARS,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=9), inner, max_size=3),
)
WORDS = some.text(min_size=1, max_size=30) | some.sampled_from(
    ("fake:7", "discord", "-", "user", "role", "place", "platform", "everybody", "done", "..", "understand")
)
LIKELY = {
    "user": some.sampled_from(("fake:7", "other:8")),
    "scope": some.sampled_from([str(scope) for scope in QuotaScope]),
    "subject": some.sampled_from(("fake:7", "fake", "-")),
    "name": some.sampled_from(TOOLS),
    "job": some.just("nobody"),
}
#: Streams do not end by themselves; everything else is called.
NOT_CALLED = {"/v1/jobs/{job}/events"}


def of_schema(schema: Mapping[str, Any], told: Mapping[str, Any]) -> some.SearchStrategy[Any]:
    """Draw what fits a schema, and one time in twelve what does not."""
    fitting = some.deferred(lambda: _fitting(schema, told))
    return some.integers(0, 11).flatmap(lambda number: fitting if number else ANYTHING)


def _fitting(schema: Mapping[str, Any], told: Mapping[str, Any]) -> some.SearchStrategy[Any]:
    if "$ref" in schema:
        return _fitting(told["components"]["schemas"][schema["$ref"].rpartition("/")[2]], told)
    if "anyOf" in schema:
        return some.one_of(*(of_schema(option, told) for option in schema["anyOf"]))
    if "enum" in schema:
        return some.sampled_from(schema["enum"])
    if schema.get("type") == "object" and "properties" in schema:
        drawn = {name: of_schema(part, told) for name, part in schema["properties"].items()}
        needed = {name: drawn.pop(name) for name in schema["required"]}
        return some.fixed_dictionaries(needed, optional=drawn)
    if schema.get("type") == "array":
        return some.lists(of_schema(schema["items"], told), max_size=3)
    kinds = {
        "string": WORDS,
        "integer": some.integers(-5, 2**70),
        "number": some.floats(allow_nan=False, allow_infinity=False),
        "boolean": some.booleans(),
        "null": some.none(),
    }
    return kinds.get(schema.get("type", ""), ANYTHING)


@pytest.fixture
def shop() -> Iterator[tuple[asyncio.Runner, TestClient, HttpEngine]]:
    """An engine that lives as long as the test, and a client of it."""
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as loop:
        store = loop.run(SqliteStore.open(Path(folder) / "jobs.db"))
        engine = HttpEngine(Path(folder), store=store)
        loop.run(engine.executor.start())

        async def open_client() -> TestClient:
            client = TestClient(TestServer(engine.app()), headers={"Authorization": f"Bearer {ADMIN}"})
            await client.start_server()
            return client

        client = loop.run(open_client())
        yield loop, client, engine
        loop.run(client.close())
        loop.run(store.close())


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=some.data())
def test_no_call_finds_a_mistake_of_ours(
    shop: tuple[asyncio.Runner, TestClient, HttpEngine], data: some.DataObject
) -> None:
    loop, client, engine = shop
    told = document(engine.app())
    path = data.draw(some.sampled_from(sorted(set(told["paths"]) - NOT_CALLED)))
    method = data.draw(some.sampled_from(sorted(told["paths"][path])))
    call = told["paths"][path][method]
    url, query = path, []
    for part in call["parameters"]:
        if part["in"] == "path":
            word = data.draw(LIKELY[part["name"]] | WORDS.filter(lambda word: word not in (".", "..")))
            url = url.replace(f"{{{part['name']}}}", quote(word, safe=":"))
        elif part["in"] == "query" and data.draw(some.booleans()):
            query.append((part["name"], data.draw(WORDS)))
    sent: dict[str, Any] = {}
    if "requestBody" in call:
        schema = call["requestBody"]["content"]["application/json"]["schema"]
        sent["json"] = data.draw(of_schema(schema, told))

    async def make() -> tuple[int, str, Any]:
        address = URL(url, encoded=True).with_query(query)
        async with client.request(method, address, **sent) as answer:
            is_json = answer.content_type == "application/json"
            return answer.status, answer.content_type, await answer.json() if is_json else None

    status, _, body = loop.run(make())
    assert status < 500, (method, url, sent, body)
    shape = call["responses"].get(str(status), call["responses"]["default"])
    shape = told["components"]["responses"]["Error"] if "$ref" in shape else shape
    if body is not None:
        schema = shape["content"]["application/json"]["schema"]
        assert mismatches(body, schema, told) == [], (method, url)
