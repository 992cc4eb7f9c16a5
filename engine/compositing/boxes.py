"""Rectangles and points of a layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle of the frame, in px."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge, in px."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Lower edge, in px."""
        return self.y + self.height

    @property
    def centre_x(self) -> float:
        """Centre from left to right, in px."""
        return self.x + self.width / 2

    @property
    def centre_y(self) -> float:
        """Centre from top to bottom, in px."""
        return self.y + self.height / 2

    def contains(self, other: Box, *, slack: float = 0.0) -> bool:
        """Tell whether ``other`` lies within this box, give or take ``slack`` px."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def overlaps(self, other: Box) -> bool:
        """Tell whether the two share any area."""
        return (
            self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
        )


def around(boxes: Sequence[Box]) -> Box:
    """Return the smallest box that holds all of ``boxes`` (at least one)."""
    return box_of(
        left=min(box.x for box in boxes),
        top=min(box.y for box in boxes),
        right=max(box.right for box in boxes),
        bottom=max(box.bottom for box in boxes),
    )


def box_of(*, left: float, top: float, right: float, bottom: float) -> Box:
    """Return the box between four edges, in px."""
    return Box(x=left, y=top, width=max(0.0, right - left), height=max(0.0, bottom - top))
