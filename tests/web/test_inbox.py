"""Files sent through the page: each ends in done or failed, none is read twice, none escapes."""

import asyncio
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.web.office import DOUBTED, SAMPLES, start, stop
from web import inbox

DIGITAL = SAMPLES / "chi-lang-papi-2024.pdf"
PHULUC = [sys.executable, "-c", "import sys; from flows.cli import main; sys.exit(main())"]
OTHER = SAMPLES / "corpus" / "flat-rh-digital.pdf"


def ended(client, count, seconds=60):
    until = time.monotonic() + seconds
    while True:
        queue = client.get("/api/inbox").json()
        if len(queue) == count and all(each["state"] in ("done", "failed") for each in queue):
            return {each["name"]: each for each in queue}
        assert time.monotonic() < until, queue
        time.sleep(0.2)


def test_dropped_files_are_read_without_a_reload(office, enter, tmp_path):
    broken = tmp_path / "Hỏng.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing more")
    page = enter(office, "/inbox")
    page.get_by_label("Thả các tệp vào đây").set_input_files([DIGITAL, broken])
    done = page.locator("tr", has_text=DIGITAL.name)
    expect(done).to_have_attribute("data-state", "done", timeout=60_000)
    failed = page.locator("tr", has_text="Hỏng.pdf")
    expect(failed).to_have_attribute("data-state", "failed", timeout=60_000)
    expect(failed).to_contain_text("Tệp bị hỏng")
    expect(failed.get_by_role("button", name="Thử lại")).to_be_visible()
    done.get_by_role("link", name="Xem lại").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(DIGITAL.name)


def test_a_kill_in_the_middle_loses_none_and_reads_none_twice(served):
    with served.client() as client:
        for path in (DIGITAL, OTHER):
            answer = client.put(f"/api/inbox/{path.name}", content=path.read_bytes())
            assert answer.status_code == 201
    served.process.kill()
    served.process.wait()
    again = start(served.folder)
    try:
        with again.client() as client:
            queue = ended(client, 2)
            assert {each["state"] for each in queue.values()} == {"done"}
            answer = client.put("/api/inbox/khac.pdf", content=DIGITAL.read_bytes())
            assert answer.status_code == 200
            assert len(client.get("/api/inbox").json()) == 2
        assert len(list((served.out / "plans").glob("*.json"))) == 3
    finally:
        stop(again)


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("x.pdf", b"MZ not a document", 415),
        ("leer.pdf", b"", 415),
        ("..%2F..%2F..%2Ftmp%2Fraus-1.pdf", b"%PDF-1.7\n1", 201),
        ("..\\..\\raus-2.pdf", b"%PDF-1.7\n2", 201),
    ],
)
def test_what_is_no_document_leaves_nothing_and_no_name_leads_out(office, name, content, status):
    before = {path.name for path in (office.folder / "inbox").iterdir()}
    with office.client() as client:
        answer = client.put(f"/api/inbox/{name}", content=content)
        assert answer.status_code == status
        after = {path.name for path in (office.folder / "inbox").iterdir()}
        if status == 201:
            assert after - before == {name[-10:]}
        else:
            assert after == before
            assert "Không nhận được" in answer.json()["message"]


def test_too_large_is_told_before_it_is_sent(office):
    with office.client() as client:
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    connection = HTTPConnection(office.base.removeprefix("http://"), timeout=30)
    connection.putrequest("PUT", "/api/inbox/lon.pdf")
    for name, value in (("Content-Length", str(2**31)), ("Cookie", cookie)):
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413
    assert "200 MB" in answer.read().decode()
    connection.close()


def test_too_large_is_told_while_it_is_sent_and_nothing_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(inbox, "LARGEST", 10)

    async def pieces():
        for _ in range(3):
            yield b"%PDF-"

    site = SimpleNamespace(inbox=tmp_path)
    request = SimpleNamespace(app=SimpleNamespace(state=SimpleNamespace(site=site)))
    taken = inbox._take(request, "lớn.pdf", pieces())
    with ThreadPoolExecutor() as threads, pytest.raises(inbox.NotTakenError) as refused:
        threads.submit(asyncio.run, taken).result()  # the browser has the loop of this thread
    assert refused.value.status == 413
    assert list(tmp_path.iterdir()) == []


def test_without_javascript_a_form_takes_files_and_the_folder_is_looked_at(office, enter, tmp_path):
    sent, laid = tmp_path / "gửi qua biểu mẫu.pdf", office.folder / "inbox" / "để sẵn.pdf"
    for path in (sent, laid):
        path.write_bytes(f"%PDF-1.7\n{path.name}".encode())
    page = enter(office, "/inbox", java_script_enabled=False)
    page.get_by_label("Thả các tệp vào đây").set_input_files(sent)
    page.get_by_role("button", name="Gửi").click()
    expect(page.locator("tr", has_text=sent.name)).to_be_visible()
    page.get_by_role("button", name="Đọc cả các tệp").click()
    row = page.locator("tr", has_text=laid.name)
    end = time.monotonic() + 60
    while row.get_attribute("data-state") != "failed":
        assert time.monotonic() < end
        page.reload()
    row.get_by_role("button", name="Thử lại").click()
    expect(row).not_to_have_attribute("data-state", "failed")


def test_a_batch_over_the_same_folder_reads_none_twice(served):
    """The nightly batch and the pages share inbox and results: one writer at a time."""
    with served.client() as client:
        for path in (DIGITAL, OTHER):
            client.put(f"/api/inbox/{path.name}", content=path.read_bytes())
        command = ["batch", "--inbox", served.folder / "inbox", "--out", served.out, "--quiet"]
        environment = {**os.environ, "XDG_CONFIG_HOME": str(served.folder / "config")}
        subprocess.run([*PHULUC, *command], env=environment, check=True, timeout=120)
        queue = ended(client, 2)
        assert {each["state"] for each in queue.values()} == {"done"}
        files = [row["source_file"] for row in client.get("/documents?format=json").json()]
    assert sorted(files) == sorted({DIGITAL.name, OTHER.name, DOUBTED.name})
    assert len(list((served.out / "plans").glob("*.json"))) == 3


def test_a_second_server_of_a_folder_is_refused(office):
    command = ["web", "--out", office.out, "--inbox", office.folder / "inbox", "--port", "0"]
    environment = {**os.environ, "PHULUC_LANG": "vi"}
    second = subprocess.run(
        [*PHULUC, *command], env=environment, capture_output=True, text=True, check=False
    )
    assert second.returncode == 2
    assert str(office.process.pid) in second.stderr
    assert "đang được phục vụ rồi" in second.stderr


def test_what_was_being_sent_at_a_kill_is_taken_away(served):
    stop(served)
    left = served.folder / "inbox" / ".0123456789abcdef.pdf"
    left.write_bytes(b"%PDF-1.7 half of")
    other = served.folder / "inbox" / ".giữ lại.pdf"
    other.touch()
    again = start(served.folder)
    try:
        assert (left.exists(), other.exists()) == (False, True)
    finally:
        stop(again)
