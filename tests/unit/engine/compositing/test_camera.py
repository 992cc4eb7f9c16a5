from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compositing.camera import layer_matrix, view_at
from engine.compositing.easing import clamp, ease_in_out, ease_out, lerp, overshoot, span
from engine.media import FrameSize
from engine.scenery import Camera
from tests.unit.engine.compositing.stand_ins import MOVING, STILL

SIZE = FrameSize(width_px=1280, height_px=720)
SHAPE = (800, 1440, 4)
CENTRE = (0.5, 0.5)


def test_a_still_camera_changes_nothing() -> None:
    view = view_at(STILL, SIZE, 0.7, anchor=CENTRE)
    matrix = layer_matrix(view, SIZE, SHAPE, 1.0)
    assert matrix.tolist() == [[1.0, 0.0, -80.0], [0.0, 1.0, -40.0]]
    assert view.place(300.0, 200.0, 1.0) == (300.0, 200.0)


def test_nearer_layers_move_more_and_the_sky_not_at_all() -> None:
    view = view_at(MOVING, SIZE, 1.0, anchor=CENTRE)
    shifts = [view.shift_at(depth) for depth in (0.0, 0.5, 1.0)]
    assert shifts[0] == 0.0
    assert shifts[1] == pytest.approx(shifts[2] / 2)
    assert shifts[2] == pytest.approx(-0.03 * 1280)
    assert view.scale_at(0.0) == 1.0
    assert view.scale_at(1.0) == pytest.approx(1.06)


def test_the_move_is_even() -> None:
    places = [view_at(MOVING, SIZE, t, anchor=CENTRE).pan_px for t in (0.0, 0.25, 0.5, 0.75, 1.0)]
    steps = {round(b - a, 6) for a, b in itertools.pairwise(places)}
    assert len(steps) == 1


def test_an_orbit_leaves_its_depth_where_it_is() -> None:
    view = view_at(MOVING, SIZE, 1.0, anchor=CENTRE, orbit_depth=0.9)
    assert view.place(300.0, 500.0, 0.9) == (300.0, 500.0)
    assert view.shift_at(0.0) > 0 > view.shift_at(1.0)


@given(
    st.floats(-0.3, 0.3),
    st.floats(1.0, 1.3),
    st.floats(0.0, 1.0),
    st.floats(0.0, 1.0),
    st.sampled_from([None, 0.9]),
)
def test_a_layer_always_covers_the_frame(
    pan: float, zoom: float, progress: float, depth: float, orbit: float | None
) -> None:
    camera = Camera(pan_from=-pan, pan_to=pan, zoom_from=1.0, zoom_to=zoom)
    view = view_at(camera, SIZE, progress, anchor=(0.5, 0.82), orbit_depth=orbit)
    matrix = layer_matrix(view, SIZE, SHAPE, depth)
    scale, dx, dy = matrix[0, 0], matrix[0, 2], matrix[1, 2]
    assert dx <= 1e-3
    assert dy <= 1e-3
    assert dx + scale * 1440 >= 1280 - 0.05
    assert dy + scale * 800 >= 720 - 0.05


@given(st.floats(-2.0, 3.0))
def test_curves_run_from_nothing_to_all(t: float) -> None:
    for curve in (ease_out, ease_in_out):
        assert 0.0 <= curve(t) <= 1.0
    assert 0.0 <= overshoot(t) <= 1.2
    assert [ease_out(1.0), ease_in_out(1.0), overshoot(1.0)] == [1.0, 1.0, 1.0]
    assert [ease_out(0.0), ease_in_out(0.0), overshoot(0.0)] == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)


def test_spans_and_steps() -> None:
    assert [span(frame, 10, 20) for frame in (5, 10, 20, 30, 99)] == [0.0, 0.0, 0.5, 1.0, 1.0]
    assert [span(4, 5, 0), span(5, 5, 0)] == [0.0, 1.0]
    assert lerp(2.0, 6.0, 0.25) == 3.0
    assert clamp(7.0, 0.0, 5.0) == 5.0
