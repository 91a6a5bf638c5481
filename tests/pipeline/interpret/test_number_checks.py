"""Numbers of rows and sections against their order."""

import pytest

from pipeline.interpret.number_checks import NumberChecks, Numbered

GAP, AGAIN, BACK = "numbering_gap", "numbering_repeated", "numbering_out_of_order"


def row(label):
    """ "[II" is a heading, "3=" stands in one cell with the number above."""
    return Numbered(label.strip("[="), label.startswith("["), label.endswith("="))


def faults(*labels):
    return NumberChecks().faults([row(label) for label in labels])


@pytest.mark.parametrize(
    "labels",
    [
        ("1", "2", "3"),
        ("[I", "1", "2", "[II", "1", "2"),  # anew beneath each heading
        ("[I", "1", "2", "[II", "3", "4"),  # or counted on
        ("1", "1.1", "1.2", "2", "2.1", "2.2"),
        ("1", "a", "b", "2", "a", "b"),
        ("a", "b", "c", "d", "e"),  # without đ
        ("a", "b", "c", "d", "đ", "e"),
        ("1", "", "3", "4"),  # a number was left out, its row was not
        ("1", "", "2"),
        ("3", "3=", "3="),
        ("[A", "[I", "1", "[II", "2", "[B", "[I", "3"),
        ("", "", ""),
        ("", "2", "3"),
        ("[I", "1", "2", "[II", "", "2", "[III", "", "", "3"),
        ("c", "d"),  # a list that began elsewhere
    ],
)
def test_lists_that_are_in_order(labels):
    labels = ("1", "2", *labels) if labels[0] == "3" else labels
    assert not any(faults(*labels))


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("1", "2", "5", "6"), ["", "", GAP, ""]),
        (("1", "", "4"), ["", "", GAP]),
        (("4", "5"), [GAP, ""]),
        (("[I", "1", "[III", "2"), ["", "", GAP, ""]),
        (("[I", "1", "[II", "4"), ["", "", "", GAP]),
        (("1.1", "1.3"), ["", GAP]),
        (("1.1", "2.2"), ["", GAP]),
        (("1", "2", "2", "4"), ["", "", AGAIN, ""]),  # the third is meant
        (("1", "2", "2", "3"), ["", "", AGAIN, ""]),
        (("[I", "[II", "[II"), ["", "", AGAIN]),
        (("1", "2", "1", "2"), ["", "", BACK, ""]),
        (("1", "2", "3", "2", "5"), ["", "", "", BACK, GAP]),
    ],
)
def test_faults_are_named_where_they_stand(labels, expected):
    assert faults(*labels) == expected


def test_another_table_counts_on_or_begins_anew():
    checks = NumberChecks()
    assert checks.faults([row("1"), row("2")]) == ["", ""]
    checks.next_table()
    assert checks.faults([row("3"), row("4")]) == ["", ""]
    checks.next_table()
    assert checks.faults([row("1"), row("2")]) == ["", ""]
    checks.next_table()
    assert checks.faults([row("5")]) == [GAP]
