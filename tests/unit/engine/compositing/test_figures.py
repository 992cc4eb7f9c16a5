from __future__ import annotations

import numpy as np
import pytest

from engine.compositing.boxes import Box
from engine.compositing.counter import COUNT_FRAMES, Counter
from engine.compositing.datashots import covered_box, make_figures
from engine.compositing.figure import Figure, Moments, Setting, Sketch
from engine.compositing.ink import light_ink
from engine.compositing.layout import Ground, arrange
from engine.compositing.locator import Locator
from engine.compositing.quote import make_quote
from engine.compositing.reveal import Motion, Reveal, draw_reveal
from engine.compositing.titles import Card, CardPlace, make_card
from engine.compositing.upright import UprightScale
from engine.compositing.words import draw_bar
from engine.compositing.yearline import YearLine
from engine.contract.storyboard import DataKind, DataPoint, Language, Shot
from engine.media import FrameSize
from tests.unit.engine.compositing.stand_ins import PALETTE, SMALL, SQUARE, TALL, make_scene

SIZES = [SMALL, TALL, SQUARE]
INK = light_ink(PALETTE)
SETTING = Setting(size=SMALL, palette=PALETTE, moments=Moments(start=4, until=90), ink=INK)


def point(kind: DataKind, value: float | None = 324.0, dimension: str = "height") -> DataPoint:
    return DataPoint(kind=kind, value=value, unit="m", label="height", text="324 m", dimension=dimension)


def figures_of(
    data: DataPoint, size: FrameSize = SMALL, language: Language = Language.ENGLISH
) -> tuple[Figure, ...]:
    scene = make_scene(shot=Shot.DATA, data=data)
    layout = arrange(scene, size, Ground(line=0.82, solid=True), (0.8,))
    setting = Setting(size=size, palette=PALETTE, moments=SETTING.moments, ink=INK)
    return make_figures(scene, layout, setting, language)


def drawn(figures: tuple[Figure, ...], frame: int, size: FrameSize = SMALL) -> np.ndarray:
    canvas = np.full((size.height_px, size.width_px, 3), 60, dtype=np.uint8)
    for figure in figures:
        figure.draw(canvas, frame)
    return canvas


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", list(DataKind))
def test_every_figure_comes_stays_and_goes(kind: DataKind, size: FrameSize) -> None:
    data = point(kind, None if kind is DataKind.LOCATOR else 1889.0)
    figures = figures_of(data, size)
    assert np.all(drawn(figures, 3, size) == 60)
    assert np.mean(np.any(drawn(figures, 70, size) != 60, axis=2)) > 0.01
    assert np.all(drawn(figures, 90, size) == 60)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", list(DataKind))
def test_figures_keep_away_from_the_edges(kind: DataKind, size: FrameSize) -> None:
    data = point(kind, None if kind is DataKind.LOCATOR else 1889.0)
    canvas = drawn(figures_of(data, size), 70, size)
    bright = canvas.max(axis=2) > 150
    rows, columns = np.flatnonzero(bright.any(axis=1)), np.flatnonzero(bright.any(axis=0))
    assert columns[0] >= 0.045 * size.width_px
    assert columns[-1] <= 0.955 * size.width_px
    assert rows[0] >= 0.045 * size.height_px
    assert rows[-1] <= 0.955 * size.height_px


def test_each_kind_has_its_figures() -> None:
    found = {kind: [type(one) for one in figures_of(point(kind))] for kind in DataKind}
    assert found == {
        DataKind.COUNTER: [UprightScale, Counter],
        DataKind.TIMELINE: [YearLine, Counter],
        DataKind.LOCATOR: [Locator, Card],
    }


def test_a_value_without_an_upright_dimension_has_no_scale() -> None:
    assert [type(one) for one in figures_of(point(DataKind.COUNTER, 80.0, "weight"))] == [Counter]
    assert [type(one) for one in figures_of(point(DataKind.COUNTER, 0.0))] == [Counter]


def test_other_shots_have_no_figures() -> None:
    scene = make_scene()
    layout = arrange(scene, SMALL, Ground(line=0.8, solid=True), (1.0,))
    assert make_figures(scene, layout, SETTING, Language.ENGLISH) == ()
    assert covered_box(()) is None


def test_the_counter_counts_up_to_the_value() -> None:
    counter = figures_of(point(DataKind.COUNTER, 80.0, "weight"))[0]
    assert isinstance(counter, Counter)
    shown = [counter.written.at(counter.progress(frame)) for frame in range(4, 4 + COUNT_FRAMES + 1)]
    values = [float(text) for text in shown]
    assert (values[0], values[-1]) == (0.0, 80.0)
    assert values == sorted(values)


def test_a_year_counts_from_the_first_year_of_its_line() -> None:
    counter = figures_of(point(DataKind.TIMELINE, 1889.0))[1]
    assert isinstance(counter, Counter)
    assert [counter.written.at(part) for part in (0.0, 1.0)] == ["1800", "1889"]


def test_a_chinese_year_before_christ_says_so() -> None:
    line, counter = figures_of(point(DataKind.TIMELINE, -221.0), language=Language.CHINESE)
    assert isinstance(line, YearLine)
    assert isinstance(counter, Counter)
    assert counter.written.at(1.0) == "221"


