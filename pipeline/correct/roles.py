"""Roles that people gave to columns."""

from collections.abc import Sequence

from pipeline.language.text import fold
from schemas.correction import Correction


def told_roles(
    names: Sequence[str], page: int, corrections: Sequence[Correction]
) -> dict[int, str]:
    """Return the roles that people told of the columns of a table, by column.

    `names` are the headers from left to right, `page` the first page of the table. A column
    without a header is called "#3" after its place.
    """
    told = {
        fold(entry.column): entry.value or "extra"
        for entry in corrections
        if entry.verdict == "role" and entry.page in (page, None)
    }
    keys = [fold(column_key(name, col)) for col, name in enumerate(names)]
    return {col: told[key] for col, key in enumerate(keys) if key in told}


def column_key(name: str, col: int) -> str:
    """Return what a column is called in the log: its header, else its place."""
    return name or f"#{col + 1}"
