"""Weak signals into one score."""

import pytest

from pipeline.stitch.signals import weigh


def test_the_score_is_the_logistic_function_of_the_weighted_sum():
    assert weigh("row_join", {}).score == 0.269  # the bias alone, -1.0
    assert weigh("row_join", {"bullets_go_on": True}).score == 0.401
    assert weigh("row_join", {"short_row": 0.5}).score == 0.401


def test_reasons_are_those_that_held_the_weightiest_first():
    signals = {"bullets_go_on": True, "section_above": True, "full_row": False, "short_row": 0.0}
    assert weigh("row_join", signals).reasons == ("section_above", "bullets_go_on")


def test_of_equal_weight_the_name_decides():
    signals = {"short_row": True, "no_marker": True}
    assert weigh("row_join", signals).reasons == ("no_marker", "short_row")


def test_what_has_no_weight_is_an_error():
    with pytest.raises(KeyError):
        weigh("row_join", {"moon": True})
