"""The seam for kinds of file: one that holds exact tables goes all the way without a change."""

import json
from pathlib import Path

import pytest

from pipeline.agencies import shipped_office
from pipeline.dataset.review import review_plan
from pipeline.dataset.rows import rows_of
from pipeline.extract import extract_plan
from pipeline.job import Job
from pipeline.read import readers
from pipeline.read.exact import ExactCell, ExactLine, ExactSection, ExactTable, laid_out
from pipeline.read.reader import Reader
from pipeline.settings import Settings
from schemas.reading import Reading, Source
from schemas.table import CellAddress

PLAN = {
    "above": ["PHỤ LỤC I", "NỘI DUNG CẢI THIỆN CHỈ SỐ NĂM 2024",
              "(Kèm theo Kế hoạch số 15/KH-UBND ngày 02/5/2024 của UBND huyện Chi Lăng)"],
    "widths": [30, 150, 150, 100, 100],
    # A cell is its text, or its text with the rows that it covers; under those stands None.
    "rows": [
        ["STT", "Nội dung", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"],
        ["I", "Sự tham gia của người dân", "", "", ""],
        ["1", ["Công khai", 2], "- Niêm yết danh sách\n- Lập sổ", "Phòng Nội vụ", "Quý II/2024"],
        ["2", None, "Tuyên truyền", "Phòng Không Có Thật", "Thường xuyên"],
    ],
}  # fmt: skip


def _recognises(start: bytes, _: Path) -> bool:
    return start.startswith(b'{"above"')


def _read(source: Source, _: Settings, __: Path | None) -> Reading:
    plan = json.loads(source.path.read_text("utf-8"))
    cells = []
    for row, texts in enumerate(plan["rows"]):
        for col, given in enumerate(texts):
            if given is not None:
                text, span = given if isinstance(given, list) else (given, 1)
                lines = tuple(ExactLine(line, bold=row < 2) for line in text.split("\n") if line)
                address = CellAddress(row + 1, col + 1, table=1)
                cells.append(ExactCell(row, col, span, 1, lines, address))
    above = [ExactLine(text, centred=True) for text in plan["above"]]
    table = ExactTable(tuple(plan["widths"]), tuple(cells))
    return laid_out([ExactSection(500.0, (*above, table))])


JSON = Reader("json", frozenset({".json"}), _recognises, lambda _: 0, _read)


@pytest.fixture
def plan(tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "READERS", (*readers.READERS, JSON))
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(PLAN), "utf-8")
    return extract_plan(Job(path, "plan.json", Settings(), shipped_office()))


def test_exact_cells_become_items(plan):
    assert [(i.marker, i.title, i.tasks) for i in plan.items] == [
        ("1", "Công khai", ("Niêm yết danh sách", "Lập sổ")),
        ("2", "Công khai", ("Tuyên truyền",)),
    ]
    assert [a.name for a in plan.items[0].lead] == ["Phòng Nội vụ"]
    assert plan.items[0].timeframe.end == "2024-06-30"
    assert [(s.marker, s.title) for s in plan.sections] == [("I", "Sự tham gia của người dân")]
    assert plan.document.title == "NỘI DUNG CẢI THIỆN CHỈ SỐ NĂM 2024"
    assert (plan.document.plan_number, plan.document.unit) == ("15", "huyện Chi Lăng")


def test_places_are_cells_where_the_file_has_no_pages(plan):
    fragments = [f for item in plan.items for f in item.fragments]
    assert {(f.page, f.bbox) for f in fragments} == {(None, None)}
    cells = [(f.cell.table, f.cell.row, f.cell.column) for f in plan.items[1].fragments]
    assert cells == [(1, 4, 1), (1, 3, 2), (1, 4, 3), (1, 4, 4), (1, 4, 5)]
    assert plan.document.pages == 0
    assert {a.pages for a in plan.appendices} == {None}
    assert {d.page for d in plan.decisions} == {None}


def test_rows_and_review_take_them_as_any_other(plan):
    rows = rows_of(plan)
    assert [(r.first_page, r.last_page) for r in rows["items"]] == [(None, None)] * 2
    doubts = [r for r in review_plan(plan) if r.what == "agency"]
    assert [(r.text, r.page, r.cell) for r in doubts] == [("Phòng Không Có Thật", None, "1/4/4")]


def test_no_row_of_exact_cells_is_joined_to_another(plan):
    assert not any(item.joins for item in plan.items)
    assert not {"row_join", "table_join"} & {d.what for d in plan.decisions}
