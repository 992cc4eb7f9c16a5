"""Trees, grass, rocks, flowers and what grows under water."""

from __future__ import annotations

import numpy as np

from engine.generators.plates.canvas import Sheet, ellipse_points
from engine.generators.plates.painter import Painter
from engine.oklab import mix, shade
from engine.scenery import Colour


def draw_pine(
    painter: Painter, sheet: Sheet, x: float, y: float, height: float, colours: tuple[Colour, Colour]
) -> None:
    """Draw a pine with its foot at (x, y): tiers of hanging boughs, one side in shade."""
    rng, side = painter.rng, painter.light_side
    tiers = 5 if height > painter.view.unit * 0.10 else 4
    width = height * float(rng.uniform(0.19, 0.25))
    sheet.rectangle(x - width * 0.09, y - height * 0.16, x + width * 0.09, y + height * 0.02, colours[1])
    for tier in range(tiers):
        low = y - height * (0.10 + 0.74 * tier / tiers)
        high = y - height * min(1.0, 0.10 + 0.74 * (tier + 1) / tiers + 0.17)
        reach = width * (1 - 0.78 * tier / tiers)
        sway = reach * float(rng.uniform(-0.06, 0.06))
        hang = height * 0.018
        right = [(0.55, -hang), (1.0, hang), (0.45, 0.0)]
        boughs = [(x + reach * across, low + down) for across, down in right]
        other = [(x - reach * across, low + down) for across, down in right[::-1]]
        outline = [(x + sway, high), *boughs, (x, low + hang * 0.8), *other]
        sheet.polygon(outline, colours[0])
        half = outline[:5] if side < 0 else [outline[0], *outline[4:]]
        sheet.polygon(half, colours[1])


def draw_tree(
    painter: Painter, sheet: Sheet, x: float, y: float, height: float, colours: tuple[Colour, Colour, Colour]
) -> None:
    """Draw a leafy tree with its foot at (x, y); colours are lit leaves, shaded leaves and bark."""
    rng, side = painter.rng, painter.light_side
    lit, dim, bark = colours
    trunk = height * 0.045
    sheet.polygon(
        [
            (x - trunk, y),
            (x - trunk * 0.6, y - height * 0.5),
            (x + trunk * 0.6, y - height * 0.5),
            (x + trunk, y),
        ],
        bark,
    )
    for angle in (-0.5, 0.45):
        sheet.line([(x, y - height * 0.33), (x + angle * height * 0.3, y - height * 0.52)], bark, trunk * 0.8)
    crown = height * 0.30
    heaps = [(0.0, 0.66, 1.0), *rng.uniform((-0.7, 0.50, 0.45), (0.7, 0.80, 0.70), (6, 3)).tolist()]
    for shift, up, size in heaps:
        sheet.ellipse(x + shift * crown, y - height * up, crown * size, crown * size * 0.92, dim)
    for shift, up, size in heaps:
        sheet.ellipse(
            x + shift * crown + side * crown * 0.16, y - height * (up + 0.045), crown * size * 0.80,
            crown * size * 0.72, lit,
        )  # fmt: skip


def draw_palm(
    painter: Painter, sheet: Sheet, x: float, y: float, height: float, colours: tuple[Colour, Colour, Colour]
) -> None:
    """Draw a palm that leans away from the light; colours are lit leaf, shaded leaf and bark."""
    rng = painter.rng
    lean = -painter.light_side * height * float(rng.uniform(0.12, 0.26))
    parts = np.linspace(0, 1, 12)
    stem_x = x + lean * parts**1.7
    stem_y = y - height * parts
    thick = height * (0.030 - 0.014 * parts)
    left, right = np.stack([stem_x - thick, stem_y], 1), np.stack([stem_x + thick, stem_y], 1)
    sheet.polygon(np.concatenate([left, right[::-1]]), colours[2])
    top = (float(stem_x[-1]), float(stem_y[-1]))
    for turn in rng.permutation(9):
        angle = np.radians(-200 + 27.5 * float(turn) + float(rng.uniform(-7, 7)))
        _draw_frond(sheet, top, angle, height * float(rng.uniform(0.40, 0.52)), colours[int(turn) % 2])


