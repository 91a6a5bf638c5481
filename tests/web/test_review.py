"""Reviewing a document in a real browser, most of it with the keyboard."""

import csv
import json
import re
import time

import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from flows.extract import extract
from pipeline import readings
from pipeline.settings import Settings
from schemas.geometry import Affine
from tests.web.office import DOUBTED, draw_doubtful, extracted, start, stop

NEW = "Phòng Tài chính - Kế hoạch"


def address(served) -> str:
    return f"/review/{served.plan().document.id}"


def review_rows(served) -> list[dict[str, str]]:
    with (served.out / "dataset" / "review.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def current(page):
    return page.locator("[data-doubt][aria-current=true]")


def number_of(page) -> int:
    return int(current(page).get_attribute("data-doubt"))


def in_view(page) -> bool:
    return page.evaluate(
        """() => {
            const box = document.querySelector("[data-current]").getBoundingClientRect();
            const frame = document.getElementById("pages").getBoundingClientRect();
            return box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1 && box.width > 2;
        }"""
    )


def wait_until(true, seconds=30.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def test_the_page_lists_what_review_csv_lists_in_its_order(shared, enter):
    page = enter(shared, address(shared))
    doubts = page.locator("[data-doubt]")
    rows = review_rows(shared)
    expect(doubts).to_have_count(len(rows))
    for doubt, row in zip(doubts.all(), rows, strict=True):
        assert doubt.get_attribute("data-state") == "to-review"
        shown = " ".join(doubt.inner_text().split())
        assert " ".join(row["reason_vi"].split()) in shown
        assert " ".join(row["text"].split())[:40] in shown


def test_what_may_be_another_version_is_asked_on_the_page_and_gone_when_it_is_none(tmp_path, enter):
    """It stands in no plan: it comes of two documents that leave their number blank."""
    (tmp_path / "office" / "inbox").mkdir(parents=True)
    for name, strange in (("a", "Phòng Lạ"), ("b", "Ban Lạ")):
        draw_doubtful(tmp_path / "office" / "inbox" / f"{name}.pdf", "", strange)
    served = replace(start(extracted(tmp_path / "office")), stem="b")
    try:
        page = enter(served, address(served))
        rows = [row for row in review_rows(served) if row["source_file"] == "b.pdf"]
        expect(page.locator("[data-doubt]")).to_have_count(len(rows))
        asked = page.locator("[data-doubt]", has_text="a.pdf")
        asked.get_by_role("link").click()
        page.keyboard.press("c")
        wait_until(lambda: any(entry.verdict == "confirm" for entry in served.said()))
        listed = {"reasons": "possible_new_version"}
        wait_until(lambda: not any(listed.items() <= row.items() for row in review_rows(served)))
        page.goto(f"{served.base}/documents/{served.plan().document.id}")
        expect(page.locator(".flags")).not_to_contain_text("bản mới")
        expect(page.locator(".flags")).to_contain_text("để trống")
    finally:
        stop(served)


def test_n_and_p_walk_and_bring_the_box_into_view(shared, enter):
    page = enter(shared, address(shared))
    for key, number in (("n", 2), ("ArrowDown", 3), ("p", 2), ("ArrowUp", 1)):
        page.keyboard.press(key)
        assert number_of(page) == number
        assert in_view(page)
    expect(page.get_by_role("textbox", name="Chữ đúng", exact=True)).to_have_count(1)


def test_letters_of_input_methods_do_nothing(shared, enter):
    page = enter(shared, address(shared))
    before = page.content()
    for key in [*"sfrxjzwaeod[]0123456789", "Backspace"]:
        page.keyboard.press(key)
    page.evaluate(
        """() => {
            for (const init of [{keyCode: 229}, {isComposing: true}])
                document.dispatchEvent(
                    new KeyboardEvent("keydown", {code: "KeyC", key: "c", ...init}));
        }"""
    )
    page.wait_for_timeout(200)
    assert page.content() == before


def test_correct_with_the_keyboard_alone(one, enter):
    page = enter(one, address(one))
    plan = one.plan()
    page.keyboard.press("Enter")
    box = page.get_by_role("textbox", name="Chữ đúng")
    expect(box).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type(NEW)
    page.keyboard.press("Control+Enter")
    first = page.locator('[data-doubt="1"]')
    expect(first).to_have_attribute("data-state", "corrected")
    assert number_of(page) == 2
    page.reload()
    expect(first).to_have_attribute("data-state", "corrected")
    wait_until(lambda: one.plan().produced_by.corrections is not None)
    changed = one.plan()
    corrected = [item for item in changed.items if item.corrected]
    assert len(corrected) >= 1
    assert [i.fragments for i in changed.items] == [i.fragments for i in plan.items]
    page.goto(one.base + address(one) + "?d=1")
    expect(box).to_have_value(NEW)


def test_a_correction_outlives_reading_anew_and_gives_the_same_bytes(served, enter):
    sha256 = served.plan().document.sha256
    page = enter(served, address(served) + "?d=1")
    page.get_by_role("textbox", name="Chữ đúng").fill(NEW)
    page.get_by_role("button", name="Lưu và đi tiếp").click()
    expect(page.locator('[data-doubt="1"]')).to_have_attribute("data-state", "corrected")
    path = served.out / "plans" / f"{DOUBTED.stem}.json"
    wait_until(lambda: b'"corrections"' in path.read_bytes())
    by_page = path.read_bytes()
    stop(served)
    path.unlink()
    extract([served.folder / "inbox"], served.out, quiet=True)
    assert path.read_bytes() == by_page
    extract([served.folder / "inbox"], served.out, quiet=True, join=False)
    assert any(item.corrected for item in served.plan().items)
    path.unlink()
    _move_boxes(served.out, sha256)
    extract([served.folder / "inbox"], served.out, quiet=True)
    assert path.read_bytes() != by_page
    again = start(served.folder)
    try:
        page = enter(again, address(again) + "?d=1")
        expect(page.locator('[data-doubt="1"]')).to_have_attribute("data-state", "corrected")
        expect(page.get_by_role("textbox", name="Chữ đúng")).to_have_value(NEW)
        assert in_view(page)
    finally:
        stop(again)


def _move_boxes(out, sha256):
    """As a newer version of the program might read it: every box 3 points further on."""
    folder, settings = out / readings.FOLDER, Settings()
    reading = readings.find(folder, sha256, settings)
    moved = [replace(p, to_display=Affine(1, 0, 3, 0, 1, 3)) for p in reading.pages]
    readings.keep(folder, sha256, replace(reading, pages=tuple(moved)), settings)


def test_undo_and_redo_also_after_a_restart(served, enter):
    page = enter(served, address(served))
    page.keyboard.press("c")
    first = page.locator('[data-doubt="1"]')
    expect(first).to_have_attribute("data-state", "confirmed")
    page.keyboard.press("b")
    expect(page.locator('[data-doubt="2"]')).to_have_attribute("data-state", "postponed")
    stop(served)
    again = start(served.folder)
    try:
        page = enter(again, address(served))
        first = page.locator('[data-doubt="1"]')
        page.keyboard.press("u")
        expect(page.locator('[data-doubt="2"]')).to_have_attribute("data-state", "to-review")
        page.keyboard.press("u")
        expect(first).to_have_attribute("data-state", "to-review")
        page.keyboard.press("Shift+U")
        expect(first).to_have_attribute("data-state", "confirmed")
    finally:
        stop(again)


def test_two_people_on_one_place_lose_nothing(one, enter):
    first, second = (enter(one, address(one) + "?d=1") for _ in "ab")
    for page, text in ((first, "của người một"), (second, "của người hai")):
        page.get_by_role("textbox", name="Chữ đúng").fill(text)
    first.get_by_role("button", name="Lưu và đi tiếp").click()
    expect(first.locator('[data-doubt="1"]')).to_have_attribute("data-state", "corrected")
    second.get_by_role("button", name="Lưu và đi tiếp").click()
    expect(second.get_by_text("của người một")).to_be_visible()
    expect(second.get_by_role("textbox", name="Chữ đúng")).to_have_value("của người hai")
    second.get_by_role("button", name="Dùng chữ của tôi").click()
    expect(second.locator('[data-doubt="1"]')).to_have_attribute("data-state", "corrected")
    second.goto(one.base + address(one) + "?d=1")
    expect(second.get_by_role("textbox", name="Chữ đúng")).to_have_value("của người hai")
    second.complaints[:] = [each for each in second.complaints if "409" not in each]


def test_any_box_opens_and_can_be_corrected(one, enter):
    page = enter(one, address(one))
    fine = page.locator("[data-box][data-number='0']").first
    page.evaluate(
        "(box) => box.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))",
        fine.element_handle(),
    )
    expect(page.locator("[data-current]")).to_have_count(1)
    expect(current(page)).to_have_count(0)
    page.get_by_role("textbox", name="Chữ đúng").fill("Chữ khác hẳn")
    page.get_by_role("button", name="Lưu và đi tiếp").click()
    expect(page.locator("#panel [data-status]")).to_contain_text("Đã lưu")
    wait_until(lambda: "Chữ khác hẳn" in one.plan().model_dump_json())


def test_m_parts_a_joined_row_and_joins_it_again(office, enter):
    plan = office.plan()
    joined = next(item for item in plan.items if item.joins)
    first = joined.fragments[0]
    page = enter(office, f"{address(office)}?at={first.page},{','.join(map(str, first.bbox))}")
    count = len(plan.items)
    expect(page.get_by_role("button", name="Tách dòng")).to_be_visible()
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Nối dòng")).to_be_visible()
    wait_until(lambda: len(office.plan().items) == count + 1)
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Tách dòng")).to_be_visible()
    wait_until(lambda: len(office.plan().items) == count)
    assert [i.tasks for i in office.plan().items] == [i.tasks for i in plan.items]
    page.keyboard.press("u")
    expect(page.get_by_role("button", name="Nối dòng")).to_be_visible()
    # A row with another one between it and the page break has nothing to be joined with.
    inner = plan.items[1].fragments[0]
    page.goto(f"{office.base}{address(office)}?at={inner.page},{','.join(map(str, inner.bbox))}")
    expect(page.get_by_role("button", name="Nối dòng")).to_have_count(0)


def test_it_works_without_javascript(one, enter):
    page = enter(one, address(one), java_script_enabled=False)
    page.get_by_role("textbox", name="Chữ đúng").fill(NEW)
    page.get_by_role("button", name="Lưu và đi tiếp").click()
    expect(page.locator('[data-doubt="1"]')).to_have_attribute("data-state", "corrected")
    assert number_of(page) == 2
    page.get_by_role("button", name="Đúng như đã đọc").click()
    expect(page.locator('[data-doubt="2"]')).to_have_attribute("data-state", "confirmed")


def test_what_a_scan_says_is_shown_as_text(one, enter):
    path = one.out / "plans" / f"{one.stem}.json"
    plan = json.loads(path.read_bytes())
    evil = "<script>document.title='evil'</script>"
    for item in plan["items"]:
        for fragment in item["fragments"]:
            fragment["text"] = evil
    path.write_text(json.dumps(plan), "utf-8")
    page = enter(one, address(one))
    expect(page.locator("#panel .as-read").first).to_have_text(re.compile("<script>"))
    assert "evil" not in page.title()


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"verdict": "correct", "field": "plan_number", "value": "12"}, 201),
        ({"verdict": "correct", "field": "issued_on.day", "value": "45"}, 422),
        ({"verdict": "correct", "page": 1, "bbox": [0, 0, 1, 1], "value": "x"}, 422),
        ({"verdict": "cry", "value": "x"}, 422),
    ],
)
def test_the_api_says_what_it_took(one, asked, status):
    document = one.plan().document.id
    with one.client() as client:
        answer = client.post("/api/corrections", json={"document": document, **asked})
        assert answer.status_code == status, answer.text
        if status == 201:
            assert answer.json()["number"] == one.said()[-1].number
            shown = client.get(f"/api/documents/{document}").json()["document"]
            assert shown["plan_number"] == "12"


