"""How text was written in the fonts before Unicode: the codes of TCVN3 and VNI, letter by letter.

Kept apart from the pipeline's table, so that a slip in the one shows against the other.
"""

import unicodedata

# Each letter stands at the code of windows-1252 beneath it.
_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TCVN3_CODES = "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"
TCVN3 = dict(zip(_TCVN3_LETTERS, _TCVN3_CODES, strict=True))

_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_WITH_ROOF = {"\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_WITH_BOWL = {"\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_WHOLE = {"đ": "ñ", "ơ": "ô", "ư": "ö", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "í": "í", "ì": "ì"}


def tcvn3(letter: str) -> str | None:
    """Return the TCVN3 code of a letter, None where only a font of capitals has it (Ộ)."""
    return letter if letter.isascii() else TCVN3.get(letter)


def vni(letter: str) -> str:
    """Return what VNI writes for a letter: one character, or the letter and a mark (á: aù)."""
    if letter.isascii():
        return letter
    if letter.isupper():
        return vni(letter.lower()).upper()
    if letter in _WHOLE:
        return _WHOLE[letter]
    base, *marks = unicodedata.normalize("NFD", letter)
    if "\u031b" in marks:  # the horn of ơ and ư
        marks.remove("\u031b")
        base = _WHOLE[unicodedata.normalize("NFC", base + "\u031b")]
    if "\u0302" in marks:
        marks.remove("\u0302")
        return base + (_WITH_ROOF[marks[0]] if marks else "â")
    if "\u0306" in marks:
        marks.remove("\u0306")
        return base + (_WITH_BOWL[marks[0]] if marks else "ê")
    return base + _TONES[marks[0]] if marks else base
