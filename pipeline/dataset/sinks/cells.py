"""Columns as the text of spreadsheets, by Arrow's functions: as `pipeline.files.spreadsheet_text`.

A column of 4,096 cells takes the time of a hundred cells in Python.
"""

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.dataset.arrow import strings, text

# As spreadsheet_text has them, in the syntax of RE2.
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{84}\x{86}-\x{9f}\x{fffe}\x{ffff}]"
_LINE_END = r"\r\n?"
_FORMULA = r"^[ \x{a0}\x{3000}\x{200b}\x{feff}]*[=+\-@＝＋－＠\t\n]"


def plain_column(column: pa.StringArray) -> pa.StringArray:
    """Return the texts with "\\n" as the only line end and U+FFFD for control characters."""
    if _any(column, "\r"):
        column = pc.replace_substring_regex(column, pattern=_LINE_END, replacement="\n")
    return pc.replace_substring_regex(column, pattern=_CONTROL, replacement="\ufffd")


def guarded_column(column: pa.StringArray) -> pa.StringArray:
    """Return the plain texts, with "'" before those that a spreadsheet might run as a formula."""
    shown = plain_column(column)
    guarded = pc.binary_join_element_wise(text("'"), shown, text(""))
    return pc.if_else(pc.match_substring_regex(shown, pattern=_FORMULA), guarded, shown)


def number_column(column: pa.Array) -> pa.StringArray:
    """Return numbers as Python writes them ("0.1", "12"), and days as ISO 8601."""
    if not pa.types.is_floating(column.type):
        return column.cast(pa.string())
    encoded = column.dictionary_encode()
    return strings([repr(value) for value in encoded.dictionary.to_pylist()]).take(encoded.indices)


def joined(column: pa.StringArray) -> memoryview:
    """Return all texts of a column that holds no null, one behind the other, in UTF-8."""
    whole = pa.concat_arrays([column])  # begins at its first text, whatever it was cut from
    _, offsets, data = whole.buffers()
    ends = memoryview(offsets).cast("i")
    return memoryview(data)[ends[0] : ends[len(whole)]]


def _any(column: pa.StringArray, part: str) -> bool:
    return bool(pc.any(pc.match_substring(column, pattern=part)).as_py())
