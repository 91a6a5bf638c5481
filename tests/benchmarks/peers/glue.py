"""The script that is written around a table extractor: the tables of pages into one list of items.

It does what the extractors' issue threads advise, no less: it puts the tables of following pages
together, drops repeated headers, appends a row with an empty first cell to the one above, takes a
row with one text only for a heading, and finds the columns by their headers. So that tables are
compared and not knowledge, headers, agencies and times are understood by this project's own
functions, and unit and year are told to it.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from msgspec import Struct, field

from pipeline.agencies import IssuerContext, Registry, match_cell, match_roles, shipped_office
from pipeline.language.markers import marker_alone, split_marker
from pipeline.tables.header_words import header_likeness, is_number_row, match_header
from pipeline.timeframes import parse_timeframe

Texts = list[str]
_BULLET = re.compile(r"^[-–+*•]\s+")
_LONGEST_TITLE = 12  # words before the ":" of a cell that holds title and tasks
_ROLES = ("lead", "partners", "lead_and_partners", "timeframe")


class _Table(Struct):
    """A table over all of its pages: header rows, then body rows, all of one width."""

    header: list[Texts]
    rows: list[Texts] = field(default_factory=list)
    page_heads: set[int] = field(default_factory=set)  # which rows are the first of a page


def items_of(tables: Sequence[tuple[int, list[list[str | None]]]], gold: Mapping[str, Any]) -> Any:
    """Return what the glue makes of a file's tables, in the shape of `plans/*.json`.

    `tables` are those of all pages, with their page; of `gold`, unit and year are looked at.
    """
    plan: dict[str, Any] = {"items": [], "sections": []}
    for table in _joined(tables):
        _Writer(table, gold).write(plan)
    return plan


def _joined(tables: Sequence[tuple[int, list[list[str | None]]]]) -> list[_Table]:
    joined: list[_Table] = []
    for _, given in tables:
        rows = [[cell or "" for cell in row] for row in given if any(row)]
        if not rows or len(rows[0]) < 2:
            continue
        depth = _header_depth(rows)
        header, body = rows[:depth], rows[depth:]
        last = joined[-1] if joined else None
        if last is None or (header and not _same_header(header, last.header)):
            joined.append(last := _Table(header))
        width = len(last.header[0]) if last.header else len(rows[0])
        if body:
            last.page_heads.add(len(last.rows))
        last.rows += [(row + [""] * width)[:width] for row in body]
    return joined


def _header_depth(rows: Sequence[Texts]) -> int:
    for depth, row in enumerate(rows):
        # A heading that is given in every column would count as often as it is repeated.
        header = not _is_heading(row) and header_likeness(list(dict.fromkeys(row))) >= 0.5
        if not header and not is_number_row(row):
            return depth
    return len(rows)


def _same_header(header: Sequence[Texts], other: Sequence[Texts]) -> bool:
    return bool(other) and len(header[0]) == len(other[0]) and _names(header) == _names(other)


def _names(header: Sequence[Texts]) -> list[str | None]:
    """The role of each column, None where its header names none: the lowest header row decides."""
    if not header:
        return []
    names: list[str | None] = []
    for col in range(len(header[0])):
        # A cell merged across is given once, at its left: below it stand headers of their own.
        texts = [row[col] for row in header if not is_number_row(row) and row[col]]
        # What OCR makes of specks stands on lines of its own: a line may name the role, too.
        lines = [line for text in reversed(texts) for line in text.split("\n")]
        tries = (*reversed(texts), " ".join(texts), *lines)
        names.append(next((match.role for text in tries if (match := match_header(text))), None))
    return names


class _Writer:
    """Rows of one table into sections and items."""

    def __init__(self, table: _Table, gold: Mapping[str, Any]) -> None:
        names = _names(table.header)
        self._table = table
        self._index = _first(names, "index")
        content = [col for col, name in enumerate(names) if name == "content"]
        self._title = content[0] if len(content) > 1 else None
        self._tasks = content[1] if len(content) > 1 else (content[0] if content else None)
        self._columns = {role: _first(names, role) for role in _ROLES}
        self._year = gold["year"]
        self._issuer = _issuer(gold)

    def write(self, plan: dict[str, Any]) -> None:
        """Add the table's sections and items to the plan; one without tasks adds nothing."""
        if self._tasks is None or all(col is None for col in self._columns.values()):
            return
        for row in self._whole():
            if _is_heading(row):
                marker, title = self._heading(row)
                name = f"s{len(plan['sections']) + 1}"
                plan["sections"].append({"id": name, "marker": marker, "title": title})
            elif any(c.isalnum() for i, text in enumerate(row) if i != self._index for c in text):
                section = plan["sections"][-1]["id"] if plan["sections"] else None
                plan["items"].append({"section_id": section, **self._item(row)})

    def _whole(self) -> list[Texts]:
        """Rows with an empty first cell appended to those above, at the heads of pages.

        Elsewhere the cell is merged with the one above, or the OCR has lost its number.
        """
        whole: list[Texts] = []
        for place, row in enumerate(self._table.rows):
            remainder = place in self._table.page_heads and not row[0].strip()
            if whole and remainder and not _is_heading(whole[-1]):
                whole[-1] = [
                    "\n".join(filter(None, pair)) for pair in zip(whole[-1], row, strict=True)
                ]
            else:
                whole.append(row)
        return whole

    def _heading(self, row: Texts) -> tuple[str, str]:
        texts = list(dict.fromkeys(_line(text) for text in row if text.strip()))
        if len(texts) > 1 and (alone := marker_alone(texts[0])):
            return alone.label, " ".join(texts[1:])
        marker, title = split_marker(" ".join(texts))
        return (marker.label if marker else ""), title

    def _item(self, row: Texts) -> dict[str, Any]:
        title = _line(row[self._title]) if self._title is not None else ""
        before, tasks = _content(row[self._tasks or 0], with_title=self._title is None)
        alone = marker_alone(row[self._index]) if self._index is not None else None
        marker, title = (alone, title or before) if alone else split_marker(title or before)
        if marker is None and not title and tasks:
            marker, tasks[0] = split_marker(tasks[0])
        lead, partners = self._agencies(row)
        time = parse_timeframe(self._cell(row, "timeframe"), self._year)
        return {
            "marker": marker.label if marker else "",
            "title": title,
            "lead_in": before if self._title is not None else None,
            "tasks": tasks,
            "lead": lead,
            "partners": partners,
            "timeframe": time.model_dump(mode="json"),
        }

    def _cell(self, row: Texts, role: str) -> str:
        col = self._columns[role]
        return row[col] if col is not None else ""

    def _agencies(self, row: Texts) -> tuple[list[Any], list[Any]]:
        both = self._cell(row, "lead_and_partners")
        if both:
            roles = match_roles(both, self._issuer, _registry())
            found = (roles.lead, roles.partners)
        else:
            found = tuple(
                match_cell(self._cell(row, role), self._issuer, _registry())
                for role in ("lead", "partners")
            )
        lead, partners = ([agency.model_dump(mode="json") for agency in each] for each in found)
        return lead, partners


