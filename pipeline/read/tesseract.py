"""The one place that runs Tesseract: what is installed, and words from a picture of text.

The program is run directly: pytesseract, which `phuluc doctor` uses, imports pandas when it is
imported, which takes as long as reading a quarter of a page, and hands pictures over as files.
"""

import csv
import ctypes
import hashlib
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2

from pipeline.read.pixels import Grey
from pipeline.text import clean
from schemas.failure import EnvironmentLacks, FailureCode, PhulucError
from schemas.geometry import Box

# One uniform block of text: what `regions` lays out for it is exactly that.
_MODE = ("--psm", "6", "--oem", "1")
# Not by the name "tsv": that is a file beside the data, which a folder of one's own may lack. Then
# Tesseract prints plain text instead, and reports no error.
_TABLE = ("-c", "tessedit_create_tsv=1")
_VERSION = re.compile(r"tesseract\s+v?(\d+(?:\.\d+)*)")
# The first line of --list-langs: List of available languages in "/usr/…/tessdata/" (3):
_FOLDER = re.compile(r'"(.+)"')


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word as Tesseract read it: box in pixels of the picture, confidence 0..1."""

    text: str
    box: Box
    confidence: float


def _run(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    # Pages run side by side; Tesseract's own threads only wait for each other.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            ["tesseract", *arguments], env=environment, capture_output=True, check=False, **options
        )
    except FileNotFoundError as error:
        raise EnvironmentLacks(FailureCode.TESSERACT_MISSING, stage="read") from error


@lru_cache(maxsize=8)
def describe(language: str) -> str:
    """Return "tesseract <version> <language> sha256:<data>", or raise EnvironmentLacks."""
    shown = _run("--version")
    version = _VERSION.search((shown.stdout + shown.stderr).decode(errors="replace"))
    data = language_data(language)
    if data is None:
        raise EnvironmentLacks(FailureCode.LANGUAGE_MISSING, stage="read", language=language)
    with data.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return f"tesseract {version[1] if version else '?'} {language} sha256:{digest[:16]}"


def language_data(language: str) -> Path | None:
    """Return the file of Tesseract's data for the language, or None where it is not installed.

    It lies in the folder that Tesseract itself names: its own, or the one in TESSDATA_PREFIX.
    Raises EnvironmentLacks where Tesseract itself is missing.
    """
    listing = _run("--list-langs")
    named = _FOLDER.search((listing.stdout + listing.stderr).decode(errors="replace"))
    if named is None:
        return None
    data = Path(named[1], f"{language}.traineddata")
    return data if data.is_file() else None


def recognise(image: Grey, *, language: str, dpi: int, timeout: int, page: int) -> list[OcrWord]:
    """Return the words of a picture that holds one block of text, top to bottom.

    `dpi` is its resolution, `timeout` in seconds. Raises PhulucError where Tesseract fails.
    """
    _give_back()
    # An uncompressed picture: packing a PNG takes longer than handing over all of its bytes.
    picture = cv2.imencode(".pgm", image)[1].tobytes()
    arguments = ("stdin", "stdout", "-l", language, *_MODE, "--dpi", str(dpi), *_TABLE)
    try:
        done = _run(*arguments, input=picture, timeout=timeout)
    except subprocess.TimeoutExpired as error:
        raise PhulucError(FailureCode.TIMEOUT, stage="read", page=page, seconds=timeout) from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()[-300:] or f"exit {done.returncode}"
        raise PhulucError(FailureCode.OCR_FAILED, stage="read", page=page, reason=said)
    return list(_words(done.stdout.decode(errors="replace")))


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
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = clean(row["text"] or "")
        if text:
            x, y, width, height = (float(row[key]) for key in ("left", "top", "width", "height"))
            confidence = max(0.0, float(row["conf"])) / 100
            yield OcrWord(text, Box(x, y, x + width, y + height), confidence)
