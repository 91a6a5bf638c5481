"""What a reader of a kind of file is: it recognises its files, and gives what stands in them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from pipeline.settings import Settings
from schemas.page import Page, TextLine
from schemas.plan import Decision
from schemas.reading import Source
from schemas.table import PageTable


class ExactTables(Struct, frozen=True):
    """Tables whose cells the file holds as such, and the lines that stand in none, by page."""

    tables: Mapping[int, Sequence[PageTable]]
    outside: Mapping[int, Sequence[TextLine]]


class Content(Struct, frozen=True):
    """What a reader gives: the pages, what was decided about them, and exact tables or None.

    Without exact tables they are found on the pages, by rules and words.
    """

    pages: Sequence[Page]
    decisions: Sequence[Decision] = ()
    exact: ExactTables | None = None


class Reader(Struct, frozen=True):
    """A kind of file. `suffixes` are what such files are usually called, in lower case.

    `recognises` tells a file of this kind by its first `START` bytes and its path. `pages_of`
    returns the number of pages, 0 where such files have none of their own, and raises PhulucError
    for a file that cannot be read, as does `read`.
    """

    kind: str
    suffixes: frozenset[str]
    recognises: Callable[[bytes, Path], bool]
    pages_of: Callable[[Path], int]
    read: Callable[[Source, Settings], Content]


START = 1024  # bytes; a PDF may carry so much before its header
