from __future__ import annotations

import pickle
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from engine.clock import SystemZone, server_clock
from engine.quota import day_of, next_day


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Set the system's time zone."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_named_zone_tells_its_time() -> None:
    now = server_clock("Asia/Shanghai")()
    assert now.utcoffset() == timedelta(hours=8)
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_zone_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="time_zone"):
        server_clock("Mars/Olympus")


@pytest.mark.usefixtures("berlin")
def test_the_system_s_zone_knows_summer_time() -> None:
    zone = SystemZone()
    winter, summer = (datetime(2026, month, 15, 12, tzinfo=zone) for month in (1, 7))
    assert (winter.utcoffset(), summer.utcoffset()) == (timedelta(hours=1), timedelta(hours=2))
    assert (winter.tzname(), summer.tzname(), winter.dst()) == ("CET", "CEST", None)
    late = datetime(2026, 7, 14, 22, 30, tzinfo=UTC).astimezone(zone)
    assert (day_of(late), late.hour) == ("2026-07-15", 0)
    # The clocks go back in the night after this noon, so the midnight after the next is 25 hours later.
    noon = datetime(2026, 10, 24, 12, tzinfo=zone)
    midnight = next_day(noon)
    assert midnight.astimezone(UTC) - noon.astimezone(UTC) == timedelta(hours=12)
    assert next_day(midnight).astimezone(UTC) - midnight.astimezone(UTC) == timedelta(hours=25)


def test_the_system_s_time_crosses_a_process_pipe() -> None:
    now = server_clock(None)()
    copy: datetime = pickle.loads(pickle.dumps(now))  # noqa: S301 - our own bytes
    assert (copy, copy.isoformat()) == (now, now.isoformat())
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)
