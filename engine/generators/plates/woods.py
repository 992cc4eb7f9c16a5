"""The forest, and the colours of its trees."""

from __future__ import annotations

import numpy as np

from engine.contract.storyboard import Weather
from engine.generators.plates.canvas import Sheet
from engine.generators.plates.land import (
    paint_front_grass,
    paint_ground,
    paint_ridges,
    strew,
)
from engine.generators.plates.nature import (
    draw_pine,
    draw_tree,
)
from engine.generators.plates.painter import Painter
from engine.generators.plates.sky import paint_sky
from engine.oklab import mix
from engine.scenery import Colour


def row_of_trees(
    painter: Painter, sheet: Sheet, *, y: float, distance: float, height: float, number: int
) -> None:
    """Draw leafy trees in loose groups along a hill."""
    view, rng, tones = painter.view, painter.rng, painter.tones
    count = round(number * view.shape[1] / view.unit / 2)
    for _ in range(count):
        x = float(rng.random()) * view.shape[1]
        tall = view.unit * height * float(rng.uniform(0.7, 1.3))
        draw_tree(painter, sheet, x, view.y(y) + view.unit * 0.012, tall, leaf_colours(painter, distance))
    del tones


def leaf_colours(painter: Painter, distance: float) -> tuple[Colour, Colour, Colour]:
    """Return lit leaf, shaded leaf and bark at a distance (0..1)."""
    tones = painter.tones
    material = "leaf" if painter.rng.random() < 0.7 else "leaf_warm"
    if tones.snowy:
        return tuple(tones.aerial(tones.of(m), distance) for m in ("snow", "snow_shadow", "bark"))  # type: ignore[return-value]
    lit = tones.aerial(tones.of(material), distance)
    dim = tones.aerial(mix(tones.of(material, light=-0.14), painter.palette.near, 0.30), distance)
    return lit, dim, tones.aerial(tones.of("bark"), distance)


def pine_colours(painter: Painter, distance: float) -> tuple[Colour, Colour]:
    """Return the lit and the shaded side of a pine at a distance (0..1)."""
    tones = painter.tones
    lit = mix(tones.of("pine"), painter.palette.near, 0.30)
    dim = mix(tones.of("pine", light=-0.08), painter.palette.near, 0.65)
    if tones.snowy:
        lit = mix(lit, tones.of("snow"), 0.45)
    return tones.aerial(lit, distance), tones.aerial(dim, distance)


def paint_forest(painter: Painter) -> None:
    """Paint rows of pines with mist between them and great trunks at the sides."""
    tones, view, rng = painter.tones, painter.view, painter.rng
    paint_sky(painter)
    paint_ridges(painter, base=0.60, count=2, height=0.09)
    for index, (base, distance, height) in enumerate(
        ((0.69, 0.58, 0.20), (0.73, 0.36, 0.30), (0.77, 0.12, 0.40))
    ):
        sheet = painter.sheet()
        colours = pine_colours(painter, distance)
        count = round(view.shape[1] / view.unit * (17, 12, 7.5)[index])
        for x in rng.permutation(np.linspace(-0.02, 1.02, count)) * view.shape[1]:
            tall = view.unit * view.tall * height * float(rng.uniform(0.55, 1.1))
            if index == 2 and abs(x - view.shape[1] / 2) < view.unit * 0.30:
                tall *= 0.55
            foot = view.y(base) + view.unit * float(rng.uniform(0.0, 0.02))
            draw_pine(painter, sheet, float(x + rng.normal() * view.unit * 0.012), foot, tall, colours)
        crest = painter.crest(base, 0.010, cells=1.2)
        sheet.below(crest, colours[1])
        sheet.fade(tones.haze, view.y(base) - view.unit * height * 0.8, view.y(base), end=0.50 - 0.16 * index)
        painter.add(sheet, 0.34 + 0.14 * index)
    ground = paint_ground(painter, "moss", top=0.765)
    strew(painter, ground, tones.ground("moss", light=0.06), top=0.77, number=30)
    painter.add(ground, 0.8)
    _light_shafts(painter)
    paint_front_grass(painter)
    _side_trunks(painter)


def _light_shafts(painter: Painter) -> None:
    """Add slanting beams of light, where the sun shines."""
    tones, view = painter.tones, painter.view
    if tones.night or tones.setting.weather not in {Weather.CLEAR, Weather.CLOUD}:
        return
    sheet = painter.sheet()
    light = mix(painter.palette.horizon, (255, 248, 220), 0.5)
    for _ in range(5):
        x = view.x(painter.sun[0]) - painter.light_side * view.unit * float(painter.rng.uniform(-0.1, 0.9))
        wide, slant = (
            view.unit * float(painter.rng.uniform(0.03, 0.10)),
            -painter.light_side * view.unit * 0.35,
        )
        sheet.polygon(
            [(x, 0), (x + wide, 0), (x + wide * 2.2 + slant, view.y(0.82)), (x + slant, view.y(0.82))],
            light,
            opacity=0.13,
        )
    sheet.blur(view.unit * 0.008)
    sheet.cut(np.linspace(1.2, 0.0, view.shape[0], dtype=np.float32).clip(0, 1)[:, None])
    painter.add(sheet, 0.6)


def _side_trunks(painter: Painter) -> None:
    """Add one dark trunk at either side, in front of everything: they frame the picture."""
    view, rng = painter.view, painter.rng
    sheet = painter.sheet()
    tone = mix(painter.palette.near, painter.tones.of("bark", light=-0.15), 0.25)
    lit = mix(tone, painter.palette.horizon, 0.16)
    for x, side in ((view.x(-0.03), 1), (view.x(1.03), -1)):
        wide = view.unit * float(rng.uniform(0.045, 0.065))
        rows = np.linspace(0, view.shape[0], 24)
        flare = wide * (1 + 1.1 * np.clip((rows - view.y(0.86)) / (view.shape[0] - view.y(0.86)), 0, 1) ** 2)
        wobble = rng.normal(0, view.unit * 0.003, 24).cumsum() * 0.5
        left, right = np.stack([x + wobble - flare, rows], 1), np.stack([x + wobble + flare, rows], 1)
        sheet.polygon(np.concatenate([left, right[::-1]]), tone)
        edge = right if side > 0 else left
        inner = edge - np.array([side * wide * 0.22, 0])
        sheet.polygon(np.concatenate([edge, inner[::-1]]), lit, opacity=0.8)
    painter.add(sheet, 1.0)
