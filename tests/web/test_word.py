"""A Word file is corrected by its cells, whether a rendering shows them or not."""

import shutil

import docx
import msgspec
import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from flows.extract import extract
from pipeline.correct import log
from pipeline.dataset.publish import publish
from tests.benchmarks.corpus.twists.sheet import Sheet
from tests.benchmarks.corpus.twists.sheet import table as draw_table
from tests.web.office import make_folder, start, stop

HEAD = ("PHỤ LỤC I", "KẾ HOẠCH NĂM 2024 CỦA HUYỆN CHI LĂNG")
ROWS = [
    ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian thực hiện"),
    *((str(n), f"Rà soát việc thứ {n}", "Phòng Lạ Lùng", "Quý I/2024") for n in (1, 2, 3)),
]


@pytest.fixture
def office(tmp_path):
    document = docx.Document()
    for line in HEAD:
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=4)
    for n, texts in enumerate(ROWS):
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


@pytest.fixture
def with_print(tmp_path):
    """The print of the Word file."""
    sheet = Sheet(tmp_path / "ban-in.pdf")
    draw_table(sheet, sheet.heading(HEAD) + 10, ROWS, widths=(30.0, 250.0, 120.0, 110.0))
    sheet.save()
    return tmp_path / "ban-in.pdf"


def test_what_is_said_of_two_forms_of_a_plan_is_taken_back_by_key_and_from_the_history(
    office, with_print, enter
):
    shutil.copy(with_print, office / "inbox")
    extract([office / "inbox"], office / "out", quiet=True)
    publish(office / "out")
    served = start(office)
    try:
        document = served.plan("ke-hoach").document.id
        page = enter(served, f"/review/{document}")
        asks = page.locator("[data-doubt]", has_text="ban-in.pdf")
        asks.get_by_role("link").click()
        page.get_by_role("button", name="Là một").click()
        expect(page).to_have_url(f"{served.base}/review/{document}")
        page.wait_for_load_state()  # before, no key is heard
        expect(asks).to_have_count(0)
        page.keyboard.press("u")
        expect(asks).to_have_count(1)
        page.keyboard.press("Shift+U")
        expect(asks).to_have_count(0)
        page.goto(served.base + "/history?verdict=join")
        row = page.get_by_role("row", name="ban-in.pdf")
        row.get_by_role("button", name="Hoàn tác").click()
        expect(row.get_by_role("button")).to_have_count(0)
        page.goto(f"{served.base}/review/{document}")
        asks.get_by_role("link").click()
        page.get_by_role("button", name="Là hai").click()
        expect(asks).to_have_count(0)
        page.goto(f"{served.base}/documents/{document}")
        last = page.locator(".history li").first
        last.get_by_role("button", name="Hoàn tác").click()
        last.get_by_role("button", name="Làm lại").click()
        expect(last.get_by_role("button", name="Hoàn tác")).to_have_count(0)
        said = [entry.verdict for entry in log.entries(served.out)]
        assert said == ["join", "undo", "undo", "undo", "part", "undo", "undo"]
        page.goto(f"{served.base}/review/{document}")
        page.keyboard.press("u")
        expect(asks).to_have_count(1)
        of_another = [replace(log.entries(served.out)[0], who="của nơi khác")]
        page.goto(f"{served.base}/history")
        content = {"name": "log.json", "mimeType": "", "buffer": msgspec.json.encode(of_another)}
        page.get_by_label("Tệp lịch sử").set_input_files(content)
        page.get_by_role("button", name="Nhận vào").click()
        page.goto(f"{served.base}/review/{document}")
        expect(asks).to_have_count(0)
    finally:
        stop(served)
