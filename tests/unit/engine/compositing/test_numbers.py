from __future__ import annotations

import itertools
import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compositing.numbers import (
    beside_year,
    compare,
    format_number,
    in_base_units,
    name_year,
    nice_step,
    ticks_up_to,
    write_number,
    years_around,
)
from engine.contract.storyboard import DataKind, DataPoint, Language

EN, ZH = Language.ENGLISH, Language.CHINESE


def measure(value: float, unit: str, dimension: str) -> DataPoint:
    return DataPoint(kind=DataKind.COUNTER, value=value, unit=unit, label="", text="", dimension=dimension)


@pytest.mark.parametrize(
    ("value", "language", "digits", "word"),
    [
        (324, EN, "324", ""),
        (8849, EN, "8,849", ""),
        (0.05, EN, "0.05", ""),
        (3.14159, EN, "3.14", ""),
        (-40, EN, "\N{MINUS SIGN}40", ""),
        (1.4e9, EN, "1.4", "billion"),
        (1.4e9, ZH, "14", "亿"),
        (2_500_000, EN, "2.5", "million"),
        (2_500_000, ZH, "250", "万"),
        (300_000, ZH, "300,000", ""),
        (0, EN, "0", ""),
    ],
)
def test_numbers_are_written_as_people_read_them(
    value: float, language: Language, digits: str, word: str
) -> None:
    written = write_number(value, language)
    assert (written.at(1.0), written.word) == (digits, word)


@given(st.floats(-1e13, 1e13), st.sampled_from([EN, ZH]), st.floats(0, 0.999))
def test_counting_never_passes_the_value(value: float, language: Language, part: float) -> None:
    written = write_number(value, language)
    shown = float(written.at(part).replace(",", "").replace("\N{MINUS SIGN}", "-"))
    assert abs(shown) <= abs(written.value) * part + 0.51


def test_a_rounded_zero_has_no_sign() -> None:
    assert format_number(-0.2, 0) == "0"


@given(st.floats(1e-3, 1e9), st.integers(2, 10))
def test_ticks_are_even_few_and_end_below_the_value(value: float, most: int) -> None:
    ticks = ticks_up_to(value, most)
    assert 1 <= len(ticks) - 1 <= most
    assert ticks[0] == 0
    assert ticks[-1] <= value * (1 + 1e-6)


def test_ticks_of_a_tower() -> None:
    assert ticks_up_to(324) == (0, 50, 100, 150, 200, 250, 300)


@pytest.mark.parametrize("span", [0.0, -1.0, float("inf"), float("nan")])
def test_a_scale_without_length_is_refused(span: float) -> None:
    with pytest.raises(ValueError, match="positive length"):
        nice_step(span, 5)


@given(st.integers(-30_000, 3000))
def test_a_year_lies_inside_its_line(year: int) -> None:
    years = years_around(year)
    assert years[1] <= year <= years[2]
    assert len({b - a for a, b in itertools.pairwise(years)}) == 1


@pytest.mark.parametrize(
    ("year", "years"),
    [(1889, (1800, 1850, 1900, 1950)), (2024, (2010, 2020, 2030, 2040)), (79, (-100, 0, 100, 200))],
)
def test_lines_of_years(year: int, years: tuple[int, ...]) -> None:
    assert years_around(year) == years


def test_years_are_named_in_both_languages() -> None:
    assert [name_year(-221, ZH), name_year(-221, EN), name_year(1889, EN)] == ["前221", "221 BC", "1889"]
    assert [beside_year(-221, ZH), beside_year(1889, ZH)] == [("公元前", "年"), ("", "年")]
    assert [beside_year(-44, EN), beside_year(1889, EN)] == [("", "BC"), ("", "")]


@pytest.mark.parametrize(
    ("value", "unit", "dimension", "base"),
    [
        (324, "米", "height", 324),
        (1, "km", "distance", 1000),
        (10, "Feet", "height", 3.048),
        (150, "吨", "weight", 150_000),
        (36, "km/h", "speed", 10),
        (5, "furlongs", "length", None),
        (5, "m", "mood", None),
    ],
)
def test_units_are_converted(value: float, unit: str, dimension: str, base: float | None) -> None:
    found = in_base_units(value, unit, dimension)
    assert found == (None if base is None else pytest.approx(base, rel=1e-6))


@pytest.mark.parametrize(
    ("data", "english", "chinese"),
    [
        (measure(324, "m", "height"), "about as tall as a building of 81 storeys", "约等于一座 81 层的大楼"),
        (
            measure(8849, "米", "height"),
            "about 27 Eiffel Towers on top of each other",
            "约等于 27 座埃菲尔铁塔叠起来",
        ),
        (measure(150, "t", "weight"), "about as heavy as 30 elephants", "约等于 30 头大象的重量"),
        (measure(105, "kg", "weight"), "", ""),
        (measure(1.2, "m", "height"), "", ""),
        (measure(5, "°C", "temperature"), "", ""),
        (measure(-3, "m", "height"), "", ""),
    ],
)
def test_comparisons_follow_their_rule(data: DataPoint, english: str, chinese: str) -> None:
    assert (compare(data, EN), compare(data, ZH)) == (english, chinese)


def test_small_counts_have_a_decimal_and_large_ones_two_digits() -> None:
    assert "6.7" in compare(measure(30, "m", "length"), EN)
    assert "250" in compare(measure(10_000_000, "km", "distance"), EN)


def test_every_reference_states_its_rule_and_both_sentences() -> None:
    table = json.loads((files("engine.compositing") / "references.json").read_text(encoding="utf-8"))
    for reference in table["references"]:
        assert reference["rule"]
        assert reference["least"] >= 1
        assert all("{n}" in reference[language] for language in ("en", "zh"))
        assert all(dimension in table["quantities"] for dimension in reference["dimensions"])


def test_a_place_has_nothing_to_compare() -> None:
    assert compare(DataPoint(kind=DataKind.LOCATOR, value=None, unit="", label="", text="Paris"), EN) == ""
