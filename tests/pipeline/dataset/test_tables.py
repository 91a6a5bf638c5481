"""Tables of a document beside its plan: files in `tables/`, and what becomes of old ones."""

import csv

from pipeline.dataset.plans import write_outcome
from pipeline.dataset.rows import rows_of
from schemas.failure import Failure, FailureCode
from schemas.outcome import Outcome
from schemas.plan import Place, PrintedColumn, PrintedRow, PrintedTable

ROWS = (("TT", "Họ và tên"), ("1", "Nguyễn\nVăn An"), ("2", "=1+1"))


def outcome(plan, tables):
    return Outcome(source_file="a.pdf", sha256="0" * 64, plan=plan, tables=tables)


def files(out):
    return sorted(p.relative_to(out / "tables").as_posix() for p in (out / "tables").rglob("*.csv"))


def test_each_table_is_a_file(tmp_path, plain_plan):
    write_outcome(tmp_path, "a", outcome(plain_plan, {"t1": ROWS, "t2": ROWS}))
    assert files(tmp_path) == ["a/t1.csv", "a/t2.csv"]
    content = (tmp_path / "tables/a/t1.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(content.decode("utf-8-sig").splitlines(keepends=True)))
    assert read == [["TT", "Họ và tên"], ["1", "Nguyễn\nVăn An"], ["2", "'=1+1"]]


def test_tables_that_are_no_more_go(tmp_path, plain_plan):
    write_outcome(tmp_path, "a", outcome(plain_plan, {"t1": ROWS, "t2": ROWS}))
    write_outcome(tmp_path, "a", outcome(plain_plan, {"t1": ROWS}))
    assert files(tmp_path) == ["a/t1.csv"]
    write_outcome(tmp_path, "a", outcome(plain_plan, {}))
    assert not (tmp_path / "tables/a").exists()


def test_a_failure_takes_them_away(tmp_path, plain_plan):
    write_outcome(tmp_path, "a", outcome(plain_plan, {"t1": ROWS}))
    failure = Failure(
        source_file="a.pdf", code=FailureCode.DAMAGED_FILE, stage="x", page=None, message="m",
        hint="h", message_vi="m", hint_vi="h",
    )  # fmt: skip
    write_outcome(tmp_path, "a", Outcome(source_file="a.pdf", sha256=None, failure=failure))
    assert files(tmp_path) == []


def table(kind="other"):
    place = Place(page=3, bbox=(1.0, 2.0, 3.0, 4.0), confidence=0.9)
    row = PrintedRow(cells=("1", ""), places=(place, None), pages=(3,))
    return PrintedTable(
        id="t1",
        appendix_id=None,
        kind=kind,
        title="Danh sách",
        pages=(3, 4),
        columns=(
            PrintedColumn(header="TT", role="index"),
            PrintedColumn(header="Tên", role="tasks"),
        ),
        row_count=2,
        rows=(row, row) if kind == "other" else (),
    )


def test_rows_of_the_dataset(plain_plan):
    rows = rows_of(plain_plan.model_copy(update={"tables": (table(),)}))
    (listed,) = rows["tables"]
    assert (listed.table_id, listed.kind, listed.rows) == ("t1", "other", 2)
    assert (listed.first_page, listed.last_page, listed.title) == (3, 4, "Danh sách")
    assert listed.columns == (
        '[{"header": "TT", "role": "index"}, {"header": "Tên", "role": "tasks"}]'
    )
    first, second = rows["table_cells"]
    assert (first.row, first.column, first.header, first.text) == (1, 1, "TT", "1")
    assert (first.page, first.x0, first.top, first.x1, first.bottom) == (3, 1.0, 2.0, 3.0, 4.0)
    assert (second.row, second.column) == (2, 1)
    assert rows_of(plain_plan.model_copy(update={"tables": (table("tasks"),)}))["table_cells"] == []
