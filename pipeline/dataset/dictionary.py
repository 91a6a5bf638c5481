"""The data dictionary as Markdown, made from the models: `python -m pipeline.dataset.dictionary`.

Prints docs/data-dictionary.md, which a test compares with what this would print.
"""

import sys
from collections.abc import Iterable, Iterator

from pipeline.dataset.columns import ColumnSpec, columns
from pipeline.dataset.review import DOUBTFUL_BELOW, DOUBTFUL_FROM
from pipeline.messages import doubts, explain, severity
from schemas.dataset import TABLES, TableSpec
from schemas.failure import FailureCode
from schemas.plan import LOW_CONFIDENCE

_INTRODUCTION = """\
# Data dictionary

Made by `python -m pipeline.dataset.dictionary > docs/data-dictionary.md`; do not edit.

The tables in `dataset/` hold the plans of `plans/*.json`, flat. Each is there as CSV, as Parquet,
in the database (`phuluc.sqlite3`, or the PostgreSQL of `PHULUC_DATABASE`), and all of them as
sheets of `plans.xlsx`, under the Vietnamese headers.

- **Keys.** `document_id` names a document by its content; `item_id` names an item in its document.
- **Several values in one cell** are separated by "; ", tasks by a line break.
- **CSV** is UTF-8 with BOM, comma, CRLF, quoted after RFC 4180. Null and the empty text are both
  the empty cell; Parquet tells them apart.
- **Formulas.** Text in a CSV that begins (spaces aside) with `=`, `+`, `-`, `@`, a tab or a line
  break has an apostrophe (`'`) put before it, so that no spreadsheet runs it; this includes
  text that rightly begins with a dash. Numbers and dates never have one. To get the text back, take
  away an apostrophe that such a character follows. Parquet, XLSX and JSON have no apostrophes.
- **Control characters** in CSV and XLSX are shown as U+FFFD; Parquet keeps all but NUL, JSON all.
- **Boxes** (`x0`, `top`, `x1`, `bottom`) are in PDF points of the page as a reader sees it, from
  the top left.
- **Limits of XLSX.** A cell of over 32,767 characters is cut, and the cut says how much is left
  out; a table of over 1,048,575 rows goes on in a second sheet.
- **The first sheet of `plans.xlsx`**, "Tổng hợp", has one row an item for people, ready to print.
- **Later versions.** Of plans of the same unit, number and appendices the latest (by date of issue,
  then by the time of the file) is in all tables, the others in `documents` alone, with
  `superseded_by`. Where the number is blank all are in the tables, and the later one has the flag
  `possible_new_version`.
- **The same plan in two forms.** A Word file or workbook and the print or scan of the same plan
  have `twin_of` and, until somebody says whether they are one (`phuluc twins`), the flag of that
  name. Once they are one, the rows of the office's file stand for both, with the number and day
  that are stamped on the print, which is in `documents` alone. `differs_from_twin` tells what was
  changed between them.
"""

_REVIEW = """\
## Review reasons

`review.severity` is the number of the gravest reason of the row; rows of one severity stand with
the lowest score first. A code that is not listed here counts as `unlisted`. An item is listed where
its confidence is below {low}; a join, dropped header or column role, taken or refused, where its
score is at least {least} and below {below}.
"""


def dictionary() -> str:
    """Return the whole document."""
    return "\n".join([_INTRODUCTION, *map(_table, TABLES), _review_reasons()])


def _table(spec: TableSpec) -> str:
    rows = (_column(spec, column) for column in columns(spec))
    foreign = (
        f"Foreign key: `{'`, `'.join(key.fields)}` of `{key.table}`." for key in spec.foreign_keys
    )
    key = f"Primary key: `{'`, `'.join(spec.primary_key)}`." if spec.primary_key else ""
    about = " ".join(filter(None, [spec.description, key, *foreign]))
    header = ("Column", "Header (vi)", "Type", "Meaning")
    return f"## {spec.name} ({spec.title_vi})\n\n{about}\n\n{_markdown(header, rows)}"


def _column(spec: TableSpec, column: ColumnSpec) -> tuple[str, ...]:
    null = ", null" if column.nullable and column.name not in spec.primary_key else ""
    choices = f" One of: {', '.join(f'`{choice}`' for choice in column.choices)}."
    meaning = f"{column.description}.{choices if column.choices else ''}"
    return f"`{column.name}`", column.title_vi, f"{column.type}{null}", meaning


def _review_reasons() -> str:
    failures = ", ".join(f"`{code}`" for code in FailureCode)
    failed = ("100", failures, "The file failed; its message says why and what to do.", "")
    rows = (
        (str(severity(code)), f"`{code}`", explain(code, "en"), explain(code, "vi"))
        for code in doubts()
    )
    header = ("Severity", "Code", "English", "Vietnamese")
    about = _REVIEW.format(low=LOW_CONFIDENCE, least=DOUBTFUL_FROM, below=DOUBTFUL_BELOW)
    return f"{about}\n{_markdown(header, [failed, *rows])}"


def _markdown(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    def lines() -> Iterator[str]:
        for row in (header, ("---",) * len(header), *rows):
            yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n"

    return "".join(lines())


if __name__ == "__main__":
    sys.stdout.write(dictionary())
