"""Which role each column of a table plays: by its header, else by what its cells say."""

from collections.abc import Mapping, Sequence
from typing import Literal, cast

from msgspec import Struct

from pipeline.agencies import IssuerContext, Registry, match_cell
from pipeline.correct.roles import told_roles
from pipeline.correct.told import TOLD
from pipeline.language.markers import marker_alone
from pipeline.language.text import bare, fold
from pipeline.places.kinds import kind_of
from pipeline.stitch.header import column_names, match_column
from pipeline.stitch.rows import texts_of
from pipeline.tables.header_words import Role
from pipeline.timeframes import parse_timeframe
from schemas.correction import Correction
from schemas.plan import Agency, Decision
from schemas.table import Table

ColumnRole = Literal[
    "index", "title", "tasks", "lead", "partners", "lead_and_partners", "timeframe",
    "deliverable", "extra",
]  # fmt: skip

# Of these a table has but one column: the first that claims it keeps it.
_SINGLE: tuple[Role, ...] = (
    "index", "lead", "partners", "lead_and_partners", "timeframe", "deliverable",
)  # fmt: skip
_BY_CELLS = 0.6  # share of cells that must speak for a role where no header does
_LOOKED_AT = 30  # rows
_WORDS = 8  # characters on the average: more than numbers and codes
_LONG_TEXT = 60  # characters on the average: what is to be done, whatever its header says
_HEADER = "header: "  # so begins the reason of a role that the header gives
BETWEEN = " / "  # the rows of a deep header


class Column(Struct, frozen=True):
    """A column: its role, its header as printed, how sure the role is (0..1), and why."""

    role: ColumnRole
    name: str
    score: float
    reasons: tuple[str, ...]

    @property
    def label(self) -> str:
        """What fragments of this column are called: the role, or the header where there is none."""
        return self.name if self.role == "extra" and self.name else self.role

    @property
    def lowest(self) -> str:
        """The lowest row of its header: "Kết thúc" of "Thời gian / Kết thúc"."""
        return self.name.rsplit(BETWEEN, 1)[-1]

    @property
    def known_as(self) -> str | None:
        """The header of plans that its own was taken for; None where that gave no role."""
        reason = self.reasons[0]
        return reason.removeprefix(_HEADER) if reason.startswith(_HEADER) else None


def column_roles(table: Table, context: IssuerContext, registry: Registry) -> list[Column]:
    """Return the role of every column of a table, from left to right."""
    names = column_names(table.header, table.n_cols)
    cells = _cells_by_column(table)
    claims: list[tuple[Role | None, float, str]] = []
    for name in names:
        match = match_column(name)
        if match is not None:
            claims.append((match.role, match.score, f"{_HEADER}{match.phrase}"))
        else:
            claims.append((None, 0.0, "header_unknown"))
    claims = _first_come(claims)
    claims = _by_cells(claims, cells, context, registry)
    claims = _both_roles(claims, cells)
    return _settled(claims, names)


def _cells_by_column(table: Table) -> list[list[str]]:
    rows = [
        texts_of(row, table.n_cols)
        for row, heading in zip(table.rows, table.headings, strict=True)
        if not heading
    ]
    return [[row[col] for row in rows if row[col]][:_LOOKED_AT] for col in range(table.n_cols)]


def _first_come(
    claims: Sequence[tuple[Role | None, float, str]],
) -> list[tuple[Role | None, float, str]]:
    taken: set[Role] = set()
    settled: list[tuple[Role | None, float, str]] = []
    for role, score, reason in claims:
        if role in _SINGLE and role in taken:
            settled.append(("none", score, f"{reason}; role_taken"))
            continue
        if role is not None:
            taken.add(role)
        settled.append((role, score, reason))
    return settled


def _by_cells(
    claims: Sequence[tuple[Role | None, float, str]],
    cells: Sequence[Sequence[str]],
    context: IssuerContext,
    registry: Registry,
) -> list[tuple[Role | None, float, str]]:
    """Give columns whose header is unknown the role that their cells speak for, if it is free."""
    settled = list(claims)
    for col, (role, _, _) in enumerate(claims):
        if role is not None or not cells[col]:
            continue
        taken = {r for r, _, _ in settled}
        found = _cells_say(cells[col], context, registry)
        if found == "lead" and "lead" in taken:
            found = "partners"
        if found is not None and found not in taken:
            settled[col] = (found, _BY_CELLS, f"cells_say_{found}")
    free = [col for col, (role, _, _) in enumerate(settled) if role is None and cells[col]]
    lengths = {col: sum(map(len, cells[col])) / len(cells[col]) for col in free}
    known = sum(role == "content" for role, _, _ in settled)
    for col in sorted(free, key=lambda c: (-lengths[c], c))[: max(0, 2 - known)]:
        if lengths[col] >= _LONG_TEXT or not known:
            settled[col] = ("content", 0.5, "long_text")
            known += 1
    return _with_title(settled, lengths)


