"""Files are found by their content: what lies in the place of another is never shown for it."""

import pytest

from pipeline.dataset.known_files import KnownFile, remember
from pipeline.ingest import sha256_of
from web.state import originals
from web.state.originals import Originals


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def hashed(monkeypatch):
    """The paths that were read for their digest, in their order."""
    paths = []
    monkeypatch.setattr(originals, "sha256_of", lambda path: paths.append(path) or sha256_of(path))
    return paths


@pytest.fixture
def now():
    return [0.0]


def _put(path, text):
    path.write_text(text, "utf-8")
    return sha256_of(path)


def _find(inbox, now, **named):
    by_content = {sha256: name for name, sha256 in named.items()}
    return Originals(inbox.parent / "out", inbox, by_content.get, lambda: now[0]).find


def test_a_file_is_found_by_its_name_and_hashed_once(inbox, now, hashed):
    _put(inbox / "other.pdf", "another")
    sha256 = _put(inbox / "a.pdf", "what was read")
    find = _find(inbox, now, **{"a.pdf": sha256})
    assert [find(sha256) for _ in range(3)] == [inbox / "a.pdf"] * 3
    assert hashed == [inbox / "a.pdf"]


def test_a_file_of_another_name_is_found_and_one_in_its_place_is_not_shown(inbox, now):
    sha256 = _put(inbox / "a.pdf", "what was read")
    find = _find(inbox, now, **{"a.pdf": sha256})
    assert find(sha256) == inbox / "a.pdf"
    _put(inbox / "a.pdf", "something else that is longer")
    assert find(sha256) is None
    _put(inbox / "b.pdf", "what was read")
    now[0] = 11.0
    assert find(sha256) == inbox / "b.pdf"


def test_what_is_gone_is_looked_for_once_in_a_while_and_nothing_hashed_anew(inbox, now, hashed):
    for number in range(5):
        _put(inbox / f"{number}.pdf", f"text {number}")
    find = _find(inbox, now)
    for at in (0.0, 1.0, 30.0):
        now[0] = at
        assert find("0" * 64) is None
    assert len(hashed) == 5


def test_what_a_batch_read_is_not_read_again_unless_it_was_changed(inbox, now, hashed):
    known = []
    for name in ("a.pdf", "b.pdf"):
        sha256, path = _put(inbox / name, name), inbox / name
        status = path.stat()
        file = KnownFile(name, str(path), status.st_size, status.st_mtime_ns, sha256, name, "")
        known.append(file)
    remember(inbox.parent / "out", known)
    changed = _put(inbox / "b.pdf", "changed since")
    find = _find(inbox, now)
    assert [find(known[0].sha256), find(changed)] == [inbox / "a.pdf", inbox / "b.pdf"]
    assert find(known[1].sha256) is None
    assert set(hashed) == {inbox / "b.pdf"}


def test_without_an_inbox_nothing_is_at_hand(tmp_path, now):
    assert _find(tmp_path / "none", now)("0" * 64) is None
