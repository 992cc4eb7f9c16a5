"""Numbers in words, in both languages."""

from __future__ import annotations

import re

_ZH_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_ZH_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_ZH_LARGE = {"万": 10_000, "亿": 100_000_000, "兆": 1_000_000_000_000}
_EN_UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    word: 20 + 10 * i
    for i, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
}
_EN_SCALES = {
    "hundred": 100, "dozen": 12, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000, "m": 1_000_000, "bn": 1_000_000_000, "k": 1_000,
}  # fmt: skip

#: A number in Chinese text: Arabic digits, with 万 or 亿 after them, or Chinese numerals (also 半 and 几).
ZH_NUMBER = (
    r"(?:[0-9]+(?:[,，][0-9]{3})*(?:\.[0-9]+)?[百千万亿]{0,2}"
    r"|[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]+(?:点[零〇一二三四五六七八九]+)?)"
)
#: The same, as short as possible: before a unit, so that 千米 is not cut into 千 and 米.
ZH_LAZY = (
    r"(?:[数几][十百千万亿]+?|[0-9]+(?:[,，][0-9]{3})*(?:\.[0-9]+)?[百千万亿]{0,2}?"
    r"|[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]+?(?:点[零〇一二三四五六七八九]+)?)"
)
_EN_WORD = "|".join(
    sorted([*_EN_UNITS, "hundred", "dozen", "thousand", "million", "billion", "trillion"], key=len)[::-1]
)
#: A number in English text: digits with an optional scale word, or number words.
EN_NUMBER = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?(?:/[0-9]+)?)"
    r"(?:[ -](?:hundred|thousand|million|billion|trillion))?"
    rf"|(?:a |an )?(?:{_EN_WORD})(?:(?:[ -]| and )(?:{_EN_WORD}))*"
    r"|half an?|a (?:hundred|thousand|million|billion|dozen)"
)


def chinese_number(text: str) -> float | None:
    """Return the value of a number as ``ZH_NUMBER`` finds it, or None.

    >>> chinese_number("一千八百八十九"), chinese_number("1.2万"), chinese_number("二〇二四")
    (1889.0, 12000.0, 2024.0)
    """
    text = text.replace(",", "").replace("，", "").lstrip("数几")
    arabic = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)([百千万亿]*)", text)
    if arabic:
        value = float(arabic.group(1)[:30])
        for char in arabic.group(2):
            value *= {**_ZH_SMALL, **_ZH_LARGE}[char]
        return value
    whole, _, fraction = text.partition("点")
    if not whole or any(char not in _ZH_DIGITS | _ZH_SMALL | _ZH_LARGE for char in whole):
        return None
    if all(char in _ZH_DIGITS for char in whole):
        value = float("".join(str(_ZH_DIGITS[char]) for char in whole)[:30])
    else:
        value = _chinese_places(whole)
    decimals = "".join(str(_ZH_DIGITS[char]) for char in fraction if char in _ZH_DIGITS)
    return value + (float(f"0.{decimals}") if decimals else 0.0)


def _chinese_places(text: str) -> float:
    total = section = digit = 0
    last_unit = 0
    for char in text:
        if char in _ZH_DIGITS:
            digit = _ZH_DIGITS[char]
        elif char in _ZH_SMALL:
            section += (digit or (1 if section % (10 * _ZH_SMALL[char]) == 0 else 0)) * _ZH_SMALL[char]
            digit = 0
        else:
            unit = _ZH_LARGE[char]
            if unit > last_unit:  # 三万亿: all before is counted in this unit
                total = (total + section + digit) * unit
            else:  # 一亿三千万: only what stands since the last one
                total += (section + digit) * unit
            section, digit, last_unit = 0, 0, unit
    return float(total + section + digit)


def english_number(text: str) -> float | None:
    """Return the value of a number as ``EN_NUMBER`` finds it, or None.

    >>> english_number("1,063"), english_number("two hundred and six"), english_number("3.5 million")
    (1063.0, 206.0, 3500000.0)
    """
    total = current = 0.0
    seen = False
    for word in re.split(r"[ -]|(?<=\d),(?=\d{3})", re.sub(r"(?<=\d),(?=\d{3})", "", text.lower()).strip()):
        if word in {"and", "a", "an", ""}:
            continue
        number = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)(?:/([0-9]+))?", word)
        if number:
            current += float(number.group(1)[:30]) / (float((number.group(2) or "1")[:30]) or 1.0)
        elif word in _EN_UNITS:
            current += _EN_UNITS[word]
        elif word == "half":
            current += 0.5
        elif word in {"hundred", "dozen"}:
            current = (current or 1.0) * _EN_SCALES[word]
        elif word in _EN_SCALES:
            total += (current or 1.0) * _EN_SCALES[word]
            current = 0.0
        else:
            return None
        seen = True
    return total + current if seen else None


def plain_number(value: float) -> str:
    """Write a number without a needless ".0" and without an exponent."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.6g}"
