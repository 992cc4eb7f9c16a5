"""What a generator has to offer."""

from __future__ import annotations

from typing import Protocol

from engine.contract.storyboard import Action, Scene, Subject
from engine.media import Float32Array, FrameSize
from engine.scenery import SceneArt, Sprite


class SubjectGenerator(Protocol):
    """Draws one subject with alpha."""

    @property
    def name(self) -> str:
        """Name in the registry; it stands as ``source`` in every sprite."""
        ...

    @property
    def version(self) -> str:
        """Version of code and weights, for the job's record."""
        ...

    def trust(self, subject: Subject) -> float:
        """Return how likely a person recognises what this generator would draw: 0 (it cannot) to 1."""
        ...

    def draw(self, subject: Subject, *, seed: int, height_px: int, frames: int = 1) -> Sprite:
        """Draw ``subject`` once (its ``count`` is not looked at); the same arguments give the same pixels.

        Args:
            subject: What to draw.
            seed: Seed of all chance.
            height_px: Height of the sprite after cropping, about.
            frames: Frames of a seamless loop; a generator that cannot move its subjects returns one.

        Raises:
            RenderError: The subject could not be drawn.
        """
        ...


class MotionModel(Protocol):
    """Moves a whole subject through time."""

    @property
    def name(self) -> str:
        """Name in the registry."""
        ...

    def poses(self, action: Action, *, energy: float, frames: int, fps: float, seed: int) -> Float32Array:
        """Return float32 [T,5], a seamless loop of ``frames`` poses.

        Columns: dx (right) and dy (down) in fractions of the sprite's height, scale across, scale down (both
        about the middle of the lower edge), rotation clockwise in degrees.

        Args:
            action: What the subject does.
            energy: 0 (still) to 1 (wild).
            frames: Length of the loop.
            fps: Frames a second.
            seed: Seed of all chance.
        """
        ...


class SceneGenerator(Protocol):
    """Draws everything of a scene that is not type."""

    def paint(self, scene: Scene, size: FrameSize, *, seed: int) -> SceneArt:
        """Draw plate and sprites of a scene.

        Args:
            scene: What it shows; its own ``seed`` decides what differs from scene to scene.
            size: Frame, in px.
            seed: Seed of the storyboard; it decides what holds the clip together.
        """
        ...
