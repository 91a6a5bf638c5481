"""Whole documents: the samples, against what is known of them, with real Tesseract."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from PIL import Image

from pipeline.agencies import Office, OfficeFiles, shipped_office
from pipeline.agencies.registry.decide import Person, decide
from pipeline.agencies.registry.decisions import run_of
from pipeline.agencies.tokens import tokenize
from pipeline.extract import extract_document
from pipeline.ingest import open_source
from pipeline.job import Job
from pipeline.read.scan.render import render_page
from pipeline.settings import Settings
from schemas.failure import FailureCode

SAMPLES = Path(__file__).parents[2] / "samples"
GOLD = json.loads((SAMPLES / "chi-lang-papi-2024.gold.json").read_text("utf-8"))
needs_tesseract = pytest.mark.skipif(
    not shutil.which("tesseract"), reason="Tesseract not installed"
)


@pytest.fixture(scope="module")
def digital():
    return extract_document(
        Job(
            SAMPLES / "chi-lang-papi-2024.pdf",
            "chi-lang-papi-2024.pdf",
            Settings(),
            shipped_office(),
        )
    ).plan


@pytest.fixture(scope="module")
def scanned():
    if not shutil.which("tesseract"):
        pytest.skip("Tesseract not installed")
    name = "chi-lang-papi-2024-scan.pdf"
    return extract_document(Job(SAMPLES / name, name, Settings(), shipped_office())).plan


def test_the_born_digital_plan_is_exact(digital):
    assert len(digital.items) == len(GOLD["items"])
    for item, gold in zip(digital.items, GOLD["items"], strict=True):
        assert item.marker == gold["marker"]
        assert item.title == gold["title"]
        assert item.lead_in == gold["lead_in"]
        assert list(item.tasks) == gold["tasks"]
        assert [a.name for a in item.lead] == gold["lead_names"]
        assert [a.name for a in item.partners] == gold["partner_names"]
        assert item.timeframe.kind == gold["timeframe"]["kind"]
    assert [s.title for s in digital.sections] == [s["title"] for s in GOLD["sections"]]


def test_a_decision_wins_in_the_next_run(digital, tmp_path):
    files = OfficeFiles(tmp_path / "agencies.csv", tmp_path / "decisions.sqlite3")
    office = Office.load(files, Settings())
    raw = "Phòng Tư pháp"
    decide(office, raw, "is", "hat-kiem-lam", Person("Lan", datetime(2026, 1, 2, tzinfo=UTC)))
    name = "chi-lang-papi-2024.pdf"
    plans = [
        extract_document(Job(SAMPLES / name, name, Settings(), office.current())).plan
        for _ in range(2)
    ]
    assert plans[0].model_dump_json() == plans[1].model_dump_json()
    assert plans[0].produced_by.registry != digital.produced_by.registry
    before = [a for item in digital.items for a in (*item.lead, *item.partners)]
    after = [a for item in plans[0].items for a in (*item.lead, *item.partners)]
    assert [a.raw for a in after] == [a.raw for a in before]
    run = run_of(tokenize(raw))
    decided = [run_of(tokenize(a.raw)) == run for a in before]
    assert any(decided)
    assert [a.agency_id == "hat-kiem-lam" and a.method == "decision" for a in after] == decided


def test_the_head_keeps_what_was_left_blank(digital):
    head = digital.document
    assert (head.plan_number, head.plan_symbol) == ("", "KH-UBND")
    assert (head.issued_on.day, head.issued_on.month, head.issued_on.year) == (None, 5, 2024)
    assert (head.unit, head.province, head.year) == ("huyện Chi Lăng", "Lạng Sơn", 2024)
    assert head.kind == "digital"


@pytest.mark.parametrize("which", ["digital", "scanned"])
def test_rows_that_a_page_break_cuts_keep_both_pieces(which, request):
    plan = request.getfixturevalue(which)
    cut = {item.id: item for item in plan.items if item.joins}
    assert len(cut) == 2
    for item in cut.values():
        (join,) = item.joins
        assert {f.page for f in item.fragments} == {join.page - 1, join.page}
        assert join.reasons
    first, second = cut.values()
    assert first.tasks[0].endswith("của địa phương.")
    assert [a.name for a in second.lead] == ["Các cơ quan, đơn vị", "UBND cấp xã"]
    assert len(second.tasks) == 2


def test_every_box_lies_on_its_text(digital):
    with pdfplumber.open(SAMPLES / "chi-lang-papi-2024.pdf") as pdf:
        for item in digital.items:
            for fragment in item.fragments:
                x0, top, x1, bottom = fragment.bbox
                crop = pdf.pages[fragment.page - 1].crop((x0 - 1, top - 1, x1 + 1, bottom + 1))
                assert crop.extract_text().split() == fragment.text.split()


@needs_tesseract
def test_boxes_on_the_scan_lie_where_they_do_on_the_original(digital, scanned):
    for ours, truth in zip(scanned.items, digital.items, strict=True):
        for a, b in zip(ours.fragments, truth.fragments, strict=True):
            assert (a.page, a.column) == (b.page, b.column)
            # The scan is skewed by up to 0.9 degrees about its middle: 7 pt at the edges.
            assert a.bbox == pytest.approx(b.bbox, abs=9)


def test_the_scan_is_nearly_exact(scanned):
    assert scanned.document.kind == "scanned"
    assert len(scanned.items) == len(GOLD["items"])
    wrong = [
        (item.title, gold["title"])
        for item, gold in zip(scanned.items, GOLD["items"], strict=True)
        if item.title != gold["title"]
    ]
    assert len(wrong) <= 4  # single tone marks
    letters = sum(len(f.text) for item in scanned.items for f in item.fragments)
    sure = sum(f.confidence * len(f.text) for item in scanned.items for f in item.fragments)
    assert sure / letters > 0.9
    assert all(f.confidence <= 1 for item in scanned.items for f in item.fragments)


def test_two_runs_give_the_same_bytes(digital):
    again = extract_document(
        Job(
            SAMPLES / "chi-lang-papi-2024.pdf",
            "chi-lang-papi-2024.pdf",
            Settings(workers=1),
            shipped_office(),
        )
    ).plan
    assert again.model_dump_json() == digital.model_dump_json()


@needs_tesseract
def test_a_sideways_page_reads_the_same_and_its_boxes_stay_on_the_picture(tmp_path):
    source = open_source(SAMPLES / "chi-lang-papi-2024-scan.pdf", "x")
    pixels = render_page(source, 5, 60_000_000).pixels[:, :, ::-1]
    boxes = {}
    for turns in (0, 1, 2, 3):
        path = tmp_path / f"turned-{turns}.png"
        image = Image.fromarray(pixels).rotate(90 * turns, expand=True)
        image.save(path, dpi=(200, 200))
        plan = extract_document(Job(path, path.name, Settings(), shipped_office())).plan
        assert [item.marker for item in plan.items][:3] == ["d", "a", "b"], turns
        boxes[turns] = (image.size, plan.items[0].fragments[0].bbox)
    (width, height), upright = boxes[0]
    (_, turned_height), turned = boxes[1]
    assert turned_height == width
    # Turned counter-clockwise, x becomes the distance from the foot.
    assert turned[0] == pytest.approx(upright[1], abs=6)
    assert turned[3] == pytest.approx(width * 72 / 200 - upright[0], abs=6)
    assert height


def test_a_pdf_without_a_table_is_a_document_with_a_flag(tmp_path):
    path = tmp_path / "blank.pdf"
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    document.save(path)
    outcome = extract_document(Job(path, "blank.pdf", Settings(), shipped_office()))
    assert outcome.failure is None
    assert outcome.plan.items == ()
    assert "no_table" in outcome.plan.document.flags


def test_without_tesseract_a_scan_says_what_to_do_and_a_digital_file_is_done(monkeypatch):
    monkeypatch.setenv("PATH", "")
    scan = extract_document(
        Job(SAMPLES / "chi-lang-papi-2024-scan.pdf", "s.pdf", Settings(), shipped_office())
    )
    assert scan.failure.code == FailureCode.TESSERACT_MISSING
    assert scan.failure.environment
    assert "tesseract-ocr" in scan.failure.hint
    digital = extract_document(
        Job(SAMPLES / "chi-lang-papi-2024.pdf", "d.pdf", Settings(), shipped_office())
    )
    assert len(digital.plan.items) == 25


@needs_tesseract
def test_missing_language_data_is_told():
    settings = Settings(ocr_language="xyz")
    scan = extract_document(
        Job(SAMPLES / "chi-lang-papi-2024-scan.pdf", "s.pdf", settings, shipped_office())
    )
    assert scan.failure.code == FailureCode.LANGUAGE_MISSING
    assert "xyz" in scan.failure.message


def test_a_page_too_large_to_render_is_refused():
    outcome = extract_document(
        Job(
            SAMPLES / "chi-lang-papi-2024-scan.pdf",
            "s.pdf",
            Settings(max_pixels=10_000),
            shipped_office(),
        )
    )
    assert outcome.failure.code in (FailureCode.TOO_LARGE, FailureCode.TESSERACT_MISSING)


def test_a_papi_plan_carries_the_dimensions(digital):
    sections = {section.id: section for section in digital.sections}
    assert [section.papi_dimension for section in digital.sections] == list("12345678")
    for item in digital.items:
        assert item.papi_dimension == sections[item.section_id].papi_dimension


def test_other_plans_carry_none(monkeypatch):
    asked = []
    monkeypatch.setattr("pipeline.interpret.plan.is_papi", asked.append)
    name = "chi-lang-papi-2024.pdf"
    plan = extract_document(Job(SAMPLES / name, name, Settings(), shipped_office())).plan
    assert asked == [plan.document.title, plan.appendices[0].title]
    assert {part.papi_dimension for part in (*plan.sections, *plan.items)} == {None}
