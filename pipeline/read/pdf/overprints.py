"""Text that lies over other text and is not to be read: watermarks, and letters drawn twice."""

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from msgspec import Struct, field

from pipeline.read.pdf.chars import Char
from pipeline.read.pdf.objects import Rect
from pipeline.read.pdf.painted import GlyphRun

# A watermark is light (its darkest channel, its alpha) and large, or small and printed many times.
_LIGHT, _THIN_INK = 0.55, 0.6
_LARGE, _SURELY_LARGE = 1.8, 40.0  # times the usual size; points
_TILES, _TILE_LETTERS = 4, 4
# In any colour: so many times the usual size and so many points, over so many letters of others.
_HUGE, _HUGE_POINTS, _OVER_LETTERS = 2.5, 28.0, 3
# A letter is drawn twice, as its own shadow or to look bold, so near as a share of its size.
_SHADOW = 0.2
_CELL = 4.0  # points


class Strings(Struct):
    """The strings of a page as they were drawn: where each begins, and what a look at all of them
    would be worth: the largest size, and how many lie where one alike lay already."""

    starts: list[int] = field(default_factory=list)
    largest: float = 0.0
    repeated: int = 0
    places: set[tuple[str, int, int, int]] = field(default_factory=set)

    def note(self, start: int, chars: Sequence[Char]) -> None:
        """Take down the string that begins at `start` and ends with the last character."""
        first = chars[start]
        x, y = int(first["x0"] / _CELL), int(first["top"] / _CELL)
        place = (first["text"], len(chars) - start, x, y)
        self.starts.append(start)
        self.repeated += place in self.places
        self.places.add(place)
        self.largest = max(self.largest, first["size"])


def watermarks(chars: Sequence[Char], runs: Sequence[GlyphRun], strings: Strings) -> set[int]:
    """Return the numbers of characters that are a watermark."""
    light = [run for run in runs if _is_light(run)]
    if not light and strings.largest < _HUGE_POINTS:
        return set()
    return set(_watermarks(chars, light, strings))


def without_doubles(chars: Sequence[Char]) -> list[Char]:
    """Return characters that are seen, without those that are drawn again where they stand."""
    doubles = set(_doubles(chars))
    return [char for i, char in enumerate(chars) if i not in doubles]


def _is_light(run: GlyphRun) -> bool:
    light = (run.colour is not None and min(run.colour) >= _LIGHT) or run.view.alpha <= _THIN_INK
    return light and not run.hidden


def _watermarks(
    chars: Sequence[Char], light: Sequence[GlyphRun], strings: Strings
) -> Iterator[int]:
    usual = median(char["size"] for char in chars)
    is_light = {i for run in light for i in range(run.start, run.end)}
    ends = [*strings.starts[1:], len(chars)]
    spans = [range(a, b) for a, b in zip(strings.starts, ends, strict=True) if b > a]
    texts = ["".join(chars[i]["text"] for i in span).strip() for span in spans]
    times = Counter(text for text, span in zip(texts, spans, strict=True) if span[0] in is_light)
    for text, span in zip(texts, spans, strict=True):
        size = chars[span[0]]["size"]
        if span[0] in is_light:
            tiled = times[text] >= _TILES and sum(map(str.isalpha, text)) >= _TILE_LETTERS
            large = size >= _SURELY_LARGE or (size >= _LARGE * usual and _covers(chars, span, 1))
            if tiled or (size >= _LARGE * usual and large):
                yield from span
        elif size >= max(_HUGE_POINTS, _HUGE * usual) and _covers(chars, span, _OVER_LETTERS):
            yield from span


def _covers(chars: Sequence[Char], span: range, least: int) -> bool:
    """Whether a string lies over so many letters of others that are smaller."""
    box = _around([chars[i] for i in span])
    size = chars[span[0]]["size"]
    beneath = 0
    for i, char in enumerate(chars):
        if i in span or char["size"] * 1.5 > size or char["text"].isspace():
            continue
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        beneath += box[0] <= x <= box[2] and box[1] <= y <= box[3]
        if beneath >= least:
            return True
    return False


def _around(chars: Sequence[Char]) -> Rect:
    return (
        min(c["x0"] for c in chars),
        min(c["top"] for c in chars),
        max(c["x1"] for c in chars),
        max(c["bottom"] for c in chars),
    )


def _doubles(chars: Sequence[Char]) -> Iterator[int]:
    """The numbers of characters that are drawn again; the last stays."""
    places: dict[tuple[str, int, int], list[int]] = {}
    for i in reversed(range(len(chars))):
        char = chars[i]
        x, y = int(char["x0"] / _CELL), int(char["top"] / _CELL)
        around = ((x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        near = (k for place in around for k in places.get((char["text"], *place), ()))
        if any(_is_double(char, chars[k]) for k in near):
            yield i
        else:
            places.setdefault((char["text"], x, y), []).append(i)


def _is_double(a: Char, b: Char) -> bool:
    most = _SHADOW * max(a["size"], b["size"])
    return bool(abs(a["x0"] - b["x0"]) <= most and abs(a["top"] - b["top"]) <= most)
