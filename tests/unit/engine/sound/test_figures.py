from __future__ import annotations

import math

import pytest

from engine.contract.storyboard import Mood
from engine.sound.figures import drum_pattern, role_figures, tonal_distance
from engine.sound.score import Bar, Mode, Note, Passage, Role, Score, Track

MELODY, CHORDS, BASS, DRUMS = range(4)


def score(*notes: tuple[int, int, float, float]) -> Score:
    """Two bars in C major; each note is (track, pitch, start, beats)."""
    return Score(
        tempo_bpm=120.0,
        tracks=(
            Track(role=Role.MELODY, instrument="piano"),
            Track(role=Role.CHORDS, instrument="strings"),
            Track(role=Role.BASS, instrument="pick_bass"),
            Track(role=Role.DRUMS, instrument="kit"),
        ),
        bars=(Bar(start_beats=0.0, beats=4.0), Bar(start_beats=4.0, beats=4.0)),
        passages=(Passage(start_beats=0.0, end_beats=8.0, mood=Mood.CALM, key=0, mode=Mode.IONIAN),),
        notes=tuple(
            Note(track=t, pitch=p, start_beats=start, beats=beats, velocity=80)
            for t, p, start, beats in notes
        ),
    )


def test_figures_by_hand() -> None:
    made = score(
        (MELODY, 60, 0.0, 1.0), (MELODY, 64, 0.5, 0.5), (MELODY, 66, 2.0, 0.1), (MELODY, 72, 3.0, 0.9)
    )
    figures = role_figures(made, Role.MELODY)
    assert figures.empty_bars == 0.5
    assert figures.used_pitch_classes == 3  # C, E, F sharp; the high C is the same class
    assert figures.qualified_notes == 0.75
    assert figures.in_scale == 0.75
    assert figures.polyphonic == pytest.approx(12 / (24 + 2 + 22), abs=0.01)


def test_a_silent_role_has_no_figures() -> None:
    figures = role_figures(score((MELODY, 60, 0.0, 1.0)), Role.BASS)
    assert figures.empty_bars == 1.0
    assert all(math.isnan(v) for v in (figures.used_pitch_classes, figures.qualified_notes, figures.in_scale))


def test_drums_on_and_off_the_grid() -> None:
    made = score(
        (DRUMS, 36, 0.0, 0.25), (DRUMS, 38, 1.25, 0.25), (DRUMS, 42, 2.6, 0.25), (DRUMS, 42, 3.0, 0.25)
    )
    assert drum_pattern(made) == 0.75
    assert math.isnan(drum_pattern(score()))


def test_the_same_tones_lie_at_no_distance() -> None:
    chord = [(CHORDS, pitch, 0.0, 4.0) for pitch in (60, 64, 67)]
    same = [(BASS, pitch - 24, 0.0, 4.0) for pitch in (60, 64, 67)]
    assert tonal_distance(score(*chord, *same), Role.CHORDS, Role.BASS) == pytest.approx(0.0, abs=1e-9)


def test_a_fifth_lies_nearer_than_a_tritone() -> None:
    def between(low: int, high: int) -> float:
        return tonal_distance(score((MELODY, low, 0.0, 4.0), (BASS, high, 0.0, 4.0)), Role.MELODY, Role.BASS)

    assert between(60, 67) < between(60, 61) < between(60, 66)
    assert math.isnan(tonal_distance(score(), Role.MELODY, Role.BASS))