def test_a_document_whose_reading_is_gone_is_read_anew_and_shown_when_that_is_done(one, enter):
    for kept in (one.out / "readings").glob(f"*/{one.plan().document.sha256}*"):
        kept.unlink()
    place = next(f for f in one.plan().items[0].fragments if f.column == "tasks")
    page = enter(one, f"{address(one)}?at={','.join(map(str, (place.page, *place.bbox)))}")
    page.get_by_role("textbox", name="Chữ đúng").fill("Chữ đúng hẳn.")
    page.get_by_role("button", name="Lưu và đi tiếp").click()
    status = page.locator("#panel [data-status]")
    expect(status).to_contain_text("đang được đọc lại")
    expect(page.locator("#panel .understood")).to_contain_text("Chữ đúng hẳn.", timeout=60_000)
    expect(status).to_have_text("Đã lưu.")
    wait_until(lambda: "Chữ đúng hẳn." in one.plan().items[0].tasks[0])


def test_a_second_pass_looks_at_every_time_agency_and_figure(one, enter):
    plan = one.plan()
    texts = {(f.page, f.bbox): f for item in plan.items for f in item.fragments}
    places = [
        f
        for f in texts.values()
        if f.column in ("lead", "partners", "timeframe")
        or (f.column != "index" and re.search(r"\d", re.sub(r"(?m)^\s*\d+[.)]", "", f.text)))
    ]
    assert any(f.column == "tasks" for f in places)
    page = enter(one, f"{address(one)}?pass=1")
    doubts = page.locator("[data-doubt]")
    expect(doubts).to_have_count(len(places) + 1)
    expect(doubts.first).to_contain_text("Phần đầu văn bản")
    for _ in range(3):
        page.keyboard.press("c")  # faster than they are saved
    for number in (1, 2, 3):
        confirmed = page.locator(f'[data-doubt="{number}"]')
        expect(confirmed).to_have_attribute("data-state", "confirmed")
    expect(doubts).to_have_count(len(places) + 1)
    assert "pass=1" in page.url
    page.goto(f"{one.base}{address(one)}?pass=1&d=1")
    page.get_by_label("Số kế hoạch").fill("77")
    page.get_by_role("button", name="Lưu phần đầu").click()
    expect(doubts.first).to_have_attribute("data-state", "corrected")
    expect(doubts.first).to_contain_text("77")


