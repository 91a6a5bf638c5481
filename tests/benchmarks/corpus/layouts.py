"""The layouts, read from layouts.yaml: which columns, headers, numbering and surroundings."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

HERE = Path(__file__).parent


class Column(Struct, frozen=True):
    """A column: its role, its header and its width in centimetres.

    Roles: index, title, tasks, content (title and tasks in one cell), lead, partner, roles (both
    in one cell), time, deliverable, extra.
    """

    role: str
    header: str
    width: float
    align: str = "left"


class HeaderCell(Struct, frozen=True):
    """A cell of a header of several rows: spans count columns and rows."""

    text: str
    cols: int = 1
    rows: int = 1


class Layout(Struct, frozen=True):
    """How a table and what stands around it are laid out. See layouts.yaml for the meanings."""

    name: str
    shows: str
    columns: tuple[Column, ...]
    header: tuple[tuple[HeaderCell, ...], ...] = ()
    fixed_header: bool = False
    number_row: tuple[str, ...] = ()
    landscape: bool = False
    font: float = 12
    face: str = "Liberation Serif"  # the metrics of Times New Roman
    programmes: str = "programmes"
    held_out: bool = False
    sections: str = "none"
    section_marker: str = "arabic"
    section_items: tuple[int, int] = (3, 4)
    section_count: int = 4
    subsections: bool = False
    item_marker: str = "arabic"
    numbering: str = "restart"
    long_titles: bool = False
    bullets: str = "dash"
    long_rows: int = 0
    merge_down: tuple[str, ...] = ()
    borders: str = "all"
    body: bool = False
    tail: tuple[str, ...] = ()
    page_numbers: bool = False
    blank_last_page: bool = False
    form: str = "table"
    second: str | None = None
    template: str = "T1"


def _layout(raw: dict[str, Any]) -> Layout:
    columns = tuple(Column(**column) for column in raw.pop("columns", ()))
    header = tuple(
        tuple(HeaderCell(**({"text": c} if isinstance(c, str) else c)) for c in row)
        for row in raw.pop("header", ())
    )
    for key in ("number_row", "section_items", "merge_down", "tail"):
        if key in raw:
            raw[key] = tuple(raw[key])
    return Layout(columns=columns, header=header, **raw)


@lru_cache
def load_layouts() -> dict[str, Layout]:
    """Return all layouts by name, in the order of the file."""
    entries = yaml.safe_load((HERE / "layouts.yaml").read_text(encoding="utf-8"))
    return {entry["name"]: _layout(dict(entry)) for entry in entries}
