"""The tables of the dataset: one model a table, from which every writer takes its columns.

A field's `title` is its Vietnamese header (XLSX, data package), its `description` the English
explanation (data package, data dictionary). Where several values share a cell they are separated by
"; ". Fields may be added, never renamed or dropped.
"""

from datetime import date
from typing import Literal

from msgspec import Struct
from pydantic import Field

from schemas.correction_row import CorrectionRow
from schemas.place_columns import CellName, LeftEdge, LowerEdge, RightEdge, UpperEdge
from schemas.plan import (
    AgencyKind,
    AgencyLevel,
    DocumentKind,
    MatchMethod,
    Record,
    Recurrence,
    Status,
    TableKind,
    TimeframeKind,
)

Role = Literal["lead", "partner"]
ReviewState = Literal["to_review", "reviewed", "approved"]
ReviewSubject = Literal[
    "document",
    "section",
    "item",
    "letters",
    "agency",
    "timeframe",
    "row_join",
    "table_join",
    "header_drop",
    "column_role",
    "table_kind",
]


class DocumentRow(Record):
    """One plan."""

    document_id: str = Field(title="Mã văn bản", description="Stable id, from the file's content")
    source_file: str = Field(title="Tệp nguồn", description="Path of the file as it was given")
    sha256: str = Field(title="Mã băm SHA-256", description="SHA-256 of the file's content, hex")
    pages: int = Field(title="Số trang", description="Number of pages in the file", ge=0)
    kind: DocumentKind = Field(
        title="Loại tệp", description="How its pages were read: text layer, OCR, or both"
    )
    title: str = Field(title="Tên phụ lục", description="Title of the appendix, on one line")
    plan_number: str = Field(
        title="Số kế hoạch", description="Digits of the plan's number; empty where left blank"
    )
    plan_symbol: str = Field(title="Ký hiệu", description="What follows the number, e.g. KH-UBND")
    issued_day: int | None = Field(title="Ngày ban hành", description="Day of issue", ge=1, le=31)
    issued_month: int | None = Field(
        title="Tháng ban hành", description="Month of issue", ge=1, le=12
    )
    issued_year: int | None = Field(title="Năm ban hành", description="Year of issue")
    issuer: str = Field(title="Cơ quan ban hành", description="Who issued the plan")
    unit: str = Field(title="Đơn vị hành chính", description="Administrative unit of the plan")
    unit_code: str | None = Field(title="Mã đơn vị", description="Official code of the unit")
    province: str | None = Field(
        title="Tỉnh", description="Province; null where neither printed nor known from the unit"
    )
    year: int | None = Field(title="Năm kế hoạch", description="The year that the plan is for")
    period_from: int | None = Field(
        title="Từ năm", description="First year of the period that the title names; else null"
    )
    period_to: int | None = Field(
        title="Đến năm", description="Last year of that period, also of “đến năm 2030”; else null"
    )
    appendices: int = Field(title="Số phụ lục", description="Number of appendices", ge=0)
    sections: int = Field(title="Số mục", description="Number of section headings", ge=0)
    items: int = Field(title="Số nội dung", description="Number of items (table rows)", ge=0)
    flags: str = Field(title="Cảnh báo", description="What a reader should know, as codes")
    produced_by_phuluc: str = Field(
        title="Phiên bản phuluc", description="Version of the program that made the result"
    )
    produced_by_registry: str = Field(
        title="Phiên bản danh mục cơ quan", description="Version of the agency registry"
    )
    produced_by_ocr: str | None = Field(
        title="Bộ nhận dạng chữ", description="OCR engine and language data; null without OCR"
    )
    other_sources: str = Field(
        default="",
        title="Tệp trùng nội dung",
        description="Further files with the same content, as far as known",
    )
    superseded_by: str | None = Field(
        default=None,
        title="Bản thay thế",
        description="The document that took its place as a corrected version; null for the latest. "
        "What it holds is then in no other table",
    )
    twin_of: str | None = Field(
        default=None,
        title="Bản cùng nội dung",
        description="The document that is the same plan in another form: the Word file of a scan, "
        "or the scan of a Word file; null for none",
    )
    review_state: ReviewState | None = Field(
        default=None,
        title="Tình trạng soát",
        description="to_review: something in it is in review; reviewed: nothing is; approved: and "
        "a second person approved what it says now; null where another version took its place",
    )
    approved_by: str | None = Field(
        default=None, title="Người duyệt", description="Who approved it; null where nobody did"
    )


