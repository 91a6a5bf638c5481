"""What is asked of the database, answered alike by both."""

import pytest

from pipeline.dataset.store.database import database, reading
from pipeline.dataset.store.facets import facets
from pipeline.dataset.store.fill import fill
from pipeline.dataset.store.search import FACETS, find_items
from schemas.plan import IssuedOn, Timeframe
from tests.pipeline.dataset.published import put


@pytest.fixture
def connection(url, make_plan, make_item, unknown_agency, tmp_path):
    soon = Timeframe(raw="Trước 30/6/2024", kind="deadline", end="2024-06-30")
    always = Timeframe(raw="Thường xuyên", kind="continuous")
    plans = {
        "a": make_plan(
            "a.pdf",
            (
                make_item(1, title="Xây dựng nông thôn mới", timeframe=soon),
                make_item(2, title="Đối thoại", tasks=("Về nông thôn; mới",), timeframe=always),
            ),
            plan_number="20",
        ),
        "b": make_plan(
            "b.pdf",
            (make_item(1, title="Đường sá", lead=(unknown_agency,), flags=("low_confidence",)),),
            plan_number="3",
            unit="huyện Bình Gia",
        ),
    }
    for name, plan in plans.items():
        put(tmp_path, name, plan)
    with database(url) as engine:
        fill(engine, tmp_path)
        with reading(engine) as opened:
            yield opened


@pytest.fixture
def versions(make_plan, make_item, unknown_agency):
    """Agencies in both roles of one item, and a plan of which a later one took the place."""
    accepted = {"score": 1.0, "method": "exact", "status": "accepted"}
    health, both = (
        unknown_agency.model_copy(update={"raw": name, "name": name, **accepted})
        for name in ("Sở Y tế", "Sở Tài chính")
    )
    soon = Timeframe(raw="Trước 30/6/2024", kind="deadline", end="2024-06-30")
    rows = (
        make_item(1, title="Nông thôn mới", lead=(health, both), partners=(both,), timeframe=soon),
        make_item(2, lead=(both,), partners=(health, unknown_agency), papi_dimension="1"),
    )
    first, later = IssuedOn(day=1, month=5, year=2024), IssuedOn(day=9, month=5, year=2024)
    return {
        "a": make_plan("a.pdf", rows, plan_number="3", issued_on=first),
        "b": make_plan("b.pdf", rows[:1], plan_number="3", issued_on=later),
        "c": make_plan("c.pdf", rows, plan_number="9", unit="huyện Bình Gia"),
    }


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, ["Đường sá", "Xây dựng nông thôn mới", "Đối thoại"]),
        ({"q": "nong thon moi"}, ["Xây dựng nông thôn mới", "Đối thoại"]),
        ({"q": "Nông thôn, mới!"}, ["Xây dựng nông thôn mới", "Đối thoại"]),
        ({"q": "duong sa"}, ["Đường sá"]),
        ({"q": "DOI THOAI"}, ["Đối thoại"]),
        ({"q": "thon nong"}, []),
        ({"q": '" OR *'}, []),
        ({"unit": "huyện Bình Gia"}, ["Đường sá"]),
        ({"role": "lead", "unit": "huyện Bình Gia"}, ["Đường sá"]),
        ({"role": "partner"}, []),
        ({"kind": "continuous"}, ["Đối thoại"]),
        ({"month": "2024-06", "kind": "deadline"}, ["Xây dựng nông thôn mới"]),
        ({"flag": "low_confidence"}, ["Đường sá"]),
        ({"q": "nong thon", "kind": "deadline"}, ["Xây dựng nông thôn mới"]),
    ],
)
def test_items_are_found(connection, asked, titles):
    found = find_items(connection, asked, limit=None)
    assert [row["title"] for row in found.rows] == titles
    assert found.count == len(titles)


def test_pages_of_what_was_found(connection):
    first, second = (find_items(connection, {}, limit=2, offset=n) for n in (0, 2))
    assert [len(first.rows), len(second.rows)] == [2, 1]


def test_facets_count_items(connection):
    counted = facets(connection, {})
    assert counted["unit"] == [("huyện Chi Lăng", 2), ("huyện Bình Gia", 1)]
    assert counted["flag"] == [("low_confidence", 1)]
    assert counted["role"] == [("lead", 3)]
    assert counted["month"][0] == ("2024-06", 2)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"unit": "huyện Chi Lăng"},
        {"role": "partner"},
        {"agency": "Sở Y tế", "role": "lead"},
        {"agency": "Tổ công tác 35"},
        {"q": "nong thon", "kind": "deadline"},
        {"q": "không có chữ này"},
    ],
)
def test_a_facet_counts_what_is_found_with_its_value(url, versions, tmp_path, asked):
    for name, plan in versions.items():
        put(tmp_path, name, plan)
    with database(url) as engine:
        fill(engine, tmp_path)
        with reading(engine) as connection:
            counted = facets(connection, asked)
            assert counted.keys() == set(FACETS)
            for name, values in counted.items():
                for value, count in values:
                    found = find_items(connection, {**asked, name: value}, limit=None)
                    assert (name, value, found.count) == (name, value, count)


def test_what_is_gone_is_found_no_more(url, make_plan, make_item, tmp_path):
    put(tmp_path, "a", make_plan("a.pdf", (make_item(1, title="Cầu đường"),)))
    with database(url) as engine:
        fill(engine, tmp_path)
        put(tmp_path, "a", make_plan("a.pdf", (make_item(1, title="Trường học"), make_item(2))))
        fill(engine, tmp_path)
        with reading(engine) as connection:
            assert find_items(connection, {"q": "cau duong"}, limit=9).rows == []
            assert find_items(connection, {"q": "truong hoc"}, limit=9).count == 1


def test_days_are_text_on_both(connection):
    days = {row["timeframe_end"] for row in find_items(connection, {}, limit=9).rows}
    assert "2024-06-30" in days
    assert {type(day) for day in days} <= {str, type(None)}
