"""The fast pages hold what pdfplumber's own pages hold: characters, lines, rectangles, pictures."""

from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from pipeline.read.pdf.page import fast_pages

SAMPLE = Path(__file__).parents[4] / "samples" / "chi-lang-papi-2024.pdf"
# What pdfplumber adds and this program does not ask for, and what this program adds.
_LEFT_OUT = {
    "ncs",
    "non_stroking_color",
    "stroking_color",
    "mcid",
    "tag",
    "doctop",
    "stream",
    "name",
    "stamped",
    "look",
}

_TEXT = (
    b"BT /F1 12 Tf 100 700 Td (Hello) Tj 2 Tc 5 Tw 80 Tz (a b) Tj [(x)-500(y)]TJ 4 Ts (up) Tj ET "
)
_TURNED = b"BT /F1 9 Tf 0 1 -1 0 300 300 Tm (turned) Tj -1 0 0 -1 200 200 Tm (over) Tj ET "
_SLANTED = b"BT /F1 9 Tf .9 .3 -.3 .9 50 50 Tm (slanted) Tj 1 0 .3 1 60 60 Tm (leaning) Tj ET "
_DRAWN = (
    b"0.5 w 50 50 m 200 50 l S 50 60 100 40 re S 60 70 90 1 re f 10 10 m 20 30 40 50 60 10 c S "
)
_PICTURE = b"q 100 0 0 50 20 20 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q "
_NESTED = b"BT /F1 12 Tf 20 400 Td (a (b) c) Tj ET % nested\n"


def objects(page) -> dict:
    return {
        kind: [{k: v for k, v in each.items() if k not in _LEFT_OUT} for each in found]
        for kind, found in page.objects.items()
    }


def assert_same(path: Path):
    with pdfplumber.open(path, unicode_norm="NFC") as pdf:
        theirs = [(page.page_number, page.width, page.height, objects(page)) for page in pdf.pages]
    with path.open("rb") as file:
        pages = fast_pages(pdfplumber.open(file), range(1, 1000))
        ours = [(page.page_number, page.width, page.height, objects(page)) for page in pages]
    assert ours == theirs
    assert any(found for *_, found in theirs)


def test_the_sample():
    assert_same(SAMPLE)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("box", [(0, 0, 595, 842), (20, -30, 615, 812)])
@pytest.mark.parametrize("content", [_TEXT + _TURNED + _SLANTED + _DRAWN, _PICTURE + _NESTED])
def test_pages_of_all_kinds(tmp_path, turn, box, content):
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1)
    font.BaseFont = pikepdf.Name("/Times-Roman")
    resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    form = pdf.make_stream(content)
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox, form.Matrix = [0, 0, 595, 842], [0.5, 0, 0, 0.5, 10, 20]
    form.Resources = resources
    page = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=list(box), Rotate=turn)
    page.Resources = pikepdf.Dictionary(Font=resources.Font, XObject=pikepdf.Dictionary(X1=form))
    page.Contents = pikepdf.Array([pdf.make_stream(content), pdf.make_stream(b"/X1 Do")])
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    path = tmp_path / "made.pdf"
    pdf.save(path)
    assert_same(path)


def test_only_the_pages_asked_for():
    with SAMPLE.open("rb") as file:
        assert [p.page_number for p in fast_pages(pdfplumber.open(file), [2, 5])] == [2, 5]
