from __future__ import annotations

import numpy as np
import pytest

from engine.compositing.camera import view_at
from engine.compositing.layout import Placement
from engine.compositing.sprites import Actor, Entrance, Stage, cast_actor, draw_actor
from engine.contract.storyboard import Action, Subject
from engine.media import UInt8Array
from engine.scenery import Plate, Sprite
from tests.unit.engine.compositing.stand_ins import (
    PALETTE,
    SMALL,
    STILL,
    disc,
    make_plate,
    make_sprite,
    make_subject,
)


def as_it_is(picture: UInt8Array) -> UInt8Array:
    return picture


def place(*, rank: int = 0, subject: int = 0, x: float = 160.0) -> Placement:
    return Placement(subject=subject, foot_x=x, foot_y=150.0, height_px=80.0, rank=rank)


def stage(plate: Plate | None = None) -> Stage:
    return Stage(size=SMALL, plate=plate or make_plate(), palette=PALETTE, grade=as_it_is, depth=0.9)


def cast(
    sprite: Sprite | None = None,
    subject: Subject | None = None,
    placement: Placement | None = None,
    *,
    plate: Plate | None = None,
    enters_at: int | None = None,
) -> Actor:
    return cast_actor(
        sprite or make_sprite(),
        subject or make_subject(),
        placement or place(),
        stage(plate),
        enters_at=enters_at,
    )


def drawn(actor: Actor, frame: int = 30, grey: int = 200) -> np.ndarray:
    canvas = np.full((SMALL.height_px, SMALL.width_px, 3), grey, dtype=np.uint8)
    draw_actor(canvas, actor, view_at(STILL, SMALL, 0.0, anchor=(0.5, 0.8)), frame, length=60)
    return canvas


