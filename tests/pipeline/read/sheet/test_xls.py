from pathlib import Path

import pytest

from pipeline.read.sheet import xls
from schemas.failure import FailureCode, PhulucError

HERE = Path(__file__).parent


def test_a_damaged_workbook_over_which_its_reader_never_ends_is_an_error(monkeypatch):
    # `plan.xls` with a few bytes changed: xlrd took 19 GB before somebody stopped it.
    monkeypatch.setattr(xls, "_SECONDS", 1)
    with pytest.raises(PhulucError) as caught:
        xls.read_xls(HERE / "endless.xls")
    assert caught.value.code == FailureCode.DAMAGED_FILE


def test_a_whole_workbook_comes_back_from_its_worker():
    (sheet, *_) = xls.read_xls(HERE / "plan.xls").sheets
    assert any(cell.text for cell in sheet.cells)
