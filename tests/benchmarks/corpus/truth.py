"""Gold: what a right answer holds, in the shape of the project's gold files, with extras."""

from typing import Any

from tests.benchmarks.corpus.layouts import load_layouts
from tests.benchmarks.corpus.model import Agencies, Appendix, Item, Plan, When


def gold(plan: Plan, marks: dict[str, int], pages: int, about: dict[str, Any]) -> dict[str, Any]:
    """Return the gold of a document.

    `marks` holds the page of each bookmark of the laid-out document, `about` goes in as it is.
    Extras beside the fields of the project's gold: `appendices` (first and last page of each
    table), `boundaries` (for each page break within a table: which item runs over it, if any),
    and for each item `pages` and `cells` (first and last page of the row and of each column).
    """
    sections: list[dict[str, Any]] = []
    items: list[dict[str, Any]] = []
    appendices: list[dict[str, Any]] = []
    boundaries: list[dict[str, Any]] = []
    for a, appendix in enumerate(plan.appendices):
        first_section, first_item = len(sections), len(items)
        sections += [
            {
                "marker": section.marker,
                "title": section.title,
                "parent": None if section.parent is None else first_section + section.parent,
                "appendix": a,
                "page": marks.get(f"ba{a}s{i}"),
            }
            for i, section in enumerate(appendix.sections)
        ]
        for i, item in enumerate(appendix.items):
            entry = _item(item, first_section)
            cells = _cells(marks, appendix, f"a{a}i{i}")
            below = appendix.items[i + 1].share if i + 1 < len(appendix.items) else frozenset()
            # A cell merged with the rows beneath it may run on while its own row does not.
            own = {role: pages for role, pages in cells.items() if role not in below}
            entry |= {"appendix": a, "cells": cells, "pages": _range(own)}
            items.append(entry)
        span = _range({str(i): e["pages"] for i, e in enumerate(items[first_item:]) if e["pages"]})
        appendices.append(
            {
                "marker": appendix.marker,
                "title": appendix.title,
                "layout": appendix.layout,
                "pages": span,
            }
        )
        boundaries += _boundaries(span, items, first_item)
    return {
        "unit": plan.place.unit,
        "province": plan.place.province,
        "programme": plan.appendices[0].title,
        "year": plan.year,
        "issued_year": plan.issued_year,
        "number": plan.number,
        "day": plan.day,
        "month": plan.month,
        "sections": sections,
        "items": items,
        "template": load_layouts()[plan.appendices[0].layout].template,
        "appendices": appendices,
        "boundaries": boundaries,
        "page_count": pages,
        **about,
    }


def _item(item: Item, first_section: int) -> dict[str, Any]:
    return {
        "section": None if item.section is None else first_section + item.section,
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
        "extra": {key: value for key, value in item.extra.items() if value},
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


def _cells(marks: dict[str, int], appendix: Appendix, mark: str) -> dict[str, list[int]]:
    """Return first and last page of each cell of the row that holds a text of its own."""
    columns = load_layouts()[appendix.layout].columns
    return {
        (column.header if column.role == "extra" else column.role): [
            marks[f"b{mark}c{i}"],
            marks[f"e{mark}c{i}"],
        ]
        for i, column in enumerate(columns)
        if f"b{mark}c{i}" in marks
    }


def _range(parts: dict[str, Any]) -> list[int] | None:
    pages = [page for part in parts.values() for page in part]
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
            for i, item in enumerate(items[first:], start=first)
            if item["pages"][0] < page <= item["pages"][1]
        ]
        found.append({"page": page, "runs_on": bool(over), "item": over[0] if over else None})
    return found
