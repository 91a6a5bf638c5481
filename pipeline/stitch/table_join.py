"""Does a table go on from the page before? Columns, captions, headers and what stands between."""

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from pipeline.language.markers import Marker, marker_alone
from pipeline.language.page_numbers import may_be_page_number
from pipeline.language.text import bare
from pipeline.stitch.columns import agreement
from pipeline.stitch.header import REPEATED, header_depth
from pipeline.stitch.header_cut import header_goes_on
from pipeline.stitch.layouts import header_names, own_order
from pipeline.stitch.rows import rows_of, texts_of
from pipeline.stitch.signals import Verdict, weigh
from pipeline.tables.header_words import header_likeness, heads_numbers
from pipeline.titles import is_caption, is_continuation
from schemas.page import TextLine
from schemas.table import PageTable, Row

_FEW_WORDS = 3  # that may stand over a table on a new page
_READ, _FEWEST_LETTERS = 0.6, 3  # confidence, and letters of a word
_OVERLAP = 2  # points by which a line may reach into a table
_KNOWN_HEADER = 0.6  # share of its cells that are known headers
_OTHER_HEADER = 0.6  # less like the table's header than this


def judge_table_join(
    above: Sequence[PageTable], below: PageTable, outside: Mapping[int, Sequence[TextLine]]
) -> Verdict:
    """Return how surely `below` continues the table whose parts are `above`."""
    last = above[-1]
    best = max(agreement(below, part) for part in above)
    text = lines_between(last, below, outside)
    own = own_order(header_names(below), header_names(above[0])) is not None
    cut = len(above) == 1 and above[0].n_cols == below.n_cols
    cut = cut and header_goes_on(rows_of(above[0]), rows_of(below), below.n_cols)
    same, other = (own, False) if own or cut else _header_compared(above[0], below)
    differ = best < 0.6 and not own
    if below.page == last.page:
        said = any(map(_says_something, text))
    else:
        said = sum(len(line.text.split()) for line in text) > _FEW_WORDS
    signals = {
        "columns_agree": best,
        "columns_differ": differ,
        "numbers_go_on": differ and _numbers_go_on(last, below),
        "header_repeated": same,
        "header_cut": cut,
        "new_header": other,
        "next_page": below.page == last.page + 1,
        "pages_between": below.page > last.page + 2,
        "caption_between": any(is_caption(line) for line in text),
        "text_between": said,
        "no_text_between": not text,
    }
    return weigh("table_join", signals)


def _says_something(line: TextLine) -> bool:
    """Whether a line holds a word, and is no speck between two parts of a broken table."""
    return line.confidence >= _READ and sum(map(str.isalpha, line.text)) >= _FEWEST_LETTERS


def same_columns(first: PageTable, below: PageTable) -> bool:
    """Whether parts can be one table: exact cells keep their columns, found ones are fitted."""
    return first.exact == below.exact and (not below.exact or first.n_cols == below.n_cols)


def lines_between(
    above: PageTable | None, below: PageTable, outside: Mapping[int, Sequence[TextLine]]
) -> list[TextLine]:
    """Return the lines from one table, or the first page, to another, but for page numbers and
    for what says that the table goes on: "PHỤ LỤC I (tiếp theo)"."""
    page, bottom = (above.page, above.box.bottom) if above else (0, 0.0)
    return [
        line
        for number in range(page, below.page + 1)
        for line in outside.get(number, ())
        if (number > page or line.box.top >= bottom - _OVERLAP)
        and (number < below.page or line.box.bottom <= below.box.top + _OVERLAP)
        and not may_be_page_number(line.text)
        and not is_continuation(line.text)
    ]


def _numbers_go_on(above: PageTable, below: PageTable) -> bool:
    """Whether the first row carries the number after the last one above, in as many columns."""
    if above.n_cols != below.n_cols:
        return False
    before, after = _numbers(above), _numbers(below)
    return bool(before and after) and after[0].follows(before[-1])


def _numbers(part: PageTable) -> list[Marker]:
    """The numbers in the first column of a part."""
    texts = (texts_of(row, part.n_cols)[0] for row in rows_of(part))
    return [marker for text in texts if (marker := marker_alone(text)) is not None]


def _header_compared(first: PageTable, below: PageTable) -> tuple[bool, bool]:
    """Whether `below` begins with the header of the table, or with another one.

    Compared are the filled cells, so that a column too many on one page does not matter.
    """
    upper, lower = rows_of(first), rows_of(below)
    if not header_depth(lower, below.n_cols):
        return False, False
    there = header_depth(upper, first.n_cols)
    here = _filled(lower[0], below.n_cols)
    likeness = (fuzz.ratio(_filled(row, first.n_cols), here) / 100 for row in upper[:there])
    best = max(likeness, default=0.0)
    texts = texts_of(lower[0], below.n_cols)
    known = header_likeness(texts) >= _KNOWN_HEADER or _counts_anew(texts[0], below)
    return best >= REPEATED, best < _OTHER_HEADER and known


def _counts_anew(header: str, below: PageTable) -> bool:
    """Whether a column that is called "STT" counts from 1."""
    numbers = _numbers(below)
    return heads_numbers(header) and bool(numbers) and numbers[0].value[-1] == 1


def _filled(row: Row, n_cols: int) -> str:
    return bare(" | ".join(text for text in texts_of(row, n_cols) if text))
