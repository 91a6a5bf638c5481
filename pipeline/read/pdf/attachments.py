"""Files that a PDF carries: a plan may be sent as an attachment of its covering letter."""

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.read.pdf.pdfium import opened
from schemas.geometry import Box
from schemas.page import Page, PlaceDoubt
from schemas.reading import Source

ATTACHED = "attachments_unread"
# The data of forms, signatures and invoices travel as attachments, too; these may be documents.
_DOCUMENTS = (
    ".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".png", ".jpg", ".jpeg",
    ".tif", ".tiff", ".zip", ".rar", ".7z",
)  # fmt: skip
_HEIGHT = 12.0  # points: a line at the head of the page, where viewers show that there are some


def attached_documents(source: Source) -> list[str]:
    """Return the names of the documents that a PDF carries, in its order."""
    with opened(source.path) as document:
        count = document.count_attachments()
        names = [document.get_attachment(i).get_name() for i in range(count)]
    return [name for name in names if is_document(name)]


def is_document(name: str) -> bool:
    """Whether a file that is so called may hold a plan."""
    return name.lower().endswith(_DOCUMENTS)


def with_attachments(pages: Sequence[Page], names: Sequence[str]) -> list[Page]:
    """Return the pages of a file that carries documents, in doubt at the head of the first."""
    if not names or not pages:
        return list(pages)
    first, *rest = pages
    place = Box(0, 0, first.width, _HEIGHT)
    doubt = PlaceDoubt(ATTACHED, place, "; ".join(names))
    return [replace(first, doubts=(*first.doubts, doubt)), *rest]
