"""Equal texts of the second pass: sure ones alone, each place an entry of its own."""

from collections import Counter
from types import SimpleNamespace

from playwright.sync_api import expect

from pipeline.dataset.plans import read_plan
from tests.web.office import SAMPLES
from web.review.same_texts import offered, same_texts

PLAN = read_plan(SAMPLES / "expected" / "plans" / "chi-lang-papi-2024.json")


def _with_times(**changed):
    items = tuple(
        item.model_copy(
            update={
                "fragments": tuple(
                    f.model_copy(update=changed) if f.column == "timeframe" else f
                    for f in item.fragments
                )
            }
        )
        for item in PLAN.items
    )
    return PLAN.model_copy(update={"items": items})


def test_only_what_was_read_surely_is_offered():
    def offered(plan):
        return {f.column for group in same_texts(plan, []) for f in group.places}

    assert "timeframe" in offered(_with_times(confidence=0.95))
    assert "timeframe" not in offered(_with_times(confidence=0.8))


def test_equal_texts_are_confirmed_at_once_but_those_left_out(one, enter):
    path = one.out / "plans" / f"{one.stem}.json"
    read = path.read_text("utf-8")
    path.write_text(read.replace("Phòng Nội vụ", "Phòng\\nNội vụ"), "utf-8")  # as in narrow cells
    plan = one.plan()
    first = same_texts(plan, [])[0]
    assert "\n" in first.text
    page = enter(one, f"/review/{plan.document.id}?pass=1", java_script_enabled=False)
    page.get_by_role("link", name="Những chữ đọc giống nhau").click()
    group = page.locator("form.group").first
    assert group.locator("img").count() == group.get_by_role("checkbox").count()
    group.get_by_role("checkbox").first.uncheck()
    group.get_by_role("button", name="Đúng như đã đọc").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Những chữ đọc giống nhau")
    said = one.said()
    assert [e.verdict for e in said] == ["confirm"] * (min(first.count, 24) - 1)
    assert {(e.field, e.read) for e in said} == {("text", first.text)}
    assert max(Counter((e.page, e.bbox) for e in said).values()) == 1
    places = [(e.page, tuple(e.bbox)) for e in said]
    assert (first.places[0].page, tuple(first.places[0].bbox)) not in places


def test_nothing_is_offered_that_cannot_be_looked_at():
    site = SimpleNamespace(originals=SimpleNamespace(find=lambda _: None))
    assert offered(site, SimpleNamespace(row=SimpleNamespace(sha256="gone"))) == []
