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
from pipeline.read import read_pages
from pipeline.read.ocr import tesseract
from pipeline.settings import Settings
from schemas.failure import EnvironmentLacks, FailureCode, PhulucError

SCAN = Path("samples/chi-lang-papi-2024-scan.pdf")

pytestmark = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed"
)


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """A folder that holds one file of data, under a name of its own, and nothing else."""
    shutil.copy(tesseract.language_data("vie"), tmp_path / "own.traineddata")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    return tmp_path


@pytest.mark.usefixtures("own_folder")
def test_data_in_a_folder_of_ones_own_are_read_with():
    picture = np.full((120, 900), 255, np.uint8)
    cv2.putText(picture, "HUYEN LANG GIANG 2024", (30, 75), cv2.FONT_HERSHEY_DUPLEX, 1.8, 0, 3)
    words = tesseract.recognise(picture, language="own", dpi=200, page=1)
    assert [word.text for word in words][-1] == "2024"
    assert all(0 < word.box.x0 < word.box.x1 < 900 for word in words)


def test_what_made_a_result_is_told_by_the_file_that_was_used(own_folder):
    data = own_folder / "own.traineddata"
    data.write_bytes(data.read_bytes() + b"other data")
    assert tesseract.language_data("own") == data
    digest = hashlib.sha256(data.read_bytes()).hexdigest()[:16]
    assert tesseract.describe("own").endswith(f" own sha256:{digest}")


@pytest.mark.usefixtures("own_folder")
def test_what_is_elsewhere_is_not_there():
    with pytest.raises(EnvironmentLacks) as caught:
        tesseract.describe("vie")
    assert caught.value.code == FailureCode.LANGUAGE_MISSING


def test_a_page_of_which_tesseract_dies_is_an_error_that_names_it(monkeypatch):
    def dies(*_, page, **__):
        if page == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return []

    monkeypatch.setattr(tesseract, "recognise", dies)
    with pytest.raises(PhulucError) as caught:
        read_pages(open_source(SCAN, SCAN.name), Settings())
    assert (caught.value.code, caught.value.page) == (FailureCode.OCR_FAILED, 2)
    assert caught.value.details["reason"] == "SIGKILL"


def test_a_page_that_takes_too_long_is_an_error_that_names_it(monkeypatch):
    def hangs(*_, page, **__):
        if page == 3:
            time.sleep(60)
        return []

    monkeypatch.setattr(tesseract, "recognise", hangs)
    with pytest.raises(PhulucError) as caught:
        read_pages(open_source(SCAN, SCAN.name), Settings(ocr_timeout=3))
    assert (caught.value.code, caught.value.page) == (FailureCode.TIMEOUT, 3)
    assert caught.value.details["seconds"] == 3
