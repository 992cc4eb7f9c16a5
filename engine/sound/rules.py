"""RuleComposer: music for a brief by the rules of harmony and form, without any training.

Plan (form.py), keys and chords (progression.py), melody from a motif (melody.py), accompaniment from the
style's patterns (backing.py). Energy opens and closes the layers: it picks the level of each pattern, the
density of the melody and the loudness. The same brief always gives the same score.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from engine.contract.storyboard import Mood
from engine.scenery import MusicBrief
from engine.sound.backing import (
    DRUM_KEYS,
    Hit,
    Slot,
    chord_at,
    play_arpeggio,
    play_bass,
    play_chords,
    play_drums,
)
from engine.sound.form import Form, FormBar, check_brief, plan_form
from engine.sound.harmony import scale_of, tones_between
from engine.sound.melody import MelodySlot, Motif, draw_motif, find_pitches
from engine.sound.moods import LEVELS, Band, Cell, Style, Styles, at_tempo, fit_cell, load_styles
from engine.sound.progression import choose_passages, lay_chords
from engine.sound.score import Bar, Note, Passage, Role, Score, Track

_ACCOMPANY = (Role.CHORDS, Role.ARPEGGIO, Role.BASS, Role.DRUMS)
#: Velocity of a plain note at middling energy.
_VELOCITY = MappingProxyType(
    {Role.MELODY: 92, Role.CHORDS: 70, Role.ARPEGGIO: 66, Role.BASS: 82, Role.DRUMS: 88}
)
#: Level of the track, in dB, and its place between the speakers.
_PLACE = MappingProxyType(
    {
        Role.MELODY: (-0.5, 0.06),
        Role.CHORDS: (-6.0, -0.05),
        Role.ARPEGGIO: (-3.5, -0.32),
        Role.BASS: (-3.0, 0.0),
        Role.DRUMS: (-3.0, 0.0),
    }
)
#: Rhythms that bring a phrase to rest.
_CLOSING_CELLS: tuple[Cell, ...] = ((2.0, 2.0), (3.0, -1.0), (1.0, 1.0, 2.0), (1.0, 3.0))
#: Phrases of four bars: A is the motif's rhythm, B another, C comes to rest.
_PHRASES = ("AABC", "ABAC", "ABAB")
#: Moods whose tempo begins under this take more notes to a bar.
_SLOW_BPM = 64.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What is settled before the first note."""

    form: Form
    passages: tuple[Passage, ...]
    #: One for each passage.
    styles: tuple[Style, ...]
    bands: tuple[Band, ...]
    slots: tuple[Slot, ...]
    #: One for each bar: energy with the arc of the whole, 0 to 1.
    energy: tuple[float, ...]
    #: Bars before the melody and the drums come in.
    intro: int

    def level(self, bar: int) -> int:
        """Return which of a style's patterns a bar takes."""
        return min(LEVELS - 1, int(self.energy[bar] * LEVELS))

    def marked(self, bar: int) -> bool:
        """Tell whether a bar is lively enough for crashes, swells and fills."""
        return self.styles[self.form.bars[bar].passage].accents and self.level(bar) >= 2


