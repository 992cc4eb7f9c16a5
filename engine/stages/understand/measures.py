"""Quantities with units, in both languages: "324 metres (1,063 ft)", 三百二十四米, "38.5 °C", 3小时20分钟."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.contract.storyboard import EntityKind, Language, Measure
from engine.stages.understand.numerals import (
    EN_NUMBER,
    ZH_LAZY,
    ZH_NUMBER,
    chinese_number,
    english_number,
    plain_number,
)
from engine.stages.understand.words import Mention

UNITS_FILE = Path(__file__).with_name("data") / "units.toml"
_CURRENCY = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY"}
#: Measure words that count things; 一 before them is an article, not a quantity.
ZH_COUNTERS = (
    "个只条头匹位名人座栋幢间家本张幅台部辆艘架枚颗粒朵棵株片块杯碗瓶盘层级次届场项"
    "种件套支双对副首篇尊道步户口盏"
)
_ARTICLE_LIKE = frozenset({"一", "1", "两", "半", "二"})
#: Words that make a plain number a count of people.
_ZH_APPROXIMATE = r"(?:约|大约|近|超过|超|逾|达|至少|不到|将近)?"
#: How far around a quantity the words that name its dimension may stand, in characters.
_NEAR = 24
_SPATIAL = frozenset({"length", "distance"})
_VAGUE_UNITS = frozenset({"second", "foot", "day", "night", "year", "hand", "times"})


class MeasureFinder:
    """Finds quantities; built once from data/units.toml."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        units: list[dict[str, Any]] = tables["unit"]
        self._dimension_words: dict[str, dict[str, list[str]]] = tables["dimension_words"]
        self._units = {
            Language.ENGLISH: {name: unit for unit in units for name in unit["en"]},
            Language.CHINESE: {name: unit for unit in units for name in unit["zh"]},
        }
        english = "|".join(re.escape(name) for name in sorted(self._units[Language.ENGLISH], key=len)[::-1])
        chinese = "|".join(re.escape(name) for name in sorted(self._units[Language.CHINESE], key=len)[::-1])
        self._english = re.compile(
            rf"(?<![\w.,/])(?:(?P<money>US\$|[$€£¥￥])\s?)?(?P<number>{EN_NUMBER})"
            rf"(?:(?:\s?(?:-|–|to)\s?)(?P<upper>{EN_NUMBER}))?"
            rf"(?:(?P<gap>[ -]?)(?P<unit>{english})(?![\w²³]))?",
            re.IGNORECASE,
        )
        self._chinese = re.compile(
            r"(?<![A-Za-z0-9.])(?:(?P<clock>[0-9]{1,2}秒[0-9]{1,2})(?![0-9分])"
            rf"|(?:(?P<whole>{ZH_LAZY})个)?半个?(?P<halfunit>小时|钟头|天|年|个月|月|公里|斤)"
            rf"|百分之(?P<share>{ZH_NUMBER})"
            rf"|(?P<number>{ZH_LAZY})(?:(?:[-–~～]|至|到)(?P<upper>{ZH_LAZY}))?"
            rf"(?P<more>多|余|来)?(?P<unit>{chinese})(?![A-Za-z²³])(?P<half>半(?!径|球|岛|决|程|山|夜))?)"
        )
        self._chinese_count = re.compile(
            rf"(?<![A-Za-z0-9.第数几上好])(?P<number>{ZH_NUMBER})(?P<more>多|余|来)?(?P<unit>人次|[{ZH_COUNTERS}])"
        )
        self._chinese_large = re.compile(
            r"(?<![A-Za-z0-9.第数几上好])(?:[0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]+(?:\.[0-9]+)?[万亿]|"
            r"[一二三四五六七八九十百千两]+[万亿]|[一二三四五六七八九][百千][一二三四五六七八九十百千零]*)"
            r"(?=[\u4e00-\u9fff])(?![年多余来个分零〇一二三四五六七八九十百千万亿])"
        )

    @classmethod
    def from_file(cls, path: Path = UNITS_FILE) -> MeasureFinder:
        """Read the unit table."""
        return cls(tomllib.loads(path.read_text(encoding="utf-8")))

    def find(self, text: str, start: int, end: int, language: Language) -> Iterator[Mention]:
        """Yield the quantities of ``text`` between two offsets, each with its number."""
        if language is Language.ENGLISH:
            yield from self._find_english(text, start, end)
        else:
            yield from _joined(self._find_chinese(text, start, end))

    def _find_english(self, text: str, start: int, end: int) -> Iterator[Mention]:
        for match in self._english.finditer(text, start, end):
            unit = self._unit(Language.ENGLISH, match)
            value = english_number(match["number"])
            if value is None:
                continue
            if match["money"]:
                stop = match.end("upper") if match["upper"] else match.end("number")
                measure = Measure(value=value, unit=_CURRENCY[match["money"].upper()], dimension="money")
                yield _mention(match.start(), stop, measure, priority=72)
            elif unit is not None and not _odd_unit(match):
                dimension = self._dimension(Language.ENGLISH, text, match, unit, (start, end))
                measure = Measure(value=value, unit=unit["symbol"], dimension=dimension)
                yield _mention(match.start(), match.end(), measure, priority=70)
            elif (value >= 10 or match["number"][0].isdigit()) and _counts(text, match):
                yield _mention(match.start(), match.end("number"), _count(value), priority=20)

    def _find_chinese(self, text: str, start: int, end: int) -> Iterator[Mention]:
        taken: list[tuple[int, int]] = []
        for match in self._chinese.finditer(text, start, end):
            odd = _odd_chinese(match)
            if odd is not None:
                taken.append(match.span())
                yield _mention(match.start(), match.end(), odd, priority=71)
                continue
            value = chinese_number(match["share"] or match["number"])
            unit = self._unit(Language.CHINESE, match)
            if value is None or (unit is not None and _not_a_measure(text, match)):
                continue
            if unit is None:
                measure = Measure(value=value, unit="%", dimension="share")
            else:
                dimension = self._dimension(Language.CHINESE, text, match, unit, (start, end))
                half = 0.5 if match["half"] else 0.0
                measure = Measure(value=value + half, unit=unit["symbol"], dimension=dimension)
            taken.append(match.span())
            yield _mention(match.start(), match.end(), measure, priority=70)
        for match in self._chinese_count.finditer(text, start, end):
            value = chinese_number(match["number"])
            free = all(match.end() <= low or match.start() >= high for low, high in taken)
            if value is not None and free and match["number"] not in _ARTICLE_LIKE and value > 2:
                person = match["unit"] in "人位名户口" or match["unit"] == "人次"
                if not person and value < 10 and not match["number"][0].isdigit():
                    continue
                yield _mention(match.start(), match.end(), _count(value, people=person), priority=30)
                taken.append(match.span())
        for match in self._chinese_large.finditer(text, start, end):
            value = chinese_number(match.group())
            if value is not None and all(match.end() <= low or match.start() >= high for low, high in taken):
                yield _mention(match.start(), match.end(), _count(value), priority=12)

    def _unit(self, language: Language, match: re.Match[str]) -> dict[str, Any] | None:
        name = match["unit"]
        if not name:
            return None
        table = self._units[language]
        found = table.get(name) or (table.get(name.lower()) if len(name) > 2 else None)
        return found if found is not None or len(name) > 2 else None

    def _dimension(
        self,
        language: Language,
        text: str,
        match: re.Match[str],
        unit: dict[str, Any],
        bounds: tuple[int, int],
    ) -> str:
        """Name what is measured: the nearest word of the dimension table, else the unit's own dimension."""
        base = str(unit["dimension"])
        wanted = self._candidates(base)
        before = text[max(bounds[0], match.start() - _NEAR) : match.start()].lower()
        after = text[match.end() : min(bounds[1], match.end() + _NEAR)].lower()
        best, best_distance = base, _NEAR + 1
        for dimension, words in self._dimension_words.items():
            if dimension not in wanted:
                continue
            for word in words[language.value]:
                distance = _distance(before, after, word, language)
                if distance < best_distance:
                    best, best_distance = dimension, distance
        return best

    @staticmethod
    def _candidates(base: str) -> frozenset[str]:
        if base in _SPATIAL:
            return frozenset({"height", "length", "width", "depth", "diameter", "distance"})
        if base in {"mass", "speed"}:
            return frozenset({base})
        if base == "angle":
            return frozenset({"temperature"})
        return frozenset({"age"}) if base == "duration" else frozenset()


