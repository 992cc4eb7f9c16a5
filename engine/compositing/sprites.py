"""Subjects on the stage: lit by the plate, with a contact shadow, entering and moving by their poses."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np

from engine.compositing.backdrop import Grade
from engine.compositing.blend import lay_warped
from engine.compositing.camera import View
from engine.compositing.easing import clamp, ease_out, overshoot, span
from engine.compositing.layout import Placement
from engine.contract.storyboard import Action, Subject
from engine.media import FPS, Float32Array, FrameSize, UInt8Array
from engine.scenery import Palette, Plate, Sprite

#: Clear border around a drawing, in px, so that a turned edge stays smooth.
_PAD = 3
#: Actions that carry a subject through the picture.
_TRAVELLING = frozenset({Action.WALK, Action.RUN, Action.DRIVE, Action.SWIM, Action.FLY})
#: Actions that turn a subject about its middle; the others turn it about its foot.
_ABOUT_MIDDLE = frozenset({Action.SPIN, Action.FLY, Action.SWIM, Action.FLOAT, Action.FALL, Action.RISE})
_GROWING_KINDS = frozenset({"tower", "building", "bridge", "plant", "tree", "landmark"})


class Entrance(StrEnum):
    """How a subject comes into the picture."""

    NONE = "none"
    SLIDE = "slide"  #: In from the side it comes from.
    GROW = "grow"  #: Up from the ground.
    POP = "pop"  #: Swells and fades in.


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What surrounds the actors of one scene."""

    size: FrameSize
    plate: Plate
    palette: Palette
    grade: Grade
    #: Depth at which subjects stand, 0 to 1: that of the ground they stand on.
    depth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A subject, drawn to size and ready to move."""

    placement: Placement
    #: uint8 [T,H,W,4], colours multiplied by alpha, with a clear border.
    frames: UInt8Array
    #: Frames a second of ``frames``; 0 for a still.
    fps: float
    #: float32 [T,5] at 30 a second: dx, dy, scale x, scale y, degrees; None when it stands still.
    poses: Float32Array | None
    #: uint8 [H,W,4], colours multiplied by alpha; None for what floats.
    shadow: UInt8Array | None
    #: Offset of the shadow's middle from the foot's, in px.
    shadow_x: float
    entrance: Entrance
    #: Frame from the scene's start at which it enters.
    enters_at: int
    #: How far it travels over the scene, in px to the right.
    travel_px: float
    #: Where it turns, as a fraction of its height from the top: 0.5 for its middle, 1 for its foot.
    pivot: float
    depth: float


def cast_actor(
    sprite: Sprite, subject: Subject, placement: Placement, stage: Stage, *, enters_at: int | None
) -> Actor:
    """Size, light and shade ``sprite`` for its place; ``enters_at`` None: it is there from the start."""
    frames = np.stack([_prepare(frame, placement, stage) for frame in sprite.frames])
    shadow, shadow_x = None, 0.0
    if stage.plate.has_ground:
        shadow, shadow_x = _contact_shadow(frames[0], stage)
    return Actor(
        placement=placement,
        frames=frames,
        fps=sprite.fps,
        poses=sprite.poses,
        shadow=shadow,
        shadow_x=shadow_x,
        entrance=Entrance.NONE if enters_at is None else _entrance(subject),
        enters_at=0 if enters_at is None else enters_at,
        travel_px=_travel(sprite, subject, placement, frames.shape[2], stage.size),
        pivot=0.5 if subject.action in _ABOUT_MIDDLE else 1.0,
        depth=stage.depth * (1.0 if stage.plate.has_ground else 1.0 - 0.12 * placement.rank),
    )


def _travel(sprite: Sprite, subject: Subject, placement: Placement, width_px: int, size: FrameSize) -> float:
    """Return how far a subject goes over its scene, in px to the right, without leaving the picture.

    What is drawn by rule looks to the right. A trained generator has learnt from emoji, which look to the
    left, but for aircraft.
    """
    if subject.action not in _TRAVELLING or placement.rank > 1:
        return 0.0
    edge = 0.02 * size.width_px
    left = placement.foot_x - width_px / 2 - edge
    right = size.width_px - edge - placement.foot_x - width_px / 2
    way = max(0.0, min(0.10 * size.width_px, 2.0 * left, 2.0 * right))
    return way if sprite.source == "procedural" or subject.kind == "aircraft" else -way


def _entrance(subject: Subject) -> Entrance:
    if subject.action in _TRAVELLING:
        return Entrance.SLIDE
    return Entrance.GROW if subject.kind in _GROWING_KINDS else Entrance.POP


def _prepare(frame: UInt8Array, placement: Placement, stage: Stage) -> UInt8Array:
    """Return uint8 [H,W,4] premultiplied: graded, scaled, lit, softened by distance."""
    height = max(2, round(placement.height_px))
    width = max(2, round(placement.height_px * frame.shape[1] / frame.shape[0]))
    straight = stage.grade(frame).astype(np.float32)
    alpha = straight[..., 3:] / 255.0
    premultiplied = np.concatenate([straight[..., :3] * alpha, straight[..., 3:]], axis=2)
    shrinking = height < frame.shape[0]
    method = cv2.INTER_AREA if shrinking else cv2.INTER_CUBIC
    scaled = np.clip(cv2.resize(premultiplied, (width, height), interpolation=method), 0.0, 255.0)
    scaled = np.pad(scaled, ((_PAD, _PAD), (_PAD, _PAD), (0, 0)))
    lit = _light(np.asarray(scaled, dtype=np.float32), placement.rank, stage)
    if placement.rank:
        soft = cv2.GaussianBlur(lit, (0, 0), 0.0008 * stage.size.short_px * min(3, placement.rank))
        lit = np.asarray(soft, dtype=np.float32)
    colour = np.minimum(lit[..., :3], lit[..., 3:])  # cubic scaling may ring above what alpha allows
    return np.ascontiguousarray(np.rint(np.dstack([colour, lit[..., 3]])).astype(np.uint8))


def _light(picture: Float32Array, rank: int, stage: Stage) -> Float32Array:
    """Tint a premultiplied float32 [H,W,4] by the plate's light; darken its foot and its shady side."""
    height, width = picture.shape[:2]
    plate = stage.plate
    light = np.asarray(plate.light, dtype=np.float32) / 255.0
    tint = 1.0 + plate.light_strength * ((light / max(0.2, float(light.max())) + light) / 2.0 - 1.0)
    across = np.linspace(-1.0, 1.0, width, dtype=np.float32)[None, :, None]
    side = 1.0 + 0.11 * plate.light_side * across
    alpha = picture[..., 3:] / 255.0
    colour = picture[..., :3] * (tint * side)
    if plate.has_ground:
        near = np.asarray(stage.palette.near, dtype=np.float32)
        down = np.clip((np.linspace(0.0, 1.0, height, dtype=np.float32) - 0.55) / 0.45, 0.0, 1.0) ** 1.5
        foot = (0.34 * down)[:, None, None]
        colour = np.asarray(colour * (1.0 - foot) + near * alpha * foot, dtype=np.float32)
    if rank:
        haze = min(0.34, 0.1 * rank)
        air = np.asarray(stage.palette.far, dtype=np.float32)
        colour = np.asarray(colour * (1.0 - haze) + air * alpha * haze, dtype=np.float32)
    return np.asarray(np.dstack([np.clip(colour, 0.0, 255.0), picture[..., 3]]), dtype=np.float32)


