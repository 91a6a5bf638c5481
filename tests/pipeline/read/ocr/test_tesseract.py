"""Which data Tesseract reads with, and what becomes of a page that it does not survive."""

import hashlib
import os
import shutil
import signal
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from pipeline.ingest import open_source
from pipeline.read.ocr.engine import NullEngine
from pipeline.read.ocr.tesseract import Tesseract, language_data, with_raised
from pipeline.read.pages import read_pages
from pipeline.settings import Settings
from schemas.failure import EnvironmentLacks, FailureCode, PhulucError
from schemas.geometry import Box
from schemas.page import Symbol

SCAN = Path("samples/chi-lang-papi-2024-scan.pdf")

pytestmark = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed"
)


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """A folder that holds one file of data, under a name of its own, and nothing else."""
    shutil.copy(language_data("vie"), tmp_path / "own.traineddata")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    return tmp_path


@pytest.mark.usefixtures("own_folder")
def test_data_in_a_folder_of_ones_own_are_read_with():
    picture = np.full((120, 900), 255, np.uint8)
    cv2.putText(picture, "HUYEN LANG GIANG 2024", (30, 75), cv2.FONT_HERSHEY_DUPLEX, 1.8, 0, 3)
    words = Tesseract("own").recognise(picture, dpi=200, page=1)
    assert [word.text for word in words][-1] == "2024"
    assert all(0 < word.box.x0 < word.box.x1 < 900 for word in words)
    assert all("".join(s.text for s in word.symbols) == word.text for word in words)
    assert all(0 < symbol.confidence <= 1 for word in words for symbol in word.symbols)


@pytest.mark.usefixtures("own_folder")
def test_letters_that_could_be_others_tell_so():
    picture = np.full((120, 900), 255, np.uint8)
    cv2.putText(picture, "NGHI QUYET SO 106", (30, 75), cv2.FONT_HERSHEY_DUPLEX, 1.8, 0, 3)
    symbols = [s for w in Tesseract("own").recognise(picture, dpi=200, page=1) for s in w.symbols]
    assert any(symbol.others for symbol in symbols)
    assert all(symbol.text not in symbol.others for symbol in symbols)


def test_a_digit_that_stands_high_behind_an_m_is_raised():
    def read(text, *boxes):
        symbols = [Symbol(char, 0.9) for char in text]
        return "".join(s.text for s in with_raised(symbols, [Box(*box) for box in boxes]))

    letter, high, low = (0, 6, 20, 20), (21, 0, 28, 14), (21, 0, 28, 20)
    assert read("m3", letter, high) == "m³"
    assert read("m2,", letter, high, (30, 17, 33, 24)) == "m²,"
    assert read("m2", letter, low) == "m2"
    assert read("m2,", letter, high, (26, 17, 33, 24)) == "m2,"  # in one another
    assert read("n2", letter, high) == "n2"


@pytest.mark.usefixtures("own_folder")
def test_a_white_picture_holds_no_words():
    assert Tesseract("own").recognise(np.full((120, 900), 255, np.uint8), dpi=200, page=1) == []


def test_what_made_a_result_is_told_by_the_file_that_was_used(own_folder):
    data = own_folder / "own.traineddata"
    data.write_bytes(data.read_bytes() + b"other data")
    assert language_data("own") == data
    digest = hashlib.sha256(data.read_bytes()).hexdigest()[:16]
    assert Tesseract("own").describe().endswith(f" own sha256:{digest}")


@pytest.mark.usefixtures("own_folder")
def test_what_is_elsewhere_is_not_there():
    with pytest.raises(EnvironmentLacks) as caught:
        Tesseract("vie").describe()
    assert caught.value.code == FailureCode.LANGUAGE_MISSING


class Dies(NullEngine):
    """Dies over the second page."""

    def recognise(self, image, *, dpi, page):
        if page == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().recognise(image, dpi=dpi, page=page)


class Hangs(NullEngine):
    """Takes a minute for the third page."""

    def recognise(self, image, *, dpi, page):
        if page == 3:
            time.sleep(60)
        return super().recognise(image, dpi=dpi, page=page)


def test_a_page_of_which_the_engine_dies_is_an_error_that_names_it():
    with pytest.raises(PhulucError) as caught:
        read_pages(open_source(SCAN, SCAN.name), Settings(), engine=Dies())
    assert (caught.value.code, caught.value.page) == (FailureCode.OCR_FAILED, 2)
    assert caught.value.details["reason"] == "SIGKILL"


def test_a_page_that_takes_too_long_is_an_error_that_names_it():
    with pytest.raises(PhulucError) as caught:
        read_pages(open_source(SCAN, SCAN.name), Settings(ocr_timeout=3), engine=Hangs())
    assert (caught.value.code, caught.value.page) == (FailureCode.TIMEOUT, 3)
    assert caught.value.details["seconds"] == 3
