"""Where everything stands in a shot: pure arithmetic on the frame, by shot and aspect."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.compositing.boxes import Box, box_of
from engine.contract.storyboard import DataKind, Role, Scene, Shot
from engine.media import FrameSize

#: Nothing that matters comes nearer to an edge, as a fraction of that side.
SAFE_MARGIN = 0.05
#: Dimensions that a vertical scale beside the hero can show.
UPRIGHT_DIMENSIONS = frozenset({"height", "depth", "altitude", "elevation"})
#: Kinds that stay tall when they stand behind the hero.
_TALL_KINDS = frozenset({"tower", "building", "bridge", "plant", "tree", "landmark"})
#: Height of one of so many equal subjects, against a single one.
_SHARE = {1: 1.0, 2: 0.84, 3: 0.72, 4: 0.64, 5: 0.6}
#: More heroes than that would be too small to know.
_MOST_HEROES = 6
#: Area of a secondary subject against the hero's, at most.
_AREA_BEHIND = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a layout needs to know of the plate."""

    #: Where subjects stand, as a fraction of the frame's height.
    line: float
    #: False where subjects float.
    solid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A subject in the frame at rest."""

    #: Index into the scene's subjects.
    subject: int
    #: Middle of its lower edge, in px.
    foot_x: float
    foot_y: float
    height_px: float
    #: 0 in front; larger stands farther behind: softer, drawn earlier.
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DataLayout:
    """Where a data shot shows its value."""

    #: The large number, year or name, with a label above and a line under it.
    value: Box
    #: A vertical scale (width 0: its axis), a line of years, or the ground around a pin; None without one.
    figure: Box | None
    #: "left" or "centre".
    align: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneLayout:
    """All places of a shot, in px."""

    #: In drawing order, the farthest first.
    placements: tuple[Placement, ...]
    caption: Box
    headline: Box | None
    #: Size of the headline's type at most, in px.
    headline_px: float
    #: "left" or "centre".
    headline_align: str
    data: DataLayout | None
    #: Where the words of a mood shot without subjects stand; None for other shots.
    quote: Box | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """A place for subjects: middle of the foot, and the room there is."""

    x: float
    height: float
    width: float


def is_wide(size: FrameSize) -> bool:
    """Tell whether words stand beside the hero (else above it)."""
    return size.width_px >= 1.25 * size.height_px


def safe_box(size: FrameSize) -> Box:
    """Return the part of the frame that words and figures keep to."""
    dx, dy = size.width_px * SAFE_MARGIN, size.height_px * SAFE_MARGIN
    return Box(x=dx, y=dy, width=size.width_px - 2 * dx, height=size.height_px - 2 * dy)


def caption_box(size: FrameSize) -> Box:
    """Return where captions are set, from its lower edge upwards."""
    w, h = size.width_px, size.height_px
    side = 0.1 if is_wide(size) else 0.07
    return box_of(left=w * side, top=h * 0.80, right=w * (1 - side), bottom=h * (1 - SAFE_MARGIN))


def headline_boxes(size: FrameSize) -> tuple[Box, Box]:
    """Return where a headline may stand: left and right of the hero, or twice the same above it."""
    w, h = size.width_px, size.height_px
    if is_wide(size):
        left = box_of(left=w * 0.065, top=h * 0.12, right=w * 0.50, bottom=h * 0.52)
        return left, Box(x=w * 0.505, y=left.y, width=w * 0.43, height=left.height)
    top = box_of(left=w * 0.07, top=h * 0.09, right=w * 0.93, bottom=h * 0.33)
    return top, top


def arrange(
    scene: Scene, size: FrameSize, ground: Ground, aspects: Sequence[float], *, words_right: bool = True
) -> SceneLayout:
    """Lay out ``scene``; ``aspects`` holds width by height of each subject's drawing.

    ``words_right`` says on which side of the hero the words stand in a wide frame.
    """
    data = _data_layout(scene, size, hero=bool(scene.subjects)) if scene.data is not None else None
    headline = None
    if scene.headline and data is None:
        headline = headline_boxes(size)[1 if words_right else 0]
    spot = _hero_spot(scene, size, words_right=words_right, with_words=headline is not None, with_data=data)
    closing = scene.shot is Shot.CLOSING
    return SceneLayout(
        placements=_place_subjects(scene, size, ground, aspects, spot),
        caption=caption_box(size),
        headline=headline,
        headline_px=size.short_px * (0.115 if closing else 0.153),
        headline_align="left" if is_wide(size) else "centre",
        data=data,
        quote=quote_box(size) if scene.shot is Shot.MOOD and not scene.subjects and data is None else None,
    )


def quote_box(size: FrameSize) -> Box:
    """Return where large words stand alone."""
    w, h = size.width_px, size.height_px
    side, top, bottom = (0.08, 0.26, 0.62) if is_wide(size) else (0.08, 0.24, 0.56)
    return box_of(left=w * side, top=h * top, right=w * (1 - side), bottom=h * bottom)


def _hero_spot(
    scene: Scene, size: FrameSize, *, words_right: bool, with_words: bool, with_data: DataLayout | None
) -> _Spot:
    w, h = float(size.width_px), float(size.height_px)
    if with_data is not None:
        return _spot_beside(with_data, size)
    if not is_wide(size):
        return _Spot(x=w * 0.5, height=h * (0.40 if with_words else 0.46), width=w * 0.76)
    if with_words:
        tall = 0.46 if scene.shot is Shot.CLOSING else 0.56
        return _Spot(x=w * (0.30 if words_right else 0.70), height=h * tall, width=w * 0.42)
    alone = {
        Shot.MOOD: _Spot(x=w * (0.36 if scene.seed % 2 else 0.64), height=h * 0.44, width=w * 0.4),
        Shot.CLOSING: _Spot(x=w * 0.5, height=h * 0.46, width=w * 0.5),
    }
    acting = _Spot(x=w * (0.45 if scene.seed % 2 else 0.55), height=h * 0.60, width=w * 0.56)
    return alone.get(scene.shot, acting)


def _spot_beside(data: DataLayout, size: FrameSize) -> _Spot:
    """Return the hero's place beside (or, in a narrow frame, under) what a data shot shows."""
    w, h = float(size.width_px), float(size.height_px)
    if is_wide(size):
        return _Spot(x=w * 0.265, height=h * 0.63, width=w * 0.40)
    room = min(0.40, (0.80 * h - _lowest(data)) / h)
    upright = data.figure is not None and data.figure.width == 0
    return _Spot(x=w * (0.37 if upright else 0.5), height=h * room, width=w * (0.5 if upright else 0.7))


