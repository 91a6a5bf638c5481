"""The header of a table: where it ends, what its columns are called, where it is repeated."""

import re
from collections.abc import Sequence, Set

from msgspec.structs import replace
from rapidfuzz import fuzz

from pipeline.language.markers import marker_alone, split_marker
from pipeline.language.text import bare
from pipeline.stitch.rows import Columns, cell_text, is_heading, marker_of, text_in, texts_of
from pipeline.tables.header_words import (
    RoleMatch,
    heads_numbers,
    is_header,
    is_number_row,
    match_header,
    row_likeness,
    stands_alone,
)
from schemas.geometry import Box
from schemas.table import Cell, Row

REPEATED = 0.72  # rapidfuzz likeness, without tones: two readings of one line of bold print
_SAME_ROW = 0.9  # rapidfuzz likeness, without tones
_SAME_HEADING = 90  # rapidfuzz ratio, without tones
_DEEPEST = 4  # rows
_LOOKED_AT = 5  # rows beneath a header
_FIGURES = re.compile(r"[\d.,/%+-]*\d[\d.,/%+-]*")
_SURE = 0.9  # score of a header that is known, whole or by its beginning
_FEWEST_NUMBERED, _LONGEST_NAME = 3, 8  # rows that count from 1; words of a header


def header_depth(rows: Sequence[Row], n_cols: int) -> int:
    """Return how many of the first rows are the header, 0 where none is found.

    Beneath the first row belong the rows that its cells reach down into, a second row that only
    divides merged cells, and a row that numbers the columns. What stands above such a row is the
    header whatever it says.
    """
    if numbered := _number_row_at(rows, n_cols):
        return numbered + 1
    if not rows:
        return 0
    tells = (_opens_header(rows[0], n_cols), _stands_over_figures(rows, n_cols))
    if not any(tells) and not _numbers_the_rows(rows, n_cols):
        return 0
    depth = 1
    while depth < min(_DEEPEST, len(rows)) and _belongs(rows[depth - 1], rows[depth], n_cols):
        depth += 1
    if depth < len(rows) and is_number_row(texts_of(rows[depth], n_cols)):
        depth += 1
    return depth


def depth_of_file(rows: Sequence[Row], said: int, n_cols: int) -> int:
    """Return how many of the first rows are the header, of those that the file repeats on pages.

    The first section is often repeated with the header that it stands under: it is no header.
    """
    known = max(header_depth(rows, n_cols), 1)
    columns = key_columns(rows[:known], (), n_cols)
    return next(
        (at for at in range(known, min(said, len(rows))) if _is_of_body(rows[at], columns)), said
    )


def _is_of_body(row: Row, columns: Columns) -> bool:
    texts = texts_of(row, columns.n_cols)
    numbered = marker_alone(texts[0]) is not None and not is_number_row(texts)
    return numbered or is_heading(row, columns)


def _number_row_at(rows: Sequence[Row], n_cols: int) -> int:
    """Where the row that numbers the columns stands among the first, 0 for nowhere: above it there
    are words, and no row's own number."""
    for at, row in enumerate(rows[: _DEEPEST + 1]):
        texts = texts_of(row, n_cols)
        if is_number_row(texts):
            return at
        if marker_alone(texts[0]) is not None:
            return 0
    return 0


def _stands_over_figures(rows: Sequence[Row], n_cols: int) -> bool:
    """Whether the first row has words where all rows beneath it have figures, in two columns."""
    first, *others = (texts_of(row, n_cols) for row in rows[: _LOOKED_AT + 1])
    if len(others) < _FEWEST_NUMBERED or not all(map(_is_name, first)):
        return False
    figures = sum(all(_FIGURES.fullmatch(row[col]) for row in others) for col in range(n_cols))
    return figures >= 2


def _numbers_the_rows(rows: Sequence[Row], n_cols: int) -> bool:
    """Whether the first row begins with "STT" above rows that count from 1, whatever else it says:
    a roster's "Lãnh đạo trực" is known from no plan."""
    first, *others = (texts_of(row, n_cols) for row in rows[: _FEWEST_NUMBERED + 1])
    if not heads_numbers(first[0]):
        return False
    counted = [marker.label if (marker := marker_alone(row[0])) else "" for row in others]
    named = [text for text in first if text]
    return counted == ["1", "2", "3"] and len(named) > 1 and all(map(_is_name, named))


def _is_name(text: str) -> bool:
    words = 0 < len(text.split()) <= _LONGEST_NAME
    return words and not any(char.isdigit() for char in text)


