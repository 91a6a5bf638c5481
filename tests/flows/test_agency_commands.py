"""`phuluc agencies match | list | add`."""

import json
from errno import EISDIR

import pytest
from typer.testing import CliRunner

from flows import agency_commands, messages
from flows.agency_commands import app
from pipeline.agencies.registry.errors import RegistryError
from pipeline.messages import tell, text


@pytest.fixture(autouse=True)
def office(monkeypatch, tmp_path):
    path = tmp_path / "office" / "agencies.csv"
    monkeypatch.setenv("PHULUC_REGISTRY_OVERLAY", str(path))
    monkeypatch.setenv("COLUMNS", "200")
    return path


@pytest.fixture(params=["vi", "en"])
def lang(request, monkeypatch):
    monkeypatch.setattr(messages, "language", lambda: request.param)
    monkeypatch.setattr(agency_commands, "language", lambda: request.param)
    return request.param


def run(*arguments):
    return CliRunner().invoke(app, list(arguments))


def test_match_as_json():
    result = run("match", "Phòng TN&MT;\\nThanh tra", "--unit", "huyện Chi Lăng", "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert [(a["name"], a["status"], a["unit"]) for a in found] == [
        ("Phòng Tài nguyên và Môi trường", "accepted", "huyện Chi Lăng"),
        ("Thanh tra huyện", "accepted", "huyện Chi Lăng"),
    ]


def test_match_as_table(lang):
    result = run("match", "Phòng Y tá; UBND")
    assert result.exit_code == 0
    for word in {"vi": ("chưa rõ", "cần xem"), "en": ("unresolved", "review")}[lang]:
        assert word in result.stdout


def test_match_nothing_and_markup(lang):
    assert run("match", "...").stdout.strip() == text("agencies.none", lang)
    assert "[/red]" in run("match", "Đội [/red] xe").stdout


def test_a_unit_of_many_namesakes_still_tells_the_level():
    result = run("match", "Phòng Kinh tế", "--unit", "xã Tân Lập", "--json")
    assert json.loads(result.stdout)[0]["agency_id"] == "phong-kinh-te-xa"


@pytest.mark.usefixtures("lang")
def test_an_unknown_unit_is_told():
    result = run("match", "Phòng Nội vụ", "--unit", "Atlantis")
    assert result.exit_code == 0
    assert "Atlantis" in result.stderr


@pytest.mark.usefixtures("lang")
def test_list():
    everything, central = run("list").stdout, run("list", "--level", "central").stdout
    assert "phong-noi-vu" in everything
    assert "Bộ Tư pháp" in central
    assert "phong-noi-vu" not in central


@pytest.mark.usefixtures("lang")
def test_add_and_match(office):
    result = run(
        "add", "Đội Quản lý rừng", "--level", "district", "--kind", "unit", "--alias", "ĐQLR"
    )
    assert result.exit_code == 0
    assert str(office) in result.stdout
    assert json.loads(run("match", "ĐQLR", "--json").stdout)[0]["name"] == "Đội Quản lý rừng"
    again = run("add", "Đội Quản lý rừng", "--level", "district", "--kind", "unit")
    assert again.exit_code == 2
    assert "Đội Quản lý rừng" in again.stderr


def test_a_broken_office_file_is_told(office):
    office.parent.mkdir()
    office.write_text("id,name\n", encoding="utf-8")
    result = run("match", "Phòng Nội vụ")
    assert result.exit_code == 2
    assert str(office) in result.stderr


def test_an_office_file_that_cannot_be_read_is_told(office, lang):
    office.mkdir(parents=True)
    result = run("match", "Phòng Nội vụ")
    assert result.exit_code == 2
    why = RegistryError("file_unusable", path=office, reason=IsADirectoryError(EISDIR, "", ""))
    assert result.stderr.endswith(f": {tell(why, lang)}\n")


@pytest.mark.usefixtures("lang")
def test_a_place_that_cannot_be_written_is_told(office):
    office.parent.write_text("", encoding="utf-8")
    result = run("add", "Đội Xe", "--kind", "unit")
    assert result.exit_code == 2
    assert str(office.parent) in result.stderr


def test_wrong_usage():
    assert run("add", "X", "--kind", "office").exit_code == 2
    assert run("list", "--level", "village").exit_code == 2


def test_the_body_of_a_day_with_what_says_so(lang):
    def matched(day):
        said = run("match", "Cục Thuế", "--unit", "tỉnh Lạng Sơn", "--date", day, "--json").stdout
        (found,) = json.loads(said)
        return found["agency_id"], found["verified"]

    assert matched("2025-02-15") == ("cuc-thue", "extract")
    assert matched("15/4/2025") == ("cuc-thue-tw", "extract")
    table = run("match", "Kho bạc Nhà nước tỉnh", "--date", "2026-03-15").stdout
    assert "385/QĐ-BTC" in " ".join(table.split())
    wrong = run("match", "Cục Thuế", "--date", "hôm nay")
    assert wrong.exit_code == 2
    assert "hôm nay" in wrong.stderr
    assert lang in ("vi", "en")
