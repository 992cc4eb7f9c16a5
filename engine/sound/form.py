"""The plan of a piece in time: one tempo and a row of bars that end with the clip and meet its scenes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from engine.contract.errors import InvalidOption
from engine.contract.storyboard import Mood
from engine.scenery import MusicBrief, MusicSection

#: Shortest and longest clip that music is made for, in seconds.
SHORTEST_SECONDS = 0.5
LONGEST_SECONDS = 600.0
#: A mood lasts at least this long, or the music would change its mind in the middle of a thought.
LEAST_PASSAGE_BEATS = 4
LEAST_PASSAGE_SECONDS = 2.5
#: What it costs the plan, in seconds of distance between a bar line and a change of scene,
#: to leave a change of mood out, to need a bar of two beats, to miss the wished tempo by a beat a minute, and
#: to let the last chord ring a second too long or too short.
SKIPPED_COST = 1.0
HALF_BAR_COST = 0.3
TEMPO_COST = 0.06
RING_COST = 0.25
#: What the distance of every scene's start from a half bar counts, against that of a change of mood.
SCENE_PART = 0.5
#: Lengths that the last bar may have, in beats.
LAST_BAR_BEATS = (4, 6, 3, 5, 8, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What a mood asks of the plan."""

    #: Slowest and fastest tempo, in beats a minute.
    tempo_bpm: tuple[float, float]
    #: How long the last chord should ring, in seconds.
    ring_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FormBar:
    """A bar with what it has to express."""

    #: In beats from the start.
    start_beats: float
    #: Length, in beats.
    beats: float
    mood: Mood
    #: 0 to 1.
    energy: float
    #: Counts the stretches of one mood from 0.
    passage: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The plan of a piece. The last bar holds the final chord."""

    #: Beats a minute.
    tempo_bpm: float
    bars: tuple[FormBar, ...]

    @property
    def beat_seconds(self) -> float:
        """Length of a beat, in seconds."""
        return 60.0 / self.tempo_bpm


def check_brief(brief: MusicBrief) -> None:
    """Refuse a brief that no music can be made for.

    Raises:
        InvalidOption: the length is out of range, there is no section, or a number is not finite.
    """
    if not SHORTEST_SECONDS <= brief.seconds <= LONGEST_SECONDS:
        raise InvalidOption(
            f"Music is made for {SHORTEST_SECONDS:g} to {LONGEST_SECONDS:g} seconds, not {brief.seconds:g}."
        )
    if not brief.sections:
        raise InvalidOption("The music needs at least one section with a mood.")
    for section in brief.sections:
        if not all(map(math.isfinite, (section.start, section.end, section.energy))):
            raise InvalidOption("Times and energy of a music section must be numbers.")


def plan_form(brief: MusicBrief, paces: Mapping[Mood, Pace], rng: np.random.Generator) -> Form:
    """Choose the tempo and lay the bars.

    The tempo lies in the range of the mood that lasts longest (only a clip too short for a single beat count
    in that range leaves it). Among the tempi that make a whole number of beats, one is taken whose bar lines
    lie close to the changes of mood; the seed's wish decides between equals. Bars have four beats; a passage
    may close with one of two.
    """
    changes = _changes(brief)
    slow, fast = paces[_longest(changes, brief.seconds)].tempo_bpm
    ring = paces[changes[-1].mood].ring_seconds
    wish = float(rng.uniform(slow, fast))
    counts = range(math.ceil(brief.seconds * slow / 60.0), math.floor(brief.seconds * fast / 60.0) + 1)
    if not counts:
        counts = range(max(1, round(brief.seconds * (slow + fast) / 120.0)), 0, -1)[:1]
    layouts = [layout for count in counts for layout in _layouts(brief, count, changes, (wish, ring))]
    best = min(layouts, key=lambda layout: layout.cost)
    return Form(tempo_bpm=best.beats * 60.0 / brief.seconds, bars=_lay(brief, best))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A mood begins."""

    #: In seconds, or in beats once the tempo is known.
    at: float
    mood: Mood


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """One way to lay the piece."""

    #: The less the better.
    cost: float
    #: Of the whole piece.
    beats: int
    #: Of the bar with the final chord.
    last_beats: int
    #: In beats; the first at 0.
    changes: tuple[_Change, ...]