def _draw_frond(sheet: Sheet, top: tuple[float, float], angle: float, length: float, colour: Colour) -> None:
    """Draw one palm leaf: it rises, bends down under its weight, and is fringed below."""
    parts = np.linspace(0, 1, 15)
    spine_x = top[0] + np.cos(angle) * length * parts
    spine_y = top[1] + np.sin(angle) * length * parts + length * 0.55 * parts**2.2
    wide = length * 0.085 * np.sin(np.pi * np.clip(parts * 0.94 + 0.06, 0, 1)) ** 0.8
    fringe = np.where(np.arange(15) % 2, 1.7, 0.7)
    upper = np.stack([spine_x, spine_y - wide * 0.55], 1)
    lower = np.stack([spine_x, spine_y + wide * fringe], 1)
    sheet.polygon(np.concatenate([upper, lower[::-1]]), colour)


def draw_bush(
    painter: Painter, sheet: Sheet, x: float, y: float, width: float, colours: tuple[Colour, Colour]
) -> None:
    """Draw a low bush with its flat foot at (x, y); colours are lit and shaded leaves."""
    rng, side = painter.rng, painter.light_side
    places = np.linspace(-0.36, 0.36, 5) + rng.normal(0, 0.03, 5)
    sizes = (0.30 - 0.42 * np.abs(places) ** 1.4) * rng.uniform(0.85, 1.15, 5)
    for lit, colour in ((False, colours[1]), (True, colours[0])):
        for place, size in zip(places, sizes, strict=True):
            radius = width * size * (0.74 if lit else 1.0)
            centre = (
                x + width * (place + (0.05 * side if lit else 0.0)),
                y - width * size * (0.95 if lit else 0.55),
            )
            points = ellipse_points(*centre, radius, radius)
            points[:, 1] = np.minimum(points[:, 1], y)
            sheet.polygon(points, colour)


def draw_grass(
    painter: Painter, sheet: Sheet, y: float, height: float, colours: tuple[Colour, ...], *, spacing: float
) -> None:
    """Draw a row of grass blades across the layer, about ``height`` px tall, standing at about ``y``."""
    rng = painter.rng
    count = int(painter.view.shape[1] / spacing)
    for x in np.sort(rng.random(count)) * painter.view.shape[1]:
        tall = height * float(rng.uniform(0.45, 1.15))
        lean = tall * float(rng.normal(0.0, 0.28))
        wide = max(0.8, height * 0.05)
        foot = y + height * float(rng.uniform(0.0, 0.3))
        colour = colours[int(rng.integers(len(colours)))]
        sheet.polygon(
            [(x - wide, foot), (x + lean * 0.35 - wide * 0.6, foot - tall * 0.6), (x + lean, foot - tall),
             (x + lean * 0.35 + wide * 0.6, foot - tall * 0.6), (x + wide, foot)],
            colour,
        )  # fmt: skip


def draw_flowers(
    painter: Painter, sheet: Sheet, *, top: float, bottom: float, number: int, colours: tuple[Colour, ...]
) -> None:
    """Strew small flowers between two heights (fractions of the frame), larger towards the foot."""
    rng, view = painter.rng, painter.view
    for _ in range(number):
        near = float(rng.random())
        x, y = rng.random() * view.shape[1], view.y(top + (bottom - top) * near)
        size = view.unit * (0.0025 + 0.006 * near)
        colour = colours[int(rng.integers(len(colours)))]
        for petal in range(5):
            angle = petal * 2 * np.pi / 5
            sheet.ellipse(
                x + np.cos(angle) * size, y + np.sin(angle) * size * 0.7, size * 0.7, size * 0.55, colour
            )
        sheet.ellipse(x, y, size * 0.55, size * 0.45, mix(colour, (255, 224, 120), 0.7))


