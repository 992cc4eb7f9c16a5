"""Small drawings and directions that the tests of this room share."""

from __future__ import annotations

import numpy as np

from engine.contract.errors import Cancelled
from engine.contract.events import Stage
from engine.contract.storyboard import (
    Action,
    Branch,
    DataPoint,
    Hour,
    Language,
    Mood,
    Place,
    Role,
    Scene,
    Setting,
    Shot,
    Storyboard,
    Subject,
    Transition,
    Weather,
)
from engine.media import FPS, AudioTrack, FrameSize
from engine.scenery import (
    Camera,
    DirectedScene,
    Direction,
    Palette,
    Particles,
    Plate,
    PlateLayer,
    SceneArt,
    Sprite,
)

SMALL = FrameSize(width_px=320, height_px=180)
TALL = FrameSize(width_px=180, height_px=320)
SQUARE = FrameSize(width_px=240, height_px=240)

PALETTE = Palette(
    zenith=(22, 28, 84),
    sky=(120, 62, 130),
    horizon=(250, 212, 160),
    far=(150, 90, 130),
    near=(26, 20, 60),
    accent=(255, 208, 100),
)
STILL = Camera(pan_from=0.0, pan_to=0.0, zoom_from=1.0, zoom_to=1.0)
MOVING = Camera(pan_from=-0.03, pan_to=0.03, zoom_from=1.0, zoom_to=1.06)


def gradient(size: FrameSize, top: int, bottom: int) -> np.ndarray:
    """Return an opaque uint8 [H,W,4] one tenth larger than the frame, grey from ``top`` to ``bottom``."""
    height, width = round(size.height_px * 1.1), round(size.width_px * 1.1)
    column = np.linspace(top, bottom, height).astype(np.uint8)
    picture = np.empty((height, width, 4), dtype=np.uint8)
    picture[..., :3] = column[:, None, None]
    picture[..., 3] = 255
    return picture


def land(size: FrameSize, level: float, grey: int) -> np.ndarray:
    """Return uint8 [H,W,4]: clear above a wavy edge at ``level`` of the frame, opaque below."""
    height, width = round(size.height_px * 1.1), round(size.width_px * 1.1)
    edge = level * size.height_px + (height - size.height_px) / 2 + 4 * np.sin(np.linspace(0, 9, width))
    picture = np.full((height, width, 4), grey, dtype=np.uint8)
    above = np.arange(height)[:, None] - edge[None, :] + 0.5
    picture[..., 3] = np.rint(np.clip(above, 0, 1) * 255)
    return picture


def make_plate(
    size: FrameSize = SMALL,
    *,
    sky: tuple[int, int] = (40, 160),
    particles: Particles = Particles.NONE,
    has_ground: bool = True,
    drift: float = 0.0,
) -> Plate:
    layers = [PlateLayer(picture=gradient(size, *sky), depth=0.0)]
    if drift:
        cloud = np.zeros_like(gradient(size, 0, 0))
        cloud[20:40, 10:80] = (255, 255, 255, 120)
        layers.append(PlateLayer(picture=cloud, depth=0.1, drift=drift))
    if has_ground:
        layers.append(PlateLayer(picture=land(size, 0.65, 90), depth=0.4))
        layers.append(PlateLayer(picture=land(size, 0.80, 30), depth=0.9))
    return Plate(
        layers=tuple(layers),
        foreground_from=len(layers),
        ground=0.82,
        has_ground=has_ground,
        light=(250, 220, 180),
        light_strength=0.4,
        light_side=1.0,
        particles=particles,
    )


def disc(height_px: int = 60, width_px: int = 60, colour: tuple[int, int, int] = (220, 60, 40)) -> np.ndarray:
    """Return uint8 [1,H,W,4]: a filled ellipse."""
    y, x = np.ogrid[:height_px, :width_px]
    radius = np.hypot((x - (width_px - 1) / 2) / (width_px / 2), (y - (height_px - 1) / 2) / (height_px / 2))
    picture = np.zeros((1, height_px, width_px, 4), dtype=np.uint8)
    picture[0, ..., :3] = colour
    picture[0, ..., 3] = np.where(radius <= 1.0, 255, 0)
    return picture


