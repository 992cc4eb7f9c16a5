"""Landmarks that are wider than high: pyramids, wall, mausoleum, arena, bridge."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from PIL import Image

from models.materials.drawn_canvas import Canvas, Colour, Point, box

__all__ = ["colosseum", "golden_gate_bridge", "great_wall", "pyramids", "taj_mahal"]

_SAND_LIT: Final[tuple[Colour, Colour]] = ((255, 222, 146), (232, 176, 96))
_SAND_DIM: Final[tuple[Colour, Colour]] = ((196, 132, 70), (146, 92, 52))
_MARBLE: Final[tuple[Colour, Colour]] = ((255, 253, 250), (206, 198, 208))
_MARBLE_DIM: Final[tuple[Colour, Colour]] = ((176, 168, 186), (136, 128, 150))
_TRAVERTINE: Final[tuple[Colour, Colour]] = ((246, 214, 164), (176, 126, 84))
_TRAVERTINE_DIM: Final[tuple[Colour, Colour]] = ((122, 82, 58), (86, 56, 44))
_INTERNATIONAL_ORANGE: Final[tuple[Colour, Colour]] = ((240, 96, 62), (176, 46, 34))
#: Outline of the hills behind the Great Wall.
_RIDGE: Final[tuple[Point, ...]] = tuple(
    zip((0, 2, 16, 30, 44, 60, 78, 94, 100, 100), (98, 70, 52, 44, 48, 36, 46, 62, 76, 98), strict=True)
)


def pyramids() -> Image.Image:
    """Three pyramids, each with a lit and a dim side, on a strip of sand."""
    canvas = Canvas()
    canvas.ellipse((50, 86), (49, 7), (248, 216, 150), (206, 156, 92))
    for tip, base, left, right, fold in (
        (20.0, 84.0, 50.0, 99.0, 80.0),
        (30.0, 86.0, 1.0, 56.0, 36.0),
        (13.0, 90.0, 12.0, 92.0, 62.0),
    ):
        middle = left + (right - left) * 0.5
        canvas.fill([(middle, tip), (left, base), (fold, base + 2.5)], *_SAND_LIT, vertical=0.6)
        canvas.fill([(middle, tip), (fold, base + 2.5), (right, base)], *_SAND_DIM, vertical=0.6)
        courses: list[tuple[Point, Point]] = []
        for share in np.linspace(0.18, 0.92, 8):
            down = float(share)
            start = (middle + (left - middle) * down, tip + (base - tip) * down)
            bend = (middle + (fold - middle) * down, tip + (base + 2.5 - tip) * down)
            courses.append((start, bend))
        canvas.lines(courses, (216, 162, 92), width=0.5)
    return canvas.image


def great_wall() -> Image.Image:
    """A watchtower on a green ridge and the wall that winds down from it."""
    canvas = Canvas()
    canvas.fill(_RIDGE, (140, 196, 96), (58, 116, 66), vertical=0.6, soft=1.5)
    canvas.fill(
        [(0, 98), (6, 84), (24, 74), (44, 80), (70, 72), (92, 82), (100, 98)],
        (104, 168, 80),
        (40, 92, 58),
        vertical=0.5,
    )
    _wall_path(canvas)
    canvas.fill(box(58, 18, 90, 52), (232, 212, 180), (158, 130, 104))
    canvas.fill(box(55.5, 15, 92.5, 21), (246, 232, 204), (186, 160, 130))
    for x in (55.5, 64.0, 72.5, 81.0, 88.5):
        canvas.fill(box(x, 9.5, x + 4.0, 16), (246, 232, 204), (186, 160, 130))
    for x in (63.0, 72.0, 81.0):
        canvas.fill(box(x, 28, x + 4.6, 37), (92, 72, 64), (66, 50, 48))
    canvas.fill(box(69, 41, 78, 52), (92, 72, 64), (66, 50, 48))
    return canvas.image


def taj_mahal() -> Image.Image:
    """White mausoleum on its platform: onion dome, two small domes, four minarets."""
    canvas = Canvas()
    for x in (6.5, 93.5, 19.0, 81.0):
        far = x in (19.0, 81.0)
        top, half = (34.0, 1.7) if far else (26.0, 2.3)
        canvas.fill(box(x - half, top, x + half, 86), *_MARBLE)
        for y in (top + 4, 52.0, 68.0):
            canvas.fill(box(x - half * 1.6, y, x + half * 1.6, y + 1.6), *_MARBLE_DIM)
        canvas.ellipse((x, top), (half * 1.5, half * 1.7), *_MARBLE)
    canvas.fill(box(24, 52, 76, 87), *_MARBLE)
    for x in (34.0, 66.0):
        canvas.fill(box(x - 4.5, 44, x + 4.5, 52), *_MARBLE)
        canvas.ellipse((x, 42.5), (5.6, 5.6), *_MARBLE)
        canvas.fill(box(x - 0.4, 33.5, x + 0.4, 38), (230, 190, 90), (180, 136, 52))
    canvas.fill(box(39.5, 38, 60.5, 47), *_MARBLE)
    canvas.fill(_onion(50.0, 41.0, 14.0, 31.0), *_MARBLE, soft=1.2)
    canvas.fill(box(49.3, 4.5, 50.7, 13), (244, 206, 104), (190, 142, 52))
    canvas.fill(box(38, 46.5, 62, 87), (255, 254, 252), (222, 214, 222))
    canvas.fill(_arch(50.0, 87.0, 8.2, 33.0), *_MARBLE_DIM)
    canvas.fill(_arch(50.0, 87.0, 5.0, 22.0), (112, 102, 128), (84, 76, 102))
    for x in (30.5, 69.5):
        for base in (86.0, 69.0):
            canvas.fill(_arch(x, base, 4.0, 13.0), *_MARBLE_DIM)
    canvas.fill(box(1, 86, 99, 92), (250, 244, 240), (190, 180, 190))
    canvas.fill(box(1, 92, 99, 96), (196, 120, 96), (140, 76, 66))
    return canvas.image


def colosseum() -> Image.Image:
    """Three rings of arches on an oval, the outer wall broken down on the right."""
    canvas = Canvas()
    canvas.ellipse((50, 40), (46, 15), *_TRAVERTINE_DIM)
    canvas.ellipse((50, 43), (40, 11.5), (200, 158, 112), (150, 108, 76))
    canvas.ellipse((50, 46), (30, 7.0), (232, 200, 150), (190, 146, 100))
    canvas.fill(_curtain(76.0, 42.0, 1.0), (214, 170, 118), (156, 108, 74))
    heights = [(92.0, 72.0), (73.0, 54.5), (55.5, 38.0)]
    for ring, (bottom, top) in enumerate(heights):
        reach = 0.42 if ring == 2 else (0.74 if ring == 1 else 1.0)
        canvas.fill(_curtain(bottom, top, reach), *_TRAVERTINE)
        canvas.fill(_curtain(top + 2.6, top, reach), (255, 230, 186), (196, 148, 102))
        for angle in np.linspace(-0.92, 0.92, 15):
            if float(angle) > reach * 1.7 - 0.85:
                continue
            x = 50 + 46 * float(np.sin(angle * np.pi / 2))
            sag = 7.5 * float(np.cos(angle * np.pi / 2))
            half = 2.35 * float(np.cos(angle * np.pi / 2.4)) + 0.4
            canvas.fill(_arch(x, bottom - 8.0 + sag, half, (bottom - top) * 0.6), *_TRAVERTINE_DIM)
    return canvas.image


def golden_gate_bridge() -> Image.Image:
    """Two orange towers, the hanging cables, the deck; blue water and green shore."""
    canvas = Canvas()
    canvas.ellipse((50, 90), (49, 8), (120, 206, 240), (42, 122, 192))
    canvas.fill([(0, 90), (0, 74), (8, 70), (16, 78), (20, 88)], (126, 178, 92), (66, 118, 66))
    canvas.fill([(100, 90), (100, 72), (93, 68), (86, 76), (80, 88)], (110, 164, 84), (52, 100, 58))
    cable: list[Point] = []
    for x in np.linspace(0.0, 100.0, 80):
        across = float(x)
        if 26 <= across <= 74:
            cable.append((across, 64.0 - 46.0 * ((across - 50.0) / 24.0) ** 2))
        else:
            away = (26.0 - across) if across < 26 else (across - 74.0)
            cable.append((across, 18.0 + 48.0 * (away / 26.0) ** 0.9))
    canvas.lines([((x, y), (x, 69.0)) for x, y in cable[::3]], (226, 92, 66), width=0.55)
    canvas.lines(list(pairwise(cable)), (236, 88, 58), width=1.7)
    canvas.fill(box(0, 67, 100, 71.5), *_INTERNATIONAL_ORANGE, vertical=0.7)
    canvas.lines(
        [((x, 71.5), (x + 4, 75.5)) for x in np.arange(0.0, 96.0, 8.0).tolist()], (190, 58, 42), width=0.8
    )
    canvas.lines([((0, 75.5), (100, 75.5))], (190, 58, 42), width=1.0)
    for x in (26.0, 74.0):
        canvas.fill([(x - 4.2, 10), (x - 1.6, 10), (x - 1.6, 88), (x - 5.2, 88)], *_INTERNATIONAL_ORANGE)
        canvas.fill([(x + 1.6, 10), (x + 4.2, 10), (x + 5.2, 88), (x + 1.6, 88)], *_INTERNATIONAL_ORANGE)
        for y in (11.0, 25.0, 39.0, 53.0):
            canvas.fill(box(x - 4.4, y, x + 4.4, y + 4.0), (248, 118, 80), (186, 54, 38))
        canvas.fill(box(x - 7.5, 86, x + 7.5, 92), (206, 198, 190), (140, 130, 128))
    return canvas.image


def _wall_path(canvas: Canvas) -> None:
    """The wall that climbs to the tower, narrower with distance, with its battlements."""
    path: list[Point] = [(8.0, 95.0), (24.0, 83.0), (40.0, 79.0), (54.0, 70.0), (60.0, 58.0), (66.0, 47.0)]
    widths = [16.0, 13.5, 11.5, 10.0, 9.0, 8.0]
    for (start, end), (near, far) in zip(pairwise(path), pairwise(widths), strict=True):
        (x0, y0), (x1, y1) = start, end
        canvas.fill(
            [(x0, y0 - near), (x1, y1 - far), (x1, y1 + 1), (x0, y0 + 1)], (226, 206, 172), (166, 140, 112)
        )
        canvas.fill(
            [(x0, y0 - near), (x1, y1 - far), (x1, y1 - far * 0.72), (x0, y0 - near * 0.72)],
            (246, 232, 204),
            (196, 172, 140),
        )
        for share in (0.1, 0.45, 0.8):
            x, y = x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
            high = near + (far - near) * share
            canvas.fill(box(x, y - high * 1.18, x + 3.0, y - high * 0.9), (250, 238, 214), (206, 184, 152))


def _onion(x: float, base: float, half: float, height: float) -> list[Point]:
    """Outline of an onion dome that stands on `base`, half as wide as `half`, `height` units high."""
    shape = [
        (0.80, 0.0),
        (0.97, 0.14),
        (1.0, 0.30),
        (0.92, 0.47),
        (0.72, 0.64),
        (0.42, 0.80),
        (0.16, 0.92),
        (0.0, 1.0),
    ]
    right = [(x + wide * half, base - high * height) for wide, high in shape]
    return right + [(2 * x - px, py) for px, py in right[::-1]]


def _arch(x: float, base: float, half: float, height: float) -> list[Point]:
    """Outline of a pointed arch that stands on `base`."""
    shape = [(1.0, 0.0), (1.0, 0.6), (0.88, 0.76), (0.55, 0.92), (0.0, 1.0)]
    right = [(x + wide * half, base - high * height) for wide, high in shape]
    return right + [(2 * x - px, py) for px, py in right[::-1]]


def _curtain(bottom: float, top: float, reach: float) -> list[Point]:
    """The front of an oval wall between two heights, from the left end to `reach` (1 is the right end)."""
    angles = np.linspace(-np.pi / 2, np.pi / 2 * (2 * reach - 1), 40)
    upper = [(50 + 48 * float(np.sin(a)), top + 6.5 * float(np.cos(a))) for a in angles]
    lower = [(50 + 48 * float(np.sin(a)), bottom - 4 + 6.5 * float(np.cos(a))) for a in angles[::-1]]
    return upper + lower
