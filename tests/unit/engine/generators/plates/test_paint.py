"""Plates of every place at every hour and in every weather, at a small size."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine.contract.storyboard import Hour, Mood, Place, Setting, Weather
from engine.generators.plates import paint_plate
from engine.media import Float32Array, FrameSize
from engine.palette import palette_for
from engine.scenery import Particles, Plate

SMALL = FrameSize(width_px=128, height_px=72)
#: Each place meets every hour, and the weathers in turn.
SETTINGS = [
    Setting(place=place, hour=hour, weather=list(Weather)[(number + turn) % 6])
    for turn, place in enumerate(Place)
    for number, hour in enumerate(Hour)
]


@pytest.fixture(autouse=True)
def one_thread() -> None:
    cv2.setNumThreads(1)


def plate_of(setting: Setting, size: FrameSize = SMALL, *, seed: int = 5, mood: Mood = Mood.CALM) -> Plate:
    palette = palette_for(mood, setting.hour, setting.weather, setting.place, seed=seed)
    return paint_plate(setting, palette, size, seed=seed)


def flat(plate: Plate, size: FrameSize) -> Float32Array:
    """Lay all layers over each other at rest, float32 [H,W,3]."""
    result = np.zeros((size.height_px, size.width_px, 3), np.float32)
    for layer in plate.layers:
        top = (layer.picture.shape[0] - size.height_px) // 2
        left = (layer.picture.shape[1] - size.width_px) // 2
        part = layer.picture[top : top + size.height_px, left : left + size.width_px].astype(np.float32)
        alpha = part[..., 3:] / 255
        result = result * (1 - alpha) + part[..., :3] * alpha
    return result


def setting_id(setting: Setting) -> str:
    return f"{setting.place}-{setting.hour}-{setting.weather}"


@pytest.mark.parametrize("setting", SETTINGS, ids=setting_id)
def test_a_plate_is_a_picture_in_layers(setting: Setting) -> None:
    plate = plate_of(setting)
    depths = [layer.depth for layer in plate.layers]
    assert len(plate.layers) >= 2
    assert len(set(depths)) >= 2
    assert 0 < plate.foreground_from <= len(plate.layers)
    assert 0.6 <= plate.ground <= 0.9
    assert 0.0 <= plate.light_strength <= 1.0
    assert plate.light_side in {-1.0, 1.0}
    for layer in plate.layers:
        assert layer.picture.shape == (72 + 2 * 6, 128 + 2 * 15, 4)
        assert layer.picture[..., 3].any()
    picture = flat(plate, SMALL)
    luma = picture @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    assert luma.std() > 6.0
    assert np.unique((picture / 8).astype(int).reshape(-1, 3), axis=0).shape[0] > 16


@pytest.mark.parametrize("place", list(Place))
def test_the_same_seed_gives_the_same_pixels(place: Place) -> None:
    setting = Setting(place=place, hour=Hour.DUSK, weather=Weather.CLOUD)
    first, second = plate_of(setting), plate_of(setting)
    assert len(first.layers) == len(second.layers)
    for a, b in zip(first.layers, second.layers, strict=True):
        assert np.array_equal(a.picture, b.picture)


@pytest.mark.parametrize("place", [Place.CITY, Place.FOREST, Place.SPACE, Place.DESERT])
def test_another_seed_gives_another_picture(place: Place) -> None:
    setting = Setting(place=place, hour=Hour.NOON, weather=Weather.CLEAR)
    first, second = (flat(plate_of(setting, seed=seed), SMALL) for seed in (1, 2))
    assert np.abs(first - second).mean() > 2.0


@pytest.mark.parametrize(("width", "height"), [(256, 144), (144, 256), (144, 144)])
@pytest.mark.parametrize("place", [Place.VILLAGE, Place.KITCHEN, Place.UNDERWATER])
def test_every_shape_of_frame(place: Place, width: int, height: int) -> None:
    size = FrameSize(width_px=width, height_px=height)
    plate = plate_of(Setting(place=place, hour=Hour.NOON, weather=Weather.CLEAR), size)
    for layer in plate.layers:
        rows, columns = layer.picture.shape[:2]
        assert rows >= height * 1.15
        assert columns >= width * 1.23
        assert (rows - height) % 2 == 0
        assert (columns - width) % 2 == 0


def test_a_large_frame() -> None:
    size = FrameSize(width_px=1920, height_px=1080)
    plate = plate_of(Setting(place=Place.RIVER, hour=Hour.NOON, weather=Weather.CLEAR), size)
    assert plate.layers[0].picture.shape == (1080 + 2 * 86, 1920 + 2 * 230, 4)


@pytest.mark.parametrize("place", [Place.FIELD, Place.SEA, Place.SKY])
def test_drifting_layers_close_on_themselves(place: Place) -> None:
    plate = plate_of(
        Setting(place=place, hour=Hour.NOON, weather=Weather.CLOUD), FrameSize(width_px=320, height_px=180)
    )
    drifting = [layer for layer in plate.layers if layer.drift]
    assert drifting
    for layer in drifting:
        alpha = layer.picture[..., 3].astype(np.float32)
        seam = np.abs(alpha[:, 0] - alpha[:, -1]).mean()
        usual = np.abs(np.diff(alpha, axis=1)).mean(axis=0)
        assert seam <= usual.max() * 2


def test_the_sky_has_no_bands() -> None:
    size = FrameSize(width_px=320, height_px=180)
    sky = plate_of(Setting(place=Place.FIELD, hour=Hour.DUSK, weather=Weather.RAIN), size).layers[0].picture
    upper = sky[: sky.shape[0] // 2, :, :3].astype(np.float32)
    # Without dithering whole rows of a smooth sky would be of one value.
    assert (upper.std(axis=1) > 0.2).mean() > 0.95


def test_night_is_darker_than_noon() -> None:
    for place, weather in (
        (Place.CITY, Weather.CLEAR),
        (Place.RIVER, Weather.SNOW),
        (Place.ROOM, Weather.CLEAR),
    ):
        noon, night = (
            flat(plate_of(Setting(place=place, hour=hour, weather=weather)), SMALL).mean()
            for hour in (Hour.NOON, Hour.NIGHT)
        )
        assert night < noon * 0.75


@pytest.mark.parametrize(
    ("place", "weather", "particles"),
    [
        (Place.FIELD, Weather.RAIN, Particles.RAIN),
        (Place.FOREST, Weather.SNOW, Particles.SNOW),
        (Place.CITY, Weather.STORM, Particles.RAIN),
        (Place.ROOM, Weather.RAIN, Particles.NONE),
        (Place.UNDERWATER, Weather.RAIN, Particles.BUBBLES),
        (Place.SPACE, Weather.SNOW, Particles.STARS),
        (Place.STAGE, Weather.CLEAR, Particles.DUST),
    ],
)
def test_what_drifts_through_the_air(place: Place, weather: Weather, particles: Particles) -> None:
    assert plate_of(Setting(place=place, hour=Hour.NOON, weather=weather)).particles == particles


@pytest.mark.parametrize("place", list(Place))
def test_subjects_float_where_there_is_no_ground(place: Place) -> None:
    plate = plate_of(Setting(place=place, hour=Hour.NOON, weather=Weather.CLEAR))
    floating = {Place.UNDERWATER, Place.SKY, Place.SPACE}
    assert plate.has_ground == (place not in floating)


@pytest.mark.parametrize(
    "place", [p for p in Place if p not in {Place.SEA, Place.UNDERWATER, Place.SKY, Place.SPACE}]
)
def test_there_is_ground_under_the_feet(place: Place) -> None:
    plate = plate_of(Setting(place=place, hour=Hour.NOON, weather=Weather.CLEAR))
    standing = plate.layers[plate.foreground_from - 1].picture
    row = 6 + round(plate.ground * 72)
    # The layer that subjects stand on is solid across the middle, where they stand.
    assert (standing[row, 45:113, 3] > 250).all()
