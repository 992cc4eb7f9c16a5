"""What stands in rooms. All measures are px; x and y name the middle of a thing's foot."""

from __future__ import annotations

import numpy as np

from engine.generators.plates.canvas import Sheet
from engine.generators.plates.painter import Painter
from engine.oklab import mix, shade
from engine.scenery import Colour

#: Left, top, right, bottom, in px.
Box = tuple[float, float, float, float]


def draw_sofa(
    painter: Painter, sheet: Sheet, foot: tuple[float, float], width: float, colour: Colour
) -> None:
    """Draw a sofa with two cushions."""
    x, y = foot
    tall, half = width * 0.36, width / 2
    dark, light = shade(colour, light=-0.07), shade(colour, light=0.05)
    leg = mix(painter.tones.of("wood_dark"), painter.palette.near, 0.3)
    sheet.ellipse(x, y, half * 1.02, tall * 0.08, painter.palette.near, opacity=0.35)
    for place in (-0.86, 0.80):
        sheet.rectangle(x + half * place, y - tall * 0.14, x + half * (place + 0.06), y, leg)
    sheet.rounded(x - half * 0.92, y - tall, x + half * 0.92, y - tall * 0.2, dark, radius=tall * 0.2)
    for side in (-1, 1):
        left, right = sorted((x + side * half * 0.02, x + side * half * 0.84))
        sheet.rounded(left, y - tall * 0.92, right, y - tall * 0.36, colour, radius=tall * 0.14)
    sheet.rounded(
        x - half * 0.86, y - tall * 0.50, x + half * 0.86, y - tall * 0.12, light, radius=tall * 0.10
    )
    sheet.rectangle(x - half * 0.005, y - tall * 0.48, x + half * 0.005, y - tall * 0.14, dark)
    for side in (-1, 1):
        left, right = sorted((x + side * half * 0.80, x + side * half))
        sheet.rounded(left, y - tall * 0.66, right, y - tall * 0.10, colour, radius=tall * 0.12)
    for place, tone in ((-0.55, painter.tones.of("yellow")), (0.52, painter.tones.of("plaster_blue"))):
        size = tall * 0.17
        sheet.rounded(
            x + half * place - size,
            y - tall * 0.84,
            x + half * place + size,
            y - tall * 0.48,
            tone,
            radius=size * 0.35,
        )


def draw_shelf(painter: Painter, sheet: Sheet, box: Box, *, boards: int, things: str = "books") -> None:
    """Draw shelves full of ``things``: "books" or "flasks"."""
    left, top, right, bottom = box
    tones, rng = painter.tones, painter.rng
    wood = tones.of("wood")
    sheet.rectangle(left, top, right, bottom, tones.of("wood_dark", light=-0.04))
    step = (bottom - top) / boards
    thick = step * 0.07
    for index in range(boards):
        floor = top + step * (index + 1) - thick
        x = left + thick * 2
        while x < right - thick * 3:
            if things == "books":
                wide, tall = step * float(rng.uniform(0.10, 0.2)), step * float(rng.uniform(0.52, 0.82))
                if rng.random() < 0.12:
                    x += wide * 1.5
                    continue
                names = ("red", "blue", "yellow", "jade", "orange", "violet", "plaster", "slate")
                tone = tones.of(names[int(rng.integers(len(names)))])
                end = min(x + wide, right - thick * 2)
                sheet.rectangle(x, floor - tall, end, floor, tone)
                sheet.rectangle(x, floor - tall * 0.82, end, floor - tall * 0.72, shade(tone, light=0.12))
                x = end + step * 0.01
            else:
                x += _draw_flask(painter, sheet, x + step * 0.18, floor, step * float(rng.uniform(0.5, 0.75)))
        sheet.rectangle(left, floor, right, floor + thick, wood)
    for x in (left, right - thick * 1.6):
        sheet.rectangle(x, top, x + thick * 1.6, bottom, wood)
    sheet.rectangle(left - thick, top - thick * 1.5, right + thick, top, wood)


