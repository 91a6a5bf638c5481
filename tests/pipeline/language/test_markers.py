"""Markers before a text, alone in a cell, and their order."""

import pytest

from pipeline.language.markers import classify, marker_alone, misread_marker, split_marker


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("a) Cơ hội tham gia", "a", "Cơ hội tham gia"),
        ("đ) Giám sát", "đ", "Giám sát"),
        ("1. Sự tham gia", "1", "Sự tham gia"),
        ("1.1. Rà soát", "1.1", "Rà soát"),
        ("1.1 Rà soát", "1.1", "Rà soát"),
        ("II. Môi trường", "II", "Môi trường"),
        ("A. Quy hoạch", "A", "Quy hoạch"),
        ("IV", "IV", ""),
    ],
)
def test_split(text, label, rest):
    marker, left = split_marker(text)
    assert marker is not None
    assert (marker.label, left) == (label, rest)


@pytest.mark.parametrize(
    "text",
    ["1.000 hộ nghèo", "24/7 trực", "Ủy ban", "12/5/2024", "100% hộ", "a lô", "Y tế", "2025"],
)
def test_no_marker(text):
    assert split_marker(text) == (None, text)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("VI I", "VII"),
        ("1.1", "1.1"),
        ("|", "I"),
        ("Il", "II"),
        ("a)", "a"),
        ("03", "03"),
        ("1.1 0", "1.10"),
    ],
)
def test_alone(text, label):
    marker = marker_alone(text)
    assert marker is not None
    assert marker.label == label


@pytest.mark.parametrize("text", ["Nội dung", "1H", "", "abc"])
def test_not_alone(text):
    assert marker_alone(text) is None


@pytest.mark.parametrize(
    ("a", "b"), [("d", "đ"), ("đ", "e"), ("I", "II"), ("9", "10"), ("1.1", "1.2"), ("E", "G")]
)
def test_follows(a, b):
    assert classify(b).follows(classify(a))
    assert not classify(a).follows(classify(b))


@pytest.mark.parametrize(("a", "b"), [("1", "1.1"), ("1.9", "2.0"), ("a", "2"), ("I", "2")])
def test_lists_do_not_mix(a, b):
    assert not classify(b).follows(classify(a))


@pytest.mark.parametrize(
    ("text", "head"),
    [("#ø) Rà soát", "#ø) "), ("¡) Kiểm tra", "¡) "), ("VỊI. Cải cách", "VỊI. ")],
)
def test_what_can_be_no_marker_but_stands_where_one_would(text, head):
    assert misread_marker(text) == head


@pytest.mark.parametrize("text", ["a) Rà soát", "VII. Cải cách", "Kế hoạch (năm) mới", "10. Họp"])
def test_markers_and_plain_texts_are_no_misread_markers(text):
    assert misread_marker(text) is None


@pytest.mark.parametrize("text", ["1.5 triệu đồng hỗ trợ mỗi hộ", "2.5 ha rừng phòng hộ"])
def test_a_measure_is_no_marker(text):
    assert split_marker(text) == (None, text)
