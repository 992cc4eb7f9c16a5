"""What a data shot shows: a number that counts up, a year on a line, a place with a marker."""

from __future__ import annotations

import re

from engine.contract.storyboard import DataKind, DataPoint, Entity, EntityKind, Language, Measure

#: Dimension and its word on screen.
_LABELS = {
    "height": ("height", "高度"),
    "length": ("length", "长度"),
    "width": ("width", "宽度"),
    "depth": ("depth", "深度"),
    "diameter": ("diameter", "直径"),
    "distance": ("distance", "距离"),
    "mass": ("weight", "重量"),
    "speed": ("speed", "速度"),
    "temperature": ("temperature", "温度"),
    "duration": ("duration", "时长"),
    "age": ("age", "年龄"),
    "area": ("area", "面积"),
    "volume": ("volume", "体积"),
    "share": ("share", "占比"),
    "money": ("price", "金额"),
    "power": ("power", "功率"),
    "energy": ("energy", "能量"),
    "pressure": ("pressure", "压力"),
    "count": ("", ""),
    "charge": ("capacity", "容量"),
}
_UNITS_ZH = {
    "m": "米",
    "km": "公里",
    "cm": "厘米",
    "mm": "毫米",
    "kg": "公斤",
    "g": "克",
    "t": "吨",
    "mg": "毫克",
    "l": "升",
    "ml": "毫升",
    "min": "分钟",
    "h": "小时",
    "s": "秒",
    "d": "天",
    "wk": "周",
    "mo": "个月",
    "a": "年",
    "a old": "岁",
    "km/h": "公里/小时",
    "km²": "平方公里",
    "m²": "平方米",
    "m³": "立方米",
    "ha": "公顷",
    "mu": "亩",
    "ft": "英尺",
    "in": "英寸",
    "mi": "英里",
    "USD": "美元",
    "CNY": "元",
    "EUR": "欧元",
    "GBP": "英镑",
    "JPY": "日元",
    "people": "人",
    "times": "倍",
    "ly": "光年",
    "jin": "斤",
    "kcal": "千卡",
    "cup": "杯",
    "tbsp": "汤匙",
    "tsp": "茶匙",
    "li": "里",
    "m/s": "米/秒",
    "km/s": "公里/秒",
    "kW": "千瓦",
    "W": "瓦",
    "nmi": "海里",
    "acre": "英亩",
    "°": "度",
    "mmHg": "毫米汞柱",
    "liang": "两",
    "zhang": "丈",
    "chi": "尺",
}
_UNITS_EN = {
    "min": "min",
    "h": "h",
    "s": "s",
    "d": "days",
    "wk": "weeks",
    "mo": "months",
    "a": "years",
    "a old": "years old",
    "times": "times",
    "ly": "light-years",
    "people": "people",
    "l": "L",
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "CNY": "¥",
    "JPY": "¥",
    "decade": "decades",
    "century": "centuries",
}
#: The more a dimension tells when it is shown large.
_WORTH = {
    "height": 5.0,
    "length": 4.5,
    "depth": 4.5,
    "distance": 4.0,
    "speed": 4.0,
    "area": 3.5,
    "mass": 3.5,
    "diameter": 3.5,
    "width": 3.0,
    "temperature": 3.0,
    "money": 2.5,
    "share": 3.0,
    "age": 2.0,
    "count": 2.2,
    "duration": 1.8,
    "volume": 1.5,
    "power": 2.5,
    "pressure": 2.5,
    "energy": 2.5,
    "charge": 2.5,
}
#: The number in a Chinese count; what is left is its measure word.
_COUNTED = re.compile(r"^[0-9.,，零〇一二三四五六七八九十百千万亿两几多余来]+")
_LOCATED = re.compile(
    r"\b(?:located|lies|situated|sits|stands|found) (?:in|on|at|near|between)\b|位于|坐落|地处|座落|处于"
)


def data_point(entity: Entity, language: Language) -> DataPoint | None:
    """Return what a data shot of ``entity`` shows, or None when it is nothing to show."""
    if entity.kind is EntityKind.QUANTITY and entity.measure is not None:
        return _counter(entity, entity.measure, language)
    if entity.kind is EntityKind.DATE and entity.normal is not None:
        return _timeline(entity, entity.normal)
    if entity.kind in {EntityKind.PLACE, EntityKind.COUNTRY}:
        return DataPoint(kind=DataKind.LOCATOR, value=None, unit="", label="", text=entity.text)
    return None


def worth(entity: Entity, sentence: str) -> float:
    """Return how much it pays to show ``entity`` in a data shot; 0 when it does not."""
    if entity.kind is EntityKind.QUANTITY and entity.measure is not None:
        measure = entity.measure
        small = measure.dimension in {"count", "volume", "mass", "duration"} and measure.value < 10
        unknown = measure.unit == "" and measure.value < 20
        return 0.0 if small or unknown or measure.value <= 0 else _WORTH.get(measure.dimension, 2.0)
    if entity.kind is EntityKind.DATE:
        return 3.2 if entity.normal and _year(entity.normal) is not None else 0.0
    if entity.kind in {EntityKind.PLACE, EntityKind.COUNTRY}:
        return 2.6 if _LOCATED.search(sentence) else 0.0
    return 0.0


def _counter(entity: Entity, measure: Measure, language: Language) -> DataPoint:
    chinese = language is Language.CHINESE
    units = _UNITS_ZH if chinese else _UNITS_EN
    unit = units.get(measure.unit, measure.unit)
    if not unit and chinese:
        unit = _COUNTED.sub("", entity.text)
    label = _LABELS.get(measure.dimension, ("", ""))[1 if chinese else 0]
    return DataPoint(
        kind=DataKind.COUNTER,
        value=measure.value,
        unit=unit,
        label=label,
        text=entity.text,
        dimension=measure.dimension,
    )


def _timeline(entity: Entity, normal: str) -> DataPoint | None:
    year = _year(normal)
    if year is None:
        return None
    return DataPoint(kind=DataKind.TIMELINE, value=float(year), unit="", label="", text=entity.text)


def _year(normal: str) -> int | None:
    """Return the (first) year of an ISO date; years before Christ are negative, as they are written."""
    match = re.match(r"(-?)(\d{4})(?=$|-|/)", normal)
    if match is None:
        return None
    year = int(match.group(2))
    return -(year + 1) if match.group(1) else year
