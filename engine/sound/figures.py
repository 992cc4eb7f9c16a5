"""Figures of a score, by arithmetic alone: the baseline that a trained composer stands beside.

Empty bars, used pitch classes, qualified notes, drum pattern and tonal distance follow Dong, Hsiao, Yang and
Yang, "MuseGAN: Multi-track Sequential Generative Adversarial Networks for Symbolic Music Generation and
Accompaniment" (AAAI 2018), section "Objective Metrics for Evaluation"; the tonal distance is that of Harte,
Sandler and Gasser, "Detecting Harmonic Change in Musical Audio" (AMCMM 2006). Polyphony follows Dong and
Yang, "Convolutional Generative Adversarial Networks with Binary Neurons for Polyphonic Music Generation"
(ISMIR 2018).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.sound.harmony import scale_of
from engine.sound.score import Bar, Note, Role, Score

#: Steps of the roll to a beat, as in the paper (96 to a bar).
STEPS = 24
#: A note shorter than this is a fragment: a thirty-second, in beats.
QUALIFIED_BEATS = 0.125
#: Pitch classes against the circles of fifths, minor thirds and major thirds: [6,12] (Harte, section 3.1).
_CIRCLES = tuple((radius, turn) for radius, turn in ((1.0, 7.0 / 6.0), (1.0, 3.0 / 2.0), (0.5, 2.0 / 3.0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Figures of one role in a score; NaN where the role is silent."""

    #: Bars without a note, 0 to 1.
    empty_bars: float
    #: Pitch classes in a bar that has notes, 1 to 12.
    used_pitch_classes: float
    #: Notes no shorter than a thirty-second, 0 to 1.
    qualified_notes: float
    #: Sounding steps on which two or more pitches sound, 0 to 1.
    polyphonic: float
    #: Notes that belong to the scale of their passage, 0 to 1.
    in_scale: float


def role_figures(score: Score, role: Role) -> Figures:
    """Return the figures of one role."""
    notes = score.played_by(role)
    classes = [{note.pitch % 12 for note in _in_bar(notes, bar)} for bar in score.bars]
    sounding = [len(each) for each in classes if each]
    voices = _roll(score, notes).sum(axis=0)
    passages = [score.passage_at(note.start_beats) for note in notes]
    scales = [scale_of(passage.key, passage.mode) for passage in passages]
    return Figures(
        empty_bars=1.0 - len(sounding) / len(score.bars),
        used_pitch_classes=_mean(sounding),
        qualified_notes=_mean([note.beats >= QUALIFIED_BEATS for note in notes]),
        polyphonic=_mean(list(voices[voices > 0] >= 2)),
        in_scale=_mean([note.pitch % 12 in scale for note, scale in zip(notes, scales, strict=True)]),
    )


def drum_pattern(score: Score) -> float:
    """Return the part of drum strokes on the grid of sixteenths, 0 to 1; NaN without drums."""
    return _mean([note.start_beats * 4 % 1 == 0 for note in score.played_by(Role.DRUMS)])


def tonal_distance(score: Score, first: Role, second: Role) -> float:
    """Return how far apart two roles are in harmony: the mean over beats in which both sound; NaN if none."""
    centroids = [_centroids(_roll(score, score.played_by(role))) for role in (first, second)]
    distances = np.linalg.norm(centroids[0] - centroids[1], axis=0)
    return _mean(list(distances[np.isfinite(distances)]))


def _in_bar(notes: Sequence[Note], bar: Bar) -> list[Note]:
    return [note for note in notes if bar.start_beats <= note.start_beats < bar.start_beats + bar.beats]


def _roll(score: Score, notes: Sequence[Note]) -> NDArray[np.bool_]:
    """Return the piano roll [128,T] of some notes."""
    roll = np.zeros((128, round(score.total_beats * STEPS)), dtype=bool)
    for note in notes:
        start = round(note.start_beats * STEPS)
        roll[note.pitch, start : max(start + 1, round((note.start_beats + note.beats) * STEPS))] = True
    return roll


def _centroids(roll: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the tonal centroid [6,beats] of a roll; NaN in silence."""
    beats = roll.shape[1] // STEPS
    by_beat = roll[:, : beats * STEPS].reshape(128, beats, STEPS).sum(axis=2)
    chroma = np.stack([by_beat[pitch::12].sum(axis=0) for pitch in range(12)]).astype(np.float64)
    with np.errstate(invalid="ignore"):
        chroma /= chroma.sum(axis=0)
    angles = [(radius, np.pi * turn * np.arange(12)) for radius, turn in _CIRCLES]
    rows = [radius * turn(angle) for radius, angle in angles for turn in (np.sin, np.cos)]
    centroids: NDArray[np.float64] = np.stack(rows) @ chroma
    return centroids


def _mean(values: Sequence[float | bool]) -> float:
    return float(np.mean(values)) if len(values) else float("nan")
