"""The connection is lost: what was typed is kept, told in words, and sent when it is back."""

from playwright.sync_api import expect

from pipeline.correct import log
from tests.web.axe import faults
from tests.web.office import start, stop


def open_at(served, enter, number=1):
    page = enter(served, f"/review/{served.plan().document.id}?d={number}")
    return page, page.get_by_role("textbox", name="Chữ đúng")


def doubt(page, number):
    return page.locator(f'[data-doubt="{number}"]')


def forgive(page, *codes):
    """A connection that is refused and a 409 stand in the console, as they should."""
    page.complaints[:] = [
        each for each in page.complaints if not any(code in each for code in codes)
    ]


def test_what_was_typed_while_the_server_was_away_is_sent_when_it_is_back(served, enter):
    page, typed = open_at(served, enter)
    typed.fill("gõ khi mất kết nối")
    port = served.port
    stop(served)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#panel [data-status]")).to_contain_text("CHƯA LƯU")
    expect(page.get_by_role("alert")).to_contain_text("CHƯA LƯU: 1 chỗ")
    expect(doubt(page, 1).get_by_text("CHƯA LƯU")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.press("c")
    expect(page.get_by_role("alert")).to_contain_text("CHƯA LƯU: 2 chỗ")
    assert faults(page) == []
    again = start(served.folder, port=port)
    try:
        expect(doubt(page, 1)).to_have_attribute("data-state", "corrected", timeout=15_000)
        expect(doubt(page, 2)).to_have_attribute("data-state", "confirmed")
        expect(page.get_by_role("alert")).to_be_hidden()
        expect(page.get_by_text("CHƯA LƯU").filter(visible=True)).to_have_count(0)
        assert page.evaluate("localStorage.length") == 0
    finally:
        stop(again)
    assert [e.value for e in log.entries(served.out)] == ["gõ khi mất kết nối", None]
    forgive(page, "ERR_CONNECTION_REFUSED")


def test_a_draft_outlives_the_page_and_somebody_else_is_never_overwritten(one, enter):
    page, typed = open_at(one, enter)
    typed.fill("của tôi")
    page.reload()
    expect(typed).to_have_value("của tôi")
    expect(doubt(page, 1).get_by_text("CHƯA LƯU")).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("button", name="Lưu và đi tiếp").click()
    expect(page.get_by_role("alert")).to_contain_text("CHƯA LƯU")
    other, theirs = open_at(one, enter)
    theirs.fill("của người khác")
    other.get_by_role("button", name="Lưu và đi tiếp").click()
    expect(doubt(other, 1)).to_have_attribute("data-state", "corrected")
    page.context.set_offline(False)
    expect(page.locator(".theirs")).to_contain_text("“của người khác”")
    expect(typed).to_have_value("của tôi")
    expect(page.locator("#panel [data-status]")).to_contain_text("CHƯA LƯU: người khác")
    assert faults(page) == []
    page.get_by_role("button", name="Dùng chữ của tôi").click()
    expect(doubt(page, 1).locator("[data-draft]")).to_be_hidden()
    assert [e.value for e in one.said()] == ["của người khác", "của tôi"]
    forgive(page, "ERR_INTERNET_DISCONNECTED", "409")


def test_a_draft_that_was_begun_before_somebody_else_saved_is_no_answer_to_it(one, enter):
    page, typed = open_at(one, enter)
    typed.fill("bản nháp cũ")
    page.keyboard.press("Escape")
    other, theirs = open_at(one, enter)
    theirs.fill("của người khác")
    other.get_by_role("button", name="Lưu và đi tiếp").click()
    expect(doubt(other, 1)).to_have_attribute("data-state", "corrected")
    page.keyboard.press("n")
    page.keyboard.press("c")  # brings the page up to date
    expect(doubt(page, 1)).to_have_attribute("data-state", "corrected")
    doubt(page, 1).get_by_role("link").click()
    expect(typed).to_have_value("bản nháp cũ")
    page.get_by_role("button", name="Lưu và đi tiếp").click()
    expect(page.locator(".theirs")).to_contain_text("“của người khác”")
    page.get_by_role("button", name="Giữ chữ của họ").click()
    expect(typed).to_have_value("của người khác")
    forgive(page, "409")


def test_who_is_signed_out_is_told_and_keeps_what_they_typed(one, enter):
    page, typed = open_at(one, enter)
    typed.fill("gõ dở")
    page.context.clear_cookies()
    page.get_by_role("button", name="Lưu và đi tiếp").click()
    expect(page.locator("#panel [data-status]")).to_contain_text("phiên làm việc đã hết")
    page.context.new_page().goto(one.entry)
    page.reload()
    expect(typed).to_have_value("gõ dở")
    forgive(page, "401")
