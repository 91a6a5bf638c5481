"""Pages that stand twice in a file, in the wrong order, or not at all.

Told from what the pages say, from the numbers printed on them and from those of their rows.
"""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from rapidfuzz import fuzz

from pipeline.language.markers import marker_alone
from pipeline.language.page_numbers import page_number
from pipeline.stitch.rows import rows_of, text_in
from schemas.page import Page, TextLine
from schemas.plan import Decision
from schemas.table import PageTable

_FEWEST_WORDS = 15  # fewer tell nothing: a heading may stand on several pages
_SAME = 0.9  # rapidfuzz ratio of two scans of one sheet
_SHARED = 0.75  # of the words: else the texts need not be compared
_NEAR = 3  # scans are compared with so many pages before: a sheet that went in twice
_MARGIN = 0.12  # of the page's height: above and below are page numbers
_SURELY = 0.6  # confidence of a page number
_MOST_MISSING = 20  # a larger step is no gap, but another numbering


class _Numbered(Struct, frozen=True):
    """A page, the number printed on it, of how many ("2/6"), and whether it was read by OCR."""

    page: int
    number: int
    total: int | None
    scanned: bool


class _Said(Struct, frozen=True):
    """What a page says: its number, its words, the number printed on it, those of its rows."""

    page: int
    words: tuple[str, ...]
    printed: int | None
    rows: tuple[int, ...]

    def likeness(self, other: "_Said") -> float:
        """How alike two scans are, 0..1; 0 where their numbers tell that they are two sheets."""
        if self.printed is not None and other.printed is not None and self.printed != other.printed:
            return 0.0
        if 2 * len(set(self.rows) & set(other.rows)) < len(set(self.rows) | set(other.rows)):
            return 0.0
        longer = max(len(self.words), len(other.words))
        if (Counter(self.words) & Counter(other.words)).total() < _SHARED * longer:
            return 0.0
        return fuzz.ratio(" ".join(self.words), " ".join(other.words)) / 100


def doubled_pages(
    pages: Sequence[Page],
    tables: Mapping[int, Sequence[PageTable]],
    outside: Mapping[int, Sequence[TextLine]],
) -> list[Decision]:
    """Return for each page that says the same as an earlier one that it is left out.

    Of digital pages every word must be the same; of scans nearly all.
    """
    seen: dict[tuple[str, ...], int] = {}
    before: list[_Said] = []
    decisions = []
    for page in pages:
        words = tuple(word.text for word in page.words)
        if len(words) < _FEWEST_WORDS:
            continue
        original, score = seen.setdefault(words, page.number), 1.0
        if original == page.number and page.method == "ocr":
            printed = _numbered(page, outside[page.number])
            rows = tuple(_row_numbers(tables[page.number]))
            said = _Said(page.number, words, printed.number if printed else None, rows)
            score, original = max(
                ((said.likeness(other), other.page) for other in before[-_NEAR:]),
                default=(0.0, original),
            )
            before.append(said)
            if score < _SAME:
                continue
        if original != page.number:
            figures: dict[str, int | float] = {"same_as": original}
            decisions.append(_decision("pages_doubled", page.number, figures, round(score, 3)))
    return decisions


def order_doubts(
    pages: Sequence[Page],
    tables: Mapping[int, Sequence[PageTable]],
    outside: Mapping[int, Sequence[TextLine]],
) -> list[Decision]:
    """Return where pages are missing or stand in another order than they are numbered."""
    numbered = [found for page in pages if (found := _numbered(page, outside[page.number]))]
    doubts = [
        doubt
        for run in _runs(_without_slips(numbered, _jumps(pages, tables)))
        for doubt in (*_of_run(run), *_of_total(run, len(pages)))
    ]
    if any("pages_out_of_order" in doubt.reasons for doubt in doubts):
        return doubts
    return [*doubts, *_of_rows([page.number for page in pages], tables)]


def _numbered(page: Page, lines: Sequence[TextLine]) -> _Numbered | None:
    """The number that stands alone at the head or the foot of a page."""
    margin = _MARGIN * page.height
    ends = [*lines[:1], *lines[-1:]]
    for line in ends:
        found = page_number(line.text)
        outer = line.box.bottom <= margin or line.box.top >= page.height - margin
        if found and outer and line.confidence >= _SURELY:
            return _Numbered(page.number, *found, scanned=line.confidence < 1)
    return None


def _fits(a: _Numbered, b: _Numbered) -> bool:
    return b.number - a.number == b.page - a.page


