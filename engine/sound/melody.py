"""A melody from a motif: its rhythm and contour come back over changing chords.

The pitches of the whole melody are found at once, by dynamic programming over (note before, note): chord
tones on strong beats, steps rather than leaps, a leap answered by a step back, passing tones left by step,
the motif's contour, and an arch over each passage are costs; the cheapest line wins. A little seeded noise
makes two seeds differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.sound.harmony import Chord

FloatArray = NDArray[np.float64]

#: Cost of an interval, by its size in semitones from 0 to 12; the repeat's cost comes from the style.
_INTERVAL_COST = (0.0, 0.0, 0.0, 0.35, 0.45, 0.9, 3.0, 1.3, 2.0, 2.2, 4.0, 5.0, 2.2)
#: Forbidden, though the sums stay finite.
_NEVER = 1e6
#: Semitones of a scale step, on the average.
_STEP = 12.0 / 7.0
#: Shapes of a motif: scale steps from one note to the next, read round and round.
_CONTOURS = (
    (1, 1, -1, 1),
    (2, -1, -1, 1),
    (-1, -1, 2, -1),
    (1, -2, 1, 1),
    (-1, 2, -1, 1),
    (2, 1, -1, -1),
    (3, -1, -1, -1),
    (-2, 1, 1, 1),
    (4, -1, -1, -1),
    (0, 1, 1, -1),
    (1, 0, -1, 2),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MelodySlot:
    """A note of the melody whose pitch is still open."""

    #: In beats from the start of the score.
    start_beats: float
    #: Length, in beats.
    beats: float
    #: How much the place asks for a chord tone, 0 to 1.
    weight: float
    chord: Chord
    #: Chords that come while the note still sounds.
    later: tuple[Chord, ...]
    #: Pitch classes of the passage's scale.
    scale: frozenset[int]
    #: Scale steps from the note before that the motif asks for; None at the start of a bar.
    step: int | None
    #: MIDI pitch that the phrase's arch passes here.
    arch: float
    #: Lowest and highest MIDI pitch.
    register: tuple[int, int]
    #: Cost of repeating the note before, against 0 for a step.
    repeat_cost: float
    #: Closes a phrase: wants the root or third of its chord.
    closes: bool = False
    #: Closes the piece: wants the root.
    ends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Motif:
    """The idea that a piece comes back to."""

    #: Scale steps from one note to the next, read round and round.
    contour: tuple[int, ...]

    def turned(self, way: int) -> Motif:
        """Return the motif as it is (0), upside down (1) or backwards (2)."""
        if way == 1:
            return Motif(contour=tuple(-step for step in self.contour))
        if way == 2:
            return Motif(contour=tuple(-step for step in reversed(self.contour)))
        return self

    def step(self, index: int) -> int:
        """Return the scale steps from note ``index`` to the next."""
        return self.contour[index % len(self.contour)]


def draw_motif(rng: np.random.Generator) -> Motif:
    """Draw a motif's contour."""
    return Motif(contour=_CONTOURS[int(rng.integers(len(_CONTOURS)))])


def find_pitches(slots: Sequence[MelodySlot], rng: np.random.Generator) -> tuple[int, ...]:
    """Choose a MIDI pitch for every slot: the cheapest line by the costs named above."""
    if not slots:
        return ()
    low = min(slot.register[0] for slot in slots)
    pitches = np.arange(low, max(slot.register[1] for slot in slots) + 1)
    turns = _turn_costs(pitches)  # [P,P,P]
    cost = np.broadcast_to(_own_costs(slots[0], pitches, rng), (len(pitches), len(pitches))).copy()  # [P,P]
    came_from: list[NDArray[np.intp]] = []
    for before, slot in pairwise(slots):
        whole = cost[:, :, None] + turns  # [before last, last, this]
        came_from.append(np.argmin(whole, axis=0))
        step = _step_costs(before, slot, pitches)
        cost = np.min(whole, axis=0) + step + _own_costs(slot, pitches, rng)[None, :]
    last, this = np.unravel_index(int(np.argmin(cost)), cost.shape)
    line = [int(this)]
    for choices in reversed(came_from):
        line.append(int(last))
        last, this = choices[last, this], last
    return tuple(int(pitches[index]) for index in reversed(line))


