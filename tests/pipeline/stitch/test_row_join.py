"""Is the first row of a page the remainder of the last one? Each signal alone, and the whole."""

import pytest

from pipeline.knowledge import load_yaml
from pipeline.stitch.row_join import Habits, judge_row_join
from pipeline.stitch.rows import Columns
from tests.pipeline.stitch.printed import row

# TT | Nội dung | Nhiệm vụ | Chủ trì | Thời gian
COLUMNS = Columns(index=0, title=1, content=1, timeframe=4, n_cols=5)
LONG = "Tuyên truyền phổ biến pháp luật cho nhân dân trong xã"  # 11 words, no stop
ABOVE = row("1", "Dân chủ", f"{LONG}.", "Phòng Tư pháp", "Quý I/2024")
HABITS = Habits(frozenset(range(5)), marked=True)


def reasons(above, below, columns=COLUMNS, habits=HABITS):
    return set(judge_row_join(above, below, columns, habits).reasons)


def score(above, below, columns=COLUMNS, habits=HABITS):
    return judge_row_join(above, below, columns, habits).score


def remainder(text, **options):
    return row("", "", text, "", "", **options)


LISTS = load_yaml("list_signs.yaml")


@pytest.mark.parametrize("sign", LISTS["bullets"])
def test_a_cut_row_joins_alike_behind_every_bullet(sign):
    def joined(mark):
        above = row("1", "Dân chủ", f"{mark} {LONG};", "Phòng Tư pháp", "Quý I/2024")
        return judge_row_join(above, remainder(f"{mark} Tổ chức"), COLUMNS, HABITS)

    assert joined(sign) == joined("-")
    assert joined(sign).score > 0.9
    assert "bullets_go_on" in joined(sign).reasons


@pytest.mark.parametrize("sign", LISTS["bullets"])
def test_a_point_that_goes_on_in_lower_case_goes_on_behind_every_bullet(sign):
    assert "lower_case_start" in reasons(ABOVE, remainder(f"{sign} xã hội"))


@pytest.mark.parametrize("sign", [*LISTS["joining_signs"], *LISTS["joining_words"]])
def test_a_cut_row_joins_alike_behind_every_joiner(sign):
    def joined(mark):
        above = row("1", "Dân chủ", f"{LONG} {mark}", "Phòng Tư pháp", "Quý I/2024")
        return judge_row_join(above, remainder("Tổ chức đối thoại"), COLUMNS, HABITS)

    assert joined(sign) == joined(",")
    assert joined(sign).score > 0.9
    assert "joiner_at_end" in joined(sign).reasons


def test_a_plain_remainder():
    assert reasons(ABOVE, remainder("xã hội.")) == {
        "key_cells_empty", "no_marker", "short_row", "lower_case_start", "sentence_closed",
    }  # fmt: skip


def test_a_plain_next_row():
    below = row("2", "Công khai", "Niêm yết thủ tục.", "Phòng Nội vụ", "Quý II/2024")
    found = judge_row_join(ABOVE, below, COLUMNS, HABITS)
    assert set(found.reasons) == {
        "full_row", "sentence_closed", "new_marker", "marker_follows",
        "time_of_its_own",
    }  # fmt: skip
    assert found.score < 0.01


@pytest.mark.parametrize(
    ("below", "empty"),
    [
        (row("", "", "x", "", ""), True),
        (row("2", "", "x", "", ""), False),
        (row("", "Công khai", "x", "", ""), False),
    ],
)
def test_key_cells_empty(below, empty):
    assert ("key_cells_empty" in reasons(ABOVE, below)) is empty


def test_without_key_columns_none_can_be_empty():
    columns = Columns(index=None, title=None, content=0, timeframe=None, n_cols=5)
    assert "key_cells_empty" not in reasons(ABOVE, remainder("x"), columns)


