from __future__ import annotations

import pytest

from engine.contract.storyboard import DataKind, Entity, EntityKind, Language, Measure
from engine.stages.data_points import data_point, worth


def quantity(text: str, value: float, unit: str, dimension: str) -> Entity:
    measure = Measure(value=value, unit=unit, dimension=dimension)
    return Entity(text=text, kind=EntityKind.QUANTITY, start=0, end=len(text), measure=measure)


def date(text: str, normal: str | None) -> Entity:
    return Entity(text=text, kind=EntityKind.DATE, start=0, end=len(text), normal=normal)


def test_a_height_counts_up_in_the_language_of_the_clip() -> None:
    entity = quantity("324米", 324, "m", "height")
    chinese, english = data_point(entity, Language.CHINESE), data_point(entity, Language.ENGLISH)
    assert chinese is not None
    assert english is not None
    assert (chinese.kind, chinese.value, chinese.unit, chinese.label) == (DataKind.COUNTER, 324, "米", "高度")
    assert (english.unit, english.label, english.dimension) == ("m", "height", "height")


@pytest.mark.parametrize(
    ("normal", "year"),
    [("1889", 1889), ("1889-07-14", 1889), ("1980/1989", 1980), ("-0220", -221), ("0618/0907", 618)],
)
def test_a_year_stands_on_a_line(normal: str, year: int) -> None:
    point = data_point(date("then", normal), Language.ENGLISH)
    assert point is not None
    assert (point.kind, point.value) == (DataKind.TIMELINE, year)


@pytest.mark.parametrize("normal", [None, "--05-01"])
def test_a_date_without_a_year_shows_nothing(normal: str | None) -> None:
    entity = date("May 1", normal)
    assert data_point(entity, Language.ENGLISH) is None
    assert worth(entity, "on May 1") == 0.0


def test_a_place_is_located_only_when_the_text_says_where() -> None:
    entity = Entity(text="Peru", kind=EntityKind.COUNTRY, start=0, end=4)
    assert worth(entity, "Machu Picchu is located in Peru.") > 0
    assert worth(entity, "Peru exports copper.") == 0.0
    point = data_point(entity, Language.ENGLISH)
    assert point is not None
    assert point.kind is DataKind.LOCATOR


def test_small_counts_are_not_worth_a_shot() -> None:
    assert worth(quantity("three", 3, "", "count"), "three cats") == 0.0
    assert worth(quantity("300个", 300, "", "count"), "300个航班") > 0
    assert worth(quantity("324米", 324, "m", "height"), "") > worth(quantity("2 h", 2, "h", "duration"), "")


def test_a_person_is_no_data() -> None:
    entity = Entity(text="Eiffel", kind=EntityKind.PERSON, start=0, end=6)
    assert data_point(entity, Language.ENGLISH) is None
    assert worth(entity, "Eiffel") == 0.0