def _own_costs(slot: MelodySlot, pitches: NDArray[np.int64], rng: np.random.Generator) -> FloatArray:
    """Return [P]: what each pitch costs in its place."""
    classes = pitches % 12
    tones = _among(classes, slot.chord.tones)
    # A chord's own tones replace the scale's neighbours: no natural seventh beside the leading tone.
    foreign = [tone for tone in slot.chord.tones if tone not in slot.scale]
    clash = _among(classes, [tone + shift for tone in foreign for shift in (-1, 1)]) & ~tones
    allowed = (tones | _among(classes, slot.scale)) & ~clash
    allowed &= (pitches >= slot.register[0]) & (pitches <= slot.register[1])
    above = _among(classes, [tone + 1 for tone in slot.chord.tones])
    cost = np.where(tones, 0.0, 0.5 + 5.0 * slot.weight)
    cost += np.where(above & ~tones, 2.5 * slot.weight, 0.0)
    cost += 0.10 * np.abs(pitches - slot.arch)
    for chord in slot.later:
        held = _among(classes, chord.tones)
        rubs = _among(classes, [tone + shift for tone in chord.tones for shift in (-1, 1)])
        cost += np.where(held, 0.0, np.where(rubs, 4.0, 1.0))
    if slot.closes or slot.ends:
        third = _among(classes, slot.chord.tones[1:2])
        root = classes == slot.chord.root
        cost += np.where(root, 0.0, np.where(third, 0.6, np.where(tones, 1.5, 6.0)))
        cost += np.where(slot.ends & ~root, np.where(third, 2.0, 6.0), 0.0)
    cost += rng.normal(0.0, 0.3, len(pitches))
    return np.where(allowed, cost, _NEVER)


def _among(classes: NDArray[np.int64], wanted: Iterable[int]) -> NDArray[np.bool_]:
    """Tell which pitch classes [P] are wanted."""
    table = np.zeros(12, dtype=bool)
    for each in wanted:
        table[each % 12] = True
    return table[classes]


def _step_costs(before: MelodySlot, slot: MelodySlot, pitches: NDArray[np.int64]) -> FloatArray:
    """Return [P,P]: what each interval costs; rows are the note before."""
    move = pitches[None, :] - pitches[:, None]
    size = np.abs(move)
    table = np.array([slot.repeat_cost, *_INTERVAL_COST[1:]])
    cost: FloatArray = np.where(size <= 12, table[np.minimum(size, 12)], 8.0)
    if slot.start_beats - before.start_beats - before.beats >= 1.0:  # after a breath a leap is no harm
        cost *= 0.5
    if slot.step is not None:
        cost += 0.4 * np.minimum(np.abs(move / _STEP - slot.step), 4.0)
    passing = ~_among(pitches % 12, before.chord.tones)
    cost += np.where(passing[:, None] & ((size > 2) | (size == 0)), 2.0, 0.0)
    return cost


def _turn_costs(pitches: NDArray[np.int64]) -> FloatArray:
    """Return [P,P,P]: what two intervals in a row cost."""
    first = (pitches[None, :] - pitches[:, None])[:, :, None]
    second = (pitches[None, :] - pitches[:, None])[None, :, :]
    onward = np.sign(first) == np.sign(second)
    cost = np.where((np.abs(first) >= 5) & onward & (np.abs(second) > 2), 2.0, 0.0)
    cost += np.where((first == 0) & (second == 0), 0.8, 0.0)
    cost += np.where((first == -second) & (first != 0), 0.25, 0.0)
    return cost
