"""`textreel` run inside the test's own process, and tools for the small engine behind it."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import __main__ as program
from engine.contract.errors import NothingToDraw

PNG = b"\x89PNG picture"


def imagine(arguments: Mapping[str, Any]) -> dict[str, Any]:
    if "qwerty" in arguments["text"]:
        raise NothingToDraw
    data = base64.b64encode(PNG).decode("ascii")
    return {"images": [data] * arguments["frames"], "concept": "fox", "score": 0.9, "why": "exact"}


def doctor(_arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {"checks": [{"name": "device", "status": "degraded", "detail": "cpu", "mend": "Add a GPU."}]}


@dataclass
class Shell:
    """Runs `textreel` in this process."""

    config: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def run(self, *argv: str, stdin: bytes = b"") -> tuple[int, str, str]:
        self.monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            code = program.main([*argv, "--config", str(self.config)])
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        captured = self.capsys.readouterr()
        return code, captured.out, captured.err
