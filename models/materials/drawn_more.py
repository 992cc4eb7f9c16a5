"""More towers: clock tower, campanile, lighthouse, pagoda, skyscraper, windmill."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Final

from PIL import Image

from models.materials.drawn_canvas import Canvas, Colour, Point, box, turned

__all__ = ["big_ben", "leaning_tower", "lighthouse", "pagoda", "skyscraper", "windmill"]

_STONE: Final[tuple[Colour, Colour]] = ((238, 205, 150), (168, 122, 76))
_STONE_SHADE: Final[tuple[Colour, Colour]] = ((204, 164, 108), (140, 98, 60))
_SLATE: Final[tuple[Colour, Colour]] = ((106, 140, 138), (52, 76, 84))
_GOLD: Final[tuple[Colour, Colour]] = ((255, 226, 120), (206, 148, 44))
_WHITE: Final[tuple[Colour, Colour]] = ((255, 252, 246), (196, 190, 196))
_RED: Final[tuple[Colour, Colour]] = ((244, 92, 76), (172, 34, 40))
_GLASS: Final[tuple[Colour, Colour]] = ((150, 214, 246), (58, 110, 190))
_WINDOW: Final[Colour] = (74, 62, 70)


def big_ben() -> Image.Image:
    """A square tower with long ribs, four clock faces of which one is seen, a slate spire."""
    canvas = Canvas()
    canvas.fill(box(36, 44, 64, 98), *_STONE)
    for x in (39.0, 44.6, 50.2, 55.8):
        canvas.fill(box(x, 47, x + 4.2, 94), *_STONE_SHADE, vertical=0.2)
        for y in (52.0, 62.0, 72.0, 82.0):
            canvas.fill(box(x + 1.2, y, x + 3.0, y + 6.5), (96, 74, 62), (70, 52, 46))
    canvas.fill(box(34, 92, 66, 98.5), *_STONE)
    canvas.fill(box(32.5, 24, 67.5, 46), *_STONE)
    canvas.fill(box(31, 43.5, 69, 47), *_GOLD)
    canvas.fill(box(31, 21.5, 69, 25), *_GOLD)
    canvas.ellipse((50, 34.5), (10.6, 10.0), (186, 134, 52), (130, 86, 32))
    canvas.ellipse((50, 34.5), (9.0, 8.4), (255, 253, 244), (226, 222, 212))
    canvas.lines([((50, 34.5), (50, 28.4)), ((50, 34.5), (54.8, 36.4))], (40, 40, 52), width=1.3)
    canvas.fill([(32, 21.5), (68, 21.5), (59, 12), (41, 12)], *_SLATE)
    canvas.fill(box(42.5, 8.5, 57.5, 12.5), *_GOLD)
    canvas.fill([(42, 8.8), (58, 8.8), (50.6, 0.5), (49.4, 0.5)], *_SLATE)
    return canvas.image


def leaning_tower() -> Image.Image:
    """Eight rings of arches, tilted by twelve degrees (it leans four; drawings exaggerate)."""
    canvas = Canvas()
    lean = math.radians(11.0)
    pivot = (44.0, 97.0)

    def paint(outline: list[Point], light: Colour, dark: Colour) -> None:
        canvas.fill([turned(point, pivot, lean) for point in outline], light, dark)

    paint(box(29, 83, 59, 97), *_WHITE)
    for floor in range(6):
        bottom = 83.0 - floor * 10.6
        paint(box(30, bottom - 10.6, 58, bottom), (236, 228, 214), (156, 146, 150))
        for arch in range(6):
            left = 31.4 + arch * 4.4
            shade = 120 - arch * 8
            paint(
                box(left, bottom - 7.4, left + 2.7, bottom - 1.2), (shade, shade - 8, shade - 8), (84, 76, 84)
            )
        paint(box(28.6, bottom - 10.9, 59.4, bottom - 8.7), *_WHITE)
    paint(box(33, 10, 55, 19.6), (240, 232, 220), (166, 156, 160))
    for left in (35.6, 41.6, 47.6):
        paint(box(left, 12.6, left + 3.8, 19.0), (110, 100, 104), (84, 76, 84))
    paint(box(31.8, 8.4, 56.2, 11), *_WHITE)
    for left in (31.6, 38.0, 44.4, 50.8):
        paint(box(left, 87, left + 4.0, 96.5), (178, 168, 166), (126, 118, 124))
    canvas.ellipse((46, 97), (26, 2.6), (140, 200, 96), (80, 146, 62))
    return canvas.image


def lighthouse() -> Image.Image:
    """White and red bands on a rock, a lamp with its gallery."""
    canvas = Canvas()
    edges = [(24.0, 8.6), (37.0, 9.9), (50.0, 11.2), (63.0, 12.5), (76.0, 13.8), (88.0, 15.0)]
    for band, ((top, narrow), (bottom, wide)) in enumerate(pairwise(edges)):
        trapeze = [(50 - narrow, top), (50 + narrow, top), (50 + wide, bottom), (50 - wide, bottom)]
        canvas.fill(trapeze, *(_RED if band % 2 else _WHITE))
    canvas.fill(box(45.5, 76, 54.5, 88), (120, 78, 56), (84, 52, 40))
    for y in (44.0, 66.0):
        canvas.fill(box(47.6, y - 4, 52.4, y + 3), (86, 120, 150), (50, 74, 104))
    canvas.fill(box(37.5, 21, 62.5, 25), (92, 96, 108), (48, 50, 62))
    canvas.fill(box(42, 10.5, 58, 21), (255, 244, 170), (250, 190, 70))
    for x in (42.0, 47.0, 52.0, 57.0):
        canvas.fill(box(x - 0.1, 10.5, x + 1.1, 21), (92, 96, 108), (60, 62, 74))
    canvas.fill([(39.5, 11), (60.5, 11), (50.8, 2.0), (49.2, 2.0)], *_RED)
    rock = [(18.0, 98.0), (24, 90), (33, 86.5), (42, 88), (52, 86), (64, 87), (74, 90), (82, 98)]
    canvas.fill(rock, (158, 150, 148), (92, 84, 92), vertical=0.5)
    return canvas.image


def pagoda() -> Image.Image:
    """Five storeys with curved eaves that grow smaller upwards, a golden finial."""
    canvas = Canvas()
    canvas.fill(box(22, 93, 78, 98.5), (206, 198, 188), (138, 130, 128))
    heights = [93.0, 77.0, 62.0, 48.5, 36.5, 26.0]
    for floor, (bottom, top) in enumerate(pairwise(heights)):
        wall, eave = 21.0 - floor * 2.6, 34.0 - floor * 4.4
        canvas.fill(box(50 - wall, top + 4, 50 + wall, bottom), (230, 82, 62), (150, 32, 34))
        for side in (-0.55, 0.0, 0.55):
            middle = 50 + side * wall
            canvas.fill(box(middle - 2.2, top + 8, middle + 2.2, bottom), (110, 44, 36), (72, 26, 28))
        roof = [
            *((50 - across, top + down) for across, down in ((eave, 3.0), (eave * 0.82, 6.6))),
            *((50 + across, top + down) for across, down in ((eave * 0.82, 6.6), (eave, 3.0))),
            *((50 + across, top + down) for across, down in ((wall * 0.9, 0.6), (wall * 0.62, -3.2))),
            *((50 - across, top + down) for across, down in ((wall * 0.62, -3.2), (wall * 0.9, 0.6))),
        ]
        canvas.fill(roof, (70, 128, 118), (26, 62, 70), vertical=0.35)
        canvas.fill(
            [
                (50 - eave * 0.84, top + 6.0),
                (50 + eave * 0.84, top + 6.0),
                (50 + eave * 0.8, top + 7.4),
                (50 - eave * 0.8, top + 7.4),
            ],
            *_GOLD,
        )
    canvas.fill([(45, 23.5), (55, 23.5), (51, 12), (49, 12)], (70, 128, 118), (26, 62, 70))
    canvas.fill(box(49.1, 4, 50.9, 14), *_GOLD)
    canvas.ellipse((50, 12.5), (2.6, 2.2), *_GOLD)
    canvas.ellipse((50, 4.5), (1.7, 2.4), *_GOLD)
    return canvas.image


def skyscraper() -> Image.Image:
    """A stepped glass tower with rows of windows and a mast."""
    canvas = Canvas()
    canvas.fill(box(49.2, 1.5, 50.8, 14), (220, 226, 232), (130, 138, 150))
    for left, right, top in ((26.0, 74.0, 62.0), (31.0, 69.0, 34.0), (37.0, 63.0, 18.0), (43.0, 57.0, 10.5)):
        middle = left + (right - left) * 0.62
        canvas.fill(box(left, top, middle, 98.5), (178, 228, 250), (96, 160, 224))
        canvas.fill(box(middle, top, right, 98.5), (74, 128, 200), (40, 80, 150))
        canvas.fill(box(left, top, right, top + 1.6), (236, 246, 252), (150, 186, 220))
    for row in range(18):
        y = 22.0 + row * 4.2
        left, right = (29.0, 71.0) if y > 63 else ((34.0, 66.0) if y > 36 else (40.0, 60.0))
        count = int((right - left) // 4.4)
        for column in range(count):
            x = left + column * (right - left) / count
            lit = (row * 5 + column * 3) % 7 == 0
            canvas.fill(box(x, y, x + 2.6, y + 2.4), *((_GOLD) if lit else ((64, 112, 178), (36, 72, 132))))
    canvas.fill(box(44, 90, 56, 98.5), (50, 66, 96), (32, 44, 70))
    return canvas.image


def windmill() -> Image.Image:
    """A tapering brick mill, a dark cap, four latticed sails."""
    canvas = Canvas()
    canvas.fill([(40, 42), (60, 42), (69, 98), (31, 98)], (222, 138, 96), (138, 72, 52))
    for y in (56.0, 70.0):
        canvas.fill(box(46.5, y, 53.5, y + 7), (255, 240, 186), (216, 176, 96))
        canvas.lines([((50, y), (50, y + 7)), ((46.5, y + 3.5), (53.5, y + 3.5))], (110, 70, 50), width=0.8)
    canvas.fill(box(44.5, 83, 55.5, 98), (110, 64, 44), (78, 44, 34))
    canvas.fill([(34, 66), (66, 66), (67, 69), (33, 69)], (250, 244, 232), (190, 180, 172))
    cap = [(38.0, 43.0), (40, 34), (45, 29), (50, 27.5), (55, 29), (60, 34), (62, 43)]
    canvas.fill(cap, (112, 96, 96), (58, 46, 54), soft=1.0)
    hub = (50.0, 37.0)
    for quarter in range(4):
        angle = math.radians(33 + 90 * quarter)
        sail = [turned(point, hub, angle) for point in box(51.6, 3.5, 60.0, 31.5)]
        canvas.fill(sail, (255, 250, 238), (214, 204, 190))
        ribs = [
            (turned((50.6, y), hub, angle), turned((60.0, y), hub, angle))
            for y in (3.8, 10.6, 17.4, 24.2, 31.2)
        ]
        ribs += [(turned((x, 3.8), hub, angle), turned((x, 31.2), hub, angle)) for x in (55.6, 60.0)]
        canvas.lines(ribs, (150, 104, 70), width=0.7)
        canvas.lines([(hub, turned((50.0, 3.0), hub, angle))], (104, 64, 42), width=1.8)
    canvas.ellipse(hub, (3.4, 3.4), (190, 130, 80), (96, 58, 38))
    return canvas.image
