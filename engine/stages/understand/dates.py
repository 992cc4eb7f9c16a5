"""Dates, years, periods and days in both languages, normalised to ISO 8601 dates or year ranges.

Years before Christ are astronomical, as ISO 8601 counts them: 221 BC is -0220.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.contract.storyboard import EntityKind, Language
from engine.stages.understand.numerals import ZH_NUMBER, chinese_number
from engine.stages.understand.words import Mention

DATES_FILE = Path(__file__).with_name("data") / "dates.toml"
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(?:" + "|".join(name.capitalize() for name in sorted(_MONTHS, key=len)[::-1]) + r")\b\.?"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_PART = r"(?:morning|afternoon|evening|night)"
_ERA = r"(?:BCE|BC|B\.C\.E?\.?|CE|AD|A\.D\.)"
_ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
            "twenty-first",
        ],
        start=1,
    )
}
_CENTURY = rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)|{'|'.join(sorted(_ORDINALS, key=len)[::-1])})"
#: English patterns, the most telling first; each names the parts that its normal value needs.
_ENGLISH = [
    re.compile(pattern)
    for pattern in (
        rf"(?P<month>{_MONTH}) (?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?,? (?P<year>[12][0-9]{{3}})\b",
        (
            rf"\b(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})(?:,? "
            rf"(?P<year>[12][0-9]{{3}})\b)?"
        ),
        rf"\b(?P<month>{_MONTH}),? (?P<year>[12][0-9]{{3}})\b",
        rf"\b(?P<month>{_MONTH}) (?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?\b(?![:.]\d| ?%)",
        r"\b(?P<year>[12][0-9]{3})-(?P<monthnumber>[01][0-9])-(?P<day>[0-3][0-9])\b",
        (
            rf"\b(?:(?:early|mid|late)[ -](?:to[ -](?:mid|late)[ -])?)?(?P<century>{_CENTURY})[ -]century(?: "
            rf"(?P<era>{_ERA}))?(?!\w)"
        ),
        r"\b(?:(?:early|mid|late)[ -])?(?P<decade>[12][0-9]{2}0)s\b",
        rf"\b(?P<from>[0-9]{{1,4}})(?:–|-| to | and )(?P<to>[0-9]{{1,4}}) (?P<era>{_ERA})(?!\w)",
        r"\b(?P<from>1[0-9]{3}|20[0-9]{2})(?:–|-)(?P<to>1[0-9]{3}|20[0-9]{2}|[0-9]{2})\b",
        rf"\b(?P<year>[0-9]{{1,4}}) (?P<era>{_ERA})(?!\w)",
        r"\b(?P<era>AD|A\.D\.) (?P<year>[0-9]{1,4})\b",
        rf"\b{_WEEKDAY}(?: {_PART})?\b",
        (
            rf"\b(?:[Yy]esterday|[Tt]omorrow|[Tt]onight|[Tt]oday|[Ll]ast (?:night|week|month|year|summer|"
            rf"winter|spring|autumn)|[Nn]ext (?:week|month|year|summer|winter|spring|autumn))(?: {_PART})?\b"
        ),
        r"\b[0-9]{1,2}(?::[0-9]{2})?\s?(?:a\.m\.|p\.m\.|am|pm)(?!\w)",
        r"\b(?:[01]?[0-9]|2[0-3]):[0-5][0-9]\b",
    )
]
_YEAR = re.compile(
    r"\b(?:in|since|by|until|from|to|of|before|after|around|about|during|between|and|year|circa|c\.|early|late|mid|for|"
    r"summer|winter|spring|autumn|fall|opened|built|completed)[ -](?P<year>1[0-9]{3}|20[0-9]{2})\b(?! "
    r"?(?:[a-z]*metres|m\b|km\b|people|feet|ft\b|%|kg\b))"
    r"|[(](?P<bracket>1[0-9]{3}|20[0-9]{2})[)]"
    r"|^(?P<first>1[0-9]{3}|20[0-9]{2})(?=[,:])",
    re.IGNORECASE,
)
_CHINESE = [
    re.compile(pattern)
    for pattern in (
        rf"(?P<era>公元前|公元|前)?(?P<century>{ZH_NUMBER})世纪(?:(?P<decade>[0-9]0|[一二三四五六七八九]十)年代)?(?:初期|初叶|初|中期|中叶|末期|末叶|末|后期|前期|晚期|早期)?",
        r"(?P<era>公元前|公元后|公元|西元前|西元)?(?P<year>[0-9]{1,4}|[零〇一二三四五六七八九十百千]{2,9})年(?!代|级|龄|轻|前|后|来|间|以|之|的历史|多|内|里|中)(?:(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,3})月(?:(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号])?|[春夏秋冬](?:天|季)?|初|底|末|年底)?",
        r"(?P<month>[0-9]{1,2}|十[一二]?|[一二三四五六七八九])月(?:份|(?P<day>[0-9]{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]|初|底|中旬|上旬|下旬)",
        r"(?<![0-9一二三四五六七八九十个])(?:[0-9]{1,2}|十[一二]?|[一二三四五六七八九])月(?![光亮球饼牙色下上])",
        r"(?P<decade>[0-9]0|[一二三四五六七八九]十)年代(?:初|末|中期)?",
        r"(?:本周|上周|下周|每周|周|星期|礼拜)[一二三四五六日天](?:早上|上午|中午|下午|傍晚|晚上|凌晨|清晨)?",
        r"(?:昨天|今天|明天|前天|后天|昨日|今日|明日|昨晚|今晚|明晚|今早|今年|去年|明年|前年|本周|上周|下周|本月|上个月|下个月)(?:早上|上午|中午|下午|傍晚|晚上|凌晨|清晨|夜里|夜晚|[0-9]{1,2}月[0-9]{1,2}日|[春夏秋冬](?:天|季))?",
        r"(?:(?:早上|上午|中午|下午|傍晚|晚上|凌晨|清晨)(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:点(?:[0-9]{1,2}分|半|钟)?|时(?:[0-9]{1,2}分)?))",
        r"(?<![0-9])[0-2]?[0-9][:：][0-5][0-9](?![0-9])",
        r"正月(?:初[一二三四五六七八九十]|十五)?|腊月(?:[初廿二]?[一二三四五六七八九十]{1,2})?|农历[一二三四五六七八九十正腊]{1,2}月(?:初?[一二三四五六七八九十]{1,3})?",
    )
]
#: Before a three-digit Chinese year these words show that it is a year, not a span of years.
_CLAUSE_START = re.compile(r"(?:^|[。！？；，\n\s])$")
_ZH_YEAR_BEFORE = re.compile(r"(?:于|在|自|从|至|到|直到|截至|公元|始建于|生于|死于)$")


class DateFinder:
    """Finds dates; built once from data/dates.toml."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._periods: dict[Language, dict[str, str | None]] = {Language.ENGLISH: {}, Language.CHINESE: {}}
        for period in tables["period"]:
            years = period.get("years")
            normal = f"{iso_year(years[0])}/{iso_year(years[1])}" if years else None
            self._periods[Language.ENGLISH].update(
                dict.fromkeys((name.lower() for name in period["en"]), normal)
            )
            self._periods[Language.CHINESE].update(dict.fromkeys(period["zh"], normal))
        self._english_period = re.compile(
            rf"\b(?:{_alternatives(self._periods[Language.ENGLISH])})\b", re.IGNORECASE
        )
        self._chinese_period = re.compile(
            rf"(?:{_alternatives(self._periods[Language.CHINESE])})(?:初年|初期|中期|末年|末期|晚期|时期|年间)?"
        )

    @classmethod
    def from_file(cls, path: Path = DATES_FILE) -> DateFinder:
        """Read the table of periods."""
        return cls(tomllib.loads(path.read_text(encoding="utf-8")))

    def find(self, text: str, start: int, end: int, language: Language) -> Iterator[Mention]:
        """Yield the dates of ``text`` between two offsets."""
        if language is Language.ENGLISH:
            yield from self._find_english(text, start, end)
        else:
            yield from self._find_chinese(text, start, end)

    def _find_english(self, text: str, start: int, end: int) -> Iterator[Mention]:
        for rank, pattern in enumerate(_ENGLISH):
            for match in pattern.finditer(text, start, end):
                yield _mention(match.start(), match.end(), _english_normal(match.groupdict()), 90 - rank)
        for match in _YEAR.finditer(text, start, end):
            group = next(name for name in ("year", "bracket", "first") if match[name])
            yield _mention(match.start(group), match.end(group), match[group], 75)
        for match in self._english_period.finditer(text, start, end):
            if match.group()[0].isupper():
                yield _mention(
                    match.start(), match.end(), self._periods[Language.ENGLISH][match.group().lower()], 76
                )

    def _find_chinese(self, text: str, start: int, end: int) -> Iterator[Mention]:
        for rank, pattern in enumerate(_CHINESE):
            for match in pattern.finditer(text, start, end):
                parts = match.groupdict()
                if "year" in parts and not _is_chinese_year(text, match):
                    continue
                yield _mention(match.start(), match.end(), _chinese_normal(parts), 90 - rank)
        for match in self._chinese_period.finditer(text, start, end):
            name = next(
                (key for key in self._periods[Language.CHINESE] if match.group().startswith(key)), None
            )
            normal = self._periods[Language.CHINESE].get(match.group()) or (
                self._periods[Language.CHINESE][name] if name else None
            )
            yield _mention(match.start(), match.end(), normal, 76)


