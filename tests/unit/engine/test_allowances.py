from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.allowances import UNNAMED, Allowances
from engine.contract.errors import InvalidOption
from engine.contract.quota import QuotaRule, QuotaScope, QuotaWindow
from engine.contract.request import Requester
from tests.fakes import engine_parts
from tests.fakes.memory_store import InMemoryStore
from tests.fakes.values import NOON

ANN = Requester(platform="fake", user_id="7")
DAY, MONTH = QuotaWindow.DAY, QuotaWindow.MONTH
RULE = QuotaRule(scope=QuotaScope.USER, subject="fake:7", window=DAY, seconds=40.0)


@pytest.fixture
def clock() -> engine_parts.Clock:
    return engine_parts.Clock()


@pytest.fixture
def allowances(tmp_path: Path, clock: engine_parts.Clock) -> Allowances:
    quota = replace(engine_parts.settings(tmp_path).quota, seconds_per_day=100.0)
    return Allowances(InMemoryStore().quotas, settings=quota, clock=clock)


async def test_a_rule_changes_what_a_user_may_have(allowances: Allowances) -> None:
    await allowances.set_rule(RULE, by="ann")
    (day, month) = (await allowances.standing(ANN)).limits
    assert (day.limit_s, day.scope, month.limit_s) == (40.0, QuotaScope.USER, None)
    assert await allowances.rules() == (RULE,)
    assert await allowances.drop_rule(RULE, by="ann")
    assert (await allowances.standing(ANN)).limits[0].limit_s == 100.0
    with pytest.raises(InvalidOption):
        await allowances.set_rule(replace(RULE, subject="seven"), by="ann")


async def test_a_grant_adds_to_the_window_that_runs(
    allowances: Allowances, clock: engine_parts.Clock
) -> None:
    for _ in range(2):  # a call that is repeated because its answer was lost
        standing = await allowances.grant("fake:7", 30.0, window=DAY, key="k", by="ann")
    assert (standing.limits[0].granted_s, standing.limits[0].left_s) == (30.0, 130.0)
    clock.forward(86_400)
    assert (await allowances.standing(ANN)).limits[0].granted_s == 0.0
    await allowances.grant("fake:7", 5.0, window=MONTH, key="m", by="ann")
    assert (await allowances.standing(ANN)).limits[1].granted_s == 5.0


async def test_a_block_runs_out(allowances: Allowances, clock: engine_parts.Clock) -> None:
    standing = await allowances.block("fake:7", reason=" Spam. ", days=2.0, by="ann")
    assert standing.block is not None
    assert standing.block.reason == "Spam."
    assert len(await allowances.blocks()) == 1
    clock.forward(2 * 86_400)
    assert await allowances.blocks() == ()
    assert (await allowances.standing(ANN)).block is None
    assert (await allowances.block("fake:7", reason="", days=None, by="ann")).block is not None
    assert (await allowances.unblock("fake:7", by="ann")).block is None
    assert (await allowances.unblock("fake:7", by="ann")).block is None


async def test_moments_are_told_in_the_server_s_time_zone(tmp_path: Path) -> None:
    shanghai = engine_parts.Clock(NOON.astimezone(ZoneInfo("Asia/Shanghai")))
    allowances = Allowances(
        InMemoryStore().quotas, settings=engine_parts.settings(tmp_path).quota, clock=shanghai
    )
    standing = await allowances.block("fake:7", reason="", days=1.0, by="ann")
    (block,) = await allowances.blocks()
    (entry,) = await allowances.audit(limit=9)
    for moment in (standing.block and standing.block.until, block.until, entry.at):
        assert moment is not None
        assert (moment.hour, moment.utcoffset()) == (20, timedelta(hours=8))


async def test_every_change_names_its_author_and_time(allowances: Allowances) -> None:
    await allowances.reset("fake:7", by="ann")
    await allowances.set_rule(RULE, by=" ")
    newest, oldest = await allowances.audit(limit=9)
    assert (oldest.by, newest.by) == ("ann", UNNAMED)
    assert timedelta() < newest.at - NOON < timedelta(seconds=1)


@pytest.mark.parametrize("seconds", [0.0, -1.0, 1e12, float("nan")])
async def test_a_grant_of_a_strange_amount(allowances: Allowances, seconds: float) -> None:
    with pytest.raises(InvalidOption, match="seconds"):
        await allowances.grant("fake:7", seconds, window=DAY, key="k", by="")


@pytest.mark.parametrize("key", ["", "k" * 201])
async def test_a_grant_without_a_key(allowances: Allowances, key: str) -> None:
    with pytest.raises(InvalidOption, match="key"):
        await allowances.grant("fake:7", 1.0, window=DAY, key=key, by="")


@pytest.mark.parametrize("days", [0.0, -1.0, 1e9, float("inf")])
async def test_a_block_of_a_strange_length(allowances: Allowances, days: float) -> None:
    with pytest.raises(InvalidOption, match="days"):
        await allowances.block("fake:7", reason="", days=days, by="")


@pytest.mark.parametrize(
    ("reason", "by"), [("two\nlines", ""), ("x" * 501, ""), ("", "a\nb"), ("", "x" * 201)]
)
async def test_texts_are_one_short_line(allowances: Allowances, reason: str, by: str) -> None:
    with pytest.raises(InvalidOption, match="one line"):
        await allowances.block("fake:7", reason=reason, days=None, by=by)


async def test_a_user_must_be_named_in_full(allowances: Allowances) -> None:
    for call in (
        allowances.grant("7", 1.0, window=DAY, key="k", by=""),
        allowances.reset("7", by=""),
        allowances.block("7", reason="", days=None, by=""),
        allowances.unblock("7", by=""),
    ):
        with pytest.raises(InvalidOption, match="platform:id"):
            await call
    assert await allowances.audit(limit=9) == ()
