"""Characters and words of a page as pdfplumber gives them."""

from typing import Any

Char = dict[str, Any]  # a character: text, fontname, size, x0, top, x1, bottom and more
RawWord = dict[str, Any]  # a word: text, x0, top, x1, bottom and its chars

SAME_LINE = 3  # points between the tops of characters of one line
