"""The benchmark of cells: its truth is sound, it counts what is wrong, and the marks are kept."""

from pipeline.agencies import shipped_office
from tests.benchmarks.agencies.cells import Case, clean_cells
from tests.benchmarks.agencies.measure import Miss, added, judge, seconds
from tests.benchmarks.agencies.names import CONTEXTS, pool
from tests.benchmarks.agencies.slips import misread_cells


def test_the_same_seed_gives_the_same_distinct_cells():
    cells = clean_cells(300, 4)
    assert cells == clean_cells(300, 4)
    assert len({(case.text, case.context) for case in cells}) == 300
    assert misread_cells(100, 4) == misread_cells(100, 4)


def test_truth_holds_agencies_of_the_registry():
    entries = shipped_office().registry().entries
    for case in clean_cells(500, 5):
        for key in (*case.truth, *(case.partners or ())):
            assert key in entries or key.startswith("!"), case


def test_each_issuer_has_a_hundred_ways_to_write_agencies():
    assert all(len(pool(context)) > 100 for context in CONTEXTS)


def test_what_is_wrong_is_counted():
    misses: list[Miss] = []
    cases = [
        Case("a", "Phòng Nội vụ", CONTEXTS[0], ("phong-noi-vu",)),
        Case("a", "Phòng Nội vụ", CONTEXTS[0], ("phong-tu-phap",)),
        Case("b", "Đội Xe", CONTEXTS[0], ("!Đội Xe",)),
    ]
    tallies = judge(cases, misses)
    assert (tallies["a"].right, tallies["a"].missed, tallies["a"].wrong) == (1, 1, 1)
    assert (tallies["a"].accepted_wrong, tallies["a"].precision) == (1, 0.5)
    assert tallies["b"].f1 == 1
    assert [miss.accepted_wrong for miss in misses] == [True]


def test_marks_on_a_small_run():
    """Those of the specification; the long run prints them with their n."""
    clean = judge([c for c in clean_cells(1200, 6) if not c.kind.startswith("unknown")], [])
    scans = judge(misread_cells(800, 6), [])
    assert added(clean.values()).f1 >= 0.995
    assert scans["office scan"].f1 >= 0.985
    both = added([*clean.values(), *scans.values()])
    assert both.statuses["accepted"] > 4000
    assert both.accepted_wrong <= 1
    assert both.share("accepted") > 0.85


def test_time_is_of_this_process():
    cells = clean_cells(50, 7)
    assert 0 < seconds(cells, 60) < 20
