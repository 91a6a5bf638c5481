import pytest

from pipeline.agencies import shipped_office
from pipeline.letters.known import known_of
from pipeline.letters.mend import mended
from pipeline.letters.short_forms import is_short_form, short_form_of
from schemas.geometry import Box
from schemas.page import Word

KNOWN = known_of(shipped_office().registry(), None)


@pytest.mark.parametrize(
    ("before", "read", "right"),
    [
        ("Phòng", "GD&DT,", "GD&ĐT,"),
        ("Phòng", "GDĐÏT;", "GDĐT;"),
        ("Phòng", "GD&ĐITI.", None),  # which letter is too many
        ("Hội", "CCPB", "CCB"),
        ("tâm", "PVHCG", "PVHCC"),
        ("Đoàn", "TNGS", "TNCS"),
        ("VP", "HDND-DBND", "HĐND-UBND"),
        ("VP", "HĐĐĐND-UBND;", "HĐND-UBND;"),
        ("UBMTTQV", "Nxã;", "N xã;"),
    ],
)
def test_a_short_form_behind_its_head_is_that_of_the_registry(
    before: str, read: str, right: str | None
) -> None:
    found = short_form_of(read, before, "", KNOWN.forms)

    assert (found.text if found else None) == right


@pytest.mark.parametrize(
    ("before", "read", "after"),
    [
        ("Phòng", "GD&ĐT", ""),
        ("Phòng", "TNMT", ""),
        ("Phòng", "NNMT", ""),
        ("Phòng", "VHTT", ""),
        ("Phòng", "TCKH", ""),
        ("Phòng", "LĐTBX", "H"),  # a narrow column cut it
        ("Phòng", "LĐTBX", ""),  # its end may stand elsewhere
        ("Phòng", "GDĐI", "T,"),
        ("phòng", "HĐND&U", "BND."),
        ("Phòng,", "GD&DT", ""),  # another name begins
        ("giải", "TTHC", ""),
        ("số", "CCHC", ""),
        ("Phòng", "THANH", ""),
        ("UBND", "Yên", ""),
        ("UBMTTQ", "Nxã", ""),
    ],
)
def test_other_capitals_stay(before: str, read: str, after: str) -> None:
    assert short_form_of(read, before, after, KNOWN.forms) is None


@pytest.mark.parametrize(("confidence", "text"), [(0.9, "GD&ĐT"), (1.0, "GD&DT")])
def test_only_what_was_scanned_is_mended(confidence: float, text: str) -> None:
    box = Box(0, 0, 10, 10)
    words = [Word("Phòng", box, confidence), Word("GD&DT", box, confidence)]

    found = mended([words], KNOWN)[0]

    assert [word.text for word in found] == ["Phòng", text]
    assert (found[1].reread is not None) == (confidence < 1)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("UBND,", True),
        ("HĐND-UBND", True),
        ("GD&ĐT", True),
        ("III.", True),
        ("VNeID", True),
        ("TTHC;", True),
        ("c)", True),
        ("HDND&DUBND", False),
        ("TTIYT", False),
        ("H", False),
        ("…", False),
    ],
)
def test_short_forms_that_are_known_are_told_from_misread_ones(text: str, known: bool) -> None:
    assert is_short_form(text, KNOWN.forms) is known