def test_a_row_is_short_by_the_share_of_usual_cells_that_are_empty():
    # Without what the cells say, only the strength of short_row differs: 1, 2/3, 1/3 of three.
    scores = [
        score(ABOVE, row("2", "Công khai", *cells))
        for cells in (("", "", ""), ("", "", "Khi"), ("", "Phòng Nội vụ", "Khi"))
    ]
    assert scores == sorted(scores, reverse=True)
    assert "short_row" in reasons(ABOVE, row("2", "", "", "Phòng Nội vụ", ""))
    assert "short_row" not in reasons(ABOVE, row("", "", "Rà soát", "Phòng", "Khi"))
    only_tasks = Habits(frozenset({0, 1, 2}), marked=True)
    assert "short_row" not in reasons(ABOVE, remainder("x"), habits=only_tasks)


def test_a_full_row_fills_two_usual_columns_at_least():
    full = row("", "", "Rà soát", "Phòng Nội vụ", "Khi cần")
    assert "full_row" in reasons(ABOVE, full)
    assert "full_row" not in reasons(ABOVE, row("", "", "Rà soát", "Phòng Nội vụ", ""))
    only_tasks = Habits(frozenset({0, 1, 2}), marked=True)
    assert "full_row" not in reasons(ABOVE, full, habits=only_tasks)
    assert "full_row" not in reasons(ABOVE, full, habits=Habits(frozenset(), marked=True))


def test_a_merged_title_above_expects_whole_rows_without_one():
    merged = row("1", "Dân chủ", "Rà soát.", "Phòng Tư pháp", "Khi cần", merged=(1,))
    full = row("", "", "Cấp thẻ", "Phòng Nội vụ", "Khi cần")
    assert "merged_key_above" in reasons(merged, full)
    assert "merged_key_above" not in reasons(merged, remainder("Cấp thẻ"))
    assert "merged_key_above" not in reasons(ABOVE, full)
    roles = row("1", "Dân chủ", "Rà soát.", "Phòng Tư pháp", "Khi cần", merged=(3,))
    assert "merged_key_above" not in reasons(roles, full)


@pytest.mark.parametrize(
    ("tasks", "lead", "lower", "upper"),
    [
        ("xã hội", "", True, False),
        ("Xã hội", "", False, True),
        ("xã hội", "Phòng", True, False),
        ("Xã hội", "Phòng", False, True),
        ("12 hộ", "", False, False),
        ("g) xã hội", "", True, False),
    ],
)
def test_case_of_the_first_letter(tasks, lead, lower, upper):
    found = reasons(ABOVE, row("", "", tasks, lead, ""))
    assert ("lower_case_start" in found) is lower
    assert ("upper_case_start" in found) is upper


def test_what_nothing_stands_above_has_no_case():
    above = row("1", "Dân chủ", "", "Phòng", "Khi cần")
    found = reasons(above, remainder("xã hội"))
    assert not found & {"lower_case_start", "upper_case_start", "sentence_open"}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("một hai ba bốn năm sáu", "sentence_open"),
        ("một hai ba bốn năm sáu.", "sentence_closed"),
        ("một hai ba bốn năm", None),  # too short to tell
        ("một hai ba bốn năm.", None),
    ],
)
def test_only_long_texts_tell_whether_a_sentence_is_open(text, state):
    above = row("1", "Dân chủ", text, "Phòng", "Khi cần")
    found = reasons(above, remainder("xã")) & {"sentence_open", "sentence_closed"}
    assert found == ({state} if state else set())


def test_one_open_sentence_of_two_is_enough():
    above = row("1", "Dân chủ", f"{LONG}.", f"{LONG}", "Khi cần")
    found = reasons(above, row("", "", "xã", "hội", ""))
    assert "sentence_open" in found
    assert "sentence_closed" not in found


def test_joiners_count_by_their_share_of_the_cells():
    one = row("1", "Dân chủ", "Rà soát,", "Phòng Tư pháp,", "Khi cần")
    half = row("1", "Dân chủ", "Rà soát,", "Phòng Tư pháp", "Khi cần")
    below = row("", "", "xã", "hội", "")
    assert score(one, below) > score(half, below)
    assert "joiner_at_end" in reasons(half, below)


