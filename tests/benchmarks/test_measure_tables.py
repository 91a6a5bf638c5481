"""Items that were invented, and rows that were lost."""

from tests.benchmarks.measure.tables import table_tally

ROWS = [["1", "Nguyễn Văn An", "Chủ tịch"], ["2", "Lê Thị Hoa", ""]]


def counted(items, printed, gold_items=()):
    gold = {"items": list(gold_items), "other_rows": ROWS}
    tally = table_tally(gold, {"items": items}, {"t1": printed})
    return tally.invented, tally.other_rows, tally.other_rows_lost


def test_every_row_found_and_nothing_invented():
    assert counted([], ROWS) == (0, 2, 0)


def test_a_row_may_be_misread_in_one_letter_of_ten():
    assert counted([], [["1", "Nguyễn Vān An", "Chủ tịch"], ROWS[1]]) == (0, 2, 0)
    assert counted([], [["1", "Trần Bình", "Chủ tịch"], ROWS[1]]) == (0, 2, 1)


def test_items_that_gold_has_not_are_invented():
    assert counted([{}, {}], ROWS)[0] == 2
    assert counted([{}, {}], ROWS, [{}])[0] == 1
    assert counted([{}], ROWS, [{}, {}])[0] == 0


def test_items_of_plans_alone_are_counted_otherwise():
    gold = {"items": [{}]}
    assert table_tally(gold, {"items": [{}, {}]}, {}).invented == 0
