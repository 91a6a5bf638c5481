"""What changed between two plans: rows are told by their words, not by number or place."""

import pytest

from pipeline.dataset.compare import compare
from pipeline.dataset.plans import read_plan
from tests.web.office import SAMPLES

EXPECTED = SAMPLES / "expected" / "plans"
PLAN = read_plan(EXPECTED / "chi-lang-papi-2024.json")
SCAN = read_plan(EXPECTED / "chi-lang-papi-2024-scan.json")


def with_items(*items):
    return PLAN.model_copy(update={"items": tuple(items)})


def kinds(found):
    return [row.kind for row in found.changed]


def test_a_plan_is_the_same_as_itself_and_as_its_scan():
    for other in (PLAN, SCAN):
        found = compare(PLAN, other)
        assert len(found.rows) == len(PLAN.items)
        assert all(row.before.marker == row.after.marker for row in found.rows)
    assert compare(PLAN, PLAN).changed == ()


def test_a_row_put_in_and_one_taken_away_change_no_other():
    items = PLAN.items
    found = compare(with_items(*items[:3], *items[4:]), with_items(*items[:10], *items[11:]))
    assert kinds(found) == ["added", "removed"]
    assert found.changed[0].after == items[3]
    assert found.changed[1].before == items[10]
    # A row that is gone stands where it stood.
    assert found.rows.index(found.changed[1]) == 10


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("tasks", ("Việc khác", *PLAN.items[4].tasks[1:]), "tasks"),
        ("title", PLAN.items[4].title + " năm 2025", "title"),
        ("lead", PLAN.items[0].lead[:0], "lead"),
    ],
)
def test_a_field_that_says_something_else_is_told_with_both_texts(field, value, told):
    changed = PLAN.items[4].model_copy(update={field: value})
    found = compare(PLAN, with_items(*PLAN.items[:4], changed, *PLAN.items[5:]))
    assert kinds(found) == ["changed"]
    (change,) = found.changed[0].fields
    assert change.field == told
    assert change.before != change.after


def test_digits_count_in_what_was_read_and_single_letters_do_not():
    item = SCAN.items[4]
    assert any(fragment.confidence < 1 for fragment in item.fragments)
    slip = item.model_copy(update={"title": item.title.replace("ô", "o", 1)})
    number = item.model_copy(update={"title": item.title + " 8"})
    for other, said in ((slip, []), (number, ["changed"])):
        after = SCAN.model_copy(update={"items": (*SCAN.items[:4], other, *SCAN.items[5:])})
        assert kinds(compare(SCAN, after)) == said


def test_the_title_block_is_compared():
    document = PLAN.document.model_copy(update={"plan_number": "77", "year": 2025})
    found = compare(PLAN, PLAN.model_copy(update={"document": document}))
    assert {each.field: each.after for each in found.head} == {"plan_number": "77", "year": "2025"}
