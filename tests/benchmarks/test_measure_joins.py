"""Joins, table joins and dropped headers as they are counted, on plans made by hand."""

import json

from pipeline.agencies import shipped_office
from pipeline.extract import extract_document
from pipeline.job import Job
from pipeline.settings import Settings
from tests.benchmarks.measure.documents import CorpusDocument
from tests.benchmarks.measure.joins import join_tally, wrong_boundaries
from tests.benchmarks.measure.run import measure
from tests.benchmarks.measure.tally import Hits, Tally
from tests.benchmarks.provenance import ROOT

SAMPLES = ROOT / "samples"
SEED = "chi-lang-papi-2024"


def broken(runs_on: dict[int, bool], repeat_header: bool = True, **changes) -> dict:
    """Gold of one table, and over which of its pages a row runs on."""
    return {
        "items": [],
        "sections": [],
        "appendices": [{"pages": [min(runs_on) - 1, max(runs_on)]}],
        "boundaries": [{"page": page, "runs_on": on} for page, on in runs_on.items()],
        "repeat_header": repeat_header,
    } | changes


def joined(*pages_of_items: list[int], decisions=()) -> dict:
    return {
        "items": [{"joins": [{"page": page} for page in pages]} for pages in pages_of_items],
        "decisions": [{"what": w, "page": p, "taken": t} for w, p, t in decisions],
    }


def test_a_row_over_three_pages_is_two_joins():
    gold = broken({2: True, 3: True, 4: False})
    assert join_tally(gold, joined([2, 3])).row_joins == Hits(right=2)
    assert join_tally(gold, joined([2])).row_joins == Hits(right=1, missed=1)
    assert join_tally(gold, joined([2, 3], [4])).row_joins == Hits(right=2, wrong=1)


def test_a_second_join_over_the_same_page_is_wrong():
    gold = broken({2: True})
    tally = join_tally(gold, joined([2], [2]))
    assert tally.row_joins == Hits(right=1, wrong=1)
    assert wrong_boundaries(gold, joined([2], [2])) == [2]


def test_every_boundary_is_asked_also_one_that_gold_does_not_know():
    gold = broken({2: True, 3: False, 4: True})
    plan = joined([2], [9])
    tally = join_tally(gold, plan)
    assert wrong_boundaries(gold, plan) == [4, 9]
    assert (tally.boundaries, tally.boundaries_right) == (4, 2)


def test_joins_are_not_measured_where_gold_knows_nothing_of_pages():
    assert join_tally({"items": []}, joined([2])) == Tally()
    assert wrong_boundaries({"items": []}, joined([2])) == []


def test_a_table_join_is_what_the_first_grid_of_a_page_does():
    gold = broken({2: True, 3: True})
    notes_below = [("table_join", 2, True), ("table_join", 3, True), ("table_join", 3, False)]
    assert join_tally(gold, joined(decisions=notes_below)).table_joins == Hits(right=2)
    refused = [("table_join", 2, True), ("table_join", 3, False), ("table_join", 3, True)]
    assert join_tally(gold, joined(decisions=refused)).table_joins == Hits(right=1, missed=1)


def test_two_appendices_must_not_be_joined():
    gold = broken({2: True}, appendices=[{"pages": [1, 2]}, {"pages": [3, 4]}])
    taken = [("table_join", page, True) for page in (2, 3, 4)]
    assert join_tally(gold, joined(decisions=taken)).table_joins == Hits(right=2, wrong=1)


def test_a_frame_above_the_table_on_its_first_page_is_no_page_break():
    gold = broken({3: False})
    taken = [("table_join", 2, True), ("table_join", 3, True)]
    assert join_tally(gold, joined(decisions=taken)).table_joins == Hits(right=1)


def test_a_heading_alone_at_the_foot_begins_the_table():
    gold = broken({3: False}, sections=[{"page": 1, "appendix": 0}])
    tally = join_tally(gold, joined(decisions=[("table_join", 2, True)]))
    assert tally.table_joins == Hits(right=1, missed=1)
    assert tally.boundaries == 2


def test_headers_are_dropped_where_they_are_repeated_and_nowhere_else():
    drops = joined(decisions=[("header_drop", 2, True), ("header_drop", 3, False)])
    assert join_tally(broken({2: True, 3: True}), drops).header_drops == Hits(right=1, missed=1)
    never = broken({2: True, 3: True}, repeat_header=False)
    assert join_tally(never, drops).header_drops == Hits(wrong=1)


def test_a_real_plan_is_counted_and_a_join_switched_off_is_missed(tmp_path):
    gold = json.loads((SAMPLES / f"{SEED}.gold.json").read_text(encoding="utf-8"))
    # As the eye sees it: rows run on onto pages 2 and 3, the others begin with a row.
    breaks = broken({2: True, 3: True, 4: False, 5: False, 6: False}, sections=gold["sections"])
    for section in gold["sections"]:
        section |= {"page": 1, "appendix": 0}
    gold_path = tmp_path / "x.gold.json"
    gold_path.write_text(json.dumps(breaks | gold), encoding="utf-8")
    sample = CorpusDocument(SAMPLES / f"{SEED}.pdf", gold_path, "digital", "T1")
    whole = measure(
        sample, extract_document(Job(sample.path, sample.path.name, Settings(), shipped_office()))
    )
    assert (whole.tally.matched, whole.tally.exact, whole.wrong_boundaries) == (25, 25, ())
    assert whole.tally.row_joins == Hits(right=2)
    assert whole.tally.table_joins == whole.tally.header_drops == Hits(right=5)
    assert whole.tally.pages == whole.tally.boundaries + 1 == 6
    assert dict(whole.produced_by)["registry"]
    cut = measure(
        sample,
        extract_document(
            Job(sample.path, sample.path.name, Settings(join_rows=False), shipped_office())
        ),
    )
    assert cut.wrong_boundaries == (2, 3)
    assert cut.tally.row_joins == Hits(missed=2)
    assert cut.tally.item_f1 < 1
