"""Numbers as people read them: formatting, even ticks, and what a value compares with. Pure functions."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from engine.contract.storyboard import DataPoint, Language

_MINUS = "\N{MINUS SIGN}"
#: Large numbers get a word: least value, divisor, the words.
_LARGE = {
    Language.ENGLISH: ((1e12, 1e12, "trillion"), (1e9, 1e9, "billion"), (1e6, 1e6, "million")),
    Language.CHINESE: ((1e12, 1e12, "万亿"), (1e8, 1e8, "亿"), (1e6, 1e4, "万")),
}

#: Up to so far from year 0 the ticks of a line of years lie so many years apart.
_YEAR_STEPS = ((1000, 100), (2500, 50), (20_000, 1000))
#: From this year on a decade is the better step.
_RECENT = 1980


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A number split for display."""

    #: What counts up, in the unit of ``word``.
    value: float
    #: Digits after the point.
    decimals: int
    #: "million", "亿" ... or "".
    word: str = ""
    #: Where counting begins.
    start: float = 0.0
    #: Whether thousands are set apart; years are not.
    grouped: bool = True

    def at(self, part: float) -> str:
        """Return the digits at ``part`` (0 to 1) of the way from the start."""
        value = self.start + (self.value - self.start) * part if part < 1.0 else self.value
        text = format_number(value, self.decimals)
        return text if self.grouped else text.replace(",", "")


def format_number(value: float, decimals: int) -> str:
    """Return ``value`` with thousands set apart and a true minus sign."""
    text = f"{abs(value):,.{decimals}f}"
    return _MINUS + text if value < 0 and float(text.replace(",", "")) != 0.0 else text


def write_number(value: float, language: Language) -> Written:
    """Return how ``value`` is displayed: with few decimals (two at most), large numbers with a word."""
    word = ""
    for least, divisor, name in _LARGE[language]:
        if abs(value) >= least:
            value, word = value / divisor, name
            break
    decimals = next((d for d in (0, 1, 2) if math.isclose(round(value, d), value, rel_tol=1e-6)), 2)
    return Written(value=value, decimals=decimals, word=word)


def name_year(year: int, language: Language) -> str:
    """Return a year as it stands on a line of years."""
    if year >= 0:
        return str(year)
    return f"前{-year}" if language is Language.CHINESE else f"{-year} BC"


def beside_year(year: int, language: Language) -> tuple[str, str]:
    """Return what stands before and after the digits of a year."""
    if language is Language.CHINESE:
        return ("公元前" if year < 0 else "", "年")
    return "", "BC" if year < 0 else ""


def nice_step(span: float, most: int) -> float:
    """Return the smallest step of 1, 2 or 5 times a power of ten that cuts ``span`` into at most ``most``."""
    if not (math.isfinite(span) and span > 0):
        raise ValueError(f"a scale needs a positive length, not {span}")
    raw = span / most
    power = 10.0 ** math.floor(math.log10(raw))
    for factor in (1.0, 2.0, 5.0, 10.0):
        if factor * power >= raw * (1 - 1e-9):
            return factor * power
    return 10.0 * power


def ticks_up_to(value: float, most: int = 7) -> tuple[float, ...]:
    """Return even ticks from 0 up to ``value`` (> 0)."""
    step = nice_step(value, most)
    return tuple(step * i for i in range(math.floor(value / step * (1 + 1e-9)) + 1))


def years_around(year: int) -> tuple[int, ...]:
    """Return four even years; ``year`` lies between the second and the third."""
    step = next((step for limit, step in _YEAR_STEPS if abs(year) < limit), 0) or int(nice_step(abs(year), 4))
    if year >= _RECENT:
        step = 10
    first = (year // step - 1) * step
    return tuple(first + step * i for i in range(4))


@cache
def _references() -> dict[str, Any]:
    text = (files("engine.compositing") / "references.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return table


def in_base_units(value: float, unit: str, dimension: str) -> float | None:
    """Return ``value`` in metres, kilograms, metres a second or square metres; None for an unknown unit."""
    table = _references()
    quantity = table["quantities"].get(dimension)
    for factor, names in table["units"].get(quantity, {}).items():
        if unit.strip().lower() in names:
            return value * float(factor)
    return None


def compare(data: DataPoint, language: Language) -> str:
    """Return a line that compares a value with what everybody knows, by the rules of references.json.

    "" when no rule fits: then nothing is claimed.
    """
    value = None if data.value is None else in_base_units(data.value, data.unit, data.dimension)
    if value is None or value <= 0:
        return ""
    for reference in _references()["references"]:
        times = value / float(reference["size"])
        if data.dimension in reference["dimensions"] and reference["least"] <= times <= reference["most"]:
            return str(reference[language.value]).format(n=_rounded(times))
    return ""


def _rounded(times: float) -> str:
    """Return a count that does not pretend: one decimal below ten, two digits from a hundred on."""
    if times < 10:
        return f"{times:.1f}".removesuffix(".0")
    if times < 100:
        return f"{times:.0f}"
    return f"{float(f'{times:.2g}'):,.0f}"
