"""Every page in both languages: no fault that axe finds, no sideways scroll, no other host."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.web.axe import faults, widths
from tests.web.conftest import watch
from tests.web.office import PASSWORD, Served, start, stop
from tests.web.test_robust import full_disk
from web.access.accounts import Accounts

PATHS = [
    "/",
    "/inbox",
    "/documents",
    "/documents/{id}",
    "/review",
    "/review/{id}",
    "/review/{id}/offers",
    "/review/{id}/same",
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


EMPTY = [
    "/",
    "/inbox",
    "/documents",
    "/review",
    "/groups",
    "/tasks",
    "/calendar",
    "/coverage",
    "/missing",
    "/compare",
    "/history",
]
LONG = "nghiêngngảnghiêng" * 12  # a word that no line of a small screen holds


@pytest.fixture(scope="module")
def document(doubtful) -> str:
    """A document of which something of each kind has been said, and whose texts are long."""
    plan = doubtful.plan("muoi-ba")
    asked = {"document": plan.document.id, "verdict": "correct"}
    told = [
        {"field": "plan_number", "value": "46"},
        {"field": "unit", "value": f"huyện {LONG}"},
        {"field": "title", "value": LONG},
        *({**_place(plan.items[0], column), "value": LONG} for column in ("tasks", "lead")),
        {**_place(plan.items[7], "lead"), "value": "Phòng Tư pháp"},
    ]
    with doubtful.client() as client:
        for each in told:
            assert client.post("/api/corrections", json={**asked, **each}).status_code == 201
        for name in ("hong", LONG):
            client.put(f"/api/inbox/{name}.pdf", content=b"%PDF-1.7\n" + name.encode())
        found = {"everywhere": LONG, "value": "bo-noi-vu", "csrf": _csrf(client, plan)}
        assert client.post("/agencies/decide", data=found).status_code == 303
    return plan.document.id


def _place(item, column) -> dict[str, object]:
    found = next(f for f in item.fragments if f.column == column)
    return {"page": found.page, "bbox": found.bbox, "column": column}


def _csrf(client, plan) -> str:
    page = client.get(f"/review/{plan.document.id}").text
    return re.search(r'data-csrf="([^"]+)"', page)[1]


@pytest.fixture(scope="module")
def page(browser, doubtful) -> Iterator[Page]:
    """One person who looks at all of them."""
    context = browser.new_context(locale="vi-VN")
    opened = context.new_page()
    opened.complaints = watch(opened, doubtful)
    opened.goto(doubtful.entry)
    yield opened
    context.close()


def look_at(page: Page, served: Served, address: str, lang: str) -> None:
    page.goto(f"{served.base}{address}{'&' if '?' in address else '?'}lang={lang}")
    assert page.locator("html").get_attribute("lang") == lang
    assert widths(page) == {}
    assert faults(page) == []


@pytest.mark.parametrize("path", PATHS)
def test_no_fault_no_sideways_scroll_no_complaint(doubtful, page, document, path):
    for lang in ("vi", "en"):
        look_at(page, doubtful, path.format(id=document), lang)
    said = [each for each in page.complaints if "/nothing" not in each]
    page.complaints.clear()
    assert said == []


def _answers(client, plan, csrf) -> Iterator[httpx.Response]:
    """What is answered to forms that cannot be done, each as a page."""
    place, review = _place(plan.items[0], "tasks"), f"/review/{plan.document.id}"
    form = {**place, "bbox": ",".join(map(str, place["bbox"])), "csrf": csrf, "doubt": "1"}
    yield client.post(f"{review}/say", data={**form, "verdict": "correct", "value": LONG * 2})
    yield client.post(f"/documents/{plan.document.id}/head", data={"csrf": csrf, "unit": LONG})
    yield client.post("/agencies/decide", data={"csrf": csrf, "everywhere": "x", "value": "y"})
    yield client.post("/groups", data={"csrf": "of another"})


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_is_answered_to_forms_that_cannot_be_done(doubtful, page, document, lang):
    plan = doubtful.plan("muoi-ba")
    with doubtful.client() as client:
        client.cookies.set("phuluc_lang", lang)
        answers = list(_answers(client, plan, _csrf(client, plan)))
        with full_disk(doubtful):
            form = {"csrf": _csrf(client, plan), "unit": LONG, "base": "99"}
            answers.append(client.post(f"/documents/{document}/head", data=form))
        kept = doubtful.out / "plans" / "muoi-ba.json"
        content = kept.read_bytes()
        kept.write_bytes(b"{")
        answers.append(client.get(f"/documents/{document}"))
        kept.write_bytes(content)
    assert [answer.status_code for answer in answers] == [409, 409, 422, 403, 503, 500]
    for answer in answers:
        show(page, doubtful, answer)
        assert page.locator("html").get_attribute("lang") == lang
        assert (faults(page), widths(page)) == ([], {})


def show(page: Page, served: Served, answer: httpx.Response) -> None:
    """Show the answer to a form as the browser would that had sent it."""
    headers = {"content-type": "text/html; charset=utf-8"}
    headers |= {k: v for k, v in answer.headers.items() if k == "content-security-policy"}
    page.route("**/shown", lambda route: route.fulfill(headers=headers, body=answer.content))
    page.goto(f"{served.base}/shown")
    page.unroute("**/shown")


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> Iterator[Served]:
    """The server of an office that has sent nothing yet, and where everybody logs in."""
    folder = tmp_path_factory.mktemp("empty") / "office"
    (folder / "inbox").mkdir(parents=True)
    (folder / "out").mkdir()
    Accounts(folder / "out").add("an", PASSWORD)
    running = start(folder, "--host", "phuluc.example")
    yield running
    stop(running)


@pytest.fixture(scope="module")
def newcomer(browser, empty) -> Iterator[Page]:
    """Somebody who logs in where nothing has been sent yet."""
    context = browser.new_context(locale="vi-VN")
    opened = context.new_page()
    opened.complaints = watch(opened, empty)
    for lang in ("en", "vi"):
        look_at(opened, empty, "/login?wrong=1", lang)
    opened.get_by_label("Tên").fill("an")
    opened.get_by_label("Mật khẩu").fill(PASSWORD)
    opened.get_by_role("button", name="Đăng nhập").click()
    yield opened
    context.close()


@pytest.mark.parametrize("path", EMPTY)
def test_an_office_that_has_sent_nothing_yet(empty, newcomer, path):
    for lang in ("vi", "en"):
        look_at(newcomer, empty, path, lang)
    assert newcomer.complaints == []


def test_offers_of_another_file(office, enter):
    """The same unit and year: what was corrected there is offered here by its text."""
    one, other = office.next_document(), office.next_document()
    place = _place(one.plan().items[0], "partners")
    asked = {"document": one.plan().document.id, **place, "value": "Phòng Tư pháp"}
    with office.client() as client:
        assert client.post("/api/corrections", json=asked).status_code == 201
    page = enter(office)
    for lang in ("vi", "en"):
        look_at(page, office, f"/review/{other.plan().document.id}/offers", lang)
        assert page.get_by_role("checkbox").count() == 13
        look_at(page, office, "/groups", lang)
        assert page.get_by_role("checkbox").count() > 13


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
