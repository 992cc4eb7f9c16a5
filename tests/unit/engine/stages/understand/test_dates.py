from __future__ import annotations

import pytest

from engine.contract.storyboard import Language
from engine.stages.understand.dates import DateFinder, iso_year
from engine.stages.understand.entities import resolve

FINDER = DateFinder.from_file()


def found(text: str, language: Language) -> dict[str, str | None]:
    mentions = resolve(FINDER.find(text, 0, len(text), language))
    return {text[m.start : m.end]: m.normal for m in mentions}


@pytest.mark.parametrize(
    ("text", "span", "normal"),
    [
        ("on July 14, 1789, a crowd", "July 14, 1789", "1789-07-14"),
        ("on 3 May 2020", "3 May 2020", "2020-05-03"),
        ("in September 1928", "September 1928", "1928-09"),
        ("It opened in 1889.", "1889", "1889"),
        ("in the 1980s", "1980s", "1980/1989"),
        ("in the 19th century", "19th century", "1801/1900"),
        ("in 221 BC", "221 BC", "-0220"),
        ("in AD 79", "AD 79", "0079"),
        ("from 1914-1918", "1914-1918", "1914/1918"),
        ("under the Ming dynasty", "Ming dynasty", "1368/1644"),
        ("on Monday morning", "Monday morning", None),
    ],
)
def test_english_dates(text: str, span: str, normal: str | None) -> None:
    assert found(text, Language.ENGLISH) == {span: normal}


@pytest.mark.parametrize(
    ("text", "span", "normal"),
    [
        ("于1889年设计", "1889年", "1889"),
        ("一千八百八十九年建成", "一千八百八十九年", "1889"),
        ("二〇二四年夏天", "二〇二四年夏天", "2024"),
        ("公元前221年统一", "公元前221年", "-0220"),
        ("20世纪80年代", "20世纪80年代", "1980/1989"),
        ("十九世纪末", "十九世纪末", "1801/1900"),
        ("2024年5月1日", "2024年5月1日", "2024-05-01"),
        ("唐朝的诗人", "唐朝", "0618/0907"),
        ("昨天晚上", "昨天晚上", None),
        ("周二凌晨", "周二凌晨", None),
        ("七月，花开了", "七月", None),
    ],
)
def test_chinese_dates(text: str, span: str, normal: str | None) -> None:
    assert found(text, Language.CHINESE) == {span: normal}


@pytest.mark.parametrize("text", ["三百年", "3个月", "一年级", "两年前", "月光", "十年之后"])
def test_what_is_no_chinese_date(text: str) -> None:
    assert found(text, Language.CHINESE) == {}


def test_years_before_christ_are_astronomical() -> None:
    assert [iso_year(1), iso_year(-1), iso_year(-221)] == ["0001", "-0000", "-0220"]
