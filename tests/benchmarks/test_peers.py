"""The script around other tools does what their issue threads advise; nothing of theirs is run."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.benchmarks.measure.content import content_tally
from tests.benchmarks.measure.documents import CorpusDocument
from tests.benchmarks.measure.tally import Tally
from tests.benchmarks.memory import Used
from tests.benchmarks.peers import report
from tests.benchmarks.peers.__main__ import selected
from tests.benchmarks.peers.glue import items_of
from tests.benchmarks.peers.tools import Result, tools_for

HEADER = ["TT", "Nội dung", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"]
GOLD = {"unit": "huyện Chi Lăng", "province": "Lạng Sơn", "year": 2024}
FIRST = ["1", "Thu, chi", "- Công khai;\n- Niêm yết tại", "Phòng Nội vụ", "UBND xã", "Quý II"]
REST = ["", "", "trụ sở xã.", "", "", "năm 2024"]


def rows_of(*tables) -> list[dict]:
    return items_of([(page, rows) for page, rows in enumerate(tables, 1)], GOLD)["items"]


def test_columns_are_found_by_their_headers():
    (item,) = rows_of([HEADER, FIRST])
    assert (item["marker"], item["title"]) == ("1", "Thu, chi")
    assert item["tasks"] == ["Công khai;", "Niêm yết tại"]
    assert [agency["name"] for agency in item["lead"]] == ["Phòng Nội vụ"]
    assert item["timeframe"]["end"] == "2024-06-30"


def test_a_row_with_an_empty_first_cell_at_the_head_of_a_page_goes_to_the_one_above():
    (item,) = rows_of([HEADER, FIRST], [REST])
    assert item["tasks"] == ["Công khai;", "Niêm yết tại trụ sở xã."]


def test_repeated_headers_are_dropped():
    again = [cell.upper() for cell in HEADER]
    numbers = [f"({n})" for n in range(1, 7)]
    assert len(rows_of([HEADER, numbers, FIRST], [again, REST, ["2", *FIRST[1:]]])) == 2


def test_elsewhere_it_stays_a_row_of_its_own():
    assert len(rows_of([HEADER, FIRST, ["", *FIRST[1:]]])) == 2


@pytest.mark.parametrize(
    "row",
    [
        ["I", "Công khai, minh bạch", "", "", "", ""],
        ["I. Công khai, minh bạch", None, None, None, None, None],
        ["I", *["Công khai, minh bạch"] * 5],
    ],
)
def test_a_row_with_one_text_is_a_heading(row):
    plan = items_of([(1, [HEADER, row, FIRST])], GOLD)
    (section,) = plan["sections"]
    assert (section["marker"], section["title"]) == ("I", "Công khai, minh bạch")
    assert [item["section_id"] for item in plan["items"]] == [section["id"]]


def test_rows_of_other_tables_are_no_items():
    assert rows_of([["Nơi nhận", "Chữ ký"], ["- Như trên;", "CHỦ TỊCH"]]) == []


def test_one_content_column_is_divided_at_its_colon():
    header = [HEADER[0], *HEADER[2:]]
    (item,) = rows_of([header, ["1", "Thu, chi:\n- Công khai", *FIRST[3:]]])
    assert (item["title"], item["tasks"]) == ("Thu, chi", ["Công khai"])


def test_what_the_glue_makes_is_measured_like_a_plan():
    item = {
        "section": None, "marker": "1", "title": "Thu, chi", "lead_in": None,
        "tasks": ["Công khai;", "Niêm yết tại trụ sở xã."],
        "lead_names": ["Phòng Nội vụ"], "partner_names": ["UBND xã"],
        "timeframe": {"kind": "period", "start": "2024-04-01", "end": "2024-06-30",
                      "recurrence": None},
    }  # fmt: skip
    gold = GOLD | {"items": [item], "sections": [], "number": "", "day": "", "month": ""}
    gold["issued_year"] = ""
    tally = content_tally(gold, {"items": rows_of([HEADER, FIRST], [REST]), "sections": []})
    assert (tally.matched, tally.errors, tally.timeframe) == (1, 0, 1)


def _document(name: str, grade: str) -> CorpusDocument:
    return CorpusDocument(Path(f"{name}.pdf"), Path(f"{name}.gold.json"), grade, name)


def test_scans_go_only_through_what_reads_scans():
    assert tools_for(_document("a", "fax200")) == ("tesseract", "img2table", "phuluc")
    assert tools_for(_document("a", "digital"))[:2] == ("pdfplumber", "camelot")


def test_each_grade_gets_as_many_documents_spread_over_all(monkeypatch):
    monkeypatch.setattr(CorpusDocument, "gold", lambda self: {"items": self.layout != "empty"})
    names = [*"abcdefgh", "empty"]
    found = [_document(name, grade) for name in names for grade in ("digital", "poor200")]
    chosen = selected(found, 4)
    assert [d.layout for d in chosen if d.grade == "digital"] == ["a", "c", "e", "g"]
    assert len([d for d in chosen if d.grade == "poor200"]) == 4


@pytest.fixture
def results(monkeypatch) -> list[Result]:
    monkeypatch.setattr(CorpusDocument, "gold", lambda _: {"page_count": 4})
    digital, scan = _document("a", "digital"), _document("b", "office200")
    good, bad = (Tally(documents=1, items=8, found=8, matched=n, letters=100) for n in (8, 2))
    return [
        Result("pdfplumber", digital, bad, Used(2.0, 40.0, "")),
        Result("phuluc", digital, good, Used(1.0, 90.0, "")),
        Result("tesseract", scan, None, Used(4.0, 80.0, "")),
        Result("img2table", scan, Tally(documents=1, items=8), Used(12.0, 300.0, "TypeError")),
    ]


def test_the_table_has_figures_and_ratios(results):
    lines = report.table(results).splitlines()[2:]
    assert [line.split(" | ")[1] for line in lines] == [
        "phuluc", "pdfplumber + script", "img2table + Tesseract + script", "Tesseract alone",
    ]  # fmt: skip
    assert "| 1.000 |" in lines[0]
    assert lines[0].endswith("| 0.25 | 0.50 | 90 |")
    assert "| 0.250 |" in lines[1]
    assert lines[2].endswith("| 3.00 | 3.00 | 300 |")


def test_the_chart_is_drawing_with_a_bar_for_each_tool_that_read(results):
    drawing = ElementTree.fromstring(report.chart(results))
    shown = [each.text for each in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert [text for text in shown if text in ("1.00", "0.25", "0.00")].count("1.00") == 2
    assert "digital" in shown
    assert "poor200" not in shown