def test_alt_and_a_number_take_a_candidate(one, enter):
    plan = one.plan()
    place = next(f for f in plan.items[0].fragments if f.column == "lead")
    asked = {"document": plan.document.id, "page": place.page, "bbox": place.bbox}
    unsure = "Phòng Tài chính và Kế hoạc; Phòng Nội vu Huyện"
    with one.client() as client:
        answer = client.post("/api/corrections", json={**asked, "value": unsure})
        assert answer.status_code == 201
    at = ",".join(map(str, (place.page, *place.bbox)))
    page = enter(one, f"{address(one)}?at={at}")
    choices = page.locator("[data-by-key] .choice")
    assert choices.count() >= 2
    second = choices.nth(1).inner_text()
    page.keyboard.press("Alt+2")
    expect(page.locator("#panel [data-status]")).to_contain_text("Đã lưu")
    wait_until(lambda: any(e.method == "decision" for e in one.plan().items[0].lead))
    taken = next(e for e in one.plan().items[0].lead if e.method == "decision")
    assert taken.name in second


def test_a_role_of_a_column_a_row_added_and_one_removed_and_all_of_it_undone(one, enter):
    plan = one.plan()
    place = plan.items[1].fragments[0]
    at = ",".join(map(str, (place.page, *place.bbox)))
    page = enter(one, f"{address(one)}?at={at}")
    page.get_by_text("Thêm một dòng sau dòng này").click()
    page.get_by_label("Nhiệm vụ", exact=True).fill("Việc mới một\nViệc mới hai")
    page.get_by_role("button", name="Thêm dòng").click()
    wait_until(lambda: len(one.plan().items) == len(plan.items) + 1)
    assert one.plan().items[2].tasks == ("Việc mới một", "Việc mới hai")
    page.get_by_text("Các ô của dòng này").click()
    page.get_by_role("button", name="Bỏ dòng này").click()
    wait_until(lambda: len(one.plan().items) == len(plan.items))
    header = next(t.columns for t in plan.tables if t.kind == "tasks")[-1].header
    asked = {"document": plan.document.id, "verdict": "role", "value": "extra", "column": header}
    with one.client() as client:
        first = next(t.pages[0] for t in plan.tables if t.kind == "tasks")
        assert client.post("/api/corrections", json={**asked, "page": first}).status_code == 201
        wait_until(lambda: header in one.plan().items[0].extra)
        undo = {"document": plan.document.id, "verdict": "undo"}
        for _ in range(3):
            assert client.post("/api/corrections", json=undo).status_code == 201
    wait_until(lambda: one.plan() == plan)
