"""Words parted where a rule of a table stands between their letters."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from pipeline.read.pdf.chars import Char, RawWord
from pipeline.read.pdf.words import word_of
from schemas.page import Rule

# A rule that runs so far within a letter, in points, does not stand between letters: text runs
# over it.
_WITHIN = 1.0

_Upright = tuple[float, float, float]  # its place, and its ends


def parted_by_rules(words: Sequence[RawWord], rules: Iterable[Rule]) -> list[RawWord]:
    """Return the words, those parted that an upright rule stands in the middle of.

    Letters of two cells may stand as close to each other as those of one word: cells without
    margins, justified text, text that its cell cuts off.
    """
    upright = sorted(
        (rule.box.center[0], rule.box.top, rule.box.bottom) for rule in rules if not rule.horizontal
    )
    if not upright:
        return list(words)
    places = [place for place, _, _ in upright]
    found: list[RawWord] = []
    for word in words:
        first, last = bisect_left(places, word["x0"]), bisect_left(places, word["x1"])
        if first == last:
            found.append(word)
        else:
            found += _parts(word, upright[first:last])
    return found


def _parts(word: RawWord, upright: Sequence[_Upright]) -> Iterator[RawWord]:
    middle = (word["top"] + word["bottom"]) / 2
    rest: list[Char] = word["chars"]
    for place, top, bottom in upright:
        if not top <= middle <= bottom or any(_runs_within(place, char) for char in rest):
            continue
        left = [char for char in rest if char["x0"] + char["x1"] < 2 * place]
        if left and len(left) < len(rest):
            yield word_of(left)
            rest = rest[len(left) :]
    yield word if rest is word["chars"] else word_of(rest)


def _runs_within(place: float, char: Char) -> bool:
    return bool(char["x0"] + _WITHIN < place < char["x1"] - _WITHIN)
