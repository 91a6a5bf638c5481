"""Pairs are sorted into groups, in the order in which they come."""

from pipeline.groups import grouped


def test_values_by_key_both_in_the_order_in_which_they_came():
    groups = grouped([("b", 2), ("a", 3), ("b", 1)])
    assert list(groups.items()) == [("b", [2, 1]), ("a", [3])]
