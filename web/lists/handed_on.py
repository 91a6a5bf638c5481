"""Files to hand on: the sheet for people, the same as a Word table, any list as a workbook.

Made by a process of its own, since Arrow and thousands of rows take more memory than all pages.
"""

import sys
from pathlib import Path
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from flows.processes import lead_session_until_parent_ends
from pipeline.dataset.store.database import database, reading
from pipeline.dataset.store.search import has_deliverables, wanted_items
from web.background.children import run_module

_WIDEST = 60  # characters


class Items(msgspec.Struct, frozen=True, tag="items"):
    """The items asked for, of the database of that URL."""

    kind: Literal["workbook", "word"]
    url: str
    asked: dict[str, str]
    path: str


class Rows(msgspec.Struct, frozen=True, tag="rows"):
    """A list: the file `rows` holds its rows as JSON, each an array of texts, one a line."""

    title: str
    headers: tuple[str, ...]
    rows: str
    path: str


def make(wanted: Items | Rows) -> None:
    """Have the file made at its path; raises ChildFailedError."""
    run_module("web.lists.handed_on", said=msgspec.json.encode(wanted))


def _write(wanted: Items | Rows) -> None:
    if isinstance(wanted, Rows):
        _write_sheet(wanted)
        return
    with database(wanted.url) as engine, reading(engine) as connection:
        if wanted.kind == "word":
            _write_word(connection, wanted)
        else:
            _write_workbook(connection, wanted)


def _write_workbook(connection: sa.Connection, wanted: Items) -> None:
    from pipeline.dataset.overview import OVERVIEW  # noqa: PLC0415  Arrow, as below
    from pipeline.dataset.sinks.xlsx import sheet_writer  # noqa: PLC0415
    from pipeline.dataset.sinks.xlsx_parts import Book  # noqa: PLC0415
    from pipeline.dataset.store.read import overview  # noqa: PLC0415

    with Book(Path(wanted.path)) as book, sheet_writer(book, OVERVIEW) as sheet:
        for batch in overview(connection, wanted_items(connection, wanted.asked)):
            sheet.write(batch)


def _write_word(connection: sa.Connection, wanted: Items) -> None:
    from pipeline.dataset.handout import handout  # noqa: PLC0415
    from pipeline.dataset.store.read import overview  # noqa: PLC0415

    rows = overview(connection, wanted_items(connection, wanted.asked))
    content = handout(rows, deliverables=has_deliverables(connection, wanted.asked))
    Path(wanted.path).write_bytes(content)


def _write_sheet(wanted: Rows) -> None:
    import pyarrow as pa  # noqa: PLC0415

    from pipeline.dataset.sinks.xlsx import (  # noqa: PLC0415
        SheetColumn,
        SheetLayout,
        sheet_writer,
        width_of,
    )
    from pipeline.dataset.sinks.xlsx_parts import Book  # noqa: PLC0415

    lines = Path(wanted.rows).read_bytes().splitlines()
    rows: list[list[Any]] = [msgspec.json.decode(line) for line in lines]
    columns = list(zip(*rows, strict=True)) or [()] * len(wanted.headers)
    shown = tuple(
        SheetColumn(header, min(width_of(header, max(map(len, texts), default=0)), _WIDEST))
        for header, texts in zip(wanted.headers, columns, strict=True)
    )
    batch = pa.RecordBatch.from_arrays(
        [pa.array(texts, pa.string()) for texts in columns], names=list(wanted.headers)
    )
    with (
        Book(Path(wanted.path)) as book,
        sheet_writer(book, SheetLayout(wanted.title, shown)) as sheet,
    ):
        sheet.write(batch)


if __name__ == "__main__":
    lead_session_until_parent_ends()
    _write(msgspec.json.decode(sys.stdin.buffer.read(), type=Items | Rows))
