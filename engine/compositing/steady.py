"""What moves too slowly to be seen moving is drawn only every few frames.

Far layers shift by a tenth of a px from one frame to the next. Drawn again only when they have moved by
about half of one, they look the same, and both this room and the encoder have less to do.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.compositing.backdrop import Layer
from engine.media import FrameSize
from engine.scenery import Camera

#: How far a layer may move before it is drawn again, in px of a 720p frame.
_STEP_PX = 0.55
#: Frames that a drawing is used at most.
_MOST_FRAMES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How many of the farthest layers are drawn together, and every how many frames."""

    layers: int
    every: int

    def frame(self, number: int) -> int:
        """Return the frame whose drawing stands at frame ``number``."""
        return number - number % self.every


def speed_px(layer: Layer, camera: Camera, size: FrameSize, length: int, *, orbit: float | None) -> float:
    """Return how fast the fastest px of ``layer`` moves, in px a frame, over a scene of ``length`` frames."""
    steps = max(1, length - 1)
    depth = abs(layer.depth - (orbit or 0.0))
    pan = abs(camera.pan_to - camera.pan_from) * size.width_px * depth
    zoom = 0.0
    if orbit is None:  # an edge of the frame moves away from its middle
        zoom = abs(camera.zoom_to - camera.zoom_from) * depth * max(size.width_px, size.height_px) * 0.6
    return (pan + zoom) / steps + abs(layer.drift_px)


def find_pace(
    layers: tuple[Layer, ...], camera: Camera, size: FrameSize, length: int, *, orbit: float | None
) -> Pace:
    """Return the pace that saves most work without a visible step."""
    allowed = _STEP_PX * size.short_px / 720
    best, most_saved = Pace(layers=0, every=1), 0.0
    every, area = _MOST_FRAMES, 0
    for count, layer in enumerate(layers, start=1):
        speed = speed_px(layer, camera, size, length, orbit=orbit)
        every = min(every, int(allowed / speed) if speed > 0.0 else _MOST_FRAMES)
        if every < 2:
            break
        area += layer.area_px
        saved = area * (1.0 - 1.0 / every)
        if saved >= most_saved:
            best, most_saved = Pace(layers=count, every=every), saved
    return best
