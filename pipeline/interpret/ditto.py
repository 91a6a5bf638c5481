"""Cells that repeat the one above: "nt", "-nt-", "Như trên", ditto marks."""

import re
from collections.abc import Mapping
from typing import Any

from pipeline.interpret.cell_kinds import table_words
from pipeline.interpret.items import Context, printed
from pipeline.interpret.roles import ColumnRole
from pipeline.language.text import fold
from schemas.plan import Item
from schemas.table import Row

# A dash alone says that there is nothing; a mark of repetition may stand between dashes.
_MARKS = re.compile(r"[-–—.\s]*(?:[\"″〃“”]|'')[-–—.\s\"″〃“”']*")
_FIELDS: Mapping[ColumnRole, tuple[str, ...]] = {
    "lead": ("lead",),
    "partners": ("partners",),
    "lead_and_partners": ("lead", "partners"),
    "timeframe": ("timeframe",),
    "deliverable": ("deliverable",),
}

# Doubts that are none where the field is taken over.
_SETTLED = {"no_lead": "lead", "timeframe_ditto": "timeframe"}


def is_ditto(text: str) -> bool:
    """Return whether a cell's text says that it is the same as the one above."""
    words = fold(text).strip("-–—. \n")
    return words in table_words()["dittos"] or _MARKS.fullmatch(text) is not None


def with_dittos(item: Item, row: Row, context: Context, above: Item | None) -> Item:
    """Return the item with what its cells repeat, flagged; as it is where nothing is above it."""
    if above is None:
        return item
    repeated: dict[str, Any] = {}
    for role, fields in _FIELDS.items():
        if is_ditto(printed(row, context, role)):
            repeated |= {field: getattr(above, field) for field in fields}
    if not repeated:
        return item
    settled = {flag for flag, field in _SETTLED.items() if repeated.get(field)}
    flags = [flag for flag in item.flags if flag not in settled]
    return item.model_copy(update={**repeated, "flags": (*flags, "same_as_above")})
