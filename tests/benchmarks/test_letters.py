"""What the comparison of letters counts."""

from tests.benchmarks.letters import Letters, letters_of

TASKS = "rà soát chi phí của các xã trên địa bàn huyện"


def plan(*texts: str, flags=()):
    items = [
        {"title": "", "lead_in": None, "tasks": [text], "flags": list(flags)} for text in texts
    ]
    return {"items": items}


def test_letters_are_counted_before_and_after():
    before, after = TASKS.replace("chi phí", "chỉ phị"), TASKS.replace("chi", "chỉ")
    counted = letters_of(plan(TASKS), plan(before), plan(after))
    assert (counted.wrong_before, counted.wrong_after) == (2, 1)
    assert (counted.exact_before, counted.exact_after) == (0, 0)
    assert (counted.harmed, counted.words) == (0, 11)


def test_a_right_word_made_wrong_is_harm_and_a_wrong_one_made_otherwise_wrong_is_none():
    before, after = TASKS.replace("soát", "xoát"), TASKS.replace("rà soát", "rả soạt")
    assert letters_of(plan(TASKS), plan(before), plan(after)).harmed == 1


def test_what_is_wrong_without_a_flag_is_silent():
    wrong = TASKS.replace("chi", "chỉ")
    assert letters_of(plan(TASKS), plan(TASKS), plan(wrong)).silent == 1
    flagged = letters_of(plan(TASKS), plan(TASKS), plan(wrong, flags=["letters_doubtful"]))
    assert (flagged.silent, flagged.flagged, flagged.flagged_right) == (0, 1, 0)
    right = letters_of(plan(TASKS), plan(wrong), plan(TASKS, flags=["low_confidence"]))
    assert (right.flagged_right, right.exact_after) == (1, 1)


def test_items_that_one_of_both_has_not_found_do_not_count():
    other = "tổ chức hội nghị tổng kết"
    counted = letters_of(plan(TASKS, other), plan(TASKS, other), plan(other))
    assert counted == letters_of(plan(other), plan(other), plan(other))
    assert counted + Letters() == counted
