"""The corpus must be true: what its gold says is what stands on its pages, and nothing else."""

import csv
import json
import random
import re
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from msgspec.structs import replace

for name in ("docx", "img2pdf", "pikepdf"):
    pytest.importorskip(name, reason="needed to build the corpus only")

from tests.benchmarks.corpus import (  # noqa: E402
    build,
    compose,
    content,
    numbering,
    others,
    rows,
    scan,
    timeframes,
    truth,
)
from tests.benchmarks.corpus.layouts import load_layouts  # noqa: E402
from tests.benchmarks.corpus.model import Plan  # noqa: E402

ROOT = Path(__file__).parents[2]
TABLES = [layout for layout in load_layouts().values() if layout.form == "table"]
SEEDS = range(6)


def composed(layout_name: str, seed: int) -> Plan:
    return compose.compose(load_layouts()[layout_name], random.Random(seed))


def printed(plan: Plan, seed: int, at: int = 0) -> list[rows.TableRow]:
    layout = load_layouts()[plan.appendices[at].layout]
    style = rows.draw_style(random.Random(seed), layout)
    return rows.table_rows(plan.appendices[at], layout, style, f"a{at}")


def marks_of(table: list[rows.TableRow], page: int = 1) -> dict[str, int]:
    names = [cell.mark for row in table for cell in row.cells if cell.mark]
    return {f"{end}{name}": page for name in names for end in "be"}


@pytest.mark.parametrize("layout", TABLES, ids=lambda layout: layout.name)
def test_what_gold_says_is_printed_in_the_row(layout):
    for seed in SEEDS:
        plan = composed(layout.name, seed)
        table = printed(plan, seed)
        for i, item in enumerate(plan.appendices[0].items):
            marked = [c for r in table for c in r.cells if c.mark.startswith(f"a0i{i}c")]
            text = "\n".join(p.text for cell in marked for p in cell.paragraphs)
            assert all(task.text in text for task in item.tasks)
            if not item.share:
                assert item.title in text
                assert item.marker in text
                # A cell for both roles writes line breaks as ";" and ends each role with a stop.
                leads = item.lead.text.rstrip(".;").replace("\n", "; ")
                assert leads in text.replace("\n", "; ")
                assert item.time.text in text


@pytest.mark.parametrize("layout", load_layouts().values(), ids=lambda layout: layout.name)
def test_every_row_spans_all_columns(layout):
    table = rows.header_rows(layout, tuple(column.header for column in layout.columns))
    if layout.form == "table":
        table += printed(composed(layout.name, 1), 1)
    assert {sum(cell.span for cell in row.cells) for row in table} == {len(layout.columns)}


@pytest.mark.parametrize("layout", TABLES, ids=lambda layout: layout.name)
def test_no_slot_is_left_open(layout):
    for seed in SEEDS:
        plan = composed(layout.name, seed)
        assert not re.search(r"[{}]", repr([str(a) for a in plan.body]))
        for appendix in plan.appendices:
            for item in appendix.items:
                texts = [item.title, item.lead_in or "", item.lead.text, item.partner.text]
                texts += [item.time.text, item.deliverable or "", *item.extra.values()]
                assert not re.search(r"[{}]", " ".join([*texts, *(t.text for t in item.tasks)]))


def test_the_same_seed_gives_the_same_plan_and_another_seed_another():
    assert composed("dotted", 7) == composed("dotted", 7)
    assert composed("dotted", 7) != composed("dotted", 8)


def test_canonical_names_are_those_of_the_registry():
    path = ROOT / "pipeline" / "knowledge" / "agencies.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        known = {row["name"] for row in csv.DictReader(file)}
    for layout in TABLES:
        for seed in SEEDS:
            for item in composed(layout.name, seed).appendices[0].items:
                assert set(item.lead.names + item.partner.names) <= known


def test_one_content_column_obeys_the_rule_of_the_title():
    layouts = [x for x in TABLES if any(c.role == "content" for c in x.columns)]
    titles = set()
    for layout in layouts:
        for seed in SEEDS:
            for item in composed(layout.name, seed).appendices[0].items:
                titles.add(bool(item.title))
                assert len(item.title.split()) <= 12
                assert item.title or ":" not in item.tasks[0].text
                assert item.lead_in is None
        assert layout.template == "T2"
    assert titles == {True, False}


