from __future__ import annotations

import numpy as np

from engine.generators.figures.clay import Clay
from engine.generators.figures.shapes import blob, box, ellipse, limb, mirrored, moved, rounded, star


def test_a_figure_is_cropped_and_as_high_as_asked() -> None:
    clay = Clay(200)
    clay.part(ellipse(0, 0.5, 0.3, 0.5), (200, 90, 60))
    picture = clay.finish()
    assert abs(picture.shape[0] - 200) <= 3
    assert abs(picture.shape[1] - 120) <= 3
    assert picture[100, 60, 3] == 255


def test_light_comes_from_the_upper_left() -> None:
    clay = Clay(200)
    clay.part(ellipse(0, 0.5, 0.5, 0.5), (120, 120, 120), bulge=0.4, gloss=0.0)
    picture = clay.finish()[..., :3].astype(float).mean(2)
    assert picture[50:70, 50:70].mean() > picture[130:150, 130:150].mean() + 20


def test_a_hole_can_be_seen_through() -> None:
    clay = Clay(100)
    clay.part(ellipse(0, 0.5, 0.5, 0.5), (90, 160, 220), holes=(ellipse(0, 0.5, 0.2, 0.2),))
    assert clay.finish()[50, 50, 3] == 0


def test_a_stripe_stays_inside_its_body() -> None:
    clay = Clay(100)
    body = ellipse(0, 0.5, 0.3, 0.5)
    clay.part(body, (255, 255, 255))
    clay.part(box(-1, 0.4, 1, 0.6), (200, 30, 30), inside=body)
    assert clay.finish().shape[1] < 70


def test_a_part_outside_the_figure_is_left_out() -> None:
    clay = Clay(100)
    clay.part(ellipse(0, 0.5, 0.3, 0.5), (255, 255, 255))
    clay.part(ellipse(50, 0.5, 0.3, 0.5), (255, 0, 0))
    assert clay.finish().shape[1] < 70


def test_outlines_are_closed_curves_near_their_points() -> None:
    corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    for outline in (blob(corners), rounded(corners, 0.2), limb(corners[:2], (0.2, 0.1)), star(0, 0, 1, 0.5)):
        assert outline.shape[1] == 2
        assert np.isfinite(outline).all()
        assert np.abs(outline).max() < 1.5
    assert rounded(corners, 0.0).tolist() == [list(corner) for corner in corners]
    assert mirrored(box(0.1, 0, 0.4, 1)).min(0).tolist() == [-0.4, 0.0]
    assert moved(box(0, 0, 1, 1), 2, 3).min(0).tolist() == [2.0, 3.0]
