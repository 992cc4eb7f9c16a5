"""Which key each passage stands in and which chord sounds when."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import numpy as np

from engine.sound.backing import Slot
from engine.sound.form import Form, FormBar
from engine.sound.harmony import Chord, chord_of, next_key, voice
from engine.sound.moods import Styles
from engine.sound.score import Mode, Passage

#: A passage of fewer bars than the first number, longer than the second (in seconds), has two chords a bar.
HALVED_BARS = ((4, 2.4), (6, 3.1))
#: The chord of the new key that leads into it.
_TURNS = MappingProxyType(
    {
        Mode.IONIAN: ("V", "Vsus4"),
        Mode.LYDIAN: ("V", "II"),
        Mode.MIXOLYDIAN: ("bVII",),
        Mode.AEOLIAN: ("V", "bVII"),
        Mode.DORIAN: ("bVII", "IV"),
        Mode.PHRYGIAN: ("bII", "bvii"),
        Mode.HARMONIC_MINOR: ("V",),
    }
)


def choose_passages(form: Form, styles: Styles, rng: np.random.Generator) -> tuple[Passage, ...]:
    """Choose a key and a mode for each passage, each close to the one before it."""
    passages: list[Passage] = []
    for index in range(form.bars[-1].passage + 1):
        bars = [bar for bar in form.bars if bar.passage == index]
        modes = styles.of[bars[0].mood].modes
        weights = np.array(list(modes.values()), dtype=np.float64)
        mode = list(modes)[int(rng.choice(len(modes), p=weights / weights.sum()))]
        key = (
            next_key(passages[-1].key, passages[-1].mode, mode, rng) if passages else int(rng.integers(0, 12))
        )
        passages.append(
            Passage(
                start_beats=bars[0].start_beats,
                end_beats=bars[-1].start_beats + bars[-1].beats,
                mood=bars[0].mood,
                key=key,
                mode=mode,
            )
        )
    return tuple(passages)


def lay_chords(
    form: Form, passages: Sequence[Passage], styles: Styles, rng: np.random.Generator
) -> tuple[Slot, ...]:
    """Set a chord under every bar or half bar.

    A passage goes round its progression, with another one in its third round; its last chord leads into the
    next passage's key. The piece ends with a cadence whose last chord fills the last bar.
    """
    spans: list[tuple[float, float, int]] = []
    chords: list[Chord] = []
    for index, passage in enumerate(passages):
        bars = [(i, bar) for i, bar in enumerate(form.bars) if bar.passage == index]
        own = _spans(bars, form, last=index == len(passages) - 1)
        numerals = _numerals(len(own), styles.of[passage.mood].progressions[passage.mode], rng)
        if index == len(passages) - 1:
            formulas = styles.cadences[passage.mode]
            cadence = formulas[int(rng.integers(len(formulas)))]
            numerals = [*numerals[: max(0, len(own) - 3)], *cadence[-min(3, len(own)) :]]
        chords += [chord_of(numeral, passage.key) for numeral in numerals]
        if index < len(passages) - 1 and len(own) > 1:
            turns = _TURNS[passages[index + 1].mode]
            chords[-1] = chord_of(turns[int(rng.integers(len(turns)))], passages[index + 1].key)
        spans += own
    slots: list[Slot] = []
    for (start, beats, bar), chord in zip(spans, chords, strict=True):
        # The chords stay under the melody, but not so low that they turn to mud.
        low = styles.of[form.bars[bar].mood].register[0]
        voicing = voice(chord, slots[-1].voicing if slots else (), centre=min(60, max(53, low - 4)))
        slots.append(Slot(start_beats=start, beats=beats, chord=chord, voicing=voicing, bar=bar))
    return tuple(slots)


def _spans(bars: Sequence[tuple[int, FormBar]], form: Form, *, last: bool) -> list[tuple[float, float, int]]:
    """Return (start, beats, bar) of each chord of a passage."""
    bar_seconds = 4 * form.beat_seconds
    halve = any(len(bars) - last < few and bar_seconds > long for few, long in HALVED_BARS)
    spans = []
    for index, bar in bars:
        final = index == len(form.bars) - 1
        length = 2.0 if halve and not final else bar.beats
        count = round(bar.beats / length)
        spans += [(bar.start_beats + i * length, length, index) for i in range(count)]
    return spans


def _numerals(count: int, progressions: Sequence[tuple[str, ...]], rng: np.random.Generator) -> list[str]:
    """Return ``count`` numerals: rounds of one progression, every third round of another."""
    order = rng.permutation(len(progressions))
    first, second = progressions[int(order[0])], progressions[int(order[-1])]
    numerals: list[str] = []
    turn = 0
    while len(numerals) < count:
        numerals += second if turn % 4 == 2 else first
        turn += 1
    return numerals[:count]
