"""Printed lines into running text."""

import pytest

from pipeline.language.unwrap import unwrap
from schemas.geometry import Box
from schemas.page import TextLine


def lines(*texts):
    return [TextLine(t, Box(0, 12 * i, 50, 12 * i + 10), 1) for i, t in enumerate(texts)]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        (["Trước", "ngày", "31/10/20", "24"], "Trước ngày 31/10/2024"),
        (["31/10/202", "4"], "31/10/2024"),
        (["VI", "I"], "VII"),
        (["Kế hoạch số 06/QĐ-", "TTg ngày"], "Kế hoạch số 06/QĐ-TTg ngày"),
        (["tại thôn/", "khu phố"], "tại thôn/khu phố"),
        (["Thể dục -", "Thể thao"], "Thể dục - Thể thao"),
        (["năm 2024", "và 2025"], "năm 2024 và 2025"),
        (["Quý", "III/202", "5."], "Quý III/2025."),
        (["có 12", "5 hộ"], "có 12 5 hộ"),
    ],
)
def test_flow(printed, text):
    assert unwrap(lines(*printed)) == text
