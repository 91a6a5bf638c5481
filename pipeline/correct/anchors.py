"""Finding a place again: by overlap on its page, or by its cell where a file has no pages."""

from collections.abc import Sequence
from typing import Protocol

from schemas.geometry import Box

SAME_PLACE = 0.5  # intersection over union; boxes of 59 versions earlier kept at least 0.81


class Placed(Protocol):
    """What stands somewhere: on a page, or in a cell."""

    @property
    def page(self) -> int | None:
        """Number of the page, from 1."""

    @property
    def bbox(self) -> tuple[float, float, float, float] | None:
        """Box on the page as a reader sees it, in points."""

    @property
    def cell(self) -> str | None:
        """Name of the cell in a file that holds its cells as such."""


def overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> float:
    """Return intersection over union of two boxes, 0..1."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    common = width * height
    return common / (Box(*a).width * Box(*a).height + Box(*b).width * Box(*b).height - common)


def likeness(a: Placed, b: Placed) -> float:
    """Return how surely two places are one, 0..1: above `SAME_PLACE` they may be.

    A cell of the file itself is exact, wherever a rendering shows it. Places with neither cell nor
    box are one where they have the same page (none: the document).
    """
    if a.cell is not None and b.cell is not None:
        return float(a.cell == b.cell)
    if a.page != b.page:
        return 0.0
    if a.bbox is None or b.bbox is None:
        return float(a.bbox is b.bbox and a.cell == b.cell)
    return overlap(a.bbox, b.bbox)


def same_place(a: Placed, b: Placed) -> bool:
    """Whether two places are one."""
    return likeness(a, b) > SAME_PLACE


def pairs(these: Sequence[Placed], those: Sequence[Placed]) -> dict[int, int]:
    """Return for places of `these` (by index) the place of `those` that is the same, if any.

    Each is the best of the other: what overlaps two places is put to the one it overlaps most.
    """
    by_page: dict[int | None, set[int]] = {}
    by_cell: dict[str | None, set[int]] = {}
    for k, that in enumerate(those):
        by_page.setdefault(that.page, set()).add(k)
        by_cell.setdefault(that.cell, set()).add(k)
    best: dict[int, tuple[float, int]] = {}
    back: dict[int, float] = {}
    for i, this in enumerate(these):
        near = by_page.get(this.page, set())
        if this.cell is not None:
            near = near | by_cell.get(this.cell, set())
        scored = [(likeness(this, those[k]), k) for k in near]
        score, k = max(scored, key=lambda s: (s[0], -s[1]), default=(0.0, -1))
        if score > SAME_PLACE:
            best[i] = (score, k)
            back[k] = max(back.get(k, 0.0), score)
    return {i: k for i, (score, k) in best.items() if score == back[k]}