def _first(names: Sequence[str | None], role: str) -> int | None:
    return names.index(role) if role in names else None


def _is_heading(row: Texts) -> bool:
    """A row that holds one text, with or without its number, given once or in every column."""
    texts = list(dict.fromkeys(text.strip() for text in row if text.strip()))
    numbered = len(texts) == 2 and bool(row[0].strip()) and marker_alone(texts[0]) is not None
    return numbered or (len(texts) == 1 and bool(row[0].strip()))


def _content(text: str, *, with_title: bool) -> tuple[str, list[str]]:
    """What stands before the bullets, or before the ":" of a short beginning, and the tasks."""
    before: list[str] = []
    tasks: list[str] = []
    for line in text.split("\n"):
        if _BULLET.match(line):
            tasks.append(_BULLET.sub("", line))
        elif tasks:
            tasks[-1] += f" {line}"
        else:
            before.append(line)
    head = _line(" ".join(before))
    title, colon, rest = head.partition(":")
    if with_title and colon and len(title.split()) <= _LONGEST_TITLE:
        head, tasks = title, [_line(rest), *tasks] if rest.strip() else tasks
    elif not tasks:
        head, tasks = "", [head]
    return head, [_line(task) for task in tasks]


def _line(text: str) -> str:
    return " ".join(text.split())


def _issuer(gold: Mapping[str, Any]) -> IssuerContext:
    unit = gold["unit"]
    commune = unit.lower().startswith(("xã", "phường", "thị trấn"))
    return IssuerContext(
        level="commune" if commune else "district",
        unit=unit,
        province=gold.get("province"),
        issued=date(gold["year"], 1, 1),
    )


@cache
def _registry() -> Registry:
    return shipped_office().registry()
