from __future__ import annotations

import numpy as np
import pytest

from engine.generators.plates.canvas import Sheet, View, dither
from engine.media import FrameSize

VIEW = View.of(FrameSize(width_px=100, height_px=60))


def test_a_layer_is_larger_than_the_frame() -> None:
    assert VIEW.shape == (60 + 2 * 5, 100 + 2 * 12)
    assert VIEW.x(0.0) == 12
    assert VIEW.y(1.0) == 65
    assert VIEW.unit == 60


def test_edges_have_the_colour_of_the_shape() -> None:
    sheet = Sheet(VIEW)
    sheet.ellipse(60, 35, 20.3, 15.7, (200, 40, 90))
    picture = sheet.finish()
    seen = picture[picture[..., 3] > 40]
    assert (picture[..., 3] < 255).any()
    assert np.abs(seen[:, :3].astype(int) - (200, 40, 90)).max() <= 10


def test_what_is_seen_through_is_as_opaque_as_asked() -> None:
    sheet = Sheet(VIEW)
    sheet.rectangle(20, 20, 60, 40, (10, 200, 30), opacity=0.5)
    assert sheet.finish()[30, 40, 3] == pytest.approx(128, abs=2)


def test_a_tint_changes_colour_but_not_cover() -> None:
    sheet = Sheet(VIEW)
    sheet.ellipse(60, 35, 30, 20, (255, 0, 0))
    before = sheet.pixels[..., 3].copy()
    sheet.fade((0, 0, 255), 0, 70, start=1.0, end=1.0)
    after = sheet.finish()
    assert np.array_equal(after[..., 3], before)
    assert after[35, 60, :3] == pytest.approx((0, 0, 255), abs=2)


def test_a_fade_runs_from_top_to_bottom() -> None:
    sheet = Sheet(VIEW)
    sheet.rectangle(0, 0, 124, 70, (0, 0, 0))
    sheet.fade((255, 255, 255), 10, 60)
    column = sheet.finish()[:, 60, 0].astype(int)
    assert column[5] <= 1
    assert column[35] == pytest.approx(128, abs=5)
    assert column[68] >= 254


def test_a_picture_is_cut_at_the_edges() -> None:
    sheet = Sheet(VIEW)
    stamp = np.full((30, 30, 4), 255, np.uint8)
    for left, top in ((-20, -20), (110, 60), (500, 500), (-90, 10)):
        sheet.put(stamp, left, top)
    picture = sheet.finish()
    assert picture[0, 0, 3] == 255
    assert picture[69, 123, 3] == 255
    assert picture[35, 60, 3] == 0


def test_a_glow_falls_to_nothing() -> None:
    sheet = Sheet(VIEW)
    sheet.glow(60, 35, 20, (255, 220, 160), strength=0.8)
    alpha = sheet.finish()[..., 3]
    assert alpha[35, 60] > 150
    assert alpha[35, 82] == 0


def test_the_grain_is_even() -> None:
    grain = dither((300, 300))
    assert grain.min() >= -0.5
    assert grain.max() <= 0.5
    assert abs(float(grain.mean())) < 0.01
