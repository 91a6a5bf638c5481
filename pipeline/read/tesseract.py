"""The one place that runs Tesseract: what is installed, and words from a picture of text."""

import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import pytesseract

from pipeline.read.pixels import Grey
from pipeline.text import clean
from schemas.failure import EnvironmentLacks, FailureCode, PhulucError
from schemas.geometry import Box

# One uniform block of text: what `regions` lays out for it is exactly that.
_MODE = "--psm 6 --oem 1"


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word as Tesseract read it: box in pixels of the picture, confidence 0..1."""

    text: str
    box: Box
    confidence: float


@lru_cache(maxsize=8)
def describe(language: str) -> str:
    """Return "tesseract <version> <language> sha256:<data>", or raise EnvironmentLacks."""
    try:
        version = re.split(r"[-\\s]", str(pytesseract.get_tesseract_version()))[0]
    except pytesseract.TesseractNotFoundError as error:
        raise EnvironmentLacks(FailureCode.TESSERACT_MISSING, stage="read") from error
    data = language_data(language)
    if data is None:
        raise EnvironmentLacks(FailureCode.LANGUAGE_MISSING, stage="read", language=language)
    with data.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return f"tesseract {version} {language} sha256:{digest[:16]}"


def language_data(language: str) -> Path | None:
    """Return the file of Tesseract's data for the language, or None where it is not installed."""
    listing = subprocess.run(
        [pytesseract.pytesseract.tesseract_cmd, "--list-langs"],
        capture_output=True,
        text=True,
        check=False,
    )
    # The first line names the folder: List of available languages in "/usr/…/tessdata/" (3):
    named = re.search(r'"(.+)"', listing.stdout + listing.stderr)
    if named is None:
        return None
    data = Path(named[1], f"{language}.traineddata")
    return data if data.is_file() else None


@contextmanager
def _saved(image: Grey) -> Iterator[str]:
    # An uncompressed picture on a memory file system: packing a PNG costs more than the OCR saves.
    shared = Path("/dev/shm")
    folder = shared if shared.is_dir() and os.access(shared, os.W_OK) else None
    with tempfile.NamedTemporaryFile(suffix=".pgm", dir=folder) as file:
        file.write(cv2.imencode(".pgm", image)[1].tobytes())
        file.flush()
        yield file.name


def recognise(image: Grey, *, language: str, dpi: int, timeout: int, page: int) -> list[OcrWord]:
    """Return the words of a picture that holds one block of text, top to bottom.

    `dpi` is its resolution, `timeout` in seconds. Raises PhulucError where Tesseract fails.
    """
    os.environ["OMP_THREAD_LIMIT"] = "1"  # pages run side by side; Tesseract's threads only wait
    try:
        with _saved(image) as path:
            table = pytesseract.image_to_data(
                path,
                lang=language,
                config=f"{_MODE} --dpi {dpi}",
                timeout=timeout,
                output_type=pytesseract.Output.DICT,
            )
    except pytesseract.TesseractError as error:
        raise PhulucError(
            FailureCode.OCR_FAILED, stage="read", page=page, reason=error.message
        ) from error
    except RuntimeError as error:  # what pytesseract raises on a timeout
        raise PhulucError(
            FailureCode.TIMEOUT, stage="read", page=page, seconds=timeout
        ) from error
    return list(_words(table))


def _words(table: dict[str, list[str | int | float]]) -> Iterator[OcrWord]:
    columns = zip(
        *(table[key] for key in ("text", "left", "top", "width", "height", "conf")), strict=True
    )
    for raw, left, top, width, height, confidence in columns:
        text = clean(str(raw))
        if text:
            x, y = float(left), float(top)
            box = Box(x, y, x + float(width), y + float(height))
            yield OcrWord(text, box, max(0.0, float(confidence)) / 100)
