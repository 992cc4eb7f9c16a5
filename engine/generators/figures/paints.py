"""Common colours of the figures, and what a figure is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.generators.figures.clay import Clay
from engine.scenery import Colour

#: Paints a figure in its main colour; the generator gives the chance.
Figure = Callable[[Clay, Colour, np.random.Generator], None]


WHITE: Colour = (246, 244, 250)


GLASS: Colour = (126, 200, 246)


DARK: Colour = (66, 58, 84)


GOLD: Colour = (255, 200, 84)


WOOD: Colour = (168, 112, 74)


STONE: Colour = (206, 200, 214)


GREEN: Colour = (98, 190, 108)
