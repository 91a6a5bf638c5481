"""Offices side by side in one process, each with its own list, decisions and thresholds."""

import pickle
from datetime import UTC, date, datetime

import pytest

from pipeline.agencies import IssuerContext, Office, match_cell, shipped_office
from pipeline.agencies.registry.decide import Person
from pipeline.settings import Settings
from tests.pipeline.agencies.desk import Desk

DISTRICT = IssuerContext("district", "huyện Chi Lăng", "Lạng Sơn", date(2024, 5, 1))
ME = Person("Lan", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
CELL = "Đội X12; Tổ Y9; Phòng Nội vụ Zx"


@pytest.fixture
def listed(tmp_path):
    desk = Desk(tmp_path / "listed")
    desk.files.agencies.parent.mkdir()
    desk.write("name,level,kind\nĐội X12,district,unit\n")
    return desk


@pytest.fixture
def decided(tmp_path):
    desk = Desk(tmp_path / "decided")
    desk.decide("Tổ Y9", "is", "phong-tu-phap", ME)
    return desk


def ids(office):
    return [a.agency_id for a in match_cell(CELL, DISTRICT, office.registry())]


def test_one_process_serves_several(listed, decided):
    offices = [listed.office, decided.office, shipped_office()]
    wanted = [
        ["doi-x12", None, "phong-noi-vu"],
        [None, "phong-tu-phap", "phong-noi-vu"],
        [None, None, "phong-noi-vu"],
    ]
    for _ in range(2):
        assert [ids(office) for office in offices] == wanted
    assert len({office.version for office in offices}) == 3


def test_thresholds_are_the_offices_own(decided):
    strict = Office.load(decided.files, Settings(agency_accept=1, agency_review=0.99))
    cell = "Phòng Tu pháp"
    assert match_cell(cell, DISTRICT, decided.registry())[0].status == "accepted"
    assert match_cell(cell, DISTRICT, strict.registry())[0].status != "accepted"
    assert (strict.version, strict.digest == decided.office.digest) == (
        decided.office.version,
        False,
    )


def test_files_are_read_once_until_asked_for(decided):
    office = decided.office
    decided.files.decisions.unlink()
    assert ids(office) == [None, "phong-tu-phap", "phong-noi-vu"]
    assert ids(office.current()) == [None, None, "phong-noi-vu"]


def test_it_stays_itself_where_nothing_changed(listed):
    office = listed.office
    assert office.current() is office
    assert office.registry("huyện Văn Lãng") is office.registry()


def test_another_process_gets_the_same(decided):
    office = decided.office
    ids(office)
    handed_on = pickle.loads(pickle.dumps(office))
    assert handed_on == office
    assert ids(handed_on) == ids(office)
    assert handed_on.digest == office.digest
