"""Rows of a table into items: each column by its role, each text with its place."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from pipeline.agencies import IssuerContext, Registry, match_cell, match_roles
from pipeline.correct.items import noted
from pipeline.correct.texts import as_read, was_corrected
from pipeline.interpret.agency_columns import BY_MARKS, AgencyColumns, agencies_of
from pipeline.interpret.cell_kinds import table_words
from pipeline.interpret.content import Content, paragraphs, read_content
from pipeline.interpret.letters import changes_of, doubts_of, exact_of, read_of
from pipeline.interpret.numbering import Label, Number, read_numbers, roman_of
from pipeline.interpret.places import place_of
from pipeline.interpret.roles import Column, ColumnRole
from pipeline.interpret.specks import without_specks
from pipeline.interpret.time_columns import time_ends, whole_time
from pipeline.language.markers import misread_marker, split_marker
from pipeline.language.text import fold
from pipeline.language.unwrap import joins_without_space, whole_words
from pipeline.plausibility import doubtful_words
from pipeline.stitch.rows import cell_text
from pipeline.timeframes import parse_timeframe
from schemas.geometry import Placement
from schemas.plan import LOW_CONFIDENCE, Agency, Fragment, Item, Join, LetterChange
from schemas.table import Cell, Row, Table

# The full stop of "III." is the first that a scan loses, or takes for a comma.
_ROMAN_HEAD = re.compile(r"([IVX]{1,6}),?\s+(?=\w)")
# Signs that no office writes, which OCR sees in dirt behind a heading.
_DIRT_BEHIND = re.compile(r"\s+[^\w\s]*[¬^`ˆ¨][^\w\s]*$")


class Context(Struct, frozen=True, dict=True):
    """What interpreting a row needs to know of its document and its table."""

    columns: Sequence[Column]
    limits: Sequence[dict[int, float]]  # by column, by page: how far right its lines reach
    to_display: dict[int, Placement]
    issuer: IssuerContext
    year: int | None
    registry: Registry
    marked: AgencyColumns

    def has(self, role: ColumnRole) -> bool:
        """Whether a column of the table has the role."""
        return any(column.role == role for column in self.columns)

    @cached_property
    def time_ends(self) -> tuple[int, int] | None:
        """The columns of the begin and of the end of a task, where it has one for each."""
        return time_ends(self.columns)


def line_limits(table: Table) -> list[dict[int, float]]:
    """Return for each column how far right its lines reach, by page, in points."""
    limits: list[dict[int, float]] = [{} for _ in range(table.n_cols)]
    for row in table.rows:
        for cell in row.cells:
            if cell.col_span > 1:
                continue
            for line in cell.lines:
                known = limits[cell.col]
                known[line.page] = max(known.get(line.page, 0.0), line.box.x1)
    return limits


def fragments_of(row: Row, context: Context) -> tuple[Fragment, ...]:
    """Return every piece of text of a row, with its place on the page as a reader sees it."""
    found = []
    for cell in row.cells:
        label = context.columns[cell.col].label
        for piece in cell.pieces:
            if not piece.lines and not piece.struck:
                continue
            page, bbox, cell_in_file = place_of(piece, context.to_display)
            letters = sum(len(line.text) for line in piece.lines)
            read = sum(line.confidence * len(line.text) for line in piece.lines)
            found.append(
                Fragment(
                    page=page,
                    bbox=bbox,
                    column=label,
                    text=piece.text,
                    confidence=round(read / letters, 3) if letters else 1.0,
                    cell=cell_in_file,
                    read=read_of(piece.lines),
                    doubtful=doubts_of(piece.lines),
                    struck=piece.struck,
                )
            )
    return tuple(sorted(found, key=lambda f: f.page or 0))


def _cell(row: Row, context: Context, role: ColumnRole) -> Cell | None:
    for cell in row.cells:
        if context.columns[cell.col].role == role and cell.lines:
            return cell
    return None


def printed(row: Row, context: Context, role: ColumnRole) -> str:
    """Return a cell's printed lines, one below the other; "" where it is empty."""
    cell = _cell(row, context, role)
    return "\n".join(whole_words(cell.lines, cell.room)) if cell else ""


def _times(row: Row, context: Context) -> tuple[str, tuple[LetterChange, ...]]:
    """The printed lines of a cell of times without dirt, and what was taken for it.

    Where begin and end have a column each, both are one time.
    """
    ends = context.time_ends
    if ends is None:
        return _time_in(_cell(row, context, "timeframe"))
    cells = [next((c for c in row.cells if c.col == col), None) for col in ends]
    if cells[0] is not None and cells[0].col_span > 1:
        return _time_in(cells[0])
    (begin, specks), (end, more) = map(_time_in, cells)
    return whole_time(begin, end), (*specks, *more)


