"""Many at once: forty files, eight tabs, a document of thirteen doubts, a group of five."""

import io
import shutil
import time

import pytest
from msgspec.structs import replace
from PIL import Image
from playwright.sync_api import expect

from pipeline.dataset.plans import read_plan
from tests.web.office import draw_doubtful, start, stop

STEM = "muoi-ba"


def address(served) -> str:
    return f"/review/{served.plan().document.id}"


@pytest.fixture
def thirteen(doubtful_folder, tmp_path):
    folder = tmp_path / "office"
    shutil.copytree(doubtful_folder, folder)
    running = replace(start(folder), stem=STEM)
    yield running
    stop(running)


def ink(page) -> float:
    """Share of dark points within the current box, away from its own frame."""
    box = page.locator("[data-current]").bounding_box()
    shot = Image.open(io.BytesIO(page.screenshot())).convert("L")
    inner = (box["x"] + 4, box["y"] + 3, box["x"] + box["width"] - 4, box["y"] + box["height"] - 3)
    points = shot.crop(inner).histogram()
    return sum(points[:110]) / sum(points)


def test_thirteen_doubts_are_reviewed_with_the_keyboard_alone(one, enter):
    page = enter(one, address(one))
    doubts = page.locator("[data-doubt]")
    expect(doubts).to_have_count(13)
    for number in range(1, 14):
        current = page.locator("[data-doubt][aria-current=true]")
        expect(current).to_have_attribute("data-doubt", str(number))
        assert ink(page) > 0.01
        if number % 3 == 1:
            page.keyboard.press("c")
            state = "confirmed"
        elif number % 3 == 2:
            page.keyboard.press("Enter")
            page.keyboard.press("Control+a")
            page.keyboard.type("Phòng Tư pháp")
            page.keyboard.press("Control+Enter")
            state = "corrected"
        else:
            page.keyboard.press("b")
            state = "postponed"
        expect(doubts.nth(number - 1)).to_have_attribute("data-state", state)
        page.keyboard.press("Escape")
    expect(page.locator("[data-state=to-review]")).to_have_count(0)
    expect(page.get_by_text("Còn 4 trên 13 chỗ")).to_be_visible()
    said = [entry.verdict for entry in one.said()]
    assert [said.count(verdict) for verdict in ("confirm", "correct", "postpone")] == [5, 4, 4]


def test_keys_pressed_faster_than_the_server_answers_are_each_for_their_own_doubt(one, enter):
    page = enter(one, address(one))
    for _ in range(6):
        page.keyboard.press("c")
    expect(page.locator("[data-state=confirmed]")).to_have_count(6)
    expect(page.locator("[data-doubt='7']")).to_have_attribute("aria-current", "true")
    assert len(one.said()) == 6


def test_a_group_of_five_is_decided_once_with_one_left_out(one, enter):
    unknown = one.plan().items[0].lead[0].raw
    page = enter(one, f"/groups?text={unknown}")
    group = page.locator("form.group", has_text=unknown)
    boxes = group.get_by_role("checkbox")
    expect(boxes).to_have_count(5)
    boxes.nth(2).uncheck()
    group.get_by_role("textbox").fill("Phòng Tư pháp")
    group.get_by_role("button", name="Sửa mọi chỗ").click()
    expect(page.get_by_role("status")).to_contain_text("4 chỗ")
    with one.client() as client:
        plan = client.get(f"/api/documents/{one.plan().document.id}").json()
        leads = [item["lead"][0]["name"] for item in plan["items"][:5]]
        assert leads == ["Phòng Tư pháp", "Phòng Tư pháp", None, "Phòng Tư pháp", "Phòng Tư pháp"]
        # What somebody said since is not said again over it.
        key = {"document": plan["document"]["id"], "verdict": "undo"}
        assert client.post("/api/corrections", json=key).status_code == 201


