"""Subjects drawn by rule, without weights: the named fallback, and the double that tests use.

A subject's words choose the figure: first the longest known word in its concept or text, then its kind.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from types import MappingProxyType

import numpy as np

from engine.contract.storyboard import Subject
from engine.generators.base import SubjectGenerator
from engine.generators.colours import named_colour
from engine.generators.figures import animals, houses, people, plants, signs, towers, vehicles
from engine.generators.figures.clay import Clay
from engine.generators.figures.paints import Figure
from engine.scenery import Colour, Sprite
from engine.settings import GeneratorSettings

#: Name of a figure -> its painter and its usual colours, of which the seed chooses one.
FIGURES: Mapping[str, tuple[Figure, tuple[Colour, ...]]] = MappingProxyType(
    {
        "person": (
            people.person,
            ((94, 140, 240), (240, 110, 110), (88, 184, 150), (246, 176, 70), (160, 120, 226)),
        ),
        "group": (people.group, ((94, 140, 240), (240, 110, 110), (246, 176, 70))),
        "quadruped": (animals.quadruped, ((244, 138, 66), (206, 150, 104), (150, 150, 170))),
        "horse": (animals.horse, ((168, 112, 78), (206, 160, 116), (120, 88, 80))),
        "bird": (animals.bird, ((80, 160, 240), (242, 104, 96), (250, 184, 70))),
        "fish": (animals.fish, ((255, 146, 66), (84, 160, 244), (246, 104, 130))),
        "whale": (animals.whale, ((92, 152, 226), (96, 128, 190))),
        "rabbit": (animals.rabbit, ((240, 232, 226), (204, 168, 136))),
        "bear": (animals.bear, ((150, 104, 76), (196, 150, 110))),
        "elephant": (animals.elephant, ((150, 158, 182),)),
        "insect": (animals.insect, ((250, 150, 66), (96, 140, 246), (216, 104, 220))),
        "tree": (plants.tree, ((98, 190, 96), (130, 196, 84), (74, 174, 116))),
        "pine": (plants.pine, ((62, 158, 112), (80, 168, 96))),
        "plant": (plants.plant, ((92, 190, 108),)),
        "flower": (plants.flower, ((250, 114, 150), (250, 200, 70), (176, 124, 240), (246, 110, 90))),
        "mountain": (plants.mountain, ((124, 132, 176),)),
        "house": (houses.house, ((232, 92, 84), (88, 142, 226), (240, 150, 70))),
        "building": (houses.building, ((132, 152, 206), (206, 146, 124), (116, 166, 176))),
        "lattice_tower": (towers.lattice_tower, ((172, 124, 96), (190, 132, 88))),
        "stone_tower": (towers.stone_tower, ((226, 98, 84), (86, 146, 190))),
        "tv_tower": (towers.tv_tower, ((236, 96, 130), (90, 150, 236))),
        "lighthouse": (towers.lighthouse, ((230, 78, 78),)),
        "bridge": (houses.bridge, ((222, 92, 70), (96, 146, 206))),
        "castle": (houses.castle, ((226, 96, 100), (98, 132, 226))),
        "temple": (houses.temple, ((226, 180, 120),)),
        "pagoda": (houses.pagoda, ((86, 112, 136), (70, 142, 126), (196, 88, 72))),
        "statue": (houses.statue, ((128, 190, 176),)),
        "pyramid": (houses.pyramid, ((240, 200, 130),)),
        "car": (vehicles.car, ((236, 86, 84), (72, 148, 240), (250, 190, 66))),
        "bus": (vehicles.bus, ((250, 184, 60), (230, 92, 88), (84, 168, 226))),
        "train": (vehicles.train, ((214, 82, 86), (70, 140, 120))),
        "bicycle": (vehicles.bicycle, ((236, 92, 88), (72, 158, 226))),
        "boat": (vehicles.boat, ((232, 96, 84), (78, 142, 232))),
        "ship": (vehicles.ship, ((236, 96, 80),)),
        "aircraft": (vehicles.aircraft, ((78, 142, 240), (236, 92, 92))),
        "balloon": (vehicles.balloon, ((242, 96, 92), (96, 140, 246))),
        "rocket": (vehicles.rocket, ((236, 84, 92), (84, 134, 246))),
        "fruit": (signs.fruit, ((236, 68, 74), (150, 204, 80))),
        "cake": (signs.cake, ((250, 140, 176), (168, 116, 84))),
        "bowl": (signs.bowl, ((88, 140, 226), (226, 92, 84))),
        "cup": (signs.cup, ((240, 126, 96), (92, 160, 216))),
        "heart": (signs.heart, ((246, 74, 104),)),
        "star": (signs.shining_star, ((255, 204, 70),)),
        "sun": (signs.sun, ((255, 206, 70),)),
        "moon": (signs.moon, ((255, 224, 130),)),
        "globe": (signs.globe, ((70, 150, 240),)),
        "book": (signs.book, ((92, 130, 236), (226, 92, 96), (84, 168, 136))),
        "card": (signs.card, ((236, 88, 88), (84, 136, 240))),
        "ball": (signs.ball, ((66, 70, 110),)),
        "flag": (signs.flag, ((236, 84, 90), (84, 136, 240))),
        "note": (signs.note, ((150, 112, 240), (246, 110, 150))),
        "object": (signs.chest, ((98, 142, 240), (240, 112, 130), (98, 190, 160))),
    }
)

#: Widest figure, in heights.
_WIDTH = 2.3
#: Trust in a figure that a word names, that only the kind names, and in the parcel; 0 to 1.
_TRUST_NAMED, _TRUST_KIND, _TRUST_PARCEL = 0.65, 0.45, 0.1


class ProceduralSubjects:
    """Draws every subject: a figure of its kind, or a parcel for want of a better one."""

    name = "procedural"
    version = "1"

    def __init__(self, words: Mapping[str, str], colours: Mapping[str, str]) -> None:
        """Take the tables of words: word -> name of a figure, and word -> "#rrggbb"."""
        self._words = MappingProxyType(dict(words))
        self._colours = MappingProxyType(dict(colours))

    def trust(self, subject: Subject) -> float:
        """Return a trust by how closely the figure fits: named by a word, by its kind, or a mere parcel."""
        if self._named(subject):
            return _TRUST_NAMED
        return _TRUST_KIND if self.figure_for(subject) != "object" else _TRUST_PARCEL

    def figure_for(self, subject: Subject) -> str:
        """Return the name of the figure that shows a subject."""
        kind = subject.kind.lower()
        return self._named(subject) or (kind if kind in FIGURES else self._words.get(kind, "object"))

    def _named(self, subject: Subject) -> str | None:
        """Return the figure that a word of the concept or of the text names."""
        return _entry(subject.concept, self._words) or _entry(subject.text, self._words)

    def _colour(self, subject: Subject, usual: Colour) -> Colour:
        """Return the colour that the text gives the subject, or that its kind has: foxes are orange."""
        known = _entry(subject.concept, self._colours) or _entry(subject.text, self._colours)
        return named_colour(subject.colour) or named_colour(known) or usual

    def draw(self, subject: Subject, *, seed: int, height_px: int, frames: int = 1) -> Sprite:
        """Draw a still figure; see ``SubjectGenerator.draw``. ``frames`` is not used: poses move it."""
        del frames
        rng = np.random.default_rng(seed)
        paint, colours = FIGURES[self.figure_for(subject)]
        colour = colours[int(rng.integers(len(colours)))]
        clay = Clay(max(16, height_px), width=_WIDTH)
        paint(clay, self._colour(subject, colour), rng)
        return Sprite(frames=clay.finish()[None], fps=0.0, source=self.name)


def create(settings: GeneratorSettings | None = None, weights: Path | None = None) -> SubjectGenerator:
    """Return the generator with its table of words; it needs neither settings nor weights."""
    del settings, weights
    return ProceduralSubjects(_table("kinds.json"), _table("colours.json"))


def _table(name: str) -> dict[str, str]:
    """Return a data file of lists of words turned round: word -> name of its list."""
    lists = json.loads(resources.files("engine.generators.figures").joinpath(name).read_text("utf-8"))
    return {word: entry for entry, words in lists.items() for word in words}


def _entry(text: str | None, table: Mapping[str, str]) -> str | None:
    """Return what the longest known word stands for; the last of equals, since heads come last."""
    padded = f" {(text or '').lower().replace('_', ' ').replace('-', ' ')} "
    best: tuple[int, int, str] | None = None
    for word, entry in table.items():
        # English words stand alone (or in the plural); Chinese words stand anywhere.
        spots = (word,) if not word.isascii() else (f" {word} ", f" {word}s ", f" {word}es ")
        place = max(padded.rfind(spot) for spot in spots)
        if place >= 0:
            best = max(best or (0, 0, ""), (len(word), place, entry))
    return best[2] if best else None
