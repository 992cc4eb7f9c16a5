"""Painter of the stage."""

from __future__ import annotations

import numpy as np

from engine.generators.plates.painter import Painter
from engine.generators.plates.rooms import FLOOR, FLOOR_DEPTH, paint_floor
from engine.oklab import gradient, mix, shade


def paint_stage(painter: Painter) -> None:
    """Paint a stage: velvet curtains, beams of light, a wooden floor with a pool of light."""
    view, tones, palette = painter.view, painter.tones, painter.palette
    unit, middle = view.unit, view.x(0.5)
    wall = painter.sheet()
    rows = (np.arange(view.shape[0], dtype=np.float32) - view.margin_y) / view.height
    back = gradient(
        ((-0.08, palette.zenith), (0.5, mix(palette.zenith, palette.sky, 0.55)), (FLOOR, palette.sky)), rows
    )
    wall.pixels[..., :3] = np.clip(
        np.repeat(back[:, None, :], view.shape[1], 1) + view.grain[..., None] + 0.5, 0, 255
    )
    wall.pixels[..., 3] = 255
    wall.glow(middle, view.y(0.52), unit * 0.75, palette.horizon, strength=0.45)
    painter.add(wall, 0.2)
    beams = painter.sheet()
    lights = (
        (-0.52, (255, 226, 170)),
        (0.52, (255, 226, 170)),
        (-0.22, (190, 210, 255)),
        (0.22, (255, 170, 200)),
    )
    for place, tone in lights:
        top = middle + place * unit
        aim = middle + place * unit * 0.15
        points = [
            (top - unit * 0.012, -2),
            (top + unit * 0.012, -2),
            (aim + unit * 0.22, view.y(0.86)),
            (aim - unit * 0.22, view.y(0.86)),
        ]
        beams.polygon(points, mix(tone, palette.horizon, 0.3), opacity=0.20)
    beams.blur(unit * 0.007)
    beams.cut(np.interp(rows, [-0.08, 0.5, 0.86], [1.0, 0.75, 0.25]).astype(np.float32)[:, None])
    painter.add(beams, 0.35)
    floor = paint_floor(painter, mix(tones.of("wood_dark"), palette.far, 0.25))
    floor.rectangle(
        0, view.y(FLOOR), view.shape[1], view.y(FLOOR) + unit * 0.006, mix(palette.near, palette.far, 0.4)
    )
    for size, strength in ((0.62, 0.25), (0.44, 0.35)):
        floor.glow(middle, view.y(0.845), unit * size, (255, 232, 190), strength=strength, squash=0.18)
    painter.add(floor, FLOOR_DEPTH)
    _stage_curtains(painter)


def _stage_curtains(painter: Painter) -> None:
    """Add the curtains at the sides and the valance above; they hang in front of what is on stage."""
    view, palette = painter.view, painter.palette
    unit = view.unit
    velvet = mix(palette.far, painter.tones.of("red", light=-0.06), 0.55)
    sheet = painter.sheet()
    wide = max(0.13 * view.width, 0.10 * unit) + view.margin_x
    for left, right, flip in ((0.0, wide, 1), (view.shape[1] - wide, float(view.shape[1]), -1)):
        folds, steps = 6, 72
        for step in range(steps):
            part = step / steps
            wave = 0.5 + 0.5 * np.sin(part * folds * 2 * np.pi + 0.6 * np.sin(part * 9))
            tone = shade(mix(velvet, palette.near, 0.45 * (1 - float(wave))), light=0.04 * float(wave))
            x0, x1 = (left + (right - left) * (step + add) / steps for add in (0, 1))
            # Gathered at the height of a tie: the inner edge swings in.
            inner = part if flip > 0 else 1 - part
            pull = unit * 0.10 * inner**1.5
            points = [(x0, 0), (x1 + 0.7, 0), (x1 + 0.7 - flip * pull, view.y(0.60)), (x1 + 0.7 - flip * pull * 0.55, view.y(0.90)),
                      (x0 - flip * pull * 0.55, view.y(0.90)), (x0 - flip * pull, view.y(0.60))]  # fmt: skip
            sheet.polygon(points, tone)
    scallops = max(5, round(view.shape[1] / unit * 4))
    for index in range(scallops):
        x = (index + 0.5) / scallops * view.shape[1]
        half = view.shape[1] / scallops * 0.53
        for ring, tone in (
            (1.0, mix(velvet, palette.near, 0.35)),
            (0.72, velvet),
            (0.42, shade(velvet, light=0.03)),
        ):
            sheet.ellipse(x, view.y(-0.02), half * ring, unit * 0.135 * ring**0.5, tone)
        sheet.ellipse(x, view.y(-0.02), half, unit * 0.05, mix(velvet, palette.near, 0.6))
    gold = painter.tones.of("gold", light=-0.05)
    for x, flip in ((wide - unit * 0.03, 1), (view.shape[1] - wide + unit * 0.03, -1)):
        sheet.line(
            [
                (x - flip * unit * 0.16, view.y(0.575)),
                (x - flip * unit * 0.08, view.y(0.605)),
                (x - flip * unit * 0.0, view.y(0.60)),
            ],
            gold,
            unit * 0.014,
        )
    painter.begin_front()
    painter.add(sheet, 0.9)