def red_box(canvas: np.ndarray) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of what is red."""
    red = canvas[..., 0].astype(int) - canvas[..., 2] > 60
    rows, columns = np.flatnonzero(red.any(axis=1)), np.flatnonzero(red.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]), int(rows[-1])


def test_an_actor_stands_on_its_foot_at_its_height() -> None:
    left, top, right, bottom = red_box(drawn(cast()))
    assert bottom == pytest.approx(149, abs=2)
    assert bottom - top == pytest.approx(80, abs=3)
    assert (left + right) / 2 == pytest.approx(160, abs=2)


def test_a_shadow_lies_on_the_ground_only_where_there_is_one() -> None:
    below = np.s_[152:158, 130:190]
    assert drawn(cast())[below].min() < 160
    assert np.all(drawn(cast(plate=make_plate(has_ground=False)))[170:] == 200)


def test_the_foot_is_darker_and_the_lit_side_brighter() -> None:
    canvas = drawn(cast(Sprite(frames=np.full((1, 60, 60, 4), 255, dtype=np.uint8), fps=0.0, source="x")))
    assert canvas[145, 160].mean() < canvas[90, 160].mean() - 20
    assert canvas[100, 195].mean() > canvas[100, 125].mean() + 10


def test_what_stands_behind_is_softer_and_hazy() -> None:
    front, behind = drawn(cast()), drawn(cast(placement=place(rank=3)))
    assert behind[110, 160, 0] < front[110, 160, 0]
    edge = np.abs(np.diff(behind[110, :, 0].astype(int))).max()
    assert edge < np.abs(np.diff(front[110, :, 0].astype(int))).max()


@pytest.mark.parametrize(
    ("subject", "entrance"),
    [
        (make_subject(action=Action.RUN), Entrance.SLIDE),
        (make_subject(kind="tower"), Entrance.GROW),
        (make_subject(kind="heart"), Entrance.POP),
    ],
)
def test_each_kind_enters_in_its_way(subject: Subject, entrance: Entrance) -> None:
    actor = cast(subject=subject, enters_at=10)
    assert actor.entrance is entrance
    assert np.all(drawn(actor, 9) == 200)
    assert np.any(drawn(actor, 14) != drawn(actor, 50))
    assert red_box(drawn(actor, 50))[3] == pytest.approx(149, abs=2)


def test_an_actor_that_is_there_from_the_start_does_not_enter() -> None:
    actor = cast()
    assert actor.entrance is Entrance.NONE
    assert np.array_equal(drawn(actor, 0), drawn(actor, 50))


def test_poses_lift_stretch_and_turn() -> None:
    poses = np.array([[0, -0.25, 1, 1, 0], [0.5, 0, 1, 1, 0], [0, 0, 1.5, 0.5, 0]], dtype=np.float32)
    actor = cast(make_sprite(poses=poses))
    boxes = [red_box(drawn(actor, frame)) for frame in range(3)]
    assert boxes[0][3] == pytest.approx(129, abs=2)
    assert (boxes[1][0] + boxes[1][2]) / 2 == pytest.approx(200, abs=2)
    assert boxes[2][2] - boxes[2][0] == pytest.approx(120, abs=3)
    assert boxes[2][3] - boxes[2][1] == pytest.approx(40, abs=3)


def test_a_turn_is_clockwise_about_the_foot_or_the_middle() -> None:
    tall = np.zeros((1, 90, 30, 4), dtype=np.uint8)
    tall[...] = (230, 40, 40, 255)
    poses = np.array([[0, 0, 1, 1, 30]], dtype=np.float32)
    sprite = Sprite(frames=tall, fps=0.0, source="x", poses=poses)
    about_foot = red_box(drawn(cast(sprite)))
    about_middle = red_box(drawn(cast(sprite, make_subject(action=Action.SPIN))))
    assert about_foot[2] > about_middle[2] + 10
    assert about_foot[0] > about_middle[0] + 10


def test_a_jump_pales_the_shadow() -> None:
    poses = np.array([[0, 0, 1, 1, 0], [0, -0.4, 1, 1, 0]], dtype=np.float32)
    actor = cast(make_sprite(poses=poses))
    below = np.s_[152:158, 150:170]
    assert drawn(actor, 1)[below].mean() > drawn(actor, 0)[below].mean() + 8


def test_a_loop_of_frames_plays_at_its_rate() -> None:
    frames = np.concatenate([disc(), disc(colour=(40, 60, 220))])
    actor = cast(make_sprite(frames=frames))
    assert drawn(actor, 0)[110, 160, 0] > 150
    assert drawn(actor, 3)[110, 160, 2] > 150
    assert np.array_equal(drawn(actor, 6), drawn(actor, 0))


@pytest.mark.parametrize(("source", "sign"), [("procedural", 1), ("text_gan", -1)])
def test_a_walker_goes_where_it_looks_and_stays_in_the_picture(source: str, sign: int) -> None:
    sprite = Sprite(frames=disc(), fps=0.0, source=source)
    actor = cast(sprite, make_subject(action=Action.WALK))
    starts, ends = red_box(drawn(actor, 0)), red_box(drawn(actor, 60))
    assert np.sign(ends[0] - starts[0]) == sign
    at_the_edge = cast(sprite, make_subject(action=Action.WALK), place(x=45.0))
    assert abs(at_the_edge.travel_px) < 5


def test_subjects_move_out_of_step() -> None:
    poses = np.zeros((20, 5), dtype=np.float32)
    poses[:, 2:4] = 1.0
    poses[:, 1] = -0.2 * np.sin(np.linspace(0, np.pi, 20))
    first, second = (cast(make_sprite(poses=poses), placement=place(subject=subject)) for subject in (0, 1))
    assert red_box(drawn(first, 3))[3] != red_box(drawn(second, 3))[3]


def test_a_hollow_drawing_still_has_a_shadow() -> None:
    faint = disc()
    faint[..., 3] = faint[..., 3] // 4
    assert cast(make_sprite(frames=faint)).shadow is not None