def _contact_shadow(picture: UInt8Array, stage: Stage) -> tuple[UInt8Array, float]:
    """Return a soft shadow, darkest under what touches the ground, and its offset to the right, in px."""
    height = picture.shape[0]
    touching = (picture[int(height * 0.9) : height - _PAD, :, 3].max(axis=0) > 90).astype(np.float32)
    if not touching.any():
        touching[:] = 1.0
    columns = np.flatnonzero(touching)
    reach = max(8.0, float(columns[-1] - columns[0] + 1) / 2)
    deep = max(3.0, min(reach * 0.17, height * 0.07))
    pad_x, pad_y = round(reach * 0.6), round(deep * 3.0)
    row = np.pad(touching, pad_x)[None, :]
    near = cv2.GaussianBlur(row, (0, 0), sigmaX=max(1.0, reach * 0.08), sigmaY=1.0)
    wide = cv2.GaussianBlur(row, (0, 0), sigmaX=max(1.0, reach * 0.34), sigmaY=1.0)
    y = np.arange(-pad_y, pad_y + 1, dtype=np.float32)[:, None]
    alpha = 0.56 * near * np.exp(-((y / (0.75 * deep)) ** 2)) + 0.46 * wide * np.exp(
        -((y / (1.4 * deep)) ** 2)
    )
    alpha = np.clip(alpha, 0.0, 0.74)
    shade = np.asarray(stage.palette.near, dtype=np.float32) * 0.35
    shadow = np.dstack([shade * alpha[..., None], alpha * 255.0])
    return np.rint(shadow).astype(np.uint8), -stage.plate.light_side * reach * 0.06


