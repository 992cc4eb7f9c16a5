"""A pin that drops on a place, with rings that run out from it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.compositing.blend import Patch, lay_patch, lay_warped
from engine.compositing.boxes import Box
from engine.compositing.easing import clamp, ease_out, span
from engine.compositing.figure import Setting, Sketch
from engine.compositing.ink import WHITE
from engine.media import UInt8Array
from engine.scenery import Colour

_DROP_FRAMES = 20
#: Frames between two rings, and how long one is seen.
_RING_EVERY = 36
_RING_FRAMES = 54
#: Height of a ring against its width: the ground seen from the side.
_FLATNESS = 0.30


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Pin, rings and the map's ground under them."""

    ground: Patch
    ring: Patch
    pin: Patch
    #: Where the pin's point stands, in px.
    x: float
    y: float
    #: How far it falls, in px.
    fall_px: float
    setting: Setting
    #: What it covers, in px.
    box: Box

    def draw(self, canvas: UInt8Array, frame: int) -> None:
        """Draw the locator, in place on uint8 [H,W,3]."""
        moments = self.setting.moments
        opacity = moments.opacity(frame)
        if opacity <= 0.0:
            return
        lay_patch(canvas, self.ground, opacity=opacity * ease_out(span(frame, moments.start, 16)))
        since = frame - moments.start
        for begun in range(_DROP_FRAMES, max(_DROP_FRAMES, since) + 1, _RING_EVERY):
            way = span(since, begun, _RING_FRAMES)
            if since >= begun and way < 1.0:
                self._draw_ring(canvas, 0.15 + 0.85 * ease_out(way), opacity * (1.0 - way))
        height = self.fall_px * (1.0 - _bounce(span(since, 2, _DROP_FRAMES)))
        matrix = np.array(
            [[1, 0, self.pin.x_px + self.x], [0, 1, self.pin.y_px + self.y - height]], dtype=np.float32
        )
        lay_warped(canvas, self.pin.picture, matrix, opacity=opacity)

    def _draw_ring(self, canvas: UInt8Array, scale: float, opacity: float) -> None:
        matrix = np.array(
            [
                [scale, 0, self.x + self.ring.x_px * scale],
                [0, scale, self.y + self.ring.y_px * scale],
            ],
            dtype=np.float32,
        )
        lay_warped(canvas, self.ring.picture, matrix, opacity=opacity)


def _bounce(t: float) -> float:
    """Fall to 1, spring back a little, come to rest."""
    t = clamp(t)
    if t < 0.62:
        return (t / 0.62) ** 2
    u = (t - 0.62) / 0.38
    return 1.0 - 0.12 * math.sin(math.pi * u) * (1.0 - u * 0.4)


def make_locator(box: Box, setting: Setting) -> Locator:
    """Put a pin in the middle of ``box``, its point in the lower third."""
    short = setting.size.short_px
    tall = min(box.height * 0.62, short * 0.26)
    reach = min(box.width * 0.46, short * 0.36)
    x, y = box.centre_x, box.y + max(box.height * 0.72, tall)
    accent = setting.ink.accent
    ground = Sketch(x - reach - 4, y - reach * _FLATNESS - 4, x + reach + 4, y + reach * _FLATNESS + 4)
    _draw_ground(ground, (x, y), reach, setting.ink.words)
    ring = Sketch(-reach - 4, -reach * _FLATNESS - 4, reach + 4, reach * _FLATNESS + 4)
    ring.ring(0.0, 0.0, (reach, reach * _FLATNESS), (accent, short * 0.007))
    pin = Sketch(-tall * 0.5, -tall * 1.1, tall * 0.5, tall * 0.1)
    _draw_pin(pin, tall, accent)
    return Locator(
        ground=_thinned(ground.patch(shadow=0.2), 0.42),
        ring=ring.patch(shadow=0.0),
        pin=pin.patch(shadow=0.5),
        x=x,
        y=y,
        fall_px=short * 0.30,
        setting=setting,
        box=box,
    )


def _draw_ground(sketch: Sketch, centre: tuple[float, float], reach: float, colour: Colour) -> None:
    """Draw circles and rays in perspective, as a map's ground."""
    x, y = centre
    pen = (colour, 1.6)
    for part in (0.34, 0.67, 1.0):
        sketch.ring(x, y, (reach * part, reach * part * _FLATNESS), pen)
    for step in range(12):
        angle = math.pi * step / 6
        dx, dy = reach * math.cos(angle), reach * _FLATNESS * math.sin(angle)
        sketch.line((x + dx * 0.34, y + dy * 0.34), (x + dx, y + dy), colour, 1.2)


def _thinned(patch: Patch, factor: float) -> Patch:
    picture = np.rint(patch.picture.astype(np.float32) * factor).astype(np.uint8)
    return Patch(picture=picture, x_px=patch.x_px, y_px=patch.y_px)


def _draw_pin(sketch: Sketch, tall: float, accent: Colour) -> None:
    """Draw a drop whose point lies at 0, 0: a circle and the two tangents to its point."""
    radius = tall * 0.34
    centre = -(tall - radius)
    lean = math.acos(radius / -centre)
    side, low = radius * math.sin(lean), centre + radius * math.cos(lean)
    sketch.shape([(0.0, 0.0), (-side, low), (side, low)], accent)
    sketch.disc(0.0, centre, radius, accent)
    sketch.disc(0.0, centre, radius * 0.44, WHITE)
