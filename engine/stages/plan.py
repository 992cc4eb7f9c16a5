"""From a Reading to a Storyboard. Pure: the same reading, options and seed give the same plan."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.contract.request import ClipOptions
from engine.contract.storyboard import (
    Action,
    Branch,
    DataPoint,
    Entity,
    EntityKind,
    Hour,
    Mood,
    Place,
    Reading,
    Role,
    Scene,
    Sentence,
    Setting,
    Shot,
    Storyboard,
    Subject,
    Transition,
)
from engine.stages.captions import split_caption, split_for_data, tidy, width
from engine.stages.data_points import data_point, worth
from engine.stages.scenery_concepts import SCENERY, SKY
from engine.stages.timing import PlanLimits, least_seconds, timed
from engine.stages.titles import is_short, make_subline, make_title
from engine.stages.understand.commands import strip_command

#: Fewest and most scenes.
MIN_SCENES = 3
MAX_SCENES = 12
#: Things so large that a person beside them is the smaller subject.
_LARGE = frozenset({"tower", "building", "bridge", "mountain"})
#: Hours through which a clip moves when the text names none.
_ARCS = (
    (Hour.DAWN, Hour.NOON, Hour.DUSK),
    (Hour.NOON, Hour.NOON, Hour.DUSK),
    (Hour.DUSK, Hour.NOON, Hour.DUSK),
    (Hour.DAWN, Hour.NOON, Hour.NOON),
)
_INDOORS = frozenset(
    {
        Place.ROOM,
        Place.STAGE,
        Place.LABORATORY,
        Place.HOSPITAL,
        Place.CLASSROOM,
        Place.KITCHEN,
        Place.FACTORY,
        Place.COURT,
        Place.SPACE,
        Place.UNDERWATER,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text that makes one scene."""

    #: Index of its sentence.
    sentence: int
    text: str
    data: DataPoint | None
    #: How much it pays to show its data, 0 for none.
    worth: float = 0.0
    #: How much it deserves a scene.
    salience: float


def make_plan(
    reading: Reading, options: ClipOptions, *, seed: int, limits: PlanLimits | None = None
) -> Storyboard:
    """Plan 3 to 12 scenes; the length follows the reading speed, or ``options.seconds`` within 5 %."""
    limits = limits or PlanLimits()
    chance = random.Random(f"plan {seed}")
    title = make_title(reading)
    target = _target_seconds(options, limits)
    pieces = [tidy_piece for tidy_piece in _pieces(reading) if tidy_piece.text]
    scenes = (
        _unfolded(reading, title)
        if is_short(reading) or not pieces
        else _told(reading, pieces, title, target, limits)
    )
    scenes = _varied(scenes, chance)
    scenes = timed(scenes, target, limits)
    numbered = tuple(
        replace(scene, index=index, seed=random.Random(f"{seed} {index}").getrandbits(32))
        for index, scene in enumerate(scenes)
    )
    return Storyboard(
        title=title,
        language=reading.language,
        mood=_whole_mood(reading.sentences),
        style=options.style,
        seed=seed,
        scenes=numbered,
        notes=reading.notes,
    )


def _target_seconds(options: ClipOptions, limits: PlanLimits) -> float | None:
    if options.seconds is None:
        return None
    return min(limits.max_seconds, max(limits.min_seconds, options.seconds))


def _pieces(reading: Reading) -> list[Piece]:
    """Cut every sentence into captions; a sentence with two things to show as data is cut between them."""
    pieces: list[Piece] = []
    for index, sentence in enumerate(reading.sentences):
        inside = [entity for entity in reading.entities if sentence.start <= entity.start < sentence.end]
        telling = [entity for entity in inside if worth(entity, sentence.text) > 0]
        text = tidy(strip_command(sentence.text) if index == 0 else sentence.text)
        parts = split_for_data(text, tuple(tidy(entity.text) for entity in telling), reading.language)
        captions = [caption for part in parts for caption in split_caption(part)]
        for caption in captions:
            best = max(
                (entity for entity in telling if tidy(entity.text) in caption),
                key=lambda entity: worth(entity, caption),
                default=None,
            )
            data = data_point(best, reading.language) if best is not None else None
            pieces.append(
                Piece(
                    sentence=index,
                    text=caption,
                    data=data,
                    worth=worth(best, sentence.text) if best is not None else 0.0,
                    salience=_salience(reading, index, caption, inside, data),
                )
            )
    return _fewer_data(pieces)


def _fewer_data(pieces: Sequence[Piece]) -> list[Piece]:
    """Keep data shots rare: at most two of five pieces show a number, the most telling ones."""
    room = max(1, round(len(pieces) * 0.4 + 0.1))
    shown = sorted((i for i, piece in enumerate(pieces) if piece.data), key=lambda i: (-pieces[i].worth, i))[
        :room
    ]
    return [piece if i in shown else replace(piece, data=None) for i, piece in enumerate(pieces)]


