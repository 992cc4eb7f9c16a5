"""What a caller gets wrong is answered with a status, a code and a sentence, and never with a 500."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from engine.api.errors import STATUSES, status_of
from engine.artifacts import Artifacts
from engine.contract.errors import error_classes
from engine.contract.request import ClipOptions
from tests.fakes import engine_parts
from tests.fakes.http_engine import HttpEngine, request_body

JSON = {"Content-Type": "application/json"}


async def submit(engine: HttpEngine) -> tuple[int, dict[str, Any], Mapping[str, str]]:
    """Submit to an engine of the test's own; return status, error and headers."""
    async with TestClient(TestServer(engine.app())) as client:
        headers = {"Authorization": f"Bearer {engine.token}"}
        answer = await client.post("/v1/jobs", json=request_body(), headers=headers)
        return answer.status, (await answer.json())["error"], answer.headers


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer wrong", "Basic " + engine_parts.TOKEN, "Bearer tök\udcff"]
)
async def test_a_wrong_token_is_refused_everywhere(client: TestClient, authorization: str) -> None:
    for method, path in (("GET", "/v1/health"), ("POST", "/v1/jobs"), ("GET", "/nowhere")):
        answer = await client.request(method, path, headers={"Authorization": authorization})
        assert answer.status == 401
        assert (await answer.json())["error"]["code"] == "unauthorized"
        assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"text": "  "}, 422, "empty_prompt"),
        ({"text": "🎉"}, 422, "no_words"),
        ({"text": "字" * 5001}, 413, "prompt_too_long"),
        ({"options": ClipOptions(seconds=999.0)}, 422, "invalid_option"),
    ],
)
async def test_a_request_that_cannot_be_rendered(
    client: TestClient, changes: dict[str, object], status: int, code: str
) -> None:
    answer = await client.post("/v1/jobs", json=request_body(**changes))
    error = (await answer.json())["error"]
    assert (answer.status, error["code"], error["retryable"]) == (status, code, False)
    assert error["message"].endswith(".")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe",
        b'{"text": "\\ud800"}',
        b'{"seed": NaN}',
        b'{"a": ' * 100_000,
        b"[" * 100_000,
        b"9" * 5_000,
    ],
)
async def test_a_body_that_is_no_json_object(client: TestClient, body: bytes) -> None:
    answer = await client.post("/v1/jobs", data=body, headers=JSON)
    assert answer.status in (413, 422)
    assert (await answer.json())["error"]["code"] in ("invalid_option", "prompt_too_long")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": 5},
        {**request_body(), "text": None},
        {**request_body(), "seed": True},
        {**request_body(), "requester": "me"},
        {**request_body(), "options": {"aspect": "4:3"}},
        {**request_body(), "options": []},
    ],
)
async def test_a_body_of_another_shape(client: TestClient, body: object) -> None:
    answer = await client.post("/v1/jobs", json=body)
    assert (answer.status, (await answer.json())["error"]["code"]) == (400, "incompatible_version")


async def test_a_body_of_another_kind(client: TestClient) -> None:
    form = await client.post("/v1/jobs", data={"text": "A fox."})
    assert (form.status, (await form.json())["error"]["code"]) == (422, "invalid_option")


async def test_a_huge_body_is_a_text_that_is_too_long(client: TestClient) -> None:
    body = json.dumps(request_body(text="字" * 100_000)).encode()
    answer = await client.post("/v1/jobs", data=body, headers=JSON)
    assert (answer.status, (await answer.json())["error"]["code"]) == (413, "prompt_too_long")


async def test_a_used_up_quota_tells_when_it_resets(tmp_path: Path) -> None:
    quota = replace(engine_parts.settings(tmp_path).quota, seconds_per_day=10.0)
    engine = HttpEngine(tmp_path, quota=quota)
    await engine.submit("first")
    status, error, headers = await submit(engine)
    assert (status, error["code"], error["retryable"]) == (429, "quota_exceeded", True)
    assert error["resets_at"] == "2026-05-05T00:00:00+00:00"
    assert "Retry-After" not in headers


async def test_a_blocked_user_is_refused_and_told_why(client: TestClient, engine: HttpEngine) -> None:
    await engine.service.allowances.block("fake:7", reason="Spam", days=None, by="root")
    answer = await client.post("/v1/jobs", json=request_body())
    error = (await answer.json())["error"]
    assert (answer.status, error["code"], error["retryable"]) == (403, "blocked", False)
    assert error["message"] == "You may not make clips here. The reason: Spam."


async def test_a_full_queue_tells_when_to_try_again(tmp_path: Path) -> None:
    engine = HttpEngine(tmp_path, max_queued=1)
    await engine.submit("first")
    status, error, headers = await submit(engine)
    assert (status, error["code"], headers["Retry-After"]) == (429, "queue_full", "30")


async def test_a_full_disk_is_told(tmp_path: Path) -> None:
    engine = HttpEngine(tmp_path)
    full = Artifacts(tmp_path, min_free_bytes=1, probe=lambda _: 0)
    engine.service._check_space = full.check_space
    status, error, _ = await submit(engine)
    assert (status, error["code"]) == (507, "storage_full")


async def test_unknown_paths_and_methods_answer_in_json(client: TestClient) -> None:
    nowhere = await client.get("/v1/nowhere")
    assert (nowhere.status, (await nowhere.json())["error"]["code"]) == (404, "http_error")
    wrong = await client.put("/v1/jobs")
    assert (wrong.status, wrong.headers["Allow"]) == (405, "POST")


async def test_a_mistake_of_ours_is_logged_and_not_told(
    client: TestClient, engine: HttpEngine, caplog: pytest.LogCaptureFixture
) -> None:
    engine.store.count_queued = None  # type: ignore[assignment, method-assign]
    answer = await client.get("/v1/health")
    error = (await answer.json())["error"]
    assert (answer.status, error["code"]) == (500, "engine_error")
    assert "NoneType" not in error["message"]
    assert "NoneType" in caplog.text


def test_every_error_has_a_status() -> None:
    for cls in error_classes():
        assert 400 <= status_of(cls()) <= 599
    assert set(STATUSES) <= set(error_classes())