FORMS = {
    "Quý {q}/{Y}": ("Quý II/2024", "2024-04-01", "2024-06-30"),
    "Tháng {m}/{Y}": ("Tháng 5/2024", "2024-05-01", "2024-05-31"),
    "Trước tháng {m}/{Y}": ("Trước tháng 5/2024", None, "2024-04-30"),
    "Khởi động quý {q}/{Y}": ("Khởi động quý II/2024", "2024-04-01", None),
    "Trước ngày {dd}/{m}/{Y}": ("Trước ngày 09/5/2024", None, "2024-05-09"),
    "Hoàn thành trong quý {q}/{Y}": ("Hoàn thành trong quý II/2024", None, "2024-06-30"),
    "Thường xuyên từ tháng {m}/{Y}": ("Thường xuyên từ tháng 5/2024", "2024-05-01", None),
    "Giai đoạn {Y} - {Y1}": ("Giai đoạn 2024 - 2025", "2024-01-01", "2025-12-31"),
}


@pytest.mark.parametrize("form", FORMS)
def test_times_mean_what_the_contract_says(form):
    entry = next(f for f in timeframes.load_forms() if f["text"] == form)
    when = timeframes.fill(entry, year=2024, month=5, day=9)
    assert (when.text, when.start, when.end) == FORMS[form]


def test_times_that_recur_name_their_period_and_no_other_does():
    for form in timeframes.load_forms():
        when = timeframes.fill(form, year=2024, month=5, day=9)
        assert (when.kind == "recurring") == (when.recurrence is not None)
        if when.kind == "deadline":
            assert when.start is None
            assert when.end is not None


def markers(**changes):
    given = {"style": "arabic", "numbering": "restart", "counts": [3, 2], "sections": ["1", "2"]}
    return numbering.item_markers(random.Random(1), **(given | changes))


def test_numbering():
    assert markers() == ["1", "2", "3", "1", "2"]
    assert markers(numbering="run_on") == ["1", "2", "3", "4", "5"]
    assert markers(style="dotted") == ["1.1", "1.2", "1.3", "2.1", "2.2"]
    assert markers(style="alpha", counts=[7], sections=["1"]) == list("abcdđeg")
    repeated = markers(numbering="repeated", counts=[5], sections=["1"])
    assert len(set(repeated)) == 4
    missing = markers(numbering="missing", counts=[20], sections=["1"])
    assert 0 < missing.count("") < 20


def test_rows_that_share_a_number_do_not_use_one_up():
    for seed in SEEDS:
        items = composed("merged-titles", seed).appendices[0].items
        assert any(item.share for item in items)
        for above, item in pairwise(items):
            if item.share:
                assert (item.marker, item.title) == (above.marker, above.title)
                assert item.section == above.section
            elif item.section == above.section:
                assert int(item.marker) == int(above.marker) + 1


def gold_of(layout_name: str, seed: int, moved: dict[str, int]):
    plan = composed(layout_name, seed)
    style = rows.draw_style(random.Random(seed), load_layouts()[layout_name])
    marks = marks_of(printed(plan, seed)) | moved
    return truth.gold(plan, [style], marks, {})


def test_a_row_runs_on_where_any_of_its_cells_ends_on_a_later_page():
    gold = gold_of("dotted", 1, {"ea0i3c4": 2})
    assert gold["items"][3]["pages"] == [1, 2]
    assert gold["boundaries"] == [{"page": 2, "runs_on": True, "item": 3}]


def test_a_page_that_begins_with_a_new_row_is_no_continuation():
    last = len(composed("dotted", 1).appendices[0].items) - 1
    moved = {f"{end}a0i{last}c{c}": 2 for end in "be" for c in range(6)}
    assert gold_of("dotted", 1, moved)["boundaries"] == [
        {"page": 2, "runs_on": False, "item": None}
    ]


def test_a_merged_cell_that_runs_on_does_not_make_its_row_run_on():
    items = composed("merged-roles", 1).appendices[0].items
    first = next(i for i, item in enumerate(items[1:]) if item.share)
    lead = [c.role for c in load_layouts()["merged-roles"].columns].index("lead")
    gold = gold_of("merged-roles", 1, {f"ea0i{first}c{lead}": 2})
    assert gold["items"][first]["pages"] == [1, 1]


def test_extras_stand_under_the_header_that_is_printed():
    gold = gold_of("product-notes", 3, {})
    headers = {c["header"] for c in gold["appendices"][0]["columns"] if c["role"] == "extra"}
    filled = [item["extra"] for item in gold["items"] if item["extra"]]
    assert filled
    assert {key for extra in filled for key in extra} == headers


def test_by_default_every_layout_is_made_in_every_grade_with_and_without_repeated_header():
    layouts = list(load_layouts())
    made = build.jobs(1, None, layouts, build.GRADES)
    assert {(job.layout, job.grade) for job in made} == {
        (layout, grade) for layout in layouts for grade in build.GRADES
    }
    assert {(job.layout, job.repeat_header) for job in made} == {
        (layout, repeat) for layout in layouts for repeat in (True, False)
    }
    assert len({job.name for job in made}) == len(made)


