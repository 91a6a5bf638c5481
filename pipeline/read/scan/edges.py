"""A second look at the edges of cells, where the table says to look.

A poor scan breaks thin rules, so that two cells seem to be one. Once the grid is known, the
place of every edge is, too, and little darkness there tells whether it is drawn: as much as
at the edges of this page that are surely drawn. Images are 8-bit grey of shape (h, w).
"""

import math
import statistics
from collections.abc import Iterator, Sequence
from itertools import pairwise

import cv2
import numpy as np
from msgspec import Struct

from pipeline.read.scan.pixels import Grey
from pipeline.tables.grid import Grid
from schemas.geometry import Box

# Lengths in points.
_OFF = 2.0  # how far a rule may lie from where its edge is expected
_SIDES = (2.2, 4.2)  # where there must be white for the place to count
_ENDS = 1.5  # left out at both ends, where other rules meet the edge
_BLUR = 2.0  # dots are averaged over this length
_WHITE, _LOW = 0.3, 0.25  # shares: the whitest places are looked at, and there not the darkest
_LEAST_DARK = 10.0  # grey levels
_AS_DARK = 0.35  # of the edges that are surely drawn
_PIECE = 40.0  # points: a level line across the table is looked at in pieces
_MOSTLY = 0.7  # of which so many must be dark
_NOT_DARK = 0.15  # less than this share of what is drawn is not
_WHOLE = 0.9  # of its length a rule is dark; the letters on an edge were at most for 0.82
_LOW_ROW = 24.0  # points: a heading of one line
_STEM = 1.3  # points: half of what a rule or the stem of a letter is wide
_PADDINGS = 6.0  # points: less white than cells keep at their edges, on both sides together
_LETTER_SPACE = 3.0  # points: letters of a word stand nearer, cells keep more on either side
_LETTER, _LEAST_INK = 128, 1.0  # grey level of ink, and points of it that are no speck
_ENOUGH = 4  # edges that are surely drawn


class _Edge(Struct, frozen=True):
    """An edge of a cell: its place across, its ends along, in pixels."""

    at: float
    start: float
    end: float
    upright: bool


class SecondLook(Struct, frozen=True):
    """What a second look says of the edges of cells, as boxes in pixels.

    `lost` are rules between cells that only look merged; `false` are upright edges of low rows at
    which no rule is: there a heading runs across, and a rule above and below seems to go on, or a
    letter stands on the edge.
    """

    lost: tuple[Box, ...]
    false: tuple[Box, ...]


def second_look(grey: Grey, grids: Sequence[Grid], scale: float) -> SecondLook:
    """Return which edges are to be added and taken away.

    `grey` is the upright page, `grids` the tables found on it in pixels, `scale` pixels a point.
    """
    lost: list[Box] = []
    false: list[Box] = []
    for grid in grids:
        dark = {
            upright: [(e, _darkness(grey, e, scale)) for e in _drawn_edges(grid, upright=upright)]
            for upright in (True, False)
        }
        sure = {
            upright: [d for _, d in edges if d >= _LEAST_DARK] for upright, edges in dark.items()
        }
        for upright, alike in sure.items():
            known = alike if len(alike) >= _ENOUGH else [*alike, *sure[not upright]]
            if len(known) < _ENOUGH:
                continue
            least = max(_LEAST_DARK, _AS_DARK * statistics.median(known))
            lost += [
                _box(edge, scale)
                for edge in _open_edges(grid, upright=upright)
                if _darkness(grey, edge, scale) >= least
                and not _is_crossed(grey, edge, scale)
                and not _is_last_letter(grey, edge, least, scale)
            ]
        if len(sure[True]) >= _ENOUGH:
            drawn = statistics.median(sure[True])
            most, least = min(_LEAST_DARK, _NOT_DARK * drawn), max(_LEAST_DARK, _AS_DARK * drawn)
            false += [
                _box(edge, scale)
                for edge, d in dark[True]
                if edge.end - edge.start <= _LOW_ROW * scale
                and (d < most or _is_letter(grey, edge, least, scale))
            ]
    return SecondLook(tuple(lost), tuple(false))


def broken_levels(
    grey: Grey, grids: Sequence[Grid], boxes: Sequence[Box], scale: float
) -> list[Box]:
    """Return the level rules of tables without upright ones of which only parts were found.

    `boxes` are all rules of the page. Where most of a line across the table is dark, it is a rule.
    """
    found = []
    for grid in grids:
        if len(grid.xs) != 2:
            continue
        drawn = [d for y in grid.ys for d in _along(grey, grid, y, scale) if d >= _LEAST_DARK]
        if len(drawn) < _ENOUGH:
            continue
        least = max(_LEAST_DARK, _AS_DARK * statistics.median(drawn))
        near = _OFF * scale
        heights = {
            round(box.center[1])
            for box in boxes
            if box.width > box.height and grid.ys[0] < box.center[1] < grid.ys[-1]
        }
        last = -near
        for y in sorted(heights):
            dark = [d >= least for d in _along(grey, grid, y, scale)]
            known = any(abs(y - other) <= 2 * near for other in grid.ys)
            if not known and y - last > 2 * near and sum(dark) >= _MOSTLY * len(dark):
                last = y
                found.append(_box(_Edge(y, grid.xs[0], grid.xs[1], upright=False), scale))
    return found


