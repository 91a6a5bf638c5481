"""Hand-picked syllables that exist, and strings that cannot."""

import pytest

from pipeline.syllables import is_syllable, share_of_marked, share_of_syllables

VALID = """
nghiêng khuyến thuở quyển huỳnh hươu rượu gì giếng quốc gìn ghế ngã nghỉ oanh uyên yêu xoong đường
Hữu Lũng Uỷ ủy ban nhân dân khuỷu ngoằn ngoèo quệt tuýp thuế hoặc loa chuyển kỹ lý mỹ y tế ích ếch
ướt ưu khoẻ khỏe giặc giục quy quý cuộc quít tiếng yếm loắt choắt
"""
INVALID = """
cế nghà ngi ge kang zung foo wet tap cach bêp PHIEUx HQI đgh mbao tieng1 strong ptt ươưng ngươờ giqu
cqui hoaạ toán̉
"""


@pytest.mark.parametrize("word", VALID.split())
def test_valid(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", INVALID.split())
def test_invalid(word):
    assert not is_syllable(word)


def test_shares_tell_layers_apart():
    good = (
        "Tuyên truyền, phổ biến và thực hiện đầy đủ các quy định của Luật Thực hiện dân chủ ở cơ sở"
    )
    tcvn3 = "B¸o c¸o vÒ t×nh h×nh s¶n xuÊt kinh doanh ngµnh c«ng nghiÖp th¸ng 02"
    english_ocr = "CQNG HOA XA HQI CHU NGHIA VIET NAM Dqc lap Tu do Hanh phuc PHIEU TRiNH"
    assert share_of_syllables(good) > 0.95
    assert share_of_marked(good) > 0.7
    assert share_of_syllables(tcvn3) < 0.6
    assert share_of_marked(english_ocr) < 0.1


def test_abbreviations_do_not_count():
    assert share_of_syllables("UBND HĐND TTHC nhân dân") == 1.0
