"""What a data shot shows of its value: which figures, where."""

from __future__ import annotations

from engine.compositing.boxes import Box, around
from engine.compositing.counter import COUNT_FRAMES, make_counter
from engine.compositing.figure import Figure, Setting
from engine.compositing.layout import DataLayout, SceneLayout
from engine.compositing.locator import make_locator
from engine.compositing.numbers import Written, beside_year, compare, write_number, years_around
from engine.compositing.titles import CardPlace, make_card
from engine.compositing.upright import make_upright
from engine.compositing.yearline import make_yearline
from engine.contract.storyboard import DataKind, DataPoint, Language, Scene


def make_figures(
    scene: Scene, layout: SceneLayout, setting: Setting, language: Language
) -> tuple[Figure, ...]:
    """Return what is drawn over a data shot; nothing for another one."""
    data, places = scene.data, layout.data
    if data is None or places is None:
        return ()
    if data.kind is DataKind.LOCATOR or data.value is None:
        return _locator(data, places, setting)
    if data.kind is DataKind.TIMELINE:
        return _timeline(data, places, language, setting)
    return _counter(data, layout, language, setting)


def _locator(data: DataPoint, places: DataLayout, setting: Setting) -> tuple[Figure, ...]:
    place = CardPlace(box=places.value, size_px=setting.size.short_px * 0.13, align=places.align)
    name = make_card((data.text, data.label), place, setting)
    figures: list[Figure] = [] if places.figure is None else [make_locator(places.figure, setting)]
    return (*figures, *(() if name is None else (name,)))


def _timeline(
    data: DataPoint, places: DataLayout, language: Language, setting: Setting
) -> tuple[Figure, ...]:
    year = round(data.value or 0.0)
    before, after = beside_year(year, language)
    start = float(abs(years_around(year)[0]))
    written = Written(value=float(abs(year)), decimals=0, start=start, grouped=False)
    label = " ".join(part for part in (data.label, before) if part)
    counter = make_counter(written, after, (label, ""), places, setting)
    if places.figure is None:
        return (counter,)
    return make_yearline(year, places.figure, language, setting), counter


def _counter(
    data: DataPoint, layout: SceneLayout, language: Language, setting: Setting
) -> tuple[Figure, ...]:
    places = layout.data
    if places is None:
        return ()
    value = data.value or 0.0
    written = write_number(value, language)
    gap = " " if written.word.isascii() and written.word else ""
    unit = f"{written.word}{gap}{data.unit}".strip()
    counter = make_counter(written, unit, (data.label, compare(data, language)), places, setting)
    hero = layout.placements[-1] if layout.placements else None
    if places.figure is None or hero is None or value <= 0:
        return (counter,)
    ends = (hero.foot_y, hero.foot_y - hero.height_px)
    scale = make_upright(value, places.figure.x, ends, hero.foot_x, setting, COUNT_FRAMES)
    return scale, counter


def covered_box(figures: tuple[Figure, ...]) -> Box | None:
    """Return what the words of ``figures`` cover, for the dark ground behind them; None without any."""
    return around([figure.box for figure in figures]) if figures else None
