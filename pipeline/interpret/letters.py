"""What became of the letters of a row: words that were mended, and words that are in doubt."""

from collections.abc import Iterable
from math import exp

from schemas.page import Reread, TextLine
from schemas.plan import LetterChange, LetterDoubt

# Log-odds below which a second reading is shown: of a word as it was read, and of a mended one.
_DOUBTED_AS_READ = 2.3
_DOUBTED_MENDED = 3.0


def changes_of(lines: Iterable[TextLine]) -> tuple[LetterChange, ...]:
    """Return the words of some lines in which letters were mended."""
    return tuple(
        LetterChange(before=word.other, after=word.text, log_odds=word.log_odds)
        for line in lines
        for word in line.rereads
        if word.mended
    )


def doubts_of(lines: Iterable[TextLine]) -> tuple[LetterDoubt, ...]:
    """Return the words of some lines that may well be read in another way."""
    return tuple(
        LetterDoubt(text=word.text, other=word.other, log_odds=word.log_odds)
        for line in lines
        for word in line.rereads
        if _is_doubtful(word)
    )


def exact_of(lines: Iterable[TextLine]) -> float | None:
    """Return the probability that every word of some lines is right; None where none was judged."""
    risks = [line.risk for line in lines if line.risk is not None]
    return exp(-sum(risks)) if risks else None


def read_of(lines: Iterable[TextLine]) -> str | None:
    """Return what the OCR made of some lines, None where no letter was mended since."""
    lines = tuple(lines)
    if not any(line.read for line in lines):
        return None
    return "\n".join(line.read or line.text for line in lines)


def _is_doubtful(word: Reread) -> bool:
    return word.log_odds < (_DOUBTED_MENDED if word.mended else _DOUBTED_AS_READ)
