"""Is the first row of a page the remainder of the last row before it? Signals, one by one."""

from collections.abc import Sequence

from msgspec import Struct

from pipeline.language.list_signs import (
    bullet_end,
    ends_open,
    holds_bullets,
    is_stopped,
    without_bullet,
)
from pipeline.language.markers import misread_marker, split_marker
from pipeline.language.unwrap import joins_without_space, whole_words
from pipeline.stitch.rows import Columns, cell_text, is_heading, marker_of, texts_of
from pipeline.stitch.signals import Verdict, weigh
from pipeline.timeframes import parse_timeframe
from schemas.table import Row

# The reason for which a row takes number and task from the row above.
UNDER_MERGED = "row_under_merged"


class Habits(Struct, frozen=True):
    """What rows of this table usually look like: learned from all of its whole rows."""

    filled: frozenset[int]  # columns that at least 3 of 4 rows fill
    marked: bool  # whether at least 3 of 4 rows carry a marker

    @classmethod
    def of(cls, rows: Sequence[Row], columns: Columns) -> "Habits":
        """Learn from rows, headings left out."""
        items = [row for row in rows if not is_heading(row, columns)]
        need = 0.7 * len(items)
        texts = [texts_of(row, columns.n_cols) for row in items]
        filled = frozenset(
            col for col in range(columns.n_cols) if sum(bool(t[col]) for t in texts) >= need
        )
        marked = sum(marker_of(row, columns) is not None for row in items) >= need
        return cls(filled, bool(items) and marked)


def judge_row_join(above: Row, below: Row, columns: Columns, habits: Habits) -> Verdict:
    """Return how surely `below` continues `above`, 0..1, with the signals that say so."""
    upper, lower = texts_of(above, columns.n_cols), texts_of(below, columns.n_cols)
    met = [(u, t) for u, t in zip(upper, lower, strict=True) if t]
    heading_cut = _heading_cut(above, lower, columns)
    signals = {
        **_shape(above, lower, columns, habits),
        **_text(met),
        "token_cut": _token_cut(above, lower),
        **_markers(above, below, columns, habits),
        "section_above": is_heading(above, columns) and not heading_cut,
        "heading_cut": heading_cut,
        "section_below": is_heading(below, columns) and _starts_anew(met),
        "key_cell_cut": _key_cut(upper, lower, columns),
        "facing_edge_open": _edge_open(above, below),
        "time_of_its_own": _own_time(upper, lower, columns),
        UNDER_MERGED: _is_under_merged(upper, lower, columns),
    }
    return weigh("row_join", signals)


def _shape(
    above: Row, lower: Sequence[str], columns: Columns, habits: Habits
) -> dict[str, float | bool]:
    expected = habits.filled - set(columns.keys)
    missing = [col for col in expected if not lower[col]]
    key_above = [c for c in above.cells if c.col in columns.keys and c.merged]
    return {
        "key_cells_empty": bool(columns.keys) and not any(lower[col] for col in columns.keys),
        "short_row": len(missing) / len(expected) if expected else 0.0,
        "full_row": bool(expected) and not missing and len(expected) > 1,
        "merged_key_above": bool(key_above) and not missing,
    }


def _text(met: Sequence[tuple[str, str]]) -> dict[str, float | bool]:
    pairs = [(u, t) for u, t in met if u]
    share = 1 / max(1, len(pairs))
    heads = [_first_letter(t) for _, t in pairs]
    lower_case = sum(head.islower() for head in heads)
    upper_case = sum(head.isupper() for head in heads)
    # Agencies and times end without a stop anyway: only long texts tell by it.
    long = [(u, t) for u, t in pairs if len(u.split()) >= 6]
    open_ends = [not is_stopped(u) for u, _ in long]
    return {
        "lower_case_start": lower_case > 0,
        "upper_case_start": bool(pairs) and upper_case == len(pairs),
        "sentence_open": any(open_ends),
        "sentence_closed": bool(open_ends) and not any(open_ends),
        "joiner_at_end": sum(ends_open(u) for u, _ in pairs) * share,
        "bullets_go_on": any(holds_bullets(u) and bullet_end(t) for u, t in pairs),
    }


