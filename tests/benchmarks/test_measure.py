"""The measurements themselves: what counts as right, missed and wrong, on plans made by hand."""

import copy
import importlib.util
import json
import random
from pathlib import Path

import pytest

from schemas.failure import Failure, FailureCode
from schemas.outcome import Outcome
from tests.benchmarks.measure.content import content_tally
from tests.benchmarks.measure.documents import CorpusDocument, digest, documents
from tests.benchmarks.measure.report import Ground, report
from tests.benchmarks.measure.run import Measured, measure
from tests.benchmarks.measure.tally import Hits, Tally
from tests.benchmarks.measure.text import aligned
from tests.benchmarks.provenance import ROOT, Provenance

SHARED = ROOT.parent / "shared"
ALWAYS = {"kind": "continuous", "start": None, "end": None, "recurrence": None}
FIRST = "Niêm yết công khai kết quả bình xét hộ nghèo tại nhà văn hóa thôn trong 07 ngày"
SECOND = "Tổ chức đối thoại giữa người đứng đầu cấp ủy, chính quyền với Nhân dân mỗi năm hai lần"
THIRD = "Kiểm tra đột xuất việc thu các khoản đóng góp, chấn chỉnh ngay những nơi thu sai quy định"


def wanted(task: str = FIRST, **changes) -> dict:
    return {
        "section": 0,
        "marker": "a",
        "title": "Công khai",
        "lead_in": None,
        "tasks": [f"{task};"],
        "lead_names": ["Phòng Nội vụ"],
        "partner_names": ["Thanh tra huyện", "Công an huyện"],
        "timeframe": ALWAYS,
    } | changes


def found(item: dict, **changes) -> dict:
    """The result's item that says just what a gold item says."""
    return {
        "section_id": None if item["section"] is None else f"s{item['section']}",
        "marker": item["marker"],
        "title": item["title"],
        "lead_in": item.get("lead_in"),
        "tasks": list(item["tasks"]),
        "lead": [agency(name) for name in item["lead_names"]],
        "partners": [agency(name) for name in item["partner_names"]],
        "timeframe": {"raw": "Thường xuyên", **item["timeframe"]},
        "joins": [],
    } | changes


def agency(name: str, status: str = "accepted") -> dict:
    return {"raw": name, "name": None if status == "unresolved" else name, "status": status}


def gold_of(*items: dict, **changes) -> dict:
    return {
        "items": list(items),
        "sections": [{"marker": "1", "title": "Công khai, minh bạch", "appendix": 0, "page": 1}],
        "template": "T1",
        "number": "154",
        "day": "",
        "month": 5,
        "year": 2024,
        "unit": "huyện Chi Lăng",
    } | changes


def plan_of(*items: dict, **changes) -> dict:
    return {
        "document": {
            "plan_number": "154",
            "issued_on": {"day": None, "month": 5, "year": 2024},
            "unit": "huyện Chi Lăng",
        },
        "sections": [{"id": "s0", "title": "Công khai, minh bạch"}],
        "items": list(items),
        "decisions": [],
    } | changes


def figures(gold: dict, plan: dict) -> dict:
    return content_tally(gold, plan).figures()


def test_a_right_result_is_right_in_everything():
    items = [wanted(FIRST), wanted(SECOND, marker="b", section=None)]
    got = figures(gold_of(*items), plan_of(*map(found, items)))
    assert {k: v for k, v in got.items() if v not in (1.0, None)} == {
        "silent": 0,
        "cer": 0,
        "cer_toneless": 0,
    }


def test_a_row_left_split_fails_on_both_sides():
    whole = wanted(f"{FIRST}; {SECOND}")
    parts = [found(whole, tasks=[FIRST]), found(whole, title="", tasks=[SECOND])]
    tally = content_tally(gold_of(whole), plan_of(*parts))
    assert (tally.matched, tally.items, tally.found) == (0, 1, 2)
    assert tally.figures()["cer"] == 1


def test_two_rows_run_together_are_none():
    items = [wanted(FIRST), wanted(SECOND)]
    both = found(items[0], tasks=[FIRST, SECOND])
    assert figures(gold_of(*items), plan_of(both))["item_f1"] == 0


def test_a_lost_end_is_no_match_though_nearly_all_is_there():
    long = " ".join([FIRST, SECOND, THIRD, FIRST, SECOND])
    cut = found(wanted(long), tasks=[long[:-20]])
    assert figures(gold_of(wanted(long)), plan_of(cut))["item_f1"] == 0


def test_items_match_in_order_only():
    pairs = aligned([FIRST, SECOND, THIRD], [SECOND, THIRD, FIRST])
    assert pairs == [(1, 0), (2, 1)]


def test_an_item_that_is_not_in_gold_costs_precision():
    got = figures(gold_of(wanted()), plan_of(found(wanted()), found(wanted(SECOND))))
    assert got["item_f1"] == pytest.approx(2 / 3)


