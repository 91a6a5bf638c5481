"""Page tables into logical tables: which go on, what their columns are, which rows were cut."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from pipeline.correct.told import TOLD, Told
from pipeline.settings import Settings
from pipeline.stitch.carry import carry_over, empty_before, merging_columns
from pipeline.stitch.header import (
    body_beneath,
    depth_of_file,
    has_unread_header,
    header_depth,
    key_columns,
    repeated_depth,
    repeated_headings,
    repeats_header,
)
from pipeline.stitch.header_cut import with_whole_header
from pipeline.stitch.layouts import laid_out
from pipeline.stitch.row_join import UNDER_MERGED, Habits, judge_row_join
from pipeline.stitch.rows import Columns, headings_of, is_empty, joined
from pipeline.stitch.signals import Verdict
from pipeline.stitch.table_join import judge_table_join, same_columns
from schemas.page import Page, TextLine
from schemas.plan import Decision
from schemas.table import PageTable, Row, RowJoin, Table

_UNREAD = 0.5  # the score of a header that cannot be read


def stitch(
    pages: Sequence[Page],
    tables: Sequence[PageTable],
    outside: Mapping[int, Sequence[TextLine]],
    settings: Settings,
    told: Told = Told(),  # noqa: B008  frozen
) -> tuple[list[Table], list[Decision]]:
    """Return the logical tables of a document, and what was decided about joining pages.

    `tables` are all page tables in reading order, `outside` the lines in no table, by page. What
    people `told` of a join is done as they said, and nothing is weighed.
    """
    by_number = {page.number: page for page in pages}
    groups: list[list[PageTable]] = []
    decisions = []
    for table in tables:
        if groups:
            verdict = _said(told.table(table)) or judge_table_join(groups[-1], table, outside)
            taken = verdict.score >= settings.join_threshold and same_columns(groups[-1][0], table)
            decisions.append(
                Decision(
                    what="table_join",
                    page=table.page,
                    taken=taken,
                    score=verdict.score,
                    reasons=verdict.reasons,
                )
            )
            if taken:
                groups[-1].append(table)
                continue
        groups.append([table])
    return [_whole(group, by_number, settings, told) for group in groups], decisions


def _said(join: bool | None) -> Verdict | None:
    return None if join is None else Verdict(float(join), TOLD)


class _Growing(Struct):
    """A logical table while its parts are put to it."""

    header: tuple[Row, ...]
    columns: Columns
    habits: Habits
    merging: frozenset[int]
    settings: Settings
    told: Told
    rows: list[Row] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    def add(self, body: Sequence[Row], page: int, *, whole: bool) -> None:
        """Put the body rows of a page to the table, the first of them perhaps to its last row.

        `whole` says that the file holds its rows as such, so that none was cut, and an empty one is
        no false rule.
        """
        if whole:
            self.rows += body
            return
        body = [row for row in body if not is_empty(row)]
        if self.rows and body:
            said = _said(self.told.row(body[0]))
            verdict = said or judge_row_join(self.rows[-1], body[0], self.columns, self.habits)
            fits = verdict.score >= self.settings.join_threshold
            taken = fits and (self.settings.join_rows or said is not None)
            reasons = verdict.reasons if taken == fits else ("switched_off", *verdict.reasons)
            self.note("row_join", page, taken, verdict.score, reasons)
            shared = UNDER_MERGED in verdict.reasons and not taken
            merging = self.merging | empty_before(body[0]) if shared else self.merging
            self.rows, body = carry_over(self.rows, body, row_goes_on=taken, merging=merging)
            if taken:
                join = RowJoin(page, verdict.score, verdict.reasons)
                self.rows[-1] = joined(self.rows[-1], body[0], join)
                body = body[1:]
        self.rows += body

    def without_header(self, rows: Sequence[Row], page: int, own: int) -> Sequence[Row]:
        """Return the rows of a later page without the header that it repeats, and without the
        sections that are repeated with it.

        `own` counts the rows of a header by which the page's columns were told.
        """
        depth, likeness = repeated_depth(rows, self.header, self.columns.n_cols)
        if own > depth:
            depth, likeness = own, 1.0
        if depth:
            self.note("header_drop", page, True, round(likeness, 3), ("header_repeated",))
            depth += repeated_headings(rows[depth:], self.rows, self.columns)
        return body_beneath(rows, depth)

    def without_repeats(self, rows: Sequence[Row], page: int) -> Sequence[Row]:
        """Return the body rows of a page without those that are the header once more."""
        kept = [row for row in rows if not repeats_header(row, self.header, self.columns)]
        if len(kept) < len(rows):
            self.note("header_drop", page, True, 1.0, ("header_repeated",))
        return kept

    def note(
        self, what: str, page: int, taken: bool, score: float, reasons: tuple[str, ...]
    ) -> None:
        """Put a decision on the record."""
        self.decisions.append(
            Decision.model_validate(
                {"what": what, "page": page, "taken": taken, "score": score, "reasons": reasons}
            )
        )


def _whole(
    parts: Sequence[PageTable], pages: Mapping[int, Page], settings: Settings, told: Told
) -> Table:
    laid = laid_out(parts, pages)
    n_cols = len(laid.edges) - 1
    rows, cut = with_whole_header(laid.rows, [part.page for part in laid.parts], n_cols)
    depth = max(header_depth(rows[0], n_cols), depth_of_file(rows[0], parts[0].header_rows, n_cols))
    unread = not depth and has_unread_header(rows[0], n_cols)
    depth = depth or int(unread)
    header = tuple(rows[0][:depth])
    every = [row for part in rows for row in part if not is_empty(row)]
    columns = key_columns(header, every, n_cols)
    body_rows = [
        row
        for part, own in zip(rows, laid.headers, strict=True)
        for row in body_beneath(part, max(own, repeated_depth(part, header, n_cols)[0]))
        if not is_empty(row)
    ]
    growing = _Growing(
        header, columns, Habits.of(body_rows, columns), merging_columns(body_rows), settings, told
    )
    if unread:
        growing.note("header_drop", parts[0].page, True, _UNREAD, ("header_unread",))
    if cut is not None:
        growing.note("row_join", cut.page, True, cut.score, cut.reasons)
    for i, (part, part_rows) in enumerate(zip(laid.parts, rows, strict=True)):
        own = laid.headers[i]
        if i:
            body = growing.without_header(part_rows, part.page, own)
        else:
            body = body_beneath(part_rows, depth)
        growing.add(growing.without_repeats(body, part.page), part.page, whole=part.exact)
    return Table(
        col_edges=laid.edges,
        header=header,
        rows=tuple(growing.rows),
        headings=headings_of(growing.rows, columns),
        parts=tuple(laid.parts),
        decisions=tuple(growing.decisions),
    )
