"""An appendix as the rows of a table: what is printed in which cell, merged how."""

import random
from dataclasses import dataclass, replace
from typing import Literal

from tests.benchmarks.corpus.layouts import Column, HeaderCell, Layout
from tests.benchmarks.corpus.model import Appendix, Item, Section, Task

Merge = Literal["", "start", "continue"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a cell or of the running text."""

    text: str
    bold: bool = False
    italic: bool = False
    align: str = "left"


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell: its paragraphs, columns it spans, how it is merged downward, its bookmark's name."""

    paragraphs: tuple[Paragraph, ...]
    span: int = 1
    merge: Merge = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row; header rows are repeated on each page where the document asks for it."""

    cells: tuple[CellText, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """Habits of the office that typed the document, the same throughout."""

    dash: str
    section_end: str
    item_end: str
    align_tasks: str
    plain_single: bool
    upper_sections: bool
    roles_form: str


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
    )


def table_rows(appendix: Appendix, layout: Layout, style: Style, prefix: str) -> list[TableRow]:
    """Return header and body. Bookmarks are named `<prefix>i<item>c<column>` and `<prefix>s<n>`."""
    rows = header_rows(layout)
    done: set[int] = set()
    for i, item in enumerate(appendix.items):
        for at in _headings(appendix, item):
            if at not in done:
                done.add(at)
                rows.append(_section_row(appendix.sections[at], layout, style, f"{prefix}s{at}"))
        below = appendix.items[i + 1].share if i + 1 < len(appendix.items) else frozenset()
        rows.append(_item_row(item, below, layout, style, f"{prefix}i{i}"))
    return rows


def header_rows(layout: Layout) -> list[TableRow]:
    """Return the header: one row from the columns, or the rows that the layout gives."""
    grid = layout.header or (tuple(HeaderCell(c.header) for c in layout.columns),)
    rows = [TableRow(tuple(cells), header=True) for cells in _header_cells(grid, len(layout.columns))]
    if layout.number_row:
        cells = tuple(
            CellText((Paragraph(text, italic=True, align="center"),)) for text in layout.number_row
        )
        rows.append(TableRow(cells, header=True))
    return rows


def _header_cells(
    grid: tuple[tuple[HeaderCell, ...], ...], n_cols: int
) -> list[list[CellText]]:
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
    title = section.title.upper() if style.upper_sections and section.parent is None else section.title
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
        cells.append(CellText(paragraphs, merge=merge, mark=f"{mark}c{i}"))
    return TableRow(tuple(cells))


def _paragraphs(
    item: Item, column: Column, style: Style, layout: Layout, *, has_index: bool
) -> list[Paragraph]:
    match column.role:
        case "index":
            text = item.marker + style.item_end if item.marker else ""
            return [Paragraph(text, align="center")]
        case "title":
            lettered = not has_index and item.marker
            text = f"{item.marker}{style.item_end or '.'} {item.title}" if lettered else item.title
            return [Paragraph(text)]
        case "tasks":
            lead = [Paragraph(item.lead_in, align=style.align_tasks)] if item.lead_in else []
            return lead + _task_paragraphs(item, style, layout)
        case "content":
            tasks = _task_paragraphs(item, style, layout)
            return [Paragraph(f"{item.title}:")] + tasks if item.title else tasks
        case "roles":
            return [Paragraph(t) for t in _roles_text(item, style).split("\n")]
        case "extra":
            return [Paragraph(item.extra.get(column.header, ""), align=column.align)]
        case "deliverable":
            return [Paragraph(item.deliverable or "", align=column.align)]
        case _:
            cell = getattr(item, column.role)
            return [Paragraph(t, align=column.align) for t in cell.text.split("\n")]


def _task_paragraphs(item: Item, style: Style, layout: Layout) -> list[Paragraph]:
    single = len(item.tasks) == 1 and style.plain_single
    return [
        Paragraph(bullet(task, i, layout, style, single=single) + task.text, align=style.align_tasks)
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