def _salience(
    reading: Reading, index: int, caption: str, inside: Sequence[Entity], data: DataPoint | None
) -> float:
    """How much a piece deserves a scene: names, things to see, numbers, and its place in the text."""
    sentence = reading.sentences[index]
    named = sum(entity.text in caption for entity in inside)
    seen = sum(
        reading.subjects[i].score
        for i in reading.sentence_subjects[index]
        if reading.subjects[i].text in caption
    )
    score = 0.4 * min(4, named) + 0.8 * min(2.0, seen) + (0.8 if data else 0.0)
    score += 0.6 if sentence.branch is Branch.PICTURE else 0.0
    score += 0.3 * sum(keyword in caption for keyword in reading.keywords[:5])
    if index == 0:
        score += 2.0
    elif index == len(reading.sentences) - 1:
        score += 1.0
    return score


def _unfolded(reading: Reading, title: str) -> list[Scene]:
    """Three shots out of one short phrase: where it is, what it does, and a last look."""
    sentence = reading.sentences[0]
    text = tidy(strip_command(sentence.text)) or title
    hero = _scene(reading, Piece(sentence=0, text=text, data=None, salience=1.0), Shot.SUBJECT)
    caption = text if text.rstrip("。.！!") != title and width(text) <= 1.0 else title
    establishing = replace(
        hero, shot=Shot.ESTABLISHING, headline=title, subline=make_subline(reading, title), caption=""
    )
    closing = replace(hero, shot=Shot.CLOSING, caption="", headline=title)
    middle = [replace(hero, shot=_shot_of(hero), caption=caption)]
    inside = [entity for entity in reading.entities if worth(entity, sentence.text) > 0]
    data = data_point(inside[0], reading.language) if inside else None
    if data is not None:
        middle.append(replace(hero, shot=Shot.DATA, data=data, caption=text if width(text) <= 1.0 else title))
    return [establishing, *middle, closing]


def _told(
    reading: Reading, pieces: Sequence[Piece], title: str, target: float | None, limits: PlanLimits
) -> list[Scene]:
    """A title shot, then the pieces that fit, the last one closing."""
    room = MAX_SCENES - 1
    length = target if target is not None else limits.max_seconds
    while True:
        kept = _condensed(pieces, room)
        scenes = _scenes(reading, kept, title)
        least = sum(least_seconds(scene, hurried=target is not None) for scene in scenes)
        if (least <= length and len(scenes) <= MAX_SCENES) or room <= MIN_SCENES - 1:
            return scenes
        room -= 1


def _condensed(pieces: Sequence[Piece], room: int) -> list[Piece]:
    """Keep the most telling pieces, in the order of the text."""
    if len(pieces) <= room:
        return list(pieces)
    ranked = sorted(range(len(pieces)), key=lambda i: (-pieces[i].salience, i))[:room]
    return [pieces[i] for i in sorted(ranked)]


def _scenes(reading: Reading, pieces: Sequence[Piece], title: str) -> list[Scene]:
    told = [_scene(reading, piece, None) for piece in pieces]
    first = next((scene for scene in told if scene.subjects), told[0])
    heroes = _title_subjects(reading, title) or first.subjects[:1]
    opening = replace(
        told[0],
        shot=Shot.ESTABLISHING,
        branch=first.branch,
        why=f"the clip opens with its title: {first.why}",
        subjects=heroes,
        text=title,
        caption="",
        headline=title,
        subline=make_subline(reading, title),
        data=None,
    )
    last = told[-1]
    if last.shot is not Shot.DATA and len(told) > 1:
        told[-1] = replace(last, shot=Shot.CLOSING, subjects=last.subjects or heroes)
        return [opening, *told]
    closing = replace(
        last,
        shot=Shot.CLOSING,
        text=title,
        caption="",
        headline=title,
        data=None,
        branch=first.branch,
        subjects=heroes,
        why=f"the clip closes with its main subject: {first.why}",
    )
    return [opening, *told, closing]


def _title_subjects(reading: Reading, title: str) -> tuple[Subject, ...]:
    """The subjects that the title names, at most two, the larger part first."""
    lowered = title.lower()
    named = [s for s in reading.subjects if s.text.lower() in lowered and (s.concept or s.kind != "object")]
    named = [s for s in named if s.concept not in SCENERY] or named
    named.sort(key=lambda subject: lowered.find(subject.text.lower()))
    return tuple(
        replace(subject, role=Role.HERO if i == 0 else Role.SECONDARY, action=Action.STAND)
        for i, subject in enumerate(named[:2])
    )


