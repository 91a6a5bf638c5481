"""What is in doubt on a page is told by the cell that it lies in, or of the document."""

from pipeline.tables.doubtful import doubts_outside
from pipeline.tables.find import find_tables
from schemas.geometry import Box
from schemas.page import Page, PlaceDoubt, Rule, Word

XS, YS = (50, 250, 400), (100, 130, 160)
GRID = (
    *(Rule(Box(50, y, 400, y + 0.5)) for y in YS),
    *(Rule(Box(x, 100, x + 0.5, 160)) for x in XS),
)


def test_cells_and_what_lies_outside():
    within = PlaceDoubt("place_unread", Box(260, 110, 280, 120))
    above = PlaceDoubt("place_unread", Box(60, 50, 80, 60))
    crossed = Word("Số:361", Box(90, 50, 120, 60))
    page = Page(1, 600, 800, (), GRID, "text_layer", struck=(crossed,), doubts=(within, above))
    (table,) = find_tables([page])[1]
    told = {(c.row, c.col): c.piece.doubts for c in table.cells if c.piece.doubts}
    assert told == {(0, 1): ("place_unread",)}
    assert list(doubts_outside(page, [table])) == [
        above,
        PlaceDoubt("text_struck", crossed.box, "Số:361"),
    ]
