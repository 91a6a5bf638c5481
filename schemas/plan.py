"""The validated result: one JSON document a plan. Names and meanings are a published contract.

Boxes are in PDF points of the page as a reader sees it, origin top left. Fields may be added,
never renamed or dropped.
"""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION: Final = "1.0"
LOW_CONFIDENCE: Final = 0.8  # items read less surely than this are flagged

BBox = tuple[float, float, float, float]
Score = float

AgencyLevel = Literal["central", "province", "district", "commune"]
AgencyKind = Literal["agency", "front", "collective", "unit", "person"]
MatchMethod = Literal["exact", "alias", "abbreviation", "fuzzy", "decision", "none"]
Status = Literal["accepted", "review", "unresolved"]
TimeframeKind = Literal["continuous", "recurring", "period", "deadline", "conditional", "unknown"]
Recurrence = Literal["yearly", "half-yearly", "quarterly", "monthly", "weekly"]
DocumentKind = Literal["digital", "scanned", "mixed", "word", "sheet"]
DecisionKind = Literal[
    "row_join", "table_join", "header_drop", "column_role", "text_layer", "page_order", "table_kind"
]  # fmt: skip
TableKind = Literal["tasks", "other"]


class Record(BaseModel):
    """Base of all records: frozen, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TableCell(Record):
    """A cell of a document's table: all count from 1, tables in the order of the file."""

    table: int
    row: int
    column: int


class SheetCell(Record):
    """A cell of a workbook, by the names that the program shows: sheet, row, column letter."""

    sheet: str
    row: int
    column: str


class LetterChange(Record):
    """A word in which letters were mended: as the OCR read it, and as it stands.

    `log_odds` (natural) speak for the change: at 3, of twenty such changes nineteen are right.
    """

    before: str
    after: str
    log_odds: float


class LetterDoubt(Record):
    """A word that may be read in two ways. `log_odds` speak for `text`, which stands."""

    text: str
    other: str
    log_odds: float


class Fragment(Record):
    """A piece of text with its place. `column` is the role of the column, or its header.

    `struck` are words that are crossed out there; they stand in `text` and in the values only where
    all of the row is struck. `read` is what the OCR made of it, null where no letter was mended
    since; `doubtful` are words that may be read in two ways.

    A file without pages of its own has a `cell` instead; `page` and `bbox` are then those of its
    rendering, where one could be made.
    """

    page: int | None
    bbox: BBox | None
    column: str
    text: str
    confidence: float = Field(ge=0, le=1)
    cell: TableCell | SheetCell | None = Field(default=None, exclude_if=lambda cell: cell is None)
    read: str | None = Field(default=None, exclude_if=lambda read: read is None)
    doubtful: tuple[LetterDoubt, ...] = Field(default=(), exclude_if=lambda doubts: not doubts)
    struck: str = Field(default="", exclude_if=lambda struck: not struck)


class Decision(Record):
    """Something that was decided, taken or refused, with its score (0..1) and reasons.

    `figures` are what it was decided by, left out where there are none. Of a text layer the score
    is the share of its words that can be Vietnamese syllables. `page` is null where the file has
    no pages.
    """

    what: DecisionKind
    page: int | None
    taken: bool
    score: Score
    reasons: tuple[str, ...]
    figures: dict[str, int | float] = Field(default={}, exclude_if=lambda figures: not figures)


class Join(Record):
    """A row was continued: `page` is where the remainder stands."""

    page: int
    score: Score
    reasons: tuple[str, ...]


class Agency(Record):
    """An agency as it was written (`raw`) and as the registry knows it (`name`, else null).

    `runner_up` is the registry id that came second where the choice was close, `flags` say what a
    reader should know (e.g. `out_of_time`).
    """

    raw: str
    name: str | None
    agency_id: str | None
    level: AgencyLevel | None
    kind: AgencyKind | None
    unit: str | None
    score: Score = Field(ge=0, le=1)
    method: MatchMethod
    status: Status
    successor: str | None = None
    runner_up: str | None = None
    flags: tuple[str, ...] = ()


class Timeframe(Record):
    """When a thing is to be done. Dates are ISO 8601, both ends included."""

    raw: str
    kind: TimeframeKind
    start: str | None = None
    end: str | None = None
    recurrence: Recurrence | None = None
    flags: tuple[str, ...] = ()


class IssuedOn(Record):
    """Date of issue; each part null where it was left blank."""

    day: int | None = None
    month: int | None = None
    year: int | None = None


class Corrected(Record):
    """A field that a person gave another value than what was read there, as text."""

    field: str
    read: str


class Confirmed(Record):
    """A doubt about which a person said that all is right: its subject, its text and its place."""

    what: str
    text: str
    page: int | None
    bbox: BBox | None
    cell: str | None = None


