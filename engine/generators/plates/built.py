"""Houses, towers, windows, lamps and roofs."""

from __future__ import annotations

import numpy as np

from engine.generators.plates.canvas import Sheet
from engine.generators.plates.painter import Painter
from engine.oklab import mix, shade
from engine.scenery import Colour


def draw_windows(
    painter: Painter,
    sheet: Sheet,
    box: tuple[float, float, float, float],
    *,
    cell: tuple[float, float],
    colours: tuple[Colour, Colour],
    lit: float,
    opacity: float = 1.0,
) -> None:
    """Draw a grid of windows into a wall.

    Args:
        painter: Gives the chance.
        sheet: Takes the windows.
        box: Left, top, right, bottom of the wall, in px.
        cell: Width and height of one window with its share of the wall, in px.
        colours: Dark and lit panes.
        lit: Share of lit panes, 0 to 1.
        opacity: Of the dark panes, 0 to 1.
    """
    left, top, right, bottom = box
    columns = int((right - left) / cell[0])
    rows = int((bottom - top) / cell[1])
    if columns < 1 or rows < 1:
        return
    inset = ((right - left) - columns * cell[0]) / 2
    lights = painter.rng.random((rows, columns)) < lit
    # Whole floors are lit more often than single rooms.
    lights |= (painter.rng.random((rows, 1)) < lit * 0.16) & (painter.rng.random((rows, columns)) < 0.75)
    for row in range(rows):
        for column in range(columns):
            x, y = left + inset + column * cell[0], top + row * cell[1]
            pane = (x + cell[0] * 0.22, y + cell[1] * 0.20, x + cell[0] * 0.78, y + cell[1] * 0.74)
            if lights[row, column]:
                sheet.rectangle(*pane, mix(colours[1], colours[0], float(painter.rng.uniform(0, 0.3))))
            else:
                sheet.rectangle(*pane, colours[0], opacity=opacity)


def draw_tower(
    painter: Painter,
    sheet: Sheet,
    box: tuple[float, float, float, float],
    *,
    wall: Colour,
    style: int,
    windows: float = 0.0,
    detail: bool = True,
) -> None:
    """Draw a house of the city with one of eight roofs.

    Args:
        painter: Gives light and chance.
        sheet: Takes the house.
        box: Left, top, right, bottom, in px.
        wall: Colour of the lit side.
        style: 0 to 7: the roof.
        windows: Share of lit windows, 0 to 1.
        detail: Whether windows and a shaded side are drawn.
    """
    left, top, right, bottom = box
    width = right - left
    side = painter.light_side
    dim = shade(wall, light=-0.035)
    _draw_roof(sheet, box, wall if style % 2 else dim, style)
    sheet.rectangle(left, top, right, bottom, wall)
    if not detail:
        return
    split = left + width * (0.34 if side > 0 else 0.66)
    shaded = (left, split) if side > 0 else (split, right)
    sheet.rectangle(shaded[0], top, shaded[1], bottom, dim)
    unit = painter.view.unit
    cell = (unit * (0.017, 0.022, 0.014)[style % 3], unit * (0.026, 0.030, 0.022)[style % 3])
    pane = mix(shade(wall, light=-0.06), painter.palette.sky, 0.25)
    if style == 2:
        for x in np.arange(left + cell[0] * 0.6, right - cell[0] * 0.5, cell[0] * 1.2):
            sheet.rectangle(x, top + cell[1], x + cell[0] * 0.5, bottom, pane, opacity=0.7)
        pane_opacity = 0.0
    else:
        pane_opacity = 0.8
    box = (left + width * 0.06, top + cell[1] * 0.6, right - width * 0.06, bottom)
    draw_windows(
        painter, sheet, box, cell=cell, colours=(pane, painter.tones.lamp), lit=windows, opacity=pane_opacity
    )


