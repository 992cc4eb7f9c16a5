"""Where the camera stands in a frame, and how a layer at a depth moves for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.compositing.easing import clamp, lerp
from engine.media import Float32Array, FrameSize
from engine.scenery import Camera


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The camera at one moment. The far sky (depth 0) never moves; depth 1 moves in full."""

    #: To the right, in px of the nearest layer.
    pan_px: float
    #: Magnification of the nearest layer, 1 is as drawn.
    zoom: float
    #: The fixed point of the zoom in the frame, in px.
    anchor_x_px: float
    anchor_y_px: float
    #: Depth that stands still while the others move about it: 0 is the sky, the ground's for an orbit.
    still_depth: float = 0.0

    def scale_at(self, depth: float) -> float:
        """Magnification at ``depth`` 0 to 1."""
        return 1.0 + (self.zoom - 1.0) * (depth - self.still_depth)

    def shift_at(self, depth: float) -> float:
        """Shift of the picture at ``depth``, in px to the right (against the pan)."""
        return -self.pan_px * (depth - self.still_depth)

    def place(self, x_px: float, y_px: float, depth: float) -> tuple[float, float]:
        """Return where a point of the frame at rest stands now, in px."""
        scale = self.scale_at(depth)
        return (
            self.anchor_x_px + (x_px - self.anchor_x_px) * scale + self.shift_at(depth),
            self.anchor_y_px + (y_px - self.anchor_y_px) * scale,
        )


def view_at(
    camera: Camera,
    size: FrameSize,
    progress: float,
    *,
    anchor: tuple[float, float],
    orbit_depth: float | None = None,
) -> View:
    """Return the view ``progress`` (0 to 1) of the way through a move.

    ``anchor`` is in fractions of the frame. The move is even: it goes on
    under dissolves, where an eased end would look like a stop. With
    ``orbit_depth`` the camera circles what stands at that depth, without zoom, so that drawings over it fit.
    """
    t = clamp(progress)
    return View(
        pan_px=lerp(camera.pan_from, camera.pan_to, t) * size.width_px,
        zoom=1.0 if orbit_depth is not None else lerp(camera.zoom_from, camera.zoom_to, t),
        anchor_x_px=anchor[0] * size.width_px,
        anchor_y_px=anchor[1] * size.height_px,
        still_depth=orbit_depth or 0.0,
    )


def layer_matrix(view: View, size: FrameSize, shape: tuple[int, ...], depth: float) -> Float32Array:
    """Return float32 [2,3] from layer px to frame px; a layer keeps covering what it covers at rest.

    ``shape`` is the layer's [H,W,...]. A move that goes beyond the layer's margin stops at its edge.
    """
    height, width = shape[:2]
    scale = view.scale_at(depth)
    scale = max(scale, size.width_px / width, size.height_px / height)
    left, top = (size.width_px - width) / 2.0, (size.height_px - height) / 2.0
    dx = view.anchor_x_px + (left - view.anchor_x_px) * scale + view.shift_at(depth)
    dy = view.anchor_y_px + (top - view.anchor_y_px) * scale
    if width >= size.width_px:
        dx = clamp(dx, size.width_px - width * scale, 0.0)
    if height >= size.height_px:
        dy = clamp(dy, size.height_px - height * scale, 0.0)
    return np.array([[scale, 0.0, dx], [0.0, scale, dy]], dtype=np.float32)