def test_the_marker_ends_at_the_heros_height() -> None:
    scale = figures_of(point(DataKind.COUNTER))[0]
    assert isinstance(scale, UprightScale)
    layout = arrange(
        make_scene(shot=Shot.DATA, data=point(DataKind.COUNTER)), SMALL, Ground(line=0.82, solid=True), (0.8,)
    )
    hero = layout.placements[-1]
    assert (scale.zero_y, scale.value_y) == (hero.foot_y, hero.foot_y - hero.height_px)


def test_large_numbers_and_long_units_fit() -> None:
    for value in (1.4e9, 123456.0, 0.05, -273.15):
        data = DataPoint(
            kind=DataKind.COUNTER, value=value, unit="kilometres per hour", label="speed", text="x"
        )
        canvas = drawn(figures_of(data), 80)
        assert np.all(canvas[:, int(0.955 * SMALL.width_px) :].max(axis=2) < 100)


def test_the_pin_falls_and_rests() -> None:
    pin = figures_of(point(DataKind.LOCATOR, None))[0]
    assert isinstance(pin, Locator)

    def top(frame: int) -> int:
        yellow = drawn((pin,), frame)[..., 2].astype(int) < 110
        bright = drawn((pin,), frame)[..., 0] > 200
        return int(np.flatnonzero((yellow & bright).any(axis=1))[0])

    assert top(12) < top(60)
    assert top(60) == top(70)


def test_moments_fade_at_both_ends() -> None:
    assert [SETTING.moments.opacity(frame) for frame in (3, 30, 90)] == [0.0, 1.0, 0.0]
    assert 0 < SETTING.moments.opacity(4) < 1
    assert 0 < SETTING.moments.opacity(88) < 1
    assert Moments(start=0, until=None).opacity(1000) == 1.0


PLACE = CardPlace(box=Box(x=160, y=20, width=140, height=80), size_px=30.0, align="left")


def test_a_card_sets_headline_subline_and_line() -> None:
    card = make_card(("Tower", "Paris"), PLACE, SETTING)
    assert card is not None
    assert len(card.reveals) == 3
    assert PLACE.box.contains(card.box, slack=2.0)
    assert np.all(drawn((card,), 3) == 60)
    assert drawn((card,), 60).max() == 255


def test_a_card_without_words_is_none_and_without_subline_shorter() -> None:
    assert make_card(("\U0001f98a", "x"), PLACE, SETTING) is None
    card = make_card(("Tower", ""), PLACE, SETTING)
    assert card is not None
    assert len(card.reveals) == 2


def test_a_card_may_be_there_in_the_first_picture() -> None:
    setting = Setting(size=SMALL, palette=PALETTE, moments=Moments(start=0, until=None), ink=INK)
    at_once, later = (make_card(("Tower", ""), PLACE, setting, at_once=flag) for flag in (True, False))
    assert at_once is not None
    assert later is not None
    assert drawn((at_once,), 0).max() > 240
    assert drawn((later,), 0).max() < 200


def test_a_quote_comes_line_by_line() -> None:
    box = Box(x=40, y=40, width=240, height=80)
    quote = make_quote("Sometimes silence says more than a thousand words", box, SETTING)
    assert quote is not None
    assert len(quote.reveals) in (2, 3)
    starts = [reveal.start for reveal in quote.reveals]
    assert starts == sorted(set(starts))


@pytest.mark.parametrize("text", ["", "\U0001f98a", "words " * 100])
def test_what_is_no_quote_is_left_to_the_caption(text: str) -> None:
    assert make_quote(text, Box(x=40, y=40, width=240, height=80), SETTING) is None


@pytest.mark.parametrize("motion", [Motion.DRAW, Motion.SPREAD, Motion.CLIMB, Motion.RISE])
def test_reveals_grow_and_then_stand(motion: Motion) -> None:
    bar = draw_bar(Box(x=20, y=20, width=100, height=40), (255, 255, 255))
    reveal = Reveal(patch=bar, motion=motion, start=10, frames=20, until=60, rise_px=6.0)

    def shown(frame: int) -> float:
        canvas = np.zeros((100, 200, 3), dtype=np.uint8)
        draw_reveal(canvas, reveal, frame)
        return float(canvas.mean())

    assert shown(9) == 0.0
    assert 0.0 < shown(15) < shown(22) < shown(40)
    assert shown(40) == shown(50)
    assert 0.0 < shown(58) < shown(50)
    assert shown(60) == 0.0


def test_a_sketch_draws_smooth_shapes() -> None:
    sketch = Sketch(0, 0, 40, 40)
    sketch.disc(20, 20, 10, (255, 0, 0))
    sketch.line((0, 5), (40, 5), (0, 255, 0), 2)
    sketch.shape([(0, 40), (10, 40), (5, 30)], (0, 0, 255))
    sketch.ring(20, 20, (18, 18), ((255, 255, 255), 2))
    picture = sketch.patch(shadow=0.0).picture
    assert tuple(picture[20, 20]) == (255, 0, 0, 255)
    assert picture[5, 3, 1] > 200
    edge = picture[20, 28:33, 3]
    assert np.any((edge > 10) & (edge < 245))
