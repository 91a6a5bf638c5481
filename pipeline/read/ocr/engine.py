"""The seam to whatever reads letters: a picture of text in, words out.

An engine knows nothing of pages and tables. `pipeline/read/scan` lays a page's text out as one
block, and moves the boxes that come back to where the words stand on the page.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from msgspec import Struct

from pipeline.read.scan.pixels import Grey
from schemas.geometry import Box
from schemas.page import Symbol

# Digits that stand high behind an m, told in two ways. By the boxes of symbols, where there are any
# (`tesseract.with_raised`): of every word that was read as m2 or m3, at no cost. By the ink
# (`scan.squares`), only behind a number: where a comma follows, a box is as high as both, and the
# digit is often read as another sign or as none.
RAISED: Final = {"2": "²", "3": "³"}


class OcrWord(Struct, frozen=True):
    """A word as it was read: box in pixels of the picture, confidence 0..1.

    `symbols` are its characters one by one, where the engine tells of them.
    """

    text: str
    box: Box
    confidence: float
    symbols: tuple[Symbol, ...] = ()


class OcrEngine(Protocol):
    """What reads text. It is passed to forked workers, and must be usable in each of them."""

    def describe(self) -> str:
        """Return what reads, so exactly that the same description means the same words.

        Raises EnvironmentLacks where something that it needs is missing.
        """

    def recognise(self, image: Grey, *, dpi: int, page: int) -> Sequence[OcrWord]:
        """Return the words of a picture that holds one block of text, top to bottom.

        `dpi` is its resolution; `page` is the page's number, for errors. Raises PhulucError where
        the picture cannot be read, EnvironmentLacks as `describe`.
        """


class NullEngine(Struct, frozen=True):
    """An engine that looks at no picture: it reads the words that it was given, by default none."""

    words: tuple[OcrWord, ...] = ()

    def describe(self) -> str:
        """Return "null"."""
        return "null"

    def recognise(self, image: Grey, *, dpi: int, page: int) -> Sequence[OcrWord]:  # noqa: ARG002
        """Return the known words, whatever the picture shows."""
        return self.words
