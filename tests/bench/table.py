"""Rows of figures and their Markdown form."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measured figure."""

    what: str
    #: Median of the runs, in ``unit``.
    value: float
    unit: str
    #: What it is held against, or "".
    beside: str = ""
    #: ``value`` divided by what it is held against, or None.
    ratio: float | None = None
    #: The target of the ratio or value, in words.
    target: str = ""


def median_seconds(work: Callable[[], object], *, runs: int, cpu: bool = False) -> float:
    """Return the median time of ``work``: wall time, or processor time of all threads of this process."""
    clock = time.process_time if cpu else time.perf_counter
    taken = []
    for _ in range(runs):
        started = clock()
        work()
        taken.append(clock() - started)
    return statistics.median(taken)


def markdown(rows: Iterable[Row]) -> str:
    """Return the page that `make bench` writes."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    lines = [
        "# Benchmarks",
        "",
        f"`make bench`, {datetime.now(UTC):%Y-%m-%d}, {machine}.",
        "The machine is shared: trust the ratios, which are taken in one run.",
        "",
        "| what | median | beside | ratio | target |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        lines.append(f"| {row.what} | {row.value:.3g} {row.unit} | {row.beside} | {ratio} | {row.target} |")
    return "\n".join(lines) + "\n"
