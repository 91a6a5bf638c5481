"""Without the script all works but the keys and the picture: each form does its work by itself."""

import pytest
from playwright.sync_api import expect

from tests.web.office import Served


@pytest.fixture
def page(one, enter):
    return enter(one, f"/review/{one.plan().document.id}?d=1", java_script_enabled=False)


def state(page, number):
    return page.locator(f'[data-doubt="{number}"]')


def open_doubt(page, number):
    state(page, number).get_by_role("link").click()


def at_row(served: Served, number, column="tasks") -> str:
    found = next(f for f in served.plan().items[number].fragments if f.column == column)
    place = ",".join(map(str, (found.page, *found.bbox)))
    return f"{served.base}/review/{served.plan().document.id}?at={place}"


def rows_of(served: Served) -> list[str]:
    with served.client() as client:
        plan = client.get(f"/api/documents/{served.plan().document.id}").json()
    return [" ".join(item["tasks"]) for item in plan["items"]]


def test_what_is_said_of_a_doubt_undone_and_done_again(one, page):
    page.get_by_role("button", name="Đúng như đã đọc").click()
    expect(state(page, 1)).to_have_attribute("data-state", "confirmed")
    expect(state(page, 2)).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Để sau").click()
    expect(state(page, 2)).to_have_attribute("data-state", "postponed")
    page.get_by_role("button", name="Hoàn tác U").click()
    expect(state(page, 2)).to_have_attribute("data-state", "to-review")
    page.get_by_role("button", name="Làm lại Shift+U").click()
    expect(state(page, 2)).to_have_attribute("data-state", "postponed")
    open_doubt(page, 1)
    page.locator("#panel summary", has_text="Lịch sử chỗ này").click()
    page.get_by_role("button", name=f"Hoàn tác {one.said()[0].number}").click()
    expect(state(page, 1)).to_have_attribute("data-state", "to-review")
    assert [e.verdict for e in one.said()] == ["confirm", "postpone", "undo", "undo", "undo"]


def test_an_agency_here_and_everywhere(one, page):
    page.get_by_role("textbox", name="Chữ đúng").fill("Phòng Tài chính và Kế hoạc")
    page.get_by_role("button", name="Lưu và đi tiếp").click()
    expect(state(page, 1)).to_have_attribute("data-state", "corrected")
    page.goto(at_row(one, 0, "lead"))
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Chỉ ở đây").click()
    expect(page.locator("#panel .understood")).to_contain_text("Phòng Tài chính")
    assert one.said()[-1].field == "lead[0]"
    page.goto(at_row(one, 5, "lead"))
    page.get_by_role("textbox", name="Chữ đúng").fill("Phòng Tài chính và Kế hoạc")
    page.get_by_role("button", name="Lưu và đi tiếp").click()
    page.goto(at_row(one, 5, "lead"))
    page.get_by_role("button", name="Mọi nơi").click()
    page.goto(f"{one.base}/agencies")
    decided = page.get_by_role("row", name="Phòng Tài chính và Kế hoạc").first
    expect(decided).to_contain_text("Phòng Tài chính")


def test_a_row_is_added_and_another_taken_away(one, page):
    count = len(one.plan().items)
    page.goto(at_row(one, 1))
    page.get_by_text("Thêm một dòng sau dòng này").click()
    page.get_by_label("Nhiệm vụ", exact=True).fill("Việc mới.")
    page.get_by_role("button", name="Thêm dòng").click()
    expect(page.get_by_role("status").filter(has_text="Đã lưu")).to_be_visible()
    assert rows_of(one)[2] == "Việc mới."
    page.goto(at_row(one, 4))
    page.get_by_text("Các ô của dòng này").click()
    page.get_by_role("button", name="Bỏ dòng này").click()
    assert len(rows_of(one)) == count