def has_unread_header(rows: Sequence[Row], n_cols: int) -> bool:
    """Whether the first row is a header that cannot be read: it stands over rows 1, 2, 3.

    A seal lies over it, or its words are not known. Its cells are short and none is merged across.
    """
    if len(rows) < _FEWEST_NUMBERED + 1 or n_cols < _FEWEST_NUMBERED:
        return False
    first, *numbered = (
        marker_alone(texts_of(row, n_cols)[0]) for row in rows[: _FEWEST_NUMBERED + 1]
    )
    counted = [marker.label.lstrip("0") if marker else "" for marker in numbered]
    if first is not None or counted != ["1", "2", "3"]:
        return False
    cells = [cell for cell in rows[0].cells if cell.lines]
    short = all(len(cell_text(cell).split()) <= _LONGEST_NAME for cell in cells)
    return len(cells) > 1 and short and all(cell.col_span == 1 for cell in rows[0].cells)


def _opens_header(row: Row, n_cols: int) -> bool:
    texts = texts_of(row, n_cols)
    filled = [cell for cell in row.cells if cell.lines]
    if len(filled) >= 2 and is_header(texts):
        return True
    # Long headers that are known nowhere may be the most.
    surely = [m for text in texts if (m := match_header(text)) and m.score >= _SURE]
    if len(surely) >= 2 and any(map(heads_numbers, texts)):
        return True
    bold = all(line.bold for cell in filled for line in cell.lines)
    short = all(len(cell_text(cell).split()) <= _LONGEST_NAME for cell in filled)
    numbered = any(marker_alone(text) for text in texts if text)
    return len(filled) >= max(2, n_cols - 1) and bold and short and not numbered


def _belongs(above: Row, row: Row, n_cols: int) -> bool:
    """Whether `row` is the next row of a header: cells of the row above reach into it, or it
    divides what was merged across there."""
    reaching = _reaching_into(above, row)
    if reaching:
        return not _is_beneath_header(above, row, reaching)
    spanning = [c for c in above.cells if c.col_span > 1 and c.col_span < n_cols and c.lines]
    filled = [c for c in row.cells if c.lines]
    if not spanning or not filled:
        return False
    under = [c for c in filled if any(s.col <= c.col < s.col + s.col_span for s in spanning)]
    return len(under) == len(filled) and is_header([cell_text(c) for c in under])


def _reaching_into(above: Row, row: Row) -> list[Cell]:
    """The cells of the row above that are merged down into a row."""
    merged_down = {cell.pieces[0].place for cell in above.cells if cell.merged}
    return [cell for cell in row.cells if cell.pieces[0].place in merged_down]


def _is_beneath_header(above: Row, row: Row, reaching: Sequence[Cell]) -> bool:
    """Whether a row is the first of the body, though cells of the header reach down into it.

    A typist merges "TT" over the row of the first section as well, or a scan loses the rule
    between them. The row then divides nothing above it, and says what no header says: a section
    alone, or a sentence.
    """
    own = [cell for cell in row.cells if cell.lines and cell not in reaching]
    texts = [cell_text(cell) for cell in own]
    if not own or is_header(texts) or any(_is_divided(cell, own) for cell in above.cells):
        return False
    if len(own) > 1:
        return any(len(text.split()) > _LONGEST_NAME for text in texts)
    over = [cell for cell in above.cells if cell.lines and _within(cell, own[0])]
    few = sum(cell.col_span for cell in reaching) < sum(cell.col_span for cell in row.cells) / 2
    aside = texts[0].startswith("(")  # "(triệu đồng)" is said of the headers above it
    return split_marker(texts[0])[0] is not None or ((few or len(over) > 1) and not aside)


def _is_divided(above: Cell, cells: Sequence[Cell]) -> bool:
    """Whether some cell beneath takes but a part of the columns of the one above."""
    return any(_within(cell, above) and cell.col_span < above.col_span for cell in cells)


def _within(cell: Cell, other: Cell) -> bool:
    """Whether a cell lies in the columns of another."""
    end, other_end = cell.col + cell.col_span, other.col + other.col_span
    return other.col <= cell.col and end <= other_end


def body_beneath(rows: Sequence[Row], depth: int) -> list[Row]:
    """Return the rows beneath a header of some depth, without what it merges down into them."""
    held = {piece.place for row in rows[:depth] for cell in row.cells for piece in cell.pieces}
    return [_without(row, held) for row in rows[depth:]]


def _without(row: Row, held: Set[tuple[int, Box]]) -> Row:
    if not any(cell.pieces[0].place in held for cell in row.cells):
        return row
    cells = (_emptied(cell) if cell.pieces[0].place in held else cell for cell in row.cells)
    return replace(row, cells=tuple(cells))


def _emptied(cell: Cell) -> Cell:
    piece = replace(cell.pieces[0], lines=(), struck="", read=None, doubts=())
    return replace(cell, pieces=(piece,), merged=False)


