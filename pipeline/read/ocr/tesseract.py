"""Tesseract as an OCR engine, and the one place that calls it.

Its library is called, by way of tesserocr, and not its program: a program that is started for each
page loads the language data each time, a tenth of what reading a page takes. Language data are
those of the installed program, which alone knows where they lie.
"""

import ctypes
import hashlib
import os
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import tesserocr
from msgspec import Struct
from msgspec.structs import replace

from pipeline.language.text import clean
from pipeline.read.ocr.engine import RAISED, OcrWord
from pipeline.read.scan.pixels import Grey
from schemas.failure import EnvironmentLacks, FailureCode, PhulucError
from schemas.geometry import Box
from schemas.page import Symbol

_VERSION = re.compile(r"tesseract\s+v?(\d+(?:\.\d+)*)")
_MEANT = str.maketrans("Ð⁄", "Đ/")  # signs of other languages that look like these
_HIGH = 0.2  # of the height of an m: so far above its foot a raised digit ends
_BLOCK, _WORD, _SYMBOL = tesserocr.RIL.BLOCK, tesserocr.RIL.WORD, tesserocr.RIL.SYMBOL
_CHOICES = 3
# Second choices of letters: each round of these costs a twentieth of reading; one tells of half
# the letters, all of those that are in doubt among them, and what is read stays the same.
_TELL_CHOICES = {"lstm_choice_mode": "2", "lstm_choice_iterations": "1"}
# The first line of --list-langs: List of available languages in "/usr/…/tessdata/" (3):
_FOLDER = re.compile(r'"(.+)"')


class Tesseract(Struct, frozen=True):
    """Tesseract, reading with the data of a language. Not to be called from two threads at once."""

    language: str

    def describe(self) -> str:
        """Return "tesseract <version> <language> sha256:<data>", or raise EnvironmentLacks."""
        version = _VERSION.search(tesserocr.tesseract_version())
        digest = hashlib.sha256(_installed(self.language).read_bytes()).hexdigest()
        return f"tesseract {version[1] if version else '?'} {self.language} sha256:{digest[:16]}"

    def recognise(self, image: Grey, *, dpi: int, page: int) -> list[OcrWord]:
        """Return the words of a picture with the confidence of each symbol.

        Raises PhulucError where Tesseract fails, EnvironmentLacks where the language is missing.
        """
        _give_back()
        reader = _reader(_installed(self.language))
        height, width = image.shape
        try:
            reader.SetImageBytes(image.tobytes(), width, height, 1, width)
            reader.SetSourceResolution(dpi)
            if not reader.Recognize():
                raise _failed(page, "Recognize")
            return list(_words(reader.GetIterator()))
        except RuntimeError as error:
            raise _failed(page, str(error)) from error
        finally:
            reader.Clear()


def _failed(page: int, reason: str) -> PhulucError:
    return PhulucError(FailureCode.OCR_FAILED, stage="read", page=page, reason=reason)


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


@lru_cache(maxsize=1)
def _reader(data: Path) -> tesserocr.PyTessBaseAPI:
    """Tesseract with a file of data loaded, kept for the next picture."""
    # One uniform block of text: what `regions` lays out for it is exactly that.
    return tesserocr.PyTessBaseAPI(
        path=str(data.parent),
        lang=data.stem,
        oem=tesserocr.OEM.LSTM_ONLY,
        psm=tesserocr.PSM.SINGLE_BLOCK,
        variables=_TELL_CHOICES,
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


def _words(found: tesserocr.PyResultIterator) -> Iterator[OcrWord]:
    """The words that Tesseract found, in its order."""
    while not found.Empty(_BLOCK):
        if found.Empty(_WORD):
            found.Next(_WORD)
            continue
        box = Box(*map(float, found.BoundingBox(_WORD)))
        confidence = _share(found.Confidence(_WORD))
        symbols: list[Symbol] = []
        boxes: list[Box] = []
        while not symbols or not (found.Empty(_BLOCK) or found.IsAtBeginningOf(_WORD)):
            sure = round(_share(found.Confidence(_SYMBOL)), 4)
            text = found.GetUTF8Text(_SYMBOL).translate(_MEANT)
            symbols.append(Symbol(text, sure, _others(found, text) if text.isalnum() else ""))
            boxes.append(Box(*map(float, found.BoundingBox(_SYMBOL))))
            found.Next(_SYMBOL)
        symbols = with_raised(symbols, boxes)
        text = clean("".join(symbol.text for symbol in symbols))
        if text:
            yield OcrWord(text, box, confidence, tuple(symbols))


def _others(found: tesserocr.PyResultIterator, text: str) -> str:
    """What else a letter or digit may be, the likeliest first."""
    choices = (choice.GetUTF8Text() for choice in found.GetChoiceIterator())
    return "".join([c for c in choices if c and len(c) == 1 and c != text][:_CHOICES])


def with_raised(symbols: Sequence[Symbol], boxes: Sequence[Box]) -> list[Symbol]:
    """Return the symbols of a word with m² and m³ for m2 and m3 where the digit stands high.

    A digit whose box its neighbour's runs into tells nothing, and stays.
    """
    raised = list(symbols)
    for i in range(1, len(symbols)):
        letter, digit = boxes[i - 1], boxes[i]
        apart = digit.x0 >= letter.x1 and (i + 1 == len(boxes) or digit.x1 <= boxes[i + 1].x0)
        high = letter.bottom - digit.bottom > _HIGH * letter.height
        if symbols[i - 1].text == "m" and symbols[i].text in RAISED and apart and high:
            raised[i] = replace(symbols[i], text=RAISED[symbols[i].text])
    return raised


def _share(percent: float) -> float:
    return max(0.0, percent) / 100
