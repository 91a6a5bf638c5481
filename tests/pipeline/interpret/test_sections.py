"""Sections and what they stand beneath."""

from pipeline.interpret.sections import SectionStack
from pipeline.language.markers import classify


def parents(*labels):
    stack = SectionStack()
    return [
        stack.enter(f"s{i}", classify(label) if label else None)
        for i, label in enumerate(labels, 1)
    ]


def test_flat():
    assert parents("I", "II", "III") == [None, None, None]


def test_two_levels():
    assert parents("I", "1", "2", "II", "1") == [None, "s1", "s1", None, "s4"]


def test_decimals_by_their_depth():
    assert parents("1", "1.1", "1.2", "2", "2.1") == [None, "s1", "s1", None, "s4"]


def test_without_markers():
    assert parents("", "", "") == [None, None, None]


def test_an_item_stands_in_the_innermost():
    stack = SectionStack()
    stack.enter("s1", classify("I"))
    stack.enter("s2", classify("1"))
    assert stack.current == "s2"
