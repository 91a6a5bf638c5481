"""The log is added to and never changed; what stands is folded from it."""

import sqlite3

import pytest
from msgspec.structs import replace

from pipeline.correct import log
from pipeline.correct.anchors import pairs
from pipeline.correct.standing import digest, standing
from pipeline.correct.told import Spot
from schemas.correction import Correction
from schemas.geometry import Box

FIRST = Correction(
    number=0,
    sha256="a" * 64,
    field="text",
    read="cũ",
    verdict="correct",
    who="an",
    at="2026-11-02T08:00:00Z",
    program="test",
    page=1,
    bbox=Box(10, 10, 110, 30),
    column="tasks",
    value="mới",
)


def test_numbers_count_and_survive(tmp_path):
    assert log.entries(tmp_path) == []
    assert log.append(tmp_path, FIRST).number == 1
    other = log.append(tmp_path, replace(FIRST, sha256="b" * 64))
    assert other.number == 2
    assert [e.number for e in log.entries(tmp_path)] == [1, 2]
    assert log.entries(tmp_path, "b" * 64) == [other]


@pytest.mark.parametrize(
    "change", ["DELETE FROM correction_log", "UPDATE correction_log SET entry = ''"]
)
def test_nothing_is_taken_back_but_by_another_entry(tmp_path, change):
    log.append(tmp_path, FIRST)
    with (
        sqlite3.connect(tmp_path / log.STORE) as store,
        pytest.raises(sqlite3.IntegrityError, match="never"),
    ):
        store.execute(change)


def test_who_had_not_seen_the_last_entry_is_told_of_it(tmp_path):
    log.append(tmp_path, FIRST)
    late = replace(FIRST, value="khác", bbox=Box(12, 11, 112, 31))
    with pytest.raises(log.ConflictError) as told:
        log.append(tmp_path, late)
    assert told.value.other.value == "mới"
    assert log.append(tmp_path, replace(late, base=1)).number == 2
    assert [e.value for e in log.standing_of(tmp_path, FIRST.sha256)] == ["khác"]


def test_a_form_that_is_sent_twice_is_one_entry(tmp_path):
    row = replace(FIRST, verdict="add_row", field="row")
    assert [log.append(tmp_path, row).number for _ in range(2)] == [1, 1]
    assert log.append(tmp_path, replace(row, base=1)).number == 2  # a second such row is wanted
    assert log.append(tmp_path, replace(row, who="bình")).number == 3
    undo = replace(row, verdict="undo", undoes=2)
    assert [log.append(tmp_path, undo).number for _ in range(2)] == [4, 5]


def test_a_store_that_cannot_be_read_is_no_empty_log(tmp_path, monkeypatch):
    log.append(tmp_path, FIRST)
    monkeypatch.setattr(log, "_TIMEOUT", 0.1)
    with sqlite3.connect(tmp_path / log.STORE, timeout=0, isolation_level=None) as store:
        store.execute("PRAGMA journal_mode = DELETE")
        store.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            log.entries(tmp_path)
        store.execute("ROLLBACK")
    assert len(log.entries(tmp_path)) == 1


def test_undo_redo_and_the_digest_follow():
    entries = [replace(FIRST, number=1), replace(FIRST, number=2, value="hai")]
    undo = replace(FIRST, number=3, verdict="undo", undoes=2, value=None)
    redo = replace(undo, number=4, undoes=3)
    assert [e.value for e in standing(entries)] == ["hai"]
    assert [e.value for e in standing([*entries, undo])] == ["mới"]
    assert [e.value for e in standing([*entries, undo, redo])] == ["hai"]
    assert digest(standing([*entries, undo, redo])) == digest(standing(entries))
    postponed = replace(FIRST, verdict="postpone", value=None)
    assert digest([postponed]) is None


def test_what_is_said_of_the_doubt_leaves_the_value():
    confirmed = replace(FIRST, number=2, verdict="confirm", field="item", value=None)
    assert len(standing([replace(FIRST, number=1), confirmed])) == 2


def test_another_offices_log_is_taken_in_once(tmp_path):
    for value in ("một", "hai"):
        number = len(log.entries(tmp_path / "a"))
        log.append(tmp_path / "a", replace(FIRST, value=value, base=number))
    log.append(tmp_path / "a", replace(FIRST, verdict="undo", undoes=2, value=None))
    taken = log.entries(tmp_path / "a")
    log.append(tmp_path / "b", replace(FIRST, sha256="c" * 64))
    assert log.put_in(tmp_path / "b", taken) == 3
    assert log.put_in(tmp_path / "b", taken) == 0
    assert [e.value for e in log.standing_of(tmp_path / "b", FIRST.sha256)] == ["một"]


def test_each_place_is_the_best_of_the_other():
    old = [Spot(1, (0, 0, 100, 10)), Spot(2, (0, 0, 100, 10))]
    new = [Spot(1, (0, 1, 100, 12)), Spot(1, (0, 0, 100, 11)), Spot(3, (0, 0, 100, 10))]
    assert pairs(old, new) == {0: 1}


def test_a_cell_of_the_file_is_found_wherever_a_rendering_shows_it():
    told = [Spot(1, (0, 0, 100, 10), "1/2/3"), Spot(2, (0, 0, 50, 10))]
    held = [Spot(None, None, "1/2/4"), Spot(None, None, "1/2/3"), Spot(2, (0, 1, 50, 11), "1/9/9")]
    assert pairs(told, held) == {0: 1, 1: 2}


def test_what_came_after_a_number_and_all_where_the_log_is_another_one(tmp_path):
    assert log.entries_after(tmp_path, 7) == (0, [])
    first = log.append(tmp_path, FIRST)
    second = log.append(tmp_path, replace(FIRST, column="other"))
    assert log.entries_after(tmp_path, first.number) == (2, [second])
    assert log.entries_after(tmp_path, second.number) == (2, [])
    assert log.entries_after(tmp_path, 99) == (2, [first, second])


def test_of_many_contents_those_are_told_of_which_something_was_said(tmp_path):
    assert log.entries_of_each(tmp_path, ["a"]) == {}
    entry = log.append(tmp_path, FIRST)
    contents = [f"{number:064x}" for number in range(2000)]
    assert log.entries_of_each(tmp_path, [*contents, FIRST.sha256]) == {FIRST.sha256: [entry]}
