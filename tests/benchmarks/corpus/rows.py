"""An appendix as the rows of a table: what is printed in which cell, merged how."""

import random
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from tests.benchmarks.corpus import content
from tests.benchmarks.corpus.layouts import Column, HeaderCell, Layout
from tests.benchmarks.corpus.model import Appendix, Item, Section, Task

Merge = Literal["", "start", "continue"]


class Paragraph(Struct, frozen=True):
    """A paragraph of a cell or of the running text."""

    text: str
    bold: bool = False
    italic: bool = False
    align: str = "left"


class CellText(Struct, frozen=True):
    """A cell: its paragraphs, columns it spans, how it is merged downward, its bookmark's name, and
    whether the text stands in the middle between top and bottom.
    """

    paragraphs: tuple[Paragraph, ...]
    span: int = 1
    merge: Merge = ""
    mark: str = ""
    centre: bool = False


class TableRow(Struct, frozen=True):
    """A row. Header rows are repeated on each page where the document asks for it.

    `keep` forbids a page break within the row, as few documents do.
    """

    cells: tuple[CellText, ...]
    header: bool = False
    keep: bool = False


class Style(Struct, frozen=True):
    """Habits of the office that typed the document, the same throughout."""

    dash: str
    section_end: str
    item_end: str
    align_tasks: str
    plain_single: bool
    upper_sections: bool
    roles_form: str
    centre: bool
    keep_rows: bool
    headers: tuple[str, ...]


def draw_style(rng: random.Random, layout: Layout) -> Style:
    """Return the habits for one document."""
    return Style(
        dash=rng.choices(("- ", "-", "– "), (80, 12, 8))[0],
        section_end=rng.choice((".", ".", "")) if layout.sections.startswith("index") else ".",
        item_end=")" if layout.item_marker == "alpha" else rng.choice(("", "", ".")),
        align_tasks=rng.choice(("both", "both", "left")),
        plain_single=rng.random() < 0.7,
        upper_sections=layout.subsections or rng.random() < 0.15,
        roles_form=rng.choice(("labels", "labels", "words")),
        centre=rng.random() < 0.2,
        keep_rows=rng.random() < 0.05,
        headers=_headers(rng, layout),
    )


def _headers(rng: random.Random, layout: Layout) -> tuple[str, ...]:
    """Return the header of each column: the layout's, or words of the same meaning."""
    own = tuple(column.header for column in layout.columns)
    if layout.fixed_header or layout.header or rng.random() < 0.4:
        return own
    drawn = tuple(rng.choice(content.headers().get(c.role, [c.header])) for c in layout.columns)
    return tuple(header.upper() for header in drawn) if rng.random() < 0.1 else drawn


def table_rows(appendix: Appendix, layout: Layout, style: Style, prefix: str) -> list[TableRow]:
    """Return header and body. Bookmarks are named `<prefix>i<item>c<column>` and `<prefix>s<n>`."""
    rows = header_rows(layout, style.headers)
    done: set[int] = set()
    for i, item in enumerate(appendix.items):
        for at in _headings(appendix, item):
            if at not in done:
                done.add(at)
                rows.append(_section_row(appendix.sections[at], layout, style, f"{prefix}s{at}"))
        below = appendix.items[i + 1].share if i + 1 < len(appendix.items) else frozenset()
        rows.append(_item_row(item, below, layout, style, f"{prefix}i{i}"))
    return rows


def header_rows(layout: Layout, headers: tuple[str, ...]) -> list[TableRow]:
    """Return the header: one row of the given texts, or the rows that the layout gives."""
    grid = layout.header or (tuple(HeaderCell(text) for text in headers),)
    rows = [
        TableRow(tuple(cells), header=True) for cells in _header_cells(grid, len(layout.columns))
    ]
    if layout.number_row:
        cells = tuple(
            CellText((Paragraph(text, italic=True, align="center"),)) for text in layout.number_row
        )
        rows.append(TableRow(cells, header=True))
    return rows


def _header_cells(grid: tuple[tuple[HeaderCell, ...], ...], n_cols: int) -> list[list[CellText]]:
    """Put cells that span rows into the rows beneath them as well."""
    open_spans: dict[int, tuple[int, int]] = {}  # first column -> (rows left, columns)
    result = []
    for row in grid:
        waiting, cells, col = list(row), [], 0
        while col < n_cols:
            if col in open_spans:
                left, cols = open_spans.pop(col)
                cells.append(CellText((Paragraph(""),), cols, "continue"))
                if left > 1:
                    open_spans[col] = (left - 1, cols)
                col += cols
                continue
            cell = waiting.pop(0)
            text = Paragraph(cell.text, bold=True, align="center")
            cells.append(CellText((text,), cell.cols, "start" if cell.rows > 1 else ""))
            if cell.rows > 1:
                open_spans[col] = (cell.rows - 1, cell.cols)
            col += cell.cols
        result.append(cells)
    return result


