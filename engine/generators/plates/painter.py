"""What the painters of all places share: the view, the colours, the chance and the layers so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.contract.storyboard import Setting
from engine.generators.plates.canvas import Sheet, View
from engine.generators.plates.noise import fractal_line
from engine.generators.plates.tones import Tones
from engine.media import Float32Array, FrameSize, UInt8Array
from engine.oklab import gradient, mix
from engine.scenery import Colour, Palette, PlateLayer


@dataclass(slots=True, kw_only=True)
class Painter:
    """Collects the layers of one plate, the farthest first."""

    view: View
    tones: Tones
    rng: np.random.Generator
    #: Where sun or moon stand, in fractions of the frame.
    sun: tuple[float, float]
    layers: list[PlateLayer] = field(default_factory=list)
    #: Index of the first layer in front of the subjects, or None for none so far.
    front: int | None = None

    @classmethod
    def of(cls, setting: Setting, palette: Palette, size: FrameSize, *, seed: int) -> Painter:
        """Return a painter with nothing painted yet."""
        rng = np.random.default_rng([seed, *setting.place.value.encode()])
        side = float(rng.choice([-1.0, 1.0]))
        return cls(
            view=View.of(size),
            tones=Tones(palette=palette, setting=setting),
            rng=rng,
            sun=(0.5 + side * float(rng.uniform(0.16, 0.24)), 0.0),
        )

    @property
    def palette(self) -> Palette:
        """The six colours."""
        return self.tones.palette

    @property
    def light_side(self) -> float:
        """-1 when the light comes from the left, else 1."""
        return -1.0 if self.sun[0] < 0.5 else 1.0

    def sheet(self) -> Sheet:
        """Return an empty sheet."""
        return Sheet(self.view)

    def backdrop(self, stops: tuple[tuple[float, Colour], ...]) -> Sheet:
        """Return an opaque sheet with a gradient; its places are fractions of the frame's height."""
        view = self.view
        rows = (np.arange(view.shape[0], dtype=np.float32) - view.margin_y) / view.height
        sheet = self.sheet()
        wide = np.repeat(gradient(stops, rows)[:, None, :], view.shape[1], axis=1)
        wide += view.grain[..., None] + 0.5
        sheet.pixels[..., :3] = np.clip(wide, 0, 255, out=wide)
        sheet.pixels[..., 3] = 255
        return sheet

    def add(self, sheet: Sheet, depth: float, *, drift: float = 0.0) -> None:
        """Put a finished sheet in front of what is there."""
        self.layers.append(PlateLayer(picture=sheet.finish(), depth=depth, drift=drift))

    def add_picture(self, picture: UInt8Array, depth: float, *, drift: float = 0.0) -> None:
        """Put a straight-alpha picture [H,W,4] in front of what is there."""
        self.layers.append(PlateLayer(picture=picture, depth=depth, drift=drift))

    def begin_front(self) -> None:
        """What is added from now on lies in front of the subjects."""
        self.front = len(self.layers)

    def crest(
        self, base: float, height: float, *, cells: float, octaves: int = 5, gain: float = 0.5
    ) -> Float32Array:
        """Return a skyline of hills, float32 [W] of layer px.

        Args:
            base: Mean height, as a fraction of the frame's height from the top.
            height: Swing about it, in units (shorter sides of the frame).
            cells: Hills across one unit of width.
            octaves: Octaves of noise; few for dunes, many for rock.
            gain: What each octave adds of the one before.
        """
        view = self.view
        across = view.shape[1] / view.unit
        line = fractal_line(
            self.rng, view.shape[1], cells=max(1.0, cells * across), octaves=octaves, gain=gain
        )
        result: Float32Array = (view.y(base) - line * height * view.unit * view.tall).astype(np.float32)
        return result

    def fill(self, colour: Colour, cover: NDArray[np.floating[Any]]) -> UInt8Array:
        """Return a picture of one colour with alpha ``cover`` (0..1, [H,W])."""
        picture = np.empty((*self.view.shape, 4), np.uint8)
        picture[..., :3] = colour
        picture[..., 3] = np.clip(cover * 255 + self.view.grain + 0.5, 0, 255)
        return picture

    def mist(self, y: float, spread: float, strength: float, *, colour: Colour | None = None) -> UInt8Array:
        """Return a bank of mist about ``y``, ``spread`` high (fractions of the frame's height)."""
        rows = (np.arange(self.view.shape[0], dtype=np.float32) - self.view.y(y)) / self.view.height
        bank = np.exp(-((rows / spread) ** 2)) * strength
        tone = colour or mix(self.tones.haze, self.palette.horizon, 0.5)
        return self.fill(tone, np.broadcast_to(bank[:, None], self.view.shape).astype(np.float32))
