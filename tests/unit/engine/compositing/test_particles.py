from __future__ import annotations

import numpy as np
import pytest

from engine.compositing.camera import view_at
from engine.compositing.particles import draw_bands, make_bands
from engine.media import FrameSize
from engine.scenery import Particles
from tests.unit.engine.compositing.stand_ins import SMALL, STILL, TALL

KINDS = [kind for kind in Particles if kind is not Particles.NONE]


def drawn(
    kind: Particles, frame: int, *, seed: int = 5, grey: int = 60, size: FrameSize = SMALL
) -> np.ndarray:
    canvas = np.full((size.height_px, size.width_px, 3), grey, dtype=np.uint8)
    view = view_at(STILL, size, 0.0, anchor=(0.5, 0.5))
    bands = make_bands(kind, size, seed)
    for where in ("sky", "stage", "front"):
        draw_bands(canvas, bands, where, frame, view)
    return canvas


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [SMALL, TALL])
def test_every_kind_is_seen_but_does_not_fill_the_picture(kind: Particles, size: FrameSize) -> None:
    changed = np.any(drawn(kind, 40, size=size) != 60, axis=2).mean()
    assert 0.0005 < changed < 0.25


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_frames_and_another_seed_others(kind: Particles) -> None:
    assert np.array_equal(drawn(kind, 17), drawn(kind, 17))
    assert not np.array_equal(drawn(kind, 17), drawn(kind, 17, seed=6))


@pytest.mark.parametrize("kind", KINDS)
def test_everything_moves_or_twinkles(kind: Particles) -> None:
    assert not np.array_equal(drawn(kind, 10), drawn(kind, 25))


def test_nothing_drifts_where_nothing_is_asked_for() -> None:
    assert make_bands(Particles.NONE, SMALL, 1) == ()


def test_snow_falls() -> None:
    near = max(make_bands(Particles.SNOW, SMALL, 1), key=lambda band: band.depth)
    assert near.vy.min() > 0


@pytest.mark.parametrize("frame", [0, 500, 5000])
def test_the_sky_is_as_full_later_as_at_first(frame: int) -> None:
    share = np.any(drawn(Particles.SNOW, frame) != 60, axis=2).mean()
    assert share == pytest.approx(np.any(drawn(Particles.SNOW, 0) != 60, axis=2).mean(), rel=0.5)


def test_stars_keep_off_the_moon() -> None:
    assert np.all(drawn(Particles.STARS, 10, grey=200) == 200)


def test_a_larger_frame_has_larger_flakes() -> None:
    small = make_bands(Particles.SNOW, SMALL, 1)[2].stamps.shape[1]
    large = make_bands(Particles.SNOW, FrameSize(width_px=1920, height_px=1080), 1)[2].stamps.shape[1]
    assert large > 3 * small
