"""Table views: filters in the address, and the same as JSON, CSV, workbook, Word and calendar."""

import csv
import io
import json
import sqlite3
import time

import docx
import openpyxl
import pytest
from playwright.sync_api import expect

from flows.keeping import back_up_to
from pipeline.files.spreadsheet_text import guarded
from pipeline.language.text import bare


@pytest.mark.parametrize(
    "path",
    [
        "/documents",
        "/tasks",
        "/missing",
        "/calendar",
        "/history",
        "/coverage",
        "/agencies",
        "/review",
        "/review/{id}",
        "/groups?text=x",
        "/inbox?state=done",
        "/compare?a={id}&b={id}",
    ],
)
def test_each_table_comes_in_every_format(shared, path):
    path = path.format(id=shared.plan().document.id)
    with shared.client() as client:
        client.params = dict(client.build_request("GET", path).url.params)
        path = path.partition("?")[0]
        rows = client.get(path, params={"format": "json"}).json()
        table = client.get(path, params={"format": "csv"})
        assert table.content.startswith(b"\xef\xbb\xbf")
        lines = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
        assert len(lines) == len(rows) + 1
        book = client.get(path, params={"format": "xlsx"}).content
        sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
        assert sheet.max_row == len(rows) + 1
        assert book == client.get(path, params={"format": "xlsx"}).content


def test_items_are_found_without_tones_and_by_facets(shared):
    plan = shared.plan()
    word = plan.items[0].tasks[0].split()[1]
    with shared.client() as client:

        def asked(**query):
            return client.get("/tasks", params={"format": "json", **query}).json()

        assert len(asked()) == len(plan.items)
        found = asked(q=bare(word))
        assert found
        assert all(bare(word) in bare(json.dumps(row, ensure_ascii=False)) for row in found)
        lead = next(i.lead[0].name for i in plan.items if i.lead and i.lead[0].name)
        by_lead = asked(agency=lead, role="lead")
        assert [r["item_id"] for r in by_lead] == [
            i.id for i in plan.items if any(a.name == lead for a in i.lead)
        ]
        kind = plan.items[0].timeframe.kind
        assert len(asked(kind=kind)) == sum(i.timeframe.kind == kind for i in plan.items)
        assert asked(unit="không có") == []
        assert asked(q='"; DROP TABLE items; --') == []


def test_the_workbook_and_the_word_table_hold_what_the_filter_shows(shared):
    with shared.client() as client:
        kind = shared.plan().items[0].timeframe.kind
        rows = client.get("/tasks", params={"format": "json", "kind": kind}).json()
        book = client.get("/tasks", params={"format": "xlsx", "kind": kind}).content
        sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
        assert (sheet.title, sheet.max_row) == ("Tổng hợp", len(rows) + 1)
        word = client.get("/tasks.docx", params={"kind": kind}).content
        (table,) = docx.Document(io.BytesIO(word)).tables
        lines = [row.cells for row in table.rows[1:] if len(row._tr.tc_lst) > 1]  # no headings
        assert len(lines) == len(rows)
        column = next(cell.column for cell in sheet[1] if cell.value == "Nội dung")
        contents = [cells[1].text for cells in lines]
        assert contents == [sheet.cell(n + 1, column).value for n in range(1, len(rows) + 1)]


