"""What hangs on walls and from ceilings. All measures are px."""

from __future__ import annotations

import numpy as np

from engine.contract.storyboard import Mood, Place, Weather
from engine.generators.plates.canvas import Sheet
from engine.generators.plates.furniture import Box
from engine.generators.plates.painter import Painter
from engine.oklab import mix, shade
from engine.palette import palette_for
from engine.scenery import Colour

#: One heart beat on a screen, in fractions of its width and height.
_BEAT_X = (0.06, 0.25, 0.31, 0.36, 0.42, 0.46, 0.51, 0.55, 0.66, 0.72, 0.78, 0.94)
_BEAT_Y = (0.55, 0.55, 0.48, 0.55, 0.55, 0.18, 0.80, 0.55, 0.55, 0.47, 0.55, 0.55)


def draw_window(painter: Painter, sheet: Sheet, box: Box, *, bars: tuple[int, int] = (2, 2)) -> None:
    """Draw a window with the hour's sky and hills behind it; ``bars`` are panes across and down."""
    left, top, right, bottom = box
    tones, setting = painter.tones, painter.tones.setting
    out = palette_for(Mood.CALM, setting.hour, setting.weather, Place.VILLAGE, seed=0)
    edge = painter.view.unit * 0.014
    frame, dim = tones.of("white"), tones.of("white", light=-0.12)
    sheet.rectangle(left - edge * 1.5, top - edge * 1.5, right + edge * 1.5, bottom + edge * 1.5, dim)
    sheet.rectangle(left - edge, top - edge, right + edge, bottom + edge, frame)
    steps = 28
    for step in range(steps):
        part = step / (steps - 1)
        colour = mix(out.zenith, out.sky, part * 2) if part < 0.5 else mix(out.sky, out.horizon, part * 2 - 1)
        y0, y1 = (top + (bottom - top) * (step + add) / steps for add in (0, 1))
        sheet.rectangle(left, y0, right, y1 + 0.5, colour)
    if setting.weather in {Weather.CLEAR, Weather.CLOUD}:
        radius = (right - left) * 0.07
        disc = (240, 240, 232) if tones.night else mix(out.horizon, (255, 252, 232), 0.7)
        sheet.ellipse(left + (right - left) * 0.72, top + (bottom - top) * 0.30, radius, radius, disc)
    parts = np.linspace(0, 1, 24)
    for level, swing, share in ((0.72, 0.06, 0.35), (0.84, 0.04, 0.75)):
        hill = level - swing * np.sin(parts * 5 + level * 20) - swing * 0.4 * np.sin(parts * 11)
        line = np.stack([left + parts * (right - left), top + hill * (bottom - top)], 1)
        sheet.polygon(
            np.concatenate([line, [(right, bottom), (left, bottom)]]), mix(out.far, out.near, share)
        )
    thin = edge * 0.55
    for column in range(1, bars[0]):
        x = left + (right - left) * column / bars[0]
        sheet.rectangle(x - thin / 2, top, x + thin / 2, bottom, frame)
    for row in range(1, bars[1]):
        y = top + (bottom - top) * row / bars[1]
        sheet.rectangle(left, y - thin / 2, right, y + thin / 2, frame)
    glint = [(left, bottom), (left + (right - left) * 0.35, top), (left + (right - left) * 0.55, top)]
    sheet.polygon([*glint, (left + (right - left) * 0.2, bottom)], (255, 255, 255), opacity=0.10)
    sheet.rounded(
        left - edge * 2.4, bottom + edge, right + edge * 2.4, bottom + edge * 2.4, frame, radius=edge * 0.4
    )


def draw_curtain(sheet: Sheet, box: Box, colour: Colour, *, folds: int = 5) -> None:
    """Draw a hanging curtain: folds as bands from light to dark."""
    left, top, right, bottom = box
    steps = folds * 6
    for step in range(steps):
        wave = 0.5 + 0.5 * np.sin(step / steps * folds * 2 * np.pi)
        x0, x1 = (left + (right - left) * (step + add) / steps for add in (0, 1))
        sheet.rectangle(x0, top, x1 + 0.5, bottom, shade(colour, light=0.055 * float(wave) - 0.05))
    hem = (right - left) * 0.06
    sheet.rectangle(left, bottom - hem, right, bottom, shade(colour, light=-0.07), opacity=0.6)


