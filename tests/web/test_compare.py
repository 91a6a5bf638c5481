"""Two plans side by side, and what plans cover of PAPI: as pages, and as tables to hand on."""

import shutil

import pytest
from playwright.sync_api import expect

from pipeline.dataset.plans import read_plan
from pipeline.dataset.publish import publish
from tests.web.office import SAMPLES, start, stop

PLANS = SAMPLES / "expected" / "plans"
LATER = "chi-lang-papi-2025"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The sample and a plan of the year after: a row is gone, one is new, one is worded anew."""
    folder = tmp_path_factory.mktemp("compared") / "office"
    shutil.copytree(PLANS, folder / "out" / "plans")
    plan = read_plan(PLANS / "chi-lang-papi-2024.json")
    document = plan.document.model_copy(
        update={"id": "doc-later", "sha256": "0" * 64, "source_file": f"{LATER}.pdf", "year": 2025}
    )
    items = list(plan.items)
    items[2] = items[2].model_copy(update={"tasks": ("Việc mới trong năm 2025.",)})
    items[5] = items[5].model_copy(update={"title": "Việc chưa từng có", "tasks": ("Làm ngay.",)})
    later = plan.model_copy(update={"document": document, "items": tuple(items)})
    (folder / "out" / "plans" / f"{LATER}.json").write_text(later.model_dump_json(), "utf-8")
    (folder / "inbox").mkdir()
    publish(folder / "out")
    served = start(folder)
    yield served
    stop(served)


def test_what_changed_is_told_word_by_word_and_as_a_table(office, enter):
    page = enter(office, "/compare")
    page.get_by_label("Bản trước").fill("chi-lang-papi-2024.pdf")
    page.get_by_label("Bản sau").fill(f"{LATER}.pdf")
    page.get_by_role("button", name="So sánh").click()
    expect(page.get_by_role("status")).to_contain_text("23 dòng như cũ, 1 dòng thay đổi")
    changed = page.locator(".change.changed")
    expect(changed.locator("ins")).to_contain_text(["năm 2025."])
    expect(page.locator(".change.added")).to_contain_text("Việc chưa từng có")
    expect(page.locator(".change.removed")).to_have_count(1)
    with office.client() as client:
        query = page.url.partition("?")[2]
        rows = client.get(f"/compare?{query}&format=json").json()
        assert [row["change"] for row in rows] == ["head", "changed", "removed", "added"]
        assert client.get(f"/compare?{query}&format=csv").text.count("\n") >= 5
        assert client.get("/compare?a=doc-later&b=nothing").status_code == 404


def test_versions_of_one_unit_are_offered(office, enter):
    page = enter(office, "/compare")
    page.get_by_role("link", name="chi-lang-papi-2024.pdf → chi-lang-papi-2025.pdf").click()
    expect(page.get_by_role("heading", name="So sánh hai văn bản")).to_be_visible()


def test_the_parts_of_papi_that_a_plan_leaves_out_are_seen(office, enter):
    page = enter(office, "/coverage")
    page.get_by_label("Tỉnh · năm").select_option("Lạng Sơn · 2025")
    page.get_by_role("button", name="Xem").click()
    row = page.locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row.locator("td.gap")).to_have_count(1)
    expect(page.get_by_text("1 nội dung thành phần còn có đơn vị chưa nói đến")).to_be_visible()
    with office.client() as client:
        asked = {"of": "Lạng Sơn · 2024", "format": "json"}
        rows = client.get("/coverage", params=asked).json()
    assert len(rows) == 2
    codes = [key for key in rows[0] if key[0].isdigit()]
    assert len(codes) == 28
    assert all(each[code] for each in rows for code in codes)
