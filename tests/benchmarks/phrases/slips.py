"""What OCR makes of Vietnamese print: strokes for strokes, marks lost or changed, spaces astray."""

import random
import re
import unicodedata

_STROKES = {"I": "l1|", "1": "lI|", "0": "O", "l": "I"}
_VOWEL_SLIPS = {
    **{"ờ": "òơ", "ư": "u", "ý": "yỷ", "ằ": "ăàẵ", "ă": "ã", "ế": "ê", "á": "ảà", "ớ": "óơ"},
    **{"ê": "e", "ạ": "a", "ộ": "ô", "ố": "ô", "ấ": "â", "ế": "é", "ỳ": "y", "ầ": "à"},
}
_QUARTERS = {
    "IV": ("lV", "1V", "|V"),
    "III": ("IIl", "lII", "Ill", "1II", "HI", "IH"),
    "II": ("Il", "lI", "1I", "I1", "ll", "H"),
}


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in letters if not unicodedata.combining(c))


def _no_tones(rng: random.Random, text: str) -> str:
    """Return the text without marks in one word, or in all."""
    words = text.split(" ")
    if rng.random() < 0.3:
        return _bare(text)
    at = rng.randrange(len(words))
    words[at] = _bare(words[at])
    return " ".join(words)


def _vowel(rng: random.Random, text: str) -> str:
    at = [n for n, c in enumerate(text) if c in _VOWEL_SLIPS]
    if not at:
        return text
    n = rng.choice(at)
    return text[:n] + rng.choice(_VOWEL_SLIPS[text[n]]) + text[n + 1 :]


def _quarter(rng: random.Random, text: str) -> str:
    found = list(re.finditer(r"\b(IV|III|II)\b", text))
    if not found:
        return text
    one = rng.choice(found)
    return text[: one.start()] + rng.choice(_QUARTERS[one[1]]) + text[one.end() :]


def _digit(rng: random.Random, text: str) -> str:
    at = [n for n, c in enumerate(text) if c in "01" and text[n - 1 : n].isdigit()]
    if not at:
        return text
    n = rng.choice(at)
    return text[:n] + rng.choice(_STROKES[text[n]]) + text[n + 1 :]


def _first_digit(rng: random.Random, text: str) -> str:
    """Return the text with the first digit of a day or month misread: l2/2024, O5/2024."""
    found = list(re.finditer(r"\b[01](?=\d/)", text))
    if not found:
        return text
    one = rng.choice(found)
    return text[: one.start()] + rng.choice(_STROKES[one[0]]) + text[one.end() :]


def _space_in(rng: random.Random, text: str) -> str:
    """Return the text with a space in a year or beside a stroke."""
    found = list(re.finditer(r"(?<=\b20)(?=\d\d\b)|(?<=/)(?=\d)|(?<=\d)(?=/)", text))
    if not found:
        return text
    at = rng.choice(found).start()
    return text[:at] + " " + text[at:]


def _space_out(rng: random.Random, text: str) -> str:
    at = [
        n for n, c in enumerate(text) if c == " " and text[n - 1].isalpha() != text[n + 1].isalpha()
    ]
    if not at:
        return text
    n = rng.choice(at)
    return text[:n] + text[n + 1 :]


def _specks(rng: random.Random, text: str) -> str:
    return rng.choice(("| {}", "{} |", "{} .", "_ {}", "{} '", ". {}", "{},")).format(text)


def _capitals(rng: random.Random, text: str) -> str:
    return text.upper() if rng.random() < 0.5 else text.lower()


def _initial(_rng: random.Random, text: str) -> str:
    return re.sub(r"\bQu(?=[ýí])", "Ou", text) if "Qu" in text else text


SLIPS = (
    *(_no_tones, _vowel, _vowel, _quarter, _quarter, _digit, _first_digit, _space_in),
    *(_space_out, _specks, _capitals, _initial),
)


def slipped(text: str, rng: random.Random) -> str:
    """Return the text with one slip, at times two; the same text where none applies."""
    for _ in range(1 if rng.random() < 0.75 else 2):
        text = rng.choice(SLIPS)(rng, text)
    return text


_WORDS = {
    "năm": "nărn",
    "của": "cùa",
    "huyện": "huyên",
    "tháng": "thảng",
    "Kế": "Kê",
    "ngày": "ngàv",
}


def _word(rng: random.Random, text: str) -> str:
    found = [word for word in _WORDS if f" {word} " in text]
    if not found:
        return text
    word = rng.choice(found)
    return text.replace(f" {word} ", f" {_WORDS[word]} ", 1)


def _stroke(rng: random.Random, text: str) -> str:
    """Return the text with a digit of a number, day or year misread."""
    at = [m.start() for m in re.finditer(r"(?<=\d)[01]|[01](?=\d)", text)]
    if not at:
        return text
    n = rng.choice(at)
    return text[:n] + {"0": "O", "1": "l"}[text[n]] + text[n + 1 :]


def _capital(rng: random.Random, text: str) -> str:
    """Return the text with the marks of one letter lost."""
    at = [n for n, c in enumerate(text) if c.isupper() and _bare(c) != c]
    if not at:
        return text
    n = rng.choice(at)
    return text[:n] + _bare(text[n]) + text[n + 1 :]


HEAD_SLIPS = (_word, _stroke, _stroke, _capital, _capital, _vowel, _space_in, _specks)


def slipped_line(text: str, rng: random.Random) -> str:
    """Return a title block's line, one slip in it two times out of five."""
    return rng.choice(HEAD_SLIPS)(rng, text) if rng.random() < 0.4 else text