def test_errors_are_counted_with_and_without_tones():
    slip = found(wanted(), tasks=[FIRST.replace("nghèo", "nghẻo").replace("thôn", "thon")])
    tally = content_tally(gold_of(wanted()), plan_of(slip))
    assert (tally.errors, tally.errors_toneless) == (2, 0)
    assert tally.letters == tally.letters_toneless == len(f"Công khai {FIRST}")
    assert tally.exact == 0


def test_a_missed_item_counts_with_all_its_letters_and_agencies():
    tally = content_tally(gold_of(wanted()), plan_of())
    assert tally.errors == tally.letters
    assert tally.agencies == Hits(missed=3)


def test_agencies_of_the_wrong_role_are_wrong_and_missed():
    swapped = found(wanted(), lead=[agency("Công an huyện")])
    tally = content_tally(gold_of(wanted()), plan_of(swapped))
    assert tally.agencies == Hits(right=2, wrong=1, missed=1)
    assert (tally.accepted, tally.accepted_right) == (3, 2)


def test_only_accepted_agencies_count_for_their_precision():
    doubtful = found(
        wanted(),
        lead=[agency("Phòng Nội vu", "review")],
        partners=[agency("Thanh tra huyện"), agency("Công an huyện", "unresolved")],
    )
    tally = content_tally(gold_of(wanted()), plan_of(doubtful))
    assert (tally.accepted, tally.accepted_right) == (1, 1)
    assert tally.agencies == Hits(right=2, wrong=1, missed=1)


@pytest.mark.parametrize(
    ("field", "value", "figure"),
    [
        ("marker", "b", "marker"),
        ("section_id", None, "section"),
        ("timeframe", ALWAYS | {"kind": "recurring", "recurrence": "yearly"}, "timeframe"),
        ("timeframe", None, "timeframe"),
        ("tasks", [FIRST[:40], FIRST[40:]], "task_count"),
    ],
)
def test_one_wrong_field_spoils_its_figure_and_the_row(field, value, figure):
    got = figures(gold_of(wanted()), plan_of(found(wanted(), **{field: value})))
    wrong = {"marker", "section", "timeframe", "task_count", "exact"} & {
        k for k, v in got.items() if v == 0
    }
    assert wrong == {figure, "exact"}


def test_a_wrong_letter_is_silent_where_no_flag_puts_the_row_in_doubt():
    item = wanted(FIRST)
    read = found(wanted(FIRST[:-1] + "x"), confidence=0.95)
    for flags, silent in (((), 1), (("letters_doubtful",), 0)):
        tally = content_tally(gold_of(item), plan_of({**read, "flags": list(flags)}))
        assert (tally.same_text, tally.silent) == (0, silent)
        assert (tally.sureness.items[9], tally.sureness.right[9]) == (1, 0)
    assert content_tally(gold_of(item), plan_of(found(item))).same_text == 1


def test_text_in_the_wrong_field_is_not_exact_unless_the_title_stands_in_the_task_cell():
    moved = found(wanted(), title="", lead_in="Công khai")
    assert figures(gold_of(wanted()), plan_of(moved))["exact"] == 0
    assert figures(gold_of(wanted(), template="T2"), plan_of(moved))["exact"] == 1


def test_each_part_of_the_title_block_counts():
    plan = plan_of(found(wanted()))
    plan["document"] |= {"plan_number": "", "unit": "huyện Văn Quan"}
    assert figures(gold_of(wanted()), plan)["meta"] == 0.6


def test_items_found_where_there_are_none_are_wrong():
    assert content_tally(gold_of(), plan_of()).item_f1 == 1
    assert content_tally(gold_of(), plan_of(found(wanted()))).item_f1 == 0


def test_tallies_add_up_to_figures_over_all_items():
    one = content_tally(gold_of(wanted()), plan_of(found(wanted())))
    none = content_tally(gold_of(wanted(), wanted(SECOND)), plan_of())
    assert (one + none).figures()["item_f1"] == pytest.approx(2 * 1 / (3 + 1))
    assert (one + none).figures()["marker"] == pytest.approx(1 / 3)


def write_gold(folder: Path, stem: str, **content) -> None:
    (folder / f"{stem}.gold.json").write_text(json.dumps(content), encoding="utf-8")


def test_a_gold_covers_the_file_and_its_scans(tmp_path):
    write_gold(tmp_path, "x", template="T1")
    write_gold(tmp_path, "x-y-fax200", layout="dotted", grade="fax200")
    for name in ("x.pdf", "x-scan.pdf", "x-y-fax200.pdf", "xz.pdf", "x.txt"):
        (tmp_path / name).touch()
    assert [(d.path.name, d.grade, d.layout) for d in documents(tmp_path)] == [
        ("x-scan.pdf", "scan", "T1"),
        ("x-y-fax200.pdf", "fax200", "dotted"),
        ("x.pdf", "digital", "T1"),
    ]


def test_the_digest_changes_with_the_gold(tmp_path):
    write_gold(tmp_path, "x", year=2024)
    (tmp_path / "x.pdf").touch()
    before = digest(documents(tmp_path))
    write_gold(tmp_path, "x", year=2025)
    assert digest(documents(tmp_path)) != before


