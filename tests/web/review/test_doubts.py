"""What became of a doubt: also where a newer reading says something else, or has lost the place."""

import pytest
from msgspec.structs import replace

from pipeline.dataset.plans import read_plan
from pipeline.dataset.review import doubts_of
from schemas.correction import Correction
from schemas.geometry import Box
from tests.web.office import SAMPLES
from web.review.doubts import doubts, spot

PLAN = read_plan(SAMPLES / "expected" / "plans" / "chi-lang-papi-2024.json")
PLACE = PLAN.items[0].fragments[1]
SAID = Correction(
    number=1,
    sha256=PLAN.document.sha256,
    field="text",
    read=PLACE.text,
    verdict="correct",
    who="an",
    at="2026-11-02T08:00:00Z",
    program="test",
    page=PLACE.page,
    bbox=Box(*PLACE.bbox),
    column=PLACE.column,
    value="chữ đúng",
)


@pytest.mark.parametrize(
    ("said", "states"),
    [
        (SAID, []),  # as it was read when it was corrected: nothing to look at
        (replace(SAID, read="đọc trước đây"), ["conflict"]),
        (replace(SAID, read="đọc trước đây", value=PLACE.text), []),
        (replace(SAID, bbox=Box(1, 1, 3, 3)), ["orphan"]),
        (replace(SAID, page=99), ["orphan"]),
    ],
)
def test_what_a_newer_reading_does_to_a_correction(said, states):
    shown = [d for d in doubts(PLAN, list(doubts_of(PLAN)), [said]) if d.row is None]
    assert [d.state for d in shown] == states
    assert all(d.said == said for d in shown)


def test_what_was_settled_stays_in_the_list_where_the_reading_does_not_hold_any_more():
    of_head = replace(SAID, number=2, page=None, bbox=None, column="", field="issuer", value="UBND")
    confirmed = replace(SAID, number=3, field="agency", verdict="confirm", value=None)
    found = doubts(PLAN, None, [SAID, of_head, confirmed])
    known = doubts(PLAN, list(doubts_of(PLAN)), [])
    assert [d.row for d in found] == [*(d.row for d in known), None, None]
    shown = found[len(known) :]
    assert [(d.state, d.said) for d in shown] == [("corrected", SAID), ("corrected", of_head)]
    assert [d.number for d in found] == list(range(1, len(found) + 1))


def test_every_doubt_has_its_number_and_place():
    found = doubts(PLAN, list(doubts_of(PLAN)), [])
    assert [d.number for d in found] == list(range(1, len(found) + 1))
    places = [spot(f) for item in PLAN.items for f in item.fragments]
    in_tables = [d for d in found if d.row and d.row.what != "document"]
    assert all(d.place in places for d in in_tables)


def test_a_doubt_about_the_title_block_is_settled_when_it_is_gone():
    document = PLAN.document.model_copy(update={"flags": ("no_issuer",)})
    doubted = PLAN.model_copy(update={"document": document})
    said = replace(SAID, page=None, bbox=None, column="", field="issuer", value="UBND huyện")
    as_read = list(doubts_of(doubted))

    def state(plan):
        found = doubts(plan, as_read, [said])
        return next(d.state for d in found if "no_issuer" in d.row.reasons)

    before, after = state(doubted), state(PLAN)
    assert (before, after) == ("to-review", "corrected")


def test_a_confirmed_title_block_is_doubted_again_where_something_came_up_since():
    def flagged(*flags):
        document = PLAN.document.model_copy(update={"flags": flags})
        return PLAN.model_copy(update={"document": document})

    told = replace(SAID, verdict="confirm", field="document", page=None, bbox=None, column="")
    said = replace(told, read="no_date; no_number", value=None)

    def state(*flags):
        found = doubts(flagged(*flags), list(doubts_of(flagged(*flags))), [said])
        return next(d.state for d in found if d.row.what == "document" and not d.text)

    assert state("no_date", "no_number") == "confirmed"
    assert state("no_date", "no_number", "no_unit") == "to-review"
