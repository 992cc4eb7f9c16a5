"""The artist of a scene: palette, plate and a sprite for each subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np

from engine.contract.errors import NothingToDraw
from engine.contract.storyboard import Role, Scene, Subject
from engine.generators.base import MotionModel, SubjectGenerator
from engine.generators.plates import paint_plate
from engine.media import FPS, FrameSize, UInt8Array
from engine.palette import palette_for
from engine.scenery import SceneArt, Sprite

#: Height of a sprite in shorter sides of the frame, by the part it plays.
_HEIGHTS = {Role.HERO: 0.62, Role.SECONDARY: 0.36}
#: More than this many of one thing are shown as this many.
_MOST_COPIES = 5
#: Length of the loop of poses, in seconds.
_LOOP_SECONDS = 4
#: Frames of a subject's own loop, where the generator can move it.
_SPRITE_FRAMES = 16


class SceneArtist:
    """Draws scenes, each subject with the generator that is trusted most to make it recognised."""

    def __init__(self, subjects: Sequence[SubjectGenerator], *, motion: MotionModel) -> None:
        self._generators = tuple(subjects)
        self._motion = motion

    @property
    def versions(self) -> dict[str, str]:
        """Version of each generator by name."""
        return {generator.name: generator.version for generator in self._generators}

    def paint(self, scene: Scene, size: FrameSize, *, seed: int) -> SceneArt:
        """Draw plate and sprites of a scene.

        Args:
            scene: What it shows; its own ``seed`` decides what differs from scene to scene.
            size: Frame, in px.
            seed: Seed of the storyboard: palettes and backgrounds of one place agree through the clip.

        Raises:
            NothingToDraw: No generator can draw one of the subjects.
        """
        setting = scene.setting
        palette = palette_for(scene.mood, setting.hour, setting.weather, setting.place, seed=seed)
        plate = paint_plate(setting, palette, size, seed=seed)
        sprites = tuple(
            self.sprite(subject, size, energy=scene.energy, seed=seed, motion_seed=scene.seed + 101 * number)
            for number, subject in enumerate(scene.subjects)
        )
        return SceneArt(scene_index=scene.index, plate=plate, sprites=sprites, palette=palette)

    def sprite(
        self, subject: Subject, size: FrameSize, *, energy: float, seed: int, motion_seed: int
    ) -> Sprite:
        """Draw one subject as often as its ``count`` says, with its poses.

        ``seed`` is that of the clip, so that a subject looks the same whenever it comes back; ``motion_seed``
        that of the scene.

        Raises:
            NothingToDraw: No generator can draw it.
        """
        generator = max(self._generators, key=lambda one: one.trust(subject))  # the first of equals
        if generator.trust(subject) <= 0.0:
            raise NothingToDraw(f"No generator can draw {subject.text!r}.")
        copies = min(max(subject.count, 1), _MOST_COPIES)
        height = round(_HEIGHTS[subject.role] * size.short_px)
        drawn = [
            generator.draw(subject, seed=seed + 7 * copy, height_px=height, frames=_SPRITE_FRAMES)
            for copy in range(copies)
        ]
        frames = _gather(drawn, seed=seed) if copies > 1 else drawn[0].frames
        poses = self._motion.poses(
            subject.action, energy=energy, frames=_LOOP_SECONDS * FPS, fps=FPS, seed=motion_seed
        )
        return replace(drawn[0], frames=frames, poses=poses)


def _gather(sprites: Sequence[Sprite], *, seed: int) -> UInt8Array:
    """Set several sprites side by side as one group, uint8 [T,H,W,4]: the outer ones smaller and behind."""
    rng = np.random.default_rng(seed)
    length = max(sprite.frames.shape[0] for sprite in sprites)
    height = sprites[0].frames.shape[1]
    middle = (len(sprites) - 1) / 2
    scales = [
        1.0 - 0.16 * abs(place - middle) + float(rng.uniform(-0.03, 0.03)) for place in range(len(sprites))
    ]
    stacks = []
    for sprite, scale in zip(sprites, scales, strict=True):
        factor = scale * height / sprite.frames.shape[1] * 0.96
        stacks.append([_resized(frame, factor) for frame in sprite.frames])
    widths = [stack[0].shape[1] for stack in stacks]
    steps = np.cumsum([0.0, *(0.36 * (a + b) for a, b in pairwise(widths))])
    lefts = np.rint(steps - np.array(widths) / 2).astype(int)
    lefts -= lefts.min()
    whole = int((lefts + widths).max())
    result = np.zeros((length, height, whole, 4), np.uint8)
    order = sorted(range(len(stacks)), key=lambda place: -abs(place - middle))
    for time in range(length):
        for place in order:
            # Each copy is at another point of its loop, or the group would move like one body.
            stack = stacks[place]
            frame = stack[(time + 5 * place) % len(stack)]
            left, top = (
                int(lefts[place]),
                height - frame.shape[0] - int(0.05 * height * abs(place - middle) / 2),
            )
            _lay(result[time], frame, left, max(0, top))
    return result


def _resized(picture: UInt8Array, factor: float) -> UInt8Array:
    """Resize straight-alpha [H,W,4] by way of premultiplied colours."""
    alpha = picture[..., 3:].astype(np.float32) / 255
    solid = np.concatenate([picture[..., :3] * alpha, alpha * 255], axis=2).astype(np.float32)
    size = (max(1, round(picture.shape[1] * factor)), max(1, round(picture.shape[0] * factor)))
    small = cv2.resize(solid, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC)
    cover = np.clip(small[..., 3:], 0, 255)
    colour = small[..., :3] * 255 / np.maximum(cover, 1)
    result: UInt8Array = np.concatenate([np.clip(colour, 0, 255), cover], axis=2).astype(np.uint8)
    return result


def _lay(under: UInt8Array, over: UInt8Array, left: int, top: int) -> None:
    """Lay ``over`` on ``under``, both straight alpha, in place."""
    height = min(over.shape[0], under.shape[0] - top)
    width = min(over.shape[1], under.shape[1] - left)
    part = over[:height, :width].astype(np.float32)
    base = under[top : top + height, left : left + width]
    back = base.astype(np.float32)
    above, below = part[..., 3:] / 255, back[..., 3:] / 255
    cover = above + below * (1 - above)
    colour = (part[..., :3] * above + back[..., :3] * below * (1 - above)) / np.maximum(cover, 1e-6)
    base[:] = np.concatenate([colour, cover * 255], axis=2).clip(0, 255).astype(np.uint8)
