from __future__ import annotations

import pytest

from engine.contract.storyboard import Mood
from engine.sound.score import Bar, Mode, Note, Passage, Role, Score, Track


def score(*notes: Note) -> Score:
    return Score(
        tempo_bpm=120.0,
        tracks=(Track(role=Role.MELODY, instrument="piano"), Track(role=Role.DRUMS, instrument="kit")),
        bars=(Bar(start_beats=0.0, beats=4.0), Bar(start_beats=4.0, beats=2.0)),
        passages=(
            Passage(start_beats=0.0, end_beats=4.0, mood=Mood.SAD, key=9, mode=Mode.AEOLIAN),
            Passage(start_beats=4.0, end_beats=6.0, mood=Mood.HAPPY, key=0, mode=Mode.IONIAN),
        ),
        notes=notes,
    )


def note(track: int = 0, pitch: int = 60, start: float = 0.0, beats: float = 1.0, velocity: int = 90) -> Note:
    return Note(track=track, pitch=pitch, start_beats=start, beats=beats, velocity=velocity)


def test_a_score_knows_its_length_and_its_parts() -> None:
    melody, drum = note(), note(track=1, pitch=36, start=5.0)
    made = score(melody, drum)
    assert (made.total_beats, made.seconds) == (6.0, 3.0)
    assert (made.key, made.mode) == (9, Mode.AEOLIAN)
    assert made.played_by(Role.MELODY) == (melody,)
    assert made.played_by(Role.DRUMS) == (drum,)
    assert made.played_by(Role.BASS) == ()
    assert [made.passage_at(at).mood for at in (0.0, 3.9, 4.0, 99.0)] == [
        Mood.SAD,
        Mood.SAD,
        Mood.HAPPY,
        Mood.HAPPY,
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        note(track=2),
        note(track=-1),
        note(pitch=128),
        note(pitch=-1),
        note(velocity=0),
        note(velocity=128),
        note(beats=0.0),
        note(start=6.0),
        note(start=-0.1),
    ],
    ids=str,
)
def test_a_note_that_cannot_be_played_is_refused(wrong: Note) -> None:
    with pytest.raises(ValueError, match="Note"):
        score(wrong)


def test_a_score_without_bars_or_tempo_is_refused() -> None:
    with pytest.raises(ValueError, match="at least"):
        Score(tempo_bpm=100.0, tracks=(), bars=(), passages=(), notes=())
    good = score()
    with pytest.raises(ValueError, match="tempo"):
        Score(tempo_bpm=0.0, tracks=good.tracks, bars=good.bars, passages=good.passages, notes=())
