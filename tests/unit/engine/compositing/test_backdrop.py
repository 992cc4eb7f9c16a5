from __future__ import annotations

import numpy as np
import pytest

from engine.compositing.backdrop import draw_layers, prepare_backdrop
from engine.compositing.blend import lay_warped, premultiply
from engine.compositing.camera import layer_matrix, view_at
from engine.media import FrameSize, UInt8Array
from engine.scenery import Camera, Plate
from tests.unit.engine.compositing.stand_ins import MOVING, SMALL, STILL, make_plate

CENTRE = (0.5, 0.8)


def as_it_is(picture: UInt8Array) -> UInt8Array:
    return picture


def drawn(plate: Plate, camera: Camera = STILL, progress: float = 0.0, frame: int = 0) -> np.ndarray:
    size = SMALL
    backdrop = prepare_backdrop(plate, size, as_it_is)
    canvas = np.zeros((size.height_px, size.width_px, 3), dtype=np.uint8)
    draw_layers(canvas, backdrop.layers, view_at(camera, size, progress, anchor=CENTRE), size, frame)
    return canvas


def painted_plainly(plate: Plate, camera: Camera, progress: float) -> np.ndarray:
    """Draw every layer in full, one over the other, without any short cut."""
    canvas = np.zeros((SMALL.height_px, SMALL.width_px, 3), dtype=np.uint8)
    view = view_at(camera, SMALL, progress, anchor=CENTRE)
    for layer in plate.layers:
        matrix = layer_matrix(view, SMALL, layer.picture.shape, layer.depth)
        lay_warped(canvas, premultiply(layer.picture), matrix)
    return canvas


@pytest.mark.parametrize("progress", [0.0, 0.37, 1.0])
def test_short_cuts_change_nothing(progress: float) -> None:
    ours = drawn(make_plate(), MOVING, progress)
    plain = painted_plainly(make_plate(), MOVING, progress)
    inner = np.s_[2:-2, 2:-2]  # at the very edge a plain warp fades into nothing
    assert np.abs(ours[inner].astype(int) - plain[inner]).max() <= 1


def test_solid_rows_are_found() -> None:
    sky, far, near = prepare_backdrop(make_plate(), SMALL, as_it_is).layers
    assert sky.solid == 0
    assert 0 < far.parts[0].top < far.solid < near.solid < far.height_px
    assert len(far.parts) == 1
    assert far.area_px < sky.area_px / 2


def test_the_grade_is_given_to_every_layer() -> None:
    seen: list[tuple[int, ...]] = []

    def listen(picture: UInt8Array) -> UInt8Array:
        seen.append(picture.shape)
        return picture

    prepare_backdrop(make_plate(), SMALL, listen)
    assert len(seen) == 3
    assert seen[0] == (198, 352, 4)


def test_clouds_drift_to_the_right_and_come_round_again() -> None:
    plate = make_plate(sky=(0, 0), has_ground=False, drift=0.5)
    first, later = drawn(plate), drawn(plate, frame=3)
    assert np.array_equal(later[20:60, 16:], first[20:60, :-16])
    period = plate.layers[1].picture.shape[1] / (0.5 * SMALL.width_px / 30)
    assert np.abs(drawn(plate, frame=round(period)).astype(int) - first).max() <= 70


def test_a_drifting_layer_narrower_than_the_frame_repeats() -> None:
    plate = make_plate(sky=(0, 0), has_ground=False, drift=0.5)
    wide = FrameSize(width_px=800, height_px=180)
    layer = prepare_backdrop(plate, wide, as_it_is).layers[1]
    right = max(part.left + part.picture.shape[1] for part in layer.parts)
    assert right >= 800
    assert len(layer.parts) >= 800 // layer.width_px


def test_an_empty_layer_draws_nothing() -> None:
    plate = make_plate(has_ground=False, drift=0.1)
    plate.layers[1].picture[...] = 0
    assert np.array_equal(drawn(plate), drawn(make_plate(has_ground=False)))