def test_a_token_cut():
    above = row("1", "Dân chủ", "Rà soát", "Phòng", "31/10/20")
    assert "token_cut" in reasons(above, row("", "", "", "", "24"))
    assert "token_cut" not in reasons(above, row("", "", "", "", "hộ"))


@pytest.mark.parametrize(
    ("tasks", "below", "cut"),
    [
        ("Rà soát\n31/10/20", "24", True),  # alone on its line, though not in its cell
        ("Tổng kết giai đoạn I", "II. Mục tiêu", False),
        ("Rà soát\n31/1\n0/20", "24", True),
        ("Ban hành Quyết định 61/", "2018/NĐ-CP", True),
        ("Trước ngày 30/1", "1/2026", True),
    ],
)
def test_a_token_is_cut_at_the_end_of_a_printed_line(tasks, below, cut):
    above = row("1", "Dân chủ", tasks, "Phòng", "Khi cần")
    assert ("token_cut" in reasons(above, remainder(below))) is cut


@pytest.mark.parametrize(
    ("above", "below", "own"),
    [
        ("Quý I/2024", "Quý II/2024", True),
        ("Quý I/2024", "quý II/2024", False),
        ("Quý I/2024", "Hộ nghèo", False),
        ("Hộ nghèo", "Quý II/2024", False),
        ("Quý I/2024", "", False),
    ],
)
def test_a_time_of_its_own(above, below, own):
    upper = row("1", "Dân chủ", "Rà soát", "Phòng", above)
    lower = row("", "", "xã", "", below)
    assert ("time_of_its_own" in reasons(upper, lower)) is own
    untimed = Columns(index=0, title=1, content=1, timeframe=None, n_cols=5)
    assert "time_of_its_own" not in reasons(upper, lower, untimed)


def test_markers():
    following = row("2", "Công khai", "", "", "")
    other = row("5", "Công khai", "", "", "")
    assert reasons(ABOVE, following) >= {"new_marker", "marker_follows"}
    assert "new_marker" in reasons(ABOVE, other)
    assert "marker_follows" not in reasons(ABOVE, other)
    assert "no_marker" in reasons(ABOVE, remainder("x"))
    assert "no_marker" not in reasons(ABOVE, following)
    unmarked = Habits(frozenset(range(5)), marked=False)
    assert "no_marker" not in reasons(ABOVE, remainder("x"), habits=unmarked)


# Nội dung | Nhiệm vụ | Chủ trì, the number at the head of the title
TITLED = Columns(index=None, title=0, content=0, timeframe=None, n_cols=3)
MARKED = Habits(frozenset(range(3)), marked=True)


def test_a_misread_marker_is_one_where_rows_carry_them():
    above = row("a) Dân chủ", "Rà soát", "Phòng")
    misread = row("#ø) Công khai", "Niêm yết", "Phòng")
    found = reasons(above, misread, TITLED, MARKED)
    assert "new_marker" in found
    assert "no_marker" not in found
    assert "new_marker" not in reasons(above, misread, TITLED, Habits(frozenset(), False))
    numbered = Columns(index=0, title=1, content=1, timeframe=None, n_cols=3)
    plain = reasons(row("1", "Dân chủ", "x"), row("", "#ø) Công khai", "x"), numbered, MARKED)
    assert "no_marker" in plain


@pytest.mark.parametrize(
    ("above", "below", "cut"),
    [
        ("a) Dân chủ ở cơ", "sở", True),
        ("a) Dân chủ.", "sở", False),
        ("a) Dân chủ", "Sở", False),
        ("a) Dân chủ", "", False),
        ("", "sở", False),
        ("Sự hài lòng", "(SIPAS)", True),
        ("Sự hài lòng", "(1) Công khai", False),
        ("Sự hài lòng.", "(SIPAS)", False),
    ],
)
def test_a_title_that_goes_on(above, below, cut):
    found = reasons(row(above, "Rà soát", "Phòng"), row(below, "x", "y"), TITLED, MARKED)
    assert ("key_cell_cut" in found) is cut