def test_what_a_newer_reading_says_otherwise_or_has_lost_is_listed(thirteen, enter):
    plan = thirteen.plan()
    with thirteen.client() as client:
        for item, value in zip(plan.items[5:8], ("Một", "Hai", "Ba"), strict=True):
            place = next(f for f in item.fragments if f.column == "lead")
            asked = {"document": plan.document.id, "page": place.page, "bbox": place.bbox}
            assert client.post("/api/corrections", json={**asked, "value": value}).is_success
    path = thirteen.out / "plans" / f"{STEM}.json"
    until = time.monotonic() + 30
    while sum(bool(item.corrected) for item in read_plan(path).items) < 3:
        assert time.monotonic() < until
        time.sleep(0.05)
    # As a newer program might read it: one cell says something else, one has moved far away.
    now = read_plan(path)
    changed = [_moved(item, now.items[5].id, now.items[6].id) for item in now.items]
    stop(thirteen)
    path.write_text(now.model_copy(update={"items": tuple(changed)}).model_dump_json(), "utf-8")
    again = replace(start(thirteen.folder), stem=STEM)
    try:
        page = enter(again, address(again))
        expect(page.locator("[data-state=conflict]").first).to_contain_text("chữ đã sửa được giữ")
        gone = page.locator("[data-state=orphan]")
        expect(gone.first).to_contain_text("không còn trong lần đọc mới")
        gone.get_by_role("link").first.click()
        page.locator("#panel summary", has_text="Lịch sử chỗ này").click()
        page.locator("#panel").get_by_role("button", name="Hoàn tác 2").click()
        expect(gone).to_have_count(0)
    finally:
        stop(again)


def _moved(item, otherwise, away):
    if item.id not in (otherwise, away):
        return item
    told = {"text": "Đọc khác hẳn"} if item.id == otherwise else {"bbox": (1.0, 1.0, 9.0, 9.0)}
    fragments = tuple(
        f.model_copy(update=told) if f.column == "lead" else f for f in item.fragments
    )
    return item.model_copy(update={"fragments": fragments})


def test_eight_tabs_work_side_by_side(one, enter):
    first = enter(one, address(one))
    tabs = [first, *(first.context.new_page() for _ in range(7))]
    for number, tab in enumerate(tabs, 1):
        path = "/inbox" if number % 2 else f"{address(one)}?d={number}"
        tab.goto(one.base + path)
    for number, tab in enumerate(tabs, 1):
        if number % 2:
            expect(tab.get_by_role("heading", level=1)).to_have_text("Nhận tệp")
        else:
            tab.keyboard.press("n")
            current = tab.locator("[data-doubt][aria-current=true]")
            expect(current).to_have_attribute("data-doubt", str(number + 1))


def test_forty_files_dropped_each_end_in_done_or_failed_without_a_reload(office, enter, tmp_path):
    files = [draw_doubtful(tmp_path / f"Gửi {n}.pdf", 900 + n, "Phòng Lạ") for n in range(4)]
    for number in range(36):
        broken = tmp_path / f"Hỏng {number}.pdf"
        broken.write_bytes(f"%PDF-1.7\n{number}".encode())
        files.append(broken)
    page = enter(office, "/inbox")
    page.evaluate("window.stays = true")
    page.get_by_label("Thả các tệp vào đây").set_input_files(files)
    ended = page.locator("tr[data-state=done], tr[data-state=failed]")
    expect(ended).to_have_count(40, timeout=240_000)
    expect(page.locator("tr[data-state=done]")).to_have_count(4)
    assert page.evaluate("window.stays")


def test_a_sheet_scanned_anew_is_offered_what_was_corrected_before(thirteen, enter, tmp_path):
    """Another file with the same words: nothing is applied until somebody chooses."""
    plan = thirteen.plan()
    with thirteen.client() as client:
        place = next(f for f in plan.items[0].fragments if f.column == "lead")
        asked = {"document": plan.document.id, "page": place.page, "bbox": place.bbox}
        told = {**asked, "value": "Phòng Tư pháp"}
        assert client.post("/api/corrections", json=told).status_code == 201
        again = draw_doubtful(tmp_path / "quet-lai.pdf", number=46)
        assert client.put("/api/inbox/quet-lai.pdf", content=again.read_bytes()).is_success
        until = time.monotonic() + 60
        while any(each["state"] != "done" for each in client.get("/api/inbox").json()):
            assert time.monotonic() < until
            time.sleep(0.2)
    document = thirteen.plan("quet-lai").document.id
    page = enter(thirteen, f"/review/{document}")
    page.get_by_role("link", name="đã được sửa trong tệp khác").click()
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(5)
    for box in boxes.all()[1:]:
        box.uncheck()
    page.get_by_role("button", name="Sửa các chỗ đã chọn").click()
    expect(page.locator("[data-state=corrected]")).to_have_count(1)
    with thirteen.client() as client:
        items = client.get(f"/api/documents/{document}").json()["items"]
    assert [item["lead"][0]["name"] for item in items[:5]] == ["Phòng Tư pháp", *[None] * 4]
