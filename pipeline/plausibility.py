"""Which words that an OCR has read can be right: its own confidence knows no Vietnamese.

A word is plausible that is made of Vietnamese syllables, numbers, short forms, names of places, or
words that offices use besides (`knowledge/words.yaml`). All else is a slip, or a word to add there.
"""

import re
from functools import cache, lru_cache

from pipeline.knowledge import load_yaml
from pipeline.language.syllables import is_syllable
from pipeline.language.text import clean
from pipeline.places.table import words_of_places

# What stands around and between the parts of a token: "154/KH-UBND", "(kể", "KT-XH;".
_PARTS = re.compile(r"[^\W_]+(?:\.?[^\W_]+)*")
_ADDRESS = re.compile(r"@|https?:|www\.|\.(?:vn|com|gov|org|net)\b", re.IGNORECASE)
# Signs that no office's document has beside letters; OCR sees them in seals and dirt.
_JUNK = re.compile(r"[\ufffd\\|~^{}_®©¢£¥¬¤¦]")
_RAISED = str.maketrans("²³", "23")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})", re.ASCII)
# UBND, HĐND, LĐTBXH; Ư and Ơ stand in some (TƯ), the other marked vowels in none.
_SHORT_FORM = re.compile(r"[A-ZĐƯ]{2,10}")
_CODE_WITH_NUMBER = re.compile(r"[A-ZĐ]{1,5}\d{1,4}[A-ZĐ]?|\d{1,6}[a-zđA-ZĐ]")


@lru_cache(maxsize=65536)
def is_plausible(token: str) -> bool:
    """Whether a token as it was read (no spaces) can stand in an office's document.

    Punctuation by itself says nothing; "thựchiện", "tHực", "CQnG" and "CHQ®S" are not plausible.
    """
    text = clean(token).translate(_RAISED)
    if _ADDRESS.search(text):
        return True
    parts = _PARTS.findall(text)
    return not (parts and _JUNK.search(text)) and all(map(_is_part, parts))


def doubtful_words(text: str) -> list[str]:
    """Return the tokens of a text that are not plausible, in their order."""
    return [token for token in text.split() if not is_plausible(token)]


def _is_part(part: str) -> bool:
    if "." in part:  # "TP.HCM", "39.897", "v.v": a full stop between two words lost its space
        return all(map(_is_part, part.split(".")))
    if _NUMBER.fullmatch(part) or len(part) == 1:
        return True
    if _is_word(part) or _CODE_WITH_NUMBER.fullmatch(part) or part in _lists()["codes"]:
        return True
    return part.lstrip("0123456789").lower() in _lists()["units"]


def _is_word(word: str) -> bool:
    lower = word.lower()
    if _ROMAN.fullmatch(word) or lower in _lists()["units"]:
        return True
    if word not in (lower, word.upper(), word.capitalize()):
        return word in _lists()["codes"] or word in words_of_places()
    if is_syllable(word) or lower in _lists()["foreign"]:
        return True
    return bool(_SHORT_FORM.fullmatch(word)) or word in words_of_places()


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists = load_yaml("words.yaml")
    return {
        "foreign": frozenset(word for row in lists["foreign"] for word in row),
        "codes": frozenset(lists["codes"]),
        "units": frozenset(lists["units"]),
    }