def document(tmp_path: Path, gold: dict) -> CorpusDocument:
    write_gold(tmp_path, "x", **gold)
    return CorpusDocument(tmp_path / "x.pdf", tmp_path / "x.gold.json", "digital", "dotted")


def failed() -> Outcome:
    texts = dict.fromkeys(("message", "hint", "message_vi", "hint_vi"), "")
    failure = Failure(
        source_file="x.pdf", code=FailureCode.CRASHED, stage="read", page=None, **texts
    )
    return Outcome(source_file="x.pdf", sha256=None, failure=failure)


def test_a_failed_document_has_found_nothing(tmp_path):
    gold = gold_of(wanted(), page_count=2, appendices=[{"pages": [1, 2]}], repeat_header=False)
    gold["boundaries"] = [{"page": 2, "runs_on": True}]
    measured = measure(document(tmp_path, gold), failed())
    assert measured.failure == "crashed"
    assert measured.wrong_boundaries == (2,)
    assert measured.tally.failed == 1
    assert measured.tally.item_f1 == 0
    assert measured.tally.row_joins == measured.tally.table_joins == Hits(missed=1)


def test_the_report_states_ground_and_figures_and_faults(tmp_path):
    good = Measured(
        document(tmp_path, {}),
        Tally(documents=1, pages=4, items=9, found=9, matched=9, accepted=20, accepted_right=19),
        (),
        "",
        (("ocr", "tesseract 5"), ("registry", "r1")),
    )
    bad = Measured(
        CorpusDocument(Path("y.pdf"), Path("y.gold.json"), "fax200", "flat"),
        Tally(documents=1, pages=3, items=11, found=10, matched=9, boundaries=2),
        (2, 3),
        "",
        (),
    )
    code = Provenance("0.1.0", "abc1234", "2026-11-20", changed=True)
    text = report([good, bad], Ground("large", "0123456789ab", 7, "2026-11-22", code))
    assert "- Date: 2026-11-22" in text
    assert "phuluc 0.1.0, commit abc1234 with changes not committed; registry r1" in text
    assert "`large`, seed 7, digest 0123456789ab; 2 documents (0 failed), 7 pages, 20 items" in text
    lines = text.splitlines()
    assert any(line.startswith("| digital | 1 | 4 | 9 | 1.0000 |") for line in lines)
    assert any("0.9500 (20)" in line for line in lines)
    assert any(line.startswith("| **all** | 2 | 7 | 20 | 0.9231 |") for line in lines)
    assert "| y.pdf | 9 / 11 / 10 | 2, 3 |  |" in lines
    assert not any(line.startswith("| x.pdf") for line in lines)


def golds() -> list[Path]:
    return [p for f in ("seed", "corpus") for p in sorted((SHARED / f).glob("*.gold.json"))]


def spoilt(gold: dict, rng: random.Random) -> dict:
    """A result with slips of every kind that the scorer looks at."""
    items = []
    for item in copy.deepcopy(gold["items"]):
        answer = found(item)
        draw = rng.random()
        if draw < 0.1:
            continue
        if draw < 0.2:
            answer["marker"] = "z."
        elif draw < 0.3:
            answer["timeframe"] = None
        elif draw < 0.4:
            answer["tasks"] = [noisy(task, rng) for task in answer["tasks"]]
        elif draw < 0.5:
            answer["tasks"], answer["title"] = [answer["title"], *answer["tasks"]], None
        elif draw < 0.6:
            answer["partners"] = answer["lead"]
            answer["lead"] = [agency("Sở Nội vụ", "review")]
        elif draw < 0.7:
            answer["section_id"] = "s0"
        elif draw < 0.8:
            middle = len(answer["tasks"]) // 2
            items.append(answer | {"tasks": answer["tasks"][:middle]})
            answer |= {"title": "", "tasks": answer["tasks"][middle:]}
        items.append(answer)
    sections = [{"id": f"s{i}", "title": s["title"]} for i, s in enumerate(gold["sections"])]
    head = {"plan_number": rng.choice(("", "12a")), "issuer": f"UBND {gold['unit']}"}
    head["issued_on"] = {"day": None, "month": gold["month"], "year": gold["year"]}
    return {"items": items, "sections": sections, "document": head}


def noisy(text: str, rng: random.Random) -> str:
    return "".join("" if rng.random() < 0.03 else char for char in text)


@pytest.mark.skipif(not (SHARED / "score.py").is_file(), reason="the other scorer is not here")
@pytest.mark.parametrize("seed", range(4))
def test_figures_are_those_of_the_other_scorer(seed):
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    other = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(other)
    for path in golds():
        gold = json.loads(path.read_text(encoding="utf-8"))
        plan = spoilt(gold, random.Random(seed))
        theirs = other.score(gold, plan)
        tally = content_tally(gold, plan)
        assert (tally.items, tally.found, tally.matched) == (
            theirs["gold"],
            theirs["found"],
            theirs["matched"],
        )
        ours = {k: v for k, v in tally.figures().items() if k in theirs}
        assert ours == pytest.approx({k: theirs[k] for k in ours})
        assert len(ours) == 11
        assert 0 < ours["item_f1"] < 1
