import subprocess
import sys
from datetime import date

import pytest

from pipeline.dataset.columns import columns
from pipeline.dataset.frames import build_frames, check_keys, read_frame
from pipeline.dataset.publish import write_dataset
from pipeline.dataset.rows import rows_of
from schemas.dataset import TABLES
from schemas.plan import Timeframe


def test_every_cell_of_every_row_is_kept(nasty_plan):
    frames = build_frames([nasty_plan])
    for name, rows in rows_of(nasty_plan).items():
        assert frames[name].to_pylist() == [row.model_dump() for row in rows], name


def test_types_are_those_of_the_models(plain_plan):
    frames = build_frames([plain_plan])
    item = frames["items"].to_pylist()[0]
    assert item["timeframe_start"] == date(2024, 4, 1)
    assert isinstance(item["confidence"], float)
    assert [str(frames["documents"].schema.field(n).type) for n in ("issued_day", "title")] == [
        "int64",
        "string",
    ]
    assert frames["documents"].column("issued_day").null_count == 1


def test_without_plans_the_tables_are_there_and_empty():
    frames = build_frames([])
    assert [(name, frame.num_rows) for name, frame in frames.items()] == [
        (spec.name, 0) for spec in TABLES
    ]
    assert all(frames[s.name].column_names == list(s.row.model_fields) for s in TABLES)


def test_a_repeated_document_is_left_out_and_said_so(make_plan):
    frames = build_frames([make_plan("a.pdf", content="X"), make_plan("b.pdf", content="X")])
    assert frames["documents"].column("source_file").to_pylist() == ["a.pdf"]
    assert frames["review"].to_pylist()[0]["reasons"] == "duplicate_document"
    assert frames["review"].to_pylist()[0]["source_file"] == "b.pdf"


@pytest.mark.parametrize(
    "wrong",
    [
        {"timeframe": Timeframe(raw="30/2", kind="deadline", end="2024-02-30")},
        {"id": "i2"},
    ],
    ids=["no such date", "item id twice"],
)
def test_a_plan_that_breaks_a_rule_is_left_out_whole(make_plan, make_item, plain_plan, wrong):
    broken = make_plan("broken.pdf", (make_item(1, **wrong), make_item(2)))
    frames = build_frames([broken, plain_plan])
    assert frames["documents"].column("document_id").to_pylist() == [plain_plan.document.id]
    assert set(frames["items"].column("document_id").to_pylist()) == {plain_plan.document.id}
    (row,) = frames["review"].to_pylist()
    assert (row["reasons"], row["source_file"]) == ("plan_unusable", "broken.pdf")


def test_foreign_keys_are_checked(plain_plan):
    rows = dict(rows_of(plain_plan))
    rows["items"] = rows["items"][1:]
    with pytest.raises(ValueError, match="tasks: no items"):
        check_keys(rows)


def test_analysts_read_typed_pandas_frames(plain_plan, tmp_path):
    write_dataset(tmp_path, [plain_plan])
    frame = read_frame(tmp_path, "items")
    assert list(frame.columns) == [c.name for c in columns(TABLES[1])]
    assert frame["timeframe_end"].iloc[0] == date(2024, 6, 30)
    assert frame["section_id"].isna().tolist() == [False, True]


def test_publishing_does_not_pay_for_pandas(tmp_path):
    program = (
        "import sys; from pathlib import Path; from pipeline.dataset import publish;"
        "heavy = {'pyarrow', 'pandas', 'xlsxwriter', 'rapidfuzz'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules);"
        f"publish(Path({str(tmp_path)!r}));"
        "assert 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