def _token_cut(above: Row, lower: Sequence[str]) -> bool:
    """The last line of a cell and what stands below meet within one token. It is the whole line
    that tells: "giai đoạn I" and "II. Mục tiêu" are no III."""
    return any(
        joins_without_space(whole_words(cell.lines, cell.room)[-1], lower[cell.col])
        for cell in above.cells
        if cell.lines
    )


def _first_letter(text: str) -> str:
    """The first letter behind a marker or a bullet: "đ) Giao thông" begins with a capital."""
    _, rest = split_marker(text)
    text = rest or text
    return without_bullet(text.removeprefix(misread_marker(text) or ""))[:1] or text[0]


def _own_time(upper: Sequence[str], lower: Sequence[str], columns: Columns) -> bool:
    """Both rows say a whole time: one task has but one."""
    if columns.timeframe is None:
        return False
    before, after = upper[columns.timeframe], lower[columns.timeframe]
    return (
        after[:1].isupper()
        and parse_timeframe(before, None).kind != "unknown"
        and parse_timeframe(after, None).kind != "unknown"
    )


def _is_under_merged(upper: Sequence[str], lower: Sequence[str], columns: Columns) -> bool:
    """A row of its own whose number and task are those above: only these are empty, and it says by
    itself who and when. What a page cuts off goes on in the task, or begins in lower case."""
    filled = [col for col, text in enumerate(lower) if text]
    return (
        len(filled) > 1
        and columns.content is not None
        and filled[0] > columns.content
        and _own_time(upper, lower, columns)
        and not any(lower[col][0].islower() or ends_open(upper[col]) for col in filled)
    )


def _markers(above: Row, below: Row, columns: Columns, habits: Habits) -> dict[str, float | bool]:
    before, after = marker_of(above, columns), marker_of(below, columns)
    head = texts_of(below, columns.n_cols)[columns.content or 0]
    misread = columns.index is None and misread_marker(head) is not None
    return {
        "no_marker": habits.marked and after is None and not misread,
        "new_marker": after is not None or (habits.marked and misread),
        "marker_follows": after is not None and before is not None and after.follows(before),
    }


def _starts_anew(met: Sequence[tuple[str, str]]) -> bool:
    return all(not t[0].islower() for _, t in met)


def _key_cut(upper: Sequence[str], lower: Sequence[str], columns: Columns) -> bool:
    """The title goes on: in lower case or in brackets, and that above did not end with a stop."""
    if columns.title is None or not lower[columns.title] or not upper[columns.title]:
        return False
    rest = lower[columns.title]
    aside = rest.startswith("(") and split_marker(rest)[0] is None
    return (aside or _first_letter(rest).islower()) and not upper[columns.title].endswith(".")


def _heading_cut(above: Row, lower: Sequence[str], columns: Columns) -> bool:
    """A heading of several lines goes on: nothing but its text, in its column, in lower case, or
    in capitals as all of it, or behind an open end ("Dữ liệu số và")."""
    if not is_heading(above, columns):
        return False
    filled = [col for col, text in enumerate(lower) if text]
    heads = {cell.col: cell_text(cell) for cell in above.cells if cell.lines}
    if len(filled) != 1 or filled[0] not in heads:
        return False
    head, rest = heads[filled[0]], lower[filled[0]]
    return rest[0].islower() or (head.isupper() and rest.isupper()) or ends_open(head)


def _edge_open(above: Row, below: Row) -> bool:
    open_below = [not c.pieces[-1].closed_bottom for c in above.cells]
    open_top = [not c.pieces[0].closed_top for c in below.cells]
    return all(open_below) or all(open_top)
