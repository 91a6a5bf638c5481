"""What was read of a page: words and rules, and lines of running text."""

from typing import Literal

from msgspec import Struct

from schemas.geometry import IDENTITY, Box, Placement

# exact: the file holds its text and cells as such, and no pages.
ReadMethod = Literal["text_layer", "ocr", "blank", "exact"]


class Symbol(Struct, frozen=True, array_like=True):
    """A character as an OCR engine read it: confidence 0..1, to four places.

    `others` are the characters that it may be as well, the likeliest first.
    """

    text: str
    confidence: float
    others: str = ""


class Word(Struct, frozen=True):
    """A run of characters without a space. `confidence` is 0..1, and 1.0 from a text layer.

    `symbols` are its characters as an OCR engine read them, where one did and tells.
    """

    text: str
    box: Box
    confidence: float = 1.0
    bold: bool = False
    symbols: tuple[Symbol, ...] = ()


class Rule(Struct, frozen=True):
    """A straight drawn line, as the thin box that it fills."""

    box: Box

    @property
    def horizontal(self) -> bool:
        """Whether it runs across the page rather than down it."""
        return self.box.width >= self.box.height


class PlaceDoubt(Struct, frozen=True):
    """A place on a page that was not read as it is seen: a code of doubts, and what was read."""

    code: str
    box: Box
    text: str = ""


class Page(Struct, frozen=True):
    """One page, read. Words and rules are in points of the *straightened* page.

    `struck` are words that are crossed out; they are not among `words`. `doubts` are about places.

    `to_display` leads from there to the page as a reader sees it (skew and sideways scanning put
    back), which is what every box in the results is measured on. `number` counts from 1.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    method: ReadMethod
    reasons: tuple[str, ...] = ()
    to_display: Placement = IDENTITY
    struck: tuple[Word, ...] = ()
    doubts: tuple[PlaceDoubt, ...] = ()


class Reread(Struct, frozen=True):
    """A word that may be read in two ways: as `text`, which stands in the line, or as `other`.

    `log_odds` speak for `text`. `mended` says that the OCR read `other`.
    """

    text: str
    other: str
    log_odds: float
    mended: bool


class TextLine(Struct, frozen=True):
    """Words that stand on one printed line of one cell or of running text, joined by spaces.

    `hard` says that the file itself breaks the text before this line, and no margin did. `words`
    are those that were found on a page. `read` is what the OCR made of a line whose letters were
    mended since, "" where none were; `rereads` are the words that may be read in two ways; `risk`
    is how many of the words are likely to be wrong, None where that was not judged.
    """

    text: str
    box: Box
    page: int
    confidence: float = 1.0
    bold: bool = False
    hard: bool = False
    words: tuple[Word, ...] = ()
    read: str = ""
    rereads: tuple[Reread, ...] = ()
    risk: float | None = None
