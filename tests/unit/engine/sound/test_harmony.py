from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.sound.harmony import chord_of, next_key, scale_of, tones_between, voice
from engine.sound.moods import load_styles
from engine.sound.score import Mode

C, G, A = 0, 7, 9


@pytest.mark.parametrize(
    ("numeral", "key", "expected"),
    [
        ("I", C, (0, 4, 7)),
        ("vi7", C, (9, 0, 4, 7)),
        ("IVmaj7", C, (5, 9, 0, 4)),
        ("Vsus4", C, (7, 0, 2)),
        ("Iadd9", G, (7, 11, 2, 9)),
        ("bVI", A, (5, 9, 0)),
        ("iio", A, (11, 2, 5)),
        ("bII", C, (1, 5, 8)),
        ("III+", C, (4, 8, 0)),
    ],
)
def test_numerals(numeral: str, key: int, expected: tuple[int, ...]) -> None:
    assert chord_of(numeral, key).tones == expected


@pytest.mark.parametrize("numeral", ["", "H", "IX", "Ifoo", "1"])
def test_what_is_no_numeral_is_refused(numeral: str) -> None:
    with pytest.raises(ValueError, match="chord"):
        chord_of(numeral, C)


def test_relative_scales_are_the_same() -> None:
    assert scale_of(A, Mode.AEOLIAN) == scale_of(C, Mode.IONIAN)


@settings(max_examples=40, deadline=None)
@given(key=st.integers(0, 11), mode=st.sampled_from(list(Mode)), seed=st.integers(0, 99))
def test_voices_move_little(key: int, mode: Mode, seed: int) -> None:
    rng = np.random.default_rng(seed)
    progressions = [p for style in load_styles().of.values() for p in style.progressions.get(mode, ())]
    before: tuple[int, ...] = ()
    for numeral in progressions[int(rng.integers(len(progressions)))]:
        chord = chord_of(numeral, key)
        voicing = voice(chord, before)
        assert {pitch % 12 for pitch in voicing} == set(chord.tones)
        assert list(voicing) == sorted(set(voicing))
        assert min(voicing) >= 48
        assert max(voicing) <= 72
        if len(before) == len(voicing):
            moves = [min(abs(pitch - other) for other in before) for pitch in voicing]
            assert sum(moves) / len(moves) <= 3
        before = voicing


@settings(deadline=None)
@given(
    key=st.integers(0, 11),
    before=st.sampled_from(list(Mode)),
    after=st.sampled_from(list(Mode)),
    seed=st.integers(0, 20),
)
def test_the_next_key_lies_near(key: int, before: Mode, after: Mode, seed: int) -> None:
    new = next_key(key, before, after, np.random.default_rng(seed))
    assert len(scale_of(key, before) & scale_of(new, after)) >= 5
    if before is after:
        assert new == key


def test_tones_between() -> None:
    assert tones_between((0, 4, 7), 60, 72) == [60, 64, 67, 72]