def _lowest(data: DataLayout) -> float:
    """Return the lower edge of what stands above the hero in a narrow frame, in px."""
    if data.figure is None or data.figure.width == 0:
        return data.value.bottom
    return max(data.value.bottom, data.figure.bottom)


def _place_subjects(
    scene: Scene, size: FrameSize, ground: Ground, aspects: Sequence[float], spot: _Spot
) -> tuple[Placement, ...]:
    heroes = [i for i, subject in enumerate(scene.subjects) if subject.role is Role.HERO] or [0]
    heroes = [i for i in heroes if i < len(scene.subjects)]
    others = [i for i in range(len(scene.subjects)) if i not in heroes]
    if scene.data is not None:  # a value, and the one thing that it belongs to
        heroes, others = heroes[:1], []
    if others:  # leave room beside the hero
        spot = replace(spot, width=spot.width * 0.8)
    front = _place_row(heroes[:_MOST_HEROES], size, ground, aspects, spot)
    back = _place_behind(scene, others, size, ground, aspects, spot)
    return tuple(sorted((*front, *back), key=lambda p: -p.rank))


def _place_row(
    heroes: list[int], size: FrameSize, ground: Ground, aspects: Sequence[float], spot: _Spot
) -> list[Placement]:
    """Place the heroes: one or two side by side, more of them staggered in depth.

    A subject that counts several is one drawing of a group, so it takes one place.
    """
    if not heroes:
        return []
    share = _SHARE.get(len(heroes), 0.5)
    room = spot.width / len(heroes) * (1.3 if len(heroes) > 2 else 1.0)
    heights = [min(spot.height * share, room / aspects[subject]) for subject in heroes]
    widest = max(height * aspects[subject] for height, subject in zip(heights, heroes, strict=True))
    step = max(0.0, spot.width - widest) / max(1, len(heroes) - 1)
    placed: list[Placement] = []
    for order, subject in enumerate(heroes):
        rank = 0 if len(heroes) < 3 or order % 2 == 0 else 1
        height = heights[order] * (1.0 if rank == 0 else 0.82)
        lift = rank * size.height_px * (0.045 if ground.solid else 0.16)
        placed.append(
            Placement(
                subject=subject,
                foot_x=spot.x + (order - (len(heroes) - 1) / 2) * step,
                foot_y=_foot(size, ground, height) - lift,
                height_px=height,
                rank=rank,
            )
        )
    return placed