HEADING = row("I", "Sự tham gia của người dân ở cấp cơ sở", "", "", "")


def test_headings():
    below = row("1", "Dân chủ", "Rà soát", "Phòng", "Khi cần")
    assert "section_above" in reasons(HEADING, below)
    assert "section_below" not in reasons(HEADING, below)
    assert "section_below" in reasons(ABOVE, HEADING)
    assert "section_above" not in reasons(ABOVE, HEADING)
    lower = row("I", "sự tham gia", "", "", "")
    assert "section_below" not in reasons(ABOVE, lower)


@pytest.mark.parametrize(
    ("head", "rest", "cut"),
    [
        ("Sự tham gia của", ("", "người dân", "", "", ""), True),
        ("Sự tham gia", ("", "Người dân", "", "", ""), False),
        ("Dữ liệu số và", ("", "Đề án 06", "", "", ""), True),
        ("SỰ THAM GIA CỦA", ("", "NGƯỜI DÂN", "", "", ""), True),
        ("SỰ THAM GIA CỦA", ("", "Người dân", "", "", ""), False),
        ("Sự tham gia", ("", "NGƯỜI DÂN", "", "", ""), False),
        ("Sự tham gia của", ("", "người dân", "rà soát", "", ""), False),
        ("Sự tham gia của", ("", "", "người dân", "", ""), False),
    ],
)
def test_a_heading_of_several_lines(head, rest, cut):
    found = reasons(row("I", head, "", "", ""), row(*rest))
    assert ("heading_cut" in found) is cut
    assert ("section_above" in found) is not cut
    assert "heading_cut" not in reasons(row("1", head, "Rà soát", "Phòng", "Khi"), row(*rest))


@pytest.mark.parametrize(
    ("foot", "head", "open_edge"),
    [(True, True, False), (False, True, True), (True, False, True), (False, False, True)],
)
def test_the_facing_edges(foot, head, open_edge):
    above = row("1", "Dân chủ", "Rà soát", "Phòng", "Khi cần", closed_bottom=foot)
    below = remainder("xã", closed_top=head)
    assert ("facing_edge_open" in reasons(above, below)) is open_edge


def test_an_edge_that_is_drawn_in_part_is_closed():
    mixed = row("1", "Dân chủ", "Rà soát", "Phòng", "Khi cần", closed_bottom=False)
    closed = row("1", "Dân chủ", "Rà soát", "Phòng", "Khi cần")
    above = type(mixed)((*mixed.cells[:4], closed.cells[4]))
    assert "facing_edge_open" not in reasons(above, remainder("xã"))


def test_habits_are_those_of_seven_rows_in_ten():
    full = [row(str(i), "Dân chủ", "Rà soát", "Phòng", "") for i in range(1, 8)]
    bare = [row("", "", "Rà soát", "", "x")] * 3
    habits = Habits.of([*full, *bare, HEADING, HEADING, HEADING], COLUMNS)
    assert habits.filled == {0, 1, 2, 3}
    assert habits.marked
    assert not Habits.of([*full[:6], *bare, *bare], COLUMNS).marked
    assert Habits.of([*full[:6], *bare, *bare], COLUMNS).filled == {2}


def test_no_rows_have_no_habits():
    assert not Habits.of([], COLUMNS).marked
    assert not Habits.of([HEADING], COLUMNS).marked


@pytest.mark.parametrize("marker", ["đ)", "e)", "4."])
def test_the_letter_of_a_marker_is_no_start_in_lower_case(marker):
    above = row("d) Sắp xếp tổ chức", f"{LONG} cho", "Phòng Nội vụ")
    below = row(f"{marker} Giao thông", "- Bê tông hóa đường thôn", "Phòng Kinh tế")
    assert not {"lower_case_start", "key_cell_cut"} & reasons(above, below, TITLED, MARKED)
    assert score(above, below, TITLED, MARKED) < 0.1
