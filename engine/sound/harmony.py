"""Scales, chords by Roman numeral, voice leading and the way from one key to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from types import MappingProxyType

import numpy as np

from engine.sound.score import Mode

#: Semitones above the tonic of each scale's seven notes.
SCALES = MappingProxyType(
    {
        Mode.IONIAN: (0, 2, 4, 5, 7, 9, 11),
        Mode.DORIAN: (0, 2, 3, 5, 7, 9, 10),
        Mode.PHRYGIAN: (0, 1, 3, 5, 7, 8, 10),
        Mode.LYDIAN: (0, 2, 4, 6, 7, 9, 11),
        Mode.MIXOLYDIAN: (0, 2, 4, 5, 7, 9, 10),
        Mode.AEOLIAN: (0, 2, 3, 5, 7, 8, 10),
        Mode.HARMONIC_MINOR: (0, 2, 3, 5, 7, 8, 11),
    }
)

_NUMERAL = re.compile(r"(b|#)?(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)(maj7|add9|sus4|sus2|7|6|o|\+)?")
#: Semitones above the tonic of the degrees I to VII of the major scale.
_DEGREES = MappingProxyType({"I": 0, "II": 2, "III": 4, "IV": 5, "V": 7, "VI": 9, "VII": 11})
_ADDED = MappingProxyType({"7": 10, "maj7": 11, "add9": 2, "6": 9})
_REPLACED = MappingProxyType({"sus4": (0, 5, 7), "sus2": (0, 2, 7), "o": (0, 3, 6), "+": (0, 4, 8)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Chord:
    """A chord without octaves."""

    #: Pitch classes, the root first, then by thirds.
    tones: tuple[int, ...]

    @property
    def root(self) -> int:
        """Pitch class of the root."""
        return self.tones[0]


def scale_of(key: int, mode: Mode) -> frozenset[int]:
    """Return the pitch classes of a scale."""
    return frozenset((key + step) % 12 for step in SCALES[mode])


def is_minor(mode: Mode) -> bool:
    """Tell whether the third above the tonic is the small one."""
    return 3 in SCALES[mode]


def chord_of(numeral: str, key: int) -> Chord:
    """Build the chord that a Roman numeral names over the tonic ``key``.

    Degrees are those of the major scale, so the chord on the sixth note of a minor scale is "bVI". Capitals
    are major, small letters minor.

    Raises:
        ValueError: the numeral cannot be read.
    """
    match = _NUMERAL.fullmatch(numeral)
    if match is None:
        raise ValueError(f"{numeral!r} is no chord")
    accidental, degree, suffix = match.groups()
    root = _DEGREES[degree.upper()] + {"b": -1, "#": 1}.get(accidental, 0)
    triad = (0, 4, 7) if degree.isupper() else (0, 3, 7)
    steps: tuple[int, ...] = _REPLACED.get(suffix, triad)
    if suffix in _ADDED:
        steps = (*steps, _ADDED[suffix])
    return Chord(tones=tuple((key + root + step) % 12 for step in steps))


def tones_between(classes: Sequence[int] | frozenset[int], low: int, high: int) -> list[int]:
    """Return all MIDI pitches from ``low`` to ``high`` whose pitch class is in ``classes``, rising."""
    wanted = frozenset(classes)
    return [pitch for pitch in range(low, high + 1) if pitch % 12 in wanted]


def voice(chord: Chord, before: Sequence[int], *, centre: int = 60) -> tuple[int, ...]:
    """Set a chord in close or open position so that its voices move as little as they can.

    Args:
        chord: The chord.
        before: The pitches of the chord before it; empty at the start.
        centre: MIDI pitch that the middle of the chord stays near.

    Returns:
        Rising MIDI pitches, one for each tone of the chord.
    """
    choices: list[tuple[float, tuple[int, ...]]] = []
    octaves = [tones_between((tone,), centre - 11, centre + 12) for tone in chord.tones]
    for pitches in product(*octaves):
        voicing = tuple(sorted(pitches))
        spread = voicing[-1] - voicing[0]
        if spread > 16 or any(high - low < 2 for low, high in pairwise(voicing)):
            continue
        # Close thirds low down sound muddy.
        mud = sum(1.5 for low, high in pairwise(voicing) if low < 52 and high - low < 5)
        move = sum(min(abs(pitch - other) for other in before) for pitch in voicing) if before else 0
        drift = abs(sum(voicing) / len(voicing) - centre)
        choices.append((move + mud + 0.5 * drift + 0.1 * spread, voicing))
    if not choices:  # a second inside the chord: allow it rather than lose a tone
        return tuple(sorted(octave[0] for octave in octaves))
    return min(choices)[1]


def next_key(key: int, before: Mode, after: Mode, rng: np.random.Generator) -> int:
    """Choose the tonic of a new passage so that its scale shares most notes with the old one.

    Scales that share six or seven of seven notes lie next to each other; the ear follows such a step.
    """
    if before is after:
        return key
    old = scale_of(key, before)
    shared = {tonic: len(old & scale_of(tonic, after)) for tonic in range(12)}
    # The harmonic minor scale shares six at most.
    near = [tonic for tonic, count in shared.items() if count == max(shared.values())]
    close = near + [key] * (shared[key] >= 5)
    return int(rng.choice(close))
