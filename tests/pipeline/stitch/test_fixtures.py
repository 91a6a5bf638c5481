"""Every fixture beside this file: pages of a table as they are printed, and the rows they hold.

A folder is a class of failure. `**bold**` is bold print, `merged` lists cells that run down over
rows of a page, `between` is text that stands above the table of a page.
"""

from pathlib import Path

import pytest
import yaml

from pipeline.settings import Settings
from pipeline.stitch import stitch
from pipeline.stitch.rows import texts_of
from schemas.geometry import Box
from schemas.page import Page, TextLine
from schemas.table import PageCell, PageTable, Piece

FIXTURES = sorted(Path(__file__).parent.glob("*/*.yaml"))
LEFT, WIDTH, TOP, HEIGHT = 50.0, 90.0, 100.0, 40.0


def piece(text, page, box):
    bold = text.startswith("**")
    text = text.strip("*")
    inner = Box(box.x0 + 4, box.top + 4, box.x1 - 4, box.top + 16)
    lines = (TextLine(text, inner, page, bold=bold),) if text else ()
    return Piece(page, box, lines)


def page_table(number, rows, merged):
    spans = {}
    covered = set()
    for cell in merged:
        first, last = cell["rows"]
        spans[first, cell["col"]] = last - first + 1
        covered |= {(row, cell["col"]) for row in range(first + 1, last + 1)}
    columns = max(map(len, rows))
    col_edges = tuple(LEFT + i * WIDTH for i in range(columns + 1))
    row_edges = tuple(TOP + i * HEIGHT for i in range(len(rows) + 1))
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if (r, c) in covered:
                continue
            span = spans.get((r, c), 1)
            box = Box(col_edges[c], row_edges[r], col_edges[c + 1], row_edges[r + span])
            cells.append(PageCell(r, c, span, 1, piece(text, number, box)))
    box = Box(col_edges[0], row_edges[0], col_edges[-1], row_edges[-1])
    return PageTable(number, box, col_edges, row_edges, tuple(cells))


def stitched(fixture, **settings):
    tables, pages, outside = [], [], {}
    for number, rows in enumerate(fixture["pages"], 1):
        grid = [*([fixture["header"]] if number == 1 else []), *rows]
        merged = [
            {**m, "rows": [row + (number == 1) for row in m["rows"]]}
            for m in fixture.get("merged", [])
            if m["page"] == number
        ]
        tables.append(page_table(number, grid, merged))
        pages.append(Page(number, 700, 900, (), (), "text_layer"))
        text = fixture.get("between", {}).get(number)
        outside[number] = [TextLine(text, Box(300, 40, 400, 52), number)] if text else []
    return stitch(pages, tables, outside, Settings(**settings))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_rows_come_out_as_printed(path):
    fixture = yaml.safe_load(path.read_text("utf-8"))
    tables, decisions = stitched(fixture)
    assert len(tables) == fixture.get("tables", 1), decisions
    if "rows" in fixture:
        table = tables[0]
        assert [texts_of(row, table.n_cols) for row in table.rows] == fixture["rows"]
        headings = [i for i, heading in enumerate(table.headings) if heading]
        assert headings == fixture.get("headings", [])


@pytest.mark.parametrize("path", FIXTURES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_no_piece_is_lost_and_every_decision_has_reasons(path):
    fixture = yaml.safe_load(path.read_text("utf-8"))
    tables, decisions = stitched(fixture)
    kept = {id(p) for t in tables for r in t.rows for c in r.cells for p in c.pieces if p.lines}
    header = {id(c.piece) for t in tables for p in t.parts for c in p.cells if c.row == 0}
    for table in tables:
        for part in table.parts:
            for cell in part.cells:
                if cell.piece.lines and id(cell.piece) not in header:
                    assert id(cell.piece) in kept, cell.piece.text
    for decision in [*decisions, *(d for t in tables for d in t.decisions)]:
        assert decision.reasons
        assert 0 <= decision.score <= 1


def test_joining_can_be_switched_off():
    path = next(p for p in FIXTURES if p.stem == "tasks_run_on_twice")
    fixture = yaml.safe_load(path.read_text("utf-8"))
    tables, _ = stitched(fixture, join_rows=False)
    assert all(not row.joins for table in tables for row in table.rows)
    assert [len(table.rows) for table in tables] == [4]
