"""How far the review of each document is, and who approved it: in lists and in the dataset."""

import pytest

from pipeline.correct.approval import content_of
from pipeline.correct.log import append
from pipeline.dataset.store.database import database, reading
from pipeline.dataset.store.fill import fill
from pipeline.dataset.store.lists import list_documents, unapproved_documents
from schemas.correction import Correction
from tests.pipeline.dataset.published import frame, publish_plans, put

_NAMES = ("source_file", "review_state", "approved_by")


def _say(out, plan, verdict, **fields):
    entry = Correction(
        number=0, sha256=plan.document.sha256, field="document", read="", verdict=verdict,
        who="bình", at="2026-11-02T08:00:00Z", program="test", **fields,
    )  # fmt: skip
    return append(out, entry, checked=False).number


@pytest.fixture
def plans(make_plan, make_item, unknown_agency):
    """One with a doubt, one without any, and the first version of that one."""
    return {
        "a": make_plan("a.pdf", (make_item(1, lead=(unknown_agency,)),), unit="huyện Bình Gia"),
        "b": make_plan("b.pdf", (make_item(1, title="Mới"),), plan_number="3"),
        "c": make_plan("a c.pdf", (make_item(1, title="Cũ"),), plan_number="3"),
    }


def _states(engine, out):
    fill(engine, out)
    with reading(engine) as connection:
        rows = list_documents(connection, {}, _NAMES, limit=None)
        waits = [held.name for held in unapproved_documents(connection, limit=9)]
        approved = list_documents(connection, {"review_state": "approved"}, _NAMES, limit=None)
    assert [row["source_file"] for row in approved] == [
        row["source_file"] for row in rows if row["review_state"] == "approved"
    ]
    return {r["source_file"]: (r["review_state"], r["approved_by"]) for r in rows}, waits


def test_an_approval_is_seen_without_another_reading_and_gone_when_taken_back(url, plans, tmp_path):
    for name, plan in plans.items():
        put(tmp_path, name, plan)
    with database(url) as engine:
        states, waits = _states(engine, tmp_path)
        assert states == {
            "a c.pdf": (None, None), "a.pdf": ("to_review", None), "b.pdf": ("reviewed", None),
        }  # fmt: skip
        assert waits == ["b"]
        number = _say(tmp_path, plans["b"], "approve", value=content_of(plans["b"]))
        states, waits = _states(engine, tmp_path)
        assert (states["b.pdf"], waits) == (("approved", "bình"), [])
        undo = _say(tmp_path, plans["b"], "undo", undoes=number)
        assert _states(engine, tmp_path)[0]["b.pdf"] == ("reviewed", None)
        _say(tmp_path, plans["b"], "undo", undoes=undo)
        assert _states(engine, tmp_path)[0]["b.pdf"] == ("approved", "bình")


def test_what_was_approved_and_says_something_else_now_is_not_approved(plans, tmp_path):
    _say(tmp_path, plans["b"], "approve", value=content_of(plans["c"]))
    _say(tmp_path, plans["a"], "approve", value=content_of(plans["a"]))
    dataset = publish_plans(tmp_path, list(plans.values())[:2])
    rows = {row["source_file"]: row for row in frame(dataset, "documents").to_pylist()}
    assert (rows["b.pdf"]["review_state"], rows["b.pdf"]["approved_by"]) == ("reviewed", None)
    # Doubts came up since, such as those about a twin: nobody approved it with these.
    assert (rows["a.pdf"]["review_state"], rows["a.pdf"]["approved_by"]) == ("to_review", None)
