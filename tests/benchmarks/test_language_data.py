"""What the comparison of language data counts."""

import argparse
import os
from collections import Counter
from pathlib import Path

import pytest

from schemas.geometry import Box
from schemas.page import Page, Word
from tests.benchmarks import language_data
from tests.benchmarks.language_data import Reading
from tests.benchmarks.measure.tally import Tally

ITEM = {
    "title": "Rà soát",
    "lead_in": None,
    "tasks": ["Rà soát hộ nghèo;", "- Cập nhật"],
    "lead": "Phòng Nội vụ",
    "partner": None,
    "time": "Quý I",
    "deliverable": None,
    "merged_above": [],
}


def test_the_words_of_a_table_are_counted_as_often_as_they_are_printed():
    below = ITEM | {"title": "Khác", "tasks": ["Xét"], "merged_above": ["lead", "time"]}
    gold = {"sections": [{"title": "Hộ nghèo"}], "items": [ITEM, below]}
    words = language_data.printed_words(gold)
    assert words["soát"] == 2
    assert words["nghèo"] == 2
    # Both stand in one cell that the two rows share.
    assert words["vụ"] == words["quý"] == 1
    assert words["khác"] == 1
    assert words.total() == 2 + 2 + 4 + 2 + 3 + 2 + 1 + 1


def test_words_are_those_that_were_read_case_and_stops_aside():
    texts = ("Nghèo;", "nghèo", "nội,vụ", "-")
    words = tuple(Word(text, Box(0, 0, 9, 9), 1.0) for text in texts)
    page = Page(number=1, width=99, height=99, words=words, rules=(), method="ocr")
    assert language_data.words_of([page]) == Counter({"nghèo": 2, "nội": 1, "vụ": 1})


def test_tesseract_finds_only_the_data_compared_and_then_its_own_again(tmp_path, monkeypatch):
    given = tmp_path / "given"
    given.write_bytes(b"data")
    monkeypatch.setenv("TESSDATA_PREFIX", "/before")
    with language_data.one_folder({"better": given}):
        folder = Path(os.environ["TESSDATA_PREFIX"])
        assert [path.name for path in folder.iterdir()] == ["better.traineddata"]
    assert os.environ["TESSDATA_PREFIX"] == "/before"
    assert not folder.exists()
    monkeypatch.delenv("TESSDATA_PREFIX")
    with language_data.one_folder({}):
        pass
    assert "TESSDATA_PREFIX" not in os.environ


def test_shares_are_of_all_documents_and_time_is_by_the_first_data():
    tally = Tally(items=2, matched=1, letters=100, errors=3, letters_toneless=100)
    first = Reading(words=10, missed=1, seconds=2.0, tally=tally) + Reading(
        words=30, missed=1, seconds=2.0
    )
    better = Reading(words=40, missed=1, seconds=5.0, tally=tally)
    assert language_data.line("fax200", "vie", first, first).split(" | ") == (
        ["| fax200", "vie", "1 of 2", "0.9500", "2 of 40", "0.0300", "0.0000", "1.00 |"]
    )
    assert language_data.line("fax200", "better", better, first).endswith(" | 1.25 |")


def test_data_are_named_and_must_be_there(tmp_path):
    file = tmp_path / "vie.traineddata"
    file.touch()
    assert language_data._named(f"best={file}") == ("best", file)
    for wrong in (str(file), "best=/nowhere"):
        with pytest.raises(argparse.ArgumentTypeError):
            language_data._named(wrong)
