from __future__ import annotations

from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from yarl import URL

from engine.api.auth import needed_scopes
from engine.contract.job import Job
from engine.contract.quota import AuditEntry, QuotaRule, QuotaStanding
from engine.contract.wire import from_json
from engine.tokens import ALL_SCOPES, TokenScope
from tests.fakes.http_engine import ADMIN, METRICS, HttpEngine

AS_ADMIN = {"Authorization": f"Bearer {ADMIN}"}
ANN = "/v1/quotas/users/fake:7"


async def call(
    client: TestClient, method: str, path: str, body: Any = None, **query: Any
) -> tuple[int, dict[str, Any]]:
    """Make a call as the admin; return status and answer."""
    sent = {} if body is None else {"json": body}
    answer = await client.request(method, path, headers=AS_ADMIN, params=query, **sent)
    return answer.status, await answer.json()


async def test_a_rule_is_set_shown_and_removed(client: TestClient) -> None:
    rule = {"window": "month", "seconds": 90, "shared": True, "by": "ann"}
    status, answer = await call(client, "PUT", "/v1/quotas/rules/place/fake:-100", rule)
    assert (status, from_json(QuotaRule, answer).seconds) == (200, 90.0)
    _, book = await call(client, "GET", "/v1/quotas")
    assert (book["rules"], book["blocks"]) == ([answer], [])
    assert book["defaults"]["seconds_per_day"] == 300.0
    query = {"window": "month", "shared": "true", "by": "ann"}
    for removed in (True, False):
        answered = await call(client, "DELETE", "/v1/quotas/rules/place/fake:-100", **query)
        assert answered == (200, {"removed": removed})
    _, record = await call(client, "GET", "/v1/quotas/audit", limit="1")
    (entry,) = (from_json(AuditEntry, item) for item in record["audit"])
    assert (entry.id, entry.by, entry.action, entry.subject) == (2, "ann", "unset", "place fake:-100")


async def test_a_rule_for_everybody_without_a_limit(client: TestClient) -> None:
    status, answer = await call(client, "PUT", "/v1/quotas/rules/everybody/-", {"seconds": None})
    assert status == 200
    assert answer == {
        "scope": "everybody",
        "subject": "-",
        "window": "day",
        "seconds": None,
        "shared": False,
    }


async def test_the_bot_asks_how_a_user_stands(client: TestClient) -> None:
    await call(client, "PUT", "/v1/quotas/rules/role/fake:vip", {"seconds": 900})
    answer = await client.get(f"{ANN}?place=guild&role=fan&role=vip")
    standing = from_json(QuotaStanding, await answer.json())
    assert (standing.user, standing.limits[0].limit_s) == ("fake:7", 900.0)
    plain = from_json(QuotaStanding, await (await client.get(ANN)).json())
    assert plain.limits[0].limit_s == 300.0


async def test_grant_reset_block_and_unblock_answer_with_the_standing(client: TestClient) -> None:
    grant = {"seconds": 60, "key": "once", "by": "ann"}
    for _ in range(2):
        status, answer = await call(client, "POST", f"{ANN}/grants", grant)
        assert (status, answer["limits"][0]["granted_s"]) == (200, 60.0)
    status, answer = await call(client, "POST", f"{ANN}/resets", {})
    assert (status, answer["limits"][0]["used_s"]) == (200, 0.0)
    status, answer = await call(client, "PUT", f"{ANN}/block", {"reason": "Spam.", "days": 7})
    assert (status, answer["block"]["reason"], answer["block"]["by"]) == (200, "Spam.", "admin")
    _, book = await call(client, "GET", "/v1/quotas")
    assert [item["user"] for item in book["blocks"]] == ["fake:7"]
    status, answer = await call(client, "DELETE", f"{ANN}/block", by="ann")
    assert (status, answer["block"]) == (200, None)


