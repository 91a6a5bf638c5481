"""Is a table one of tasks? Told by its headers and by what its cells hold, as a scored decision.

Scores, statistics, budgets, lists of people and comments have numbered rows and agencies, too:
read as plans they would give items that do not exist.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import fuzz

from pipeline.agencies import IssuerContext, Registry, match_cell
from pipeline.correct.told import TOLD
from pipeline.interpret.cell_kinds import (
    is_duration,
    is_duty,
    is_mark,
    is_number,
    is_person,
    is_prose,
    is_time_of_day,
    says_no_task,
    table_words,
)
from pipeline.interpret.roles import BETWEEN, Column
from pipeline.language.syllables import share_of_syllables
from pipeline.language.text import bare, fold
from pipeline.language.unwrap import whole_words
from pipeline.stitch.rows import cell_text
from pipeline.stitch.signals import Verdict, weighed
from pipeline.tables.header_words import match_header
from pipeline.timeframes import parse_timeframe
from schemas.plan import Decision, TableKind
from schemas.table import Table

# What is less sure gives its rows alone: one doubt is better than a hundred items that are none.
TASKS_FROM = 0.75
_LEFT_TO_PEOPLE = 0.5
_LOOKED_AT = 24  # rows, from the first to the last: a share of them is near enough
_DOERS = ("lead", "partners", "lead_and_partners")
_BESIDE = (*_DOERS, "timeframe", "deliverable")
_MOSTLY = 0.6  # of the cells of a column
_MANY = 3  # headers of other tables: more say no more
# "Năm 2024", "Quý II", "T3", "2024-2025"
_PERIOD = re.compile(r"(năm|tháng|quý|tuần|t)?\s*[\dIVX]+(\s*[-–/]\s*\d+)*", re.IGNORECASE)
_FEW_DUTIES = 0.3  # of the cells of content
_ALIKE = 86  # rapidfuzz ratio, without tones: slips of OCR forgiven
_FEW_SYLLABLES = 0.5  # of what was read of a header
_ANY_YEAR = 2000  # whether a cell says a time does not depend on the plan's year


class _Body(Struct, frozen=True):
    """The filled cells of every column as running text, headings left out.

    `printed` are the same line by line, as items ask for agencies and times: each cell is then
    understood but once.
    """

    columns: tuple[tuple[str, ...], ...]
    printed: tuple[tuple[str, ...], ...]

    def of(self, columns: Sequence[Column], *roles: str) -> list[str]:
        """All filled cells of the columns that have one of the roles, as running text."""
        return _of(columns, self.columns, roles)

    def printed_of(self, columns: Sequence[Column], *roles: str) -> list[str]:
        """The same, line by line."""
        return _of(columns, self.printed, roles)


def _of(
    columns: Sequence[Column], cells: Sequence[Sequence[str]], roles: Sequence[str]
) -> list[str]:
    return [
        text
        for column, texts in zip(columns, cells, strict=True)
        if column.role in roles
        for text in texts
    ]


def judge_table_kind(
    table: Table,
    columns: Sequence[Column],
    issuer: IssuerContext,
    registry: Registry,
    title: str = "",
) -> Verdict:
    """Return how surely a table holds tasks, 0..1, with the signals that say so.

    0 where no column holds content: then there is nothing that an item could be made of. Where no
    column beside it says who or when, what reads like tasks is left to people. `title` is what
    stands above the table.
    """
    roles = {column.role for column in columns}
    if any(column.reasons == TOLD and column.role == "tasks" for column in columns):
        return Verdict(1.0, TOLD)
    if "tasks" not in roles:
        return Verdict(0.0, ("no_content",))
    if _is_header_unread(table, columns):
        columns = [replace(column, name="") for column in columns]
    body = _body(table)
    signals = {
        **_headers(columns),
        **_content(body.of(columns, "title", "tasks"), body.of(columns, "tasks")),
        **_beside(columns, body, issuer, registry),
        **_other_cells(columns, body),
        "other_title": _holds("other_titles", title) and not _holds("task_titles", title),
    }
    told = signals["task_header"] or signals["schedule_header"] or signals["empty_form"]
    signals["untold"] = not told and signals["duties"] < _FEW_DUTIES
    verdict = weighed(table_words()["weights"], signals)
    if roles.intersection(_BESIDE):
        return verdict
    return Verdict(min(verdict.score, _LEFT_TO_PEOPLE), ("nothing_beside", *verdict.reasons))


def _is_header_unread(table: Table, columns: Sequence[Column]) -> bool:
    """Whether a seal lies over the header: what was read of it are no words, and say nothing."""
    unread = any("header_unread" in decision.reasons for decision in table.decisions)
    names = " ".join(column.name for column in columns)
    return unread and share_of_syllables(names) < _FEW_SYLLABLES


def kind_of(verdict: Verdict) -> TableKind:
    """Return what a table is taken for."""
    return "tasks" if verdict.score >= TASKS_FROM else "other"


def kind_decision(verdict: Verdict, page: int) -> Decision:
    """Return the decision for the record."""
    return Decision(
        what="table_kind",
        page=page,
        taken=kind_of(verdict) == "tasks",
        score=verdict.score,
        reasons=verdict.reasons,
    )


def _body(table: Table) -> _Body:
    filled: list[list[tuple[str, str]]] = [[] for _ in range(table.n_cols)]
    rows = [row for row, heading in zip(table.rows, table.headings, strict=True) if not heading]
    for row in rows[:: max(1, -(-len(rows) // _LOOKED_AT))]:
        for cell in row.cells:
            if _says(text := cell_text(cell)):
                filled[cell.col].append((text, "\n".join(whole_words(cell.lines, cell.room))))
    return _Body(
        tuple(tuple(text for text, _ in cells) for cells in filled),
        tuple(tuple(lines for _, lines in cells) for cells in filled),
    )


def _says(text: str) -> bool:
    """Whether something stands in a cell: dots are a blank to be filled in."""
    return any(char.isalnum() for char in text) or text.strip() in table_words()["marks"]


def _headers(columns: Sequence[Column]) -> dict[str, float | bool]:
    content = [column for column in columns if column.role in ("title", "tasks")]
    timed = any(column.role == "timeframe" for column in columns)
    task = any(_named(column.name, "task_headers") for column in content)
    schedule = timed and any(_named(column.name, "schedule_headers") for column in content)
    known = any(_is_known_whole(c) for c in content if c.role == "tasks")
    others = sum(_is_other(column.name) for column in columns)
    named = [column.name for column in columns if column.role != "index" and _says(column.name)]
    return {
        "task_header": task,
        "schedule_header": schedule,
        "content_header": known and not task and not schedule,
        "doers_header": _known(columns, _DOERS),
        "times_header": _known(columns, ("timeframe",)),
        "deliverable_header": _known(columns, ("deliverable",)),
        "other_headers": min(others, _MANY) / _MANY,
        "content_is_other": any(_is_other(column.name) for column in content),
        "unknown_headers": _share(named, _is_unknown),
    }


def _known(columns: Sequence[Column], roles: Sequence[str]) -> bool:
    """Whether the header, not only the cells, gives a column one of the roles."""
    return any(c.role in roles and c.known_as is not None for c in columns)


def _is_known_whole(column: Column) -> bool:
    """Whether a column is called what plans call it, and nothing more: "Nội dung vi phạm" is no
    "Nội dung"."""
    if column.known_as is None:
        return False
    return fuzz.ratio(bare(column.lowest), bare(column.known_as)) >= _ALIKE


def _is_unknown(name: str) -> bool:
    """Whether no part of a header is known from plans, with a role or without one."""
    parts = [*name.split(BETWEEN), name]
    return not any(
        match_header(part) is not None or _named(part, "plan_headers") or _PERIOD.fullmatch(part)
        for part in parts
    )


def _named(name: str, words: str) -> bool:
    """Whether some row of a header is, or begins with, one of the words."""
    parts = [fold(part) for part in name.split(BETWEEN)]
    phrases: frozenset[str] = table_words()[words]
    return any(
        part == phrase or part.startswith((f"{phrase} ", f"{phrase}(", f"{phrase},"))
        for part in parts
        for phrase in phrases
    )


def _is_other(name: str) -> bool:
    """Whether a header is one that no table of tasks has, or holds a word of such."""
    return _named(name, "other_headers") or _holds("other_words", name)


def _holds(words: str, text: str) -> bool:
    """Whether one of a list of words stands somewhere in a text."""
    return _any_of(words).search(fold(text)) is not None


@cache
def _any_of(words: str) -> re.Pattern[str]:
    phrases: frozenset[str] = table_words()[words]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(phrases)))})(?!\w)")


def _content(content: Sequence[str], tasks: Sequence[str]) -> dict[str, float | bool]:
    return {
        "duties": max(_share(content, is_duty), _share(tasks, is_duty)),
        "prose": _share(tasks, is_prose),
        "content_is_no_task": _share(tasks, says_no_task),
    }


def _beside(
    columns: Sequence[Column], body: _Body, issuer: IssuerContext, registry: Registry
) -> dict[str, float | bool]:
    def names_some(text: str) -> bool:
        found = match_cell(text, issuer, registry)
        return is_person(text) or any(agency.status != "unresolved" for agency in found)

    def says_a_time(text: str) -> bool:
        return parse_timeframe(text, _ANY_YEAR).kind != "unknown" or is_time_of_day(text)

    doers = body.printed_of(columns, *_DOERS)
    times = body.printed_of(columns, "timeframe")
    content = body.of(columns, "title", "tasks")
    agencies, said = _share(doers, names_some), _share(times, says_a_time)
    named, timed = _called(columns, _DOERS), _called(columns, ("timeframe",))
    return {
        "agencies_beside": agencies * named,
        "agencies_unnamed": agencies * (not named),
        "times_beside": said * timed,
        "times_unnamed": said * (not timed),
        "durations": _share(times, is_duration),
        "empty_form": not content and not doers and not times,
    }


def _called(columns: Sequence[Column], roles: Sequence[str]) -> bool:
    """Whether a column is called by one of the roles, or by nothing: its header was not read."""
    return any(c.role in roles and (c.known_as is not None or not c.name) for c in columns)


def _other_cells(columns: Sequence[Column], body: _Body) -> dict[str, float | bool]:
    cells = [
        text
        for column, texts in zip(columns, body.columns, strict=True)
        if column.role not in ("index", "timeframe")
        for text in texts
    ]
    figures = sum(
        column.role == "extra" and _share(texts, is_number) > _MOSTLY
        for column, texts in zip(columns, body.columns, strict=True)
    )
    others = [
        text
        for column, texts in zip(columns, body.columns, strict=True)
        if column.role not in ("index", "timeframe", *_DOERS)
        for text in texts
    ]
    return {
        "numbers": _share(cells, is_number),
        "number_columns": min(figures, 2) / 2,
        "untimed_figures": figures > 1 and not body.of(columns, "timeframe"),
        "marks": _share(cells, is_mark),
        "persons": _share(others, is_person),
    }


def _share(texts: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, texts)) / len(texts) if texts else 0.0
