"""Every key does what the help says of it, and none where they are switched off."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.axe import faults


@pytest.fixture
def page(one, enter):
    return enter(one, f"/review/{one.plan().document.id}")


def test_keys_of_the_picture_of_the_history_and_of_the_help(page):
    pages, history = page.locator("#pages"), page.locator("[data-history]")
    for key, shown in (("h", "no-boxes"), ("=", "zoom-2"), ("+", "zoom-3"), ("-", "zoom-2")):
        page.keyboard.press(key)
        expect(pages).to_have_class(re.compile(rf"\b{shown}\b"))
    page.keyboard.press("h")
    expect(pages).not_to_have_class(re.compile("no-boxes"))
    for _ in range(2):
        page.keyboard.press("PageDown")  # there is one page: it stays
    page.keyboard.press("i")
    expect(history).to_have_attribute("open", "")
    page.keyboard.press("Shift+?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("c")  # while the help is read nothing is said
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("[data-state=to-review]")).to_have_count(13)


def test_keys_that_lead_to_other_pages(one, page):
    page.keyboard.press("g")
    expect(page.get_by_role("checkbox")).to_have_count(5)
    page.go_back()
    page.keyboard.press("Shift+N")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(f"{one.stem}.pdf")


def test_letters_in_a_field_are_typed_and_the_field_is_left_with_a_draft(one, page):
    page.keyboard.press("Enter")
    typed = page.get_by_role("textbox", name="Chữ đúng", exact=True)
    expect(typed).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("ncbupghim+-")
    expect(typed).to_have_value("ncbupghim+-")
    page.keyboard.press("Escape")
    expect(typed).not_to_be_focused()
    page.keyboard.press("n")
    page.keyboard.press("p")
    expect(typed).to_have_value("ncbupghim+-")
    assert one.said() == []


def test_keys_can_be_switched_off(one, page):
    for _ in range(2):
        page.get_by_role("button", name=re.compile("Phím tắt|Phím")).first.click()
        page.locator("[data-do=toggle-keys]").click()
        page.get_by_role("button", name="Đóng").click()
        page.keyboard.press("c")
    expect(page.locator("[data-state=confirmed]")).to_have_count(1)
    expect(page.locator("[data-doubt='2']")).to_have_attribute("aria-current", "true")
    assert [entry.verdict for entry in one.said()] == ["confirm"]
