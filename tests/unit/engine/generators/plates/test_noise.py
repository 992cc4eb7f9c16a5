from __future__ import annotations

import numpy as np
import pytest

from engine.generators.plates.noise import enlarged, fractal_field, fractal_line


def test_a_line_swings_about_zero() -> None:
    lines = np.stack([fractal_line(np.random.default_rng(s), 400, cells=4) for s in range(40)])
    assert abs(float(lines.mean())) < 0.1
    assert 0.1 < float(lines.std()) < 1.0
    assert float(np.abs(np.diff(lines, axis=1)).max()) < 0.25


def test_a_field_tiles_in_x() -> None:
    field = fractal_field(np.random.default_rng(3), (60, 200), cells=(3, 4))
    assert field.shape == (60, 200)
    assert 0.0 <= float(field.min()) < float(field.max()) <= 1.0
    seam = np.abs(field[:, 0] - field[:, -1]).max()
    assert seam <= np.abs(np.diff(field, axis=1)).max() * 1.5


def test_a_field_has_a_middle_mean() -> None:
    means = [fractal_field(np.random.default_rng(s), (40, 40), cells=(4, 4)).mean() for s in range(20)]
    assert float(np.mean(means)) == pytest.approx(0.5, abs=0.05)


def test_enlarging_keeps_the_values() -> None:
    assert enlarged(np.full((4, 5), 0.25, np.float32), (16, 20)) == pytest.approx(np.full((16, 20), 0.25))
