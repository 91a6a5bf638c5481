"""The table `corrections` of the dataset."""

from pydantic import Field

from schemas.correction import Verdict
from schemas.place_columns import CellName, LeftEdge, LowerEdge, RightEdge, UpperEdge
from schemas.plan import Record


class CorrectionRow(Record):
    """Something that a person corrected, and nobody took back since."""

    document_id: str = Field(title="Mã văn bản", description="The document, see documents")
    number: int = Field(
        title="Số", description="Number of the entry in the log of corrections, from 1", ge=1
    )
    page: int | None = Field(
        title="Trang", description="Page, from 1; null for the document or a file without pages"
    )
    x0: LeftEdge
    top: UpperEdge
    x1: RightEdge
    bottom: LowerEdge
    cell: CellName
    column: str = Field(title="Cột", description="Column of the table; empty for the document")
    verdict: Verdict = Field(title="Việc", description="What was said of the place")
    field: str = Field(
        title="Trường",
        description="What it is about: text, a field of the item or document, row_join, …",
    )
    read: str = Field(title="Máy đọc", description="What the program had there")
    value: str | None = Field(title="Giá trị", description="What the person says; null for none")
    who: str = Field(title="Người", description="Who said it")
    at: str = Field(title="Lúc", description="When, ISO 8601 in UTC")
