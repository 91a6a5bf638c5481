"""What people said about joins, as stitching asks for it."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from pipeline.correct.anchors import pairs, same_place
from schemas.correction import Correction
from schemas.geometry import Box, Placement, union
from schemas.page import Page
from schemas.table import PageTable, Piece, Row

TOLD = ("told_by_person",)


class Spot(Struct, frozen=True):
    """A place in a result."""

    page: int | None
    bbox: tuple[float, float, float, float] | None
    cell: str | None = None


class Told(Struct, frozen=True):
    """Joins that people made or took apart, and how pages lie before a reader."""

    corrections: tuple[Correction, ...] = ()
    to_display: Mapping[int, Placement] = {}

    @classmethod
    def of(cls, corrections: Sequence[Correction], pages: Sequence[Page]) -> "Told":
        """Return those among the corrections, for a document of these pages."""
        joins = tuple(entry for entry in corrections if entry.verdict in ("join", "part"))
        return cls(joins, {page.number: page.to_display for page in pages} if joins else {})

    def row(self, row: Row) -> bool | None:
        """Whether a row at the head of a page goes on from the page before; None: nobody said."""
        told = [entry for entry in self.corrections if entry.field == "row_join"]
        if not told:
            return None
        spots = [
            spot_of(piece, self.to_display)
            for cell in row.cells
            for piece in cell.pieces
            if piece.lines and piece.address is None
        ]
        found = pairs(told, spots)
        return told[max(found)].verdict == "join" if found else None

    def table(self, part: PageTable) -> bool | None:
        """Whether a part goes on from the table before; None: nobody said."""
        if not self.corrections:
            return None
        spot = Spot(part.page, self.to_display[part.page].apply(part.box))
        for entry in self.corrections:
            if entry.field == "table_join" and (
                same_place(entry, spot) or (entry.bbox is None and entry.page == part.page)
            ):
                return entry.verdict == "join"
        return None


def spot_of(piece: Piece, to_display: Mapping[int, Placement]) -> Spot:
    """Return the place of a piece that holds text, as a fragment of it tells it."""
    box: Box = union(line.box for line in piece.lines)
    return Spot(piece.page, to_display[piece.page].apply(box))
