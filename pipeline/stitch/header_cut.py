"""A header row that the foot of a page cuts: what stands at the head of the next belongs to it."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from pipeline.language.markers import marker_alone
from pipeline.language.text import bare
from pipeline.stitch.header import header_depth, repeated_depth
from pipeline.stitch.rows import is_empty, joined, texts_of
from pipeline.tables.header_words import match_header
from schemas.table import Row, RowJoin

_MOST_WORDS = 8  # of a cell of a header
_ALIKE = 92  # rapidfuzz ratio, without tones: one letter in twelve may be misread, none is missing
_SCORE = 0.9
REASON = "header_cut"


def with_whole_header(
    rows: Sequence[Sequence[Row]], pages: Sequence[int], n_cols: int
) -> tuple[list[Sequence[Row]], RowJoin | None]:
    """Return the rows of each part with the header whole in the first, and the join that made it.

    None where no header is cut. `pages` are those of the parts.
    """
    parts = list(rows)
    if len(parts) < 2 or not header_goes_on(parts[0], parts[1], n_cols):
        return parts, None
    first, second = _filled(parts[0]), _filled(parts[1])
    join = RowJoin(pages[1], _SCORE, (REASON,))
    parts[:2] = [*first[:-1], joined(first[-1], second[0], join)], second[1:]
    return parts, join


def header_goes_on(above: Sequence[Row], below: Sequence[Row], n_cols: int) -> bool:
    """Whether a page ends with nothing but a header that the first row of the next makes whole."""
    first, second = _filled(above), _filled(below)
    if not first or not second or 0 < header_depth(first, n_cols) < len(first):
        return False
    repeated = repeated_depth(second, first, n_cols)[0]
    return not repeated and _goes_on(first[-1], second[0], n_cols)


def _filled(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if not is_empty(row)]


def _goes_on(header: Row, rest: Row, n_cols: int) -> bool:
    """Whether a row makes the header above it say more: "Thời gian hoàn" and "thành"."""
    upper, lower = texts_of(header, n_cols), texts_of(rest, n_cols)
    whole = texts_of(joined(header, rest, RowJoin(0, 0.0, ())), n_cols)
    numbered = marker_alone(lower[0]) is not None and not _known(whole[0])  # "ST" and "T"
    if numbered or any(len(t.split()) > _MOST_WORDS for t in lower):
        return False
    before, after = [_known(text) for text in upper], [_known(text) for text in whole]
    spoilt = any(b > a for b, a in zip(before, after, strict=True))
    return sum(after) > sum(before) and not spoilt


def _known(text: str) -> int:
    """The words of a text that is a known header as a whole, 0 of any other."""
    match = match_header(text)
    whole = match is not None and fuzz.ratio(bare(text), bare(match.phrase)) >= _ALIKE
    return len(text.split()) if whole else 0
