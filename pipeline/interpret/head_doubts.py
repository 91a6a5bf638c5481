"""Numbers, dates and words of the head that an OCR read from handwriting or not surely.

A line's confidence hides one bad digit among its letters, and 214 for 4214 looks like any number:
so each word that holds digits is judged by itself, by how surely it was read and by its size. Of
title and issuer each word is, by how surely it was read and whether there can be such a word.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from statistics import median

from msgspec.structs import replace

from pipeline.language.text import fold
from pipeline.plausibility import is_plausible
from pipeline.titles import DocumentHead, find_date, find_number
from schemas.page import Page, TextLine, Word

_SURE = 0.85  # confidence; of printed digits nineteen in twenty are read more surely
_READ = 0.6  # confidence: of 136 title blocks read rightly 6 hold a word below, of 4 others each
_FEWEST = 3  # letters of a line
_UNLIKE = 1.3  # times as high, or as low, as the words beside them: written by hand


def with_doubted_digits(
    head: DocumentHead, lines: Sequence[TextLine], pages: Sequence[Page]
) -> DocumentHead:
    """Return the head with a doubt, and its place, for a number or a date that may be misread."""
    scanned = {page.number: page for page in pages if page.method == "ocr"}
    places = [
        (flag, line)
        for flag, line in _lines_of(head, lines)
        if line.page in scanned and _is_doubtful(line, scanned[line.page])
    ]
    for flag, value in (("title_doubtful", head.title), ("issuer_doubtful", head.issuer)):
        unsure = (
            line
            for line in lines
            if line.page in scanned and _is_part(line, value) and _is_unsure(line, scanned)
        )
        places += [(flag, line) for line in islice(unsure, 1)]
    if not places:
        return head
    flags = tuple(dict.fromkeys([*head.flags, *(flag for flag, _ in places)]))
    return replace(head, flags=flags, places=(*head.places, *places))


def _lines_of(head: DocumentHead, lines: Sequence[TextLine]) -> Iterator[tuple[str, TextLine]]:
    """The first line that holds the head's number, and the first that holds its date."""
    number = (line for line in lines if _holds_number(head, line))
    date = (line for line in lines if _holds_date(head, line))
    for flag, line in (
        ("number_doubtful", next(number, None)),
        ("date_doubtful", next(date, None)),
    ):
        if line is not None:
            yield flag, line


def _holds_number(head: DocumentHead, line: TextLine) -> bool:
    found = find_number(line.text)
    return bool(head.plan_number) and found is not None and found.number == head.plan_number


def _holds_date(head: DocumentHead, line: TextLine) -> bool:
    found = find_date(line.text)
    if found is None:
        return False
    parts = [
        (getattr(found, part), getattr(head.issued_on, part)) for part in ("day", "month", "year")
    ]
    known = [(here, there) for here, there in parts if here is not None]
    return bool(known) and all(here == there for here, there in known)


def _is_doubtful(line: TextLine, page: Page) -> bool:
    words = [word for word in page.words if line.box.contains(*word.box.center)]
    digits = [word for word in words if _holds_digits(word)]
    beside = [word.box.height for word in words if not _holds_digits(word)]
    usual = median(beside) if beside else None
    return any(word.confidence < _SURE or _is_unlike(word, usual) for word in digits)


def _is_part(line: TextLine, value: str) -> bool:
    """Whether a line is one of those that a value was read from."""
    printed = fold(line.text).strip(" .,:;-–—")
    return len(printed) > _FEWEST and printed in fold(value)


def _is_unsure(line: TextLine, pages: Mapping[int, Page]) -> bool:
    """Whether a word of a line was hardly read, or can be none."""
    words = [w for w in pages[line.page].words if line.box.contains(*w.box.center)]
    return any(word.confidence < _READ or not is_plausible(word.text) for word in words)


def _holds_digits(word: Word) -> bool:
    return any(char.isdigit() for char in word.text)


def _is_unlike(word: Word, usual: float | None) -> bool:
    return usual is not None and not usual / _UNLIKE <= word.box.height <= usual * _UNLIKE
