"""What a reader of a kind of file is: it recognises its files, and gives what stands in them."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from pipeline.settings import Settings
from schemas.reading import Reading, Source


class Reader(Struct, frozen=True):
    """A kind of file. `suffixes` are what such files are usually called, in lower case.

    `recognises` tells a file of this kind by its first `START` bytes and its path. `pages_of`
    returns the number of pages, 0 where such files have none of their own, and raises PhulucError
    for a file that cannot be read, as does `read`, which is also given the folder in which what
    another program makes of a file is kept, or None.
    """

    kind: str
    suffixes: frozenset[str]
    recognises: Callable[[bytes, Path], bool]
    pages_of: Callable[[Path], int]
    read: Callable[[Source, Settings, Path | None], Reading]


START = 1024  # bytes; a PDF may carry so much before its header