def _with_title(
    claims: Sequence[tuple[Role | None, float, str]], lengths: Mapping[int, float]
) -> list[tuple[Role | None, float, str]]:
    """A first column of words with an unread header, straight before that of the tasks, names them.

    `lengths` are the mean lengths of the cells of columns that have no role yet.
    """
    settled = list(claims)
    roles = [role for role, _, _ in claims]
    if roles.count("content") != 1:
        return settled
    before = roles.index("content") - 1
    first = before == 0 or (before == 1 and roles[0] == "index")
    if first and lengths.get(before, 0.0) >= _WORDS:
        settled[before] = ("content", 0.5, "before_tasks")
    return settled


def _cells_say(texts: Sequence[str], context: IssuerContext, registry: Registry) -> Role | None:
    need = _BY_CELLS * len(texts)
    if sum(marker_alone(text) is not None for text in texts) >= need:
        return "index"
    if sum(parse_timeframe(text, 2000).kind != "unknown" for text in texts) >= need:
        return "timeframe"
    agencies = [match_cell(text, context, registry) for text in texts]
    if sum(bool(a) and all(map(_is_sure, a)) for a in agencies) >= need:
        return "lead"
    return None


def _is_sure(agency: Agency) -> bool:
    """Whether a body is named: a unit alone ("Xã Đơn Dương") may be what a row is about."""
    return agency.status == "accepted" and not kind_of(fold(agency.raw))


def _both_roles(
    claims: Sequence[tuple[Role | None, float, str]], cells: Sequence[Sequence[str]]
) -> list[tuple[Role | None, float, str]]:
    """A lead column whose cells say "Chủ trì: … Phối hợp: …" holds both roles."""
    settled = list(claims)
    for col, (role, score, reason) in enumerate(claims):
        if role == "lead" and cells[col]:
            plain = [bare(text) for text in cells[col]]
            both = sum("chu tri" in text and "phoi hop" in text for text in plain)
            if both * 2 > len(plain):
                settled[col] = ("lead_and_partners", score, f"{reason}; cells_say_both")
    return settled


def _settled(
    claims: Sequence[tuple[Role | None, float, str]], names: Sequence[tuple[str, ...]]
) -> list[Column]:
    """Of the columns of content the left is the title, the next the tasks; alone it is tasks."""
    content = [col for col, (role, _, _) in enumerate(claims) if role == "content"]
    columns = []
    for col, (role, score, reason) in enumerate(claims):
        if role == "content":
            place = content.index(col)
            if len(content) == 1:
                settled: ColumnRole = "tasks"
            else:
                settled = "title" if place == 0 else "tasks" if place == 1 else "extra"
        elif role is None or role == "none":
            settled = "extra"
        else:
            settled = role
        columns.append(Column(settled, BETWEEN.join(names[col]), score, (reason,)))
    return columns


def with_told_roles(
    columns: Sequence[Column], page: int, corrections: Sequence[Correction]
) -> list[Column]:
    """Return the columns with the roles that people gave them; who had one before loses it."""
    told = told_roles([column.name for column in columns], page, corrections)
    given = set(told.values())
    settled = []
    for col, column in enumerate(columns):
        if col in told:
            settled.append(Column(cast(ColumnRole, told[col]), column.name, 1.0, TOLD))
        elif column.role in given and column.role != "extra":
            settled.append(Column("extra", column.name, 1.0, TOLD))
        else:
            settled.append(column)
    return settled


def role_decisions(columns: Sequence[Column], page: int) -> list[Decision]:
    """Return the columns' roles as decisions, for the record."""
    return [
        Decision(
            what="column_role",
            page=page,
            taken=column.role != "extra",
            score=column.score,
            reasons=(f"{column.name or '?'} -> {column.role}", *column.reasons),
        )
        for column in columns
    ]