def test_few_documents_cover_many_layouts():
    made = build.jobs(1, 10, list(load_layouts()), build.GRADES)
    assert len({job.layout for job in made}) == 10
    assert {job.grade for job in made} == set(build.GRADES)


def page() -> scan.Pixels:
    """A bar in the upper part of a small sheet, just large enough for a seal."""
    pixels = np.full((480, 320, 3), 255, np.uint8)
    cv2.rectangle(pixels, (20, 60), (300, 90), (0, 0, 0), -1)
    return pixels


@pytest.fixture
def printed_pdf(tmp_path):
    from PIL import Image  # noqa: PLC0415

    path = tmp_path / "page.pdf"
    Image.fromarray(page()).save(path, resolution=200)
    return path


def test_scans_of_one_seed_are_the_same_bytes(printed_pdf, tmp_path):
    grade = scan.GRADES["poor200"]
    for seed, name in ((1, "a"), (1, "b"), (2, "c")):
        scan.scan(printed_pdf, tmp_path / name, grade, seed)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a").read_bytes() != (tmp_path / "c").read_bytes()


def test_a_page_on_its_side_is_told_and_turned(printed_pdf, tmp_path):
    import pypdfium2  # noqa: PLC0415

    clean = replace(scan.GRADES["clean300"], sideways=0.6)
    seen = set()
    for seed in range(12):
        record = scan.scan(printed_pdf, tmp_path / "s.pdf", clean, seed)[0]
        with pypdfium2.PdfDocument(tmp_path / "s.pdf") as document:
            width, height = document[0].get_size()
            grey = document[0].render(scale=1).to_numpy()[:, :, 0].astype(float)
        seen.add(record["rotation"])
        assert (width > height) == (record["rotation"] in (90, 270))
        if record["rotation"]:
            # The bar was in the upper part: clockwise turns bring it to the right.
            dark = 255 - grey
            side = (dark.sum(axis=0) * np.arange(grey.shape[1])).sum() / dark.sum()
            assert (side > grey.shape[1] / 2) == (record["rotation"] == 90)
    assert seen == {0, 90, 270}


def test_a_seal_leaves_the_print_beneath_it_readable():
    stamped = scan._seal(np.random.default_rng(3), np.full((900, 900, 3), 255, np.uint8), 200)
    assert (stamped[:, :, 0] > stamped[:, :, 1].astype(int) + 60).any()
    black = scan._seal(np.random.default_rng(3), np.zeros((900, 900, 3), np.uint8), 200)
    assert not black.any()


def test_content_says_nothing_twice():
    tasks = [
        task
        for programme in content.programmes()
        for section in programme["sections"]
        for item in section["items"]
        for task in item["tasks"]
    ]
    assert len(tasks) == len(set(tasks))
    assert len(tasks) > 200


@pytest.mark.slow
def test_documents_are_laid_out_and_their_bytes_repeat(tmp_path):
    todo = build.jobs(1, 2, ["merged-roles", "two-appendices"], ["digital"])
    for folder in ("a", "b"):
        build.build(todo, tmp_path / folder)
    for job in todo:
        for suffix in (".pdf", ".gold.json"):
            one, two = (tmp_path / f / f"{job.name}{suffix}" for f in ("a", "b"))
            assert one.read_bytes() == two.read_bytes()
        gold = json.loads((tmp_path / "a" / f"{job.name}.gold.json").read_text("utf-8"))
        assert all(item["pages"] for item in gold["items"])
        assert gold["boundaries"]


OTHERS = [layout for layout in load_layouts().values() if layout.form == "other"]


@pytest.mark.parametrize("layout", OTHERS, ids=lambda layout: layout.name)
def test_tables_without_tasks_print_the_rows_of_their_gold_and_no_items(layout):
    plan = composed(layout.name, 1)
    (appendix,) = plan.appendices
    style = rows.draw_style(random.Random(1), layout)
    gold = truth.gold(plan, [style], {}, {})
    assert gold["items"] == []
    body = [r for r in others.table_rows(appendix.texts, layout, style.headers) if not r.header]
    assert [[c.paragraphs[0].text for c in r.cells] for r in body] == gold["other_rows"]
    assert len(gold["other_rows"]) >= 24


def test_documents_with_other_tables_come_after_those_with_plans():
    names = list(load_layouts())
    made = build.jobs_of(11, None, names, build.GRADES)
    kinds = [
        load_layouts()[job.layout] in OTHERS or job.layout.startswith("plan-and-") for job in made
    ]
    assert kinds == sorted(kinds)
    assert [job.number for job in made] == list(range(len(made)))
    assert made[0].name == "000-five-columns-digital"