def draw_picture(painter: Painter, sheet: Sheet, box: Box, colours: tuple[Colour, Colour, Colour]) -> None:
    """Draw a framed landscape: sky, sun and hill in three colours."""
    left, top, right, bottom = box
    tones, width, height = painter.tones, right - left, bottom - top
    edge = painter.view.unit * 0.008
    sheet.rectangle(
        left + edge, top + edge * 1.6, right + edge, bottom + edge * 1.6, tones.of("dark"), opacity=0.18
    )
    sheet.rectangle(left - edge, top - edge, right + edge, bottom + edge, tones.of("wood", light=-0.08))
    sheet.rectangle(left, top, right, bottom, tones.of("white"))
    inner = edge * 1.6
    sheet.rectangle(left + inner, top + inner, right - inner, bottom - inner, colours[0])
    sheet.ellipse(left + width * 0.62, top + height * 0.42, height * 0.13, height * 0.13, colours[1])
    low = bottom - inner
    slope = [(left + inner, top + height * 0.62), (left + width * 0.36, top + height * 0.48)]
    hill = [(left + inner, low), *slope, (right - inner, top + height * 0.72), (right - inner, low)]
    sheet.polygon(hill, colours[2])


def draw_pendant(painter: Painter, sheet: Sheet, x: float, y: float, size: float) -> None:
    """Draw a hanging lamp whose shade ends at y; it shines when it is dark."""
    tones = painter.tones
    body = mix(tones.of("slate"), painter.palette.near, 0.3)
    sheet.rectangle(x - size * 0.02, 0, x + size * 0.02, y - size * 0.42, body)
    if tones.dark:
        sheet.glow(x, y + size * 0.2, size * 3.6, tones.lamp, strength=0.42)
    sheet.ellipse(x, y, size * 0.30, size * 0.13, mix(tones.lamp, (255, 255, 255), 0.45))
    parts = np.linspace(0, np.pi, 20)
    dome = np.stack([x - np.cos(parts) * size * 0.5, y - np.sin(parts) ** 0.8 * size * 0.46], 1)
    sheet.polygon(dome, body)
    sheet.polygon(dome[:9] * (0.5, 1) + (x * 0.5 - size * 0.08, 0), shade(body, light=0.09), opacity=0.6)


def draw_clock(painter: Painter, sheet: Sheet, x: float, y: float, radius: float) -> None:
    """Draw a wall clock about (x, y)."""
    tones = painter.tones
    sheet.ellipse(x + radius * 0.08, y + radius * 0.14, radius, radius, tones.of("dark"), opacity=0.2)
    sheet.ellipse(x, y, radius, radius, tones.of("slate"))
    sheet.ellipse(x, y, radius * 0.86, radius * 0.86, tones.of("white"))
    for hour in range(12):
        a = hour * np.pi / 6
        sheet.ellipse(
            x + np.sin(a) * radius * 0.7,
            y - np.cos(a) * radius * 0.7,
            radius * 0.045,
            radius * 0.045,
            tones.of("slate"),
        )
    sheet.line([(x, y), (x - radius * 0.34, y - radius * 0.22)], tones.of("dark"), radius * 0.09)
    sheet.line([(x, y), (x + radius * 0.1, y - radius * 0.6)], tones.of("dark"), radius * 0.06)


def draw_screen(painter: Painter, sheet: Sheet, box: Box, *, line: str = "pulse") -> None:
    """Draw a monitor with a glowing curve: "pulse" or "bars"."""
    left, top, right, bottom = box
    tones, rng = painter.tones, painter.rng
    width, height = right - left, bottom - top
    sheet.rounded(left, top, right, bottom, tones.of("slate", light=-0.1), radius=height * 0.08)
    sheet.rounded(
        left + width * 0.04,
        top + height * 0.06,
        right - width * 0.04,
        bottom - height * 0.08,
        (24, 40, 62),
        radius=height * 0.04,
    )
    tone = (110, 236, 190)
    if line == "pulse":
        beat = zip(_BEAT_X, _BEAT_Y, strict=True)
        sheet.line(
            [(left + px * width, top + py * height) for px, py in beat], tone, max(1.0, height * 0.035)
        )
    else:
        for index in range(7):
            x, tall = left + width * (0.12 + 0.115 * index), height * float(rng.uniform(0.15, 0.62))
            sheet.rectangle(
                x,
                bottom - height * 0.18 - tall,
                x + width * 0.07,
                bottom - height * 0.18,
                (tone, (120, 190, 255))[index % 2],
            )
