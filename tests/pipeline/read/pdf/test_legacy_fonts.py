"""TCVN3 and VNI: what the fonts' names tell, and the letters behind the codes."""

import pytest

from pipeline.read.pdf.legacy_fonts import (
    converted,
    draws_capitals,
    encoding_of,
    guess_encodings,
    named_encodings,
    to_unicode,
)
from tests.benchmarks.corpus import legacy_codes

LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"


@pytest.mark.parametrize(
    ("font", "encoding", "capitals"),
    [
        ("CCBOEA+.VnTime", "tcvn3", False),
        (".VnTime,Bold", "tcvn3", False),
        ("CCBOCO+.VnTimeH", "tcvn3", True),
        (".VnArialH,BoldItalic", "tcvn3", True),
        (".VnArial NarrowH", "tcvn3", True),
        ("VnTimeH", "tcvn3", True),
        (".VnHelvetInsH", "tcvn3", True),
        ("VNI-Times", "vni", False),
        ("ABCDEF+VNI-Helve-Condense,Bold", "vni", False),
        ("VNITimes", "vni", False),
        ("TimesNewRomanPSMT", None, False),
        ("ABCDEF+Vni-like", None, False),
        ("Vnu", None, False),
    ],
)
def test_what_a_name_tells(font, encoding, capitals):
    assert encoding_of(font) == encoding
    assert draws_capitals(font) is capitals


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter(letter):
    assert to_unicode(legacy_codes.tcvn3(letter), "tcvn3") == letter
    assert to_unicode(legacy_codes.vni(letter), "vni") == letter
    assert to_unicode(legacy_codes.vni(letter.upper()), "vni") == letter.upper()


@pytest.mark.parametrize(
    ("encoding", "before", "after"),
    [
        ("tcvn3", "B¸o c¸o vÒ t×nh h×nh", "Báo cáo về tình hình"),
        ("tcvn3", "nhµ n\u00adíc ®\u00adîc §Çu t\u2212", "nhà nước được Đầu tư"),
        ("tcvn3", "\uf042\uf0b8o c\uf0b8o", "Báo cáo"),
        ("tcvn3", "39.897 (16%) – 2007", "39.897 (16%) – 2007"),
        ("vni", "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("vni", "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        ("vni", "ñöôïc thöïc hieän ôû caùc xaõ mieàn nuùi", "được thực hiện ở các xã miền núi"),
        ("vni", "saün coù, xöû lyù, tænh, nghò quyeát", "sẵn có, xử lý, tỉnh, nghị quyết"),
        ("vni", "chaúng, AÁp, UÛy ban, kyø, tî, Aán", "chẳng, Ấp, Ủy ban, kỳ, tỵ, Ấn"),
    ],
)  # fmt: skip
def test_phrases(encoding, before, after):
    assert to_unicode(before, encoding) == after


def char(text, font, x, width=6.0):
    return {
        "text": text, "fontname": font, "x0": x, "x1": x + width, "width": width,
        "top": 10.0, "bottom": 22.0, "size": 12.0,
    }  # fmt: skip


def line(text, font):
    return [char(c, font, 6.0 * i, 3.0 if c == " " else 6.0) for i, c in enumerate(text)]


def test_small_letters_of_a_font_of_capitals():
    chars = line("B¸o c¸o ", ".VnTimeH") + line("quý I", ".VnTime")
    read = converted(chars, named_encodings(chars))
    assert "".join(c["text"] for c in read) == "BÁO CÁO quý I"


def test_a_wide_space_is_the_letter_that_stands_in_its_place():
    chars = line("n íc, t ", ".VnTime")
    for at in (1, 7):
        chars[at]["width"] = 6.0
    read = converted(chars, named_encodings(chars))
    assert "".join(c["text"] for c in read) == "nước, tư"


def test_letter_and_mark_become_one_with_a_box_around_both():
    chars = [char("a", "VNI-Times", 0.0), char("ù", "VNI-Times", 5.0, 2.0)]
    (letter,) = converted(chars, {"VNI-Times": "vni"})
    assert (letter["text"], letter["x0"], letter["x1"]) == ("á", 0.0, 7.0)
    assert chars[0]["text"] == "a"


def test_a_letter_and_a_mark_in_one_character_are_converted_once():
    chars = [char("C", "VNI-Times", 0.0), char("oâ", "VNI-Times", 6.0), char("ô", "VNI-Times", 9.0)]
    read = converted(chars, {"VNI-Times": "vni"})
    assert "".join(c["text"] for c in read) == "Côơ"


def test_each_font_by_itself():
    chars = line("caùc xaõ ", "VNI-Times") + line("cùng ù", "Times") + line("t¸ch", ".VnTime")
    read = converted(chars, named_encodings(chars))
    assert "".join(c["text"] for c in read) == "các xã cùng ùtách"


def test_unicode_under_an_old_name_stays():
    chars = line("Thực hiện µ", ".VnTime")
    assert named_encodings(chars) == {}


OLD = "B¸o c¸o vÒ t×nh h×nh s¶n xuÊt kinh doanh ngµnh c«ng nghiÖp th¸ng 02 vµ 2 th¸ng ®Çu n¨m"
UNICODE = "Báo cáo về tình hình sản xuất kinh doanh ngành công nghiệp tháng 02"
VNI = "Baùo caùo veà tình hình saûn xuaát kinh doanh ngaønh coâng nghieäp thaùng 02 vaø 2 thaùng"


def test_guessed_by_what_the_text_says():
    assert guess_encodings({"F1": OLD, "F2": "th¸ng", "F3": UNICODE}) == {
        "F1": "tcvn3",
        "F2": "tcvn3",
    }
    assert guess_encodings({"F1": VNI}) == {"F1": "vni"}


@pytest.mark.parametrize(
    "text",
    [
        UNICODE,
        "El señor García llegó ayer a la estación y habló con el niño pequeño en español",
        "Die Behörde prüft die Anträge und hält sich an die Maßnahmen für das nächste Jahr",
        "5 µ",
        "6Ӣ CÔNG 7+ѬѪ1* &Ӝ1* +Ñ$ ;­ +Ӝ, &+Ӫ 1*+Ƭ$ 9,ӊ7 1$0 ĈӝF OұS 7ӵ GR +ҥQK SK~F",
        "",
    ],
)
def test_no_guess_at_other_text(text):
    assert guess_encodings({"F1": text}) == {}
