"""A table view in the format that its address asks for: JSON, CSV or a workbook."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from pipeline.files.spreadsheet_text import csv_bytes, csv_text
from web.lists.handed_on import Items, Rows, make
from web.pages import language_of, words

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_AT_ONCE = 200  # rows

Row = Mapping[str, Any]


class Field(Struct, frozen=True):
    """A column of a view: its key in the rows and in JSON, and its header.

    Without a header of its own the text `field.<key>` is one.
    """

    name: str
    header: str = ""


class View(Struct, frozen=True):
    """A table: what its file is called, its columns, and what gives its rows."""

    name: str
    fields: Sequence[Field]
    rows: Callable[[], Iterable[Row]]


def in_format(request: Request, view: View) -> Response | None:
    """Return the view in the format that is asked for; None where that is a page."""
    asked = request.query_params.get("format", "html")
    if asked == "json":
        return StreamingResponse(_json(view), media_type="application/json")
    text = words(language_of(request))
    headers = [field.header or text(f"field.{field.name}") for field in view.fields]
    if asked == "csv":
        disposition = {"content-disposition": f'attachment; filename="{view.name}.csv"'}
        return StreamingResponse(_csv(view, headers), 200, disposition, "text/csv; charset=utf-8")
    if asked == "xlsx":
        return _workbook(view, headers)
    return None


def of_items(
    kind: Literal["workbook", "word"], url: str, asked: Mapping[str, str], name: str
) -> Response:
    """Return items as the sheet for people ("workbook"), or as the same in Word ("word")."""
    folder = Path(tempfile.mkdtemp())
    path = folder / name
    return _made(Items(kind, url, dict(asked), str(path)), path, _DOCX if kind == "word" else _XLSX)


def _json(view: View) -> Iterator[bytes]:
    """Some rows at a time: all items of an office are some hundred megabytes."""
    before = b"["
    names = [field.name for field in view.fields]
    for rows in _parts(view.rows()):
        plain = [msgspec.json.encode({name: row.get(name) for name in names}) for row in rows]
        yield before + b",".join(plain)
        before = b","
    yield b"[]" if before == b"[" else b"]"


def _csv(view: View, headers: Sequence[str]) -> Iterator[bytes]:
    yield csv_bytes([headers])
    for rows in _parts(view.rows()):
        yield csv_text([row.get(field.name) for field in view.fields] for row in rows).encode()


def _parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while part := list(islice(left, _AT_ONCE)):
        yield part


def _workbook(view: View, headers: Sequence[str]) -> Response:
    folder = Path(tempfile.mkdtemp())
    path, rows = folder / f"{view.name}.xlsx", folder / "rows"
    with rows.open("wb") as file:
        for row in view.rows():
            texts = [_text(row.get(field.name)) for field in view.fields]
            file.write(msgspec.json.encode(texts) + b"\n")
    return _made(Rows(view.name[:31], tuple(headers), str(rows), str(path)), path, _XLSX)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _made(wanted: Items | Rows, path: Path, media: str) -> Response:
    """The file that is made at a path, whose folder goes when it is sent."""
    try:
        make(wanted)
    except BaseException:
        shutil.rmtree(path.parent)
        raise
    gone = BackgroundTask(shutil.rmtree, path.parent)
    return FileResponse(path, 200, None, media, gone, path.name)