def test_the_title_block_and_its_history(one, page):
    page.goto(f"{one.base}/documents/{one.plan().document.id}")
    summary = page.get_by_text("Phần đầu văn bản", exact=True)
    if not page.get_by_label("Số kế hoạch").is_visible():
        summary.click()
    page.get_by_label("Số kế hoạch").fill("321")
    page.get_by_role("button", name="Lưu phần đầu").click()
    expect(page.get_by_role("status")).to_have_text("Đã lưu.")
    page.locator(".history li").first.get_by_role("button", name="Hoàn tác").click()
    assert [entry.verdict for entry in one.said()] == ["correct", "undo"]
    page.goto(f"{one.base}/history?document={one.plan().document.id}")
    page.get_by_label("Việc").select_option("undo")
    page.get_by_role("button", name="Xem").click()
    page.get_by_role("row").nth(1).get_by_role("button", name="Làm lại").click()
    assert [entry.verdict for entry in one.said()] == ["correct", "undo", "undo"]


def test_a_group_and_an_offer(office, one, page):
    page.goto(f"{one.base}/groups?text={one.plan().items[0].lead[0].raw}")
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(5)
    boxes.first.uncheck()
    page.get_by_label("Chữ đúng").fill("Phòng Nội vụ và Tư pháp")
    page.get_by_role("button", name="Sửa mọi chỗ").click()
    expect(page.get_by_role("status")).to_contain_text("4 chỗ")
    other = office.next_document()
    page.goto(at_row(one, 0, "partners"))
    page.get_by_role("textbox", name="Chữ đúng").fill("Phòng Tư pháp")
    page.get_by_role("button", name="Lưu và đi tiếp").click()
    page.goto(f"{one.base}/review/{other.plan().document.id}")
    page.get_by_role("link", name="đã được sửa trong tệp khác").click()
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_label("“Phòng Tư pháp”").first.check()
    page.get_by_role("button", name="Sửa các chỗ đã chọn").click()
    expect(page.get_by_role("status").filter(has_text="Đã lưu")).to_be_visible()
    assert [entry.value for entry in other.said()] == ["Phòng Tư pháp"]


def test_a_joined_row_is_parted_and_joined_again(office, enter):
    plan = office.plan()
    first = next(item for item in plan.items if item.joins).fragments[0]
    place = ",".join(map(str, (first.page, *first.bbox)))
    page = enter(office, f"/review/{plan.document.id}?at={place}", java_script_enabled=False)
    page.get_by_role("button", name="Tách dòng").click()
    assert len(rows_of(office)) == len(plan.items) + 1
    page.get_by_role("button", name="Nối dòng").click()
    assert len(rows_of(office)) == len(plan.items)


def test_one_person_reviews_in_anothers_stead_and_is_sent_back_where_they_were(
    office_of_two, enter
):
    review = f"/review/{office_of_two.plan().document.id}?d=3"
    an = enter(office_of_two, review, user="an", java_script_enabled=False)
    binh = enter(office_of_two, review, user="binh", java_script_enabled=False)
    binh.get_by_role("button", name="Nhận soát thay").click()
    an.reload()
    expect(an.get_by_text("binh đang soát văn bản này")).to_be_visible()
    an.get_by_role("textbox", name="Chữ đúng").fill("gõ khi đã hết phiên")
    an.context.clear_cookies()
    an.get_by_role("button", name="Lưu và đi tiếp").click()
    expect(an.get_by_role("alert")).to_contain_text("CHƯA LƯU: phiên làm việc đã hết")
    an.get_by_label("Tên").fill("an")
    an.get_by_label("Mật khẩu").fill("sai mật khẩu")
    an.get_by_role("button", name="Đăng nhập").click()
    expect(an.get_by_role("alert")).to_contain_text("không đúng")
    an.get_by_label("Tên").fill("an")
    an.get_by_label("Mật khẩu").fill("một mật khẩu dài")
    an.get_by_role("button", name="Đăng nhập").click()
    expect(an.get_by_role("heading", level=1)).to_have_text(f"{office_of_two.stem}.pdf")
    binh.context.clear_cookies()
    binh.goto(office_of_two.base + review)
    assert "d%3D3" in binh.url


@pytest.mark.parametrize("address", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_nobody_is_sent_to_another_site_by_logging_in(shared, address):
    with shared.client() as client:
        token = shared.entry.partition("token=")[2]
        answer = client.post("/login", data={"token": token, "next": address})
    assert answer.headers["location"] == "/"
