"""`make bench`: figures for docs/benchmarks.md. Nothing here runs in the tests."""

from __future__ import annotations
