from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compositing.boxes import Box, box_of
from engine.compositing.layout import (
    Ground,
    SceneLayout,
    arrange,
    caption_box,
    headline_boxes,
    is_wide,
    quote_box,
    safe_box,
)
from engine.contract.storyboard import DataKind, DataPoint, Role, Shot, Subject
from engine.media import FrameSize
from tests.unit.engine.compositing.stand_ins import make_scene, make_subject

WIDE = FrameSize(width_px=1280, height_px=720)
TALL = FrameSize(width_px=720, height_px=1280)
SQUARE = FrameSize(width_px=720, height_px=720)
SIZES = (WIDE, TALL, SQUARE)
GROUND = Ground(line=0.82, solid=True)
AIR = Ground(line=0.8, solid=False)


def value(kind: DataKind, dimension: str = "") -> DataPoint:
    return DataPoint(kind=kind, value=324.0, unit="m", label="height", text="324 m", dimension=dimension)


def hero_box(layout: SceneLayout, aspect: float = 1.0) -> Box:
    hero = layout.placements[-1]
    width = hero.height_px * aspect
    return Box(x=hero.foot_x - width / 2, y=hero.foot_y - hero.height_px, width=width, height=hero.height_px)


@pytest.mark.parametrize(("size", "wide"), [(WIDE, True), (TALL, False), (SQUARE, False)])
def test_words_stand_beside_the_hero_only_in_a_wide_frame(size: FrameSize, wide: bool) -> None:
    assert is_wide(size) is wide


@pytest.mark.parametrize("size", SIZES)
def test_all_words_keep_to_the_safe_area(size: FrameSize) -> None:
    safe = safe_box(size)
    assert safe.contains(caption_box(size))
    assert all(safe.contains(box) for box in headline_boxes(size))
    assert safe.contains(quote_box(size))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("right", [True, False])
def test_headline_hero_and_caption_do_not_meet(size: FrameSize, right: bool) -> None:
    scene = make_scene(shot=Shot.ESTABLISHING, headline="The Tower")
    layout = arrange(scene, size, GROUND, (0.8,), words_right=right)
    hero = hero_box(layout, 0.8)
    assert layout.headline is not None
    assert not layout.headline.overlaps(layout.caption)
    if is_wide(size):
        assert not layout.headline.overlaps(hero)
        assert (layout.headline.x > hero.x) is right


@pytest.mark.parametrize("size", SIZES)
def test_a_hero_takes_a_third_of_the_picture_and_stands_on_the_ground(size: FrameSize) -> None:
    layout = arrange(make_scene(shot=Shot.SUBJECT), size, GROUND, (1.0,))
    hero = hero_box(layout)
    assert max(hero.height / size.height_px, hero.width / size.width_px) >= 1 / 3
    assert hero.bottom == pytest.approx(0.82 * size.height_px)


def test_what_floats_is_near_the_middle() -> None:
    hero = hero_box(arrange(make_scene(), WIDE, AIR, (1.0,)))
    assert abs(hero.centre_y - 360) < 80


@settings(max_examples=150)
@given(
    st.sampled_from(SIZES),
    st.sampled_from(list(Shot)),
    st.lists(
        st.tuples(
            st.sampled_from(["person", "tower", "animal"]), st.integers(1, 12), st.sampled_from(list(Role))
        ),
        max_size=5,
    ),
    st.floats(0.3, 3.0),
    st.sampled_from([GROUND, AIR]),
    st.booleans(),
)
def test_every_subject_is_in_the_picture(
    size: FrameSize,
    shot: Shot,
    kinds: list[tuple[str, int, Role]],
    aspect: float,
    ground: Ground,
    headline: bool,
) -> None:
    subjects = tuple(make_subject(kind=kind, count=count, role=role) for kind, count, role in kinds)
    scene = make_scene(shot=shot, subjects=subjects, headline="A headline" if headline else "")
    layout = arrange(scene, size, ground, tuple(aspect for _ in subjects))
    for placed in layout.placements:
        half = placed.height_px * aspect / 2
        assert placed.height_px > 8
        assert placed.foot_x - half >= -0.08 * size.width_px
        assert placed.foot_x + half <= 1.08 * size.width_px
        assert placed.foot_y - placed.height_px * 0.9 > 0
        assert placed.foot_y <= size.height_px
    ranks = [placed.rank for placed in layout.placements]
    assert ranks == sorted(ranks, reverse=True)
    assert bool(layout.placements) is bool(subjects)


