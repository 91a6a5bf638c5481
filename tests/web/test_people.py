"""Several people in one office: leases that change hands, whose work is undone, who approves."""

import time

import pytest
from playwright.sync_api import expect

from pipeline.correct.approval import content_of
from pipeline.dataset.plans import read_plan
from schemas.correction import Correction
from tests.web.office import SAMPLES
from web.review.approval import approval_of

PLAN = read_plan(SAMPLES / "expected" / "plans" / "chi-lang-papi-2024.json")


def address(served) -> str:
    return f"/review/{served.plan().document.id}"


def said(number, who, verdict="correct", **fields):
    return Correction(
        number=number, sha256="0" * 64, field="document", read="", verdict=verdict, who=who,
        at="2026-11-02T08:00:00Z", program="test", **fields,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("left", "entries", "who", "stage", "refusal"),
    [
        (3, [], "an", "to-review", "approval.open"),
        (0, [], "an", "reviewed", ""),
        (0, [said(1, "an")], "an", "reviewed", "approval.same_person"),
        (0, [said(1, "an")], "binh", "reviewed", ""),
        (0, [said(1, "an"), said(2, "an", "undo", undoes=1)], "an", "reviewed", ""),
        (0, [said(1, "binh", "approve", value=content_of(PLAN))], "binh", "approved", ""),
        (0, [said(1, "binh", "approve", value="another")], "an", "changed", ""),
        (1, [said(1, "binh", "approve", value=content_of(PLAN))], "an", "changed", "approval.open"),
    ],
)  # fmt: skip
def test_how_far_a_document_is(left, entries, who, stage, refusal):
    found = approval_of(PLAN, left, entries, who)
    assert (found.stage, found.refusal) == (stage, refusal)


def reload_until(page, true, seconds=30.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        page.reload()


def confirm_all(page):
    count = page.locator("[data-doubt]").count()
    for number in range(1, count + 1):
        page.keyboard.press("c")
        expect(page.locator(f'[data-doubt="{number}"]')).to_have_attribute(
            "data-state", "confirmed"
        )


def test_a_second_person_approves_and_a_change_asks_for_it_again(office_of_two, enter):
    an = enter(office_of_two, address(office_of_two), user="an")
    expect(an.get_by_text("Chưa soát xong.")).to_be_visible()
    confirm_all(an)
    expect(an.get_by_text("Đã soát xong, chờ duyệt.")).to_be_visible()
    second = an.locator(".stage").get_by_role("link", name="Soát lại")
    expect(second).to_be_focused()  # what comes next has the keyboard
    expect(an.get_by_text("cần người thứ hai")).to_be_visible()
    binh = enter(office_of_two, "/review", user="binh")
    written = an.locator("[data-doubt]").count()
    reload_until(binh, lambda: len(office_of_two.plan().confirmed) == written)
    before = office_of_two.plan()
    binh.get_by_role("link", name=before.document.source_file).click()
    binh.get_by_role("button", name="Duyệt văn bản").click()
    expect(binh.get_by_text("Đã duyệt.")).to_be_visible()
    assert office_of_two.plan() == before
    binh.goto(office_of_two.base + "/documents?review_state=approved")
    row = binh.get_by_role("row", name=before.document.source_file)
    reload_until(binh, lambda: row.count() == 1)  # until it is in the database
    expect(row).to_contain_text("Đã duyệt (binh)")
    binh.goto(office_of_two.base + "/review")
    link = binh.get_by_role("link", name=before.document.source_file)
    reload_until(binh, lambda: link.count() == 0)
    an.get_by_role("textbox", name="Chữ đúng").fill("Đổi sau khi duyệt")
    an.keyboard.press("Control+Enter")
    expect(an.get_by_text("Đã thay đổi sau khi duyệt")).to_be_visible()
    an.keyboard.press("Escape")
    an.keyboard.press("u")
    expect(an.get_by_text("Đã duyệt.")).to_be_visible()


def test_who_comes_first_holds_a_document_and_another_takes_it_over(office_of_two, enter):
    an = enter(office_of_two, address(office_of_two), user="an")
    binh = enter(office_of_two, "/review", user="binh")
    row = binh.get_by_role("row", name=office_of_two.stem)
    expect(row).to_contain_text("an đang soát văn bản này")
    binh.goto(office_of_two.base + address(office_of_two))
    expect(binh.get_by_text("an đang soát văn bản này")).to_be_visible()
    binh.get_by_role("button", name="Nhận soát thay").click()
    expect(binh.get_by_text("đang soát văn bản này")).to_be_hidden()
    an.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(an.get_by_text("binh đang soát văn bản này")).to_be_visible()
    expect(an.get_by_text("Cũng đang xem văn bản này: binh")).to_be_visible()


def test_a_key_undoes_what_one_said_oneself_and_the_history_whatever_is_chosen(
    office_of_two, enter
):
    an = enter(office_of_two, address(office_of_two), user="an")
    an.keyboard.press("c")
    expect(an.locator('[data-doubt="1"]')).to_have_attribute("data-state", "confirmed")
    binh = enter(office_of_two, address(office_of_two), user="binh")
    binh.keyboard.press("u")
    expect(binh.locator("#panel [data-status]")).to_contain_text("Không có gì để hoàn tác")
    document = office_of_two.plan().document.id
    binh.goto(f"{office_of_two.base}/documents/{document}")
    number = office_of_two.said()[0].number
    binh.get_by_role("button", name=f"Hoàn tác {number}").click()
    expect(binh.get_by_text(f"Hoàn tác {number}")).to_be_hidden()
    an.reload()
    expect(an.locator('[data-doubt="1"]')).to_have_attribute("data-state", "to-review")
    entries = office_of_two.said()
    assert [(e.verdict, e.who) for e in entries] == [("confirm", "an"), ("undo", "binh")]
    binh.complaints[:] = [each for each in binh.complaints if "422" not in each]