def iso_year(year: int) -> str:
    """Write a year as ISO 8601 has it; ``year`` below zero counts years before Christ.

    >>> iso_year(1889), iso_year(-221)
    ('1889', '-0220')
    """
    return f"{year:04d}" if year > 0 else f"-{abs(year + 1):04d}"


def _alternatives(names: Mapping[str, object]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len)[::-1])


def _mention(start: int, end: int, normal: str | None, priority: int) -> Mention:
    return Mention(
        start=start, end=end, kind=EntityKind.DATE, priority=priority, normal=normal, source="dates"
    )


def _english_normal(parts: Mapping[str, str | None]) -> str | None:
    before = (parts.get("era") or "").upper().startswith("B")
    if century := parts.get("century"):
        digits = re.match(r"[0-9]+", century)
        return _century(int(digits.group()) if digits else _ORDINALS[century.lower()], before=before)
    if decade := parts.get("decade"):
        return f"{decade}/{int(decade) + 9}"
    if (first := parts.get("from")) and (last := parts.get("to")):
        last = last if len(last) > 2 or len(first) < 4 or before else first[:2] + last
        return f"{_era_year(int(first), before=before)}/{_era_year(int(last), before=before)}"
    year = _era_year(int(parts["year"] or 0), before=before) if parts.get("year") else None
    name = (parts.get("month") or "").lower().rstrip(".")
    month = _MONTHS.get(name) or int(parts.get("monthnumber") or 0)
    return _joined(year, month, int(parts.get("day") or 0))