def test_a_corrected_value_is_in_the_workbook_within_moments(one):
    place = next(f for f in one.plan().items[0].fragments if f.column == "tasks")
    with one.client() as client:
        answer = client.post(
            "/api/corrections",
            json={
                "document": one.plan().document.id,
                "page": place.page,
                "bbox": place.bbox,
                "column": place.column,
                "field": "text",
                "value": "Trồng một nghìn cây xanh.",
                "verdict": "correct",
                "base": 0,
            },
        )
        assert answer.status_code == 201
        until = time.monotonic() + 30
        while True:
            book = client.get("/tasks", params={"format": "xlsx", "q": "trong mot nghin cay"})
            sheet = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets[0]
            if sheet.max_row == 2:
                break
            assert time.monotonic() < until
        again = client.get("/tasks", params={"format": "xlsx", "q": "trong mot nghin cay"})
        assert again.content == book.content
        asked = {"document": one.plan().document.id, "format": "json"}
        rows = client.get("/history", params=asked).json()
        assert [row["value"] for row in rows] == ["Trồng một nghìn cây xanh."]
        # The files of the dataset follow the database, from which the pages are shown.
        written = one.out / "dataset" / "corrections.csv"
        while not (lines := _rows_of(written, one.plan().document.id)):
            assert time.monotonic() < until
    assert [(line["value"], line["read"]) for line in lines] == [
        ("Trồng một nghìn cây xanh.", guarded(place.text))
    ]


def _rows_of(table, document):
    rows = csv.DictReader(io.StringIO(table.read_text("utf-8-sig")))
    return [row for row in rows if row["document_id"] == document]


def test_the_calendar_file_is_folded_between_letters(shared):
    with shared.client() as client:
        text = client.get("/calendar.ics").content
        dated = client.get("/calendar", params={"format": "json"}).json()
    assert text.count(b"BEGIN:VEVENT") == len(dated) > 0
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    text.decode("utf-8")
    assert all(line.decode("utf-8") is not None for line in text.split(b"\r\n"))


def test_an_agency_is_decided_everywhere_and_taken_back(office, enter):
    page = enter(office, "/agencies")
    page.get_by_label("Chữ trong văn bản").fill("Phòng Không Ai Biết")
    page.get_by_label("Là cơ quan").fill("bo-noi-vu")
    page.get_by_role("button", name="Lưu quyết định").click()
    row = page.locator("tbody tr", has_text="Phòng Không Ai Biết")
    expect(row).to_contain_text("Bộ Nội vụ")
    row.get_by_role("button", name="Hoàn tác").click()
    expect(row).to_contain_text("đã hoàn tác")
    row.get_by_role("button", name="Làm lại").click()
    expect(row.get_by_role("button", name="Hoàn tác")).to_have_count(1)


def test_an_agency_that_no_list_has_is_added_asked_for_and_handed_on(office, enter, tmp_path):
    page = enter(office, "/agencies", java_script_enabled=False)
    page.get_by_text("Thêm cơ quan chưa có").click()
    form = page.locator("form[action='/agencies/new']")
    form.get_by_label("Chữ như trong văn bản").fill("Ban Chưa Từng Có")
    form.get_by_label("Tên đầy đủ").fill("Ban Chưa Từng Có huyện")
    form.get_by_label("Cấp").select_option("district")
    form.get_by_role("button").click()
    row = page.get_by_role("row", name="Ban Chưa Từng Có").first
    expect(row).to_contain_text("là cơ quan mới")
    page.get_by_label("Chữ như trong văn bản").first.fill("Ban Chưa Từng Có; Sở Nội vụ")
    page.get_by_label("Đơn vị ban hành").fill("huyện Chi Lăng")
    page.get_by_role("button", name="Tra").click()
    named = page.get_by_role("status").get_by_role("listitem")
    expect(named).to_contain_text(["Ban Chưa Từng Có huyện (huyện)", "Sở Nội vụ (tỉnh)"])
    with office.client() as client:
        given = client.get("/agencies/decisions.csv").content
        found = client.get("/agencies", params={"q": "chua tung co", "format": "json"}).json()
        assert [entry["name"] for entry in found] == ["Ban Chưa Từng Có huyện"]
    row.get_by_role("button", name="Hoàn tác").click()
    row.get_by_role("button", name="Làm lại").click()
    assert page.get_by_role("row", name="Ban Chưa Từng Có").count() >= 2
    (tmp_path / "decisions.csv").write_bytes(
        given.replace("Chưa Từng Có".encode(), "Khác".encode())
    )
    page.get_by_label("Tệp quyết định").set_input_files(tmp_path / "decisions.csv")
    page.get_by_role("button", name="Nhận quyết định").click()
    expect(page.get_by_role("row", name="Ban Khác").first).to_be_visible()


