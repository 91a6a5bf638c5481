"""Text layers are judged by what they say."""

import pytest

from pipeline.read.text_layer import judge_layer

GOOD = (
    "Tuyên truyền, phổ biến và thực hiện đầy đủ các quy định của Luật Thực hiện dân chủ ở cơ sở. "
    * 5
)
ENGLISH_OCR = "CQNG HOA XA HQI CHU NGHIA VIET NAM Dqc lap - Tq do - Hanh phuc PHIEU TRiNH " * 5
TCVN3 = (
    "B¸o c¸o vÒ t×nh h×nh s¶n xuÊt kinh doanh ngµnh c«ng nghiÖp th¸ng 02 vµ 2 th¸ng ®Çu n¨m " * 5
)
GLYPHS = "6Ӣ CÔNG 7+ѬѪ1* &Ӝ1* +Ñ$ ;­ +Ӝ, &+Ӫ 1*+Ƭ$ 9,ӊ7 1$0 ĈӝF OұS 7ӵ GR +ҥQK SK~F " * 5
STAMP = "Người ký: Ủy ban nhân dân huyện. Ngày ký: 03/08/2020 16:29:07 +07:00"


@pytest.mark.parametrize(
    ("text", "picture", "used", "reason"),
    [
        (GOOD, 0.0, True, "text_layer_good"),
        (GOOD, 1.0, True, "text_layer_good"),
        (ENGLISH_OCR, 1.0, False, "marks_missing"),
        (TCVN3, 0.0, False, "syllables_invalid"),
        (GLYPHS, 0.0, False, "syllables_invalid"),
        (STAMP, 1.0, False, "text_layer_sparse"),
        (STAMP, 0.0, True, "text_layer_good"),
        ("", 1.0, False, "no_text_layer"),
        ("", 0.0, True, "no_text_layer"),
    ],
)
def test_verdict(text, picture, used, reason):
    verdict = judge_layer(text, picture)
    assert verdict.used is used
    assert reason in verdict.reasons
