"""Plans as a matrix: a column for each agency, and a mark in the rows that it has a part in."""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from pipeline.agencies import IssuerContext, Registry, match_cell
from pipeline.correct.told import TOLD
from pipeline.interpret.cell_kinds import table_words
from pipeline.interpret.roles import Column
from pipeline.language.text import fold
from pipeline.stitch.header import column_names
from pipeline.stitch.rows import cell_text
from pipeline.tables.header_words import match_header
from schemas.plan import Agency
from schemas.table import Row, Table

BY_MARKS = "agencies_by_marks"
_FEWEST = 2  # columns: one alone may be anything
Part = Literal["lead", "partners"]


class AgencyColumn(Struct, frozen=True):
    """A column that is called by agencies: a mark in it gives them a part in a row.

    `part` is that of a mark which says none, as "X" does.
    """

    agencies: tuple[Agency, ...]
    part: Part


AgencyColumns = Mapping[int, AgencyColumn]


def agency_columns(
    table: Table, columns: Sequence[Column], issuer: IssuerContext, registry: Registry
) -> AgencyColumns:
    """Return the columns that are called by known agencies and hold nothing but marks.

    Empty where there are fewer than two. A column under the same header as one of them, with a
    name that is not known, is one of them, too.
    """
    names = column_names(table.header, table.n_cols)
    marked = [
        col
        for col, column in enumerate(columns)
        if names[col] and column.reasons != TOLD and _holds_marks(table, col)
    ]
    called = {col: match_cell(names[col][-1], issuer, registry) for col in marked}
    known = [col for col in marked if called[col] and all(map(_is_known, called[col]))]
    if len(known) < _FEWEST:
        return {}
    groups = {names[col][:-1] for col in known} - {()}
    return {
        col: AgencyColumn(called[col], _part_of(names[col][:-1]))
        for col in marked
        if col in known or names[col][:-1] in groups
    }


def without_roles(columns: Sequence[Column], marked: AgencyColumns) -> list[Column]:
    """Return the columns of a table, those of marks without a role: "X" is nobody's name."""
    return [
        Column("extra", column.name, 1.0, (BY_MARKS,)) if col in marked else column
        for col, column in enumerate(columns)
    ]


def agencies_of(row: Row, marked: AgencyColumns) -> tuple[tuple[Agency, ...], tuple[Agency, ...]]:
    """Return who leads and who takes part by the marks of a row."""
    parts: dict[Part, list[Agency]] = {"lead": [], "partners": []}
    for cell in row.cells:
        column = marked.get(cell.col)
        if column is not None and cell.lines:
            said = _said(cell_text(cell)) or column.part
            parts[said] += column.agencies
    return tuple(parts["lead"]), tuple(parts["partners"])


def _holds_marks(table: Table, col: int) -> bool:
    texts = [
        cell_text(cell)
        for row, heading in zip(table.rows, table.headings, strict=True)
        for cell in row.cells
        if cell.col == col and cell.lines and not heading
    ]
    return bool(texts) and all(_is_mark(text) for text in texts)


def _is_mark(text: str) -> bool:
    return _said(text) is not None or fold(text) in table_words()["marks_of_agencies"]


def _said(text: str) -> Part | None:
    """The part that a mark itself names: "CT" leads, "PH" takes part."""
    folded = fold(text)
    if folded in table_words()["marks_of_lead"]:
        return "lead"
    return "partners" if folded in table_words()["marks_of_partners"] else None


def _is_known(agency: Agency) -> bool:
    return agency.status == "accepted"


def _part_of(headers: Sequence[str]) -> Part:
    """The part that the headers above an agency's name give it; without any it leads."""
    roles = (match.role for text in reversed(headers) if (match := match_header(text)))
    return "partners" if next(roles, None) == "partners" else "lead"