def _along(grey: Grey, grid: Grid, y: float, scale: float) -> list[float]:
    """The darkness of a level line across a grid, piece by piece."""
    count = max(1, round((grid.xs[-1] - grid.xs[0]) / (_PIECE * scale)))
    ends = np.linspace(grid.xs[0], grid.xs[-1], count + 1).tolist()
    return [_darkness(grey, _Edge(y, a, b, upright=False), scale) for a, b in pairwise(ends)]


def _open_edges(grid: Grid, *, upright: bool) -> Iterator[_Edge]:
    """The edges within merged cells."""
    for cell in grid.cells:
        rows = range(cell.row, cell.row + cell.row_span)
        cols = range(cell.col, cell.col + cell.col_span)
        if upright:
            for col in cols[1:]:
                for row in rows:
                    yield _Edge(grid.xs[col], grid.ys[row], grid.ys[row + 1], upright)
        else:
            for row in rows[1:]:
                for col in cols:
                    yield _Edge(grid.ys[row], grid.xs[col], grid.xs[col + 1], upright)


def _drawn_edges(grid: Grid, *, upright: bool) -> Iterator[_Edge]:
    for cell in grid.cells:
        box = cell.box
        if upright and cell.col:
            yield _Edge(box.x0, box.top, box.bottom, upright)
        elif not upright and cell.row:
            yield _Edge(box.top, box.x0, box.x1, upright)


def _darkness(grey: Grey, edge: _Edge, scale: float) -> float:
    """How much darker a page is along an edge than beside it, in grey levels.

    Looked at only where nothing stands beside it: letters next to the edge say nothing.
    """
    ends, off, near, far = (round(v * scale) for v in (_ENDS, _OFF, *_SIDES))
    start, end, at = round(edge.start) + ends, round(edge.end) - ends, round(edge.at)
    if end - start < ends:
        return 0.0
    strip = grey[start:end, max(0, at - far) : at + far + 1]
    if not edge.upright:
        strip = grey[max(0, at - far) : at + far + 1, start:end].T
    if strip.shape[1] < 2 * far + 1:
        return 0.0  # at the edge of the page
    dark = 255.0 - strip
    width = max(1, min(len(dark), round(_BLUR * scale)))
    line = cv2.blur(dark[:, far - off : far + off + 1], (1, width), borderType=cv2.BORDER_REPLICATE)
    beside = np.maximum(dark[:, : far - near].max(axis=1), dark[:, far + near + 1 :].max(axis=1))
    white = beside <= np.quantile(beside, _WHITE)
    lowest = np.quantile(line[white], _LOW, axis=0).max()
    return float(lowest - np.median(dark[white][:, : far - near]))


def _is_letter(grey: Grey, edge: _Edge, least: float, scale: float) -> bool:
    """Whether what looks like an upright rule of a low row is a letter of a text that runs across.

    Accents, stem and dot together may be nearly as high as the row; a rule is without a gap.
    """
    return _is_crossed(grey, edge, scale) and not _is_whole(grey, edge, least, scale)


def _is_last_letter(grey: Grey, edge: _Edge, least: float, scale: float) -> bool:
    """Whether it is the last letter of such a text: the one before it stands close by."""
    low = edge.upright and edge.end - edge.start <= _LOW_ROW * scale
    if not low or _is_whole(grey, edge, least, scale):
        return False
    before, _ = _white_beside(grey, edge, scale)
    return before + _STEM * scale < _LETTER_SPACE * scale


def _is_whole(grey: Grey, edge: _Edge, least: float, scale: float) -> bool:
    """Whether an upright edge is dark from its top to its bottom."""
    ends, off = round(_ENDS * scale), round(_OFF * scale)
    start, end, at = round(edge.start) + ends, round(edge.end) - ends, round(edge.at)
    dark = 255.0 - grey[start:end, at - off : at + off + 1]
    line = cv2.blur(dark, (1, round(_BLUR * scale)), borderType=cv2.BORDER_REPLICATE)
    return float((line >= least).mean(axis=0).max()) >= _WHOLE


def _is_crossed(grey: Grey, edge: _Edge, scale: float) -> bool:
    """Whether text runs on over an upright edge of a low row: there the stem of a letter is dark.

    Cells keep white at their edges; where ink stands nearer on both sides, it is one text.
    """
    if not edge.upright or edge.end - edge.start > _LOW_ROW * scale:
        return False
    before, behind = _white_beside(grey, edge, scale)
    return before + behind + 2 * round(_STEM * scale) < _PADDINGS * scale


def _white_beside(grey: Grey, edge: _Edge, scale: float) -> tuple[float, float]:
    """How far ink stands from the stem of a letter on an upright edge, before it and behind it.

    Infinite where there is none near, or the edge is that of the page.
    """
    ends, near, far = (round(v * scale) for v in (_ENDS, _STEM, _PADDINGS))
    start, end, at = round(edge.start) + ends, round(edge.end) - ends, round(edge.at)
    ink = grey[start:end, max(0, at - far) : at + far + 1] < _LETTER
    if ink.shape[1] < 2 * far + 1:
        return math.inf, math.inf
    inked = ink.sum(axis=0) >= _LEAST_INK * scale
    sides = (np.flatnonzero(side) for side in (inked[far - near :: -1], inked[far + near :]))
    before, behind = (float(side[0]) if side.size else math.inf for side in sides)
    return before, behind


def _box(edge: _Edge, scale: float) -> Box:
    half = scale / 2
    if edge.upright:
        return Box(edge.at - half, edge.start, edge.at + half, edge.end)
    return Box(edge.start, edge.at - half, edge.end, edge.at + half)
