from __future__ import annotations

import pytest

from engine.contract.storyboard import Mood
from engine.sound.backing import DRUM_KEYS
from engine.sound.harmony import chord_of, scale_of
from engine.sound.instruments import load_instruments
from engine.sound.moods import LEVELS, at_tempo, fit_cell, load_styles
from engine.sound.score import Mode

STYLES = load_styles()


@pytest.mark.parametrize("mood", list(Mood))
def test_a_style_names_what_there_is(mood: Mood) -> None:
    style = STYLES.of[mood]
    names = {name for band in style.bands for name in (band.melody, band.chords, band.arpeggio, band.bass)}
    assert names <= set(load_instruments())
    assert {drum for level in style.drums for drum in level} <= set(DRUM_KEYS)
    assert set(style.progressions) == set(style.modes)
    assert set(style.modes) <= set(STYLES.cadences)
    assert style.pace.tempo_bpm[0] < style.pace.tempo_bpm[1]
    assert style.register[1] - style.register[0] >= 12
    assert len(style.drums) == LEVELS


@pytest.mark.parametrize("mood", list(Mood))
def test_progressions_belong_to_their_mode(mood: Mood) -> None:
    for mode, progressions in STYLES.of[mood].progressions.items():
        tones = [tone for line in progressions for numeral in line for tone in chord_of(numeral, 0).tones]
        inside = sum(tone in scale_of(0, mode) for tone in tones) / len(tones)
        assert inside > 0.93, (mood, mode)


@pytest.mark.parametrize("mode", list(Mode))
def test_cadences_come_home(mode: Mode) -> None:
    for formula in STYLES.cadences[mode]:
        assert len(formula) == 3
        assert chord_of(formula[-1], 5).root == 5


@pytest.mark.parametrize(
    ("cell", "beats", "expected"),
    [
        ((1.0, 1.0, 2.0), 4.0, (1.0, 1.0, 2.0)),
        ((1.0, 1.0, 2.0), 2.0, (1.0, 1.0)),
        ((1.0, 2.0, 1.0), 2.0, (1.0, 1.0)),
        ((1.0, -3.0), 6.0, (1.0, -5.0)),
        ((4.0,), 1.0, (1.0,)),
    ],
)
def test_a_cell_fits_its_bar(cell: tuple[float, ...], beats: float, expected: tuple[float, ...]) -> None:
    assert fit_cell(cell, beats) == expected


def test_a_lively_mood_keeps_its_pace_in_a_slow_piece() -> None:
    style = STYLES.of[Mood.PLAYFUL]
    fast = at_tempo(style, 70.0)
    assert fast.chords[0] == tuple(v / 2 for v in style.chords[0]) * 2
    assert [s.beats for s in fast.bass[0]] == [s.beats / 2 for s in style.bass[0]] * 2
    assert fast.arpeggio[3].step_beats == style.arpeggio[3].step_beats / 2
    assert fast.drums[1]["shaker"] == style.drums[1]["shaker"] * 2


def test_a_slow_mood_keeps_its_pace_in_a_fast_piece() -> None:
    style = STYLES.of[Mood.SAD]
    slow = at_tempo(style, 140.0)
    assert slow.cells[1][0] == fit_cell(tuple(2 * v for v in style.cells[1][0]), 4.0)
    kick, half = style.drums[3]["kick"], slow.drums[3]["kick"]
    assert half[::2] == kick[:8]
    assert set(half[1::2]) == {0.0}


@pytest.mark.parametrize("mood", list(Mood))
def test_in_its_own_tempo_a_style_stays_as_it_is(mood: Mood) -> None:
    style = STYLES.of[mood]
    assert at_tempo(style, style.pace.tempo_bpm[0]) is style
