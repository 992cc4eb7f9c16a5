"""`python -m tests.bench [--runs 3] [--out docs/benchmarks.md]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from engine.parts import load_parts
from engine.settings import load_settings
from tests.bench import quotas, rendering, rooms
from tests.bench.table import markdown


def main() -> int:
    """Measure every row and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--runs", type=int, default=3, help="runs of each figure; the median counts")
    parser.add_argument("--out", type=Path, default=Path("docs/benchmarks.md"))
    arguments = parser.parse_args()
    parts = load_parts(load_settings())
    rows = [*rooms.measure(parts, runs=arguments.runs), *quotas.measure(runs=arguments.runs)]
    with tempfile.TemporaryDirectory() as folder:
        sample = rendering.make_sample(parts)
        rows += rendering.measure(sample, Path(folder), runs=arguments.runs)
    page = markdown(rows)
    arguments.out.write_text(page, encoding="utf-8")
    sys.stdout.write(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
