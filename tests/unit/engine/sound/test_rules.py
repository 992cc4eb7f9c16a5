from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.contract.storyboard import Mood
from engine.scenery import MusicBrief, MusicSection
from engine.sound.figures import role_figures
from engine.sound.harmony import is_minor, scale_of
from engine.sound.moods import load_styles
from engine.sound.rules import RuleComposer
from engine.sound.score import Note, Role, Score
from tests.unit.engine.sound.conftest import BriefMaker


def top_line(score: Score) -> list[Note]:
    """The melody without the octave that doubles it."""
    top: dict[float, Note] = {}
    for note in score.played_by(Role.MELODY):
        if note.start_beats not in top or note.pitch > top[note.start_beats].pitch:
            top[note.start_beats] = note
    return list(top.values())


@pytest.mark.parametrize("mood", list(Mood))
def test_the_same_brief_gives_the_same_score(
    composer: RuleComposer, brief_of: BriefMaker, mood: Mood
) -> None:
    first, again, other = (composer.compose(brief_of((mood, 15.0, 0.6), seed=seed)) for seed in (4, 4, 5))
    assert again == first
    assert other.notes != first.notes


@settings(max_examples=30, deadline=None)
@given(
    parts=st.lists(
        st.tuples(st.sampled_from(list(Mood)), st.floats(0.1, 15.0), st.floats(0.0, 1.0)),
        min_size=1,
        max_size=6,
    ),
    seed=st.integers(-(2**40), 2**70),
)
def test_any_brief_gives_a_score_of_its_length(parts: list[tuple[Mood, float, float]], seed: int) -> None:
    at, sections = 0.0, []
    for mood, seconds, energy in parts:
        sections.append(MusicSection(start=at, end=at + seconds, mood=mood, energy=energy))
        at += seconds
    seconds = max(0.5, at)
    score = RuleComposer().compose(MusicBrief(sections=tuple(sections), seconds=seconds, seed=seed))
    assert score.seconds == pytest.approx(seconds)
    assert score.played_by(Role.MELODY)
    assert score.played_by(Role.CHORDS)
    for note in score.notes:
        assert note.start_beats + note.beats <= score.total_beats + 1e-6


def _last_chord(score: Score) -> set[int]:
    """Pitch classes of the tonic, its fifth and both thirds."""
    return {(score.passages[-1].key + step) % 12 for step in (0, 3, 4, 7)}


@pytest.mark.parametrize("mood", list(Mood))
def test_the_piece_ends_at_home(composer: RuleComposer, brief_of: BriefMaker, mood: Mood) -> None:
    for seed in range(8):
        score = composer.compose(brief_of((mood, 20.0, 0.6), seed=seed))
        last = score.bars[-1]
        ending = [note for note in score.notes if note.start_beats >= last.start_beats]
        tonal = [note for note in ending if score.tracks[note.track].role is not Role.DRUMS]
        bass = [note for note in tonal if score.tracks[note.track].role is Role.BASS]
        assert {note.pitch % 12 for note in bass} == {score.passages[-1].key}
        assert top_line(score)[-1].pitch % 12 == score.passages[-1].key
        assert all(note.pitch % 12 in _last_chord(score) for note in tonal)
        assert max(note.beats for note in tonal) >= 0.6 * last.beats


@pytest.mark.parametrize("mood", list(Mood))
def test_the_melody_is_a_line_and_not_a_walk(
    composer: RuleComposer, brief_of: BriefMaker, mood: Mood
) -> None:
    moves: list[int] = []
    strong: list[bool] = []
    for seed in range(12):
        score = composer.compose(brief_of((mood, 20.0, 0.6), seed=seed))
        line = top_line(score)
        moves += [abs(b.pitch - a.pitch) for a, b in pairwise(line)]
        chords = score.played_by(Role.CHORDS)
        for note in line:
            sounding = {
                c.pitch % 12 for c in chords if c.start_beats <= note.start_beats < c.start_beats + c.beats
            }
            if sounding and any(note.start_beats == bar.start_beats for bar in score.bars):
                strong.append(note.pitch % 12 in sounding)
    assert np.mean(np.array(moves) <= 4) > 0.8, "steps and thirds carry a melody"
    assert np.mean(np.array(moves) > 7) < 0.03, "wide leaps are rare"
    assert np.mean(strong) > 0.9, "downbeats are chord tones"


@pytest.mark.parametrize("mood", list(Mood))
def test_the_motif_comes_back(composer: RuleComposer, brief_of: BriefMaker, mood: Mood) -> None:
    returned = 0
    for seed in range(10):
        score = composer.compose(brief_of((mood, 24.0, 0.6), seed=seed))
        rhythms = []
        for bar in score.bars[:-1]:
            inside = [
                n for n in top_line(score) if bar.start_beats <= n.start_beats < bar.start_beats + bar.beats
            ]
            rhythms.append(tuple(round(n.start_beats - bar.start_beats, 3) for n in inside))
        sounding = [rhythm for rhythm in rhythms if rhythm]
        returned += len(set(sounding)) < len(sounding)
    assert returned >= 8


