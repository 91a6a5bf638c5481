"""What passes from stage to stage: Source -> Page -> PageTable -> Table (-> Plan, see `plan`).

All types are frozen; every stage is a plain function from one to the next, and none overwrites
what an earlier one saw.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from schemas.page import Page, TextLine
from schemas.plan import Decision
from schemas.table import Table


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


class Reading(Struct, frozen=True):
    """All that was read of a document, before it is understood.

    `outside` are the lines that stand in no table, by page.
    """

    source: Source
    pages: Sequence[Page]
    tables: Sequence[Table]
    outside: Mapping[int, Sequence[TextLine]]
    decisions: Sequence[Decision]
