"""Places of cells from a tagged PDF: by order, guarded by likeness, the file's own cells first."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.read.exact import laid_out
from pipeline.read.libreoffice.places import with_places
from pipeline.read.libreoffice.tagged import read_tagged
from schemas.reading import ExactTables, Reading
from tests.pipeline.read.libreoffice.made import BODY
from tests.pipeline.read.word.made import sections

TAGGED = Path(__file__).with_name("tagged.pdf")


@pytest.fixture
def reading(tmp_path) -> Reading:
    return laid_out(sections(tmp_path, BODY))


def _places(reading: Reading) -> dict[tuple[int, int], tuple[int, list[int]] | None]:
    (table,) = reading.exact.tables[1]
    return {
        (c.row, c.col): c.piece.shown
        and (c.piece.shown.page, [round(edge) for edge in c.piece.shown.box])
        for c in table.cells
    }


def test_a_tagged_pdf_tells_its_cells_without_repeated_headers():
    tagged = read_tagged(TAGGED)
    assert tagged.pages == 2
    assert [len(table) for table in tagged.tables] == [2, 13]
    assert tagged.tables[1][-1].text == "Tuyêntruyền"


def test_each_cell_with_text_gets_its_place_and_no_other(reading):
    placed = with_places(reading, TAGGED)
    places = _places(placed)
    assert placed.rendered_pages == 2
    assert places[0, 0] == (1, [73, 106, 90, 114])
    assert places[1, 1] == (1, [103, 121, 153, 132])  # merged over two rows
    assert places[2, 2] == (1, [202, 692, 403, 717])  # where it begins; it ends on page 2
    assert places[3, 2] == (2, [202, 406, 269, 418])
    assert places[3, 1] is None


def _changed(reading: Reading, changes: dict[tuple[int, int], str]) -> Reading:
    (table,) = reading.exact.tables[1]
    cells = tuple(
        replace(
            cell,
            piece=replace(cell.piece, lines=(replace(cell.piece.lines[0], text=text),)),
        )
        if (text := changes.get((cell.row, cell.col)))
        else cell
        for cell in table.cells
    )
    tables = {1: (replace(table, cells=cells),)}
    return replace(reading, exact=ExactTables(tables, reading.exact.outside))


def test_where_the_rendering_shows_another_text_the_cell_has_no_place(reading):
    places = _places(with_places(_changed(reading, {(1, 3): "Sở Tài chính"}), TAGGED))
    assert places[1, 3] is None
    assert places[1, 2] is not None


def test_where_most_differs_it_is_another_table(reading):
    other = dict.fromkeys([(r, c) for r in range(4) for c in range(4)], "khác hẳn")
    filled = {k: v for k, v in other.items() if k not in ((2, 1), (3, 1), (3, 3))}
    assert set(_places(with_places(_changed(reading, filled), TAGGED)).values()) == {None}


def test_a_rendering_that_is_damaged_gives_no_places(reading, tmp_path):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(TAGGED.read_bytes()[:5000])
    assert with_places(reading, bad) in (reading, replace(reading, rendered_pages=0))
