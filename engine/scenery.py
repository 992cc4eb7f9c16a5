"""What the generators hand to compositing: plates, sprites and the direction of the shots."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from engine.contract.storyboard import Mood, Scene, Storyboard
from engine.media import Float32Array, UInt8Array, check_picture

#: An sRGB colour, each channel 0 to 255.
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The six colours of a clip or scene; plate, type and grade all take theirs from here."""

    #: Top of the sky.
    zenith: Colour
    #: Middle of the sky.
    sky: Colour
    #: Sky at the horizon, the lightest.
    horizon: Colour
    #: Far ridges and skyline, mixed with the horizon by distance.
    far: Colour
    #: Ground and near silhouettes, the darkest.
    near: Colour
    #: Complementary accent: underlines, markers, the spoken word.
    accent: Colour


class Particles(StrEnum):
    """What drifts through the picture."""

    NONE = "none"
    RAIN = "rain"
    SNOW = "snow"
    STARS = "stars"
    DUST = "dust"
    BUBBLES = "bubbles"
    LEAVES = "leaves"
    SPARKS = "sparks"
    CONFETTI = "confetti"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlateLayer:
    """One layer of a background, larger than the frame so that it can move."""

    #: uint8 [H,W,4], straight alpha, sRGB; the frame's centre lies on the layer's centre at rest.
    picture: UInt8Array
    #: 0 for the far sky, 1 for what is nearest; a camera move shifts a layer in proportion.
    depth: float
    #: Own movement to the right, in fractions of the frame's width a second (clouds); it then tiles in x.
    drift: float = 0.0

    def __post_init__(self) -> None:
        check_picture("PlateLayer.picture", self.picture, channels=4)
        if not 0.0 <= self.depth <= 1.0:
            raise ValueError(f"depth must be 0..1, not {self.depth}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """A background in layers, the farthest first. The first layer is opaque everywhere."""

    layers: tuple[PlateLayer, ...]
    #: Layers from this index on lie in front of the subjects (grass, mist); len(layers) for none.
    foreground_from: int
    #: Where subjects stand, as a fraction of the frame's height from the top.
    ground: float
    #: Whether subjects stand on ground (contact shadow) or float (sky, space, under water).
    has_ground: bool
    #: Colour of the light that falls on subjects.
    light: Colour
    #: How strongly the light tints subjects, 0 to 1.
    light_strength: float
    #: -1 for light from the left, 1 from the right.
    light_side: float
    particles: Particles = Particles.NONE

    def __post_init__(self) -> None:
        if not self.layers or not bool(np.all(self.layers[0].picture[..., 3] == 255)):
            raise ValueError("the first layer of a plate must be there and opaque")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sprite:
    """A drawn subject, cropped to what is opaque, standing on its lower edge."""

    #: uint8 [T,H,W,4], straight alpha, sRGB; T is 1 for a still, else a seamless loop.
    frames: UInt8Array
    #: Frames a second of the loop; 0 for a still.
    fps: float
    #: "text_gan", "procedural" ...: which generator drew it.
    source: str
    #: float32 [T,5], one pose a clip frame at engine.media.FPS, repeated without a seam; None for stillness.
    #: Columns: dx to the right and dy downwards in fractions of the sprite's height, scale across, scale down
    #: (both about the middle of the lower edge), rotation clockwise in degrees.
    poses: Float32Array | None = None

    def __post_init__(self) -> None:
        if self.frames.ndim != 4:
            raise ValueError(f"Sprite.frames must be [T,H,W,4], not {self.frames.shape}")
        check_picture("Sprite.frames", self.frames[0], channels=4)
        if self.poses is not None and (self.poses.dtype != np.float32 or self.poses.shape[1:] != (5,)):
            raise ValueError(f"Sprite.poses must be float32 [T,5], not {self.poses.dtype} {self.poses.shape}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneArt:
    """All that was drawn for one scene."""

    scene_index: int
    plate: Plate
    #: One for each of the scene's subjects, in the same order.
    sprites: tuple[Sprite, ...]
    palette: Palette


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A slow move over a shot: pans in fractions of the frame's width, zoom 1 is the frame as it is."""

    pan_from: float
    pan_to: float
    zoom_from: float
    zoom_to: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectedScene:
    """A scene with its place in time. Frames count from the start of the clip at engine.media.FPS."""

    scene: Scene
    #: First frame in which the scene can be seen (its transition in begins here).
    start_frame: int
    #: One past the last frame in which it can be seen (the next one's transition ends here).
    end_frame: int
    #: Length of the transition in, in frames; 0 for a cut. It overlaps the scene before.
    transition_frames: int
    camera: Camera


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """The whole clip in time: scenes in order, frame-exact, no gap."""

    storyboard: Storyboard
    scenes: tuple[DirectedScene, ...]
    total_frames: int

    def __post_init__(self) -> None:
        if not self.scenes or self.scenes[0].start_frame != 0:
            raise ValueError("a direction begins at frame 0")
        if self.scenes[-1].end_frame != self.total_frames:
            raise ValueError("a direction ends with its last scene")
        for before, after in zip(self.scenes, self.scenes[1:], strict=False):
            if after.start_frame + after.transition_frames != before.end_frame:
                raise ValueError(f"scene {after.scene.index} does not join the one before it")


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicSection:
    """A stretch of the clip with one mood."""

    #: In seconds from the start of the clip.
    start: float
    end: float
    mood: Mood
    #: 0 (still) to 1 (wild).
    energy: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicBrief:
    """What the music has to do."""

    sections: tuple[MusicSection, ...]
    #: Length of the clip, in seconds.
    seconds: float
    seed: int
