"""A document's result or its named error: all that the flows and the command line ever see."""

from schemas.failure import Failure
from schemas.plan import Plan, Record


class Outcome(Record):
    """What became of one source file: exactly one of `plan` and `failure` is set.

    `source_file` is the name the user knows; `sha256` is null where the file could not be read.
    """

    source_file: str
    sha256: str | None
    plan: Plan | None = None
    failure: Failure | None = None
