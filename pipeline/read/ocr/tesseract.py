"""The one place that calls Tesseract: what is installed, and words from a picture of text.

Its library is called, by way of tesserocr, and not its program: a program that is started for each
page loads the language data each time, a tenth of what reading a page takes. Language data are
those of the installed program, which alone knows where they lie.
"""

import ctypes
import hashlib
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import tesserocr
from msgspec import Struct

from pipeline.language.text import clean
from pipeline.read.scan.pixels import Grey
from schemas.failure import EnvironmentLacks, FailureCode, PhulucError
from schemas.geometry import Box

_VERSION = re.compile(r"tesseract\s+v?(\d+(?:\.\d+)*)")
# The first line of --list-langs: List of available languages in "/usr/…/tessdata/" (3):
_FOLDER = re.compile(r'"(.+)"')
_WORD_LEVEL = "5"  # of the lines of Tesseract's table, which tell of blocks and lines, too


class OcrWord(Struct, frozen=True):
    """A word as Tesseract read it: box in pixels of the picture, confidence 0..1."""

    text: str
    box: Box
    confidence: float


def describe(language: str) -> str:
    """Return "tesseract <version> <language> sha256:<data>", or raise EnvironmentLacks."""
    version = _VERSION.search(tesserocr.tesseract_version())
    digest = hashlib.sha256(_installed(language).read_bytes()).hexdigest()
    return f"tesseract {version[1] if version else '?'} {language} sha256:{digest[:16]}"


def language_data(language: str) -> Path | None:
    """Return the file of Tesseract's data for the language, or None where it is not installed.

    It lies in the folder that Tesseract itself names: its own, or the one in TESSDATA_PREFIX.
    Raises EnvironmentLacks where Tesseract itself is missing.
    """
    listing = _listing(os.environ.get("PATH"), os.environ.get("TESSDATA_PREFIX"))
    named = _FOLDER.search(listing)
    data = Path(named[1], f"{language}.traineddata") if named else None
    return data if data and data.is_file() else None


@lru_cache(maxsize=8)
def _listing(path: str | None, prefix: str | None) -> str:  # noqa: ARG001
    """What Tesseract says of its data; the variables are those on which the answer depends."""
    try:
        said = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=False)
    except FileNotFoundError as error:
        raise EnvironmentLacks(FailureCode.TESSERACT_MISSING, stage="read") from error
    return (said.stdout + said.stderr).decode(errors="replace")


def _installed(language: str) -> Path:
    data = language_data(language)
    if data is None:
        raise EnvironmentLacks(FailureCode.LANGUAGE_MISSING, stage="read", language=language)
    return data


def recognise(image: Grey, *, language: str, dpi: int, page: int) -> list[OcrWord]:
    """Return the words of a picture that holds one block of text, top to bottom.

    `dpi` is its resolution. Not to be called from two threads at once. Raises PhulucError where
    Tesseract fails, EnvironmentLacks where the language is missing.
    """
    _give_back()
    reader = _reader(_installed(language))
    height, width = image.shape
    try:
        reader.SetImageBytes(image.tobytes(), width, height, 1, width)
        reader.SetSourceResolution(dpi)
        if not reader.Recognize():
            raise PhulucError(FailureCode.OCR_FAILED, stage="read", page=page, reason="Recognize")
        return list(_words(reader.GetTSVText(0)))
    except RuntimeError as error:
        raise PhulucError(
            FailureCode.OCR_FAILED, stage="read", page=page, reason=str(error)
        ) from error
    finally:
        reader.Clear()


@lru_cache(maxsize=1)
def _reader(data: Path) -> tesserocr.PyTessBaseAPI:
    """Tesseract with a file of data loaded, kept for the next picture."""
    # One uniform block of text: what `regions` lays out for it is exactly that.
    return tesserocr.PyTessBaseAPI(
        path=str(data.parent),
        lang=data.stem,
        oem=tesserocr.OEM.LSTM_ONLY,
        psm=tesserocr.PSM.SINGLE_BLOCK,
    )


def _give_back() -> None:
    """Hand what pictures took and have let go back to the system, while Tesseract needs memory.

    The C library keeps it, for each thread apart: 80 MB of a page of 300 dpi. Where it cannot be
    asked to (it is not GNU's), nothing happens.
    """
    if (trim := _trim()) is not None:
        trim(0)


@lru_cache(maxsize=1)
def _trim() -> Callable[[int], int] | None:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None


def _words(table: str) -> Iterator[OcrWord]:
    """The words of Tesseract's table (TSV): level, five numbers, box, confidence, text."""
    for line in table.splitlines():
        level, *_, x, y, width, height, sure, text = line.split("\t", 11)
        text = clean(text)
        if level == _WORD_LEVEL and text:
            left, top = float(x), float(y)
            box = Box(left, top, left + float(width), top + float(height))
            yield OcrWord(text, box, max(0.0, float(sure)) / 100)
