"""A plan in two forms: told, shown with what differs, put together only where somebody says so."""

from pathlib import Path

import pytest

from pipeline.correct.log import append
from pipeline.dataset.publish import publish
from pipeline.dataset.store.database import database, reading
from pipeline.dataset.store.twins import Pair, entry_about, pairs
from pipeline.dataset.twins import are_twins, differences
from schemas.plan import IssuedOn, Item, Plan, TableCell
from tests.pipeline.dataset.published import frame, publish_plans

TASKS = ("Rà soát thủ tục hành chính", "Niêm yết công khai danh mục", "Tập huấn cho cán bộ xã")


def _items(make_item, tasks: tuple[str, ...], **places) -> tuple[Item, ...]:
    """Rows of one task each, whose fragments have those places."""
    rows = [make_item(n, title="", tasks=(task,)) for n, task in enumerate(tasks, 1)]
    return tuple(
        row.model_copy(
            update={"fragments": tuple(f.model_copy(update=places) for f in row.fragments)}
        )
        for row in rows
    )


@pytest.fixture
def forms(make_plan, make_item) -> tuple[Plan, Plan]:
    """The Word file, number left blank, and its stamped scan, read by OCR with a slip."""
    cell = TableCell(table=1, row=2, column=3)
    office = _items(make_item, TASKS, page=None, bbox=None, cell=cell)
    slip = TASKS[0].replace("thủ", "thú")
    printed = _items(make_item, (slip, *TASKS[1:]), confidence=0.9)
    day = IssuedOn(day=14, month=5, year=2024)
    return (
        make_plan("plan.docx", office, kind="word", plan_number=""),
        make_plan("scan.pdf", printed, kind="scanned", plan_number="362", issued_on=day),
    )


def _with_tasks(plan: Plan, number: int, *tasks: str) -> Plan:
    items = list(plan.items)
    items[number - 1] = items[number - 1].model_copy(update={"tasks": tasks})
    return plan.model_copy(update={"items": tuple(items)})


def test_a_slip_of_ocr_is_no_difference_and_another_number_is(forms):
    office, printed = forms
    assert are_twins(office, printed)
    assert list(differences(office, printed)) == []
    (found,) = differences(_with_tasks(office, 1, f"{TASKS[0]} 12"), printed)
    assert (found.field, found.office) == ("tasks", f"{TASKS[0]} 12")


def test_a_row_that_only_one_has_is_told(forms):
    office, printed = forms
    without = office.model_copy(update={"items": office.items[:2]})
    (found,) = differences(without, printed)
    assert (found.field, found.office, found.printed) == ("row", "", TASKS[2])
    fewer = printed.model_copy(update={"items": printed.items[1:]})
    (found,) = differences(office, fewer)
    assert (found.field, found.office, found.printed) == ("row", TASKS[0], "")


def test_other_rows_or_another_number_make_no_twins(forms):
    office, printed = forms
    other = _with_tasks(_with_tasks(office, 1, "Xây dựng cầu"), 2, "Trồng cây gây rừng")
    assert not are_twins(other, printed)
    document = office.document.model_copy(update={"plan_number": "15"})
    assert not are_twins(office.model_copy(update={"document": document}), printed)


def _documents(dataset: Path) -> dict[str, dict]:
    return {row["source_file"]: row for row in frame(dataset, "documents").to_pylist()}


def test_twins_are_flagged_and_both_stay_until_somebody_says_so(url, forms, tmp_path):
    office, printed = _with_tasks(forms[0], 2, "Niêm yết công khai danh mục 2"), forms[1]
    dataset = publish_plans(tmp_path, [office, printed], url)
    rows = _documents(dataset)
    assert rows["plan.docx"]["twin_of"] == printed.document.id
    assert rows["scan.pdf"]["twin_of"] == office.document.id
    assert all("twin_of" in row["flags"].split("; ") for row in rows.values())
    assert all("differs_from_twin" in row["flags"].split("; ") for row in rows.values())
    assert frame(dataset, "items").num_rows == 6
    review = frame(dataset, "review").to_pylist()
    (difference,) = [row for row in review if row["reasons"] == "differs_from_twin"]
    assert (difference["source_file"], difference["cell"]) == ("plan.docx", "1/2/3")
    assert "scan.pdf" in difference["reason_vi"]


def _say(out: Path, forms: tuple[Plan, Plan], verdict: str) -> None:
    office, printed = (plan.document.sha256 for plan in forms)
    pair = Pair("plan.docx", office, "scan.pdf", printed, said=False)
    entry = append(out, entry_about(pair, "An", same=verdict == "join"), checked=False)
    assert (entry.verdict, entry.who, entry.at[-1]) == (verdict, "An", "Z")


def test_one_plan_has_the_rows_of_the_office_and_the_stamped_number(url, forms, tmp_path):
    dataset = publish_plans(tmp_path, forms, url)
    _say(tmp_path, forms, "join")
    publish(tmp_path, url)
    rows = _documents(dataset)
    assert rows["plan.docx"]["plan_number"] == "362"
    assert rows["plan.docx"]["issued_day"] == 14
    assert rows["scan.pdf"]["superseded_by"] == forms[0].document.id
    assert not any("twin_of" in row["flags"] for row in rows.values())
    assert set(frame(dataset, "items").column("document_id").to_pylist()) == {forms[0].document.id}
    with database(url) as engine, reading(engine) as connection:
        assert [(pair.office, pair.printed, pair.said) for pair in pairs(connection)] == [
            ("plan.docx", "scan.pdf", True)
        ]


def test_two_plans_are_left_alone_and_what_was_said_can_change(url, forms, tmp_path):
    dataset = publish_plans(tmp_path, forms, url)
    _say(tmp_path, forms, "join")
    publish(tmp_path, url)
    _say(tmp_path, forms, "part")
    publish(tmp_path, url)
    rows = _documents(dataset)
    assert {row["twin_of"] for row in rows.values()} == {None}
    assert rows["plan.docx"]["plan_number"] == ""
    assert frame(dataset, "items").num_rows == 6


def test_forms_of_one_plan_are_no_versions_of_each_other(url, forms, tmp_path):
    office, printed = forms
    document = office.document.model_copy(update={"plan_number": "362"})
    numbered = office.model_copy(update={"document": document})
    dataset = publish_plans(tmp_path, [numbered, printed], url)
    assert {row["superseded_by"] for row in _documents(dataset).values()} == {None}
