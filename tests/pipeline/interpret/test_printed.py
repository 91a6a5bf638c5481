"""Tables as they are printed."""

from pipeline.interpret.printed import TableLabel, printed_table, printed_texts, title_of
from pipeline.interpret.roles import Column
from pipeline.settings import Settings
from pipeline.stitch import stitch
from schemas.geometry import IDENTITY, Box
from schemas.page import Page, TextLine
from schemas.plan import Place, PrintedColumn
from schemas.table import Cell, Piece, Row, Table
from tests.pipeline.stitch.printed import LEFT, UP, line, page_table

HEADER = ("TT", "Họ và tên", "Chức vụ", LEFT)
UNDER = (UP, UP, "Đảng", "Chính quyền")
FIRST = page_table(
    1, HEADER, UNDER, ("1", "Nguyễn Văn", "Bí thư", ""), ("2", "Lê Thị Hoa", "x", LEFT)
)
REST = page_table(2, ("3", "Vi Văn Ba", "", "Phó"), (UP, "Lò Thị Mai", "", ""))
COLUMNS = [Column(role, "", 1.0, ("x",)) for role in ("index", "tasks", "extra", "extra")]


def stitched():
    pages = [Page(n, 600, 800, (), (), "text_layer") for n in (1, 2)]
    (table,) = stitch(pages, [FIRST, REST], {}, Settings())[0]
    return table


def shown(kind):
    label = TableLabel("t1", None, kind, "Danh sách")
    return printed_table(stitched(), COLUMNS, label, {1: IDENTITY, 2: IDENTITY})


def test_the_header_once_then_every_row_whole():
    (rows,) = printed_texts([stitched()]).values()
    assert rows == (
        ("TT", "Họ và tên", "Chức vụ / Đảng", "Chức vụ / Chính quyền"),
        ("1", "Nguyễn Văn", "Bí thư", ""),
        ("2", "Lê Thị Hoa", "x", ""),  # merged across: it stands in the first
        ("3", "Vi Văn Ba", "", "Phó"),
        ("3", "Lò Thị Mai", "", ""),  # merged down: it stands in each
    )


def test_tables_are_numbered_in_the_order_of_the_document():
    assert list(printed_texts([stitched(), stitched()])) == ["t1", "t2"]


def test_rows_stand_in_the_plan_only_where_they_are_no_items():
    assert shown("tasks").rows == ()
    table = shown("other")
    assert (table.id, table.kind, table.title, table.pages) == ("t1", "other", "Danh sách", (1, 2))
    assert table.columns[1] == PrintedColumn(header="Họ và tên", role="tasks")
    assert table.row_count == len(table.rows) == 4
    assert table.rows[0].cells == ("1", "Nguyễn Văn", "Bí thư", "")
    assert [row.pages for row in table.rows] == [(1,), (1,), (2,), (2,)]


def test_every_filled_cell_has_its_place():
    places = shown("other").rows[0].places
    assert places[0] == Place(page=1, bbox=(54.0, 184.0, 154.0, 196.0), confidence=1.0)
    assert places[3] is None


def test_what_a_table_is_called():
    assert title_of([line("PHỤ LỤC I"), line("DANH SÁCH CÁN BỘ"), line("(Kèm theo x)")]) == (
        "DANH SÁCH CÁN BỘ"
    )
    assert title_of([line("Bảng khác"), line("Bảng 1. Kết quả")]) == "Bảng 1. Kết quả"
    assert title_of([line("từ " * 31)]) == ""
    assert title_of([]) == ""


def test_confidence_of_a_cell_is_weighed_by_letters_over_its_pages():
    box = Box(0, 0, 100, 20)
    pieces = tuple(
        Piece(page, box, (TextLine(text, box, page, sure),))
        for page, text, sure in ((1, "abcd", 0.9), (2, "ef", 0.6))
    )
    table = Table((0.0, 100.0), (), (Row((Cell(0, 1, pieces),)),), (False,), (FIRST, REST))
    label = TableLabel("t1", "a1", "other", "")
    made = printed_table(table, COLUMNS[:1], label, {1: IDENTITY, 2: IDENTITY})
    assert made.rows[0].places[0].confidence == 0.8
    assert made.rows[0].places[0].page == 1
    assert made.rows[0].pages == (1, 2)
    assert made.appendix_id == "a1"
