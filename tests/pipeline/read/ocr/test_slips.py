"""Slips of OCR that can mean but one thing are mended; what can be right stays as it was read."""

import re
import unicodedata
from pathlib import Path

import pytest
import yaml

from pipeline.knowledge import load_yaml
from pipeline.language.syllables import is_syllable
from pipeline.language.text import bare, fold
from pipeline.read.ocr.engine import OcrWord
from pipeline.read.ocr.slips import without_slips, without_specks
from schemas.geometry import Box

TRUTHS = sorted(Path(__file__).parents[3].glob("benchmarks/corpus/content/**/*.yaml"))
DATA = load_yaml("slips.yaml")


def mended(text: str) -> str:
    words = [OcrWord(word, Box(0, 0, 1, 1), 0.9) for word in text.split()]
    return " ".join(word.text for word in without_slips(words))


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Các cơ quan, đơn v] liên quan;", "Các cơ quan, đơn vị liên quan;"),
        ("UBND xã, th] trấn, các đơn v].", "UBND xã, thị trấn, các đơn vị."),
        ("các đơn v thuộc huyện", "các đơn vị thuộc huyện"),
        ("Văn hoá ~ Xã hội", "Văn hoá – Xã hội"),
        ("~- Rà soát", "– Rà soát"),
        ("~Mở 50 lớp", "–Mở 50 lớp"),
        ("kinh phí' chi, nhu` cầu", "kinh phí chi, nhu cầu"),
        ("_Đưa nông sản tránh hình thức;_", "Đưa nông sản tránh hình thức;"),
        ("chế đỘ HỘi nghị, hai cuỘc/năm, 6 giỜ.", "chế độ Hội nghị, hai cuộc/năm, 6 giờ."),
        ("tHực hiện", "thực hiện"),
        ("BỘ Nội vụ; HỖ trợ các đơn VỊ; trẻ em Ở xã", "Bộ Nội vụ; Hỗ trợ các đơn vị; trẻ em ở xã"),
        ("Ủy ban nhân dân xã VỊ Xuyên", "Ủy ban nhân dân xã Vị Xuyên"),
        ("Chỉ phí; chỉ trả; CHỈ PHÍ", "Chi phí; chi trả; CHI PHÍ"),
        ("Uy ban MTTQ, uy ban nhân dân", "Ủy ban MTTQ, ủy ban nhân dân"),
        ("UBND các Xã, thị trấn; cơ quan Và đơn vị", "UBND các xã, thị trấn; cơ quan và đơn vị"),
        ("(chuyến môn, vấn để)", "(chuyên môn, vấn đề)"),
        ("phát triến, hộ nghẻo", "phát triển, hộ nghèo"),
    ],
)
def test_what_is_surely_a_slip_is_mended(read, right):
    assert mended(read) == right


@pytest.mark.parametrize(
    "text",
    [
        "Uỷ ban nhân dân",  # the newer place of the tone is no slip
        "để nghị quyết đi vào cuộc sống",
        "tư vấn để người dân hiểu",
        "chỉ trả lời; địa chỉ trả kết quả",
        "tổng kết quá trình thực hiện",
        "phân công bổ sung",
        "giao chỉ Bộ Nội vụ làm",
        "chỉ, phí",
        "BỘ TÀI CHÍNH SỞ NỘI VỤ",
        "xã Ô Lâm, huyện KBang",
        "TTr TTg kWh pH LĐTB&XH",
        "khoảng ~ 50 hộ, ~60 hộ",
        "Ở cấp xã. Ở thôn",
        "Thực hiện. Các đơn vị; Xã báo cáo, Việc khác; tại Xã Tân Lập",
        "mục [A] [b]",
        "số hộ nghèo, sổ hộ nghèo",
    ],
)
def test_what_can_be_right_stays(text):
    assert mended(text) == text


def test_boxes_and_confidences_stay():
    words = [OcrWord("đơn", Box(0, 0, 9, 9), 0.9), OcrWord("v]", Box(10, 0, 19, 9), 0.7)]
    after = without_slips(words)
    assert [(w.box, w.confidence) for w in after] == [(w.box, w.confidence) for w in words]


def test_dirt_behind_a_line_and_bits_of_rules_are_no_words():
    def word(text, x0, width=9, height=12):
        return OcrWord(text, Box(x0, 0, x0 + width, height), 0.9)

    words = [
        word("_", 0, width=1),
        word("vùng", 10),
        word("'", 20),
        word("-", 0),
        word("ˆ", 10),
        word("xa", 20),
        word("¬", 30),
    ]
    assert [w.text for w in without_specks(words)] == ["vùng", "-", "ˆ", "xa"]
    assert without_specks([]) == []


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.stem)
def test_nothing_that_plans_say_is_mended(path):
    def texts(node):
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            yield from (text for value in node.values() for text in texts(value))
        elif isinstance(node, list):
            yield from (text for value in node for text in texts(value))

    for text in texts(yaml.safe_load(path.read_text("utf-8"))):
        plain = " ".join(unicodedata.normalize("NFC", text).split())
        if not re.search(r"[~_`{}]", plain):  # templates of the corpus
            assert mended(plain) == plain


def test_the_table_is_in_order():
    assert set(DATA["before"]) | set(DATA["after"]) <= set(DATA["pairs"])
    rights = {fold(right) for right in (*DATA["words"], *DATA["pairs"])}
    for right, many in (*DATA["words"].items(), *DATA["pairs"].items()):
        assert all(is_syllable(word) for word in right.split()), right
        for read in many:
            assert fold(read) not in rights, read
            short = bare(right).startswith(bare(read))  # "đơn v"
            assert len(read.split()) == len(right.split()), read
            assert bare(read) == bare(right) or short, read


@pytest.mark.parametrize(
    ("before", "space", "down", "read"),
    [
        ("phải", 4, 0, "xây"),
        ("phải", 30, 0, "Xây"),  # another cell beside it
        ("phải", -90, 17, "xây"),  # the next line
        ("phải", -90, 30, "Xây"),  # a row below
        ("2", 4, 0, "Xây"),
        ("a)", 4, 0, "Xây"),
        ("2024", 4, 0, "xây"),
    ],
)
def test_a_capital_is_small_behind_a_word_of_its_cell_alone(before, space, down, read):
    first = OcrWord(before, Box(100, 0, 106, 12), 0.9)
    word = OcrWord("Xây", Box(106 + space, down, 130 + space, 12 + down), 0.9)
    behind = OcrWord("dựng", Box(134 + space, down, 160 + space, 12 + down), 0.9)
    assert without_slips([first, word, behind])[1].text == read


def test_a_capital_that_a_line_break_parts_from_its_word_is_small():
    words = [
        OcrWord("đơn", Box(100, 0, 120, 12), 0.9),
        OcrWord("VỊ", Box(10, 16, 26, 28), 0.9),
        OcrWord("liên", Box(30, 16, 50, 28), 0.9),
    ]
    assert [word.text for word in without_slips(words)] == ["đơn", "vị", "liên"]
