import subprocess
import sys
from datetime import date

import pytest

from pipeline.dataset.columns import columns
from pipeline.dataset.frames import read_frame
from pipeline.dataset.rows import check_keys, rows_of
from schemas.dataset import TABLES
from schemas.plan import Timeframe
from tests.pipeline.dataset.published import frame, publish_plans


def test_every_cell_of_every_row_is_kept(nasty_plan, tmp_path):
    dataset = publish_plans(tmp_path, [nasty_plan])
    for name, rows in rows_of(nasty_plan).items():
        # What no database takes is told apart in Parquet no more.
        expected = [_without_nul(row.model_dump()) for row in rows]
        if name == "documents":  # how far its review is, a plan by itself does not say
            expected = [row | {"review_state": "to_review"} for row in expected]
        assert frame(dataset, name).to_pylist() == expected, name


def _without_nul(row):
    return {
        name: value.replace("\0", "\ufffd") if isinstance(value, str) else value
        for name, value in row.items()
    }


def test_types_are_those_of_the_models(plain_plan, tmp_path):
    dataset = publish_plans(tmp_path, [plain_plan])
    documents = frame(dataset, "documents")
    item = frame(dataset, "items").to_pylist()[0]
    assert item["timeframe_start"] == date(2024, 4, 1)
    assert isinstance(item["confidence"], float)
    assert [str(documents.schema.field(n).type) for n in ("issued_day", "title")] == [
        "int64",
        "string",
    ]
    assert documents.column("issued_day").null_count == 1


def test_without_plans_the_tables_are_there_and_empty(tmp_path):
    dataset = publish_plans(tmp_path, [])
    assert [frame(dataset, spec.name).num_rows for spec in TABLES] == [0] * len(TABLES)
    assert all(frame(dataset, s.name).column_names == list(s.row.model_fields) for s in TABLES)


def test_a_repeated_document_is_left_out_and_said_so(make_plan, tmp_path):
    plans = [make_plan("a.pdf", content="X"), make_plan("b.pdf", content="X")]
    dataset = publish_plans(tmp_path, plans)
    assert frame(dataset, "documents").column("source_file").to_pylist() == ["a.pdf"]
    row = frame(dataset, "review").to_pylist()[0]
    assert (row["reasons"], row["source_file"]) == ("duplicate_document", "b.pdf")


@pytest.mark.parametrize(
    "wrong",
    [
        {"timeframe": Timeframe(raw="30/2", kind="deadline", end="2024-02-30")},
        {"id": "i2"},
    ],
    ids=["no such date", "item id twice"],
)
def test_a_plan_that_breaks_a_rule_is_left_out_whole(
    make_plan, make_item, plain_plan, wrong, tmp_path
):
    broken = make_plan("broken.pdf", (make_item(1, **wrong), make_item(2)))
    dataset = publish_plans(tmp_path, [broken, plain_plan])
    for table in ("documents", "items"):
        assert set(frame(dataset, table).column("document_id").to_pylist()) == {
            plain_plan.document.id
        }
    (row,) = frame(dataset, "review").to_pylist()
    assert (row["reasons"], row["source_file"]) == ("plan_unusable", "broken.pdf")


def test_foreign_keys_are_checked(plain_plan):
    rows = dict(rows_of(plain_plan))
    rows["items"] = rows["items"][1:]
    with pytest.raises(ValueError, match="tasks: no items"):
        check_keys(rows)


def test_analysts_read_typed_pandas_frames(plain_plan, tmp_path):
    publish_plans(tmp_path, [plain_plan])
    read = read_frame(tmp_path, "items")
    assert list(read.columns) == [c.name for c in columns(TABLES[1])]
    assert read["timeframe_end"].iloc[0] == date(2024, 6, 30)
    assert read["section_id"].isna().tolist() == [False, True]


def test_publishing_does_not_pay_for_pandas(tmp_path):
    program = (
        "import sys; from pathlib import Path; from pipeline.dataset import write_outcome;"
        "heavy = {'pyarrow', 'pandas', 'sqlalchemy'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules);"
        "from pipeline.dataset.publish import publish;"
        f"publish(Path({str(tmp_path)!r}));"
        "assert 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
