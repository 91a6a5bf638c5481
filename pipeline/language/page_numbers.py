"""Page numbers as they are printed: alone, "- 2 -", "Trang 2/6"."""

import re
from typing import NamedTuple

_AS_PRINTED = r"\W*(?:trang|page)?\W*({digits}{{1,3}})(?:\s*/\s*(\d{{1,3}}))?\W*"
_PLAIN = re.compile(_AS_PRINTED.format(digits=r"\d"), re.IGNORECASE)
_PERHAPS = re.compile(_AS_PRINTED.format(digits=r"[\dIl|]"), re.IGNORECASE)


class PageNumber(NamedTuple):
    """The number of a page, and of how many: "2/6"."""

    number: int
    total: int | None


def page_number(text: str) -> PageNumber | None:
    """Return the page number that a text is, None where it is anything else."""
    match = _PLAIN.fullmatch(text.strip())
    return PageNumber(int(match[1]), int(match[2]) if match[2] else None) if match else None


def may_be_page_number(text: str) -> bool:
    """Return whether a text is a page number, or one with strokes read for its ones."""
    return _PERHAPS.fullmatch(text.strip()) is not None