def _changes(brief: MusicBrief) -> tuple[_Change, ...]:
    """Return the changes of mood in seconds, without those that last too short to be heard as a passage."""
    inside = [s for s in brief.sections if s.start < brief.seconds and s.end > 0] or [brief.sections[0]]
    inside.sort(key=lambda section: section.start)
    ends = [section.start for section in inside[1:]] + [brief.seconds]
    lasting = [end - section.start for section, end in zip(inside, ends, strict=True)]
    longest = max(lasting)
    changes: list[_Change] = []
    for section, seconds in zip(inside, lasting, strict=True):
        same = bool(changes) and changes[-1].mood is section.mood
        if not same and seconds >= min(LEAST_PASSAGE_SECONDS, longest):
            changes.append(_Change(at=section.start if changes else 0.0, mood=section.mood))
    return tuple(changes)


def _longest(changes: tuple[_Change, ...], seconds: float) -> Mood:
    """Return the mood that sounds longest in all."""
    ends = [change.at for change in changes[1:]] + [seconds]
    lasting: dict[Mood, float] = {}
    for change, end in zip(changes, ends, strict=True):
        lasting[change.mood] = lasting.get(change.mood, 0.0) + end - change.at
    return max(lasting, key=lambda mood: lasting[mood])


def _layouts(
    brief: MusicBrief, beats: int, changes: tuple[_Change, ...], wishes: tuple[float, float]
) -> Iterator[_Layout]:
    """Yield the ways to lay the piece in a number of beats."""
    tempo_bpm, ring_seconds = wishes
    beat = brief.seconds / beats
    ring = min(ring_seconds, 0.3 * brief.seconds)
    scenes = [section.start for section in brief.sections if 0.0 < section.start < brief.seconds]
    lasts = [last for last in LAST_BAR_BEATS if last < beats and (beats - last) % 2 == 0]
    for last in lasts or [beats]:
        laid = [_Change(at=0.0, mood=changes[0].mood)]
        # Scenes that keep the mood change best on a bar or half bar too.
        cost = SCENE_PART * sum(abs(2.0 * beat * round(at / beat / 2) - at) for at in scenes)
        cost += TEMPO_COST * abs(60.0 / beat - tempo_bpm) + RING_COST * abs(last * beat - ring)
        for change in changes[1:]:
            near = 2.0 * round(change.at / beat / 2)
            cost += abs(near * beat - change.at)
            if near - laid[-1].at < LEAST_PASSAGE_BEATS or near > beats - last:
                cost += SKIPPED_COST
            elif change.mood is not laid[-1].mood:
                laid.append(_Change(at=near, mood=change.mood))
        ends = [change.at for change in laid[1:]] + [float(beats - last)]
        cost += HALF_BAR_COST * sum((end - c.at) % 4 != 0 for c, end in zip(laid, ends, strict=True))
        yield _Layout(cost=cost, beats=beats, last_beats=last, changes=tuple(laid))


def _lay(brief: MusicBrief, layout: _Layout) -> tuple[FormBar, ...]:
    """Lay the bars and give each the energy of the sections that sound in it."""
    beat = brief.seconds / layout.beats
    body = layout.beats - layout.last_beats
    ends = [round(change.at) for change in layout.changes[1:]] + [body]
    spans = [
        (at, min(4, end - at), passage)
        for passage, (change, end) in enumerate(zip(layout.changes, ends, strict=True))
        for at in range(round(change.at), end, 4)
    ]
    spans.append((body, layout.last_beats, len(layout.changes) - 1))
    return tuple(
        FormBar(
            start_beats=float(start),
            beats=float(beats),
            mood=layout.changes[passage].mood,
            energy=_energy(brief.sections, start * beat, (start + beats) * beat),
            passage=passage,
        )
        for start, beats, passage in spans
    )


def _energy(sections: tuple[MusicSection, ...], start: float, end: float) -> float:
    """Return the mean energy between two times, 0 to 1; that of the nearest section where none sounds."""
    weights = [max(0.0, min(end, section.end) - max(start, section.start)) for section in sections]
    if sum(weights) <= 0:
        nearest = min(
            sections, key=lambda section: abs((section.start + section.end) / 2 - (start + end) / 2)
        )
        return min(1.0, max(0.0, nearest.energy))
    mean = sum(w * section.energy for w, section in zip(weights, sections, strict=True)) / sum(weights)
    return min(1.0, max(0.0, mean))
