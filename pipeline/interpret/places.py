"""Where a piece of text stands, as a person would look for it: on a page, or in a cell."""

from collections.abc import Mapping

from pipeline.files.addresses import cell_of
from schemas.geometry import Box, Placement, union
from schemas.plan import BBox, Plan, SheetCell, TableCell
from schemas.table import Piece


def place_of(
    piece: Piece, to_display: Mapping[int, Placement]
) -> tuple[int | None, BBox | None, TableCell | SheetCell | None]:
    """Return page, box and cell of a piece that holds text, each null where it has none."""
    if piece.address is not None:
        shown = piece.shown
        cell = cell_of(piece.address)
        return (shown.page, _rounded(shown.box), cell) if shown else (None, None, cell)
    # What is only crossed out has no lines: its cell is where to look.
    lines = [line.box for line in piece.lines] or [piece.box]
    box = to_display[piece.page].apply(union(lines))
    return piece.page, _rounded(box), None


def page_of(piece: Piece) -> int | None:
    """Return the page on which a piece stands: the file's own, or that of a rendering."""
    if piece.address is None:
        return piece.page
    return piece.shown.page if piece.shown else None


def _rounded(box: Box) -> BBox:
    x0, top, x1, bottom = (round(edge, 2) for edge in box)
    return x0, top, x1, bottom


def without_nominal_pages(plan: Plan) -> Plan:
    """Return the plan of a file without pages without the numbers of nominal ones.

    Nobody could find them. An appendix has the pages on which a rendering shows its rows.
    """
    return plan.model_copy(
        update={
            "appendices": tuple(
                appendix.model_copy(update={"pages": _pages_of(appendix.id, plan)})
                for appendix in plan.appendices
            ),
            "document": plan.document.model_copy(update={"places": ()}),
            "decisions": tuple(d.model_copy(update={"page": None}) for d in plan.decisions),
        }
    )


def _pages_of(appendix_id: str, plan: Plan) -> tuple[int, int] | None:
    sections = (s.fragments for s in plan.sections if s.appendix_id == appendix_id)
    items = (i.fragments for i in plan.items if i.appendix_id == appendix_id)
    pages = [f.page for row in (*sections, *items) for f in row if f.page is not None]
    return (min(pages), max(pages)) if pages else None
