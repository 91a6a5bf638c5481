"""Content streams taken apart quickly hold what pdfminer's own parser finds in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import PSEOF

from pipeline.read.pdf.content import NotPlainError, content_objects


def by_pdfminer(data: bytes) -> list:
    found = []
    try:
        parser = PDFContentParser([PDFStream({}, data)])
        while True:
            found.append(parser.nextobject()[1])
    except PSEOF:
        return found


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \r\n\x00 ",
        b"q 1 0 0 1 72.5 -.5 cm\nBT /F1 12 Tf [<0041>-12.5(a\\)\\(b\\\\)3]TJ ET Q",
        b"(\\101\\12x\\7) Tj (a\nb\r\n\\n) Tj (\\q\\\n) ' (x) \" T* f*",
        b"/Span<</ActualText<FEFF0110>/MCID 3/On true/Off false>>BDC EMC",
        b"[[1 2][/A(b)]] 0 d +7 5. .25 -0.0 rg/CS0 cs",
        b"<</A[1 2]/B<</C 1>>>> BDC",
        b"<> Tj () Tj true false null",
    ],
)
def test_plain_streams(data: bytes):
    assert content_objects(data) == by_pdfminer(data)


@pytest.mark.parametrize(
    "data",
    [
        b"BI /W 1 /H 1 ID \xff EI",
        b"1 % a comment\n2",
        b"(a (nested) string) Tj",
        b"(never closed",
        b"/A#42 gs",
        b"1.2.3 Td",
        b"12abc",
        b"]",
        b"[1 2",
        b"<0 1> Tj",
        b"<ABC> Tj",
        b"(\\777) Tj",
        b"<</A>> BDC",
        b"[q] Tj",
        b"{ 1 }",
        b"\xc4\x90",
    ],
)
def test_what_is_not_plain_is_left_to_pdfminer(data: bytes):
    with pytest.raises(NotPlainError):
        content_objects(data)


_PARTS = b"""
1 -2 +3 .5 -6. 7.25 --8 9-1 1e5 ( ) \\ [ ] < > << >> 41 /F1
/ Tj f* ' " true null BT # % a
""".split()
_PARTS += [b" ", b"\n", b"\r", b"\x00", b"\xe1"]


@given(st.lists(st.sampled_from(_PARTS), max_size=14).map(b"".join))
def test_never_other_than_pdfminer(data: bytes):
    try:
        found = content_objects(data)
    except NotPlainError:
        return
    assert found == by_pdfminer(data)
