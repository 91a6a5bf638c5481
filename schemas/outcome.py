"""A document's result or its named error: all that the flows and the command line ever see."""

from pydantic import Field

from schemas.failure import Failure
from schemas.plan import Plan, Record


class Outcome(Record):
    """What became of one source file: exactly one of `plan` and `failure` is set.

    `tables` are the plan's tables as they are printed, by id: the header as one row, then the rows.
    `source_file` is the name the user knows; `sha256` is null where the file could not be read.
    """

    source_file: str
    sha256: str | None
    plan: Plan | None = None
    failure: Failure | None = None
    tables: dict[str, tuple[tuple[str, ...], ...]] = Field(default={})
