"""What people said of a document, as rows of the dataset."""

from collections.abc import Sequence

from pipeline.correct.standing import applied
from schemas.correction import Correction
from schemas.correction_row import CorrectionRow
from schemas.plan import Record


def correction_rows(document_id: str, standing: Sequence[Correction]) -> list[Record]:
    """Return a row for each thing that stands about a document and changes its result."""
    return [_row(document_id, entry) for entry in applied(standing)]


def _row(document_id: str, entry: Correction) -> CorrectionRow:
    x0, top, x1, bottom = entry.bbox or (None, None, None, None)
    return CorrectionRow(
        document_id=document_id,
        number=entry.number,
        page=entry.page,
        x0=x0,
        top=top,
        x1=x1,
        bottom=bottom,
        cell=entry.cell,
        column=entry.column,
        verdict=entry.verdict,
        field=entry.field,
        read=entry.read,
        value=entry.value,
        who=entry.who,
        at=entry.at,
    )
