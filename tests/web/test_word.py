"""A Word file is corrected by its cells, whether a rendering shows them or not."""

import docx
import pytest

from pipeline.correct import log
from tests.web.office import make_folder, start, stop


@pytest.fixture
def office(tmp_path):
    document = docx.Document()
    document.add_paragraph("PHỤ LỤC I")
    document.add_paragraph("KẾ HOẠCH NĂM 2024 CỦA HUYỆN CHI LĂNG")
    table = document.add_table(rows=1, cols=4)
    rows = [("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian thực hiện")]
    rows += [(str(n), f"Rà soát việc thứ {n}", "Phòng Lạ Lùng", "Quý I/2024") for n in (1, 2, 3)]
    for n, texts in enumerate(rows):
        cells = table.rows[0].cells if n == 0 else table.add_row().cells
        for cell, text in zip(cells, texts, strict=True):
            cell.text = text
    path = tmp_path / "ke-hoach.docx"
    document.save(path)
    return make_folder(tmp_path / "office", path)


def test_a_cell_is_corrected_and_stays_so_without_its_rendering(office):
    served = start(office)
    try:
        plan = served.plan("ke-hoach")
        place = next(f for f in plan.items[1].fragments if f.column == "lead")
        cell = f"{place.cell.table}/{place.cell.row}/{place.cell.column}"
        asked = {"document": plan.document.id, "value": "Phòng Nội vụ", "cell": cell}
        with served.client() as client:
            assert client.post("/api/corrections", json=asked).status_code == 201
            shown = client.get(f"/api/documents/{plan.document.id}").json()
            names = [[a["name"] for a in item["lead"]] for item in shown["items"]]
            assert names == [[None], ["Phòng Nội vụ"], [None]]
            page = client.get(f"/review/{plan.document.id}")
            assert page.status_code == 200
            assert 'data-state="corrected"' in page.text
    finally:
        stop(served)
    (entry,) = log.entries(served.out)
    assert entry.cell == cell
    assert entry.page == place.page
