"""What passes from stage to stage: Source -> Reading -> Stitched (-> Plan, see `plan`).

All types are frozen; every stage is a plain function from one to the next, and none overwrites
what an earlier one saw. A `Reading` holds all that costs time to get and nothing that an office
can decide otherwise later: it is what is kept between runs (`pipeline.readings`).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from schemas.correction import Correction
from schemas.page import Page, TextLine
from schemas.plan import Decision
from schemas.table import PageTable, Table


class Source(Struct, frozen=True):
    """A file that was found fit to be read.

    `name` is the path as the user knows it (relative to the folder that was given), `sha256` is
    of the whole content, `kind` names the reader (`pipeline.read.readers`), `pages` is 0 where the
    file has no pages of its own.
    """

    path: Path
    name: str
    sha256: str
    kind: str
    pages: int


class ExactTables(Struct, frozen=True):
    """Tables whose cells the file holds as such, and the lines that stand in none, by page."""

    tables: dict[int, tuple[PageTable, ...]]
    outside: dict[int, tuple[TextLine, ...]]


class Reading(Struct, frozen=True):
    """What a reader gives of a file, whatever the file is called and wherever it lies.

    Without `exact` tables they are found on the pages, by rules and words. `decisions` are about
    the pages' text layers; `engine` describes the OCR engine that read some of them, None where
    none did. `flags` are what a reader should know of the whole document.
    `rendered_pages` is the number of pages of a rendering that gives places, 0 without one;
    `unrendered` says that the machine lacked the program that makes one.
    """

    pages: tuple[Page, ...]
    decisions: tuple[Decision, ...] = ()
    exact: ExactTables | None = None
    engine: str | None = None
    flags: tuple[str, ...] = ()
    rendered_pages: int = 0
    unrendered: bool = False


class Stitched(Struct, frozen=True):
    """A reading with its tables found and made whole over page breaks, before it is understood.

    `outside` are the lines that stand in no table, by page; `decisions` are those of the reading
    and what was decided about joining pages; `corrections` are what people said of the document.
    """

    source: Source
    reading: Reading
    tables: Sequence[Table]
    outside: Mapping[int, Sequence[TextLine]]
    decisions: Sequence[Decision]
    corrections: tuple[Correction, ...] = ()

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages as they were read."""
        return self.reading.pages
