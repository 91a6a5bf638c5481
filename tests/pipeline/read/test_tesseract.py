"""Which data Tesseract reads with."""

import hashlib
import shutil

import cv2
import numpy as np
import pytest

from pipeline.read import tesseract
from schemas.failure import EnvironmentLacks, FailureCode

pytestmark = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed"
)


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """A folder that holds one file of data, under a name of its own, and nothing else."""
    tesseract.describe.cache_clear()
    shutil.copy(tesseract.language_data("vie"), tmp_path / "own.traineddata")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    yield tmp_path
    tesseract.describe.cache_clear()


@pytest.mark.usefixtures("own_folder")
def test_data_in_a_folder_of_ones_own_are_read_with():
    picture = np.full((120, 900), 255, np.uint8)
    cv2.putText(picture, "HUYEN LANG GIANG 2024", (30, 75), cv2.FONT_HERSHEY_DUPLEX, 1.8, 0, 3)
    words = tesseract.recognise(picture, language="own", dpi=200, timeout=60, page=1)
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
