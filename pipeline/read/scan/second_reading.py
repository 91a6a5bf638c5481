"""Words that an engine could hardly read, read once more from a larger and a smaller picture.

Now and then an engine doubles a letter ("XxH", "NÑ"), swallows a space or makes nothing of a word
that stands there clearly; from a picture of another size it reads most of these. Pictures are
8-bit grey of shape (height, width), ink dark.
"""

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from msgspec.structs import replace

from pipeline.plausibility import is_plausible
from pipeline.read.ocr.engine import RAISED, OcrWord
from pipeline.read.scan.pixels import Grey, as_grey
from schemas.geometry import Box, union

Read = Callable[[Grey, float], Sequence[OcrWord]]

_SIZES = (1.5, 0.8)  # of the picture, one after the other
_HARDLY, _SURE = 0.7, 0.6  # confidence below which a word is read again, and then counts
_MOST, _SHARE = 3, 0.05  # of the words: more are no slips, but a page upside down or a picture
_BESIDE = 3  # words on either side that are read with it: a line tells more than a word
_MARGIN, _WHITE = 0.4, 0.8  # of a word's height: cut around it, and white around what was cut
_ON_LINE = 0.4  # of the lower one's height is common to two words of a line


def read_again(words: Sequence[OcrWord], picture: Grey, read: Read) -> list[OcrWord]:
    """Return the words of a picture, those that were hardly read as they are read again.

    `read` reads a picture that shows a part of it at another size, which it is told.
    """
    doubtful = [i for i, word in enumerate(words) if _is_hardly_read(word)]
    if len(doubtful) > max(_MOST, _SHARE * len(words)):
        return list(words)
    again = {i: _again(words, i, picture, read) for i in doubtful}
    return [new for i, word in enumerate(words) for new in again.get(i) or (word,)]


def _is_hardly_read(word: OcrWord) -> bool:
    """Whether a word was not read surely, and can be none.

    What can be a word stays: the same engine is as sure of it at another size, right or wrong.
    """
    raised = any(sign in word.text for sign in RAISED.values())  # told by their height alone
    return word.confidence < _HARDLY and not is_plausible(word.text) and not raised


def _again(words: Sequence[OcrWord], at: int, picture: Grey, read: Read) -> list[OcrWord]:
    """The words in the place of one as it is read again; none where they are no surer."""
    line = _line(words, at)
    place = words[at].box
    margin = round(_MARGIN * place.height)
    x0, top = (max(0, round(edge) - margin) for edge in (line.x0, line.top))
    cut = picture[top : round(line.bottom) + margin, x0 : round(line.x1) + margin]
    white = round(_WHITE * place.height)
    for size in _SIZES:
        found = read(_on_white(cut, size, white), size)
        moved = [
            replace(word, box=_back(word.box, size, white, x0, top)) for word in found if word.text
        ]
        here = [word for word in moved if _overlap(word.box, place) > 0]
        if here and all(_is_sure(word) and _lies_in(word.box, place) for word in here):
            return here
    return []


def _line(words: Sequence[OcrWord], at: int) -> Box:
    """The box of a word and of those that stand beside it on its line."""
    box = words[at].box
    first = last = at
    while first > max(0, at - _BESIDE) and _follows(words[first - 1].box, words[first].box, box):
        first -= 1
    while last + 1 < min(len(words), at + _BESIDE + 1) and _follows(
        words[last].box, words[last + 1].box, box
    ):
        last += 1
    return union(word.box for word in words[first : last + 1])


def _follows(left: Box, right: Box, of: Box) -> bool:
    common = min(left.bottom, right.bottom) - max(left.top, right.top)
    low = min(left.height, right.height)
    return common > _ON_LINE * low and -of.height < right.x0 - left.x1 < 2 * of.height


def _on_white(cut: Grey, size: float, white: int) -> Grey:
    how = cv2.INTER_CUBIC if size > 1 else cv2.INTER_AREA
    sized = cv2.resize(cut, None, fx=size, fy=size, interpolation=how)
    return as_grey(np.pad(sized, white, constant_values=255))


def _back(box: Box, size: float, white: int, x0: int, top: int) -> Box:
    """Where a box of the part that was read stands on the whole picture."""
    left, up, right, down = ((value - white) / size for value in box)
    return Box(x0 + left, top + up, x0 + right, top + down)


def _overlap(box: Box, place: Box) -> float:
    """How much of either box is common to both, along the line, beyond what edges may be off."""
    common = min(box.x1, place.x1) - max(box.x0, place.x0)
    return common - 0.3 * min(box.width, place.width)


def _lies_in(box: Box, place: Box) -> bool:
    """Whether a word stands where another one did, and took nothing from those beside it."""
    off = place.height / 2
    return place.x0 - off < box.x0 and box.x1 < place.x1 + off


def _is_sure(word: OcrWord) -> bool:
    return word.confidence >= _SURE and is_plausible(word.text)