def make_sprite(*, frames: np.ndarray | None = None, poses: np.ndarray | None = None) -> Sprite:
    drawn = disc() if frames is None else frames
    return Sprite(frames=drawn, fps=0.0 if len(drawn) == 1 else 10.0, source="procedural", poses=poses)


def make_subject(
    text: str = "ball",
    *,
    kind: str = "object",
    count: int = 1,
    action: Action = Action.STAND,
    role: Role = Role.HERO,
) -> Subject:
    return Subject(
        text=text, concept=None, score=0.0, why="", kind=kind, count=count, action=action, role=role
    )


def make_scene(
    index: int = 0,
    *,
    shot: Shot = Shot.SUBJECT,
    subjects: tuple[Subject, ...] | None = None,
    caption: str = "A red ball rolls.",
    headline: str = "",
    subline: str = "",
    data: DataPoint | None = None,
    mood: Mood = Mood.CALM,
    transition: Transition = Transition.DISSOLVE,
    seconds: float = 1.0,
) -> Scene:
    return Scene(
        index=index,
        text=caption,
        branch=Branch.PICTURE,
        why="",
        shot=shot,
        subjects=(make_subject(),) if subjects is None else subjects,
        setting=Setting(place=Place.CITY, hour=Hour.DUSK, weather=Weather.CLEAR),
        mood=mood,
        energy=0.5,
        seconds=seconds,
        caption=caption,
        headline=headline,
        subline=subline,
        data=data,
        transition=transition,
        seed=index + 3,
    )


def make_direction(
    *scenes: Scene,
    language: Language = Language.ENGLISH,
    transition_frames: int = 6,
    camera: Camera = MOVING,
    style: str = "default",
) -> Direction:
    directed: list[DirectedScene] = []
    start = 0
    for number, scene in enumerate(scenes):
        overlap = transition_frames if number and scene.transition is not Transition.CUT else 0
        begin = start - overlap
        end = begin + round(scene.seconds * FPS)
        directed.append(
            DirectedScene(
                scene=scene, start_frame=begin, end_frame=end, transition_frames=overlap, camera=camera
            )
        )
        start = end
    board = Storyboard(
        title="A ball", language=language, mood=scenes[0].mood, style=style, seed=1, scenes=scenes
    )
    return Direction(storyboard=board, scenes=tuple(directed), total_frames=start)


def make_art(scene: Scene, *, plate: Plate | None = None, sprite: Sprite | None = None) -> SceneArt:
    return SceneArt(
        scene_index=scene.index,
        plate=plate or make_plate(),
        sprites=tuple((sprite or make_sprite()) for _ in scene.subjects),
        palette=PALETTE,
    )


def make_tone(seconds: float, *, channels: int = 2) -> AudioTrack:
    moments = np.arange(round(seconds * 48_000)) / 48_000
    wave = 0.25 * np.sin(2 * np.pi * 440 * moments)
    return AudioTrack(samples=np.repeat(wave[:, None], channels, axis=1).astype(np.float32))


class ListeningReport:
    """A report that keeps what it is told and can be cancelled after so many looks."""

    def __init__(self, *, cancel_after: int | None = None) -> None:
        self.done: list[tuple[int, int]] = []
        self.looks = 0
        self._cancel_after = cancel_after

    def stage(self, stage: Stage) -> None:
        """Nothing here announces stages."""

    def progress(self, *, done: int, total: int, detail: str = "") -> None:
        self.done.append((done, total))

    def understood(self, **_: object) -> None:
        """Nothing here reads."""

    def check_cancelled(self) -> None:
        self.looks += 1
        if self._cancel_after is not None and self.looks > self._cancel_after:
            raise Cancelled