def _jumps(pages: Sequence[Page], tables: Mapping[int, Sequence[PageTable]]) -> set[int]:
    """The pages before which row numbers are left out: there a page may be missing indeed."""
    spans = [(page.number, span) for page in pages if (span := _counted(tables[page.number]))]
    return {page for (_, a), (page, b) in pairwise(spans) if b[0] > a[1] + 1}


def _without_slips(numbered: Sequence[_Numbered], jumps: Container[int]) -> list[_Numbered]:
    """Leave out numbers that OCR misread: those on both sides fit each other.

    The first and the last have one side alone; they are believed where row numbers jump as well.
    """
    kept = []
    for i, one in enumerate(numbered):
        before = numbered[i - 1] if i else None
        after = numbered[i + 1] if i + 1 < len(numbered) else None
        if before and after:
            slip = _fits(before, after) and not _fits(before, one)
        elif before or after:
            first, second = (before, one) if before else (one, after or one)
            slip = not _fits(first, second) and second.page not in jumps
        else:
            slip = False
        if not (one.scanned and slip):
            kept.append(one)
    return kept


def _runs(numbered: Sequence[_Numbered]) -> list[list[_Numbered]]:
    """The numbers by appendix: each may begin with 1 anew, or with 2 after a page without one."""
    runs: list[list[_Numbered]] = []
    for one in numbered:
        last = runs[-1][-1] if runs else None
        anew = last is not None and (
            one.number == 1 or (one.number == 2 and one.page > last.page + 1)
        )
        if last is None or anew:
            runs.append([])
        runs[-1].append(one)
    return runs


def _of_run(run: Sequence[_Numbered]) -> list[Decision]:
    numbers = [one.number for one in run]
    # A number that comes late is not missing: blank backs carry none, and count.
    shuffled = any(b.number <= a.number for a, b in pairwise(run))
    doubts = []
    for a, b in pairwise(run):
        figures: dict[str, int | float] = {"before": a.number, "after": b.number}
        step = b.number - a.number
        if step <= 0:
            doubts.append(_decision("pages_out_of_order", b.page, figures))
        elif b.page - a.page < step <= _MOST_MISSING:
            between = range(a.number + 1, b.number)
            late = shuffled and any(number in numbers for number in between)
            if not late:
                doubts.append(_decision("page_missing", b.page, figures))
    return doubts


def _of_total(run: Sequence[_Numbered], pages: int) -> list[Decision]:
    """Where "5/6" is the last page: the sixth is missing."""
    last = run[-1]
    if last.total is None or last.page < pages or not last.number < last.total:
        return []
    figures: dict[str, int | float] = {"before": last.number, "after": last.total}
    return [_decision("page_missing", last.page, figures)]


def _of_rows(pages: Sequence[int], tables: Mapping[int, Sequence[PageTable]]) -> list[Decision]:
    """Where pages would count on if they stood otherwise: rows 1-3, 7-9, 4-6."""
    spans = [(page, span) for page in pages if (span := _counted(tables[page]))]
    doubts = []
    for start in range(len(spans)):
        run = [spans[start]]
        for page, span in spans[start + 1 :]:
            if span[0] == 1:
                break
            run.append((page, span))
        in_order = sorted(run, key=lambda one: one[1])
        whole = all(b[1][0] == a[1][1] + 1 for a, b in pairwise(in_order))
        if len(run) > 2 and whole and in_order != run:
            astray = next((a, b) for a, b in pairwise(run) if b[1][0] != a[1][1] + 1)
            figures: dict[str, int | float] = {
                "before": astray[0][1][1],
                "after": astray[1][1][0],
            }
            doubts.append(_decision("pages_out_of_order", astray[1][0], figures))
            break
    return doubts


def _counted(tables: Sequence[PageTable]) -> tuple[int, int] | None:
    """The first and the last row number of a page whose rows count on; None where they do not."""
    numbers = _row_numbers(tables)
    if not numbers or any(b != a + 1 for a, b in pairwise(numbers)):
        return None
    return numbers[0], numbers[-1]


def _row_numbers(tables: Sequence[PageTable]) -> list[int]:
    """The numbers in the first column of a page's tables."""
    return [
        marker.value[0]
        for table in tables
        for row in rows_of(table)
        if (marker := marker_alone(text_in(row, 0))) and marker.kind == "number"
    ]


def _decision(
    code: str, page: int, figures: Mapping[str, int | float], score: float = 1.0
) -> Decision:
    return Decision(
        what="page_order",
        page=page,
        taken=code == "pages_doubled",
        score=score,
        reasons=(code,),
        figures=dict(figures),
    )
