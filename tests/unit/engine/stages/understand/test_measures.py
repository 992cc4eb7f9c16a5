from __future__ import annotations

import pytest

from engine.contract.storyboard import Language
from engine.stages.understand.measures import MeasureFinder

FINDER = MeasureFinder.from_file()


def found(text: str, language: Language) -> dict[str, tuple[float, str, str]]:
    mentions = FINDER.find(text, 0, len(text), language)
    return {
        text[m.start : m.end]: (m.measure.value, m.measure.unit, m.measure.dimension)
        for m in mentions
        if m.measure is not None
    }


@pytest.mark.parametrize(
    ("text", "span", "measure"),
    [
        ("The tower is 324 metres (1,063 ft) tall.", "324 metres", (324, "m", "height")),
        ("The tower is 324 metres (1,063 ft) tall.", "1,063 ft", (1063, "ft", "height")),
        ("It weighs 10,100 tonnes.", "10,100 tonnes", (10_100, "t", "mass")),
        ("Bake for 25-30 minutes.", "25-30 minutes", (25, "min", "duration")),
        ("Heat the oven to 180 °C.", "180 °C", (180, "°C", "temperature")),
        ("They paid $3.5 million.", "$3.5 million", (3_500_000, "USD", "money")),
        ("A 12-year-old boy", "12-year-old", (12, "a old", "age")),
        ("The lake is 1,642 metres deep", "1,642 metres", (1642, "m", "depth")),
        ("Profit rose by 12 percent", "12 percent", (12, "%", "share")),
        ("1,200 patients came", "1,200", (1200, "", "count")),
    ],
)
def test_english_quantities(text: str, span: str, measure: tuple[float, str, str]) -> None:
    assert found(text, Language.ENGLISH)[span] == measure


@pytest.mark.parametrize(
    ("text", "span", "measure"),
    [
        ("高三百二十四米", "三百二十四米", (324, "m", "height")),
        ("全长二万一千一百九十六千米", "二万一千一百九十六千米", (21196, "km", "length")),
        ("体温38.5度", "38.5度", (38.5, "°", "temperature")),
        ("历时3小时20分钟", "3小时20分钟", (3 + 1 / 3, "h", "duration")),
        ("坐车要三个半小时", "三个半小时", (3.5, "h", "duration")),
        ("煮半小时", "半小时", (0.5, "h", "duration")),
        ("跑出9秒83", "9秒83", (9.83, "s", "duration")),
        ("占百分之四十五", "百分之四十五", (45, "%", "share")),
        ("获得40枚金牌", "40枚", (40, "", "count")),
        ("一位70岁的老人", "70岁", (70, "a old", "age")),
        ("距今1400多年", "1400多年", (1400, "a", "duration")),
        ("他派三十万士兵", "三十万", (300_000, "", "count")),
        ("重1.01万吨", "1.01万吨", (10_100, "t", "mass")),
    ],
)
def test_chinese_quantities(text: str, span: str, measure: tuple[float, str, str]) -> None:
    value, unit, dimension = found(text, Language.CHINESE)[span]
    assert (value, unit, dimension) == (pytest.approx(measure[0]), *measure[1:])


@pytest.mark.parametrize(
    "text", ["1889年", "第3天", "一只猫", "一度", "两个人", "十分高兴", "一千八百八十九年", "80年代"]
)
def test_what_is_no_chinese_quantity(text: str) -> None:
    assert found(text, Language.CHINESE) == {}


@pytest.mark.parametrize("text", ["in 1889", "one second, please", "set foot in a door", "one of them"])
def test_what_is_no_english_quantity(text: str) -> None:
    assert found(text, Language.ENGLISH) == {}
