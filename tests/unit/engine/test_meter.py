from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from engine.meter import BUCKET_SECONDS, Histogram, Meter


@given(seconds=some.lists(some.floats(0, 1000)))
def test_a_bucket_counts_what_is_not_longer(seconds: list[float]) -> None:
    histogram = Histogram()
    for value in seconds:
        histogram.add(value)
    for bound, count in histogram.cumulative():
        assert count == sum(value <= bound for value in seconds)
    assert len(histogram.cumulative()) == len(BUCKET_SECONDS) + 1


def test_what_is_counted() -> None:
    meter = Meter()
    meter.refuse("blocked")
    meter.rendered(5.0, {"plan": 0.5})
    meter.rendered(5.0, {"plan": 0.5, "score": 1.0})
    assert (meter.refused["blocked"], meter.clip_seconds) == (1, 10.0)
    assert {stage: item.total_s for stage, item in meter.stages.items()} == {"plan": 1.0, "score": 1.0}