def _chinese_normal(parts: Mapping[str, str | None]) -> str | None:
    before = "前" in (parts.get("era") or "")
    decade = int(chinese_number(parts["decade"] or "") or 0) if parts.get("decade") else None
    if parts.get("century"):
        century = int(chinese_number(parts["century"] or "") or 0)
        if decade is not None and not before:
            return f"{(century - 1) * 100 + decade}/{(century - 1) * 100 + decade + 9}"
        return _century(century, before=before)
    if decade is not None:
        return f"{1900 + decade}/{1909 + decade}" if decade >= 30 else None
    year = int(chinese_number(parts.get("year") or "") or 0)
    month = int(chinese_number(parts.get("month") or "") or 0)
    day = int(chinese_number(parts.get("day") or "") or 0)
    return _joined(_era_year(year, before=before) if year else None, month, day)


def _joined(year: str | None, month: int, day: int) -> str | None:
    if not 0 <= month <= 12 or not 0 <= day <= 31:
        return year
    if month == 0:
        return year
    text = f"{year or '-'}-{month:02d}"
    return f"{text}-{day:02d}" if day else (text if year else None)


def _era_year(year: int, *, before: bool) -> str:
    return iso_year(-year if before else max(1, year))


def _century(number: int, *, before: bool) -> str | None:
    if not 1 <= number <= 50:
        return None
    if before:
        return f"{iso_year(-number * 100)}/{iso_year(-number * 100 + 99)}"
    return f"{(number - 1) * 100 + 1:04d}/{number * 100:04d}"


def _is_chinese_year(text: str, match: re.Match[str]) -> bool:
    """Whether number and 年 name a year rather than a span of years (三百年, 10年)."""
    if match["era"] or match["month"]:
        return True
    number = match["year"]
    value = chinese_number(number) or 0.0
    if number.isdigit() and len(number) == 4:
        return 500 <= value <= 2999
    positional = not any(char in "十百千" for char in number)
    if not number.isdigit() and positional:
        return len(number) in {2, 4}
    if value >= 1000:
        return value % 100 != 0
    alone = _CLAUSE_START.search(text[: match.start()]) and text[match.end() : match.end() + 1] in "，,"
    before = _ZH_YEAR_BEFORE.search(text[: match.start()])
    return value >= 100 and value % 10 != 0 and bool(alone or before)