def _time_in(cell: Cell | None) -> tuple[str, tuple[LetterChange, ...]]:
    lines, specks = without_specks(cell.lines) if cell else ((), ())
    return "\n".join(whole_words(lines, cell.room)) if cell else "", specks


def _text(row: Row, context: Context, role: ColumnRole) -> str:
    cell = _cell(row, context, role)
    return cell_text(cell) if cell else ""


def numbers_of(table: Table, columns: Sequence[Column]) -> list[Number]:
    """Return the number of every row: of its number column, else of the head of its content.

    "" where there is none.
    """
    roles = [column.role for column in columns]
    labels = []
    for row, heading in zip(table.rows, table.headings, strict=True):
        cell = _number_cell(row, roles)
        text = cell_text(cell) if cell else ""
        if "index" not in roles:
            text = _leading_label(text)
        lines = cell.lines if cell else ()
        labels.append(Label(text, heading, any(line.confidence < 1 for line in lines)))
    numbers = read_numbers(labels)
    if "index" in roles:
        return numbers
    # A number that stands in the text is taken from it where the row is read, unless mended.
    return [number if number.mended else Number("") for number in numbers]


def numbers_with_read(table: Table, columns: Sequence[Column]) -> list[tuple[Number, Number]]:
    """Return the number of every row, with what people typed and without."""
    numbers = numbers_of(table, columns)
    if not any(was_corrected(row) for row in table.rows):
        return [(number, number) for number in numbers]
    read = replace(table, rows=tuple(as_read(row) for row in table.rows))
    return list(zip(numbers, numbers_of(read, columns), strict=True))


def shares_number(above: Row, row: Row, columns: Sequence[Column]) -> bool:
    """Whether two rows have their number in one cell, merged downward."""
    upper, lower = (
        [c for c in each.cells if c.col < len(columns) and columns[c.col].role == "index"]
        for each in (above, row)
    )
    return bool(upper and lower) and upper[0].pieces[0] == lower[0].pieces[0]


def _number_cell(row: Row, roles: Sequence[ColumnRole]) -> Cell | None:
    """The cell that holds the number of a row."""
    if "index" in roles:
        cells = [c for c in row.cells if roles[c.col] == "index" and c.col_span == 1]
    else:
        cells = [c for c in row.cells if roles[c.col] in ("title", "tasks") and c.lines]
    return cells[0] if cells else None


def _leading_label(text: str) -> str:
    """What stands where a number would: "a" of "a) …", "#ø)" of "#ø) …"; "" where nothing does."""
    marker, _ = split_marker(text)
    return marker.label if marker else (misread_marker(text) or "").strip()


def heading_of(row: Row, number: Number, context: Context) -> tuple[str, str]:
    """Return marker and title of a heading row."""
    narrow = [c for c in row.cells if c.lines and c.col_span == 1]
    numbers = [c for c in narrow if context.columns[c.col].role == "index"]
    text = " ".join(cell_text(c) for c in row.cells if c.lines and c not in numbers)
    text = _DIRT_BEHIND.sub("", text)
    if number.label:
        return number.label, text.removeprefix("" if numbers else misread_marker(text) or "")
    marker, title = split_marker(text)
    if marker is None and (roman := _ROMAN_HEAD.match(text)):
        return roman[1], text[roman.end() :]
    if marker is None and (misread := misread_marker(text)):
        return roman_of(misread) or "", text.removeprefix(misread)
    return (marker.label if marker else ""), title


def corrected_item(
    row: Row, numbers: tuple[Number, Number], context: Context, ids: tuple[str, str, str | None]
) -> Item:
    """Return the item that a row is, which says what people changed in it.

    `numbers` are those of the row with what people typed, and without.
    """
    number, read = numbers
    item = item_of(row, number, context, ids)
    if not was_corrected(row):
        return item
    return noted(item_of(as_read(row), read, context, ids), item)


def item_of(row: Row, number: Number, context: Context, ids: tuple[str, str, str | None]) -> Item:
    """Return the item that a row is; `ids` are those of the item, its appendix and its section."""
    item_id, appendix_id, section_id = ids
    marker, title, content = _key(row, number, context)
    lead, partners = _agencies(row, context)
    times, specks = _times(row, context)
    timeframe = parse_timeframe(times, context.year)
    # A person's text is sure; what was read stays in the item's own fragments.
    fragments = fragments_of(row, context)
    joins = tuple(Join(page=j.page, score=j.score, reasons=j.reasons) for j in row.joins)
    sure = exact_of(line for cell in row.cells for line in cell.lines)
    if sure is None:
        letters = sum(len(f.text) for f in fragments)
        sure = sum(f.confidence * len(f.text) for f in fragments) / letters if letters else 0.0
    confidence = round(min([sure, *(join.score for join in joins)]), 3)
    flags = [*timeframe.flags, *_doubts(row, number, fragments, confidence)]
    if (not content.tasks and not title) or (not marker and _is_total(title, content)):
        flags.append("no_task")
    if any(agencies_of(row, context.marked)):
        flags.append(BY_MARKS)
    named = context.has("lead") or context.has("lead_and_partners") or context.marked
    if not lead and named:
        flags.append("no_lead")
    return Item(
        id=item_id,
        appendix_id=appendix_id,
        section_id=section_id,
        marker=marker,
        title=title,
        lead_in=content.lead_in,
        tasks=content.tasks,
        lead=lead,
        partners=partners,
        timeframe=timeframe,
        deliverable=_text(row, context, "deliverable") or None,
        extra=_extra(row, context),
        fragments=fragments_of(as_read(row), context) if was_corrected(row) else fragments,
        joins=joins,
        confidence=confidence,
        flags=tuple(flags),
        letters_mended=(*changes_of(line for c in row.cells for line in c.lines), *specks),
    )


