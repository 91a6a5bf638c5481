"""Every page in both languages: no fault that axe finds, no sideways scroll, no other host."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import watch

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
_RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"
PATHS = [
    "/",
    "/inbox",
    "/documents",
    "/documents/{id}",
    "/review",
    "/review/{id}",
    "/review/{id}/offers",
    "/review/{id}?pass=1",
    "/review/{id}?pass=1&d=1",
    "/groups",
    "/groups?text=x",
    "/tasks?q=to",
    "/calendar",
    "/agencies",
    "/coverage",
    "/missing",
    "/compare",
    "/compare?a={id}&b={id}",
    "/history",
    "/health",
    "/login",
    "/login?wrong=1",
    "/nothing",
]


@pytest.fixture(scope="module")
def page(browser, doubtful) -> Iterator[Page]:
    """One person who looks at all of them; something of each kind has been said before."""
    with doubtful.client() as client:
        document = doubtful.plan("muoi-ba").document.id
        told = {"document": document, "verdict": "correct", "field": "plan_number", "value": "46"}
        assert client.post("/api/corrections", json=told).status_code == 201
        client.put("/api/inbox/hong.pdf", content=b"%PDF-1.7\nnothing more")
    context = browser.new_context(locale="vi-VN")
    opened = context.new_page()
    opened.complaints = watch(opened, doubtful)
    opened.goto(doubtful.entry)
    yield opened
    context.close()


def faults(page: Page) -> list[object]:
    page.wait_for_load_state()  # sizes and contrasts are those of the style sheet
    found = page.evaluate(f"{AXE}; axe.run(document, {_RULES})")["violations"]
    return [(fault["id"], [n["html"][:160] for n in fault["nodes"][:3]]) for fault in found]


def widths(page: Page) -> dict[int, int]:
    """How wide the page is on a screen of each width, where it is wider than that."""
    found = {}
    for width in (320, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found[width] = wide
    return found


@pytest.mark.parametrize("path", PATHS)
def test_no_fault_no_sideways_scroll_no_complaint(doubtful, page, path):
    address = path.format(id=doubtful.plan("muoi-ba").document.id)
    for lang in ("vi", "en"):
        page.goto(f"{doubtful.base}{address}{'&' if '?' in address else '?'}lang={lang}")
        assert page.locator("html").get_attribute("lang") == lang
        assert widths(page) == {}
        assert faults(page) == []
    said = [each for each in page.complaints if "/nothing" not in each]
    page.complaints.clear()
    assert said == []


def test_the_pages_of_two_people_and_of_conflicts(office_of_two, enter):
    """Without the script, whose work here is done by the server's own pages."""
    review = f"/review/{office_of_two.plan().document.id}"
    an = enter(office_of_two, review + "?d=1", user="an")
    binh = enter(office_of_two, review + "?d=1", user="binh")
    assert faults(binh) == []
    expect(binh.get_by_text("an đang soát văn bản này")).to_be_visible()
    head = f"/documents/{office_of_two.plan().document.id}"
    seen = enter(office_of_two, head, user="an")
    for page, text in ((an, "của An"), (binh, "của Bình")):
        page.get_by_role("textbox", name="Chữ đúng").fill(text)
        page.evaluate("document.querySelector('[data-kind=text]').submit()")
    expect(binh.get_by_role("heading", level=1)).to_have_text("Hai người sửa cùng một chỗ")
    expect(binh.get_by_text("của An", exact=True)).to_be_visible()
    expect(binh.get_by_label("Chữ đúng")).to_have_value("của Bình")
    assert (faults(binh), widths(binh)) == ([], {})
    binh.get_by_role("button", name="Dùng chữ của tôi").click()
    expect(binh.get_by_role("heading", level=1)).to_have_text(f"{office_of_two.stem}.pdf")
    for page, number in ((an, "12"), (seen, "13")):
        if page is an:
            page.goto(office_of_two.base + head)
        page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
        page.get_by_label("Số kế hoạch").fill(number)
        page.get_by_role("button", name="Lưu phần đầu").click()
    expect(seen.get_by_label("Số kế hoạch")).to_have_value("13")
    assert (faults(seen), widths(seen)) == ([], {})
    seen.get_by_role("button", name="Dùng chữ của tôi").click()
    expect(seen.get_by_role("status")).to_contain_text("Đã lưu")
    an.goto(office_of_two.base + "/agencies")
    an.get_by_label("Chữ trong văn bản").fill("x")
    an.get_by_label("Là cơ quan").fill("không có")
    an.get_by_role("button", name="Lưu quyết định").click()
    expect(an.locator(".bad")).to_be_visible()
    assert faults(an) == []
    an.get_by_role("button", name="Đăng xuất").click()
    assert faults(an) == []
    for page in (an, binh, seen):
        page.complaints[:] = [c for c in page.complaints if "409" not in c and "422" not in c]