class ItemRow(Record):
    """One item: a row of the printed table, made whole across page breaks."""

    document_id: str = Field(title="Mã văn bản", description="The document, see documents")
    item_id: str = Field(title="Mã nội dung", description="Id of the item within its document")
    appendix_id: str = Field(title="Mã phụ lục", description="Id of the appendix in its document")
    appendix_marker: str = Field(title="Phụ lục", description="Marker of the appendix as printed")
    section_id: str | None = Field(title="Mã mục", description="Id of the section heading above")
    section_marker: str | None = Field(title="Số mục", description="Marker of that section")
    section_title: str | None = Field(title="Tên mục", description="Title of that section")
    marker: str = Field(
        title="Ký hiệu nội dung", description='Marker as printed, without "." or ")"'
    )
    title: str = Field(title="Nội dung", description="Title of the item; empty where it has none")
    lead_in: str | None = Field(
        title="Câu dẫn", description="Sentence that stands before the bullets"
    )
    tasks: str = Field(title="Nhiệm vụ", description="All tasks, one a line; one row each in tasks")
    lead: str = Field(
        title="Cơ quan chủ trì",
        description="Agencies in charge: the registry's names, as printed where unresolved",
    )
    partners: str = Field(title="Cơ quan phối hợp", description="Partner agencies, named likewise")
    timeframe_raw: str = Field(title="Thời gian thực hiện", description="Timeframe as printed")
    timeframe_kind: TimeframeKind = Field(
        title="Loại thời gian", description="How the timeframe was understood"
    )
    timeframe_start: date | None = Field(title="Từ ngày", description="First day, included")
    timeframe_end: date | None = Field(title="Đến ngày", description="Last day, included")
    timeframe_recurrence: Recurrence | None = Field(
        title="Chu kỳ", description="How often, where it recurs"
    )
    timeframe_flags: str = Field(
        title="Cảnh báo thời gian", description="Doubts about the timeframe, as codes"
    )
    deliverable: str | None = Field(
        title="Sản phẩm", description="What is to be delivered, where the table has such a column"
    )
    extra: str | None = Field(
        title="Cột khác",
        description="Columns with no role, as a JSON object of header and text; null for none",
    )
    first_page: int | None = Field(title="Trang đầu", description="First page of the item")
    last_page: int | None = Field(title="Trang cuối", description="Last page of the item")
    joins: str | None = Field(
        title="Ghép qua trang",
        description="Page breaks mended, as a JSON array of page, score and reasons; null for none",
    )
    confidence: float = Field(
        title="Độ tin cậy",
        description="Of a scan: probability that every word is right and every join, 0..1",
        ge=0,
        le=1,
    )
    flags: str = Field(title="Cảnh báo", description="What a reader should know, as codes")
    papi_dimension: str | None = Field(
        title="Mã trục PAPI",
        description='PAPI dimension, "1" to "8"; null in other plans, and where unsure',
    )
    papi_dimension_name: str | None = Field(
        title="Trục nội dung PAPI", description="Vietnamese name of that dimension"
    )


class TaskRow(Record):
    """One task: a bullet of an item."""

    document_id: str = Field(title="Mã văn bản", description="The document, see documents")
    item_id: str = Field(title="Mã nội dung", description="The item, see items")
    task_no: int = Field(title="Thứ tự", description="Position in the item, from 1", ge=1)
    text: str = Field(title="Nhiệm vụ", description="The task, whole, without its dash")


class ItemAgencyRow(Record):
    """One agency in one role for one item."""

    document_id: str = Field(title="Mã văn bản", description="The document, see documents")
    item_id: str = Field(title="Mã nội dung", description="The item, see items")
    role: Role = Field(title="Vai trò", description="In charge (lead) or partner")
    position: int = Field(title="Thứ tự", description="Position in that role, from 1", ge=1)
    raw: str = Field(title="Nguyên văn", description="The agency as it was printed")
    name: str | None = Field(
        title="Tên chuẩn", description="The registry's spelling; null where unresolved"
    )
    agency_id: str | None = Field(
        title="Mã cơ quan", description="Id in the registry, one a level; null where unresolved"
    )
    level: AgencyLevel | None = Field(title="Cấp", description="Level of government")
    kind: AgencyKind | None = Field(title="Loại", description="Kind of actor")
    unit: str | None = Field(title="Đơn vị hành chính", description="Unit it belongs to")
    score: float = Field(title="Điểm khớp", description="Score of the match, 0..1", ge=0, le=1)
    method: MatchMethod = Field(title="Cách khớp", description="How the match was found")
    status: Status = Field(
        title="Tình trạng", description="Accepted, for review, or unresolved (name is null)"
    )
    successor: str | None = Field(
        title="Cơ quan kế thừa", description="Registry id of its successor, where it has ended"
    )
    runner_up: str | None = Field(
        title="Phương án thứ hai", description="Registry id that came second in a close choice"
    )
    flags: str = Field(title="Cảnh báo", description="What a reader should know, as codes")


class TableRow(Record):
    """One table of a document, whole over its pages."""

    document_id: str = Field(title="Mã văn bản", description="The document, see documents")
    table_id: str = Field(title="Mã bảng", description="Id of the table within its document")
    appendix_id: str | None = Field(
        title="Mã phụ lục", description="Id of the appendix it stands in; null outside of any"
    )
    kind: TableKind = Field(
        title="Loại bảng", description="tasks: its rows are items; other: see table_cells"
    )
    title: str = Field(title="Tên bảng", description="Title of the table; empty where it has none")
    first_page: int | None = Field(title="Trang đầu", description="First page of the table")
    last_page: int | None = Field(title="Trang cuối", description="Last page of the table")
    columns: str = Field(
        title="Các cột", description="Its columns, as a JSON array of header and role"
    )
    rows: int = Field(title="Số dòng", description="Number of rows, headings included", ge=0)


