"""What people said of a document: one entry of the log of corrections, never changed again."""

from typing import Literal

from msgspec import Struct

from schemas.geometry import Box

Verdict = Literal[
    "confirm", "correct", "join", "part", "role", "remove_row", "add_row", "postpone", "approve",
    "undo",
]  # fmt: skip


class Correction(Struct, frozen=True):
    """One thing that one person said about one place of one content.

    The place is a page and a box on it as a reader sees it, or the `cell` of a file without pages;
    without any it is the document. It is found again by overlap, since ids of items and exact boxes
    change from version to version. `column` is that of the fragment, or the header of a table's
    column. `field` is what is told: `text` (all that stands at the place), a field of the item
    (`tasks[0]`, `lead[1]`, `timeframe`), a field of the document, `row_join`, `table_join`, `role`,
    `row`, or for `confirm` and `postpone` the subject of the doubt. An `approve` is about the whole
    `document` and its `value` a digest of what was approved. `read` is what the program had
    there, `base` the last number that the person had seen for the place, `undoes` the number that
    an `undo` takes back. `number` counts from 1 over the whole log; `at` is ISO 8601 in UTC.
    """

    number: int
    sha256: str
    field: str
    read: str
    verdict: Verdict
    who: str
    at: str
    program: str
    page: int | None = None
    bbox: Box | None = None
    cell: str | None = None
    column: str = ""
    value: str | None = None
    base: int = 0
    undoes: int | None = None