def _scene(reading: Reading, piece: Piece, shot: Shot | None) -> Scene:
    sentence = reading.sentences[piece.sentence]
    subjects = _subjects(reading, piece)
    data = piece.data
    if sentence.branch is Branch.SOUND and data is None and not is_short(reading):
        subjects = ()
    scene = Scene(
        index=0,
        text=piece.text,
        branch=sentence.branch,
        why=sentence.why,
        shot=shot or Shot.SUBJECT,
        subjects=subjects,
        setting=reading.settings[piece.sentence],
        mood=sentence.mood,
        energy=sentence.energy,
        seconds=0.0,
        caption=piece.text,
        data=data,
        seed=0,
    )
    return scene if shot is not None else replace(scene, shot=_shot_of(scene))


def _shot_of(scene: Scene) -> Shot:
    if scene.data is not None:
        return Shot.DATA
    return Shot.MOOD if scene.branch is Branch.SOUND else Shot.SUBJECT


def _subjects(reading: Reading, piece: Piece) -> tuple[Subject, ...]:
    """What the piece shows: what it names of its sentence's subjects, else what was shown before."""
    own = _without_sky(_sentence_subjects(reading, piece.sentence), reading.settings[piece.sentence])
    is_picture = piece.data is not None or reading.sentences[piece.sentence].branch is Branch.PICTURE
    if is_picture and not _things(own):
        # Fog, rain or a forest alone is the setting: the one who was there before stands in it.
        earlier = [
            things for i in range(piece.sentence) if (things := _things(_sentence_subjects(reading, i)))
        ]
        own = earlier[-1][:1] if earlier else own
    whole = reading.sentences[piece.sentence].text
    named = [subject for subject in own if subject.text in piece.text or subject.text not in whole]
    ordered = list(own) if piece.text == tidy(whole) else named or list(own)
    drawn = [s for i, s in enumerate(ordered) if i == 0 or s.concept not in SCENERY]
    if len(drawn) > 1 and drawn[0].concept in SCENERY and drawn[0].score > 0.5:
        drawn = drawn[1:]
    sights = {entity.text for entity in reading.entities if entity.kind is EntityKind.LANDMARK}
    large = next((subject for subject in drawn if subject.kind in _LARGE and subject.text in sights), None)
    if large is not None and drawn[0].kind == "person":
        drawn = [large, *(subject for subject in drawn if subject is not large)]
    return tuple(
        replace(subject, role=Role.HERO if i == 0 else Role.SECONDARY) for i, subject in enumerate(drawn[:3])
    )


def _without_sky(subjects: tuple[Subject, ...], setting: Setting) -> tuple[Subject, ...]:
    """Leave sun and moon to the plate, where they hang in the sky, unless there is nothing else."""
    if setting.place is Place.SPACE:
        return subjects
    return tuple(subject for subject in subjects if subject.concept not in SKY) or subjects


def _things(subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    """Return the subjects that the setting does not already show."""
    return tuple(subject for subject in subjects if subject.concept not in SCENERY)


def _sentence_subjects(reading: Reading, index: int) -> tuple[Subject, ...]:
    indices = reading.sentence_subjects[index]
    actions = reading.sentence_actions[index] if reading.sentence_actions else ()
    subjects = [reading.subjects[i] for i in indices]
    if actions:
        subjects = [
            replace(subject, action=action) for subject, action in zip(subjects, actions, strict=True)
        ]
    return tuple(subject for subject in subjects if subject.concept is not None or subject.kind != "object")


def _varied(scenes: Sequence[Scene], chance: random.Random) -> list[Scene]:
    """Move through the day where the text names no hour, and choose the transitions."""
    free = all(scene.setting.hour is Hour.NOON for scene in scenes)
    arc = chance.choice(_ARCS)
    varied: list[Scene] = []
    for index, scene in enumerate(scenes):
        setting = scene.setting
        if free and setting.place not in _INDOORS:
            hour = arc[min(len(arc) - 1, index * len(arc) // len(scenes))]
            setting = Setting(place=setting.place, hour=hour, weather=setting.weather)
        before = varied[-1] if varied else None
        varied.append(replace(scene, setting=setting, transition=_transition(before, scene)))
    return varied


def _transition(before: Scene | None, scene: Scene) -> Transition:
    if before is not None and scene.shot is Shot.DATA and before.shot is not Shot.DATA and scene.energy > 0.7:
        return Transition.WIPE
    return Transition.DISSOLVE


def _whole_mood(sentences: Sequence[Sentence]) -> Mood:
    """The mood of most of the text, counted in characters; in a tie the first."""
    counts: dict[Mood, int] = {}
    for sentence in sentences:
        counts[sentence.mood] = counts.get(sentence.mood, 0) + sentence.end - sentence.start
    return max(counts, key=lambda mood: counts[mood])
