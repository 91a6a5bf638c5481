"""Columns of a spreadsheet that went on further pages: the same rows, put beside each other again.

A sheet that is too wide is printed in bands of columns, "down, then over" or "over, then down".
Its rows stand at the same heights on every page of a band.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.stitch.header import column_names, header_depth, match_column
from pipeline.stitch.rows import rows_of, texts_of
from pipeline.tables.header_words import is_header
from schemas.plan import Decision
from schemas.table import PageTable

_SAME_HEIGHT = 1.5  # points
_FEWEST_ROWS = 3
_MOST_BANDS = 4

Tables = Mapping[int, Sequence[PageTable]]


def columns_beside(tables: Tables) -> tuple[dict[int, Sequence[PageTable]], list[Decision]]:
    """Return the tables by page with further columns put to their rows, and what was decided.

    Only where every page with a table fits one of the two orders of printing.
    """
    printed = [page for page, found in sorted(tables.items()) if found]
    if len(printed) < 2 or any(len(tables[page]) > 1 for page in printed):
        return dict(tables), []
    parts = [tables[page][0] for page in printed]
    for bands in _bandings(parts):
        if all(_are_one(band) for band in bands) and _goes_on(bands[0]):
            joined = {band[0].page: [_joined(band)] for band in bands}
            decisions = [_decision(part.page) for band in bands for part in band[1:]]
            return {page: joined.get(page, []) for page in tables}, decisions
    return dict(tables), []


def _bandings(parts: Sequence[PageTable]) -> Iterator[list[list[PageTable]]]:
    """The ways in which pages may hold bands of columns; each list is one stretch of rows."""
    for count in range(2, _MOST_BANDS + 1):
        if len(parts) % count:
            continue
        yield [list(parts[i : i + count]) for i in range(0, len(parts), count)]
        rows = len(parts) // count
        if rows > 1:
            yield [list(parts[i::rows]) for i in range(rows)]


def _are_one(band: Sequence[PageTable]) -> bool:
    first = band[0]
    return first.n_rows >= _FEWEST_ROWS and all(
        part.n_rows == first.n_rows
        and all(
            abs(a - b) <= _SAME_HEIGHT for a, b in zip(part.row_edges, first.row_edges, strict=True)
        )
        for part in band[1:]
    )


def _goes_on(band: Sequence[PageTable]) -> bool:
    """Whether the first page begins a table and the others hold columns that it does not have."""
    known = _roles(band[0])
    if "content" not in known:
        return False
    for part in band[1:]:
        texts = texts_of(rows_of(part)[0], part.n_cols)
        roles = _roles(part)
        if "index" in roles or not is_header(texts) or known & roles:
            return False
        known |= roles
    return True


def _roles(part: PageTable) -> set[str]:
    rows = rows_of(part)
    depth = header_depth(rows, part.n_cols) or 1
    names = column_names(rows[:depth], part.n_cols)
    found = (match_column(name) for name in names)
    return {str(match.role) for match in found if match and match.role != "none"}


def _joined(band: Sequence[PageTable]) -> PageTable:
    first = band[0]
    edges, cells = list(first.col_edges), list(first.cells)
    for part in band[1:]:
        before = len(edges) - 1
        cells += [replace(cell, col=cell.col + before) for cell in part.cells]
        for a, b in pairwise(part.col_edges):
            edges.append(edges[-1] + b - a)
    return replace(first, col_edges=tuple(edges), cells=tuple(cells))


def _decision(page: int) -> Decision:
    reasons = ("same_rows_beside",)
    return Decision(what="table_join", page=page, taken=True, score=1.0, reasons=reasons)
