"""The pages as a person has them: the real command, and Debian's Chromium before it."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from tests.web.office import (
    PASSWORD,
    Served,
    draw_doubtful,
    make_folder,
    make_full_folder,
    start,
    stop,
)
from web.access.accounts import Accounts

CHROMIUM = "/usr/bin/chromium"

expect.set_options(timeout=20_000)  # ms: a machine that does other things besides is slow


def _served(
    made: Path, folder: Path, *options: str, accounts: Sequence[str] = ()
) -> Iterator[Served]:
    """A server of a copy of a folder that was made once."""
    office = folder / "office"
    shutil.copytree(made, office)
    for name in accounts:
        Accounts(office / "out").add(name, PASSWORD)
    running = start(office, *options)
    yield running
    stop(running)


@pytest.fixture(scope="session")
def extracted_folder(tmp_path_factory) -> Path:
    return make_folder(tmp_path_factory.mktemp("read") / "office")


@pytest.fixture(scope="session")
def shared(extracted_folder, tmp_path_factory) -> Iterator[Served]:
    """A server for tests that change nothing."""
    yield from _served(extracted_folder, tmp_path_factory.mktemp("shared"))


@pytest.fixture(scope="session")
def doubtful_folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("doubtful")
    return make_folder(folder / "office", draw_doubtful(folder / "muoi-ba.pdf"))


@pytest.fixture(scope="module")
def doubtful(doubtful_folder, tmp_path_factory) -> Iterator[Served]:
    """A server with a document of thirteen doubts, for the tests of one module."""
    yield from _served(doubtful_folder, tmp_path_factory.mktemp("thirteen"))


@pytest.fixture(scope="session")
def full_folder(tmp_path_factory) -> Path:
    return make_full_folder(tmp_path_factory.mktemp("full") / "office")


@pytest.fixture(scope="module")
def office(full_folder, tmp_path_factory) -> Iterator[Served]:
    """A server for the tests of one module, each of which has a document of its own."""
    yield from _served(full_folder, tmp_path_factory.mktemp("many"))


@pytest.fixture
def one(office) -> Served:
    """A document of thirteen doubts that no other test touches, on the server of the module."""
    return office.next_document()


@pytest.fixture
def served(extracted_folder, tmp_path) -> Iterator[Served]:
    """A server of its own, for a test that ends it or looks at the whole folder."""
    yield from _served(extracted_folder, tmp_path)


@pytest.fixture(scope="module")
def _office_of_two(full_folder, tmp_path_factory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("two")
    options = ("--host", "phuluc.example", "--second-person")
    yield from _served(full_folder, folder, *options, accounts=("an", "binh"))


@pytest.fixture
def office_of_two(_office_of_two) -> Served:
    """A document on a server behind a proxy, as for several people: An and Bình have accounts."""
    return _office_of_two.next_document()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--disable-dev-shm-usage", "--no-sandbox"]
        )
        yield opened
        opened.close()


def watch(page: Page, served: Served) -> list[str]:
    """Note what the browser complains of, and every request to another host."""
    complaints: list[str] = []

    def said(message: ConsoleMessage) -> None:
        # A page that looks who else is there, while its server is away, is no fault.
        away = "ERR_CONNECTION_REFUSED" in message.text and message.location["url"].endswith(
            "/here"
        )
        if message.type == "error" and not away:
            complaints.append(f"{message.text} {message.location['url']}")

    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((served.base, "data:"))
            else complaints.append(f"asked {request.url}")
        ),
    )
    return complaints


@pytest.fixture
def enter(browser) -> Iterator[Callable[..., Page]]:
    """A new person at a server; what the browser complains of fails the test."""
    contexts: list[BrowserContext] = []
    pages: list[Page] = []

    def come_in(served: Served, path: str = "/", user: str = "", **options: object) -> Page:
        context = browser.new_context(
            locale="vi-VN", **{"viewport": {"width": 1366, "height": 768}, **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.complaints = watch(page, served)
        pages.append(page)
        page.goto(served.entry)
        if user:
            page.get_by_label("Tên").fill(user)
            page.get_by_label("Mật khẩu").fill(PASSWORD)
            page.get_by_role("button", name="Đăng nhập").click()
        if path != "/":
            page.goto(served.base + path)
        return page

    yield come_in
    for context in contexts:
        context.close()
    assert [each for page in pages for each in page.complaints] == []
