"""What goes wrong in an office: a full disk, a file that is gone, forms sent twice or bent."""

import json
import re
import resource
import sqlite3
import threading
import time
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from pipeline.dataset.known_files import KNOWN_FILES
from tests.web.test_connection import doubt, forgive, open_at

NO_LIMIT = resource.RLIM_INFINITY


@contextmanager
def full_disk(served):
    """No file of the server can grow: what it writes fails as on a full disk."""
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (4096, NO_LIMIT))
    try:
        yield
    finally:
        resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (NO_LIMIT, NO_LIMIT))


def csrf_of(client, served):
    page = client.get(f"/review/{served.plan().document.id}").text
    return re.search(r'data-csrf="([^"]+)"', page)[1]


def place_of(served, column="tasks"):
    found = next(f for f in served.plan().items[0].fragments if f.column == column)
    document = served.plan().document.id
    return {"document": document, "page": found.page, "bbox": found.bbox, "column": column}


def test_what_cannot_be_written_is_told_and_sent_when_there_is_room(one, enter):
    page, typed = open_at(one, enter)
    typed.fill("gõ khi đầy đĩa")
    with full_disk(one):
        page.keyboard.press("Control+Enter")
        expect(page.locator("#panel [data-status]")).to_contain_text("CHƯA LƯU. Máy chủ chưa ghi")
        expect(page.get_by_role("alert")).to_contain_text("CHƯA LƯU: 1 chỗ")
        assert one.said() == []
    expect(doubt(page, 1)).to_have_attribute("data-state", "corrected", timeout=15_000)
    expect(page.get_by_role("alert")).to_be_hidden()
    assert [entry.value for entry in one.said()] == ["gõ khi đầy đĩa"]
    forgive(page, "503")


def test_without_javascript_what_was_typed_is_shown_to_be_sent_again(one, enter):
    page = enter(one, f"/review/{one.plan().document.id}?d=1", java_script_enabled=False)
    page.get_by_role("textbox", name="Chữ đúng").fill("gõ khi đầy đĩa")
    with full_disk(one):
        page.get_by_role("button", name="Lưu và đi tiếp").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("CHƯA LƯU")
        expect(page.get_by_label("Chữ bạn đã gõ")).to_have_value("gõ khi đầy đĩa")
    page.get_by_role("button", name="Thử lại").click()
    expect(page.locator('[data-doubt="1"]')).to_have_attribute("data-state", "corrected")
    assert [entry.value for entry in one.said()] == ["gõ khi đầy đĩa"]
    forgive(page, "503")


def test_a_store_that_another_program_holds_for_a_while_is_waited_for(one):
    asked = {**place_of(one), "value": "Sau khi chờ."}
    held = sqlite3.connect(one.out / "phuluc.sqlite3", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    with one.client() as client:
        csrf_of(client, one)  # a page is shown all the same
        answers = []
        post = threading.Thread(
            target=lambda: answers.append(client.post("/api/corrections", json=asked))
        )
        post.start()
        time.sleep(1)
        assert not answers
        held.execute("ROLLBACK")
        post.join()
    held.close()
    assert [answer.status_code for answer in answers] == [201]


def test_a_file_that_is_taken_away_while_it_is_reviewed_leaves_its_texts(one, enter):
    page, typed = open_at(one, enter)
    expect(page.locator("#panel img.crop")).to_be_visible()
    (one.folder / "inbox" / f"{one.stem}.pdf").unlink()
    (one.out / KNOWN_FILES).unlink()  # it tells of the folder from which this one was copied
    page.reload()
    expect(page.get_by_text("Không có ảnh trang")).to_be_visible()
    expect(page.locator("#panel img.crop")).to_have_count(0)
    typed.fill("Phòng Tư pháp")
    page.get_by_role("button", name="Lưu và đi tiếp").click()
    expect(doubt(page, 1)).to_have_attribute("data-state", "corrected")


def test_letters_are_kept_in_one_form_of_unicode_however_they_were_typed(one):
    asked = {**place_of(one), "value": "Ra\u0300 soa\u0301t thu\u031b\u0309 😀 \u0000"}
    with one.client() as client:
        assert client.post("/api/corrections", json=asked).status_code == 201
        item = client.get(f"/api/documents/{asked['document']}").json()["items"][0]
    assert one.said()[0].value == "Rà soát thử 😀 \ufffd"
    assert item["tasks"] == ["Rà soát thử 😀 \ufffd"]


def test_a_form_that_is_sent_twice_does_one_thing(one):
    place = place_of(one)
    count = len(one.plan().items)
    with one.client() as client:
        form = {
            "csrf": csrf_of(client, one), "page": place["page"], "row_tasks": "Việc mới.",
            "bbox": ",".join(map(str, place["bbox"])), "base": "0", "at": "",
        }  # fmt: skip
        for _ in range(2):
            answer = client.post(f"/review/{place['document']}/rows", data=form)
            assert answer.headers["location"].endswith("said=saved")
        items = client.get(f"/api/documents/{place['document']}").json()["items"]
    assert len(items) == count + 1
    assert len(one.said()) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"value": "x" * 20_001},
        {"value": "x", "base": "x"},
        {"value": "x", "base": 10**30},
        {"value": "x", "page": "1;"},
        {"value": "x", "bbox": [1, 2]},
        {"value": "x", "bbox": ["nan", 0, 1, 1]},
        {"value": "x", "field": "lead[99]"},
        {"value": "x", "field": "tasks[99]"},
        {"verdict": ["correct"], "value": "x"},
        {"verdict": "undo", "undoes": "x"},
        {"document": 5, "value": "x"},
        {},
    ],
)
def test_a_request_that_makes_no_sense_is_refused_with_its_reason(shared, asked):
    with shared.client() as client:
        answer = client.post("/api/corrections", json={**place_of(shared), **asked})
    assert answer.status_code == 422
    assert answer.json()["message"]


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/review/{id}/say", {"doubt": "x", "verdict": "confirm"}),
        ("/review/{id}/say", {"doubt": "9" * 30, "verdict": "cry"}),
        ("/documents/{id}/head", {"base": "x"}),
        ("/review/{id}/rows", {"row_tasks": ""}),
        ("/inbox/again", {"number": "9" * 30}),
        ("/agencies/undo", {"number": "x"}),
        ("/groups", {"member": "[1]", "verdict": "confirm"}),
        ("/groups", {"member": json.dumps(["x", "x", "1,1", "x", "x"]), "verdict": "correct"}),
    ],
)
def test_a_bent_form_is_no_failure_of_the_program(shared, path, form):
    with shared.client() as client:
        address = path.format(id=shared.plan().document.id)
        answer = client.post(address, data={"csrf": csrf_of(client, shared), **form})
    assert answer.status_code in (303, 422)


@pytest.mark.parametrize("said", ["correction.none", "correction.", "{}", "nav.start"])
def test_an_address_that_was_bent_tells_nothing(shared, said):
    with shared.client() as client:
        address = f"/review/{shared.plan().document.id}"
        assert client.get(address, params={"said": said}).status_code == 200


@pytest.mark.parametrize("box", ["nan,1,1,1", "900,900,950,950", "1,1,1", "x", "9,9,1,1"])
def test_a_place_that_is_on_no_page_has_no_picture(shared, box):
    sha256 = shared.plan().document.sha256
    with shared.client() as client:
        assert client.get(f"/crops/{sha256}/1.jpg", params={"box": box}).status_code == 404