@pytest.mark.parametrize("mood", list(Mood))
def test_notes_stay_in_their_scale_and_register(
    composer: RuleComposer, brief_of: BriefMaker, mood: Mood
) -> None:
    low, high = load_styles().of[mood].register
    for seed in range(8):
        score = composer.compose(brief_of((mood, 16.0, 0.5), seed=seed))
        for role in (Role.MELODY, Role.CHORDS, Role.BASS):
            assert role_figures(score, role).in_scale > 0.85
        assert all(low <= note.pitch <= high for note in top_line(score))
        assert role_figures(score, Role.CHORDS).empty_bars == 0.0
        assert role_figures(score, Role.BASS).empty_bars == 0.0


def test_moods_differ_in_numbers(composer: RuleComposer, brief_of: BriefMaker) -> None:
    tempo, minor, pitch, density = {}, {}, {}, {}
    for mood in Mood:
        scores = [composer.compose(brief_of((mood, 20.0, 0.5), seed=seed)) for seed in range(15)]
        tempo[mood] = np.mean([score.tempo_bpm for score in scores])
        minor[mood] = np.mean([is_minor(score.mode) for score in scores])
        pitch[mood] = np.mean([note.pitch for score in scores for note in top_line(score)])
        density[mood] = np.mean([len(score.notes) / score.seconds for score in scores])
    order = [Mood.SAD, Mood.CALM, Mood.MYSTERIOUS, Mood.EPIC, Mood.HAPPY, Mood.TENSE, Mood.PLAYFUL]
    assert sorted(tempo, key=lambda mood: tempo[mood]) == order
    assert {mood for mood in Mood if minor[mood] == 0.0} == {Mood.CALM, Mood.HAPPY, Mood.PLAYFUL}
    assert {mood for mood in Mood if minor[mood] == 1.0} == {Mood.SAD, Mood.TENSE}
    assert pitch[Mood.PLAYFUL] - pitch[Mood.HAPPY] > 2
    assert pitch[Mood.CALM] - pitch[Mood.SAD] > 4
    assert pitch[Mood.TENSE] == min(pitch.values())
    assert density[Mood.TENSE] > 2 * density[Mood.CALM]


@pytest.mark.parametrize("mood", list(Mood))
def test_energy_drives_density_and_loudness(composer: RuleComposer, brief_of: BriefMaker, mood: Mood) -> None:
    quiet, wild = (
        [composer.compose(brief_of((mood, 20.0, energy), seed=seed)) for seed in range(5)]
        for energy in (0.1, 0.9)
    )
    count = [sum(len(score.notes) for score in scores) for scores in (quiet, wild)]
    loud = [np.mean([note.velocity for score in scores for note in score.notes]) for scores in (quiet, wild)]
    assert count[1] > 1.5 * count[0]
    assert loud[1] > loud[0] + 10


def test_a_change_of_mood_changes_scale_band_and_drums(composer: RuleComposer, brief_of: BriefMaker) -> None:
    for seed in range(10):
        score = composer.compose(
            brief_of((Mood.CALM, 9.0, 0.3), (Mood.EPIC, 9.0, 0.9), (Mood.SAD, 9.0, 0.3), seed=seed)
        )
        assert [p.mood for p in score.passages] == [Mood.CALM, Mood.EPIC, Mood.SAD]
        for before, after in zip(score.passages, score.passages[1:], strict=False):
            assert before.end_beats == after.start_beats
            shared = scale_of(before.key, before.mode) & scale_of(after.key, after.mode)
            assert len(shared) >= 5
        drums = {score.passage_at(note.start_beats).mood for note in score.played_by(Role.DRUMS)}
        assert Mood.EPIC in drums
        assert Mood.SAD not in drums


@pytest.mark.parametrize("mood", list(Mood))
def test_long_notes_do_not_rub_against_the_chords(
    composer: RuleComposer, brief_of: BriefMaker, mood: Mood
) -> None:
    rubbed = sounding = 0.0
    for seed in range(10):
        score = composer.compose(brief_of((mood, 20.0, 0.5), seed=seed))
        chords = score.played_by(Role.CHORDS)
        for note in score.played_by(Role.MELODY):
            for at in np.arange(note.start_beats, note.start_beats + note.beats, 0.25):
                under = {c.pitch % 12 for c in chords if c.start_beats <= at < c.start_beats + c.beats}
                rubs = (
                    any((note.pitch - tone) % 12 in (1, 11) for tone in under)
                    and note.pitch % 12 not in under
                )
                sounding += 1
                rubbed += rubs and note.beats >= 1.0
    assert rubbed / sounding < 0.02