def _draw_roof(sheet: Sheet, box: tuple[float, float, float, float], colour: Colour, style: int) -> None:
    """Draw what stands on a house's upper edge."""
    left, top, right, _ = box
    width, middle = right - left, (left + right) / 2
    if style == 0:
        sheet.rectangle(left + width * 0.2, top - width * 0.22, right - width * 0.2, top, colour)
        sheet.line([(middle, top), (middle, top - width * 0.7)], colour, max(1.0, width * 0.035))
    elif style == 1:
        sheet.polygon([(left, top + 1), (middle, top - width * 0.55), (right, top + 1)], colour)
    elif style == 2:
        sheet.polygon([(left, top + 1), (left, top - width * 0.35), (right, top + 1)], colour)
    elif style == 3:
        for step, part in enumerate((0.12, 0.26)):
            rise = width * 0.16 * (step + 1)
            sheet.rectangle(left + width * part, top - rise, right - width * part, top + 1, colour)
        sheet.polygon(
            [
                (middle - width * 0.1, top - width * 0.3),
                (middle, top - width * 1.0),
                (middle + width * 0.1, top - width * 0.3),
            ],
            colour,
        )
    elif style == 4:
        sheet.ellipse(middle, top, width * 0.5, width * 0.32, colour)
    elif style == 5:
        sheet.rectangle(left + width * 0.58, top - width * 0.16, left + width * 0.86, top, colour)
        sheet.rectangle(left + width * 0.14, top - width * 0.10, left + width * 0.42, top, colour)
    elif style == 6:
        sheet.rectangle(left - width * 0.04, top - width * 0.05, right + width * 0.04, top + 1, colour)


def draw_lamp(painter: Painter, sheet: Sheet, x: float, y: float, height: float) -> None:
    """Draw a street lamp with its foot at (x, y); it shines when it is dark."""
    tones = painter.tones
    post = mix(painter.palette.near, tones.of("slate"), 0.35)
    thick = max(1.2, height * 0.022)
    sheet.rectangle(x - thick * 1.6, y - height * 0.05, x + thick * 1.6, y, post)
    sheet.rectangle(x - thick / 2, y - height * 0.88, x + thick / 2, y, post)
    lamp = tones.lamp if tones.dark else mix(tones.of("white"), tones.of("glass"), 0.4)
    if tones.dark:
        sheet.glow(x, y - height * 0.93, height * 0.62, tones.lamp, strength=0.55)
    size = height * 0.055
    sheet.polygon(
        [
            (x - size * 0.7, y - height * 0.88),
            (x - size, y - height * 0.97),
            (x + size, y - height * 0.97),
            (x + size * 0.7, y - height * 0.88),
        ],
        lamp,
    )
    sheet.polygon(
        [(x - size * 1.2, y - height * 0.97), (x, y - height * 1.02), (x + size * 1.2, y - height * 0.97)],
        post,
    )


def draw_cottage(
    painter: Painter, sheet: Sheet, foot: tuple[float, float], width: float, distance: float, wall: str
) -> None:
    """Draw a house with a gable roof, door, windows and chimney; ``foot`` is the middle of its foot."""
    tones, side, (x, y) = painter.tones, painter.light_side, foot
    front = tones.aerial(tones.of(wall), distance)
    dim = tones.aerial(mix(tones.of(wall, light=-0.14), painter.palette.near, 0.12), distance)
    material = "snow" if tones.snowy else ("tile", "brick", "slate")[int(painter.rng.integers(3))]
    roof = tones.aerial(tones.of(material), distance)
    edge = shade(roof, light=-0.06)
    eave, ridge, over = y - width * 0.62, y - width * 1.14, width * 0.05
    # The gable end stands towards the light, the long side in half shade.
    near, far = x + side * width * 0.5, x - side * width * 0.5
    split, peak = x + side * width * 0.08, x + side * width * 0.29
    sheet.polygon([(split, y), (far, y), (far, eave), (split, eave)], dim)
    sheet.polygon([(near, y), (split, y), (split, eave), (peak, ridge), (near, eave)], front)
    chimney, high = far + side * width * 0.22, y - width * 1.11
    sheet.rectangle(chimney - over, high, chimney + over, high + width * 0.33, edge)
    low = eave + over * 0.6
    slope = [
        (peak, ridge),
        (split - side * over * 0.2, low),
        (far - side * over, low),
        (far + side * width * 0.18, ridge),
    ]
    sheet.polygon(slope, roof)
    rim = [(near + side * over, eave + over), (near + side * over * 0.2, eave + over * 1.2)]
    rim = [
        (peak, ridge - over * 0.5),
        *rim,
        (peak, ridge + over * 1.2),
        (split + side * over * 0.5, eave + over),
    ]
    sheet.polygon(rim, edge)
    size = width * 0.062
    door = tones.aerial(tones.of("wood_dark"), distance)
    sheet.rounded(peak - size, y - width * 0.32, peak + size, y, door, radius=size)
    sheet.ellipse(peak, ridge + width * 0.36, size * 0.8, size * 0.8, tones.pane("glass", distance * 0.4))
    for part in (0.28, 0.72):
        centre = min(split, far) + abs(split - far) * part
        _cottage_window(painter, sheet, (centre, y - width * 0.45), size, distance)