def draw_actor(canvas: UInt8Array, actor: Actor, view: View, frame: int, *, length: int) -> None:
    """Draw ``actor`` as it stands at ``frame`` of a scene of ``length`` frames, in place on uint8 [H,W,3]."""
    shown, dx, grow_x, grow_y = _enter(actor, frame, canvas.shape[1])
    if shown <= 0.0:
        return
    height = actor.placement.height_px
    pose = _pose(actor, frame)
    travelled = actor.travel_px * (clamp(frame / max(1, length)) - 0.5)
    rest_x = actor.placement.foot_x + dx + travelled + float(pose[0]) * height
    x, ground_y = view.place(rest_x, actor.placement.foot_y, actor.depth)
    scale = view.scale_at(actor.depth)
    lift = float(pose[1]) * height * scale
    if actor.shadow is not None:
        _draw_shadow(canvas, actor, (x, ground_y), (scale * grow_x, lift / height), shown)
    number = int(frame / FPS * actor.fps) % len(actor.frames) if actor.fps else 0
    picture = actor.frames[number]
    matrix = _matrix(picture, (x, ground_y + lift), scale, (grow_x * float(pose[2]), grow_y * float(pose[3])))
    if pose[4]:
        matrix = _turned(matrix, picture, float(pose[4]), actor.pivot)
    lay_warped(canvas, picture, matrix, opacity=shown)


def _enter(actor: Actor, frame: int, width_px: int) -> tuple[float, float, float, float]:
    """Return opacity, shift in px to the right, and growth across and upwards at ``frame``."""
    if actor.entrance is Entrance.NONE:
        return 1.0, 0.0, 1.0, 1.0
    since = frame - actor.enters_at
    if since < 0:
        return 0.0, 0.0, 1.0, 1.0
    if actor.entrance is Entrance.SLIDE:
        way = 1.0 - ease_out(span(since, 0, 24))
        side = -1.0 if actor.travel_px > 0 else 1.0
        return span(since + 1, 0, 6), side * 0.32 * width_px * way, 1.0, 1.0
    if actor.entrance is Entrance.GROW:
        grown = max(0.02, overshoot(span(since + 1, 0, 20), 0.9))
        return span(since + 1, 0, 5), 0.0, 0.6 + 0.4 * ease_out(span(since + 1, 0, 16)), grown
    grown = 0.72 + 0.28 * overshoot(span(since + 1, 0, 14))
    return span(since + 1, 0, 8), 0.0, grown, grown


def _pose(actor: Actor, frame: int) -> Float32Array:
    """Return dx, dy, scale x, scale y, degrees; subjects move out of step."""
    if actor.poses is None or not len(actor.poses):
        return np.array([0.0, 0.0, 1.0, 1.0, 0.0], dtype=np.float32)
    late = actor.placement.subject * 11
    pose: Float32Array = actor.poses[(frame + late) % len(actor.poses)]
    return pose


def _matrix(
    picture: UInt8Array, foot: tuple[float, float], scale: float, stretch: tuple[float, float]
) -> Float32Array:
    """Return float32 [2,3] that puts the middle of a picture's lower edge on ``foot``."""
    height, width = picture.shape[:2]
    sx, sy = scale * stretch[0], scale * stretch[1]
    return np.array(
        [[sx, 0.0, foot[0] - sx * (width - 1) / 2.0], [0.0, sy, foot[1] - sy * (height - _PAD)]],
        dtype=np.float32,
    )


def _turned(matrix: Float32Array, picture: UInt8Array, degrees: float, pivot: float) -> Float32Array:
    """Turn a placed picture clockwise about a point of its middle axis, ``pivot`` (0 to 1) from the top."""
    height, width = picture.shape[:2]
    centre = matrix @ np.array([(width - 1) / 2.0, (height - 1) * pivot, 1.0], dtype=np.float32)
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    turn = np.array([[cos, -sin], [sin, cos]], dtype=np.float32)
    turned = np.empty((2, 3), dtype=np.float32)
    turned[:, :2] = turn @ matrix[:, :2]
    turned[:, 2] = turn @ (matrix[:, 2] - centre) + centre
    return turned


def _draw_shadow(
    canvas: UInt8Array, actor: Actor, foot: tuple[float, float], state: tuple[float, float], shown: float
) -> None:
    """Draw the shadow; it pales and shrinks while the subject is in the air."""
    shadow = actor.shadow
    if shadow is None:
        return
    scale, lift = state
    airborne = clamp(-lift * 2.2)
    size = scale * (1.0 - 0.35 * airborne)
    height, width = shadow.shape[:2]
    x, y = foot[0] + actor.shadow_x * scale, foot[1]
    matrix = np.array(
        [[size, 0.0, x - size * width / 2.0], [0.0, size, y - size * height / 2.0]], dtype=np.float32
    )
    lay_warped(canvas, shadow, matrix, opacity=shown * (1.0 - 0.6 * airborne))
