"""Pages of one table whose columns lie or stand otherwise: each page by its own header.

Most tables have one grid on all of their pages. But where a table was typed page by page, or
printed across and upright, columns change their widths, their order or their number. Then each
layout keeps its own edges, and its columns are led to the table's by what their headers say.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace
from rapidfuzz import fuzz

from pipeline.language.text import bare
from pipeline.stitch.columns import agreement, common_edges, impose
from pipeline.stitch.header import column_names, header_depth, match_column
from pipeline.stitch.rows import rows_of
from schemas.page import Page
from schemas.table import Cell, PageTable, Row

_SAME_NAME = 80  # rapidfuzz ratio, without tones: slips of OCR forgiven
_FEWEST = 2  # columns that two headers must have in common, and at least half of the table's

Name = tuple[str, ...]


class Laid(Struct, frozen=True):
    """The parts of a table on their column edges, and their rows in the columns of the table.

    `headers` counts for each part the first rows that are a header of its own, where it was led by
    that.
    """

    edges: tuple[float, ...]
    parts: list[PageTable]
    rows: list[list[Row]]
    headers: list[int]


class _Layout(Struct):
    """Parts of a table on one grid, by their place among all parts.

    `order` tells for each column of the grid which one of the table it is. Columns that the first
    page does not have are numbered on from its last.
    """

    order: tuple[int, ...]
    members: list[int] = field(default_factory=list)


def laid_out(parts: Sequence[PageTable], pages: Mapping[int, Page]) -> Laid:
    """Return the parts of a table, each on the edges of its layout, and their rows.

    Where the first page lost a rule, nothing can be said of its columns one by one: all parts are
    laid over the edges that most of them show.
    """
    layouts, headers = _layouts(parts)
    edges = common_edges([parts[i] for i in layouts[0].members])[1]
    if len(edges) - 1 != len(layouts[0].order):
        edges = common_edges(parts)[1]
        layouts = [_Layout(tuple(range(len(edges) - 1)), list(range(len(parts))))]
        headers = [0] * len(parts)
    n_cols = max(col for layout in layouts for col in layout.order) + 1
    imposed, rows = list(parts), [list[Row]() for _ in parts]
    for layout in layouts:
        reference, own = _grid(layout, parts)
        for i in layout.members:
            imposed[i] = impose(pages[parts[i].page], parts[i], reference, own)
            rows[i] = led_to_table(rows_of(imposed[i]), layout.order, n_cols)
    known = len(layouts[0].order)
    if n_cols > known:
        rows[0][0] = _with_new_columns(rows, known)
    # Columns of later pages have no place on the first: they stand behind its own.
    further = tuple(edges[-1] + (i + 1) * (edges[-1] - edges[-2]) for i in range(n_cols - known))
    return Laid((*edges, *further), imposed, rows, headers)


def _grid(layout: _Layout, parts: Sequence[PageTable]) -> tuple[PageTable, tuple[float, ...]]:
    """The reference part and the column edges of a layout."""
    reference, edges = common_edges([parts[i] for i in layout.members])
    if len(edges) - 1 == len(layout.order):
        return reference, edges
    opening = parts[layout.members[0]]
    return opening, opening.col_edges


def _with_new_columns(rows: Sequence[Sequence[Row]], known: int) -> Row:
    """The first row of a table with the headers of the columns that later pages bring."""
    new: dict[int, Cell] = {}
    for part in rows[1:]:
        for cell in part[0].cells if part else ():
            if cell.col >= known:
                new.setdefault(cell.col, cell)
    return replace(rows[0][0], cells=(*rows[0][0].cells, *(new[col] for col in sorted(new))))


def _layouts(parts: Sequence[PageTable]) -> tuple[list[_Layout], list[int]]:
    """The layouts of a table, the first page's first, and the depth of each part's own header."""
    known = header_names(parts[0])
    layouts = [_Layout(tuple(range(parts[0].n_cols)), [0])]
    headers = [0]
    latest = layouts[0]
    for i, part in enumerate(parts[1:], 1):
        names = header_names(part)
        order = own_order(names, known)
        layout = _fitting(part, order, layouts, latest, parts)
        if layout is None:
            usual = (
                next(one.order for one in (latest, *layouts) if len(one.order) == part.n_cols)
                if order is None
                else order
            )
            layout = _Layout(usual)
            layouts.append(layout)
        if order is not None:
            new = sorted(col for col in order if col >= len(known))
            known = [*known, *(names[order.index(col)] for col in new)]
        headers.append(header_depth(rows_of(part), part.n_cols) if order is not None else 0)
        layout.members.append(i)
        latest = layout
    return layouts, headers


def _fitting(
    part: PageTable,
    order: tuple[int, ...] | None,
    layouts: Sequence[_Layout],
    latest: _Layout,
    parts: Sequence[PageTable],
) -> _Layout | None:
    """The layout that a part belongs to, rather the latest; None where it has one of its own.

    A part that shows fewer or more columns and no header that tells has lost a rule or shows a
    streak: it goes to the layout with which it agrees best.
    """

    def likeness(layout: _Layout) -> float:
        return max(agreement(part, parts[i]) for i in layout.members)

    alike = [one for one in (latest, *layouts) if order is None or one.order == order]
    if not alike:
        return None
    best = max(alike, key=likeness)
    comparable = any(
        len(one.order) == part.n_cols and any(parts[i].n_cols == part.n_cols for i in one.members)
        for one in alike
    )
    # By chance a scan may lose one rule and show a streak elsewhere.
    astray = int(order is None and _is_read_by_ocr(part))
    agrees = likeness(best) >= 1 - astray / len(part.col_edges)
    return best if agrees or not comparable else None


def _is_read_by_ocr(part: PageTable) -> bool:
    return any(line.confidence < 1 for cell in part.cells for line in cell.piece.lines)


def header_names(part: PageTable) -> list[Name]:
    """Return for each column of a part its header texts; [] where it has no header of its own."""
    rows = rows_of(part)
    depth = header_depth(rows, part.n_cols)
    return column_names(rows[:depth], part.n_cols) if depth else []


def own_order(names: Sequence[Name], known: Sequence[Name]) -> tuple[int, ...] | None:
    """Return which column of a table each column of a part is, told from their headers.

    Numbers from `len(known)` on are columns that the table does not have. None where the headers
    do not tell for certain: a scan may have lost a rule between two of them.
    """
    if not _are_clear(names) or not _are_clear(known):
        return None
    order = _matched(names, known)
    if len(order) < max(_FEWEST, len(known) / 2):
        return None
    missing = [col for col in range(len(known)) if col not in order.values()]
    unknown = [col for col in range(len(names)) if col not in order]
    if unknown and missing:
        if unknown != missing or len(unknown) > 1:
            return None
        order[unknown[0]] = missing[0]
        unknown = []
    if any(match_column(names[col]) is None for col in unknown):
        return None
    order |= {col: len(known) + i for i, col in enumerate(unknown)}
    return tuple(order[col] for col in range(len(names)))


def _are_clear(names: Sequence[Name]) -> bool:
    """Whether every column has a name, and one of its own: a name over two grid columns says that
    one of their edges is none."""
    return bool(names) and all(names) and len(set(names)) == len(names)


def _matched(names: Sequence[Name], known: Sequence[Name]) -> dict[int, int]:
    """The columns whose names are alike, the likest first and then the nearest."""
    texts, others = ([bare(" ".join(name)) for name in side] for side in (names, known))
    pairs = sorted(
        (-likeness, abs(i - j), i, j)
        for i, text in enumerate(texts)
        for j, other in enumerate(others)
        if (likeness := fuzz.ratio(text, other)) >= _SAME_NAME
    )
    order: dict[int, int] = {}
    for _, _, i, j in pairs:
        if i not in order and j not in order.values():
            order[i] = j
    return order


def led_to_table(rows: Sequence[Row], order: Sequence[int], n_cols: int) -> list[Row]:
    """Return the rows of a layout with their cells in the table's columns."""
    if tuple(order) == tuple(range(n_cols)):
        return list(rows)
    led = []
    for row in rows:
        cells = [_led(cell, order, n_cols) for cell in row.cells]
        led.append(replace(row, cells=tuple(sorted(cells, key=lambda cell: cell.col))))
    return led


def _led(cell: Cell, order: Sequence[int], n_cols: int) -> Cell:
    span = sorted(order[cell.col : cell.col + cell.col_span])
    if len(span) == len(order):
        return replace(cell, col=0, col_span=n_cols)
    if span[-1] - span[0] == len(span) - 1:
        return replace(cell, col=span[0], col_span=len(span))
    return replace(cell, col=order[cell.col], col_span=1)  # the table has these columns apart