async def test_a_user_s_name_may_have_any_characters(client: TestClient) -> None:
    path = URL("/v1/quotas/users/matrix:%40a%2Fb%3Aexample.org/block", encoded=True)
    status, answer = await call(client, "PUT", path, {"reason": "", "days": None})  # type: ignore[arg-type]
    assert (status, answer["user"]) == (200, "matrix:@a/b:example.org")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/v1/quotas/rules/guild/fake:7", {"seconds": 1}),
        ("PUT", "/v1/quotas/rules/user/7", {"seconds": 1}),
        ("PUT", "/v1/quotas/rules/user/fake:7", {}),
        ("PUT", "/v1/quotas/rules/user/fake:7", {"seconds": True}),
        ("PUT", "/v1/quotas/rules/user/fake:7", {"seconds": "90"}),
        ("PUT", "/v1/quotas/rules/user/fake:7", {"seconds": -1}),
        ("PUT", "/v1/quotas/rules/user/fake:7", {"seconds": 10**400}),
        ("PUT", "/v1/quotas/rules/user/fake:7", {"seconds": 1, "window": "week"}),
        ("PUT", "/v1/quotas/rules/user/fake:7", {"seconds": 1, "window": ["day"]}),
        ("PUT", "/v1/quotas/rules/user/fake:7", {"seconds": 1, "shared": "yes"}),
        ("PUT", "/v1/quotas/rules/user/fake:7", {"seconds": 1, "shared": True}),
        ("PUT", "/v1/quotas/rules/user/fake:7", {"seconds": 1, "by": 5}),
        ("DELETE", "/v1/quotas/rules/place/fake:7?shared=maybe", None),
        ("POST", f"{ANN}/grants", {"seconds": 5}),
        ("POST", f"{ANN}/grants", {"seconds": 0, "key": "k"}),
        ("PUT", f"{ANN}/block", {"days": "many"}),
        ("PUT", f"{ANN}/block", {"reason": 5}),
        ("GET", "/v1/quotas/audit?limit=0", None),
        ("GET", "/v1/quotas/audit?limit=many", None),
        ("GET", "/v1/quotas/users/7", None),
    ],
)
async def test_what_makes_no_sense_is_refused(client: TestClient, method: str, path: str, body: Any) -> None:
    status, answer = await call(client, method, path, body)
    assert (status, answer["error"]["code"]) == (422, "invalid_option")
    _, record = await call(client, "GET", "/v1/quotas/audit")
    assert record == {"audit": []}


async def test_each_token_opens_its_own_part(client: TestClient, engine: HttpEngine) -> None:
    tokens = {TokenScope.BOT: engine.token, TokenScope.ADMIN: ADMIN, TokenScope.METRICS: METRICS}
    routes = [route for route in client.app.router.routes() if route.resource is not None]
    assert len(routes) > 15
    for route in routes:
        assert route.resource is not None
        path = route.resource.canonical
        url = path.format(job="x", user="fake:1", scope="user", subject="fake:1", name="x")
        for scope, token in tokens.items():
            answer = await client.request(route.method, url, headers={"Authorization": f"Bearer {token}"})
            needed = needed_scopes(route.method, path)
            opens = bool(needed & (ALL_SCOPES if scope is TokenScope.ADMIN else {scope}))
            assert (answer.status == 403) == (not opens), (route.method, path, scope)


def test_changes_need_the_admin() -> None:
    admin = frozenset({TokenScope.ADMIN})
    for method, path in (
        ("GET", "/v1/quotas"),
        ("PUT", "/v1/quotas/rules/{scope}/{subject}"),
        ("POST", "/v1/quotas/users/{user}/grants"),
        ("DELETE", "/v1/quotas/users/{user}/block"),
        ("GET", "/v1/quotas/audit"),
    ):
        assert needed_scopes(method, path) == admin
    assert needed_scopes("GET", "/v1/quotas/users/{user}") == {TokenScope.BOT}
    assert needed_scopes("POST", "/v1/jobs") == {TokenScope.BOT}
    assert needed_scopes("GET", "/v1/metrics") == {TokenScope.METRICS}
    assert needed_scopes("GET", "/v1/health") == ALL_SCOPES


async def test_a_waiting_job_tells_its_turn(client: TestClient, engine: HttpEngine) -> None:
    done = await engine.done_job()
    first, second = await engine.submit("2"), await engine.submit("3")
    answer = await (await client.get(f"/v1/jobs/{second.id}")).json()
    assert answer["position"] == 2
    assert 0 < answer["wait_seconds_low"] <= answer["wait_seconds_high"]
    assert from_json(Job, answer).id == second.id
    assert (await (await client.get(f"/v1/jobs/{first.id}")).json())["position"] == 1
    assert "position" not in await (await client.get(f"/v1/jobs/{done}")).json()


async def test_the_history_of_a_user(client: TestClient, engine: HttpEngine) -> None:
    first, second = await engine.submit("1"), await engine.submit("2")
    answer = await (await client.get("/v1/history?user=fake:7")).json()
    assert [from_json(Job, item).id for item in answer["jobs"]] == [second.id, first.id]
    answer = await (await client.get("/v1/history?user=fake:7&limit=1")).json()
    assert [item["id"] for item in answer["jobs"]] == [second.id]
    for query in ("", "?user=", "?user=fake:7&limit=501", "?user=fake:7&limit=-1", "?user=fake:7&limit=²"):
        assert (await client.get(f"/v1/history{query}")).status == 422
