"""The content of a PDF page, taken apart quickly.

pdfminer reads a content stream letter by letter in Python, which takes half of the time that a
page takes. What word processors write is plain: numbers, names, strings, arrays and operators.
That is taken apart here by one regular expression, to the same objects; a stream that holds
anything else (inline pictures, comments, damage) is left to pdfminer's parser.
"""

import re
from typing import Any

from pdfminer.psparser import ESC_STRING, KWD, LIT, PSKeyword, PSLiteral

_END = rb"(?=[\s\[\]()<>/]|\Z)"
_TOKEN = re.compile(
    rb"[\s\x00]*(?:"
    rb"([+-]?\d+)" + _END + rb"|([+-]?\d*\.\d*(?<=\d\.|.\d))" + _END + rb"|"
    rb"<((?:[0-9A-Fa-f]{2})*)>|"
    rb"\(([^()\\]*(?:\\[^\r][^()\\]*)*)\)|"
    rb"/([!-\"$&'*-.0-;=?-Z\\^-z|~]*)" + _END + rb"|"
    rb"(\[)|(\])|(<<)|(>>)|"
    rb"([A-Za-z][A-Za-z0-9*]*)" + _END + rb"|(['\"])|"
    rb"(\Z))"
)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
_INTEGER, _REAL, _HEX, _STRING, _NAME, _ARRAY = range(1, 7)
_ARRAY_END, _DICT, _DICT_END, _WORD, _QUOTE, _LAST = range(7, 13)
_CONSTANTS = {b"true": True, b"false": False}
_INLINE_PICTURE = b"BI"


class NotPlainError(ValueError):
    """A content stream holds what only the full parser understands."""


def content_objects(data: bytes) -> list[Any]:
    """Return the operands and operators of a content stream, as pdfminer's parser would.

    Raises NotPlainError for a stream that holds more than numbers, names, strings, arrays,
    dictionaries and operators.
    """
    objects: list[Any] = []
    opened: list[tuple[int, list[Any]]] = []
    position, size = 0, len(data)
    match = _TOKEN.match
    while position <= size:
        token = match(data, position)
        if token is None:
            raise NotPlainError(position)
        kind, position = token.lastindex or _LAST, token.end()
        if kind == _INTEGER:
            objects.append(int(token[_INTEGER]))
        elif kind == _REAL:
            objects.append(float(token[_REAL]))
        elif kind == _HEX:
            objects.append(bytes.fromhex(token[_HEX].decode("ascii")))
        elif kind == _STRING:
            objects.append(_unescaped(token[_STRING]))
        elif kind in {_WORD, _QUOTE}:
            objects.append(_keyword(token[kind]))
        elif kind == _NAME:
            objects.append(LIT(str(token[_NAME], "ascii")))
        elif kind in {_ARRAY, _DICT}:
            opened.append((kind, objects))
            objects = []
        elif kind == _LAST:
            break
        else:
            objects = _closed(opened, kind - 1, objects)
    if opened:
        raise NotPlainError("unclosed")
    return objects


def _closed(opened: list[tuple[int, list[Any]]], kind: int, inner: list[Any]) -> list[Any]:
    """Put an array or a dictionary that ends to what stands around it."""
    if not opened or opened[-1][0] != kind or any(isinstance(o, PSKeyword) for o in inner):
        raise NotPlainError("unbalanced")
    outer = opened.pop()[1]
    if kind == _ARRAY:
        outer.append(inner)
        return outer
    keys = inner[::2]
    if len(inner) % 2 or not all(isinstance(key, PSLiteral) for key in keys):
        raise NotPlainError("dictionary")
    pairs = zip(keys, inner[1::2], strict=True)
    outer.append({key.name: value for key, value in pairs if value is not None})
    return outer


def _keyword(word: bytes) -> Any:
    if word == _INLINE_PICTURE:
        raise NotPlainError("inline picture")
    return _CONSTANTS[word] if word in _CONSTANTS else KWD(word)


def _unescaped(text: bytes) -> bytes:
    return _ESCAPE.sub(_character, text) if b"\\" in text else text


def _character(escape: re.Match[bytes]) -> bytes:
    octal, char = escape.groups()
    if octal is None:
        # pdfminer drops both where it does not know the letter, a line break included.
        return bytes((ESC_STRING[char],)) if char in ESC_STRING else b""
    if int(octal, 8) > 255:
        raise NotPlainError("octal")
    return bytes((int(octal, 8),))