def _is_total(title: str, content: Content) -> bool:
    """Whether a row sums up what stands above it: "Tổng cộng"."""
    return fold(title or " ".join(content.tasks)).strip(" .:") in table_words()["totals"]


def _doubts(
    row: Row, number: Number, fragments: Sequence[Fragment], confidence: float
) -> Iterator[str]:
    """The flags about how a row was read and put together."""
    if confidence < LOW_CONFIDENCE:
        yield "low_confidence"
    if any(fragment.struck for fragment in fragments):
        yield "text_struck"
    yield from dict.fromkeys(
        code for cell in row.cells for piece in cell.pieces for code in piece.doubts
    )
    if any(f.confidence < 1 and doubtful_words(f.text) for f in fragments):
        yield "words_doubtful"
    if any(f.doubtful for f in fragments):
        yield "letters_doubtful"
    if number.mended:
        yield "marker_mended"
    if any(cell.inferred for cell in row.cells):
        yield "cells_carried_over"


def _key(row: Row, number: Number, context: Context) -> tuple[str, str, Content]:
    """Marker, title and content of a row, wherever they stand."""
    marker = number.label
    title = _text(row, context, "title")
    if title and number.mended and not context.has("index"):
        found, rest = split_marker(title)
        title = rest if found else title.removeprefix(misread_marker(title) or "")
    if title and not marker:
        found, rest = split_marker(title)
        if found:
            marker, title = found.label, rest
    cell = _cell(row, context, "tasks")
    if cell is None:
        return marker, title, Content(title, None, ())
    limits = context.limits[cell.col]
    found_paragraphs = paragraphs(cell.pieces, limits, numbered=bool(marker))
    content = read_content(found_paragraphs, with_title=not context.has("title"))
    if not context.has("title"):
        title = content.title
        if not marker:
            marker, title, content = _marker_within(title, content)
    return marker, title, content


def _marker_within(title: str, content: Content) -> tuple[str, str, Content]:
    """Take the marker off a content that begins with one, where no column holds it."""
    if title:
        found, rest = split_marker(title)
        return (found.label, rest, content) if found else ("", title, content)
    if content.lead_in:
        found, rest = split_marker(content.lead_in)
        lead_in = rest if found else content.lead_in
        return (found.label if found else ""), "", Content("", lead_in, content.tasks)
    if not content.tasks:
        return "", "", content
    found, rest = split_marker(content.tasks[0])
    if not found:
        return "", "", content
    return found.label, "", Content("", None, (rest, *content.tasks[1:]))


def _agencies(row: Row, context: Context) -> tuple[tuple[Agency, ...], tuple[Agency, ...]]:
    issuer, registry = context.issuer, context.registry
    both = _names(row, context, "lead_and_partners")
    if both:
        roles = match_roles(both, issuer, registry)
        lead, partners = roles.lead, roles.partners
    else:
        lead = match_cell(_names(row, context, "lead"), issuer, registry)
        partners = match_cell(_names(row, context, "partners"), issuer, registry)
    by_marks = agencies_of(row, context.marked)
    return (*lead, *by_marks[0]), (*partners, *by_marks[1])


def _names(row: Row, context: Context, role: ColumnRole) -> str:
    """A cell's printed lines, one below the other, but for a name that is cut: "HĐND-|UBND"."""
    text = ""
    for line in printed(row, context, role).split("\n"):
        cut = joins_without_space(text.rsplit("\n", 1)[-1], line)
        text += line if cut or not text else f"\n{line}"
    return text


def _extra(row: Row, context: Context) -> dict[str, str]:
    """Texts of columns without a role, by their header; headers that occur twice are numbered."""
    extra: dict[str, str] = {}
    for cell in row.cells:
        column = context.columns[cell.col]
        if column.role != "extra" or not cell.lines:
            continue
        name = column.name or f"column {cell.col + 1}"
        if name in extra:
            name = f"{name} ({cell.col + 1})"
        extra[name] = cell_text(cell)
    return extra
