"""Where a piece of text stands, as a person would look for it: on a page, or in a cell."""

from collections.abc import Mapping, Sequence

from pipeline.files.addresses import cell_of
from schemas.geometry import Affine, union
from schemas.plan import Appendix, BBox, Decision, SheetCell, TableCell
from schemas.table import Piece


def place_of(
    piece: Piece, to_display: Mapping[int, Affine]
) -> tuple[int | None, BBox | None, TableCell | SheetCell | None]:
    """Return page, box and cell of a piece that holds text, each null where it has none."""
    if piece.address is not None:
        return None, None, cell_of(piece.address)
    box = to_display[piece.page].apply(union(line.box for line in piece.lines))
    x0, top, x1, bottom = (round(v, 2) for v in box)
    return piece.page, (x0, top, x1, bottom), None


def without_pages(
    appendices: Sequence[Appendix], decisions: Sequence[Decision]
) -> tuple[list[Appendix], list[Decision]]:
    """Return them without the numbers of nominal pages, which nobody could find."""
    return (
        [appendix.model_copy(update={"pages": None}) for appendix in appendices],
        [decision.model_copy(update={"page": None}) for decision in decisions],
    )