def draw_rock(
    painter: Painter, sheet: Sheet, x: float, y: float, width: float, colours: tuple[Colour, Colour]
) -> None:
    """Draw a boulder with a lit top."""
    rng = painter.rng
    points = ellipse_points(x, y, width / 2, width * 0.36, count=11)
    points = points + (rng.uniform(-0.05, 0.05, points.shape) * width).astype(np.float32)
    points[:, 1] = np.minimum(points[:, 1], y + width * 0.05)
    sheet.polygon(points, colours[1])
    upper = points[points[:, 1] < y - width * 0.02]
    if len(upper) > 2:
        centre = upper.mean(0) + np.array([painter.light_side * width * 0.05, -width * 0.02])
        sheet.polygon((upper - upper.mean(0)) * 0.80 + centre, colours[0], opacity=0.9)


def draw_cactus(
    painter: Painter, sheet: Sheet, x: float, y: float, height: float, colours: tuple[Colour, Colour]
) -> None:
    """Draw a saguaro with two arms."""
    thick, side = height * 0.095, painter.light_side
    for shift, colour, wide in ((0.0, colours[1], 1.0), (side * thick * 0.28, colours[0], 0.45)):
        sheet.rounded(
            x - thick * wide + shift,
            y - height,
            x + thick * wide + shift,
            y + thick,
            colour,
            radius=thick * wide,
        )
    for arm, low, high in ((-1, 0.42, 0.78), (1, 0.32, 0.64)):
        reach = arm * thick * 2.7
        half = thick * 0.62
        left, right = sorted((x, x + reach))
        sheet.rounded(
            left - half,
            y - height * low - half,
            right + half,
            y - height * low + half,
            colours[1],
            radius=half,
        )
        sheet.rounded(
            x + reach - half,
            y - height * high,
            x + reach + half,
            y - height * low + half,
            colours[1],
            radius=half,
        )
        sheet.rounded(
            x + reach + side * half * 0.3 - half * 0.4, y - height * high + half * 0.3,
            x + reach + side * half * 0.3 + half * 0.4, y - height * low, colours[0], radius=half * 0.4,
        )  # fmt: skip


def draw_coral(painter: Painter, sheet: Sheet, x: float, y: float, height: float, colour: Colour) -> None:
    """Draw a branching coral."""
    rng = painter.rng

    def branch(start: tuple[float, float], angle: float, length: float, thick: float, left: int) -> None:
        end = (start[0] + np.cos(angle) * length, start[1] + np.sin(angle) * length)
        tone = shade(colour, light=0.03 * (3 - left))
        sheet.line([start, end], tone, thick)
        sheet.ellipse(*end, thick / 2, thick / 2, tone)
        if left:
            for turn in (-0.5, 0.05, 0.55):
                branch(
                    end, angle + turn + float(rng.uniform(-0.15, 0.15)), length * 0.72, thick * 0.72, left - 1
                )

    branch((x, y), -np.pi / 2, height * 0.34, height * 0.13, 3)


def draw_weed(painter: Painter, sheet: Sheet, x: float, y: float, height: float, colour: Colour) -> None:
    """Draw one waving ribbon of seaweed."""
    parts = np.linspace(0, 1, 22)
    phase = float(painter.rng.uniform(0, 6))
    middle = x + height * 0.10 * np.sin(parts * 6.5 + phase) * parts
    wide = height * 0.045 * np.sin(np.pi * np.clip(parts * 0.9 + 0.1, 0, 1)) ** 0.7
    rows = y - height * parts
    outline = np.concatenate([np.stack([middle - wide, rows], 1), np.stack([middle + wide, rows], 1)[::-1]])
    sheet.polygon(outline, colour)
