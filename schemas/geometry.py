"""Boxes on a page.

A box is ``(x0, top, x1, bottom)`` in PDF points (1/72 inch), origin top left, y downwards.
"""

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct


class Box(NamedTuple):
    """An upright rectangle in PDF points, origin top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    @property
    def center(self) -> tuple[float, float]:
        """The middle of the box as ``(x, y)``."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies in the box, edges included."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


def union(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds all of them; raises ValueError for none."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return Box(min(x0s), min(tops), max(x1s), max(bottoms))


class Affine(NamedTuple):
    """``x' = a x + b y + c``, ``y' = d x + e y + f``: straightened to displayed page."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def apply(self, box: Box) -> Box:
        """Return the upright box around the transformed corners."""
        corners = [(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        xs = [self.a * x + self.b * y + self.c for x, y in corners]
        ys = [self.d * x + self.e * y + self.f for x, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def after(self, first: "Affine") -> "Affine":
        """Return the map that applies `first` and then this one."""
        return Affine(
            self.a * first.a + self.b * first.d,
            self.a * first.b + self.b * first.e,
            self.a * first.c + self.b * first.f + self.c,
            self.d * first.a + self.e * first.d,
            self.d * first.b + self.e * first.e,
            self.d * first.c + self.e * first.f + self.f,
        )


IDENTITY = Affine(1, 0, 0, 0, 1, 0)


class Folded(Struct, frozen=True):
    """Two pages of one sheet, laid one above the other: each has a map of its own.

    What lies below `edge` (points, downwards) belongs to the second.
    """

    edge: float
    first: Affine
    second: Affine

    def apply(self, box: Box) -> Box:
        """Return where a box is displayed, by the page in which its middle lies."""
        return (self.second if box.center[1] > self.edge else self.first).apply(box)


Placement = Affine | Folded
