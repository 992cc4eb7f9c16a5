from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.stages.understand.numerals import chinese_number, english_number, plain_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一千八百八十九", 1889),
        ("二万一千一百九十六", 21196),
        ("三百二十四", 324),
        ("十二", 12),
        ("一百零八", 108),
        ("两千", 2000),
        ("一亿三千万", 130_000_000),
        ("二〇二四", 2024),
        ("3.5万", 35_000),
        ("1,200", 1200),
        ("三点五", 3.5),
    ],
)
def test_chinese_numbers(text: str, value: float) -> None:
    assert chinese_number(text) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,063", 1063),
        ("two hundred and six", 206),
        ("3.5 million", 3_500_000),
        ("a dozen", 12),
        ("half an", 0.5),
        ("1/2", 0.5),
        ("twenty-five", 25),
        ("three thousand two hundred", 3200),
    ],
)
def test_english_numbers(text: str, value: float) -> None:
    assert english_number(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "cat", "many"])
def test_what_is_no_number(text: str) -> None:
    assert english_number(text) is None


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_read_as_themselves(value: int) -> None:
    assert chinese_number(str(value)) == value
    assert english_number(f"{value:,}") == value
    assert plain_number(float(value)) == str(value)