def _headings(appendix: Appendix, item: Item) -> list[int]:
    """Return the sections that the item stands in, outermost first."""
    chain: list[int] = []
    at = item.section
    while at is not None:
        chain.insert(0, at)
        at = appendix.sections[at].parent
    return chain


def _section_row(section: Section, layout: Layout, style: Style, mark: str) -> TableRow:
    title = (
        section.title.upper() if style.upper_sections and section.parent is None else section.title
    )
    number = section.marker + style.section_end
    n = len(layout.columns)
    empty = CellText((Paragraph(""),))
    if layout.sections in ("first_cell", "merged"):
        text = Paragraph(f"{section.marker}. {title}", bold=True)
        if layout.sections == "merged":
            return TableRow((CellText((text,), n, mark=mark),))
        return TableRow((CellText((text,), mark=mark), *[empty] * (n - 1)))
    index = CellText((Paragraph(number, bold=True, align="center"),))
    heading = CellText((Paragraph(title, bold=True),), mark=mark)
    if layout.sections == "index":
        return TableRow((index, heading, *[empty] * (n - 2)))
    return TableRow((index, replace(heading, span=n - 1)))


def _item_row(
    item: Item, below: frozenset[str], layout: Layout, style: Style, mark: str
) -> TableRow:
    has_index = any(column.role == "index" for column in layout.columns)
    cells = []
    for i, column in enumerate(layout.columns):
        if column.role in item.share:
            cells.append(CellText((Paragraph(""),), merge="continue"))
            continue
        paragraphs = tuple(_paragraphs(item, column, style, layout, has_index=has_index))
        merge: Merge = "start" if column.role in below else ""
        centre = style.centre and column.role not in ("title", "tasks", "content")
        cells.append(CellText(paragraphs, merge=merge, mark=f"{mark}c{i}", centre=centre))
    return TableRow(tuple(cells), keep=style.keep_rows)


def _paragraphs(
    item: Item, column: Column, style: Style, layout: Layout, *, has_index: bool
) -> list[Paragraph]:
    if column.role == "tasks":
        lead_in = [Paragraph(item.lead_in, align=style.align_tasks)] if item.lead_in else []
        return lead_in + _task_paragraphs(item, style, layout)
    if column.role == "content":
        title = [Paragraph(f"{item.title}:")] if item.title else []
        return title + _task_paragraphs(item, style, layout)
    text = _text(item, column, style, has_index=has_index)
    return [Paragraph(line, align=column.align) for line in text.split("\n")]


def _text(item: Item, column: Column, style: Style, *, has_index: bool) -> str:
    """Return what stands in a cell without bullets, line breaks included."""
    number = f"{item.marker}{style.item_end}"
    texts: dict[str, str | None] = {
        "index": number if item.marker else "",
        "title": item.title if has_index or not item.marker else f"{number} {item.title}",
        "lead": item.lead.text,
        "partner": item.partner.text,
        "roles": _roles_text(item, style),
        "time": item.time.text,
        "deliverable": item.deliverable,
        "extra": item.extra.get(column.header, ""),
    }
    return texts[column.role] or ""


def _task_paragraphs(item: Item, style: Style, layout: Layout) -> list[Paragraph]:
    single = len(item.tasks) == 1 and style.plain_single
    return [
        Paragraph(
            bullet(task, i, layout, style, single=single) + task.text, align=style.align_tasks
        )
        for i, task in enumerate(item.tasks)
    ]


def bullet(task: Task, index: int, layout: Layout, style: Style, *, single: bool) -> str:
    """Return what stands before the task in print."""
    if single or layout.bullets == "none":
        return ""
    if layout.bullets == "numbered":
        return f"({index + 1}) "
    return "+ " if task.level else style.dash


def _roles_text(item: Item, style: Style) -> str:
    lead, partner = (
        roles.text.rstrip(".;").replace("\n", "; ") for roles in (item.lead, item.partner)
    )
    if style.roles_form == "words":
        return f"{lead} chủ trì" + (f"; {partner} phối hợp" if partner else "")
    return f"Chủ trì: {lead}." + (f"\nPhối hợp: {partner}." if partner else "")
