"""The files of dataset/, as the programs of others read them."""

import csv
import errno
import hashlib
import io
import os
import time
import zipfile
from datetime import datetime

import frictionless
import openpyxl
import pytest

from pipeline.dataset import write_outcome
from pipeline.dataset.overview import OVERVIEW
from pipeline.dataset.publish import publish
from pipeline.dataset.sinks import xlsx
from pipeline.files.spreadsheet_text import guarded
from pipeline.messages import failure_from
from schemas.dataset import TABLES
from schemas.failure import FailureCode, PhulucError
from schemas.outcome import Outcome
from schemas.plan import Decision
from tests.pipeline.dataset.published import frame, publish_plans, put

FILES = sorted(
    [f"{spec.name}.{suffix}" for spec in TABLES for suffix in ("csv", "parquet")]
    + ["plans.xlsx", "datapackage.json"]
)


@pytest.fixture(scope="session")
def all_plans(plain_plan, nasty_plan, doubtful_plan):
    return [plain_plan, nasty_plan, doubtful_plan]


@pytest.fixture(scope="session")
def published(all_plans, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    return publish_plans(out, all_plans)


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    out = tmp_path_factory.mktemp("empty")
    publish(out)
    return out / "dataset"


def read_csv(path):
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_all_files_are_there_and_no_others(published, empty):
    assert sorted(p.name for p in published.iterdir()) == FILES
    assert sorted(p.name for p in empty.iterdir()) == FILES


@pytest.mark.parametrize("which", ["published", "empty"])
def test_frictionless_finds_the_package_valid(which, request):
    report = frictionless.validate(str(request.getfixturevalue(which) / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert len(report.tasks) == len(TABLES)


@pytest.mark.parametrize(
    ("cell", "value", "error"),
    [
        (("tasks", "item_id"), "i99", "foreign-key"),
        (("item_agencies", "score"), "much", "type-error"),
        (("items", "timeframe_kind"), "soon", "constraint-error"),
        (("documents", "pages"), "", "constraint-error"),
    ],
)
def test_frictionless_would_notice(all_plans, tmp_path, cell, value, error):
    table, column = cell
    path = publish_plans(tmp_path, all_plans) / f"{table}.csv"
    rows = read_csv(path)
    rows[0][column] = value
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    report = frictionless.validate(str(tmp_path / "dataset" / "datapackage.json"))
    assert error in {kind for (kind,) in report.flatten(["type"])}


@pytest.mark.parametrize("table", [spec.name for spec in TABLES])
def test_csv_holds_every_cell_of_the_frame(published, table):
    rows = frame(published, table).to_pylist()
    for written, row in zip(read_csv(published / f"{table}.csv"), rows, strict=True):
        for name, value in row.items():
            expected = guarded(value) if isinstance(value, str) else value
            assert written[name] == ("" if expected is None else str(expected)), name


@pytest.mark.parametrize("table", [spec.name for spec in TABLES])
def test_csv_is_rfc_4180_with_bom_and_runs_nothing(published, table):
    content = (published / f"{table}.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert b"\0" not in content
    for row in read_csv(published / f"{table}.csv"):
        for name, cell in row.items():
            assert not cell.lstrip(" ").startswith(tuple("=+-@\t\r\n")), (name, cell[:20])


def test_workbook_is_ready_for_people(published):
    workbook = openpyxl.load_workbook(published / "plans.xlsx")
    assert workbook.sheetnames == ["Tổng hợp", *(spec.title_vi for spec in TABLES)]
    assert workbook.properties.created == datetime(2000, 1, 1)
    for spec in TABLES:
        sheet = workbook[spec.title_vi]
        headers = [info.title for info in spec.row.model_fields.values()]
        assert [cell.value for cell in sheet[1]] == headers
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(10 <= sheet.column_dimensions[c.column_letter].width <= 61 for c in sheet[1])


def test_workbook_holds_text_as_text_and_dates_as_dates(published, nasty):
    workbook = openpyxl.load_workbook(published / "plans.xlsx")
    items = [
        dict(zip([c.value for c in workbook["Nội dung"][1]], row, strict=True))
        for row in workbook["Nội dung"].iter_rows(min_row=2)
    ]
    formula, first = items[0], items[len(nasty)]
    assert first["Từ ngày"].value == datetime(2024, 4, 1)
    assert first["Từ ngày"].number_format == "dd/mm/yyyy"
    assert formula["Nội dung"].value == nasty["formula"]
    assert formula["Nội dung"].data_type == "s"
    assert all(c.data_type != "f" for s in workbook for row in s.iter_rows() for c in row)
    titles = {item["Nội dung"].value for item in items}
    assert {nasty["emoji"], nasty["dash"], "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf"} <= titles


def test_workbook_says_what_it_cuts(published, nasty):
    sheet = openpyxl.load_workbook(published / "plans.xlsx")["Nội dung"]
    longest = max((str(cell.value) for row in sheet.iter_rows() for cell in row), key=len)
    assert len(longest.encode("utf-16-le")) // 2 <= xlsx.MOST_CHARACTERS
    kept, _, note = longest.partition("… [còn ")
    assert len(kept) + int(note.split()[0]) >= len(nasty["long"])


def test_a_table_too_long_for_a_sheet_goes_on_in_a_second_one(monkeypatch, make_plan, tmp_path):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 4)
    plans = [make_plan(f"{number}.pdf", plan_number=str(number)) for number in range(5)]
    workbook = openpyxl.load_workbook(publish_plans(tmp_path, plans) / "plans.xlsx")
    sheets = [workbook["Văn bản"], workbook["Văn bản (2)"]]
    assert [sheet.max_row for sheet in sheets] == [4, 3]
    files = [[row[1].value for row in sheet.iter_rows()] for sheet in sheets]
    assert files[0] == ["Tệp nguồn", "0.pdf", "1.pdf", "2.pdf"]
    assert files[1] == ["Tệp nguồn", "3.pdf", "4.pdf"]


def test_the_first_sheet_is_one_to_hand_on(make_plan, make_item, unknown_agency, tmp_path):
    one = make_plan("b.pdf", (make_item(1, title="Nội dung"),), plan_number="154")
    doubted = make_item(2, title="Khác", lead=(unknown_agency,), tasks=("Một việc",))
    other = make_plan("a.pdf", (doubted,), plan_number="9", unit="huyện Bình Gia")
    third = make_plan("c.pdf", (make_item(3),), plan_number="23")
    path = publish_plans(tmp_path, [one, other, third]) / "plans.xlsx"
    sheet = openpyxl.load_workbook(path)["Tổng hợp"]
    header, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert header == [column.title for column in OVERVIEW.columns]
    shown = [dict(zip(header, row, strict=True)) for row in rows]
    assert [row["STT"] for row in shown] == [1, 2, 3]
    assert [row["Văn bản"].split("/")[0] for row in shown] == ["9", "23", "154"]
    first, last = shown[0], shown[2]
    assert last["Đơn vị"] == "huyện Chi Lăng\nLạng Sơn"
    assert last["Văn bản"] == "154/KH-UBND\n5/2024"
    assert last["Mục"] == "1. Công khai, minh bạch"
    assert last["Nhiệm vụ"] == "- Tuyên truyền, phổ biến\n- Rà soát"
    assert (last["Từ ngày"], last["Trang"]) == (datetime(2024, 4, 1), "1–2")
    assert last["Cần xem lại"] is None
    assert first["Nhiệm vụ"] == "Một việc"
    assert "Không có cơ quan nào" in first["Cần xem lại"]
    marked = sheet.cell(2, header.index("Cần xem lại") + 1)
    assert marked.fill.fgColor.rgb != sheet.cell(4, marked.column).fill.fgColor.rgb
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.paperSize, sheet.print_title_rows) == (9, "$1:$1")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_what_is_doubted_of_a_whole_plan_is_told_once_in_its_first_row(
    make_plan, make_item, unknown_agency, tmp_path
):
    doubted = make_item(1, lead=(unknown_agency,))
    flags = ("number_blank",)
    decisions = tuple(
        Decision(what="column_role", page=page, taken=True, score=0.6, reasons=())
        for page in (3, 1)
    )
    plan = make_plan("a.pdf", (doubted, make_item(2)), flags=flags, decisions=decisions)
    quiet = make_plan("b.pdf", (make_item(3),), plan_number="999")
    path = publish_plans(tmp_path, [plan, quiet]) / "plans.xlsx"
    sheet = openpyxl.load_workbook(path)["Tổng hợp"]
    _, first, *others = (row[12].value for row in sheet.iter_rows())
    column, whole, own = first.split("\n")
    assert column.startswith("Chung cho văn bản: Vai trò của một cột")
    assert column.endswith("(trang 1, 3)")
    assert whole == "Chung cho văn bản: Chỗ ghi số văn bản để trống, không đọc được số."
    assert own.startswith("Không có cơ quan nào")
    assert others == [None, None]


def test_the_same_plans_give_the_same_bytes_at_any_time_and_in_any_order(
    published, all_plans, tmp_path, monkeypatch
):
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 100_000)
    time.sleep(1.1)  # zipfile counts in whole seconds
    publish_plans(tmp_path, reversed(all_plans))
    for name in FILES:
        one, other = (published / name).read_bytes(), (tmp_path / "dataset" / name).read_bytes()
        assert hashlib.sha256(one).digest() == hashlib.sha256(other).digest(), name


def test_the_archive_holds_no_time_of_day(published):
    with zipfile.ZipFile(published / "plans.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_publish_is_of_all_that_lies_there(plain_plan, doubtful_plan, tmp_path):
    put(tmp_path, "b", doubtful_plan)
    put(tmp_path, "a", plain_plan)
    error = PhulucError(FailureCode.PASSWORD_PROTECTED, stage="ingest")
    failure = failure_from(error, "c/locked.pdf")
    failed = Outcome(source_file="c/locked.pdf", sha256=None, failure=failure)
    write_outcome(tmp_path, "locked", failed)
    (tmp_path / "plans" / "zz.json").write_text("{}", encoding="utf-8")

    publish(tmp_path)
    documents = read_csv(tmp_path / "dataset" / "documents.csv")
    assert [row["source_file"] for row in documents] == ["a/Phu luc.pdf", "doubt.pdf"]
    review = read_csv(tmp_path / "dataset" / "review.csv")
    assert [(row["severity"], row["source_file"], row["document_id"]) for row in review[:2]] == [
        ("100", "c/locked.pdf", ""),
        ("98", "plans/zz.json", ""),
    ]
    assert frictionless.validate(str(tmp_path / "dataset" / "datapackage.json")).valid


def test_nothing_is_written_where_nothing_has_changed(plain_plan, doubtful_plan, tmp_path):
    put(tmp_path, "a", plain_plan)
    assert publish(tmp_path)
    written = {path: path.stat().st_mtime_ns for path in (tmp_path / "dataset").iterdir()}
    assert not publish(tmp_path)
    (tmp_path / "dataset" / "items.csv").write_text("spoilt", "utf-8")
    assert publish(tmp_path)
    put(tmp_path, "b", doubtful_plan)
    assert publish(tmp_path)
    assert not publish(tmp_path)
    after = {path: path.stat().st_mtime_ns for path in written}
    # Files whose content is the same stay: no tables as printed, and nobody corrected.
    same = {path.stem for path in written if after[path] == written[path]}
    assert same == {"tables", "table_cells", "corrections"}


def test_a_run_that_is_cut_short_leaves_the_old_files_whole(
    plain_plan, nasty_plan, tmp_path, monkeypatch
):
    dataset = publish_plans(tmp_path, [plain_plan])
    before = {path.name: path.read_bytes() for path in dataset.iterdir()}
    put(tmp_path, "b", nasty_plan)

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.dataset.publish.datapackage_bytes", full)
        with pytest.raises(OSError, match="No space"):
            publish(tmp_path)
    assert {path.name: path.read_bytes() for path in dataset.iterdir()} == before
    assert publish(tmp_path)
    assert sorted(path.name for path in dataset.iterdir()) == FILES
