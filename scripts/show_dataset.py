"""Shows the dataset of an output folder in the terminal: `show_dataset.py DIR`."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

Row = dict[str, str]
_WIDTH_WITHOUT_TERMINAL = 140


def main(out: Path) -> None:
    """Print the items of the first document, the others a line each, and where all of it lies."""
    console = Console(width=None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL)
    first, *others = _rows(out, "documents")
    items = [row for row in _rows(out, "items") if row["document_id"] == first["document_id"]]
    console.print(_items_table(first, items))
    console.print(_documents_table(others))
    console.print("In the dataset: " + ", ".join(_counts(out)))
    for folder in ("plans", "dataset", "failed"):
        files = sorted(path.name for path in (out / folder).glob("*"))
        if files:
            console.print(f"{out / folder}: {escape(', '.join(files))}", soft_wrap=True)
    console.print(f"In a browser: .venv/bin/phuluc web --out {out} --inbox samples")


def _items_table(document: Row, items: list[Row]) -> Table:
    what = (document["issuer"], document["title"])
    where = (document["source_file"], document["kind"], f"{document['pages']} pages")
    title = f"{' · '.join(filter(None, what))}\n{' · '.join(where)}"
    table = Table(title=escape(title), show_lines=True, title_justify="left")
    for header in ("Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"):
        table.add_column(header)
    for item in items:
        when = " → ".join(filter(None, (item["timeframe_start"], item["timeframe_end"])))
        cells = (
            f"{item['marker']} {item['title']}".strip() or item["tasks"],
            item["lead"],
            item["partners"],
            f"{item['timeframe_raw']}\n{when}".strip(),
        )
        table.add_row(*map(escape, cells))
    return table


def _documents_table(documents: list[Row]) -> Table:
    table = Table(title="The other documents", title_justify="left")
    for header in ("Tệp nguồn", "Loại", "Số trang", "Số nội dung", "Tên kế hoạch"):
        table.add_column(header)
    for each in documents:
        cells = (each["source_file"], each["kind"], each["pages"], each["items"], each["title"])
        table.add_row(*map(escape, cells))
    return table


def _counts(out: Path) -> Iterator[str]:
    for path in sorted((out / "dataset").glob("*.csv")):
        yield f"{sum(1 for _ in _rows(out, path.stem))} {path.stem}"


def _rows(out: Path, table: str) -> Iterator[Row]:
    with (out / "dataset" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
