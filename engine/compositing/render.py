"""One scene as frames: everything is made ready once, then each frame is a few blends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.compositing.backdrop import Backdrop, draw_layers
from engine.compositing.camera import View, view_at
from engine.compositing.captions import Captions
from engine.compositing.figure import Figure
from engine.compositing.layout import SceneLayout
from engine.compositing.particles import Band, draw_bands
from engine.compositing.shade import Shade
from engine.compositing.sprites import Actor, draw_actor
from engine.compositing.steady import Pace
from engine.media import FrameSize, UInt8Array
from engine.scenery import Camera


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """How the camera sees a scene."""

    camera: Camera
    #: Fixed point of the zoom, as fractions of the frame.
    anchor: tuple[float, float]
    #: Depth that the camera circles, None for a plain move.
    orbit_depth: float | None

    def view(self, size: FrameSize, progress: float) -> View:
        """Return the view ``progress`` (0 to 1) of the way through the scene."""
        return view_at(self.camera, size, progress, anchor=self.anchor, orbit_depth=self.orbit_depth)


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneRenderer:
    """Draws any frame of one scene; frames count from the scene's start."""

    size: FrameSize
    #: Frames in which the scene can be seen.
    length: int
    lens: Lens
    backdrop: Backdrop
    far: FarView
    layout: SceneLayout
    #: In drawing order, the farthest first.
    actors: tuple[Actor, ...]
    particles: tuple[Band, ...]
    #: Dark ground behind words; it lies behind the subjects, which stay bright.
    backing: Shade
    #: Dark ground at the foot, vignette and grain, over the whole picture.
    shade: Shade
    #: Cards and drawings of data, in drawing order.
    figures: tuple[Figure, ...]
    captions: Captions

    def frame(self, number: int) -> UInt8Array:
        """Return frame ``number`` as uint8 [H,W,3]; the caller owns it."""
        canvas = self.picture(number)
        self.shade.apply(canvas)
        for figure in self.figures:
            figure.draw(canvas, number)
        self.captions.draw(canvas, number)
        return canvas

    def picture(self, number: int) -> UInt8Array:
        """Return the frame without shade and words: plate, subjects, particles."""
        return draw_picture(self, number)


class FarView:
    """The farthest layers of a scene, drawn anew only when they have moved by a visible step."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._drawn: UInt8Array | None = None
        self._frame = -1

    def onto(self, canvas: UInt8Array, scene: SceneRenderer, number: int) -> None:
        """Copy what stands at frame ``number`` to uint8 [H,W,3]."""
        frame = self.pace.frame(number)
        if self._drawn is None:
            self._drawn = np.empty_like(canvas)
        if frame != self._frame:
            _draw_behind(self._drawn, scene, 0, self.pace.layers, frame)
            self._frame = frame
        np.copyto(canvas, self._drawn)


def _draw_behind(canvas: UInt8Array, scene: SceneRenderer, start: int, stop: int, number: int) -> None:
    """Draw layers ``start`` to ``stop`` with the stars that stand behind all but the farthest."""
    view = scene.lens.view(scene.size, number / max(1, scene.length - 1))
    layers = scene.backdrop.layers
    if start == 0 < stop and any(band.where == "sky" for band in scene.particles):
        draw_layers(canvas, layers[:1], view, scene.size, number)
        draw_bands(canvas, scene.particles, "sky", number, view)
        start = 1
    draw_layers(canvas, layers[start:stop], view, scene.size, number)


def draw_picture(scene: SceneRenderer, number: int) -> UInt8Array:
    """Return plate, subjects and particles at frame ``number`` as uint8 [H,W,3]."""
    view = scene.lens.view(scene.size, number / max(1, scene.length - 1))
    canvas = np.empty((scene.size.height_px, scene.size.width_px, 3), dtype=np.uint8)
    layers, nearer = scene.backdrop.layers, scene.backdrop.foreground_from
    steady = scene.far.pace.layers
    if steady:
        scene.far.onto(canvas, scene, number)
    _draw_behind(canvas, scene, steady, nearer, number)
    scene.backing.apply(canvas)
    draw_bands(canvas, scene.particles, "stage", number, view)
    for actor in scene.actors:
        draw_actor(canvas, actor, view, number, length=scene.length)
    draw_layers(canvas, layers[nearer:], view, scene.size, number)
    draw_bands(canvas, scene.particles, "front", number, view)
    return canvas