def test_the_log_of_another_office_is_taken_in_once(one, enter, tmp_path):
    document = one.plan().document
    with one.client() as client:
        asked = {
            "document": document.id,
            "field": "plan_number",
            "value": "9",
            "verdict": "correct",
        }
        assert client.post("/api/corrections", json=asked).status_code == 201
        given = client.get("/history", params={"format": "log"}).content
        count = len(json.loads(given))
    (tmp_path / "log.json").write_bytes(given)
    page = enter(one, "/history")
    page.get_by_label("Tệp lịch sử").set_input_files(tmp_path / "log.json")
    page.get_by_role("button", name="Nhận vào").click()
    expect(page.get_by_text("mỗi lần sửa chỉ được tính một lần")).to_be_visible()
    with one.client() as client:
        assert len(client.get("/history", params={"format": "json"}).json()) == count


def test_the_title_block_is_corrected_on_the_page_of_the_document(one, enter):
    document = one.plan().document
    page = enter(one, f"/documents/{document.id}")
    if not page.get_by_label("Số kế hoạch").is_visible():
        page.get_by_text("Phần đầu văn bản", exact=True).click()
    page.get_by_label("Số kế hoạch").fill("4321")
    page.get_by_role("button", name="Lưu phần đầu").click()
    expect(page.get_by_role("status")).to_contain_text("Đã lưu")
    page.reload()
    expect(page.get_by_label("Số kế hoạch")).to_have_value("4321")
    assert one.stem in page.title()


def test_health_tells_what_the_machine_lacks_in_the_language_of_the_page(office):
    with office.client() as client:
        facts = client.get("/health", params={"format": "json", "lang": "vi"}).json()
        assert {check["name"] for check in facts["checks"]} >= {"python", "tesseract", "language"}
        assert facts["disk_free_gb"] > 0
        assert facts["documents"] == len(list((office.out / "plans").iterdir()))
        assert (facts["last_batch"][:2], facts["last_backup"]) == ("20", None)
        back_up_to(office.folder / "kept.zip", office.out)
        assert client.get("/health", params={"format": "json"}).json()["last_backup"][:2] == "20"
        english = client.get("/health", params={"format": "json", "lang": "en"}).json()
        assert english["checks"] != facts["checks"]
        page = client.get("/health", params={"lang": "vi"}).text
        assert "data_folder" not in page


def test_a_database_that_is_made_anew_is_told(served):
    with served.client() as client:
        assert "lập lại" not in client.get("/").text
        with sqlite3.connect(served.out / "phuluc.sqlite3") as store:
            store.execute("DELETE FROM documents")
            store.execute("UPDATE marks SET value = 'other' WHERE name = 'change'")
        until = time.monotonic() + 10
        while "lập lại" not in client.get("/").text:
            assert time.monotonic() < until


def test_a_list_that_is_asked_for_twice_follows_a_change(one):
    """What is remembered of the database is forgotten when something changes in it."""
    plan = one.plan()
    asked = {"document": plan.document.id, "field": "unit", "value": "huyện Mới"}
    with one.client() as client:
        assert "huyện Mới" not in client.get("/tasks").text
        answer = client.post("/api/corrections", json={**asked, "verdict": "correct", "base": 0})
        assert answer.status_code == 201
        until = time.monotonic() + 30
        while "huyện Mới (" not in client.get("/tasks").text:
            assert time.monotonic() < until


def test_deadlines_are_shown_a_month_at_a_time(shared):
    with shared.client() as client:
        dated = client.get("/calendar", params={"format": "json"}).json()
        month = max(row["timeframe_end"] for row in dated)[:7]
        page = client.get("/calendar", params={"month": month}).text
    of_month = [row for row in dated if row["timeframe_end"].startswith(month)]
    assert page.count("<time ") == len(of_month)
    assert f'aria-current="true">{month[5:]}/{month[:4]}' in page
