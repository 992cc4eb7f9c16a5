"""What this engine has counted since it started. Plain numbers; engine.api.metrics puts them on the wire."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

#: Upper bounds of the buckets in which the seconds of stages are counted; the last bucket has none.
BUCKET_SECONDS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0)


@dataclass
class Histogram:
    """How often a length of time fell into each bucket."""

    #: Count for each bound of BUCKET_SECONDS, and one more for what is longer.
    counts: list[int] = field(default_factory=lambda: [0] * (len(BUCKET_SECONDS) + 1))
    #: All of them together, in seconds.
    total_s: float = 0.0

    def add(self, seconds: float) -> None:
        """Count one length of time."""
        self.counts[bisect_left(BUCKET_SECONDS, seconds)] += 1
        self.total_s += seconds

    def cumulative(self) -> list[tuple[float, int]]:
        """Return each bound, infinity last, with the count of what is not longer."""
        bounds = (*BUCKET_SECONDS, float("inf"))
        return [(bound, sum(self.counts[: place + 1])) for place, bound in enumerate(bounds)]


class Meter:
    """The engine's counters; all calls come from its event loop."""

    def __init__(self) -> None:
        #: Requests that were refused, by error code.
        self.refused: Counter[str] = Counter()
        #: Time of each stage of the clips that were rendered here, by its name.
        self.stages: dict[str, Histogram] = {}
        #: Length of these clips together, in seconds.
        self.clip_seconds = 0.0

    def refuse(self, code: str) -> None:
        """Count a request that was refused."""
        self.refused[code] += 1

    def rendered(self, seconds: float, timings: Mapping[str, float]) -> None:
        """Count a clip of so many seconds with the time of each of its stages, in seconds."""
        self.clip_seconds += seconds
        for stage, spent in timings.items():
            self.stages.setdefault(stage, Histogram()).add(spent)