def _place_behind(
    scene: Scene, others: list[int], size: FrameSize, ground: Ground, aspects: Sequence[float], spot: _Spot
) -> list[Placement]:
    """Place secondary subjects beside the hero and behind it, the nearer the earlier they are named."""
    placed: list[Placement] = []
    side = 1.0 if spot.x <= size.width_px / 2 else -1.0
    for order, subject in enumerate(others[:4]):
        height = _height_behind(scene, subject, order, aspects, spot)
        lift = 0.022 + 0.012 * order + (0.0 if ground.solid else 0.06)
        if not is_wide(size):  # there is no room beside the hero, so they stand farther back
            lift += 0.03 if ground.solid else 0.12
        reach = spot.width * (0.74 if order < 2 else 1.05)
        toward = side if order % 2 == 0 else -side
        room = size.width_px * SAFE_MARGIN + height * aspects[subject] / 2
        placed.append(
            Placement(
                subject=subject,
                foot_x=min(max(spot.x + toward * reach, room), size.width_px - room),
                foot_y=_foot(size, ground, height) - size.height_px * lift,
                height_px=height,
                rank=2 + order,
            )
        )
    return placed


def _height_behind(scene: Scene, subject: int, order: int, aspects: Sequence[float], spot: _Spot) -> float:
    """Return the height of a secondary subject: small, unless it is a building behind a person."""
    hero = next((i for i, one in enumerate(scene.subjects) if one.role is Role.HERO), subject)
    hero_height = min(spot.height, spot.width / aspects[hero])
    tall = scene.subjects[subject].kind in _TALL_KINDS and scene.subjects[hero].kind not in _TALL_KINDS
    height = spot.height * (0.90 if tall else 0.50) * (1.0 if order < 2 else 0.8)
    height = min(height, spot.width * 0.6 / aspects[subject])
    if tall:
        return height
    most = _AREA_BEHIND * hero_height * hero_height * aspects[hero]
    return min(height, math.sqrt(most / aspects[subject]))


def _foot(size: FrameSize, ground: Ground, height_px: float) -> float:
    """Return the lower edge of a subject: on the ground, or so that it floats about the middle."""
    if ground.solid:
        return size.height_px * ground.line
    return size.height_px * (0.45 if is_wide(size) else 0.55) + height_px / 2


def _data_layout(scene: Scene, size: FrameSize, *, hero: bool) -> DataLayout:
    data = scene.data
    kind = DataKind.COUNTER if data is None else data.kind
    upright = data is not None and kind is DataKind.COUNTER and data.dimension in UPRIGHT_DIMENSIONS
    if is_wide(size):
        return _wide_data(size, kind, hero=hero, upright=upright and hero)
    return _stacked_data(size, kind, upright=upright and hero)


def _wide_data(size: FrameSize, kind: DataKind, *, hero: bool, upright: bool) -> DataLayout:
    w, h = float(size.width_px), float(size.height_px)
    left = w * (0.50 if hero else 0.12)
    right = w * (0.94 if hero else 0.88)
    if kind is DataKind.COUNTER:
        left = w * 0.615 if upright else left
        axis = Box(x=w * 0.51, y=h * 0.14, width=0.0, height=h * 0.71)
        return DataLayout(
            value=box_of(left=left, top=h * 0.20, right=right, bottom=h * 0.80),
            figure=axis if upright else None,
            align="left" if hero else "centre",
        )
    if kind is DataKind.TIMELINE:
        return DataLayout(
            value=box_of(left=left, top=h * 0.10, right=right, bottom=h * 0.52),
            figure=box_of(left=left, top=h * 0.60, right=right, bottom=h * 0.71),
            align="left" if hero else "centre",
        )
    return DataLayout(
        value=box_of(left=left, top=h * 0.10, right=right, bottom=h * 0.38),
        figure=box_of(left=left, top=h * 0.36, right=right, bottom=h * 0.76),
        align="centre",
    )


def _stacked_data(size: FrameSize, kind: DataKind, *, upright: bool) -> DataLayout:
    w, h = float(size.width_px), float(size.height_px)
    square = h < 1.25 * w
    value = box_of(left=w * 0.07, top=h * 0.06, right=w * 0.93, bottom=h * (0.37 if square else 0.31))
    if kind is DataKind.COUNTER:
        axis = Box(x=w * 0.74, y=h * 0.34, width=0.0, height=h * 0.48)
        return DataLayout(value=value, figure=axis if upright else None, align="centre")
    if kind is DataKind.TIMELINE:
        top = 0.31 if square else 0.28
        value = box_of(left=value.x, top=value.y, right=value.right, bottom=h * (top - 0.01))
        line = box_of(left=w * 0.08, top=h * top, right=w * 0.92, bottom=h * (top + 0.07))
        return DataLayout(value=value, figure=line, align="centre")
    value = box_of(left=value.x, top=h * 0.08, right=value.right, bottom=h * (0.32 if square else 0.26))
    place = box_of(left=w * 0.12, top=value.bottom, right=w * 0.88, bottom=h * (0.60 if square else 0.48))
    return DataLayout(value=value, figure=place, align="centre")
