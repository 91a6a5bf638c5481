"""Gold: what a right answer holds, in the shape of the project's gold files, with extras."""

from collections.abc import Sequence
from typing import Any

from tests.benchmarks.corpus.layouts import Layout, load_layouts
from tests.benchmarks.corpus.model import Agencies, Appendix, Item, Plan, When
from tests.benchmarks.corpus.rows import Style


def gold(
    plan: Plan, styles: Sequence[Style], marks: dict[str, int], about: dict[str, Any]
) -> dict[str, Any]:
    """Return the gold of a document.

    `marks` holds the page of each bookmark of the laid-out document, `about` goes in as it is.
    Extras beside the fields of the project's gold: `appendices` (first and last page and columns
    of each table), `other_rows` (the rows of tables without tasks), `boundaries` (for each page
    break within a table: which item runs over it, if any), and for each item `pages` and `cells`
    (first and last page of the row, of each column).
    """
    sections: list[dict[str, Any]] = []
    items: list[dict[str, Any]] = []
    appendices: list[dict[str, Any]] = []
    boundaries: list[dict[str, Any]] = []
    for a, appendix in enumerate(plan.appendices):
        columns = _columns(appendix, styles[a])
        own = _items(appendix, a, len(sections), columns, marks)
        span = _range([item["pages"] for item in own])
        boundaries += _boundaries(span, own, len(items))
        sections += _sections(appendix, a, len(sections), marks)
        items += own
        appendices.append(
            {
                "marker": appendix.marker,
                "title": appendix.title,
                "layout": appendix.layout,
                "pages": span,
                "columns": [{"role": role, "header": header} for role, header in columns],
            }
        )
    return {
        **_heading(plan),
        "sections": sections,
        "items": items,
        "template": load_layouts()[plan.appendices[0].layout].template,
        "appendices": appendices,
        "boundaries": boundaries,
        "other_rows": [list(row) for appendix in plan.appendices for row in appendix.texts],
        **about,
    }


def _heading(plan: Plan) -> dict[str, Any]:
    return {
        "unit": plan.place.unit,
        "province": plan.place.province,
        "programme": plan.appendices[0].title,
        "year": plan.year,
        "issued_year": plan.issued_year,
        "number": plan.number,
        "day": plan.day,
        "month": plan.month,
    }


def _columns(appendix: Appendix, style: Style) -> list[tuple[str, str]]:
    """Return role and header, as printed, of each column."""
    columns = load_layouts()[appendix.layout].columns
    return [(column.role, text) for column, text in zip(columns, style.headers, strict=True)]


def _sections(
    appendix: Appendix, a: int, first: int, marks: dict[str, int]
) -> list[dict[str, Any]]:
    return [
        {
            "marker": section.marker,
            "title": section.title,
            "parent": None if section.parent is None else first + section.parent,
            "appendix": a,
            "page": marks[f"ba{a}s{i}"],
        }
        for i, section in enumerate(appendix.sections)
    ]


def _items(
    appendix: Appendix,
    a: int,
    first_section: int,
    columns: list[tuple[str, str]],
    marks: dict[str, int],
) -> list[dict[str, Any]]:
    found = []
    for i, item in enumerate(appendix.items):
        cells = _cells(marks, columns, f"a{a}i{i}")
        below = appendix.items[i + 1].share if i + 1 < len(appendix.items) else frozenset()
        # A cell merged with the rows beneath it may run on while its own row does not.
        own = [pages for name, pages in cells.items() if name not in below]
        entry = _item(item, load_layouts()[appendix.layout], columns)
        entry["section"] = None if item.section is None else first_section + item.section
        found.append(entry | {"appendix": a, "cells": cells, "pages": _range(own)})
    return found


def _item(item: Item, layout: Layout, columns: list[tuple[str, str]]) -> dict[str, Any]:
    extra = {
        header: item.extra[column.header]
        for column, (role, header) in zip(layout.columns, columns, strict=True)
        if role == "extra" and item.extra[column.header]
    }
    return {
        "section": None,
        "marker": item.marker,
        "title": item.title,
        "tasks": [task.text for task in item.tasks],
        "task_levels": [task.level for task in item.tasks],
        "lead_in": item.lead_in,
        **_role("lead", item.lead),
        **_role("partner", item.partner),
        "time": item.time.text,
        "timeframe": _when(item.time),
        "deliverable": item.deliverable,
        "extra": extra,
        "merged_above": sorted(item.share),
    }


def _role(name: str, agencies: Agencies) -> dict[str, Any]:
    return {name: agencies.text, f"{name}_names": list(agencies.names)}


def _when(when: When) -> dict[str, str | None]:
    return {
        "kind": when.kind,
        "start": when.start,
        "end": when.end,
        "recurrence": when.recurrence,
    }


def _cells(
    marks: dict[str, int], columns: list[tuple[str, str]], mark: str
) -> dict[str, list[int]]:
    """Return first and last page of each cell of the row that holds a text of its own."""
    return {
        (header if role == "extra" else role): [marks[f"b{mark}c{i}"], marks[f"e{mark}c{i}"]]
        for i, (role, header) in enumerate(columns)
        if f"b{mark}c{i}" in marks
    }


def _range(spans: Sequence[list[int]]) -> list[int] | None:
    """Return the first and the last page of them all, None where there are none."""
    pages = [page for span in spans for page in span]
    return [min(pages), max(pages)] if pages else None


def _boundaries(
    span: list[int] | None, items: list[dict[str, Any]], first: int
) -> list[dict[str, Any]]:
    """Return one record for each page of the table but its first."""
    if span is None:
        return []
    found = []
    for page in range(span[0] + 1, span[1] + 1):
        over = [
            i
            for i, item in enumerate(items, start=first)
            if item["pages"][0] < page <= item["pages"][1]
        ]
        found.append({"page": page, "runs_on": bool(over), "item": over[0] if over else None})
    return found
