from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.contract.request import ClipOptions, Requester
from engine.quota import Denied, Granted, Standing, day_of, decide, estimate_seconds, next_day
from engine.settings import QuotaSettings, load_settings
from tests.fakes import values

RULES = QuotaSettings(seconds_per_day=100.0, max_waiting=2, free_platforms=("console",))
CLIP = load_settings().clip
EVENING = datetime(2026, 5, 4, 23, 30, tzinfo=timezone(timedelta(hours=8)))


def standing(*, used: float = 0.0, waiting: int = 0) -> Standing:
    return Standing(used_seconds=used, waiting=waiting, queued=waiting)


def test_what_fits_is_granted() -> None:
    verdict = decide(values.request(), standing(used=80.0), RULES, seconds=20.0, now=EVENING)
    assert verdict == Granted(seconds=20.0)


def test_what_does_not_fit_is_denied_until_midnight() -> None:
    verdict = decide(values.request(), standing(used=80.0), RULES, seconds=20.5, now=EVENING)
    assert isinstance(verdict, Denied)
    assert "20 s of today's 100 s are left" in verdict.reason
    assert verdict.resets_at == datetime(2026, 5, 5, tzinfo=EVENING.tzinfo)


def test_too_many_waiting_clips_are_denied() -> None:
    verdict = decide(values.request(), standing(waiting=2), RULES, seconds=1.0, now=EVENING)
    assert verdict == Denied(
        reason="You already have 2 clips waiting, which is the most allowed.", resets_at=None
    )


def test_zero_is_no_limit() -> None:
    rules = replace(RULES, seconds_per_day=0.0, max_waiting=0)
    verdict = decide(values.request(), standing(used=1e6, waiting=99), rules, seconds=60.0, now=EVENING)
    assert verdict == Granted(seconds=60.0)


def test_the_console_is_free() -> None:
    asked = values.request(requester=Requester(platform="console", user_id="me"))
    verdict = decide(asked, standing(used=1e6, waiting=99), RULES, seconds=60.0, now=EVENING)
    assert verdict == Granted(seconds=60.0)


@given(used=some.floats(0, 300), seconds=some.floats(0, 60))
def test_a_granted_clip_never_goes_over_the_limit(used: float, seconds: float) -> None:
    verdict = decide(values.request(), standing(used=used), RULES, seconds=seconds, now=EVENING)
    assert isinstance(verdict, Granted) == (seconds <= RULES.seconds_per_day - used)


def test_the_day_is_that_of_the_server() -> None:
    assert day_of(EVENING) == "2026-05-04"
    assert next_day(EVENING) - EVENING == timedelta(minutes=30)


@pytest.mark.parametrize(
    ("text", "wish", "expected"),
    [
        ("A fox.", None, 6.6),
        ("狐" * 40, None, 16.0),
        ("word " * 1000, None, CLIP.max_seconds),
        ("A fox.", 30.0, 30.0),
        ("A fox.", 900.0, CLIP.max_seconds),
    ],
)
def test_the_estimate(text: str, wish: float | None, expected: float) -> None:
    asked = values.request(text=text, options=ClipOptions(seconds=wish))
    assert estimate_seconds(asked, CLIP) == pytest.approx(expected)
