"""The files of dataset/, as the programs of others read them."""

import csv
import hashlib
import io
import os
import subprocess
import sys
import time
import zipfile
from datetime import datetime

import frictionless
import openpyxl
import pytest
from pyarrow import parquet

from pipeline.dataset import publish, publisher, write_dataset, write_outcome
from pipeline.dataset.frames import build_frames
from pipeline.dataset.sinks import xlsx as xlsx_file
from pipeline.files.spreadsheet_text import guarded
from pipeline.messages import failure_from
from schemas.dataset import TABLES
from schemas.failure import FailureCode, PhulucError
from schemas.outcome import Outcome

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
    write_dataset(out, all_plans)
    return out / "dataset"


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
    write_dataset(tmp_path, all_plans)
    path = tmp_path / "dataset" / f"{table}.csv"
    rows = read_csv(path)
    rows[0][column] = value
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    report = frictionless.validate(str(tmp_path / "dataset" / "datapackage.json"))
    assert error in {kind for (kind,) in report.flatten(["type"])}


@pytest.mark.parametrize("table", [spec.name for spec in TABLES])
def test_csv_holds_every_cell_of_the_frame(published, all_plans, table):
    frame = build_frames(all_plans)[table].to_pylist()
    for written, row in zip(read_csv(published / f"{table}.csv"), frame, strict=True):
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


@pytest.mark.parametrize("table", [spec.name for spec in TABLES])
def test_parquet_keeps_types_and_raw_text(published, all_plans, table):
    assert parquet.read_table(published / f"{table}.parquet").equals(build_frames(all_plans)[table])


def test_workbook_is_ready_for_people(published):
    workbook = openpyxl.load_workbook(published / "plans.xlsx")
    assert workbook.sheetnames == [spec.title_vi for spec in TABLES]
    assert workbook.properties.created == datetime(2000, 1, 1)
    for spec in TABLES:
        sheet = workbook[spec.title_vi]
        headers = [info.title for info in spec.row.model_fields.values()]
        assert [cell.value for cell in sheet[1]] == headers
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(10 <= sheet.column_dimensions[c.column_letter].width <= 61 for c in sheet[1])


def test_workbook_holds_text_as_text_and_dates_as_dates(published, plain_plan, nasty):
    workbook = openpyxl.load_workbook(published / "plans.xlsx")
    items = [
        dict(zip([c.value for c in workbook["Nội dung"][1]], row, strict=True))
        for row in workbook["Nội dung"].iter_rows(min_row=2)
    ]
    first, formula = items[0], items[len(plain_plan.items)]
    assert first["Từ ngày"].value == datetime(2024, 4, 1)
    assert first["Từ ngày"].number_format == "dd/mm/yyyy"
    assert formula["Nội dung"].value == nasty["formula"]
    assert formula["Nội dung"].data_type == "s"
    assert all(c.data_type != "f" for s in workbook for row in s.iter_rows() for c in row)
    titles = {item["Nội dung"].value for item in items}
    assert {nasty["emoji"], nasty["dash"], "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf"} <= titles


def test_workbook_says_what_it_cuts(published, nasty, monkeypatch, make_plan):
    sheet = openpyxl.load_workbook(published / "plans.xlsx")["Nội dung"]
    longest = max((str(cell.value) for row in sheet.iter_rows() for cell in row), key=len)
    assert len(longest.encode("utf-16-le")) // 2 <= xlsx_file.MOST_CHARACTERS
    kept, _, note = longest.partition("… [còn ")
    assert len(kept) + int(note.split()[0]) >= len(nasty["long"])

    monkeypatch.setattr(xlsx_file, "MOST_ROWS", 4)
    plans = [make_plan(f"{number}.pdf") for number in range(5)]
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx_file.xlsx_bytes(build_frames(plans))))
    assert workbook["Văn bản"].max_row == 4
    assert workbook["Văn bản"]["A4"].value == "… [còn 3 dòng, xem tệp CSV]"


def test_the_same_plans_give_the_same_bytes_at_any_time(
    published, all_plans, tmp_path, monkeypatch
):
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 100_000)
    time.sleep(1.1)  # xlsxwriter and zipfile count in whole seconds
    write_dataset(tmp_path, all_plans)
    for name in FILES:
        one, other = (published / name).read_bytes(), (tmp_path / "dataset" / name).read_bytes()
        assert hashlib.sha256(one).digest() == hashlib.sha256(other).digest(), name


def test_the_archive_holds_no_time_of_day(published):
    with zipfile.ZipFile(published / "plans.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_publish_is_of_all_that_lies_there(plain_plan, doubtful_plan, tmp_path):
    for name, plan in (("b", plain_plan), ("a", doubtful_plan)):
        document = plan.document
        outcome = Outcome(source_file=document.source_file, sha256=document.sha256, plan=plan)
        write_outcome(tmp_path, name, outcome)
    error = PhulucError(FailureCode.PASSWORD_PROTECTED, stage="ingest")
    failure = failure_from(error, "c/locked.pdf")
    failed = Outcome(source_file="c/locked.pdf", sha256=None, failure=failure)
    write_outcome(tmp_path, "locked", failed)
    (tmp_path / "plans" / "zz.json").write_text("{}", encoding="utf-8")

    publish(tmp_path)
    documents = read_csv(tmp_path / "dataset" / "documents.csv")
    assert [row["source_file"] for row in documents] == ["doubt.pdf", "a/Phu luc.pdf"]
    review = read_csv(tmp_path / "dataset" / "review.csv")
    assert [(row["severity"], row["source_file"], row["document_id"]) for row in review[:2]] == [
        ("100", "c/locked.pdf", ""),
        ("98", "plans/zz.json", ""),
    ]
    assert frictionless.validate(str(tmp_path / "dataset" / "datapackage.json")).valid


@pytest.mark.parametrize("dies", [False, True])
def test_what_is_written_after_the_copy_was_made_is_published_whether_it_lives_or_not(
    dies, plain_plan, tmp_path, monkeypatch
):
    here = os.getpid()

    def contents(plans):
        if dies and os.getpid() != here:
            os._exit(1)
        return made(plans)

    module = sys.modules["pipeline.dataset.publish"]
    made = module._contents
    monkeypatch.setattr(module, "_contents", contents)
    document = plain_plan.document
    outcome = Outcome(source_file=document.source_file, sha256=document.sha256, plan=plain_plan)
    with publisher(tmp_path) as publish_it:
        write_outcome(tmp_path, "a", outcome)
        publish_it()
    write_dataset(tmp_path / "wanted", [plain_plan])
    for name in FILES:
        wanted = (tmp_path / "wanted" / "dataset" / name).read_bytes()
        assert (tmp_path / "dataset" / name).read_bytes() == wanted, name


def test_the_publisher_loads_what_writes_the_files_in_its_copy_alone(tmp_path):
    program = (
        "import sys; from pathlib import Path; from pipeline.dataset import publisher\n"
        f"with publisher(Path({str(tmp_path)!r})) as publish: publish()\n"
        "heavy = {'numpy', 'pyarrow', 'xlsxwriter'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
    assert sorted(p.name for p in (tmp_path / "dataset").iterdir()) == FILES


def test_the_publisher_raises_what_publishing_raises(tmp_path):
    (tmp_path / "dataset").write_text("a file where a folder should be", encoding="utf-8")
    with publisher(tmp_path) as publish_it, pytest.raises(FileExistsError) as caught:
        publish_it()
    assert caught.value.filename == str(tmp_path / "dataset")