class RuleComposer:
    """Composes by rule; implements ``MusicModel``."""

    #: Raised whenever the same brief would give another score.
    version = "rules 1"

    def __init__(self, styles: Styles | None = None) -> None:
        self._styles = styles or load_styles()

    def compose(self, brief: MusicBrief) -> Score:
        """Return a score of exactly ``brief.seconds``.

        Raises:
            InvalidOption: no music can be made for the brief.
        """
        check_brief(brief)
        # With the mood in the seed, two moods with one seed share neither key nor place in their tempo range.
        rng = np.random.default_rng([brief.seed % 2**63, list(Mood).index(brief.sections[0].mood)])
        plan = self._plan(brief, rng)
        parts: list[tuple[Role, list[tuple[int, Hit]]]] = [
            (Role.MELODY, _melody(plan, rng)),
            *_accompany(plan),
        ]
        tracks, notes = _write(plan, parts, rng)
        return Score(
            tempo_bpm=plan.form.tempo_bpm,
            tracks=tracks,
            bars=tuple(Bar(start_beats=bar.start_beats, beats=bar.beats) for bar in plan.form.bars),
            passages=plan.passages,
            notes=notes,
            reverb_seconds=_reverb(plan),
        )

    def _plan(self, brief: MusicBrief, rng: np.random.Generator) -> _Plan:
        form = plan_form(brief, {mood: style.pace for mood, style in self._styles.of.items()}, rng)
        passages = choose_passages(form, self._styles, rng)
        bands: dict[Mood, Band] = {}
        for passage in passages:
            choices = self._styles.of[passage.mood].bands
            band = choices[int(rng.integers(len(choices)))]
            bands.setdefault(passage.mood, band)
        return _Plan(
            form=form,
            passages=passages,
            styles=tuple(at_tempo(self._styles.of[passage.mood], form.tempo_bpm) for passage in passages),
            bands=tuple(bands[passage.mood] for passage in passages),
            slots=lay_chords(form, passages, self._styles, rng),
            energy=_arc(form),
            intro=_intro(form),
        )


def _reverb(plan: _Plan) -> float:
    """Return the room of the longest passage, in seconds."""
    longest = max(
        range(len(plan.passages)), key=lambda i: plan.passages[i].end_beats - plan.passages[i].start_beats
    )
    return plan.styles[longest].reverb_seconds


def _arc(form: Form) -> tuple[float, ...]:
    """Let the energy swell a little towards the last third and begin a little below."""
    total = form.bars[-1].start_beats + form.bars[-1].beats
    places = [bar.start_beats / total for bar in form.bars]
    swell = [0.14 * math.sin(math.pi * min(1.0, place / 1.3)) - 0.07 for place in places]
    return tuple(min(1.0, max(0.0, bar.energy + add)) for bar, add in zip(form.bars, swell, strict=True))


def _intro(form: Form) -> int:
    """Return how many bars pass before the melody: none in a short first passage."""
    bars = sum(bar.passage == 0 for bar in form.bars)
    bar_seconds = 4 * form.beat_seconds
    if bars < 4 or bar_seconds > 3.6:
        return 0
    return 2 if bars >= 8 and bar_seconds < 2.2 else 1


def _melody(plan: _Plan, rng: np.random.Generator) -> list[tuple[int, Hit]]:
    """Write the melody of the whole piece; each hit stands with its bar."""
    motif = draw_motif(rng)
    slots: list[MelodySlot] = []
    bars: list[int] = []
    for index, passage in enumerate(plan.passages):
        turned = motif.turned(0 if index == 0 else int(rng.integers(3)))
        mine = [i for i, bar in enumerate(plan.form.bars) if bar.passage == index and i >= plan.intro]
        for i, cell in zip(mine, _rhythms(plan, mine, rng), strict=True):
            made = _melody_slots(plan, i, cell, turned, passage)
            slots += made
            bars += [i] * len(made)
    pitches = find_pitches(slots, rng)
    hits = []
    for bar, slot, pitch in zip(bars, slots, pitches, strict=True):
        style = plan.styles[plan.form.bars[bar].passage]
        length = slot.beats * (0.85 if slot.ends else style.legato)
        accent = 0.65 + 0.3 * slot.weight
        hits.append((bar, Hit(pitch=pitch, start_beats=slot.start_beats, beats=length, accent=accent)))
        if plan.level(bar) == LEVELS - 1 and style.mood in (Mood.EPIC, Mood.TENSE):
            hits.append((bar, Hit(pitch=pitch - 12, start_beats=slot.start_beats, beats=length, accent=0.5)))
    return hits


