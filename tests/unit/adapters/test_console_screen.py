from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.base import Status, StatusState
from adapters.console_screen import Screen, cell_width, clock, fine_bar, fit, progress_line
from engine.contract.events import Stage


def working(headline: str, fraction: float | None = None, left: float | None = None) -> Status:
    return Status(
        text=f"{headline}.",
        state=StatusState.WORKING,
        headline=headline,
        stage=None if fraction is None else Stage.GENERATE,
        fraction=fraction,
        seconds_left=left,
    )


def test_a_terminal_shows_one_line_that_is_rewritten() -> None:
    stream = io.StringIO()
    screen = Screen(stream, is_terminal=True, columns=80)
    screen.show(working("Drawing", 0.5, 65.0))
    screen.show(working("Drawing", 0.75))
    screen.clear()
    screen.clear()
    lines = stream.getvalue().split("\r\x1b[K")
    assert lines == [
        "",
        "▕████████████            ▏  50 %  1:05  Drawing",
        "▕██████████████████      ▏  75 %  -:--  Drawing",
        "",
    ]


def test_without_a_terminal_there_are_few_plain_lines() -> None:
    stream = io.StringIO()
    screen = Screen(stream, is_terminal=False)
    screen.show(working("Waiting"))
    for step in range(101):
        screen.show(working("Drawing", step / 100))
    screen.show(Status(text="Ready.", state=StatusState.SUCCEEDED))
    screen.show(Status(text="Hello.", state=StatusState.SAID))
    assert stream.getvalue().splitlines() == [
        "Waiting.",
        "  0 %  Drawing",
        " 25 %  Drawing",
        " 50 %  Drawing",
        " 75 %  Drawing",
        "100 %  Drawing",
        "Hello.",
    ]


def test_a_final_status_takes_the_progress_line_away() -> None:
    stream = io.StringIO()
    screen = Screen(stream, is_terminal=True, columns=40)
    screen.show(working("Drawing", 0.5))
    screen.show(Status(text="It failed.", state=StatusState.FAILED))
    assert stream.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("巴黎铁塔", 8, "巴黎铁塔"),
        ("巴黎铁塔", 7, "巴黎铁…"),
        ("巴黎", 0, ""),
    ],
)
def test_lines_are_cut_by_their_width(text: str, columns: int, expected: str) -> None:
    assert fit(text, columns) == expected


@given(st.text(max_size=40), st.integers(1, 60))
def test_a_cut_line_always_fits(text: str, columns: int) -> None:
    assert sum(map(cell_width, fit(text, columns))) <= columns


@given(st.floats(-1, 2))
def test_a_bar_has_always_the_same_width(fraction: float) -> None:
    assert len(fine_bar(fraction, 10)) == 12


def test_small_parts() -> None:
    assert fine_bar(0.5, 1) == "▕▌▏"
    assert clock(-3) == "0:00"
    assert clock(3600) == "60:00"
    assert cell_width("\u0301") == 0
    assert progress_line(working("two\nlines", 0.0, 5)) == f"{fine_bar(0)}   0 %  0:05  two lines"
    assert progress_line(working("Waiting")) == "Waiting"
