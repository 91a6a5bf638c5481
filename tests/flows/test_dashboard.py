"""The page that `phuluc serve` prints shows runs, tasks and the summary, and asks no other host."""

import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.flows.conftest import SAMPLE, phuluc_command

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium not installed"),
]


@pytest.fixture
def address(tmp_path: Path, environment):
    """The page of a server on which a run has ended, one of whose documents failed."""
    inbox, out, log = tmp_path / "inbox", tmp_path / "out", tmp_path / "log"
    inbox.mkdir()
    shutil.copy(SAMPLE, inbox / "plan.pdf")
    (inbox / "broken.pdf").write_text("This is no PDF.")
    with log.open("w") as file:
        process = subprocess.Popen(
            [
                *phuluc_command(),
                "serve",
                "--inbox",
                inbox,
                "--out",
                out,
                "--cron",
                "* * * * * */15",
            ],
            env={**environment, "PREFECT_RUNNER_POLL_FREQUENCY": "1"},
            stderr=file,
            start_new_session=True,
        )
        try:
            until = time.monotonic() + 90
            while not (out / "dataset" / "datapackage.json").exists():
                assert time.monotonic() < until, log.read_text()
                time.sleep(0.5)
            yield re.search(r"http://127\.0\.0\.1:\d+", log.read_text())[0]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def test_runs_states_and_the_summary_are_seen(address):
    hosts = set()
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        page = browser.new_page()
        page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        expect = sync_api.expect

        page.goto(f"{address}/dashboard")
        expect(page.get_by_text("Task Runs", exact=True)).to_be_visible(timeout=20_000)
        expect(page.get_by_text("Can't connect")).to_have_count(0)

        page.goto(f"{address}/runs")
        run = page.locator("a[href*='/runs/flow-run/']").last
        expect(run).to_be_visible(timeout=20_000)
        page.goto(f"{address}{run.get_attribute('href')}")
        logged = page.get_by_text("25 items, ")
        expect(logged.first).to_be_visible(timeout=20_000)
        expect(page.get_by_text("broken.pdf").first).to_be_visible()
        page.get_by_text("Task Runs", exact=True).first.click()
        expect(page.get_by_text("plan.pdf").first).to_be_visible()
        expect(page.get_by_text("Failed").first).to_be_visible()

        page.goto(f"{address}/artifacts/key/phuluc-batch")
        expect(page.get_by_text("1 failed").first).to_be_visible(timeout=20_000)
        browser.close()
    assert hosts == {address.removeprefix("http://")}
