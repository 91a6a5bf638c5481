"""A table view in the format that its address asks for: JSON, CSV or a workbook."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pipeline.files.spreadsheet_text import csv_bytes
from web.pages import language_of, words

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST = 60  # characters


class Field(Struct, frozen=True):
    """A column of a view: its key in the rows and in JSON, and its header.

    Without a header of its own the text `field.<key>` is one.
    """

    name: str
    header: str = ""


class View(Struct, frozen=True):
    """A table: what its file is called, its columns, its rows."""

    name: str
    fields: Sequence[Field]
    rows: Sequence[Mapping[str, Any]]


def in_format(request: Request, view: View) -> Response | None:
    """Return the view in the format that is asked for; None where that is a page."""
    asked = request.query_params.get("format", "html")
    if asked == "json":
        return JSONResponse([_plain(view, row) for row in view.rows])
    headers = [_header(request, field) for field in view.fields]
    if asked == "csv":
        return as_file(_csv(view, headers), "text/csv; charset=utf-8", f"{view.name}.csv")
    if asked == "xlsx":
        content = workbook(lambda path: _sheet(path, view, headers))
        return as_workbook(content, f"{view.name}.xlsx")
    return None


def workbook(write: Callable[[Path], None]) -> bytes:
    """Return the workbook that `write` puts at a path."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        write(path)
        return path.read_bytes()


def as_workbook(content: bytes, name: str) -> Response:
    """Return an answer that is a workbook."""
    return as_file(content, _XLSX, name)


def as_file(content: bytes, media: str, name: str) -> Response:
    """Return an answer that is a file to be kept."""
    disposition = f'attachment; filename="{name}"'
    return Response(content, media_type=media, headers={"content-disposition": disposition})


def _plain(view: View, row: Mapping[str, Any]) -> dict[str, Any]:
    return {field.name: _json(row.get(field.name)) for field in view.fields}


def _json(value: object) -> Any:
    return value if isinstance(value, str | int | float | list | None) else str(value)


def _header(request: Request, field: Field) -> str:
    return field.header or words(language_of(request))(f"field.{field.name}")


def _csv(view: View, headers: Sequence[str]) -> bytes:
    rows = ([row.get(field.name) for field in view.fields] for row in view.rows)
    return csv_bytes([headers, *rows])


def _sheet(path: Path, view: View, headers: Sequence[str]) -> None:
    import pyarrow as pa  # noqa: PLC0415  only where a workbook is asked for

    from pipeline.dataset.sinks.xlsx import (  # noqa: PLC0415
        Sheet,
        SheetColumn,
        sheet_writer,
        width_of,
    )
    from pipeline.dataset.sinks.xlsx_parts import Book  # noqa: PLC0415

    columns = [[_text(row.get(field.name)) for row in view.rows] for field in view.fields]
    widths = [max((len(text) for text in texts), default=0) for texts in columns]
    shown = tuple(
        SheetColumn(header, min(width_of(header, width), _WIDEST))
        for header, width in zip(headers, widths, strict=True)
    )
    batch = pa.RecordBatch.from_arrays(
        [pa.array(texts, pa.string()) for texts in columns], names=list(headers)
    )
    with Book(path) as book, sheet_writer(book, Sheet(view.name[:31], shown)) as sheet:
        sheet.write(batch)


def _text(value: object) -> str:
    return "" if value is None else str(value)
