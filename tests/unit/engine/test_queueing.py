from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.contract.job import JobId
from engine.queueing import Place, Queue, Waiting, percentile, place_of, queued_event, turns
from tests.fakes import values
from tests.fakes.values import NOON, at

EMPTY = Queue(waiting=(), last_starts={}, running=(), walls=())


def waiting(*names: str) -> tuple[Waiting, ...]:
    """Jobs named by user and number, in the order in which they came: "a1", "a2", "b1"."""
    return tuple(
        Waiting(job_id=JobId(name), user=name[0], queued_at=at(second)) for second, name in enumerate(names)
    )


def serve(queue: Queue) -> list[JobId]:
    """Start one job after the other as the store does: the least recently served user's oldest job."""
    order, starts, left = [], dict(queue.last_starts), list(queue.waiting)
    while left:
        item = min(left, key=lambda item: (starts.get(item.user, at(-1e6)), item.queued_at, item.job_id))
        left.remove(item)
        order.append(item.job_id)
        starts[item.user] = at(1e6 + len(order))
    return order


def test_users_take_turns() -> None:
    queue = replace(EMPTY, waiting=waiting("a1", "a2", "a3", "b1", "c1"))
    assert turns(queue) == ("a1", "b1", "c1", "a2", "a3")


def test_who_was_served_last_comes_last() -> None:
    queue = replace(EMPTY, waiting=waiting("a1", "b1", "c1"), last_starts={"a": at(-5), "b": at(-9)})
    assert turns(queue) == ("c1", "b1", "a1")


@given(
    names=some.lists(some.tuples(some.sampled_from("abcd"), some.integers(0, 99)), max_size=12, unique=True),
    starts=some.dictionaries(some.sampled_from("abcd"), some.integers(-900, -1)),
    moments=some.lists(some.integers(0, 5), min_size=12, max_size=12),
)
def test_the_order_told_is_the_order_served(
    names: list[tuple[str, int]], starts: dict[str, int], moments: list[int]
) -> None:
    queue = replace(
        EMPTY,
        waiting=tuple(
            Waiting(job_id=JobId(f"{user}{number}"), user=user, queued_at=at(moment))
            for (user, number), moment in zip(names, moments, strict=False)
        ),
        last_starts={user: at(start) for user, start in starts.items()},
    )
    assert list(turns(queue)) == serve(queue)


def test_without_measurements_only_the_position_is_told() -> None:
    queue = replace(EMPTY, waiting=waiting("a1", "b1"))
    assert place_of(queue, JobId("b1"), workers=1, now=NOON) == Place(
        position=2, wait_seconds_low=None, wait_seconds_high=None
    )
    assert place_of(queue, JobId("z1"), workers=1, now=NOON) is None


@pytest.mark.parametrize(
    ("name", "running", "workers", "low", "high"),
    [
        ("a1", (), 1, 0.0, 0.0),
        ("a1", (at(-4),), 1, 6.0, 36.0),
        ("a1", (at(-100),), 1, 0.0, 0.0),
        ("b1", (at(-4),), 1, 16.0, 76.0),
        ("b1", (at(-4), at(-4)), 2, 11.0, 56.0),
        ("b1", (), 2, 0.0, 0.0),
        ("c1", (), 2, 10.0, 40.0),
    ],
)
def test_the_wait_lies_between_median_and_ninetieth_percentile(
    name: str, running: tuple[object, ...], workers: int, low: float, high: float
) -> None:
    walls = (8.0, 9.0, 10.0, 10.0, 10.0, 10.0, 11.0, 12.0, 40.0, 90.0)
    queue = replace(EMPTY, waiting=waiting("a1", "b1", "c1"), running=running, walls=walls)
    place = place_of(queue, JobId(name), workers=workers, now=NOON)
    assert place is not None
    assert (place.wait_seconds_low, place.wait_seconds_high) == (low, high)


@given(values=some.lists(some.floats(0, 1e4), min_size=1, max_size=60))
def test_the_wait_is_a_range(values: list[float]) -> None:
    queue = replace(EMPTY, waiting=waiting("a1", "b1"), running=(at(-3),), walls=tuple(values))
    place = place_of(queue, JobId("b1"), workers=1, now=NOON)
    assert place is not None
    assert 0 <= (place.wait_seconds_low or 0) <= (place.wait_seconds_high or 0)


def test_percentiles_are_measured_values() -> None:
    ten = [float(number) for number in range(1, 11)]
    assert (percentile(ten, 0.9), percentile(ten, 0.5), percentile([3.0], 0.9)) == (9.0, 5.0, 3.0)


def test_the_event_of_a_job_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="not in the queue"):
        queued_event(values.job(), EMPTY, workers=1)
