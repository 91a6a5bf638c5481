"""Digits: no sentence tells them, so those that were read unsurely are shown in two readings."""

import re

from schemas.page import Reread, Word

_UNSURE = 0.98  # a quarter of the numbers with a digit below it is wrong
_LOG_ODDS = 1.0
_DATE = re.compile(r"(\D*\d{1,2}([/.-])\d{1,2}\2)(\d{4})(\D*)")
_YEARS = range(1900, 2100)


def digits_of(word: Word) -> Reread | None:
    """Return the two readings of a number that is doubtful, None where it was read surely.

    Its digit that was read least surely is the engine's second choice in the other reading; of a
    day whose year cannot be, the other is in this century. (Of "2202" a digit stands in the next
    line: a narrow column cut the year, and what it cut was read twice.)
    """
    found = _DATE.fullmatch(word.text)
    if found and int(found[3]) not in _YEARS and not found[3].startswith("22"):
        return Reread(word.text, f"{found[1]}20{found[3][2:]}{found[4]}", 0.0, mended=False)
    if len(word.symbols) != len(word.text):
        return None
    digits = [at for at, symbol in enumerate(word.symbols) if symbol.text.isdecimal()]
    at = min(digits, key=lambda at: word.symbols[at].confidence, default=None)
    if at is None or word.symbols[at].confidence >= _UNSURE:
        return None
    other = next((char for char in word.symbols[at].others if char.isdecimal()), None)
    if other is None:
        return None
    return Reread(word.text, word.text[:at] + other + word.text[at + 1 :], _LOG_ODDS, mended=False)