def _draw_flask(painter: Painter, sheet: Sheet, x: float, y: float, height: float) -> float:
    """Draw a bottle or flask with a coloured fluid at (x, y); return the room it takes."""
    rng, tones = painter.rng, painter.tones
    glass = mix(tones.of("glass", light=0.15), tones.of("white"), 0.5)
    fluid = tones.of(
        ("pink", "green", "orange", "violet", "blue", "yellow")[int(rng.integers(6))], light=0.04
    )
    half = height * 0.30
    if rng.random() < 0.5:
        neck, shoulder = height * 0.07, y - height * 0.55
        sides = [(x + neck, y - height), (x + neck, shoulder), (x + half, y)]
        body = [*sides, *((2 * x - across, down) for across, down in sides[::-1])]
        low = [
            (x - half * 0.62, y - height * 0.30),
            (x + half * 0.62, y - height * 0.30),
            (x + half, y),
            (x - half, y),
        ]
        sheet.polygon(body, glass, opacity=0.75)
        sheet.polygon(low, fluid)
    else:
        half = height * 0.17
        sheet.rounded(x - half, y - height * 0.8, x + half, y, glass, radius=half * 0.4, opacity=0.75)
        sheet.rounded(
            x - half, y - height * float(rng.uniform(0.3, 0.6)), x + half, y, fluid, radius=half * 0.4
        )
        sheet.rectangle(x - half * 0.6, y - height, x + half * 0.6, y - height * 0.8, tones.of("slate"))
    sheet.rectangle(
        x - half * 0.55, y - height * 0.26, x - half * 0.3, y - height * 0.06, (255, 255, 255), opacity=0.45
    )
    return height * 0.78


def draw_table(painter: Painter, sheet: Sheet, box: Box, colour: Colour) -> None:
    """Draw a table or bench from the front: a top, legs, a drawer."""
    left, top, right, bottom = box
    thick = (bottom - top) * 0.10
    dark = shade(colour, light=-0.09)
    sheet.ellipse(
        (left + right) / 2, bottom, (right - left) * 0.52, thick * 0.8, painter.palette.near, opacity=0.3
    )
    sheet.rectangle(left + thick, top + thick, right - thick, top + thick * 2.8, dark)
    for x in (left + thick * 0.6, right - thick * 1.8):
        sheet.rectangle(x, top + thick, x + thick * 1.2, bottom, shade(colour, light=-0.05))
    sheet.rounded(left, top, right, top + thick, colour, radius=thick * 0.3)


def draw_plant(painter: Painter, sheet: Sheet, x: float, y: float, height: float) -> None:
    """Draw a potted plant."""
    tones, rng = painter.tones, painter.rng
    pot = tones.of("tile")
    lit, dim = tones.of("leaf"), mix(tones.of("pine"), painter.palette.near, 0.2)
    wide = height * 0.17
    for index, angle in enumerate(np.linspace(-158, -22, 9)[rng.permutation(9)]):
        a = np.radians(angle + float(rng.uniform(-6, 6)))
        reach = height * (0.55 + 0.22 * np.sin(-a)) * float(rng.uniform(0.85, 1.1))
        tip = (x + np.cos(a) * reach * 0.8, y - height * 0.30 + np.sin(a) * reach)
        side = np.array([-np.sin(a), np.cos(a)]) * height * 0.062
        middle = np.array([x + np.cos(a) * reach * 0.36, y - height * 0.32 + np.sin(a) * reach * 0.55])
        sheet.polygon(
            [(x, y - height * 0.26), tuple(middle + side), tip, tuple(middle - side)], (dim, lit)[index % 2]
        )
    sheet.polygon(
        [
            (x - wide, y - height * 0.28),
            (x + wide, y - height * 0.28),
            (x + wide * 0.72, y),
            (x - wide * 0.72, y),
        ],
        pot,
    )
    sheet.rectangle(
        x - wide * 1.12, y - height * 0.31, x + wide * 1.12, y - height * 0.25, shade(pot, light=0.05)
    )


def draw_floor_lamp(painter: Painter, sheet: Sheet, x: float, y: float, height: float) -> None:
    """Draw a standing lamp with a cloth shade."""
    tones = painter.tones
    post = mix(tones.of("slate"), painter.palette.near, 0.3)
    sheet.rounded(x - height * 0.09, y - height * 0.02, x + height * 0.09, y, post, radius=height * 0.01)
    sheet.rectangle(x - height * 0.009, y - height * 0.78, x + height * 0.009, y, post)
    if tones.dark:
        sheet.glow(x, y - height * 0.86, height * 0.85, tones.lamp, strength=0.6)
    cloth = mix(tones.of("plaster"), tones.lamp, 0.9 if tones.dark else 0.2)
    sheet.trapeze((x, y - height * 0.76), height * 0.15, (x, y - height), height * 0.09, cloth)