def column_names(header: Sequence[Row], n_cols: int) -> list[tuple[str, ...]]:
    """Return for each column its header texts from top to bottom, e.g. ("Cơ quan", "Chủ trì")."""
    names: list[list[str]] = [[] for _ in range(n_cols)]
    for row in header:
        if is_number_row(texts_of(row, n_cols)):
            continue
        for cell in row.cells:
            text = cell_text(cell)
            for col in range(cell.col, min(cell.col + cell.col_span, n_cols)):
                if text and (not names[col] or names[col][-1] != text):
                    names[col].append(text)
    return [tuple(n) for n in names]


def match_column(name: tuple[str, ...]) -> RoleMatch | None:
    """Return the role of a column from its header texts: the lowest that says one, then all.

    What means something only alone says nothing above other words: "Thực hiện" over two years.
    """
    lowest = match_header(name[-1]) if name else None
    if lowest is not None:
        return lowest
    found = (match_header(text) for text in [*reversed(name[:-1]), " ".join(name)])
    return next((m for m in found if m is not None and not stands_alone(m.phrase)), None)


def key_columns(header: Sequence[Row], rows: Sequence[Row], n_cols: int) -> Columns:
    """Return which columns name a row: the number, and the first column of content.

    Where there is but one column of content and a number, the number alone names the row: its
    content is what goes on over the page. Without a known header the first column is looked at.
    """
    roles = [m.role if (m := match_column(name)) else None for name in column_names(header, n_cols)]
    index = roles.index("index") if "index" in roles else None
    time = roles.index("timeframe") if "timeframe" in roles else None
    if index is None and roles[0] is None and _mostly_markers(rows):
        index = 0
    content = [col for col, role in enumerate(roles) if role == "content"]
    if not content:  # the first column that is no number
        content = [0 if index is None else min(index + 1, n_cols - 1)]
    title = content[0] if len(content) >= 2 or index is None else None
    return Columns(index, title, content[0], time, n_cols)


def _mostly_markers(rows: Sequence[Row]) -> bool:
    first = [cell_text(row.cells[0]) for row in rows if row.cells and row.cells[0].lines]
    return bool(first) and sum(marker_alone(t) is not None for t in first) >= 0.7 * len(first)


def _likeness(texts: Sequence[str], others: Sequence[str]) -> float:
    """How alike two rows are, 0..1: cell by cell, or all that is filled, since a column too many
    on one page shifts cells."""
    filled = fuzz.ratio(_filled(texts), _filled(others)) / 100
    return max(row_likeness(texts, others), filled)


def _filled(texts: Sequence[str]) -> str:
    return bare(" | ".join(text for text in texts if text))


def repeated_depth(rows: Sequence[Row], header: Sequence[Row], n_cols: int) -> tuple[int, float]:
    """Return how many first rows of a part repeat the header, and how like they are (0..1)."""
    known = [texts_of(row, n_cols) for row in header]
    numbered = any(map(is_number_row, known))
    depth, likeness = 0, 0.0
    for row in rows[: len(header)]:
        texts = texts_of(row, n_cols)
        best = max((_likeness(texts, k) for k in known), default=0.0)
        if numbered and is_number_row(texts):
            best = 1.0
        if best < REPEATED:
            break
        depth, likeness = depth + 1, best if depth == 0 else min(likeness, best)
    return depth, likeness


def repeats_header(row: Row, header: Sequence[Row], columns: Columns) -> bool:
    """Whether a row within the body is the header once more, as where it is typed again under
    each section: it is called "TT" where rows have their number."""
    if columns.index is None or not heads_numbers(text_in(row, columns.index)):
        return False
    texts = texts_of(row, columns.n_cols)
    known = (texts_of(each, columns.n_cols) for each in header)
    return any(_likeness(texts, others) >= _SAME_ROW for others in known)


def repeated_headings(rows: Sequence[Row], top: Sequence[Row], columns: Columns) -> int:
    """Return how many first rows of a page, behind the header, repeat the sections at the table's
    `top`, as a file does that repeats both.

    Where the row behind begins anew as well, it is another list under sections of the same name.
    """
    depth = 0
    for row, first in zip(rows, top, strict=False):
        if not is_heading(row, columns) or not _same_heading(row, first, columns):
            break
        depth += 1
    if not 0 < depth < min(len(rows), len(top)):
        return 0
    anew = marker_of(rows[depth], columns) == marker_of(top[depth], columns)
    return 0 if anew else depth


def _same_heading(row: Row, first: Row, columns: Columns) -> bool:
    texts, others = (texts_of(each, columns.n_cols) for each in (row, first))
    alike = fuzz.ratio(_filled(texts), _filled(others)) >= _SAME_HEADING
    return alike and marker_of(row, columns) == marker_of(first, columns)
