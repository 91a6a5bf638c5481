"""Files of every kind of text layer, made from a sample: the words must be the sample's."""

from pathlib import Path

import pytest

pikepdf = pytest.importorskip("pikepdf", reason="needed to make the files only")
pdfplumber = pytest.importorskip("pdfplumber")

from pipeline.agencies import shipped_office  # noqa: E402
from pipeline.extract import extract_plan  # noqa: E402
from pipeline.ingest import open_source  # noqa: E402
from pipeline.job import Job  # noqa: E402
from pipeline.read.pages import read_pages  # noqa: E402
from pipeline.read.pdf.text_layer import read_text_layer  # noqa: E402
from pipeline.settings import Settings  # noqa: E402
from tests.benchmarks.corpus.text_layers import KINDS  # noqa: E402

SAMPLE = Path(__file__).parents[4] / "samples" / "chi-lang-papi-2024.pdf"


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """The first two pages of the sample: heading, table, bold, italic, capitals."""
    path = tmp_path_factory.mktemp("source") / "two.pdf"
    with pikepdf.open(SAMPLE) as pdf:
        del pdf.pages[2:]
        pdf.save(path, deterministic_id=True)
    return path


def read(path: Path):
    with pdfplumber.open(path, unicode_norm="NFC") as pdf:
        return [read_text_layer(page) for page in pdf.pages]


def words(path: Path) -> list[str]:
    return [word.text for page, _ in read(path) for word in page.words]


@pytest.mark.parametrize(
    "kind", ["tcvn3", "vni", "vni-bold-only", "letter-by-letter", "fallback-font", "combining"]
)
def test_the_words_are_those_that_show(kind, source, tmp_path):
    made = tmp_path / "made.pdf"
    KINDS[kind].make(source, made)
    assert words(made) == words(source)
    for page, verdict in read(made):
        assert verdict.used
        assert KINDS[kind].reason in verdict.reasons
        assert page.reasons == verdict.reasons


def test_old_codes_in_fonts_without_a_telling_name(source, tmp_path):
    """Nothing tells which font draws capitals: a capital with a mark may come out small."""
    made = tmp_path / "made.pdf"
    KINDS["tcvn3-unnamed"].make(source, made)
    pairs = list(zip(words(made), words(source), strict=True))
    assert [pair for pair in pairs if pair[0].lower() != pair[1].lower()] == []
    assert sum(one == other for one, other in pairs) > 0.95 * len(pairs)


@pytest.mark.parametrize("kind", ["tcvn3", "vni", "fallback-font"])
def test_boxes_stay_where_the_words_are(kind, source, tmp_path):
    made = tmp_path / "made.pdf"
    KINDS[kind].make(source, made)
    for (page, _), (as_it_was, _) in zip(read(made), read(source), strict=True):
        for word, was in zip(page.words, as_it_was.words, strict=True):
            assert word.box == pytest.approx(was.box, abs=0.6), word.text
            assert word.bold is was.bold


def test_glyph_numbers_are_refused(source, tmp_path):
    made = tmp_path / "made.pdf"
    KINDS["glyph-numbers"].make(source, made)
    for _, verdict in read(made):
        assert not verdict.used
        assert {"characters_unreadable", "syllables_invalid"} <= set(verdict.reasons)


def test_text_on_its_side_is_left_to_the_ocr(source, tmp_path):
    made = tmp_path / "made.pdf"
    KINDS["sideways"].make(source, made)
    assert [(v.used, v.reasons) for _, v in read(made)] == [(False, ("text_sideways",))] * 2


def test_a_stamp_on_a_scan_is_no_text_layer(source, tmp_path):
    made = tmp_path / "made.pdf"
    KINDS["stamp"].make(source, made)
    for page, verdict in read(made):
        assert "Ngày ký:" in " ".join(word.text for word in page.words)
        assert not verdict.used
        assert verdict.reasons == ("text_layer_sparse",)


def test_the_ocr_of_another_program_is_not_used(source, tmp_path):
    """Its words may be right; what they lack are the lines of the table."""
    one, made = tmp_path / "one.pdf", tmp_path / "made.pdf"
    with pikepdf.open(source) as pdf:
        del pdf.pages[1:]
        pdf.save(one)
    KINDS["good-ocr"].make(one, made)
    ((_, verdict),) = read(made)
    assert (verdict.used, verdict.reasons) == (False, ("text_layer_good", "lines_in_picture"))


def test_a_picture_in_a_digital_file_is_read_by_itself(source, tmp_path):
    made = tmp_path / "made.pdf"
    KINDS["mixed"].make(source, made)
    reading = read_pages(open_source(made, made.name), Settings())
    assert [page.method for page in reading.pages] == ["text_layer", "ocr"]
    assert [(d.what, d.page, d.taken) for d in reading.decisions] == [
        ("text_layer", 1, True),
        ("text_layer", 2, False),
    ]
    assert reading.decisions[0].figures["letters"] > 1000


@pytest.mark.parametrize(
    ("kind", "read_as", "flag"),
    [
        ("good", "digital", None),
        ("tcvn3", "digital", "text_layer_repaired"),
        ("glyph-numbers", "scanned", "text_layer_rejected"),
    ],
)
def test_a_reader_of_the_plan_is_told(kind, read_as, flag, source, tmp_path):
    one, made = tmp_path / "one.pdf", tmp_path / "made.pdf"
    with pikepdf.open(source) as pdf:
        del pdf.pages[1:]
        pdf.save(one)
    KINDS[kind].make(one, made)
    plan = extract_plan(Job(made, made.name, Settings(), shipped_office()))
    assert plan.document.title == "NỘI DUNG CẢI THIỆN, NÂNG CAO CHỈ SỐ PAPI TỈNH LẠNG SƠN NĂM 2024"
    assert plan.document.kind == read_as
    assert {f for f in plan.document.flags if f.startswith("text_layer")} == {flag} - {None}
    assert [d.reasons for d in plan.decisions if KINDS[kind].reason in d.reasons]


def test_the_same_bytes_each_time(source, tmp_path):
    for kind in ("tcvn3", "vni", "letter-by-letter"):
        once, again = tmp_path / f"{kind}-1.pdf", tmp_path / f"{kind}-2.pdf"
        KINDS[kind].make(source, once)
        KINDS[kind].make(source, again)
        assert once.read_bytes() == again.read_bytes()
