from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.queueing import InLine, Place, Queue, ahead, percentile, place_of, queued_event
from tests.fakes import values
from tests.fakes.values import NOON, at

FIRST = Queue(ahead=0, running=(), walls=())
#: User, number and moment of a waiting job.
Item = tuple[str, int, int]


def serve(items: list[Item], last_starts: dict[str, int]) -> list[Item]:
    """Start one job after the other as the store does: the least recently served user's oldest job."""
    order, starts, left = [], dict(last_starts), list(items)
    while left:
        item = min(left, key=lambda item: (starts.get(item[0], -1), item[2], item[1]))
        left.remove(item)
        order.append(item)
        starts[item[0]] = 1000 + len(order)
    return order


def told(items: list[Item], last_starts: dict[str, int], item: Item) -> int:
    """Return what ``ahead`` says of one job."""

    def age(other: Item) -> str:
        return f"{other[2]:03}{other[1]:03}"

    line = []
    for user in {other[0] for other in items}:
        ages = sorted(age(other) for other in items if other[0] == user)
        start = f"{last_starts[user]:04}" if user in last_starts else ""
        line.append(InLine(user=user, waiting=len(ages), oldest=ages[0], last_start=start))
    older = sum(age(other) < age(item) for other in items if other[0] == item[0])
    return ahead(line, item[0], older=older)


def test_users_take_turns() -> None:
    items = [("a", 1, 0), ("a", 2, 1), ("a", 3, 2), ("b", 4, 3), ("c", 5, 4)]
    assert [told(items, {}, item) for item in items] == [0, 3, 4, 1, 2]


def test_who_was_served_last_comes_last() -> None:
    items = [("a", 1, 0), ("b", 2, 1), ("c", 3, 2)]
    assert [told(items, {"a": 95, "b": 91}, item) for item in items] == [2, 1, 0]


@given(
    items=some.lists(
        some.tuples(some.sampled_from("abcd"), some.integers(0, 99), some.integers(0, 5)),
        max_size=14,
        unique_by=lambda item: item[1],
    ),
    starts=some.dictionaries(some.sampled_from("abcd"), some.integers(0, 900)),
)
def test_the_turn_told_is_the_turn_served(items: list[Item], starts: dict[str, int]) -> None:
    for turn, item in enumerate(serve(items, starts)):
        assert told(items, starts, item) == turn


def test_without_measurements_only_the_position_is_told() -> None:
    assert place_of(replace(FIRST, ahead=1), workers=1, now=NOON) == Place(
        position=2, wait_seconds_low=None, wait_seconds_high=None
    )
    assert place_of(replace(FIRST, ahead=None), workers=1, now=NOON) is None


@pytest.mark.parametrize(
    ("before", "running", "workers", "low", "high"),
    [
        (0, (), 1, 0.0, 0.0),
        (0, (at(-4),), 1, 6.0, 36.0),
        (0, (at(-100),), 1, 0.0, 0.0),
        (1, (at(-4),), 1, 16.0, 76.0),
        (1, (at(-4), at(-4)), 2, 11.0, 56.0),
        (1, (), 2, 0.0, 0.0),
        (2, (), 2, 10.0, 40.0),
    ],
)
def test_the_wait_lies_between_median_and_ninetieth_percentile(
    before: int, running: tuple[datetime, ...], workers: int, low: float, high: float
) -> None:
    walls = (8.0, 9.0, 10.0, 10.0, 10.0, 10.0, 11.0, 12.0, 40.0, 90.0)
    queue = Queue(ahead=before, running=running, walls=walls)
    place = place_of(queue, workers=workers, now=NOON)
    assert place == Place(position=before + 1, wait_seconds_low=low, wait_seconds_high=high)


@given(walls=some.lists(some.floats(0, 1e4), min_size=1, max_size=60))
def test_the_wait_is_a_range(walls: list[float]) -> None:
    queue = Queue(ahead=1, running=(at(-3),), walls=tuple(walls))
    place = place_of(queue, workers=1, now=NOON)
    assert place is not None
    assert 0 <= (place.wait_seconds_low or 0) <= (place.wait_seconds_high or 0)


def test_percentiles_are_measured_values() -> None:
    ten = [float(number) for number in range(1, 11)]
    assert (percentile(ten, 0.9), percentile(ten, 0.5), percentile([3.0], 0.9)) == (9.0, 5.0, 3.0)


def test_the_event_of_a_job_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="does not wait"):
        queued_event(values.job(), replace(FIRST, ahead=None), workers=1)
