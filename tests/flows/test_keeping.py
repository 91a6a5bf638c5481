"""The dataset published again, kept and put back, by commands."""

from flows.offices import note_office
from tests.flows.conftest import SAMPLE
from web.access.accounts import Accounts


def test_publish_backup_and_restore(phuluc, tmp_path):
    out = tmp_path / "out"
    assert phuluc("extract", SAMPLE, "--out", out, "--quiet").returncode == 0
    unchanged = phuluc("publish", "--out", out)
    assert unchanged.returncode == 0
    assert "Nothing has changed" in unchanged.stdout
    before = (out / "dataset" / "items.csv").read_bytes()
    (out / "dataset" / "items.csv").unlink()
    assert "Published" in phuluc("publish", "--out", out, "--rebuild").stdout
    assert (out / "dataset" / "items.csv").read_bytes() == before
    assert phuluc("backup", tmp_path / "kept.zip", "--out", out).returncode == 0
    restored = phuluc("restore", tmp_path / "kept.zip", "--out", tmp_path / "new")
    assert restored.returncode == 0
    assert "before" not in restored.stdout
    assert (tmp_path / "new" / "phuluc.sqlite3").exists()
    wrong = phuluc("restore", SAMPLE, "--out", out)
    assert wrong.returncode == 2
    assert SAMPLE.name in wrong.stderr


def test_a_database_that_is_none_is_told(phuluc, tmp_path):
    result = phuluc("publish", "--out", tmp_path, "--to", "oracle://a:secret@b/c", "--lang", "vi")
    assert result.returncode == 3
    assert "không phải địa chỉ cơ sở dữ liệu" in result.stderr
    assert "secret" not in result.stderr


def test_a_backup_says_what_it_holds_and_warns_where_the_pages_have_another_office(
    phuluc, environment, tmp_path, monkeypatch
):
    decided = phuluc("agencies", "decide", "sở X", "--new", "Sở X", "--kind", "agency")
    assert decided.returncode == 0, decided.stderr
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setenv("XDG_CONFIG_HOME", environment["XDG_CONFIG_HOME"])
    note_office(out)
    Accounts(out).add("An", "long enough")
    here = phuluc("backup", tmp_path / "kept.zip", "--out", out)
    assert "accounts: 1; decisions about agencies: 1." in here.stdout
    assert "Warning" not in here.stderr
    elsewhere = str(tmp_path / "other")
    other = phuluc("backup", tmp_path / "kept.zip", "--out", out, XDG_CONFIG_HOME=elsewhere)
    assert "accounts: 1; decisions about agencies: 0." in other.stdout
    assert f"not kept: decisions.sqlite3 ({elsewhere}/phuluc/decisions.sqlite3)" in other.stdout
    assert "Warning" in other.stderr
    assert f"{environment['XDG_CONFIG_HOME']}/phuluc/decisions.sqlite3" in other.stderr