def _cottage_window(
    painter: Painter, sheet: Sheet, top: tuple[float, float], half: float, distance: float
) -> None:
    """Draw a window of two panes below ``top``."""
    tones, (x, y) = painter.tones, top
    frame = tones.aerial(tones.of("white"), distance)
    sheet.rectangle(x - half * 1.15, y, x + half * 1.15, y + half * 3.9, frame)
    pane = tones.pane("glass", distance * 0.4)
    sheet.rectangle(x - half * 0.9, y + half * 0.3, x + half * 0.9, y + half * 3.5, pane)
    sheet.rectangle(x - half * 0.08, y, x + half * 0.08, y + half * 3.6, frame)


def draw_fence(
    painter: Painter, sheet: Sheet, y: float, height: float, colour: Colour, *, gap: tuple[float, float]
) -> None:
    """Draw a picket fence across the layer with a gap (px, px) in it."""
    step = height * 0.42
    for x in np.arange(0, painter.view.shape[1], step):
        if gap[0] < x < gap[1]:
            continue
        half = step * 0.28
        sheet.polygon(
            [
                (x - half, y),
                (x - half, y - height * 0.85),
                (x, y - height),
                (x + half, y - height * 0.85),
                (x + half, y),
            ],
            colour,
        )
    for start, end in ((0.0, gap[0]), (gap[1], float(painter.view.shape[1]))):
        for up in (0.28, 0.66):
            sheet.rectangle(
                start, y - height * up - height * 0.05, end, y - height * up + height * 0.05, colour
            )


def draw_eaves(
    sheet: Sheet, x: float, y: float, width: float, rise: float, colours: tuple[Colour, Colour]
) -> None:
    """Draw a roof with swept-up corners, ``width`` wide at its foot ``y``; colours are tiles and edge."""
    parts = np.linspace(-1, 1, 41)
    lift = rise * 0.30 * np.abs(parts) ** 3.2
    foot = np.stack([x + parts * width / 2, y - lift], 1)
    top = width * 0.30
    slope = np.linspace(0, 1, 12)
    bend = slope**0.62
    left = np.stack(
        [x - width / 2 + (width / 2 - top) * slope, y - rise * 0.30 - rise * 0.70 * slope**1.55], 1
    )
    right = np.stack(
        [x + width / 2 - (width / 2 - top) * slope, y - rise * 0.30 - rise * 0.70 * slope**1.55], 1
    )
    del bend
    sheet.polygon(np.concatenate([foot, right, left[::-1]]), colours[0])
    thick = rise * 0.10
    sheet.polygon(np.concatenate([foot, (foot + np.array([0, thick]))[::-1]]), colours[1])
    sheet.rounded(
        x - top * 1.06, y - rise * 1.07, x + top * 1.06, y - rise * 0.97, colours[1], radius=rise * 0.05
    )
    for part in np.linspace(-0.86, 0.86, 17):
        start = (x + part * top, y - rise)
        end = (x + part * width / 2 * 0.98, y - rise * 0.30 * abs(part) ** 3.2)
        middle = ((start[0] * 0.62 + end[0] * 0.38), (start[1] * 0.42 + end[1] * 0.58))
        sheet.line([start, middle, end], colours[1], max(0.8, rise * 0.016), opacity=0.45)
