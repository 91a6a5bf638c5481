"""Letters are mended where the words around tell them, and nowhere else."""

import pytest
from msgspec.structs import replace

from pipeline.agencies import shipped_office
from pipeline.letters.known import known_of
from pipeline.letters.mend import mended
from schemas.geometry import Box
from schemas.page import Symbol, Word

KNOWN = known_of(shipped_office().registry(), None)


def word(
    text: str,
    confidence: float = 0.9,
    unsure: str = "",
    symbols: bool = True,
    at: float = 0.93,
) -> Word:
    """A word as an OCR read it; its letters that are in `unsure` as sure as `at`, others surely."""
    read = tuple(Symbol(c, at if c in unsure else 0.9957) for c in text) if symbols else ()
    return Word(text, Box(0, 0, 1, 1), confidence, symbols=read)


def passage(text: str, unsure: str = "", **about):
    return mended([[word(part, unsure=unsure, **about) for part in text.split()]], KNOWN)[0]


def read(text: str, unsure: str = "", **about) -> str:
    return " ".join(made.text for made in passage(text, unsure, **about))


@pytest.mark.parametrize(
    ("text", "unsure", "right"),
    [
        ("Kinh phí chỉ thường xuyên", "ỉ", "Kinh phí chi thường xuyên"),
        ("giáo dục phố thông; kiếm tra, giám sát", "ốế", "giáo dục phổ thông; kiểm tra, giám sát"),
        ("(chuyến đối số quốc gia)", "ếố", "(chuyển đổi số quốc gia)"),
        ("CHUYẾN ĐỐI SỐ QUỐC GIA", "ẾỐ", "CHUYỂN ĐỔI SỐ QUỐC GIA"),
        ("Báo cáo tống hợp", "ố", "Báo cáo tổng hợp"),
        ("Thầm quyền", "ầ", "Thẩm quyền"),
        ("danh sách hộ nghèẻo", "èẻ", "danh sách hộ nghèo"),
        ("láp đặt, läp đặt hòm thư", "áä", "lắp đặt, lắp đặt hòm thư"),
        ("xử lý ố dịch", "ố", "xử lý ổ dịch"),
        ("tiền ăn; lãy ý kiến nhân dân", "ã", "tiền ăn; lấy ý kiến nhân dân"),
    ],
)
def test_a_wrong_letter_is_mended_in_the_case_of_what_was_read(text, unsure, right):
    assert read(text, unsure) == right


@pytest.mark.parametrize(
    "text",
    [
        "tổng số hộ nghèo; cấp sổ hộ khẩu",
        "chỉ đạo, chỉ tiêu, chi phí",
        "UBND xã; KH-UBND; TTr-SNV; HĐND",
        "Đắk Lắk, Krông Nô, MTTQ",
        "Quý II/2024, ngày 31/10/2024",
        "35-KH/TU; 97-NQ/TU",
        "website, email, kWh",
    ],
)
def test_what_is_right_stays_though_it_was_read_unsurely(text):
    assert read(text, unsure=text, at=0.99) == text


def test_letters_that_were_read_surely_take_more_than_a_likelier_neighbour():
    assert read("đi tiên phong trong chuyển đổi") == "đi tiên phong trong chuyển đổi"
    assert read("ông Chỉ, bà Phố") == "ông Chỉ, bà Phố"


def test_a_text_layer_is_never_touched():
    texts = ("kinh", "phí", "chỉ", "thường", "xuyên", "anninh")
    words = [word(text, 1.0, symbols=False) for text in texts]
    assert [made.text for made in mended([words], KNOWN)[0]] == [w.text for w in words]


def test_the_newer_place_of_the_tone_stays():
    assert read("văn hoả xã hội", "ả") == "văn hoá xã hội"


def test_words_that_were_read_as_one_come_apart():
    assert read("bảo đảm anninh, trậttự; trong 05năm") == "bảo đảm an ninh, trật tự; trong 05 năm"
    assert read("Trạm Ytế xã") == "Trạm Y tế xã"
    assert read("30m2, 20kg, TTHC, website") == "30m2, 20kg, TTHC, website"


def test_a_change_tells_both_readings_and_how_sure_it_is():
    made = passage("kinh phí chỉ thường xuyên;", "ỉ")
    change = made[2].reread
    assert (change.text, change.other, change.mended) == ("chi", "chỉ", True)
    assert change.log_odds > 1


def test_a_word_that_stays_tells_its_second_reading_where_one_is_near():
    made = passage("ngay khi năm được tin", "ă", at=0.97)
    doubt = made[2].reread
    assert (doubt.text, doubt.mended) == ("năm", False)
    assert doubt.other in {"nắm", "nam"}
    assert doubt.log_odds < 2.3
    assert all(other.reread is None or other.reread.log_odds > 2.3 for other in made[:2])


def test_passages_know_nothing_of_each_other_but_what_the_document_says_elsewhere():
    once = [[word(text, unsure="ố") for text in ["mở", "tố", "công", "nghệ"]]]
    often = once + [[word(text) for text in ["mỗi", "tổ", "công", "nghệ"]]] * 5
    assert mended(often, KNOWN)[0][1].reread.log_odds > mended(once, KNOWN)[0][1].reread.log_odds


def test_second_choices_of_the_engine_are_heard():
    letters = [Symbol(char, 0.9957) for char in "liên"]
    alone = Word("liên", Box(0, 0, 1, 1), 0.9, symbols=tuple(letters))
    letters[2] = Symbol("ê", 0.985, "ềÊ")
    told = Word("liên", Box(0, 0, 1, 1), 0.9, symbols=tuple(letters))
    words = [word(text) for text in ("thùng", "mì", "ăn")]
    assert mended([[*words, alone]], KNOWN)[0][3].text == "liên"
    assert mended([[*words, told]], KNOWN)[0][3].text == "liền"


def test_symbols_count_for_what_dirt_or_a_wrong_capital_left_of_a_word():
    symbols = tuple(Symbol(char, 0.93 if char == "ỉ" else 0.9957) for char in "CHỉ'")
    of_word = replace(word("chỉ"), symbols=symbols)
    words = [word("kinh"), word("phí"), of_word, word("thường"), word("xuyên")]
    assert mended([words], KNOWN)[0][2].text == "chi"


def test_a_hook_that_was_read_is_there_though_a_likelier_word_has_none():
    words = [word(text) for text in ["giấy", "báo", "tử", "với", "cổng", "giám", "định"]]
    hooked = (Symbol("c", 0.9957), Symbol("ổ", 0.9615, "ố"), *words[4].symbols[2:])
    words[4] = replace(words[4], symbols=hooked)
    assert mended([words], KNOWN)[0][4].text == "cổng"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("bố trí'người dạy", "bố trí người dạy"),
        ("trong 48'giờ", "trong 48 giờ"),
        ("huyện K'Bang", "huyện K'Bang"),
        ("người H'mông", "người H'mông"),
    ],
)
def test_a_speck_between_two_words_is_a_space(text, right):
    assert read(text) == right


def test_a_mark_by_itself_leaves_a_line_and_stands_in_the_trace():
    made = passage("thanh toán trực tuyến _")
    assert [each.text for each in made] == ["thanh", "toán", "trực", "tuyến", ""]
    assert made[-1].reread is not None
