"""The rules drawn on a digital page, as a reader sees them: strokes, thin boxes, outlines of boxes.

What has the colour of its ground, was painted over or lies outside of what it is clipped to is no
rule. Dots and dashes that are drawn one by one make one.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from pdfplumber.utils.geometry import curve_to_edges

from pipeline.read.pdf.painted import WHITE, Colour, Paint, Visibility, is_same
from pipeline.read.pdf.pictures import SCAN_COVERS, picture_share
from schemas.geometry import Box, union
from schemas.page import Rule

# Drawn things thinner than this many points are rules; Word draws cell borders of 0.5 to 3 pt.
THICKNESS = 4.0
LENGTH = 6.0
# Of a rule, places are looked at: it is seen where at least half of them show it.
_PLACES = (0.1, 0.3, 0.5, 0.7, 0.9)
_EDGE = 0.4  # points: the border of a cell lies half under the shading of the cell beside it
# Light cells that leave but a little of a dark ground: so many, and such a share of it.
_DIM, _BRIGHT, _FEWEST_CELLS, _FILLED = 0.6, 0.85, 4, 0.8
_ABUTTING = 0.3  # points: strips of a shading that is painted line by line
# Dots and dashes that make a rule: so many in a line, no further apart than so many points and so
# many times their usual distance, and hardly any beside them, as in a hatching or a code.
_FEWEST, _APART, _UNEVEN = 6, 6.0, 2.5
_COLLINEAR, _BESIDE, _MOST_BESIDE = 0.6, 3.0, 0.2

Drawn = dict[str, Any]


class PathStyle(NamedTuple):
    """How a path was painted: its colours (None where they cannot be told), the clip and the alpha,
    and how many areas had been painted before it and with it."""

    stroke: Colour | None
    fill: Colour | None
    view: Visibility
    before: int
    after: int


def read_rules(page: Any) -> tuple[Rule, ...]:
    """Return the straight lines that a reader sees on a page of `pdf.page`, in points."""
    paints: Sequence[Paint] = getattr(page, "paints", ())  # pdfplumber's own pages have none
    boxes: list[Box] = []
    marks: list[Box] = []
    shading = _strips(page.rects)
    for drawn, found in _candidates(page):
        if id(drawn) in shading:
            continue
        kept = [box for box in found if _is_long(box)]
        small = [_box(drawn)] if not kept and _is_mark(_box(drawn)) else []
        if (kept or small) and _is_seen(drawn, paints):
            boxes += kept
            marks += small
    return tuple(map(Rule, (*boxes, *_dotted(marks))))


def _is_long(box: Box) -> bool:
    return min(box.width, box.height) <= THICKNESS and max(box.width, box.height) >= LENGTH


def _is_mark(box: Box) -> bool:
    return max(box.width, box.height) < LENGTH and min(box.width, box.height) <= THICKNESS / 2


def _candidates(page: Any) -> Iterator[tuple[Drawn, list[Box]]]:
    """What is drawn on a page, and the straight lines that it consists of."""
    for line in page.lines:
        yield line, [_box(line)]
    for curve in page.curves:
        yield curve, [_box(edge) for edge in curve_to_edges(curve)]
    for rect in page.rects:
        yield rect, _edges_of(_box(rect), rect)
    yield from _thin_pictures(page)
    yield from _around_cells(page)


def _around_cells(page: Any) -> Iterator[tuple[Drawn, list[Box]]]:
    """Light cells on a dark ground, which shows between them as rules; each is bounded by it."""
    grounds = [p for p in getattr(page, "paints", ()) if p.covers and _light(p.colour) < _DIM]
    if not grounds:
        return
    cells = [r for r in page.rects if r.get("look") and _light(r["look"].fill) > _BRIGHT]
    for ground in grounds:
        x0, y0, x1, y1 = ground.box
        within = [
            cell
            for cell in cells
            if x0 <= cell["x0"] and cell["x1"] <= x1 and y0 <= cell["y0"] and cell["y1"] <= y1
        ]
        area = sum(cell["width"] * cell["height"] for cell in within)
        if len(within) >= _FEWEST_CELLS and area >= _FILLED * (x1 - x0) * (y1 - y0):
            for cell in within:
                a, top, b, bottom = _box(cell)
                level = [Box(a, y, b, y) for y in (top, bottom)]
                yield {}, [*level, *(Box(x, top, x, bottom) for x in (a, b))]


def _light(colour: Colour | None) -> float:
    """How light a colour is, 0..1; what cannot be told is neither dark nor light."""
    return (_DIM + _BRIGHT) / 2 if colour is None else sum(colour) / 3


def _thin_pictures(page: Any) -> Iterator[tuple[Drawn, list[Box]]]:
    """Pictures drawn out to lines; strips of a scan lie on one another, or fill the page."""
    if picture_share(page.images, page.width, page.height) >= SCAN_COVERS:
        return
    thin = [each for each in page.images if _is_long(_box(each))]
    for each in thin:
        box = _box(each)
        beside = (_box(other) for other in page.images if other is not each)
        if not any(_lie_together(box, other) for other in beside):
            yield each, [box]


def _lie_together(a: Box, b: Box) -> bool:
    """Whether two boxes of one length touch along it."""
    if a.width >= a.height:
        same = abs(a.x0 - b.x0) < 1 and abs(a.x1 - b.x1) < 1
        return same and (abs(a.top - b.bottom) <= _ABUTTING or abs(b.top - a.bottom) <= _ABUTTING)
    same = abs(a.top - b.top) < 1 and abs(a.bottom - b.bottom) < 1
    return same and (abs(a.x0 - b.x1) <= _ABUTTING or abs(b.x0 - a.x1) <= _ABUTTING)


def _strips(rects: Sequence[Drawn]) -> set[int]:
    """The identities of thin boxes that lie one on another without white: strips of a shading."""
    columns: dict[tuple[int, int, Colour | None], list[Drawn]] = {}
    for rect in rects:
        thin = rect["height"] <= THICKNESS < rect["width"]
        if thin and rect["fill"] and not rect["stroke"] and (look := rect.get("look")):
            place = (round(rect["x0"]), round(rect["x1"]), look.fill)
            columns.setdefault(place, []).append(rect)
    found: set[int] = set()
    for column in columns.values():
        column.sort(key=lambda rect: float(rect["top"]))
        for above, below in pairwise(column):
            if below["top"] - above["bottom"] <= _ABUTTING and below["top"] > above["top"]:
                found |= {id(above), id(below)}
    return found


def _box(drawn: Drawn) -> Box:
    return Box(drawn["x0"], drawn["top"], drawn["x1"], drawn["bottom"])


def _edges_of(box: Box, rect: Drawn) -> list[Box]:
    if min(box.width, box.height) <= THICKNESS:
        return [box]
    if not rect.get("stroke"):  # a shaded area: its edge is no rule
        return []
    x0, top, x1, bottom = box
    return [
        Box(x0, top, x1, top),
        Box(x0, bottom, x1, bottom),
        Box(x0, top, x0, bottom),
        Box(x1, top, x1, bottom),
    ]


def _is_seen(drawn: Drawn, paints: Sequence[Paint]) -> bool:
    look: PathStyle | None = drawn.get("look")
    if look is None:
        return True
    thin = drawn["object_type"] != "rect" or not drawn["stroke"]
    colours = [look.stroke] if drawn["stroke"] else []
    if drawn["fill"] and thin:
        colours.append(look.fill)
    return not _is_clipped(drawn, look.view) and any(
        _shows(drawn, colour, look, paints) for colour in colours
    )


def _is_clipped(drawn: Drawn, view: Visibility) -> bool:
    x0, y0, x1, y1 = view.clip
    return bool(
        drawn["x1"] < x0 - 1 or drawn["x0"] > x1 + 1 or drawn["y1"] < y0 - 1 or drawn["y0"] > y1 + 1
    )


def _shows(drawn: Drawn, colour: Colour | None, look: PathStyle, paints: Sequence[Paint]) -> bool:
    """Whether half of what is drawn differs from its ground and was not painted over."""
    if colour is None:
        return True
    grounds = paints[: look.before]
    risky = any(
        is_same(colour, ground, look.view) for ground in (WHITE, *(p.colour for p in grounds))
    )
    covers = [p for p in paints[look.after :] if p.covers and not p.picture]
    if not risky and not covers:
        return True
    shown = 0
    for share in _PLACES:
        x = drawn["x0"] + share * (drawn["x1"] - drawn["x0"])
        y = drawn["y0"] + share * (drawn["y1"] - drawn["y0"])
        over = any(_holds(p, x, y, -_EDGE) for p in covers)
        if over:
            continue
        ground = next((p.colour for p in reversed(grounds) if _holds(p, x, y, _EDGE)), WHITE)
        shown += not is_same(colour, ground, look.view)
    return 2 * shown >= len(_PLACES)


def _holds(paint: Paint, x: float, y: float, margin: float) -> bool:
    x0, y0, x1, y1 = paint.box
    return x0 - margin <= x <= x1 + margin and y0 - margin <= y <= y1 + margin


def _dotted(marks: Sequence[Box]) -> list[Box]:
    """The rules that dots and dashes make."""
    if len(marks) < _FEWEST:
        return []
    found = []
    for across in (True, False):
        rows = _in_rows(marks, across=across)
        for i, row in enumerate(rows):
            near = [*rows[max(0, i - 2) : i], *rows[i + 1 : i + 3]]
            found += [
                union(run)
                for run in _evenly_spaced(row, across=across)
                if not _is_hatched(run, near, across=across)
            ]
    return found


def _at(box: Box, *, across: bool) -> tuple[float, float]:
    """Where a mark stands, across the rule that it may be part of and along it."""
    x, y = box.center
    return (y, x) if across else (x, y)


def _in_rows(marks: Sequence[Box], *, across: bool) -> list[list[Box]]:
    rows: list[list[Box]] = []
    last = float("-inf")
    for mark in sorted(marks, key=lambda box: _at(box, across=across)):
        at = _at(mark, across=across)[0]
        if at - last > _COLLINEAR:
            rows.append([])
        rows[-1].append(mark)
        last = at
    return [sorted(row, key=lambda box: _at(box, across=across)[1]) for row in rows]


def _evenly_spaced(row: Sequence[Box], *, across: bool) -> Iterator[list[Box]]:
    """The runs of marks of one row that follow one another at about the same distance."""
    places = [_at(box, across=across)[1] for box in row]
    steps = [b - a for a, b in pairwise(places) if 0 < b - a <= _APART]
    limit = min(_APART, _UNEVEN * median(steps)) if steps else 0.0
    run = [row[0]] if row else []
    for (a, b), box in zip(pairwise(places), row[1:], strict=True):
        if b - a > limit:
            if len(run) >= _FEWEST:
                yield run
            run = []
        run.append(box)
    if len(run) >= _FEWEST:
        yield run


def _is_hatched(run: Sequence[Box], near: Iterable[Sequence[Box]], *, across: bool) -> bool:
    """Whether other marks stand close beside those of a run: a hatching, a code, a picture."""
    at = _at(run[0], across=across)[0]
    beside = sorted(
        _at(box, across=across)[1]
        for row in near
        for box in row
        if abs(_at(box, across=across)[0] - at) <= _BESIDE
    )
    places = [_at(box, across=across)[1] for box in run]
    touched = sum(any(abs(place - other) <= 1 for other in beside) for place in places)
    return touched > _MOST_BESIDE * len(run)
