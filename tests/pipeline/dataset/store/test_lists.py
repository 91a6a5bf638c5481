"""Lists as people look through them, answered alike by both databases."""

from datetime import date

import pytest

from pipeline.dataset.plans import write_outcome
from pipeline.dataset.store.alike import groups, members
from pipeline.dataset.store.database import database, reading
from pipeline.dataset.store.fill import fill
from pipeline.dataset.store.lists import (
    Totals,
    UnitSent,
    copies_of,
    count_all,
    count_documents,
    count_waiting,
    due_between,
    failures,
    find_document,
    list_documents,
    next_waiting,
    of_contents,
    same_number,
    units_sent,
    waiting,
)
from schemas.failure import Failure
from schemas.outcome import Outcome
from schemas.plan import IssuedOn, Timeframe
from tests.pipeline.dataset.published import put

LATE = Timeframe(raw="Trước 30/6/2030", kind="deadline", end="2030-06-30")


@pytest.fixture
def plans(make_plan, make_item, unknown_agency):
    """A plan without doubts, two with one doubt about one text, and the first version of one."""
    doubted = make_item(1, title="Đường sá", lead=(unknown_agency,))
    first, later = IssuedOn(day=1, month=5, year=2024), IssuedOn(day=9, month=5, year=2024)
    return {
        "a": make_plan("a.pdf", (make_item(1, timeframe=LATE),), plan_number="20"),
        "b": make_plan("b.pdf", (doubted, make_item(2)), plan_number="3", issued_on=later),
        "c": make_plan("c.pdf", (doubted,), plan_number="3", issued_on=first),
        "d": make_plan("Đ 50%.pdf", (doubted,), plan_number="20", unit="huyện Bình Gia"),
    }


@pytest.fixture
def connection(url, plans, tmp_path):
    for name, plan in plans.items():
        put(tmp_path, name, plan)
    with database(url) as engine:
        fill(engine, tmp_path)
        with reading(engine) as opened:
            yield opened


def _files(connection, **asked):
    rows = list_documents(connection, asked, ("source_file",), limit=None)
    assert count_documents(connection, asked) == len(rows)
    return [row["source_file"] for row in rows]


def test_documents_are_found_without_tones_by_file_unit_and_title(connection):
    assert _files(connection) == ["a.pdf", "b.pdf", "c.pdf", "Đ 50%.pdf"]
    assert _files(connection, q="BÌNH gia") == ["Đ 50%.pdf"]
    assert _files(connection, q="d 50%") == ["Đ 50%.pdf"]
    assert _files(connection, q="%") == _files(connection)  # no letter: nothing is asked
    assert _files(connection, unit="huyện Bình Gia", year="2024") == ["Đ 50%.pdf"]
    assert _files(connection, year="1999") == []


def test_a_page_of_the_list_holds_what_waits_in_each(connection):
    rows = list_documents(connection, {}, ("document_id", "flags"), limit=2, offset=1)
    assert [row["open"] for row in rows] == [1, 0]  # of what was replaced nothing waits
    assert rows[0].keys() == {"document_id", "flags", "open"}


def test_what_a_later_version_took_the_place_of_is_not_counted(connection):
    assert count_all(connection) == Totals(documents=4, items=4, open=2, failed=0)
    assert count_waiting(connection) == 2
    found = waiting(connection, limit=9)
    assert [(held.row.source_file, held.open) for held, _ in found] == [
        ("b.pdf", 1),
        ("Đ 50%.pdf", 1),
    ]
    assert [doubt.what for _, doubt in found] == ["agency", "agency"]
    assert [held.name for held, _ in waiting(connection, limit=1, offset=1)] == ["d"]


def test_the_next_document_with_doubts_comes_around(connection, plans):
    def after(name):
        return next_waiting(connection, plans[name].document.id).name

    assert (after("a"), after("b"), after("d")) == ("b", "d", "b")
    held = plans["b"].document.id
    assert next_waiting(connection, plans["a"].document.id, [held]).name == "d"


def test_a_document_is_found_by_id_and_by_content(connection, plans):
    document = plans["b"].document
    held = find_document(connection, document_id=document.id)
    assert held == find_document(connection, sha256=document.sha256)
    assert (held.id, held.name, held.open, held.flags) == (document.id, "b", 1, [])
    assert find_document(connection, document_id="doc-none") is None
    assert of_contents(connection, [document.sha256, "0"]) == {
        document.sha256: (document.id, "b.pdf")
    }
    assert [held.name for held in same_number(connection, held.row)] == ["c"]
    assert [(held.name, kind) for held, kind in copies_of(connection, held.row)] == [
        ("c", "supersedes")
    ]
    (older,) = (each for each, _ in copies_of(connection, held.row))
    assert [kind for _, kind in copies_of(connection, older.row)] == ["superseded"]


def test_deadlines_of_some_days_are_found(connection, plans):
    (row,) = due_between(connection, date(2030, 6, 30), date(2030, 7, 1), limit=9)
    assert (row["document_id"], row["timeframe_end"]) == (plans["a"].document.id, "2030-06-30")
    assert due_between(connection, date(2030, 7, 1), date(2031, 1, 1), limit=9) == []


def test_units_that_have_sent_are_counted_by_year(connection):
    found = units_sent(connection)
    assert {(each.unit, each.documents) for each in found} == {
        ("huyện Bình Gia", 1),
        ("huyện Chi Lăng", 3),
    }
    assert isinstance(found[0], UnitSent)


def test_the_same_doubt_in_several_documents_is_one_group(connection, plans):
    (group,), count = groups(connection, limit=9)
    assert (group.count, count) == (2, 1)
    found = members(connection, group.key, limit=9)
    assert [row.source_file for row, _ in found] == ["b.pdf", "Đ 50%.pdf"]
    assert [sha256 for _, sha256 in found] == [plans[name].document.sha256 for name in ("b", "d")]
    assert groups(connection, found[0][0].text.upper(), limit=9) == ([group], 1)
    assert groups(connection, "khác", limit=9) == ([], 0)


def test_why_a_file_failed_is_told(url, tmp_path):
    failure = Failure(
        source_file="x.pdf", code="empty_file", stage="ingest", page=None, message="Empty.",
        hint="Send it again.", message_vi="Tệp rỗng.", hint_vi="Hãy gửi lại.",
    )  # fmt: skip
    write_outcome(tmp_path, "x", Outcome(source_file="x.pdf", sha256=None, failure=failure))
    with database(url) as engine:
        fill(engine, tmp_path)
        with reading(engine) as connection:
            (row,) = failures(connection, limit=9)
            counts = count_all(connection)
    assert (row.source_file, row.reason_vi) == ("x.pdf", "Tệp rỗng. Hãy gửi lại.")
    assert counts == Totals(documents=0, items=0, open=0, failed=1)
