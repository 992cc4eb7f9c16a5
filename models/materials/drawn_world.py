"""Landmarks of Asia, Australia and Europe: opera house, gates, temples, bridge, stones."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from PIL import Image

from models.materials.drawn_canvas import Canvas, Colour, Point, box

__all__ = [
    "arc_de_triomphe",
    "forbidden_city",
    "oriental_pearl",
    "parthenon",
    "stonehenge",
    "sydney_opera",
    "temple_of_heaven",
    "tower_bridge",
]

_SHELL: Final[tuple[Colour, Colour]] = ((255, 255, 252), (206, 210, 222))
_LIMESTONE: Final[tuple[Colour, Colour]] = ((248, 230, 196), (184, 154, 120))
_LIMESTONE_DIM: Final[tuple[Colour, Colour]] = ((170, 138, 108), (120, 94, 78))
_GLAZED_ROOF: Final[tuple[Colour, Colour]] = ((255, 206, 84), (206, 128, 34))
_PALACE_RED: Final[tuple[Colour, Colour]] = ((224, 74, 58), (142, 28, 34))
_BLUE_TILE: Final[tuple[Colour, Colour]] = ((84, 140, 224), (26, 52, 128))
_GOLD: Final[tuple[Colour, Colour]] = ((255, 226, 120), (206, 148, 44))
_WHITE_STONE: Final[tuple[Colour, Colour]] = ((252, 250, 246), (196, 192, 198))
_ROCK: Final[tuple[Colour, Colour]] = ((196, 196, 200), (112, 112, 124))


def sydney_opera() -> Image.Image:
    """Sail-like shells on a brown podium at the water."""
    canvas = Canvas()
    canvas.ellipse((50, 88), (49, 8), (120, 206, 240), (42, 122, 192))
    for tip_x, tip_y, back, foot in (
        (22.0, 40.0, 34.0, 12.0),
        (38.0, 20.0, 55.0, 26.0),
        (58.0, 30.0, 70.0, 46.0),
        (74.0, 46.0, 82.0, 62.0),
    ):
        bend = [
            (
                tip_x + (back - tip_x) * float(t) + 7.0 * float(np.sin(t * np.pi)),
                tip_y + (80.0 - tip_y) * float(t) ** 1.3,
            )
            for t in np.linspace(0, 1, 16)
        ]
        front = [
            (
                foot + (tip_x - foot) * float(t) - 4.5 * float(np.sin(t * np.pi)),
                80.0 - (80.0 - tip_y) * float(t),
            )
            for t in np.linspace(0, 1, 16)
        ]
        canvas.fill(front + bend, *_SHELL, soft=1.0)
        inner = [
            (foot + 2.0 + (tip_x - foot) * float(t) * 0.92, 80.0 - (80.0 - tip_y) * float(t) * 0.9)
            for t in np.linspace(0, 1, 16)
        ]
        canvas.fill([*front, *inner[::-1]], (186, 192, 210), (150, 158, 182))
    small = [(84.0, 80.0), (88, 60), (95, 68), (97, 80)]
    canvas.fill(small, *_SHELL, soft=0.8)
    canvas.fill([(5, 79), (97, 79), (95, 89), (9, 89)], (206, 164, 130), (146, 104, 84))
    canvas.fill(box(10, 82.5, 92, 84.5), (110, 86, 82), (86, 64, 66))
    return canvas.image


def arc_de_triomphe() -> Image.Image:
    """One great vault, two carved piers, a heavy attic."""
    canvas = Canvas()
    canvas.fill(box(12, 24, 88, 98), *_LIMESTONE)
    canvas.fill(box(14, 12, 86, 20), *_LIMESTONE)
    for x in np.arange(16.0, 82.0, 7.4).tolist():
        canvas.fill(box(x, 13.6, x + 4.4, 18.4), *_LIMESTONE_DIM)
    canvas.fill(box(9, 19.5, 91, 25.0), (255, 240, 210), (196, 168, 134))
    canvas.fill(box(12, 31, 88, 35), *_LIMESTONE_DIM)
    canvas.fill(box(10.5, 34.5, 89.5, 37), (255, 240, 210), (196, 168, 134))
    for left in (17.0, 70.0):
        canvas.fill(box(left, 41, left + 13, 54), *_LIMESTONE_DIM)
        canvas.fill(
            [
                (left + 1, 88),
                (left + 1, 68),
                (left + 5, 61),
                (left + 9, 64),
                (left + 12, 72),
                (left + 12, 88),
            ],
            (206, 176, 140),
            (140, 110, 88),
        )
        canvas.fill(box(left - 2.5, 89, left + 15.5, 98), (255, 240, 210), (196, 168, 134))
    vault = [
        (50 + 14.5 * float(np.cos(a)), 60.0 - 14.5 * float(np.sin(a))) for a in np.linspace(0, np.pi, 40)
    ]
    canvas.fill([*vault, (35.5, 98.0), (64.5, 98.0)], (148, 118, 94), (104, 80, 68))
    canvas.holes(
        [
            [
                (50 + 11.5 * float(np.cos(a)), 62.0 - 11.5 * float(np.sin(a)))
                for a in np.linspace(0, np.pi, 40)
            ]
            + [(38.5, 98.5), (61.5, 98.5)]
        ]
    )
    return canvas.image


def oriental_pearl() -> Image.Image:
    """Three slanting legs, three columns, two great pink spheres and a small one, the mast."""
    canvas = Canvas()
    steel = ((232, 236, 244), (142, 152, 172))
    canvas.fill(box(49.4, 1, 50.6, 16), (236, 120, 120), (170, 60, 70))
    canvas.fill(box(48.4, 12, 51.6, 30), *steel)
    for side in (-1.0, 1.0):
        canvas.fill(
            [(50 + side * 8, 64), (50 + side * 12, 64), (50 + side * 33, 97), (50 + side * 27, 97)], *steel
        )
    for x in (44.0, 48.6, 53.2):
        canvas.fill(box(x, 28, x + 2.8, 97), *steel)
    for y in (46.0, 51.0, 56.0):
        canvas.ellipse((50, y), (4.6, 2.0), (244, 130, 160), (170, 50, 96))
    canvas.ellipse((50, 19.5), (4.4, 4.4), (255, 150, 176), (186, 52, 104))
    canvas.ellipse((50, 36), (9.6, 9.4), (255, 156, 182), (178, 44, 98))
    canvas.ellipse((50, 70), (13.6, 13.0), (255, 156, 182), (170, 40, 94))
    for centre, half, lift in ((36.0, 9.4, 1.2), (70.0, 13.4, 1.5)):
        canvas.fill(box(50 - half, centre - lift, 50 + half, centre + lift), (250, 240, 250), (176, 120, 160))
    canvas.ellipse((45.6, 31.5), (2.6, 2.0), (255, 232, 240), (255, 190, 208))
    canvas.ellipse((44.0, 63.5), (3.6, 2.6), (255, 232, 240), (255, 190, 208))
    canvas.fill([(14, 96), (86, 96), (90, 99), (10, 99)], (166, 206, 150), (98, 146, 100))
    return canvas.image


def temple_of_heaven() -> Image.Image:
    """A round hall with three blue roofs on three white terraces."""
    canvas = Canvas()
    _terraces(canvas)
    for half, eave, top, bottom in (
        (27.0, 34.0, 56.0, 79.0),
        (21.0, 27.5, 38.0, 52.0),
        (15.0, 20.5, 23.0, 34.0),
    ):
        canvas.fill(box(50 - half, top, 50 + half, bottom), *_PALACE_RED)
        for x in np.linspace(50 - half + 1.5, 50 + half - 4, 7).tolist():
            canvas.fill(box(x, top + 6, x + 1.8, bottom), (250, 190, 90), (170, 100, 50))
        canvas.fill(box(50 - half, top + 4, 50 + half, top + 6.5), (72, 160, 130), (36, 92, 88))
        roof = [
            (50 - eave, top + 4.6),
            (50 - half * 0.9, top - 3.4),
            (50 - half * 0.62, top - 9.0),
            (50 + half * 0.62, top - 9.0),
            (50 + half * 0.9, top - 3.4),
            (50 + eave, top + 4.6),
        ]
        canvas.fill(roof, *_BLUE_TILE, vertical=0.3)
        canvas.fill(
            [
                (50 - eave, top + 4.2),
                (50 + eave, top + 4.2),
                (50 + eave * 0.96, top + 6.2),
                (50 - eave * 0.96, top + 6.2),
            ],
            *_GOLD,
        )
    canvas.fill(
        [(38.5, 16), (61.5, 16), (55, 9.5), (51.5, 6), (48.5, 6), (45, 9.5)], *_BLUE_TILE, vertical=0.3
    )
    canvas.ellipse((50, 4.6), (2.9, 3.4), *_GOLD)
    return canvas.image


def forbidden_city() -> Image.Image:
    """The palace gate: red wall with five arches, red columns, two golden hip roofs."""
    canvas = Canvas()
    canvas.fill(box(2, 66, 98, 96), (214, 66, 54), (146, 30, 36))
    canvas.fill(box(1, 63.5, 99, 67), *_WHITE_STONE)
    canvas.fill(box(1, 93, 99, 98), *_WHITE_STONE)
    for x, half, high in (
        (50.0, 5.4, 19.0),
        (33.0, 4.2, 15.5),
        (67.0, 4.2, 15.5),
        (18.0, 3.4, 13.0),
        (82.0, 3.4, 13.0),
    ):
        top = [
            (x + half * float(np.cos(a)), 93.0 - high + half - half * float(np.sin(a)))
            for a in np.linspace(0, np.pi, 24)
        ]
        canvas.fill([*top, (x - half, 93.5), (x + half, 93.5)], (92, 34, 36), (58, 22, 28))
    canvas.fill(box(12, 44, 88, 63.5), *_PALACE_RED)
    for x in np.linspace(13.0, 84.5, 11).tolist():
        canvas.fill(box(x, 46, x + 2.6, 63.5), (250, 110, 84), (170, 44, 44))
    canvas.fill(box(12, 44.5, 88, 48.0), (72, 150, 140), (40, 80, 120))
    _hip_roof(canvas, top=32.0, bottom=45.0, ridge=33.0, eave=48.0)
    canvas.fill(box(22, 24, 78, 32.5), *_PALACE_RED)
    canvas.fill(box(22, 23.5, 78, 26.5), (72, 150, 140), (40, 80, 120))
    _hip_roof(canvas, top=9.0, bottom=24.5, ridge=24.0, eave=38.0)
    for x in (26.0, 74.0):
        canvas.fill(box(x - 1.6, 5.5, x + 1.6, 11.5), *_GOLD)
    return canvas.image


def tower_bridge() -> Image.Image:
    """Two Gothic towers, a walkway above, the blue deck and its hanging side spans."""
    canvas = Canvas()
    canvas.ellipse((50, 91), (49, 7), (120, 206, 240), (42, 122, 192))
    for sign, tower in ((-1.0, 29.0), (1.0, 71.0)):
        outer = [
            (tower + sign * t * 29.0, 40.0 + 30.0 * float(t) ** 0.7)
            for t in np.linspace(0.1, 1.0, 20).tolist()
        ]
        canvas.lines(list(pairwise(outer)), (70, 140, 210), width=2.2)
        canvas.lines([(point, (point[0], 74.0)) for point in outer[::3]], (120, 180, 230), width=0.8)
    canvas.fill(box(0, 73, 100, 77.5), (96, 164, 226), (44, 96, 168))
    canvas.fill(box(29, 33, 71, 36.5), (132, 190, 236), (66, 120, 190))
    canvas.fill(box(29, 38.5, 71, 40), (132, 190, 236), (66, 120, 190))
    for x in (29.0, 71.0):
        canvas.fill(box(x - 8, 24, x + 8, 90), *_LIMESTONE)
        canvas.fill([(x - 7, 24), (x + 7, 24), (x, 6)], (110, 124, 142), (60, 70, 92))
        for side in (-7.4, 7.4):
            canvas.fill(box(x + side - 1.8, 19, x + side + 1.8, 84), (255, 240, 210), (190, 162, 130))
            canvas.fill(
                [(x + side - 2.0, 19), (x + side + 2.0, 19), (x + side, 9.5)], (110, 124, 142), (60, 70, 92)
            )
        for y in (29.0, 43.0, 54.0):
            for column in (-3.6, 0.8):
                canvas.fill(box(x + column, y, x + column + 2.8, y + 6.5), (86, 84, 100), (62, 60, 78))
        canvas.fill(box(x - 4.4, 64, x + 4.4, 77), (112, 96, 92), (84, 70, 72))
        canvas.fill(box(x - 11, 84, x + 11, 93), (206, 196, 184), (146, 134, 128))
    return canvas.image


def stonehenge() -> Image.Image:
    """Standing stones with lintels on grass."""
    canvas = Canvas()
    canvas.ellipse((50, 82), (49, 13), (156, 206, 104), (86, 148, 70))
    for x in (14.0, 33.0, 52.0, 71.0):
        canvas.fill(
            [(x, 76), (x + 1, 46), (x + 7, 45), (x + 8.5, 76)], (160, 160, 168), (98, 98, 112), soft=0.8
        )
    for x in (14.0, 52.0):
        canvas.fill(
            [(x - 1, 46), (x, 40), (x + 27, 39.5), (x + 28.5, 45.5)],
            (174, 174, 182),
            (110, 110, 124),
            soft=0.6,
        )
    for x, top in ((4.0, 40.0), (24.0, 38.0), (56.0, 37.0), (78.0, 39.0)):
        canvas.fill([(x, 90), (x + 1.4, top), (x + 12, top - 1), (x + 14, 90)], *_ROCK, soft=1.2)
    for left, right, y in ((2.5, 40.0, 38.5), (54.0, 94.0, 38.0)):
        canvas.fill(
            [(left, y), (left + 2, y - 10), (right - 1.5, y - 11), (right, y - 1)],
            (214, 214, 218),
            (128, 128, 140),
            soft=1.2,
        )
    canvas.fill([(42, 95), (45, 87), (57, 86), (61, 94)], *_ROCK, soft=1.0)
    return canvas.image


def parthenon() -> Image.Image:
    """Eight fluted columns on three steps, entablature and a low gable."""
    canvas = Canvas()
    marble = ((255, 244, 222), (198, 172, 142))
    for half, y in ((48.0, 93.0), (46.0, 89.0), (44.0, 85.0)):
        canvas.fill(box(50 - half, y, 50 + half, y + 5), *marble)
        canvas.fill(box(50 - half, y + 3.6, 50 + half, y + 5), *_LIMESTONE_DIM)
    canvas.fill(box(11, 46, 89, 85), (130, 102, 86), (92, 72, 68))
    for x in np.linspace(8.5, 82.5, 8).tolist():
        canvas.fill([(x + 0.8, 47), (x + 8.2, 47), (x + 9.0, 85), (x, 85)], (255, 250, 236), (176, 148, 120))
        canvas.lines(
            [((x + flute, 49), (x + flute, 84)) for flute in (2.8, 4.6, 6.4)], (200, 174, 144), width=0.5
        )
        canvas.fill(box(x - 0.4, 44.5, x + 9.4, 48), *marble)
    canvas.fill(box(6, 35, 94, 45), *marble)
    for x in np.linspace(8.0, 89.0, 13).tolist():
        canvas.fill(box(x, 37.5, x + 3.0, 43), *_LIMESTONE_DIM)
    gable: list[Point] = [(3.0, 35.0), (50, 13), (97, 35)]
    canvas.fill(gable, *marble)
    canvas.fill([(14, 33), (50, 17.5), (86, 33)], (206, 172, 138), (156, 124, 100))
    return canvas.image


def _terraces(canvas: Canvas) -> None:
    """Three round steps of white stone with a flight of stairs."""
    for half, y in ((47.0, 91.0), (40.0, 84.5), (33.0, 78.5)):
        canvas.fill(
            [(50 - half, y), (50 + half, y), (50 + half + 1.5, y + 6.5), (50 - half - 1.5, y + 6.5)],
            *_WHITE_STONE,
        )
        canvas.fill(box(50 - half, y - 1.6, 50 + half, y), (214, 210, 216), (160, 156, 166))
    canvas.fill([(43, 97.5), (57, 97.5), (54.5, 77), (45.5, 77)], (222, 216, 214), (170, 164, 168))


def _hip_roof(canvas: Canvas, *, top: float, bottom: float, ridge: float, eave: float) -> None:
    """A golden roof with upturned corners; `ridge` and `eave` are half widths."""
    outline = [
        *((50 - across, y) for across, y in ((eave, bottom - 2.5), (eave * 0.88, bottom))),
        *((50 + across, y) for across, y in ((eave * 0.88, bottom), (eave, bottom - 2.5))),
        *((50 + across, y) for across, y in ((ridge * 1.12, top + 5.0), (ridge, top))),
        *((50 - across, y) for across, y in ((ridge, top), (ridge * 1.12, top + 5.0))),
    ]
    canvas.fill(outline, *_GLAZED_ROOF, vertical=0.4)
    canvas.fill(box(50 - ridge, top - 1.2, 50 + ridge, top + 1.6), (255, 232, 140), (226, 160, 60))
    canvas.fill(
        box(50 - eave * 0.88, bottom - 1.6, 50 + eave * 0.88, bottom + 0.8), (214, 150, 50), (150, 90, 30)
    )
