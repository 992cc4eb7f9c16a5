"""How each mood sounds: reads moods.toml into checked, frozen values."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from engine.contract.storyboard import Mood
from engine.sound.form import Pace
from engine.sound.score import Mode

#: Steps of a drum pattern, four to a beat.
DRUM_STEPS = 16
#: Length of the bar that patterns are written for, in beats.
BAR_BEATS = 4.0
#: Levels of energy that accompaniment is written for.
LEVELS = 4

#: Durations in beats, in turn; a rest is negative.
Cell = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BassStep:
    """One step of a bass pattern."""

    #: "R" root, "5" fifth, "8" octave, "3" third, "-" rest.
    tone: str
    #: In beats.
    beats: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Arpeggio:
    """A broken chord."""

    #: Length of a step, in beats.
    step_beats: float
    #: Index into the chord's tones from below, going on in the next octave; None rests. Empty: silence.
    tones: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The instruments that play together; names of instruments.toml."""

    melody: str
    chords: str
    arpeggio: str
    bass: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How one mood sounds."""

    mood: Mood
    #: Range of the tempo, and how long the last chord rings.
    pace: Pace
    #: Lowest and highest MIDI pitch of the melody.
    register: tuple[int, int]
    #: For a fall of 60 dB.
    reverb_seconds: float
    #: Sounding part of a melody note's length, 0 to 1.
    legato: float
    #: Cost of repeating a melody note, against 0 for a step.
    repeat_cost: float
    #: How late the second of two eighths comes, in beats.
    swing: float
    #: Whether crashes, swells and drum fills mark the form.
    accents: bool
    bands: tuple[Band, ...]
    #: Mode to its weight.
    modes: Mapping[Mode, float]
    #: Mode to progressions, each a tuple of Roman numerals.
    progressions: Mapping[Mode, tuple[tuple[str, ...], ...]]
    #: Melody rhythms of a bar: sparse, medium, dense.
    cells: tuple[tuple[Cell, ...], ...]
    #: One pattern for each level of energy.
    bass: tuple[tuple[BassStep, ...], ...]
    chords: tuple[Cell, ...]
    arpeggio: tuple[Arpeggio, ...]
    #: For each level, drum to its velocities, 0 to 1, evenly over four beats.
    drums: tuple[Mapping[str, tuple[float, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """Everything that moods.toml says."""

    of: Mapping[Mood, Style]
    #: Mode to closing formulas of three chords.
    cadences: Mapping[Mode, tuple[tuple[str, ...], ...]]


def load_styles() -> Styles:
    """Read moods.toml.

    Raises:
        ValueError: the file does not follow its own rules.
    """
    table = tomllib.loads(files("engine.sound").joinpath("moods.toml").read_text(encoding="utf-8"))
    cadences = {Mode(name): _chords(lines) for name, lines in table["cadences"].items()}
    of = {mood: _style(mood, table[mood.value]) for mood in Mood}
    return Styles(of=MappingProxyType(of), cadences=MappingProxyType(cadences))


def at_tempo(style: Style, tempo_bpm: float) -> Style:
    """Return a style that keeps its own pace in a tempo that another mood chose.

    A lively mood in a slow piece plays its patterns twice as fast, a slow one in a fast piece half as fast,
    where that comes closer to the style's own tempo.
    """
    slow, fast = style.pace.tempo_bpm
    own = math.sqrt(slow * fast)
    pace = min((1.0, 2.0, 0.5), key=lambda pace: abs(math.log(tempo_bpm * pace / own)))
    if pace == 1.0:
        return style
    return replace(
        style,
        cells=tuple(tuple(_paced_cell(cell, pace) for cell in cells) for cells in style.cells),
        bass=tuple(_paced_bass(steps, pace) for steps in style.bass),
        chords=tuple(_paced_cell(cell, pace) for cell in style.chords),
        arpeggio=tuple(replace(each, step_beats=each.step_beats / pace) for each in style.arpeggio),
        drums=tuple(
            MappingProxyType({name: _paced_drum(hits, pace) for name, hits in level.items()})
            for level in style.drums
        ),
    )


def fit_cell(cell: Cell, beats: float) -> Cell:
    """Cut a rhythm to a bar's length, or let its last value last until the bar ends."""
    fitted: list[float] = []
    left = beats
    for value in cell:
        if left <= 0:
            break
        fitted.append(math.copysign(min(abs(value), left), value))
        left -= abs(fitted[-1])
    if left > 0:
        fitted[-1] += math.copysign(left, fitted[-1])
    return tuple(fitted)


