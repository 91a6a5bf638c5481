import pytest

from pipeline.dataset.review import review_failure, review_plan, told_as, worst_first
from pipeline.messages import failure_from
from schemas.failure import FailureCode, PhulucError
from schemas.plan import Confirmed, Decision, FlagPlace, LetterDoubt, Timeframe


@pytest.fixture
def rows(doubtful_plan):
    return worst_first(review_plan(doubtful_plan))


def test_worst_comes_first(rows):
    assert [(row.what, row.reasons) for row in rows] == [
        ("document", "no_table"),
        ("row_join", "row_join_refused; key_cells_empty"),
        ("row_join", "row_join_uncertain; sentence_open"),
        ("agency", "agency_unresolved"),
        ("item", "low_confidence"),
        ("timeframe", "timeframe_unknown"),
        ("agency", "agency_review"),
    ]
    assert [row.severity for row in rows] == sorted((row.severity for row in rows), reverse=True)


def test_a_flag_of_the_document_is_shown_where_it_is_about(plain_plan):
    place = FlagPlace(flag="number_blank", page=1, bbox=(95, 80, 218, 93), text="Số: /KH-UBND")
    about = {"flags": ("no_date", "number_blank"), "places": (place,)}
    document = plain_plan.document.model_copy(update=about)
    blank, other = worst_first(review_plan(plain_plan.model_copy(update={"document": document})))
    assert (blank.reasons, blank.page, blank.x0, blank.bottom) == ("number_blank", 1, 95, 93)
    assert blank.text == "Số: /KH-UBND"
    assert (other.reasons, other.page) == ("no_date", None)


@pytest.mark.parametrize(
    ("now", "left"),
    [
        (("no_date", "no_number"), 0),
        (("no_number",), 0),  # what was seen and is gone takes nothing back
        (("no_date", "no_number", "no_unit"), 1),  # nobody saw that the unit is not known
    ],
)
def test_what_came_up_since_the_title_block_was_confirmed_is_doubted(plain_plan, now, left):
    def flagged(*flags, **fields):
        document = plain_plan.document.model_copy(update={"flags": flags})
        return plain_plan.model_copy(update={"document": document, **fields})

    (seen,) = review_plan(flagged("no_date", "no_number"))
    said = Confirmed(what=seen.what, text=told_as(seen), page=None, bbox=None)
    assert len(list(review_plan(flagged(*now, confirmed=(said,))))) == left


def test_a_sound_plan_gives_nothing(plain_plan):
    assert list(review_plan(plain_plan)) == []


def test_an_agency_is_shown_where_it_stands(rows):
    unresolved = rows[3]
    assert (unresolved.text, unresolved.score) == ("Tổ công tác 35", 0.4)
    assert (unresolved.page, unresolved.x0, unresolved.bottom) == (2, 300, 80)


def test_a_doubtful_agency_is_named_in_both_languages(rows):
    assert "“Phòng Tài nguyên và Môi trường”" in rows[6].reason_vi
    assert "“Phòng Tài nguyên và Môi trường”" in rows[6].reason_en


def test_low_confidence_points_to_the_weakest_text(rows):
    assert (rows[4].text, rows[4].score, rows[4].page) == ("Theo tiến độ chung", 0.55, 2)


def test_doubtful_words_are_named_and_shown_where_they_stand(make_plan, make_item, make_fragment):
    fragments = (make_fragment(1, "title", "Tri thức"), make_fragment(2, "tasks", "thựchiện QĐ06"))
    doubted = make_item(fragments=fragments, flags=("words_doubtful",))
    (row,) = review_plan(make_plan(items=(doubted,)))
    assert (row.what, row.reasons, row.page, row.text) == (
        "item",
        "words_doubtful",
        2,
        "thựchiện QĐ06",
    )
    assert "“thựchiện”" in row.reason_vi
    assert "QĐ06" not in row.reason_vi


def test_a_doubted_number_is_shown_itself_and_told_by_the_name_of_its_row(
    make_plan, make_item, make_fragment
):
    number = make_fragment(1, column="index", text="1.", bbox=(40, 100, 60, 112))
    title = make_fragment(1, column="title", text="Thu chi", bbox=(70, 100, 160, 112))
    doubted = make_item(fragments=(number, title), flags=("numbering_repeated",))
    (row,) = review_plan(make_plan(items=(doubted,)))
    assert (row.text, row.x0) == ("Thu chi", 40)


def test_a_word_that_may_be_read_in_two_ways_is_shown_with_both(
    make_plan, make_item, make_fragment
):
    doubt = LetterDoubt(text="năm", other="nắm", log_odds=0.4)
    unsure = make_fragment(2, "tasks", "ngay khi năm được tin").model_copy(
        update={"doubtful": (doubt,)}
    )
    made = make_item(fragments=(make_fragment(1), unsure), flags=("letters_doubtful",))
    (row,) = review_plan(make_plan(items=(made,)))
    assert (row.what, row.reasons, row.page) == ("letters", "letters_doubtful", 2)
    assert (row.text, row.candidates, row.score) == ("ngay khi năm được tin", "năm / nắm", 0.599)
    assert "“năm” / “nắm”" in row.reason_vi


def test_a_join_is_shown_with_its_item_and_a_refusal_with_its_page(rows):
    refused, taken = rows[1], rows[2]
    assert (taken.item_id, taken.page, taken.text) == ("i1", 2, "Tổ công\ntác 35")
    assert (refused.item_id, refused.page, refused.text) == (None, 1, "văn bản")
    assert "để trống" in refused.reason_vi


@pytest.mark.parametrize(("score", "listed"), [(0.24, 0), (0.25, 1), (0.74, 1), (0.75, 0)])
def test_decisions_are_listed_where_they_are_doubtful(make_plan, score, listed):
    decision = Decision(what="row_join", page=9, taken=True, score=score, reasons=())
    rows = list(review_plan(make_plan(decisions=(decision,))))
    assert len(rows) == listed
    assert [(row.page, row.x0) for row in rows] == [(9, None)] * listed


@pytest.mark.parametrize(
    ("raw", "reasons"), [("", []), ("……/……", []), ("theo thực tế", ["timeframe_unknown"])]
)
def test_blanks_are_no_unknown_timeframes(make_plan, make_item, raw, reasons):
    plan = make_plan(items=(make_item(timeframe=Timeframe(raw=raw, kind="unknown")),))
    assert [row.reasons for row in review_plan(plan)] == reasons


def test_a_flag_without_a_text_is_listed_all_the_same(make_plan, make_item):
    (row,) = review_plan(make_plan(items=(make_item(flags=("brand_new",)),)))
    assert "brand_new" in row.reason_vi
    assert "brand_new" in row.reason_en


def test_a_failed_file_is_the_worst(rows):
    error = PhulucError(FailureCode.OCR_FAILED, stage="read", page=4)
    row = review_failure(failure_from(error, "a/x.pdf"))
    assert worst_first([*rows, row])[0] == row
    assert (row.document_id, row.source_file, row.page) == (None, "a/x.pdf", 4)
    assert row.reason_vi
    assert row.reason_en
