"""Text layers are judged by what they say."""

import pytest

from pipeline.read.pdf.text_layer import judge_layer

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
ENGLISH = (
    "The provincial programme is implemented by the department of agriculture, and all of the "
    "activities that are listed in this annex shall be reported by the end of the year. " * 3
)
UNMARKED = "Ban tiep cong dan trung nam nay thi phai lam theo ke hoach chung cua tinh " * 5
NUMBERS = "TT KH ĐVT 1 125,5 ha 2 98.000 kg 3 12,7% TC 236 UBND NTM GDP 1.234.567 (1) (2) (3=1+2)"
PRIVATE = "\uf0e0\uf0e1\uf0e2 \uf0e3\uf0e4 \uf0e5\uf0e6\uf0e7\uf0e8"


def judge(text, picture):
    return judge_layer({"Times": text}, picture)


@pytest.mark.parametrize(
    ("text", "picture", "used", "reason"),
    [
        (GOOD, 0.0, True, "text_layer_good"),
        (GOOD, 1.0, True, "text_layer_good"),
        (ENGLISH_OCR, 1.0, False, "marks_missing"),
        (TCVN3, 0.0, False, "syllables_invalid"),
        (TCVN3[:60], 0.0, False, "characters_unreadable"),
        (GLYPHS, 0.0, False, "syllables_invalid"),
        (GLYPHS[:40], 0.0, False, "characters_unreadable"),
        ("(cid:12)(cid:7) (cid:33)", 0.0, False, "characters_unreadable"),
        (PRIVATE, 0.0, False, "characters_unreadable"),
        (STAMP, 1.0, False, "text_layer_sparse"),
        (STAMP * 6, 1.0, False, "text_layer_sparse"),
        (STAMP, 0.0, True, "text_layer_good"),
        (ENGLISH, 0.0, True, "text_layer_english"),
        (ENGLISH, 1.0, True, "text_layer_english"),
        (UNMARKED, 0.0, True, "text_layer_good"),
        (UNMARKED, 1.0, False, "marks_missing"),
        (NUMBERS, 0.0, True, "text_layer_good"),
        (NUMBERS, 1.0, False, "text_layer_sparse"),
        ("1 2 3", 0.0, True, "text_layer_good"),
        ("\uf0b7 Tuyên truyền \uf0b7 Phổ biến", 0.0, True, "text_layer_good"),
        ("PAPI SIPAS DDCI Website Zalo", 0.0, True, "text_layer_good"),
        ("", 1.0, False, "no_text_layer"),
        ("", 0.0, True, "no_text_layer"),
    ],
)
def test_verdict(text, picture, used, reason):
    verdict = judge(text, picture)
    assert reason in verdict.reasons
    assert verdict.used is used


def test_a_font_that_does_not_read_makes_the_page_unfit():
    good, bad = GOOD * 4, "Gmm xrt Qwf bnd kcs zhv " * 12
    assert judge_layer({"Times": good}, 0.0).used
    verdict = judge_layer({"Times": good, "Bold": bad}, 0.0)
    assert not verdict.used
    assert "font_unreadable" in verdict.reasons


def test_figures_are_what_was_found():
    figures = judge(GOOD, 0.25).figures
    assert figures.letters == sum(map(str.isalpha, GOOD))
    assert figures.valid == 1.0
    assert figures.marked > 0.7
    assert (figures.unreadable, figures.english, figures.picture) == (0.0, 0.0, 0.25)
    assert judge(GLYPHS, 0.0).figures.unreadable > 0.1
    assert judge(ENGLISH, 0.0).figures.english > 0.15


def test_text_beside_a_picture_does_not_speak_for_it():
    """A table pasted as a picture, good text around it: the picture has to be read."""
    assert judge_layer({"Times": GOOD}, 0.6, over=GOOD).used
    verdict = judge_layer({"Times": GOOD}, 0.6, over="Bảng 1")
    assert (verdict.used, verdict.reasons) == (False, ("text_layer_sparse",))