def _distance(before: str, after: str, word: str, language: Language) -> int:
    """Characters between the quantity and ``word``; large when it is not near. Commas end the search."""
    boundary = "，,；;。" if language is Language.CHINESE else ";"
    before = re.split(f"[{boundary}]", before)[-1]
    after = re.split(f"[{boundary}]", after)[0]
    edge = r"\b" if language is Language.ENGLISH else ""
    ahead = [match.end() for match in re.finditer(rf"{edge}{re.escape(word)}{edge}", before)]
    behind = re.search(rf"{edge}{re.escape(word)}{edge}", after)
    choices = [len(before) - ahead[-1]] if ahead else []
    if behind:
        choices.append(behind.start())
    return min(choices, default=_NEAR + 1)


def _mention(start: int, end: int, measure: Measure, *, priority: int) -> Mention:
    words = [plain_number(measure.value), measure.unit, measure.dimension]
    return Mention(
        start=start,
        end=end,
        kind=EntityKind.QUANTITY,
        priority=priority,
        normal=" ".join(word for word in words if word),
        measure=measure,
        source="measures",
    )


def _count(value: float, *, people: bool = False) -> Measure:
    return Measure(value=value, unit="people" if people else "", dimension="count")


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether a bare number counts something: a lower-case word follows and no letter is glued to it."""
    following = text[match.end("number") : match.end("number") + 30]
    number = match["number"]
    if re.fullmatch(r"[12][0-9]{3}", number) and "," not in number:
        return False
    return bool(re.match(r" (?:[a-z]+[a-z-]* ){0,2}[a-z]{2,}", following)) and not re.match(
        r" (?:of the|and|or|to|in|at|on|by|from|is|was|were|are|century|th|st|nd|rd|am|pm|a\.m|p\.m)\b",
        following,
    )


def _odd_unit(match: re.Match[str]) -> bool:
    """Whether a unit is a mere word here: "one second", "a foot in the door", "three times"."""
    number, unit = match["number"].lower(), match["unit"].lower()
    one = number in {"a", "an", "one"} and unit in _VAGUE_UNITS
    often = unit == "times" and not number[0].isdigit()
    glued = len(unit) == 1 and unit != "%" and match["gap"] == "-"
    return one or often or glued


def _odd_chinese(match: re.Match[str]) -> Measure | None:
    """Read 半小时, 三个半小时 and 9秒83."""
    if match["clock"]:
        seconds, _, hundredths = match["clock"].partition("秒")
        return Measure(value=float(f"{seconds}.{hundredths}"), unit="s", dimension="duration")
    if match["halfunit"]:
        unit = {"小时": "h", "钟头": "h", "天": "d", "年": "a", "公里": "km", "斤": "jin"}.get(
            match["halfunit"], "mo"
        )
        dimension = {"km": "length", "jin": "mass"}.get(unit, "duration")
        return Measure(
            value=(chinese_number(match["whole"] or "零") or 0.0) + 0.5, unit=unit, dimension=dimension
        )
    return None


def _not_a_measure(text: str, match: re.Match[str]) -> bool:
    """Whether number and unit form a date, an ordinal or an idiom: 1889年, 第3天, 一度, 八分, 一天."""
    number, unit = match["number"], match["unit"]
    if text[max(0, match.start() - 1) : match.start()] == "第":
        return True
    if match["more"]:
        return False
    value = chinese_number(number) or 0.0
    following = text[match.end() : match.end() + 1]
    if unit == "年":
        return (
            (value >= 1000 and value % 100 != 0)
            or (len(number) == 4 and number.isdigit())
            or following in "代"
        )
    if unit in {"里", "两", "尺", "丈", "分", "度", "周", "升", "元", "杯", "天", "勺"} and number in {
        "一",
        "十",
        "百",
        "千",
        "万",
    }:
        return True
    if unit == "分":
        return following in "之别为析布成开享子部"
    return unit in {"里", "两", "升"} and following in "程面外个位边者级起"


def _joined(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Join neighbouring durations: 3小时 and 20分钟 make one quantity."""
    factors = {"a": 525_600.0, "mo": 43_200.0, "d": 1_440.0, "h": 60.0, "min": 1.0, "s": 1 / 60}
    last: Mention | None = None
    for mention in mentions:
        if last is not None and last.end == mention.start and last.measure and mention.measure:
            first, second = last.measure, mention.measure
            if first.unit in factors and factors.get(second.unit, 1e9) < factors[first.unit]:
                value = first.value + second.value * factors[second.unit] / factors[first.unit]
                joined = Measure(value=value, unit=first.unit, dimension=first.dimension)
                last = _mention(last.start, mention.end, joined, priority=last.priority)
                continue
        if last is not None:
            yield last
        last = mention
    if last is not None:
        yield last