class ProducedBy(Record):
    """What made this result. `ocr` is null where no page was read by OCR.

    `context` is a digest of what letters of such pages were mended by, left out where none were.

    `settings` is a digest of the settings that can change a result, `corrections` one of what
    people corrected, left out where nobody did.
    """

    phuluc: str
    registry: str
    ocr: str | None
    settings: str = ""
    corrections: str | None = Field(default=None, exclude_if=lambda digest: digest is None)
    context: str | None = Field(default=None, exclude_if=lambda digest: digest is None)


class FlagPlace(Record):
    """Where on the pages a flag of the document is about, and what stands there."""

    flag: str
    page: int
    bbox: BBox
    text: str


class Document(Record):
    """The plan as a whole. `places` tell where its flags are about, of those that have a place."""

    id: str
    source_file: str
    sha256: str
    pages: int
    kind: DocumentKind
    title: str
    plan_number: str
    plan_symbol: str
    issued_on: IssuedOn
    issuer: str
    unit: str
    unit_code: str | None
    province: str | None
    year: int | None
    period_from: int | None = None
    period_to: int | None = None
    flags: tuple[str, ...] = ()
    places: tuple[FlagPlace, ...] = Field(default=(), exclude_if=lambda places: not places)
    corrected: tuple[Corrected, ...] = Field(default=(), exclude_if=lambda fields: not fields)


class Appendix(Record):
    """One appendix; `pages` is the first and the last page, null where the file has none."""

    id: str
    marker: str
    title: str
    pages: tuple[int, int] | None


class Section(Record):
    """A heading row of the table. `parent` is the id of the section above it.

    `flags` are what a reader should know of its number, left out where there is nothing.

    `papi_dimension` is the code of PAPI's dimension, "1" to "8"; null in other plans, and where
    the heading is not clear.
    """

    id: str
    appendix_id: str
    marker: str
    title: str
    parent: str | None
    fragments: tuple[Fragment, ...]
    papi_dimension: str | None = None
    corrected: tuple[Corrected, ...] = Field(default=(), exclude_if=lambda fields: not fields)
    flags: tuple[str, ...] = Field(default=(), exclude_if=lambda flags: not flags)


class Item(Record):
    """One logical row of the table: what is to be done, by whom, by when.

    `papi_dimension` is that of its section; where that has none, as the item's own title tells.
    """

    id: str
    appendix_id: str
    section_id: str | None
    marker: str
    title: str
    lead_in: str | None
    tasks: tuple[str, ...]
    lead: tuple[Agency, ...]
    partners: tuple[Agency, ...]
    timeframe: Timeframe
    deliverable: str | None
    extra: dict[str, str]
    fragments: tuple[Fragment, ...]
    joins: tuple[Join, ...]
    confidence: float = Field(ge=0, le=1)
    flags: tuple[str, ...] = ()
    papi_dimension: str | None = None
    corrected: tuple[Corrected, ...] = Field(default=(), exclude_if=lambda fields: not fields)
    letters_mended: tuple[LetterChange, ...] = Field(
        default=(), exclude_if=lambda changes: not changes
    )


class Place(Record):
    """Where the text of a cell begins, and how surely all of it was read.

    A file without pages has a `cell`, as a fragment has.
    """

    page: int | None
    bbox: BBox | None
    confidence: float = Field(ge=0, le=1)
    cell: TableCell | SheetCell | None = Field(default=None, exclude_if=lambda cell: cell is None)


class PrintedColumn(Record):
    """A column of a table: its header, the rows of a deep one parted by " / ", and its role."""

    header: str
    role: str


class PrintedRow(Record):
    """A row of a table, whole over its pages: a text a column, and where each of them stands.

    What is merged over several rows stands in each, what is merged over several columns in the
    first. `places` has null for an empty cell.
    """

    cells: tuple[str, ...]
    places: tuple[Place | None, ...]
    item_id: str | None = None
    section_id: str | None = None
    pages: tuple[int, ...] | None


class PrintedTable(Record):
    """A table of the document. The rows of one that holds tasks are its items and sections."""

    id: str
    appendix_id: str | None
    kind: TableKind
    title: str
    pages: tuple[int, int] | None
    columns: tuple[PrintedColumn, ...]
    row_count: int
    rows: tuple[PrintedRow, ...] = ()


class Plan(Record):
    """A whole document, as written to `plans/<name>.json`."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    produced_by: ProducedBy
    document: Document
    appendices: tuple[Appendix, ...]
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    tables: tuple[PrintedTable, ...] = ()
    decisions: tuple[Decision, ...]
    confirmed: tuple[Confirmed, ...] = Field(default=(), exclude_if=lambda places: not places)
