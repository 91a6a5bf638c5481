"""Rows of a workbook are as high as their texts need, where lines break between words."""

import pyarrow as pa
import pytest

from pipeline.dataset.sinks.xlsx import _row_starts
from pipeline.dataset.sinks.xlsx_parts import PLAIN


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Phòng Lao động, Thương binh, Xã hội - Dân tộc\nUBND cấp xã", 20, 4),
        ("UBND cấp xã", 20, 1),
        ("Thường xuyên", 10, 1),  # as wide as its column
        ("một\nhai\nba", 20, 3),
        ("", 5, 1),
        ("31/12/2024", 1, 10),
    ],
)
def test_a_row_is_as_high_as_its_text_needs(text, width, lines):
    assert _row_starts([pa.array([text])], [width], PLAIN).to_pylist() == [
        f'<row ht="{15 * lines}">'
    ]
