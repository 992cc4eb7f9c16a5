"""docs/quotas.md says what the program does."""

from __future__ import annotations

import argparse
import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest

from bot.__main__ import build_parser
from engine.api.quota_routes import quota_routes
from engine.contract.request import Aspect
from engine.media import FrameSize
from engine.quota import charge

ROOT = Path(__file__).parents[4]
TEXT = (ROOT / "docs/quotas.md").read_text(encoding="utf-8")


def verbs() -> set[str]:
    """The verbs of ``textreel quota`` as the parser knows them."""
    (commands,) = (
        action for action in build_parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    (found,) = (
        action
        for action in commands.choices["quota"]._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    return set(found.choices)


def test_every_verb_is_told_and_no_other() -> None:
    assert set(re.findall(r"^\| `textreel quota (\w+)", TEXT, flags=re.MULTILINE)) == verbs()


@pytest.mark.parametrize("line", re.findall(r"^textreel (quota .*)$", TEXT, flags=re.MULTILINE))
def test_every_example_is_understood(line: str) -> None:
    assert build_parser().parse_args(shlex.split(line)).command == "quota"


def test_the_defaults_are_those_of_the_configuration() -> None:
    shipped = tomllib.loads((ROOT / "config.toml").read_text(encoding="utf-8"))["quota"]
    section = TEXT.split("## Defaults")[1].split("##")[0]
    told = dict(re.findall(r"^\| `(\w+)` \| `(.+?)` \|", section, flags=re.MULTILINE))
    assert told == {key: json.dumps(value) for key, value in shipped.items()}


def test_every_call_is_told_and_no_other() -> None:
    told = set(re.findall(r"^\| `([A-Z]+ /v1/quotas[^`]*)`", TEXT, flags=re.MULTILINE))
    assert told == {f"{route.method} {route.path}" for route in quota_routes}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("aspect", "height"),
    [(Aspect.WIDE, 360), (Aspect.SQUARE, 720), (Aspect.WIDE, 720), (Aspect.TALL, 1080)],
)
def test_the_table_of_weights(aspect: Aspect, height: int) -> None:
    size = FrameSize.of(aspect, height)
    cost = charge(10.0, width_px=size.width_px, height_px=size.height_px)
    long, short = max(size.width_px, size.height_px), min(size.width_px, size.height_px)
    assert f"| {long}x{short} | {cost / 10:g} | {cost:g} s |" in TEXT