def _rhythms(plan: _Plan, bars: Sequence[int], rng: np.random.Generator) -> list[Cell]:
    """Choose the melody's rhythm for the bars of a passage: statement, answer, departure, rest."""
    form = _PHRASES[int(rng.integers(len(_PHRASES)))]
    chosen: dict[tuple[str, int], Cell] = {}
    rhythms = []
    for place, bar in enumerate(bars):
        letter = "C" if bar == bars[-1] or plan.form.bars[bar].beats != 4 else form[place % len(form)]
        style = plan.styles[plan.form.bars[bar].passage]
        density = min(2, int(plan.energy[bar] * 3 + (style.pace.tempo_bpm[0] < _SLOW_BPM) * 0.8))
        if (letter, density) not in chosen:
            cells = _CLOSING_CELLS if letter == "C" else style.cells[density]
            taken = [cell for (_, dense), cell in chosen.items() if dense == density]
            free = [cell for cell in cells if cell not in taken] or list(cells)
            chosen[letter, density] = free[int(rng.integers(len(free)))]
        rhythms.append(chosen[letter, density])
    return rhythms


def _melody_slots(plan: _Plan, index: int, cell: Cell, motif: Motif, passage: Passage) -> list[MelodySlot]:
    """Lay the notes of one bar, pitches open."""
    bar = plan.form.bars[index]
    low, high = plan.styles[bar.passage].register
    final = index == len(plan.form.bars) - 1
    closes = final or plan.form.bars[index + 1].passage != bar.passage
    values = (bar.beats,) if final else fit_cell(cell, bar.beats)
    slots: list[MelodySlot] = []
    at = bar.start_beats
    for value in values:
        if value > 0:
            across = (at - passage.start_beats) / (passage.end_beats - passage.start_beats)
            height = 0.35 + 0.3 * math.sin(math.pi * across) + 0.15 * (plan.energy[index] - 0.5)
            slots.append(
                MelodySlot(
                    start_beats=at,
                    beats=value,
                    weight=_weight(at - bar.start_beats, value),
                    chord=chord_at(plan.slots, at).chord,
                    later=tuple(s.chord for s in plan.slots if at < s.start_beats < at + value),
                    scale=scale_of(passage.key, passage.mode),
                    step=motif.step(len(slots) - 1) if slots else None,
                    arch=low + (high - low) * height,
                    register=(low, high),
                    repeat_cost=plan.styles[bar.passage].repeat_cost,
                )
            )
        at += abs(value)
    if closes and slots:
        slots[-1] = replace(slots[-1], closes=True, ends=final)
    return slots


def _weight(offset: float, beats: float) -> float:
    """Return how much a place in a bar asks for a chord tone: downbeats and long notes most."""
    place = {0.0: 1.0, 2.0: 0.8}.get(offset, 0.45 if offset == int(offset) else 0.1)
    return min(1.0, place + (0.35 if beats >= 1.5 else 0.0))


def _accompany(plan: _Plan) -> list[tuple[Role, list[tuple[int, Hit]]]]:
    """Play chords, broken chords, bass and drums through the whole piece."""
    parts: dict[Role, list[tuple[int, Hit]]] = {role: [] for role in _ACCOMPANY}
    for index, bar in enumerate(plan.form.bars):
        style, level = plan.styles[bar.passage], plan.level(index)
        if index == len(plan.form.bars) - 1:
            played = _final_chord(plan, bar, plan.slots[-1])
        else:
            played = {
                Role.CHORDS: play_chords(bar, plan.slots, style.chords[level]),
                Role.ARPEGGIO: play_arpeggio(bar, plan.slots, style.arpeggio[level]),
                Role.BASS: play_bass(bar, plan.slots, style.bass[level]),
                Role.DRUMS: _drums(plan, index),
            }
        for role, hits in played.items():
            parts[role] += [(index, hit) for hit in hits]
    return list(parts.items())


