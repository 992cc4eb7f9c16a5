"""One scene as frames: everything is made ready once, then each frame is a few blends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.compositing.backdrop import Backdrop, draw_layers, prepare_backdrop
from engine.compositing.boxes import Box
from engine.compositing.camera import View, view_at
from engine.compositing.captions import Captions, make_captions
from engine.compositing.finish import Grader, Look, look_for
from engine.compositing.layout import Ground, SceneLayout, arrange, headline_boxes, is_wide
from engine.compositing.reveal import draw_reveal
from engine.compositing.shade import (
    Shade,
    Veil,
    brightness_in,
    corner_shape,
    darker,
    foot_shape,
    make_shade,
    strength_for,
)
from engine.compositing.sprites import Actor, Stage, cast_actor, draw_actor
from engine.compositing.timeline import Segment
from engine.compositing.titles import Title, make_title
from engine.media import FrameSize, UInt8Array
from engine.scenery import DirectedScene, SceneArt

#: Frames between the entrances of two subjects.
_ENTRANCE_STEP = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneRenderer:
    """Draws any frame of one scene; frames count from the scene's start."""

    directed: DirectedScene
    size: FrameSize
    backdrop: Backdrop
    layout: SceneLayout
    actors: tuple[Actor, ...]
    title: Title | None
    captions: Captions
    shade: Shade
    #: Fixed point of the zoom, as fractions of the frame.
    anchor: tuple[float, float]

    @property
    def length(self) -> int:
        """Frames in which the scene can be seen."""
        return self.directed.end_frame - self.directed.start_frame

    def frame(self, number: int) -> UInt8Array:
        """Return frame ``number`` as uint8 [H,W,3]; the caller owns it."""
        canvas = self.picture(number)
        self.shade.apply(canvas)
        if self.title is not None:
            for reveal in self.title.reveals:
                draw_reveal(canvas, reveal, number)
        self.captions.draw(canvas, number)
        return canvas

    def picture(self, number: int) -> UInt8Array:
        """Return the frame without shade and words: plate, subjects, particles."""
        view = view_at(self.directed.camera, self.size, number / max(1, self.length - 1), anchor=self.anchor)
        canvas = np.empty((self.size.height_px, self.size.width_px, 3), dtype=np.uint8)
        behind = self.backdrop.foreground_from
        draw_layers(canvas, self.backdrop.layers[:behind], view, self.size, number)
        for actor in self.actors:
            draw_actor(canvas, actor, view, number, length=self.length)
        draw_layers(canvas, self.backdrop.layers[behind:], view, self.size, number)
        return canvas


def prepare_scene(
    directed: DirectedScene, art: SceneArt, segment: Segment, size: FrameSize, style: str
) -> SceneRenderer:
    """Grade, cut, set and shade all that a scene shows."""
    scene = directed.scene
    look = look_for(style, scene.mood)
    grader = Grader(look)
    backdrop = prepare_backdrop(art.plate, size, grader)
    anchor = (0.5, art.plate.ground if art.plate.has_ground else 0.5)
    view = view_at(directed.camera, size, 0.5, anchor=anchor)
    empty = _plate_picture(backdrop, view, size)
    aspects = tuple(sprite.frames.shape[2] / sprite.frames.shape[1] for sprite in art.sprites)
    ground = Ground(line=art.plate.ground, solid=art.plate.has_ground)
    layout = arrange(scene, size, ground, aspects, words_right=_darker_side(empty, size))
    first, last = segment.start == 0, segment.visible_until == segment.end
    actors = _cast(directed, art, layout, size, grader, first=first)
    window = (segment.words_from, segment.words_until)
    title = make_title(
        scene, layout, size, art.palette, start=window[0] + 2, until=None if last else window[1]
    )
    captions = make_captions(scene, layout, size, art.palette, window=window, stays=last)
    middle = (directed.end_frame - directed.start_frame) // 2
    for actor in actors:
        draw_actor(empty, actor, view, middle, length=2 * middle)
    return SceneRenderer(
        directed=directed,
        size=size,
        backdrop=backdrop,
        layout=layout,
        actors=actors,
        title=title,
        captions=captions,
        shade=_shade(empty, art, look, title, captions, size, scene.seed),
        anchor=anchor,
    )


def _plate_picture(backdrop: Backdrop, view: View, size: FrameSize) -> UInt8Array:
    canvas = np.empty((size.height_px, size.width_px, 3), dtype=np.uint8)
    draw_layers(canvas, backdrop.layers, view, size, 0)
    return canvas


def _darker_side(picture: UInt8Array, size: FrameSize) -> bool:
    """Tell whether words are read better on the right; the right wins unless the left is clearly darker."""
    if not is_wide(size):
        return True
    left, right = (brightness_in(picture, box, 80.0) for box in headline_boxes(size))
    return right <= left + 24.0


def _cast(
    directed: DirectedScene,
    art: SceneArt,
    layout: SceneLayout,
    size: FrameSize,
    grader: Grader,
    *,
    first: bool,
) -> tuple[Actor, ...]:
    plate = art.plate
    on_ground = plate.layers[max(0, plate.foreground_from - 1)].depth if plate.has_ground else 0.8
    stage = Stage(size=size, plate=plate, palette=art.palette, grade=grader, depth=on_ground)
    actors: list[Actor] = []
    nearest_last = sorted(layout.placements, key=lambda p: -p.rank)
    for order, placement in enumerate(nearest_last):
        # The first picture of the clip is what a chat shows before anybody presses play, so it is complete.
        delay = directed.transition_frames // 2 + _ENTRANCE_STEP * (len(nearest_last) - 1 - order)
        actors.append(
            cast_actor(
                art.sprites[placement.subject],
                directed.scene.subjects[placement.subject],
                placement,
                stage,
                enters_at=None if first else delay,
            )
        )
    return tuple(actors)


def _shade(
    picture: UInt8Array,
    art: SceneArt,
    look: Look,
    title: Title | None,
    captions: Captions,
    size: FrameSize,
    seed: int,
) -> Shade:
    """Return the shade whose dark grounds are just strong enough for the words over ``picture``."""
    veils: list[Veil] = []
    if title is not None:
        colour = darker(art.palette.zenith, 0.42)
        strength = strength_for(brightness_in(picture, title.box), colour)
        if strength > 0.0:
            veils.append(Veil(shape=corner_shape(size, title.box), strength=strength, colour=colour))
    top = captions.top_px
    if top is not None:
        colour = darker(art.palette.near, 0.45)
        band = Box(x=0.0, y=top, width=size.width_px, height=size.height_px - top)
        strength = strength_for(brightness_in(picture, band), colour, least=0.40)
        veils.append(Veil(shape=foot_shape(size, top), strength=strength, colour=colour))
    return make_shade(size, look, tuple(veils), seed)
