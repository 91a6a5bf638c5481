"""The shipped list holds together: every row has its time, its source and its successors."""

from datetime import timedelta

import pytest

from pipeline.agencies import shipped_office
from pipeline.places.kinds import LAST_DAY_OF_DISTRICTS

ENTRIES = shipped_office().every
ROWS = pytest.mark.parametrize("entry", ENTRIES.values(), ids=lambda entry: entry.id)


@ROWS
def test_it_has_a_source_or_says_that_nothing_is_verified(entry):
    assert entry.source or entry.verified == "no"


@ROWS
def test_no_district_outlives_the_districts(entry):
    if entry.level == "district":
        ends = entry.valid_to or entry.level_to
        assert ends is not None
        assert ends <= LAST_DAY_OF_DISTRICTS


@ROWS
def test_successors_begin_where_it_ends(entry):
    for successor in (ENTRIES[key] for key in entry.successors):
        assert entry.valid_to is not None
        next_day = entry.valid_to + timedelta(days=1)
        follows = successor.valid_from is None or successor.valid_from == next_day
        lives = successor.valid_to is None or successor.valid_to >= next_day
        assert (follows and lives) or entry.note


@ROWS
def test_nothing_succeeds_itself(entry):
    seen, ahead = set(), list(entry.successors)
    while ahead:
        key = ahead.pop()
        assert key != entry.id
        if key not in seen:
            seen.add(key)
            ahead += ENTRIES[key].successors


@ROWS
def test_a_level_ends_before_the_agency_does(entry):
    if entry.level_to is not None:
        assert entry.level is not None
        assert entry.valid_to is None or entry.level_to < entry.valid_to
        assert entry.note
