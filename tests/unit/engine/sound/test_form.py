from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.contract.errors import InvalidOption
from engine.contract.storyboard import Mood
from engine.scenery import MusicBrief, MusicSection
from engine.sound.form import LAST_BAR_BEATS, check_brief, plan_form
from engine.sound.moods import load_styles

PACES = {mood: style.pace for mood, style in load_styles().of.items()}

parts = st.lists(
    st.tuples(st.sampled_from(list(Mood)), st.floats(0.2, 12.0), st.floats(0.0, 1.0)), min_size=1, max_size=8
)


def brief(parts: list[tuple[Mood, float, float]], seed: int = 0) -> MusicBrief:
    at, sections = 0.0, []
    for mood, seconds, energy in parts:
        sections.append(MusicSection(start=at, end=at + seconds, mood=mood, energy=energy))
        at += seconds
    return MusicBrief(sections=tuple(sections), seconds=max(0.5, at), seed=seed)


@settings(max_examples=60, deadline=None)
@given(parts=parts, seed=st.integers(0, 2**31))
def test_bars_fill_the_clip_without_gaps(parts: list[tuple[Mood, float, float]], seed: int) -> None:
    asked = brief(parts)
    form = plan_form(asked, PACES, np.random.default_rng(seed))
    at = 0.0
    for bar in form.bars:
        assert bar.start_beats == at
        assert bar.beats >= 1
        assert 0.0 <= bar.energy <= 1.0
        at += bar.beats
    assert at * form.beat_seconds == pytest.approx(asked.seconds)
    passages = [bar.passage for bar in form.bars]
    assert passages == sorted(passages)
    assert set(passages) == set(range(passages[-1] + 1))


@pytest.mark.parametrize("mood", list(Mood))
@pytest.mark.parametrize("seconds", [6.0, 15.0, 40.0])
def test_the_tempo_suits_the_mood(mood: Mood, seconds: float) -> None:
    for seed in range(10):
        form = plan_form(brief([(mood, seconds, 0.5)]), PACES, np.random.default_rng(seed))
        assert PACES[mood].tempo_bpm[0] <= form.tempo_bpm <= PACES[mood].tempo_bpm[1]
        assert form.bars[-1].beats in LAST_BAR_BEATS


def test_moods_change_on_the_bar_line_nearest_to_the_scene() -> None:
    changes, far = 0, []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        lengths = rng.uniform(3.0, 7.0, 4)
        moods = [Mood.CALM, Mood.EPIC, Mood.SAD, Mood.HAPPY]
        asked = brief(list(zip(moods, map(float, lengths), (0.3, 0.9, 0.3, 0.6), strict=True)))
        form = plan_form(asked, PACES, rng)
        starts = [bar.start_beats * form.beat_seconds for bar in form.bars]
        heard = {bar.passage: bar.mood for bar in form.bars}
        assert list(heard.values()) == moods
        for section in asked.sections[1:]:
            changes += 1
            far.append(min(abs(start - section.start) for start in starts))
    assert changes == 120
    assert max(far) < 1.0
    assert float(np.mean(far)) < 0.3


def test_a_mood_too_short_to_hear_is_left_out() -> None:
    asked = brief([(Mood.HAPPY, 8.0, 0.6), (Mood.SAD, 0.8, 0.2), (Mood.HAPPY, 8.0, 0.6)])
    form = plan_form(asked, PACES, np.random.default_rng(0))
    assert {bar.mood for bar in form.bars} == {Mood.HAPPY}
    assert {bar.passage for bar in form.bars} == {0}


def test_energy_follows_the_sections() -> None:
    asked = brief([(Mood.EPIC, 10.0, 0.1), (Mood.EPIC, 10.0, 0.9)])
    form = plan_form(asked, PACES, np.random.default_rng(0))
    assert form.bars[0].energy == pytest.approx(0.1)
    assert form.bars[-1].energy == pytest.approx(0.9)


@pytest.mark.parametrize("seconds", [0.0, -1.0, 0.4, 601.0, 10_000.0, math.inf, math.nan])
def test_a_length_out_of_range_is_refused(seconds: float) -> None:
    section = MusicSection(start=0.0, end=1.0, mood=Mood.CALM, energy=0.5)
    with pytest.raises(InvalidOption, match="seconds"):
        check_brief(MusicBrief(sections=(section,), seconds=seconds, seed=1))


def test_a_brief_without_sections_is_refused() -> None:
    with pytest.raises(InvalidOption, match="section"):
        check_brief(MusicBrief(sections=(), seconds=10.0, seed=1))


def test_a_section_that_is_no_number_is_refused() -> None:
    section = MusicSection(start=0.0, end=1.0, mood=Mood.CALM, energy=math.nan)
    with pytest.raises(InvalidOption, match="numbers"):
        check_brief(MusicBrief(sections=(section,), seconds=10.0, seed=1))


def test_sections_outside_the_clip_still_give_a_mood() -> None:
    section = MusicSection(start=50.0, end=60.0, mood=Mood.TENSE, energy=0.7)
    form = plan_form(MusicBrief(sections=(section,), seconds=10.0, seed=1), PACES, np.random.default_rng(0))
    assert {bar.mood for bar in form.bars} == {Mood.TENSE}
    assert form.bars[0].energy == pytest.approx(0.7)
