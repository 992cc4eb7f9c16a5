"""Painter of the stage."""

from __future__ import annotations

import numpy as np

from engine.generators.plates.canvas import Sheet
from engine.generators.plates.painter import Painter
from engine.generators.plates.rooms import FLOOR, FLOOR_DEPTH, paint_floor
from engine.oklab import mix, shade
from engine.scenery import Colour

#: Spot lights: where they hang and where they aim, in units from the middle, and their colours.
_SPOTS: tuple[tuple[float, float, Colour], ...] = (
    (-0.52, -0.08, (255, 226, 170)),
    (0.52, 0.08, (255, 226, 170)),
    (-0.22, -0.03, (190, 210, 255)),
    (0.22, 0.03, (255, 170, 200)),
)


def paint_stage(painter: Painter) -> None:
    """Paint a stage: velvet curtains, beams of light, a wooden floor with a pool of light."""
    view, tones, palette = painter.view, painter.tones, painter.palette
    unit, middle = view.unit, view.x(0.5)
    back = mix(palette.zenith, palette.sky, 0.55)
    wall = painter.backdrop(((-0.08, palette.zenith), (0.5, back), (FLOOR, palette.sky)))
    wall.glow(middle, view.y(0.52), unit * 0.75, palette.horizon, strength=0.45)
    painter.add(wall, 0.2)
    _beams(painter)
    floor = paint_floor(painter, mix(tones.of("wood_dark"), palette.far, 0.25))
    edge = view.y(FLOOR)
    floor.rectangle(0, edge, view.shape[1], edge + unit * 0.006, mix(palette.near, palette.far, 0.4))
    for size, strength in ((0.62, 0.25), (0.44, 0.35)):
        floor.glow(middle, view.y(0.845), unit * size, (255, 232, 190), strength=strength, squash=0.18)
    painter.add(floor, FLOOR_DEPTH)
    _stage_curtains(painter)


def _beams(painter: Painter) -> None:
    """Add the beams of the spot lights, soft and fading towards the floor."""
    view, unit, middle = painter.view, painter.view.unit, painter.view.x(0.5)
    beams = painter.sheet()
    for hung, aimed, colour in _SPOTS:
        top, aim, low = middle + hung * unit, middle + aimed * unit, view.y(0.86)
        cone = [
            (top - unit * 0.012, -2),
            (top + unit * 0.012, -2),
            (aim + unit * 0.22, low),
            (aim - unit * 0.22, low),
        ]
        beams.polygon(cone, mix(colour, painter.palette.horizon, 0.3), opacity=0.20)
    beams.blur(unit * 0.007)
    rows = (np.arange(view.shape[0], dtype=np.float32) - view.margin_y) / view.height
    beams.cut(np.interp(rows, [-0.08, 0.5, 0.86], [1.0, 0.75, 0.25]).astype(np.float32)[:, None])
    painter.add(beams, 0.35)


def _stage_curtains(painter: Painter) -> None:
    """Add the curtains at the sides and the valance above; they hang in front of what is on stage."""
    view, unit = painter.view, painter.view.unit
    velvet = mix(painter.palette.far, painter.tones.of("red", light=-0.06), 0.55)
    sheet = painter.sheet()
    wide = max(0.13 * view.width, 0.10 * unit) + view.margin_x
    _side_curtain(painter, sheet, (0.0, wide), velvet, way=1)
    _side_curtain(painter, sheet, (view.shape[1] - wide, float(view.shape[1])), velvet, way=-1)
    _valance(painter, sheet, velvet)
    gold = painter.tones.of("gold", light=-0.05)
    for x, way in ((wide - unit * 0.03, 1), (view.shape[1] - wide + unit * 0.03, -1)):
        tie = [
            (x - way * unit * 0.16, view.y(0.575)),
            (x - way * unit * 0.08, view.y(0.605)),
            (x, view.y(0.60)),
        ]
        sheet.line(tie, gold, unit * 0.014)
    painter.begin_front()
    painter.add(sheet, 0.9)


def _side_curtain(
    painter: Painter, sheet: Sheet, span: tuple[float, float], velvet: Colour, *, way: int
) -> None:
    """Draw one curtain in folds, gathered at its tie; ``way`` is 1 for the left one, -1 for the right."""
    view = painter.view
    left, right = span
    steps = 72
    tie, foot = view.y(0.60), view.y(0.90)
    for step in range(steps):
        part = step / steps
        wave = 0.5 + 0.5 * float(np.sin(part * 12 * np.pi + 0.6 * np.sin(part * 9)))
        tone = shade(mix(velvet, painter.palette.near, 0.45 * (1 - wave)), light=0.04 * wave)
        x0 = left + (right - left) * part
        x1 = left + (right - left) * (part + 1 / steps) + 0.7
        # The inner edge swings in to the tie and half the way out again.
        inner = part if way > 0 else 1 - part
        pull = way * view.unit * 0.10 * inner**1.5
        low = pull * 0.55
        sheet.polygon(
            [(x0, 0), (x1, 0), (x1 - pull, tie), (x1 - low, foot), (x0 - low, foot), (x0 - pull, tie)], tone
        )


def _valance(painter: Painter, sheet: Sheet, velvet: Colour) -> None:
    """Draw the scalloped cloth that hangs along the top."""
    view, near = painter.view, painter.palette.near
    rings = ((1.0, mix(velvet, near, 0.35)), (0.72, velvet), (0.42, shade(velvet, light=0.03)))
    scallops = max(5, round(view.shape[1] / view.unit * 4))
    half = view.shape[1] / scallops * 0.53
    for index in range(scallops):
        x = (index + 0.5) / scallops * view.shape[1]
        for ring, tone in rings:
            sheet.ellipse(x, view.y(-0.02), half * ring, view.unit * 0.135 * ring**0.5, tone)
        sheet.ellipse(x, view.y(-0.02), half, view.unit * 0.05, mix(velvet, near, 0.6))
