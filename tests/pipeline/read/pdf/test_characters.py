"""Characters into words: gaps inside words, fonts that hang lower than others."""

import pytest

from pipeline.read.pdf.characters import composed, extract_words, levelled, texts_by_font, to_words

SIZE = 12.0


def char(text, x, *, y=700.0, font="Times", drop=0.2, width=6.0, size=SIZE):
    """A character on the baseline y (from the foot of a page of 842 points)."""
    y0 = y - drop * size
    return {
        "text": text, "fontname": font, "x0": x, "x1": x + width, "width": width,
        "y0": y0, "y1": y0 + size, "top": 842 - y0 - size, "bottom": 842 - y0,
        "doctop": 842 - y0 - size, "size": size, "upright": True,
        "matrix": (1, 0, 0, 1, x, y),
    }  # fmt: skip


def line(text, gap, *, x=50.0, y=700.0, space=3.0):
    """A line whose letters stand `gap` points apart; "_" is white that is no character."""
    chars = []
    for letter in text:
        width = space if letter in " _" else 6.0
        if letter != "_":
            chars.append(char(letter, x, y=y, width=width))
        x += width + gap
    return chars


def texts(chars):
    return [word["text"] for word in extract_words(chars)]


@pytest.mark.parametrize("gap", [0.0, 1.0, 2.5, 4.0, 6.0])
def test_letters_set_apart_make_words(gap):
    text = "Quyết định về việc phê duyệt kế hoạch năm 2024 của UBND"
    assert texts(line(text, gap)) == text.split()


def test_without_spaces_the_wider_gap_parts_words():
    text = "Quyết_định_về_việc_phê_duyệt"
    assert texts(line(text, 2.8, space=4.0)) == text.split("_")


def test_each_line_has_a_gap_of_its_own():
    lines = {"THỰC HIỆN": 7.0, "thực hiện đầy đủ các quy định": 2.5, "của Luật Thực hiện": 0.0}
    chars = [c for i, text in enumerate(lines) for c in line(text, lines[text], y=700 - 20 * i)]
    assert texts(chars) == " ".join(lines).split()


def test_lone_letters_of_columns_stay_apart():
    chars = [char(c, 50 + 60 * i) for i, c in enumerate("ABCD")] + line("Nội dung", 0.0, y=650)
    assert texts(chars) == ["A", "B", "C", "D", "Nội", "dung"]


def test_cells_close_together_stay_apart_where_letters_are_not():
    chars = line("Phòng Nội vụ", 0.0) + line("Các xã", 0.0, x=50 + 12 * 6.0 - 6 + 3.5)
    assert texts(chars) == ["Phòng", "Nội", "vụ", "Các", "xã"]


@pytest.mark.parametrize("drop", [-0.1, 0.0, 0.21, 0.5])
def test_letters_of_another_font_stand_on_the_same_line(drop):
    other = {"font": "Other", "drop": drop}
    chars = [
        char(c, 50 + 6.0 * i, **(other if c in "ệộ" else {})) for i, c in enumerate("việc-nội-bộ")
    ]
    (word,) = extract_words(levelled(chars))
    assert word["text"] == "việc-nội-bộ"
    assert word["top"] == pytest.approx(842 - 700 + 0.2 * SIZE - SIZE, abs=0.25)
    assert word["bottom"] == pytest.approx(842 - 700 + 0.2 * SIZE, abs=0.25)


def test_lines_of_other_fonts_stay_lines():
    chars = line("một", 0.0, y=700) + [
        char(c, 50 + 6.0 * i, y=686, font="Other", drop=0.4) for i, c in enumerate("hai")
    ]
    assert [w["text"] for w in extract_words(levelled(chars))] == ["một", "hai"]


def test_words_know_their_font_and_weight():
    chars = [char(c, 50 + 6.0 * i, font="Times-Bold") for i, c in enumerate("Nội")]
    chars += [char(c, 90 + 6.0 * i) for i, c in enumerate("dung")]
    raw = extract_words(chars)
    assert texts_by_font(raw) == {"Times-Bold": "Nội", "Times": "dung"}
    assert [(w.text, w.bold, w.confidence) for w in to_words(raw)] == [
        ("Nội", True, 1.0),
        ("dung", False, 1.0),
    ]


def test_a_tone_goes_to_the_letter_before_it_in_the_file():
    chars = [
        char("v", 50),
        char("i", 56),
        char("ê", 62),
        char("\u0323", 68, width=0),
        char("c", 67.9),
    ]
    assert [c["text"] for c in composed(chars)] == ["v", "i", "ệ", "c"]
    assert texts(composed(chars)) == ["việc"]
    far = [char("o", 50), char("\u0301", 50, y=600)]
    assert [c["text"] for c in composed(far)] == ["o", "\u0301"]


def test_no_characters():
    assert extract_words(levelled([])) == []
