"""Text as spreadsheets can hold it. JSON and Parquet keep the text as it was read."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import date

Value = str | int | float | date | None

# XML 1.0 allows no other control characters; programs that read CSV stumble over them as well.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")
# What makes a program take a cell for a formula (OWASP, CSV injection), full-width forms included.
_FORMULA_START = tuple("=+-@＝＋－＠\t\n")


def plain(text: str) -> str:
    """Return the text with "\\n" as its only line end and U+FFFD for control characters."""
    return _CONTROL.sub("\ufffd", _LINE_END.sub("\n", text))


def guarded(text: str) -> str:
    """Return `plain(text)`, with "'" put before it where a spreadsheet might run it as a formula.

    That is any *text* which begins, spaces aside, with = + - @ or their full-width forms, a tab or
    a line end; "- Rà soát …" included, since no program can tell the two apart. Columns of numbers
    and dates are not text and stay as they are. To get the text back, take away a "'" that such a
    beginning follows.
    """
    shown = plain(text)
    begins = shown.lstrip(" \u00a0\u3000\u200b\ufeff")
    return f"'{shown}" if begins.startswith(_FORMULA_START) else shown


def csv_text(rows: Iterable[Iterable[Value]]) -> str:
    """Return rows as CSV (RFC 4180: comma, CRLF), their texts guarded; None is the empty cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([guarded(v) if isinstance(v, str) else v for v in row] for row in rows)
    return out.getvalue()


def csv_bytes(rows: Iterable[Iterable[Value]]) -> bytes:
    """Return the same in UTF-8 with a byte order mark, without which Excel does not know it."""
    return csv_text(rows).encode("utf-8-sig")
