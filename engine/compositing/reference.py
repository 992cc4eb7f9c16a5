"""The same scenes in moviepy alone: every picture a clip with a mask, put together by CompositeVideoClip.

It is slow and plain on purpose: what one would write first. A test compares frames with it where the steps
are the same, and a benchmark times it. It moves layers by whole px and leaves zoom, turns and entrances out.
"""

from __future__ import annotations

import numpy as np
from moviepy import CompositeVideoClip, ImageClip, VideoClip
from numpy.typing import NDArray

from engine.compositing.backdrop import Layer
from engine.compositing.blend import Patch
from engine.compositing.camera import layer_matrix
from engine.compositing.render import SceneRenderer
from engine.compositing.shade import Shade
from engine.compositing.sprites import Actor
from engine.media import FPS, UInt8Array


def still_clip(patch: Patch, seconds: float) -> ImageClip:
    """Return a premultiplied patch as a moviepy clip at its place, with a mask of float64."""
    straight, mask = _straight(patch.picture)
    clip = ImageClip(straight, duration=seconds)
    clip = clip.with_mask(ImageClip(mask, is_mask=True, duration=seconds))
    return clip.with_position((patch.x_px, patch.y_px))


def compose_plainly(ground: UInt8Array, patches: tuple[Patch, ...], frames: int) -> VideoClip:
    """Lay ``patches`` over ``ground``, uint8 [H,W,3], with moviepy's own compositor for some frames."""
    seconds = frames / FPS
    layers = [ImageClip(ground, duration=seconds), *(still_clip(patch, seconds) for patch in patches)]
    size = (ground.shape[1], ground.shape[0])
    return CompositeVideoClip(layers, size=size, use_bgclip=False).with_fps(FPS)


def plain_scene(scene: SceneRenderer) -> VideoClip:
    """Return one scene as a plain moviepy edit, with the words as they stand when all have come."""
    seconds, size = scene.length / FPS, (scene.size.width_px, scene.size.height_px)
    behind = scene.backdrop.foreground_from
    layers = [_layer(scene, layer, seconds) for layer in scene.backdrop.layers]
    backed = _shaded(CompositeVideoClip(layers[:behind], size=size), scene.backing)
    actors = [_actor(scene, actor, seconds) for actor in scene.actors]
    shaded = _shaded(CompositeVideoClip([backed, *actors, *layers[behind:]], size=size), scene.shade)
    words = [still_clip(block.patch, seconds) for _, block in scene.captions.pages[:1]]
    return CompositeVideoClip([shaded, *words], size=size).with_duration(seconds).with_fps(FPS)


def _layer(scene: SceneRenderer, layer: Layer, seconds: float) -> VideoClip:
    """Return a layer as a window that slides over its picture."""
    width = layer.width_px + (scene.size.width_px + 8 if layer.drift_px else 0)
    whole = np.zeros((layer.height_px, width, 4), dtype=np.uint8)
    for part in layer.parts:
        height, across = part.picture.shape[:2]
        whole[part.top : part.top + height, part.left : part.left + across] = part.picture
    straight, mask = _straight(whole)

    def window(t: float) -> tuple[slice, slice]:
        view = scene.lens.view(scene.size, t * FPS / max(1, scene.length - 1))
        matrix = layer_matrix(view, scene.size, (layer.height_px, layer.width_px), layer.depth)
        x, y = float(matrix[0, 2]), round(-float(matrix[1, 2]))
        if layer.drift_px:
            x = (x + layer.drift_px * int(t * FPS)) % layer.width_px - layer.width_px
        left = round(-x)
        return slice(y, y + scene.size.height_px), slice(left, left + scene.size.width_px)

    clip = VideoClip(lambda t: straight[window(t)], duration=seconds)
    return clip.with_mask(VideoClip(lambda t: mask[window(t)], is_mask=True, duration=seconds))


def _actor(scene: SceneRenderer, actor: Actor, seconds: float) -> ImageClip:
    picture = actor.frames[0]

    def at(t: float) -> tuple[int, int]:
        view = scene.lens.view(scene.size, t * FPS / max(1, scene.length - 1))
        x, y = view.place(actor.placement.foot_x, actor.placement.foot_y, actor.depth)
        return round(x - picture.shape[1] / 2), round(y - picture.shape[0])

    return still_clip(Patch(picture=picture), seconds).with_position(at)


def _shaded(clip: VideoClip, shade: Shade) -> VideoClip:
    rows = len(shade.keep)
    keep, add = shade.keep / 255.0, shade.add.astype(np.float64)

    def darken(picture: UInt8Array) -> UInt8Array:
        result = picture.astype(np.float64)
        result[:rows] = result[:rows] * keep + add
        return np.clip(np.rint(result), 0, 255).astype(np.uint8)

    return clip.image_transform(darken) if rows else clip


def _straight(picture: UInt8Array) -> tuple[UInt8Array, NDArray[np.float64]]:
    """Return straight colours uint8 [H,W,3] and a mask float64 [H,W] of a premultiplied uint8 [H,W,4]."""
    alpha = picture[..., 3].astype(np.float64)
    colour = picture[..., :3] * (255.0 / np.maximum(alpha, 1.0))[..., None]
    return np.rint(np.clip(colour, 0.0, 255.0)).astype(np.uint8), alpha / 255.0
