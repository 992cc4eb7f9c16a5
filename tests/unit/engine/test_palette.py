from __future__ import annotations

from dataclasses import astuple

from hypothesis import given
from hypothesis import strategies as st

from engine.contract.storyboard import Hour, Mood, Place, Weather
from engine.oklab import contrast_ratio, lch_of
from engine.palette import ACCENT_CONTRAST, palette_for

moods, hours = st.sampled_from(Mood), st.sampled_from(Hour)
weathers, places = st.sampled_from(Weather), st.sampled_from(Place)
seeds = st.integers(min_value=0, max_value=2**63 - 1)


@given(moods, hours, weathers, places, seeds)
def test_the_accent_can_be_read_on_near(
    mood: Mood, hour: Hour, weather: Weather, place: Place, seed: int
) -> None:
    palette = palette_for(mood, hour, weather, place, seed=seed)
    assert contrast_ratio(palette.accent, palette.near) >= ACCENT_CONTRAST


@given(moods, hours, weathers, places, seeds)
def test_the_sky_grows_light_towards_the_horizon(
    mood: Mood, hour: Hour, weather: Weather, place: Place, seed: int
) -> None:
    palette = palette_for(mood, hour, weather, place, seed=seed)
    zenith, sky, horizon = (lch_of(c).light for c in (palette.zenith, palette.sky, palette.horizon))
    assert zenith < sky < horizon
    assert lch_of(palette.near).light <= 0.37


@given(moods, hours, weathers, places, seeds)
def test_the_same_arguments_give_the_same_colours(
    mood: Mood, hour: Hour, weather: Weather, place: Place, seed: int
) -> None:
    first, second = (palette_for(mood, hour, weather, place, seed=seed) for _ in range(2))
    assert first == second


def test_hours_and_moods_differ() -> None:
    skies = {palette_for(m, h, Weather.CLEAR, Place.FIELD, seed=1).sky for m in Mood for h in Hour}
    assert len(skies) == len(Mood) * len(Hour)


def test_rooms_have_their_own_walls() -> None:
    room = palette_for(Mood.CALM, Hour.NOON, Weather.CLEAR, Place.ROOM, seed=1)
    kitchen = palette_for(Mood.CALM, Hour.NOON, Weather.CLEAR, Place.KITCHEN, seed=1)
    assert room.sky != kitchen.sky


def test_no_weather_comes_into_a_room() -> None:
    palettes = {astuple(palette_for(Mood.SAD, Hour.DUSK, w, Place.COURT, seed=4)) for w in Weather}
    assert len(palettes) == 1


def test_rain_takes_colour_from_the_sky() -> None:
    clear, rain = (
        palette_for(Mood.CALM, Hour.NOON, weather, Place.FIELD, seed=2)
        for weather in (Weather.CLEAR, Weather.RAIN)
    )
    assert lch_of(rain.sky).chroma < lch_of(clear.sky).chroma
    assert lch_of(rain.sky).light < lch_of(clear.sky).light