class TableCellRow(Record):
    """One filled cell of a table that holds no tasks."""

    document_id: str = Field(title="Mã văn bản", description="The document, see documents")
    table_id: str = Field(title="Mã bảng", description="The table, see tables")
    row: int = Field(title="Dòng", description="Row of the table, from 1, headers left out", ge=1)
    column: int = Field(title="Cột", description="Column of the table, from 1", ge=1)
    header: str = Field(title="Tiêu đề cột", description="Header of the column")
    text: str = Field(title="Nội dung ô", description="Text of the cell, on one line")
    confidence: float = Field(
        title="Độ tin cậy", description="Confidence in the text that was read, 0..1", ge=0, le=1
    )
    page: int | None = Field(title="Trang", description="Page on which the cell begins")
    x0: float | None = Field(title="Trái", description="Left edge of its text, PDF points")
    top: UpperEdge
    x1: RightEdge
    bottom: LowerEdge
    cell: CellName


class ReviewRow(Record):
    """Something that a person should look at. Worst first."""

    severity: int = Field(
        title="Mức độ",
        description="100 worst, 1 least; by reason, as listed under Review reasons",
        ge=1,
        le=100,
    )
    document_id: str | None = Field(
        title="Mã văn bản", description="The document; null where the file failed"
    )
    source_file: str = Field(title="Tệp nguồn", description="The file to open")
    item_id: str | None = Field(title="Mã nội dung", description="The item, where it is about one")
    what: ReviewSubject = Field(title="Đối tượng", description="What is in doubt")
    reasons: str = Field(title="Mã lý do", description="Why, as codes, the gravest first")
    reason_vi: str = Field(title="Lý do", description="Why, in Vietnamese")
    reason_en: str = Field(title="Lý do (tiếng Anh)", description="Why, in English")
    text: str = Field(title="Nguyên văn", description="The text in question as it was read")
    candidates: str = Field(
        title="Cách đọc",
        description="Where a word may be read in two ways: as it stands, and the other reading",
    )
    score: float | None = Field(
        title="Điểm", description="Score of the match or decision, or confidence, 0..1"
    )
    page: int | None = Field(title="Trang", description="Page, from 1; null for the whole file")
    x0: LeftEdge
    top: UpperEdge
    x1: RightEdge
    bottom: LowerEdge
    cell: CellName


class ForeignKey(Struct, frozen=True):
    """`fields` of a table are the primary key of `table`."""

    fields: tuple[str, ...]
    table: str


class TableSpec(Struct, frozen=True):
    """A table of the dataset. `title_vi` names its sheet (at most 31 characters)."""

    name: str
    row: type[Record]
    title_vi: str
    description: str
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()


_OF_DOCUMENT = ForeignKey(("document_id",), "documents")
_OF_ITEM = ForeignKey(("document_id", "item_id"), "items")

TABLES = (
    TableSpec("documents", DocumentRow, "Văn bản", "One row a document.", ("document_id",)),
    TableSpec(
        "items",
        ItemRow,
        "Nội dung",
        "One row an item: a row of the printed table, whole.",
        ("document_id", "item_id"),
        (_OF_DOCUMENT,),
    ),
    TableSpec(
        "tasks",
        TaskRow,
        "Nhiệm vụ",
        "One row a task (a bullet of an item).",
        ("document_id", "item_id", "task_no"),
        (_OF_ITEM,),
    ),
    TableSpec(
        "item_agencies",
        ItemAgencyRow,
        "Cơ quan thực hiện",
        "One row an item, role and agency.",
        ("document_id", "item_id", "role", "position"),
        (_OF_ITEM,),
    ),
    TableSpec(
        "tables",
        TableRow,
        "Bảng",
        "One row a table, of tasks or of anything else.",
        ("document_id", "table_id"),
        (_OF_DOCUMENT,),
    ),
    TableSpec(
        "table_cells",
        TableCellRow,
        "Ô của bảng khác",
        "One row a filled cell of the tables that hold no tasks.",
        ("document_id", "table_id", "row", "column"),
        (ForeignKey(("document_id", "table_id"), "tables"),),
    ),
    TableSpec(
        "corrections",
        CorrectionRow,
        "Đã sửa",
        "One row a thing that a person corrected or confirmed, and nobody took back.",
        ("document_id", "number"),
        (_OF_DOCUMENT,),
    ),
    TableSpec(
        "review",
        ReviewRow,
        "Cần xem lại",
        "Everything that a person should look at, worst first.",
        (),
        (_OF_DOCUMENT,),
    ),
)
