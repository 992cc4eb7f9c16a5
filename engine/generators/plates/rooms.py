"""Walls, floors and windows that all rooms share."""

from __future__ import annotations

import numpy as np

from engine.contract.storyboard import Hour
from engine.generators.plates import furniture as furnish
from engine.generators.plates.canvas import Sheet
from engine.generators.plates.painter import Painter
from engine.oklab import gradient, mix, shade
from engine.scenery import Colour

#: Where the wall meets the floor, as a fraction of the frame's height.
FLOOR = 0.755
#: Depths of wall and floor; what stands in a room is on the floor's layer, so that it does not slide.
WALL_DEPTH, FLOOR_DEPTH = 0.34, 0.6


def paint_wall(painter: Painter) -> Sheet:
    """Return an opaque wall: lit from the window's side, darker towards ceiling and corner."""
    view, palette = painter.view, painter.palette
    rows = (np.arange(view.shape[0], dtype=np.float32) - view.margin_y) / view.height
    stops = ((-0.08, palette.zenith), (0.30, palette.sky), (FLOOR, mix(palette.sky, palette.horizon, 0.55)))
    wall = np.repeat(gradient(stops, rows)[:, None, :], view.shape[1], axis=1)
    across = np.linspace(-1, 1, view.shape[1], dtype=np.float32) * painter.light_side
    glow = np.asarray(palette.horizon, np.float32) - wall
    wall += glow * (0.30 * np.clip(across, 0, 1) ** 1.5)[None, :, None]
    wall *= (1 - 0.10 * np.clip(-across, 0, 1) ** 2)[None, :, None]
    sheet = painter.sheet()
    sheet.pixels[..., :3] = np.clip(wall + view.grain[..., None] + 0.5, 0, 255)
    sheet.pixels[..., 3] = 255
    if painter.tones.dark:
        # Lamps fill a room with warm light; without it an evening at home looks like a cellar.
        for place, size, strength in ((-0.34, 0.95, 0.30), (0.10, 1.15, 0.20)):
            x = view.x(0.5) + painter.light_side * place * view.unit
            sheet.glow(x, view.y(0.36), view.unit * size, painter.tones.lamp, strength=strength)
    return sheet


def paint_floor(painter: Painter, colour: Colour, *, pattern: str = "boards") -> Sheet:
    """Return a floor in perspective: "boards" or "tiles"; it is not added yet."""
    view = painter.view
    sheet = painter.sheet()
    top, low = view.y(FLOOR), float(view.shape[0])
    sheet.rectangle(0, top, view.shape[1], low, colour)
    seam, centre = shade(colour, light=-0.06), view.x(0.5)
    for step in np.arange(-26, 27):
        start, end = centre + step * view.unit * 0.085, centre + step * view.unit * 0.20
        half = view.unit * 0.0014
        sheet.polygon(
            [(start - half, top), (start + half, top), (end + half * 2, low), (end - half * 2, low)], seam
        )
        if pattern == "boards":
            part = float(painter.rng.uniform(0.05, 0.95))
            y = top + (low - top) * part**1.4
            x0, x1 = (
                centre + (step + add) * view.unit * (0.085 + 0.115 * (y - top) / (low - top))
                for add in (0, 1)
            )
            sheet.rectangle(x0, y, x1, y + view.unit * 0.003, seam)
    if pattern == "tiles":
        for part in np.linspace(0.12, 1, 6) ** 1.6:
            y = top + (low - top) * part
            sheet.rectangle(0, y, view.shape[1], y + view.unit * (0.001 + 0.002 * part), seam)
    sheet.fade(shade(colour, light=0.05), top, view.y(0.80), start=0.5, end=0.0)
    sheet.fade(painter.palette.near, view.y(0.80), view.y(1.04), end=0.62)
    return sheet


def skirting(painter: Painter, wall: Sheet, colour: Colour) -> None:
    """Draw the skirting board along the foot of a wall."""
    view = painter.view
    top = view.y(FLOOR) - view.unit * 0.028
    wall.rectangle(0, top, view.shape[1], view.y(FLOOR) + view.unit * 0.03, colour)
    wall.rectangle(0, top, view.shape[1], top + view.unit * 0.004, shade(colour, light=0.06))


def sunbeam(painter: Painter, sheet: Sheet, box: furnish.Box) -> None:
    """Lay the window's light on the floor, by day."""
    if painter.tones.setting.hour is Hour.NIGHT:
        return
    view = painter.view
    left, _, right, _ = box
    slant = -painter.light_side * view.unit * 0.30
    light = mix(painter.palette.horizon, (255, 248, 224), 0.5)
    middle = (left + right) / 2
    for start, end in ((left, middle - view.unit * 0.01), (middle + view.unit * 0.01, right)):
        points = [
            (start + slant * 0.4, view.y(0.80)),
            (end + slant * 0.4, view.y(0.80)),
            (end + slant * 1.3, view.y(0.93)),
            (start + slant * 1.3, view.y(0.93)),
        ]
        sheet.polygon(points, light, opacity=0.26)


def window_box(
    painter: Painter, width: float, height: float, *, top: float = 0.20, place: float = 0.29
) -> furnish.Box:
    """Return the box of a window on the light's side; measures in units, ``place`` from the middle."""
    view = painter.view
    reach = min(place * view.unit / view.width * 1.78, 0.34) * view.width
    x, y = view.x(0.5) + painter.light_side * reach, view.y(top)
    return (x - width * view.unit / 2, y, x + width * view.unit / 2, y + height * view.unit * view.tall)
