"""Two texts as one, word by word."""

import pytest

from web.lists.compare import marked


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("x y z", "q y w", [("del", "x"), ("ins", "q"), ("same", "y"), ("del", "z"), ("ins", "w")]),
        ("năm 2023", "năm 2024", [("same", "năm"), ("del", "2023"), ("ins", "2024")]),
        ("", "b", [("ins", "b")]),
        ("a b c", "a c", [("same", "a"), ("del", "b"), ("same", "c")]),
        ("", "", []),
    ],
)
def test_what_is_gone_stands_before_what_is_new(before, after, parts):
    assert [(part.kind, part.text) for part in marked(before, after)] == parts
