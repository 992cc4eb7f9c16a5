"""Making a scene ready: grade, cut, set and shade all that it shows, once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine.compositing.backdrop import Backdrop, draw_layers, prepare_backdrop
from engine.compositing.boxes import Box
from engine.compositing.captions import Captions, make_captions
from engine.compositing.datashots import covered_box, make_figures
from engine.compositing.figure import Figure, Moments, Setting
from engine.compositing.finish import Grader, Look, look_for
from engine.compositing.ink import Ink, choose_ink, light_ink, veil_strength
from engine.compositing.layout import Ground, SceneLayout, arrange, headline_boxes, is_wide
from engine.compositing.linebreak import pairs_of_words
from engine.compositing.particles import make_bands
from engine.compositing.quote import make_quote
from engine.compositing.render import FarView, Lens, SceneRenderer, draw_picture
from engine.compositing.shade import (
    NO_SHADE,
    Veil,
    brightness_in,
    corner_shape,
    darker,
    foot_shape,
    make_backing,
    make_shade,
    strength_for,
    vignette_shape,
)
from engine.compositing.sprites import Actor, Stage, cast_actor
from engine.compositing.steady import Pace, find_pace
from engine.compositing.timeline import Segment
from engine.compositing.titles import Card, CardPlace, make_card
from engine.contract.storyboard import Language, Scene, Storyboard
from engine.media import FrameSize, UInt8Array
from engine.scenery import DirectedScene, Palette, Plate, SceneArt

#: Frames between the entrances of two subjects.
_ENTRANCE_STEP = 5
#: The left side gets the words only when it is darker by so many grey levels.
_CLEARLY_DARKER = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """What all scenes of a clip have in common."""

    size: FrameSize
    style: str
    language: Language
    #: Pairs of characters that a line break had better not part.
    together: frozenset[str] = frozenset()


def show_of(board: Storyboard, size: FrameSize) -> Show:
    """Return what the scenes of ``board`` have in common."""
    known = [board.title]
    for scene in board.scenes:
        known += [subject.text for subject in scene.subjects]
        known += [scene.data.text] if scene.data is not None else []
    texts = [scene.caption + " " + scene.subline for scene in board.scenes]
    return Show(size=size, style=board.style, language=board.language, together=pairs_of_words(texts, known))


def prepare_scene(directed: DirectedScene, art: SceneArt, segment: Segment, show: Show) -> SceneRenderer:
    """Return the renderer of one scene."""
    scene, size, plate = directed.scene, show.size, art.plate
    look = look_for(show.style, scene.mood)
    grader = Grader(look)
    depth = _standing_depth(plate)
    lens = Lens(
        camera=directed.camera,
        anchor=(0.5, plate.ground if plate.has_ground else 0.5),
        orbit_depth=depth if scene.data is not None else None,
    )
    backdrop = prepare_backdrop(plate, size, grader)
    layout = _layout(scene, art, size, right=_right_is_darker(backdrop, lens, size))
    stage = Stage(size=size, plate=plate, palette=art.palette, grade=grader, depth=depth)
    length = directed.end_frame - directed.start_frame
    plain = _vignetted(_plate_pictures(backdrop, lens, size, length), look, size)
    words = _readable_words(scene, layout, segment, show, art.palette, plain)
    bare = SceneRenderer(
        size=size,
        length=length,
        lens=lens,
        backdrop=backdrop,
        far=FarView(_pace(directed, backdrop, lens, size)),
        layout=layout,
        actors=_cast(directed, art, layout, stage, first=segment.start == 0),
        particles=make_bands(plate.particles, size, scene.seed),
        backing=NO_SHADE,
        shade=NO_SHADE,
        figures=words.figures,
        captions=words.captions,
    )
    backed = replace(bare, backing=make_backing(size, _veils_behind(plain, words, size)))
    return replace(backed, shade=make_shade(size, look, _veils_over(backed, art.palette), scene.seed))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """All that is written over a scene."""

    figures: tuple[Figure, ...]
    captions: Captions
    #: What the figures' words cover, in px; None without any.
    box: Box | None
    #: Colours of the figures.
    ink: Ink


def _layout(scene: Scene, art: SceneArt, size: FrameSize, *, right: bool) -> SceneLayout:
    ground = Ground(line=art.plate.ground, solid=art.plate.has_ground)
    aspects = tuple(sprite.frames.shape[2] / sprite.frames.shape[1] for sprite in art.sprites)
    return arrange(scene, size, ground, aspects, words_right=right)


def _readable_words(
    scene: Scene,
    layout: SceneLayout,
    segment: Segment,
    show: Show,
    palette: Palette,
    pictures: tuple[UInt8Array, ...],
) -> _Words:
    """Set all words in the ink that reads best over ``pictures``, where they come to stand."""
    setting = Setting(
        size=show.size,
        palette=palette,
        moments=_moments(segment),
        ink=light_ink(palette),
        together=show.together,
    )
    words = _words(scene, layout, segment, show, setting)
    ink = _ink(layout, pictures, words.box, palette)
    if ink == setting.ink:
        return words
    return _words(scene, layout, segment, show, replace(setting, ink=ink))


def _words(scene: Scene, layout: SceneLayout, segment: Segment, show: Show, setting: Setting) -> _Words:
    """Set cards, drawings of data and captions with their moments."""
    first, last = segment.start == 0, segment.visible_until == segment.end
    card = _card(scene, layout, setting, at_once=first)
    data = make_figures(scene, layout, setting, show.language)
    figures: tuple[Figure, ...] = data if card is None else (card, *data)
    # A scene's last words stay under the end of the clip, but a caption's pages still need their moments.
    moments = Moments(start=segment.words_from, until=segment.words_until)
    reading = replace(setting, moments=moments, ink=light_ink(setting.palette))
    spoken = "" if card is not None and layout.headline is None else scene.caption
    captions = make_captions(
        spoken, layout.caption, reading, stays=last, at_once=first, accents=_accented(scene)
    )
    return _Words(figures=figures, captions=captions, box=covered_box(figures), ink=setting.ink)


def _moments(segment: Segment) -> Moments:
    last = segment.visible_until == segment.end
    return Moments(start=segment.words_from + 2, until=None if last else segment.words_until)


def _accented(scene: Scene) -> tuple[str, ...]:
    """Return the words of a caption that take the accent colour: those that the shot shows."""
    return () if scene.data is None or not scene.data.text else (scene.data.text,)


def _standing_depth(plate: Plate) -> float:
    """Return the depth at which subjects stand: that of the last layer behind them, or near in mid-air."""
    return plate.layers[max(0, plate.foreground_from - 1)].depth if plate.has_ground else 0.8


def _right_is_darker(backdrop: Backdrop, lens: Lens, size: FrameSize) -> bool:
    """Tell whether words are read better on the right; the right wins unless the left is clearly darker."""
    if not is_wide(size):
        return True
    (picture,) = _plate_pictures(backdrop, lens, size, 1)
    left, right = (brightness_in(picture, box, 80.0) for box in headline_boxes(size))
    return right <= left + _CLEARLY_DARKER


def _plate_pictures(backdrop: Backdrop, lens: Lens, size: FrameSize, length: int) -> tuple[UInt8Array, ...]:
    """Return the plate alone, uint8 [H,W,3], at the start, in the middle and at the end of a scene."""
    found: list[UInt8Array] = []
    for moment in sorted({0, length // 2, length - 1}):
        canvas = np.empty((size.height_px, size.width_px, 3), dtype=np.uint8)
        draw_layers(canvas, backdrop.layers, lens.view(size, moment / max(1, length - 1)), size, moment)
        found.append(canvas)
    return tuple(found)


def _vignetted(pictures: tuple[UInt8Array, ...], look: Look, size: FrameSize) -> tuple[UInt8Array, ...]:
    """Return ``pictures`` with the corners as dark as they will be seen."""
    vignette = make_backing(
        size, (Veil(shape=vignette_shape(size), strength=look.vignette, colour=(0, 0, 0)),)
    )
    for picture in pictures:
        vignette.apply(picture)
    return pictures


def _ink(layout: SceneLayout, pictures: tuple[UInt8Array, ...], words: Box | None, palette: Palette) -> Ink:
    """Choose the ink of a scene; a scale that stands on the ground reaches down into the dark foot."""
    data = layout.data
    if data is not None and data.figure is not None and data.figure.width == 0:
        return light_ink(palette)
    return choose_ink(pictures, words, palette)


def _pace(directed: DirectedScene, backdrop: Backdrop, lens: Lens, size: FrameSize) -> Pace:
    behind = backdrop.layers[: backdrop.foreground_from]
    length = directed.end_frame - directed.start_frame
    return find_pace(behind, directed.camera, size, length, orbit=lens.orbit_depth)


def _card(scene: Scene, layout: SceneLayout, setting: Setting, *, at_once: bool) -> Card | None:
    if layout.quote is not None and not scene.headline:
        return make_quote(scene.caption, layout.quote, setting, at_once=at_once)
    if layout.headline is None:
        return None
    place = CardPlace(box=layout.headline, size_px=layout.headline_px, align=layout.headline_align)
    return make_card((scene.headline, scene.subline), place, setting, at_once=at_once)


def _cast(
    directed: DirectedScene, art: SceneArt, layout: SceneLayout, stage: Stage, *, first: bool
) -> tuple[Actor, ...]:
    actors: list[Actor] = []
    for order, placement in enumerate(layout.placements):
        # The hero comes first. In the clip's first picture, which a chat shows as its face, all are there.
        delay = directed.transition_frames // 2 + _ENTRANCE_STEP * (len(layout.placements) - 1 - order)
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


def _pictures(scene: SceneRenderer) -> list[UInt8Array]:
    """Return the scene without words at its start, in its middle and at its end."""
    still = replace(scene, far=FarView(Pace(layers=0, every=1)))
    return [draw_picture(still, moment) for moment in (0, scene.length // 2, scene.length - 1)]


def _veils_behind(pictures: tuple[UInt8Array, ...], words: _Words, size: FrameSize) -> tuple[Veil, ...]:
    """Return a ground just strong enough for the figures' words over the plate's worst moment."""
    box = words.box
    if box is None:
        return ()
    if not is_wide(size):  # a ground in the middle alone would look like a stain
        box = replace(box, x=0.0, width=float(size.width_px))
    strength = veil_strength(pictures, box, words.ink)
    if strength <= 0.0:
        return ()
    return (Veil(shape=corner_shape(size, box), strength=strength, colour=words.ink.ground),)


def _veils_over(scene: SceneRenderer, palette: Palette) -> tuple[Veil, ...]:
    """Return a dark ground at the foot just strong enough for the captions over all that moves there."""
    top, size = scene.captions.top_px, scene.size
    if top is None:
        return ()
    colour = darker(palette.near, 0.45)
    band = Box(x=0.0, y=top, width=size.width_px, height=size.height_px - top)
    brightness = max(brightness_in(picture, band) for picture in _pictures(scene))
    strength = strength_for(brightness, colour, least=0.40)
    return (Veil(shape=foot_shape(size, top), strength=strength, colour=colour),)
