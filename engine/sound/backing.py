"""What plays under the melody: chords, broken chords, bass and drums, from the patterns of a style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from engine.sound.form import FormBar
from engine.sound.harmony import Chord, tones_between
from engine.sound.moods import BAR_BEATS, Arpeggio, BassStep, Cell, fit_cell

#: Percussion keys of General MIDI level 1.
DRUM_KEYS = MappingProxyType(
    {
        "taiko": 35,
        "kick": 36,
        "rim": 37,
        "snare": 38,
        "clap": 39,
        "tom_low": 41,
        "hat": 42,
        "tom_mid": 45,
        "open_hat": 46,
        "tom_high": 48,
        "crash": 49,
        "tambourine": 54,
        "swell": 55,
        "shaker": 70,
        "woodblock": 76,
        "triangle": 81,
    }
)
#: Lowest pitch of the bass.
BASS_LOW = 33
#: Lowest pitch of a broken chord.
ARPEGGIO_LOW = 49


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A chord in its place."""

    #: In beats from the start of the score.
    start_beats: float
    #: Length, in beats.
    beats: float
    chord: Chord
    #: Rising MIDI pitches.
    voicing: tuple[int, ...]
    #: Index of the bar.
    bar: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A note without its track and loudness."""

    pitch: int
    #: In beats from the start of the score.
    start_beats: float
    #: Length, in beats.
    beats: float
    #: Accent, 0 to 1.
    accent: float


def chord_at(slots: Sequence[Slot], beats: float) -> Slot:
    """Return the chord that sounds at a beat."""
    return next((slot for slot in reversed(slots) if slot.start_beats <= beats + 1e-6), slots[0])


def play_chords(bar: FormBar, slots: Sequence[Slot], cell: Cell) -> list[Hit]:
    """Strike the chords of a bar in a rhythm; a held chord is struck anew where the harmony changes."""
    hits: list[Hit] = []
    at = bar.start_beats
    for value in fit_cell(cell, bar.beats):
        end = at + abs(value)
        while value > 0 and at < end - 1e-6:
            slot = chord_at(slots, at)
            until = min(end, slot.start_beats + slot.beats)
            hits += [
                Hit(
                    pitch=pitch,
                    start_beats=at,
                    beats=until - at,
                    accent=0.8 if at == bar.start_beats else 0.65,
                )
                for pitch in slot.voicing
            ]
            at = until
        at = end
    return hits


def play_arpeggio(bar: FormBar, slots: Sequence[Slot], pattern: Arpeggio) -> list[Hit]:
    """Break the chords of a bar; each note rings over the next one."""
    hits = []
    steps = int(bar.beats / pattern.step_beats) if pattern.tones else 0
    for index in range(steps):
        tone = pattern.tones[index % len(pattern.tones)]
        if tone is None:
            continue
        at = bar.start_beats + index * pattern.step_beats
        chord = chord_at(slots, at).chord
        ladder = tones_between(chord.tones[:4], ARPEGGIO_LOW, ARPEGGIO_LOW + 36)
        root = next(i for i, pitch in enumerate(ladder) if pitch % 12 == chord.root)
        accent = 0.8 if at == int(at) else 0.6
        hits.append(
            Hit(pitch=ladder[root + tone], start_beats=at, beats=pattern.step_beats * 1.6, accent=accent)
        )
    return hits


def play_bass(bar: FormBar, slots: Sequence[Slot], pattern: Sequence[BassStep]) -> list[Hit]:
    """Play a bar of bass; a long note moves where the harmony does."""
    hits: list[Hit] = []
    at = bar.start_beats
    bar_end = bar.start_beats + bar.beats
    for step in pattern:
        end = min(at + step.beats, bar_end)
        while step.tone != "-" and at < end - 1e-6:
            slot = chord_at(slots, at)
            until = min(end, slot.start_beats + slot.beats)
            pitch = _bass_pitch(slot.chord, step.tone)
            accent = 0.85 if at == slot.start_beats else 0.7
            hits.append(Hit(pitch=pitch, start_beats=at, beats=until - at, accent=accent))
            at = until
        at = end
    return hits


def _bass_pitch(chord: Chord, tone: str) -> int:
    """Return the MIDI pitch of a bass tone of a chord."""
    root = BASS_LOW + (chord.root - BASS_LOW) % 12
    if tone == "8":
        return root + 12 if root < BASS_LOW + 9 else root
    if tone in ("5", "3"):
        above = chord.tones[2 if tone == "5" else 1]
        pitch = root + (above - chord.root) % 12
        return pitch if pitch <= BASS_LOW + 14 else pitch - 12
    return root


def play_drums(bar: FormBar, patterns: Mapping[str, Sequence[float]], *, fill: bool) -> list[Hit]:
    """Play a bar of drums; ``fill`` lets toms or a roll in the last beat lead into what follows."""
    hits = []
    end = bar.start_beats + bar.beats
    fill = fill and bar.beats >= 2
    for drum, pattern in patterns.items():
        step = BAR_BEATS / len(pattern)
        for index in range(round(bar.beats / step)):
            accent = pattern[index % len(pattern)]
            at = bar.start_beats + index * step
            if accent and not (fill and at >= end - 1 and drum not in ("kick", "taiko")):
                hits.append(_drum(drum, at, accent))
    if fill:
        drums = ("snare", "tom_high", "tom_mid", "tom_low") if "snare" in patterns else ("taiko",) * 4
        hits += [_drum(drum, end - 1 + i / 4, 0.6 + 0.12 * i) for i, drum in enumerate(drums)]
    return hits


def _drum(drum: str, at: float, accent: float) -> Hit:
    return Hit(pitch=DRUM_KEYS[drum], start_beats=at, beats=0.25, accent=accent)