def _drums(plan: _Plan, index: int) -> list[Hit]:
    """Play a bar of drums with the fill, swell or crash that its place asks for."""
    bars, bar = plan.form.bars, plan.form.bars[index]
    level = plan.level(index)
    if index < plan.intro and level < LEVELS - 1:
        return []
    style = plan.styles[bar.passage]
    marked = plan.marked(index)
    turning = bars[index + 1].passage != bar.passage or index == len(bars) - 2
    hits = play_drums(bar, style.drums[level], fill=turning and marked)
    end = bar.start_beats + bar.beats
    if turning and plan.marked(index + 1) and bar.beats >= 4:
        hits.append(Hit(pitch=DRUM_KEYS["swell"], start_beats=end - 2, beats=2.0, accent=0.7))
    entry = index == plan.intro or (index > 0 and bars[index - 1].passage != bar.passage)
    if entry and marked:
        hits.append(Hit(pitch=DRUM_KEYS["crash"], start_beats=bar.start_beats, beats=2.0, accent=0.6))
    return hits


def _final_chord(plan: _Plan, bar: FormBar, slot: Slot) -> dict[Role, list[Hit]]:
    """End the piece: the chord rings, a broken chord rises through it, drums strike once.

    Where the bar is longer than the mood's instruments ring, the chord is struck a second time to end it.
    """
    ring = plan.styles[bar.passage].pace.ring_seconds / plan.form.beat_seconds
    again = math.floor(bar.beats - ring)
    spans = (
        [(0.0, bar.beats * 0.7)] if again < 1 else [(0.0, again * 0.8), (again, (bar.beats - again) * 0.7)]
    )
    ladder = tones_between(slot.chord.tones[:3], slot.voicing[0], slot.voicing[0] + 28)[:5]
    root = next(p for p in range(36, 48) if p % 12 == slot.chord.root)
    hits: dict[Role, list[Hit]] = {role: [] for role in _ACCOMPANY}
    for offset, long in spans:
        at, step = bar.start_beats + offset, min(0.25, long / 12)
        hits[Role.CHORDS] += [Hit(pitch=p, start_beats=at, beats=long, accent=0.75) for p in slot.voicing]
        hits[Role.BASS].append(Hit(pitch=root, start_beats=at, beats=long, accent=0.9))
        hits[Role.ARPEGGIO] += [
            Hit(pitch=p, start_beats=at + i * step, beats=long - i * step, accent=0.6)
            for i, p in enumerate(ladder)
        ]
        if plan.marked(len(plan.form.bars) - 1):
            drums = (DRUM_KEYS["taiko"], DRUM_KEYS["crash"])
            hits[Role.DRUMS] += [Hit(pitch=key, start_beats=at, beats=1.0, accent=0.8) for key in drums]
    return hits


def _write(
    plan: _Plan, parts: Iterable[tuple[Role, list[tuple[int, Hit]]]], rng: np.random.Generator
) -> tuple[tuple[Track, ...], tuple[Note, ...]]:
    """Turn hits into notes on tracks, with velocities and swing."""
    tracks: dict[tuple[Role, str], int] = {}
    notes: list[Note] = []
    total = plan.form.bars[-1].start_beats + plan.form.bars[-1].beats
    for role, hits in parts:
        for bar, hit in hits:
            passage = plan.form.bars[bar].passage
            instrument = "kit" if role is Role.DRUMS else getattr(plan.bands[passage], role.value)
            track = tracks.setdefault((role, instrument), len(tracks))
            late = plan.styles[passage].swing if hit.start_beats % 1 == 0.5 else 0.0
            loud = _VELOCITY[role] * (0.70 + 0.40 * plan.energy[bar]) * (0.6 + 0.5 * hit.accent)
            notes.append(
                Note(
                    track=track,
                    pitch=hit.pitch,
                    start_beats=hit.start_beats + late,
                    beats=min(hit.beats, total - hit.start_beats - late),
                    velocity=max(1, min(127, int(loud + rng.normal(0.0, 2.5)))),
                )
            )
    placed = [
        Track(role=role, instrument=instrument, gain_db=_PLACE[role][0], pan=_PLACE[role][1])
        for role, instrument in tracks
    ]
    notes.sort(key=lambda note: (note.start_beats, note.track, note.pitch))
    return tuple(placed), tuple(notes)