def _paced_cell(cell: Cell, pace: float) -> Cell:
    return fit_cell(tuple(value / pace for value in cell) * math.ceil(pace), BAR_BEATS)


def _paced_bass(steps: tuple[BassStep, ...], pace: float) -> tuple[BassStep, ...]:
    beats = fit_cell(tuple(step.beats / pace for step in steps) * math.ceil(pace), BAR_BEATS)
    tones = [step.tone for step in steps] * math.ceil(pace)
    return tuple(BassStep(tone=tone, beats=value) for tone, value in zip(tones, beats, strict=False))


def _paced_drum(hits: tuple[float, ...], pace: float) -> tuple[float, ...]:
    if pace == 2.0:
        return hits * 2
    return tuple(value for hit in hits[: len(hits) // 2] for value in (hit, 0.0))


def _style(mood: Mood, table: Mapping[str, Any]) -> Style:
    rhythm = table["rhythm"]
    style = Style(
        mood=mood,
        pace=Pace(
            tempo_bpm=(table["tempo_bpm"][0], table["tempo_bpm"][1]), ring_seconds=table["ring_seconds"]
        ),
        register=(table["register"][0], table["register"][1]),
        reverb_seconds=table["reverb_seconds"],
        legato=table["legato"],
        repeat_cost=table["repeat_cost"],
        swing=table["swing"],
        accents=table["accents"],
        bands=tuple(Band(melody=m, chords=c, arpeggio=a, bass=b) for m, c, a, b in table["bands"]),
        modes=MappingProxyType({Mode(name): weight for name, weight in table["modes"].items()}),
        progressions=MappingProxyType(
            {Mode(name): _chords(lines) for name, lines in table["progressions"].items()}
        ),
        cells=tuple(
            tuple(_cell(line) for line in table["cells"][name]) for name in ("sparse", "medium", "dense")
        ),
        bass=tuple(_bass(line) for line in rhythm["bass"]),
        chords=tuple(_cell(line) for line in rhythm["chords"]),
        arpeggio=tuple(_arpeggio(line) for line in rhythm["arpeggio"]),
        drums=tuple(MappingProxyType({k: _drum(v) for k, v in level.items()}) for level in table["drums"]),
    )
    for name in ("bass", "chords", "arpeggio", "drums"):
        if len(getattr(style, name)) != LEVELS:
            raise ValueError(f"moods.toml: {mood}.{name} needs {LEVELS} levels")
    return style


def _chords(lines: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in lines)


def _cell(line: str) -> Cell:
    cell = tuple(float(word) for word in line.split())
    if sum(abs(beats) for beats in cell) != 4.0:
        raise ValueError(f"moods.toml: {line!r} does not fill four beats")
    return cell


def _bass(line: str) -> tuple[BassStep, ...]:
    words = [word.split(":") for word in line.split()]
    steps = tuple(BassStep(tone=tone, beats=float(beats)) for tone, beats in words)
    if sum(step.beats for step in steps) != 4.0:
        raise ValueError(f"moods.toml: {line!r} does not fill four beats")
    return steps


def _arpeggio(line: str) -> Arpeggio:
    if not line:
        return Arpeggio(step_beats=1.0, tones=())
    step, tones = line.split(":")
    return Arpeggio(
        step_beats=float(step), tones=tuple(None if word == "-" else int(word) for word in tones.split())
    )


def _drum(line: str) -> tuple[float, ...]:
    if len(line) != DRUM_STEPS:
        raise ValueError(f"moods.toml: {line!r} does not have {DRUM_STEPS} steps")
    return tuple({"X": 1.0, "x": 0.75, "o": 0.4, ".": 0.0}[sign] for sign in line)
