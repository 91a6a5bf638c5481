"""The dataset published again, kept and put back, by commands."""

from tests.flows.conftest import SAMPLE


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
    assert phuluc("restore", tmp_path / "kept.zip", "--out", tmp_path / "new").returncode == 0
    assert (tmp_path / "new" / "phuluc.sqlite3").exists()
    wrong = phuluc("restore", SAMPLE, "--out", out)
    assert wrong.returncode == 2
    assert SAMPLE.name in wrong.stderr


def test_a_database_that_is_none_is_told(phuluc, tmp_path):
    result = phuluc("publish", "--out", tmp_path, "--to", "oracle://a:secret@b/c", "--lang", "vi")
    assert result.returncode == 3
    assert "không phải địa chỉ cơ sở dữ liệu" in result.stderr
    assert "secret" not in result.stderr