def test_a_group_is_one_drawing_and_takes_one_place() -> None:
    layout = arrange(make_scene(subjects=(make_subject(count=3),)), WIDE, GROUND, (1.4,))
    assert len(layout.placements) == 1


def test_many_heroes_are_capped() -> None:
    layout = arrange(make_scene(subjects=(make_subject(),) * 20), WIDE, GROUND, (1.0,) * 20)
    assert len(layout.placements) == 6


def both(hero: str, other: str) -> tuple[Subject, ...]:
    return make_subject(kind=hero), make_subject(kind=other, role=Role.SECONDARY)


def test_a_secondary_subject_is_smaller_and_behind() -> None:
    layout = arrange(make_scene(subjects=both("tower", "building")), WIDE, GROUND, (0.5, 1.3))
    behind, hero = layout.placements
    assert behind.rank > hero.rank
    assert behind.height_px * behind.height_px * 1.3 <= 0.55 * hero.height_px**2 * 0.5


def test_a_tower_behind_a_person_stays_tall() -> None:
    layout = arrange(make_scene(subjects=both("person", "tower")), WIDE, GROUND, (0.5, 0.5))
    behind, hero = layout.placements
    assert behind.height_px > 0.7 * hero.height_px


@pytest.mark.parametrize(
    ("size", "kind"), list(itertools.product(SIZES, DataKind)), ids=lambda value: str(value)[:24]
)
def test_a_data_shot_shows_its_value_in_the_safe_area(size: FrameSize, kind: DataKind) -> None:
    scene = make_scene(shot=Shot.DATA, data=value(kind))
    layout = arrange(scene, size, GROUND, (0.8,))
    assert layout.data is not None
    assert safe_box(size).contains(layout.data.value, slack=1.0)
    assert not layout.data.value.overlaps(layout.caption)
    if layout.data.figure is not None:
        assert safe_box(size).contains(layout.data.figure, slack=1.0)
        assert not layout.data.figure.overlaps(layout.caption)
    if is_wide(size):
        assert not layout.data.value.overlaps(hero_box(layout, 0.8))


def test_a_height_has_a_scale_beside_its_hero_and_a_number_of_people_has_none() -> None:
    high = arrange(make_scene(data=value(DataKind.COUNTER, "height")), WIDE, GROUND, (0.8,)).data
    many = arrange(make_scene(data=value(DataKind.COUNTER, "count")), WIDE, GROUND, (0.8,)).data
    assert high is not None
    assert high.figure is not None
    assert many is not None
    assert many.figure is None


def test_a_data_shot_shows_only_the_one_subject_that_the_value_belongs_to() -> None:
    scene = make_scene(shot=Shot.DATA, subjects=both("tower", "person"), data=value(DataKind.COUNTER))
    assert [placed.subject for placed in arrange(scene, WIDE, GROUND, (0.8, 0.8)).placements] == [0]


def test_a_value_without_a_subject_stands_in_the_middle() -> None:
    layout = arrange(make_scene(subjects=(), data=value(DataKind.COUNTER)), WIDE, GROUND, ())
    assert layout.data is not None
    assert layout.data.align == "centre"
    assert layout.data.value.centre_x == pytest.approx(640)


def test_a_mood_shot_without_subjects_is_a_quote() -> None:
    assert arrange(make_scene(shot=Shot.MOOD, subjects=()), WIDE, GROUND, ()).quote is not None
    assert arrange(make_scene(shot=Shot.MOOD), WIDE, GROUND, (1.0,)).quote is None


def test_boxes_know_their_edges() -> None:
    box = box_of(left=10, top=20, right=30, bottom=60)
    assert (box.right, box.bottom, box.centre_x, box.centre_y) == (30, 60, 20, 40)
    assert box_of(left=10, top=0, right=5, bottom=1).width == 0
    assert not box.overlaps(Box(x=30, y=20, width=5, height=5))
