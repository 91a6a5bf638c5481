"""What of a page's characters a reader sees: painted, in no hidden layer, not clipped, not covered.

Boxes are in the space of pdfminer's layout: points, y upwards.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from pdfminer.pdfcolor import PDFColorSpace

from pipeline.read.pdf.chars import Char
from pipeline.read.pdf.objects import Rect

Colour = tuple[float, float, float]

WHITE: Colour = (1.0, 1.0, 1.0)
_INVISIBLE = 3  # the render mode of text that is not painted; 7 only clips what follows
_CLIPS_ONLY = 7
_SAME_COLOUR = 0.06  # of the range of each channel: nobody sees such a difference
_FAINTEST = 0.04  # alpha
_OPAQUE = 0.97


class Visibility(NamedTuple):
    """The part of the graphics state that decides what is seen.

    `clip` is the box of the clipping path, `rough` says that the path is no box. `alpha` is how
    opaque fills are (0..1), `blended` that they mix with what lies beneath in some other way.
    """

    clip: Rect
    alpha: float = 1.0
    blended: bool = False
    rough: bool = False

    def holds(self, char: Char) -> bool:
        """Whether the middle of a character lies in the clipping path."""
        x0, y0, x1, y1 = self.clip
        x, y = (char["x0"] + char["x1"]) / 2, (char["y0"] + char["y1"]) / 2
        return bool(x0 <= x <= x1 and y0 <= y <= y1)

    @property
    def covers(self) -> bool:
        """Whether what is painted hides what lies beneath."""
        return self.alpha >= _OPAQUE and not self.blended


class Paint(NamedTuple):
    """An area that was painted. `colour` is None where it cannot be told: a picture, a pattern.

    `covers` says that nothing shows through; `picture`, that it is a picture.
    """

    box: Rect
    colour: Colour | None
    covers: bool
    picture: bool = False


class GlyphRun(Struct):
    """Characters `start` to `end` that were painted alike. `after` areas were painted before them.

    `hidden` says that their layer is switched off, `cut` that some may lie outside of the clip,
    `pattern` that they are filled with one.
    """

    start: int
    end: int
    after: int
    view: Visibility
    mode: int
    colour: Colour | None
    hidden: bool
    cut: bool = False
    pattern: bool = False

    @property
    def unsure(self) -> bool:
        """Whether only the picture of the page can tell how the characters are seen."""
        odd = self.pattern or self.view.blended or self.view.rough
        return odd or self.mode == _CLIPS_ONLY


class Seen(Struct, frozen=True):
    """The characters that a reader sees, and what is seen only in part.

    `clipped` are pairs, in the order of drawing, of a character that is seen and the next that a
    clipping path cuts off; `under_pictures` lie beneath a picture that was painted later.
    """

    chars: list[Char]
    clipped: list[tuple[Char, Char]]
    under_pictures: list[Char]


def rgb(colour: Any, space: PDFColorSpace) -> Colour | None:
    """Return a colour of pdfminer as red, green and blue (0..1); None where it cannot be told."""
    if space.name in {"Separation", "Indexed", "Pattern", "Lab", "DeviceN"}:
        return None
    if isinstance(colour, int | float):
        return float(colour), float(colour), float(colour)
    if not isinstance(colour, tuple) or not all(isinstance(v, int | float) for v in colour):
        return None
    if len(colour) == 3:
        return colour
    if len(colour) == 4:
        c, m, y, k = colour
        return (1 - c) * (1 - k), (1 - m) * (1 - k), (1 - y) * (1 - k)
    return None


def seen(
    chars: Sequence[Char],
    runs: Sequence[GlyphRun],
    paints: Sequence[Paint],
    watermarks: Collection[int] = (),
) -> Seen:
    """Return what a reader sees of a page's characters, without those numbered `watermarks`."""
    unseen = bytearray(len(chars))
    for i in watermarks:
        unseen[i] = 1
    for run in runs:
        if run.hidden or run.view.alpha <= _FAINTEST or _paints_nothing(run, paints):
            unseen[run.start : run.end] = b"\x01" * (run.end - run.start)
    clipped = [i for run in runs if run.cut for i in _outside(chars, run) if not unseen[i]]
    for i in clipped:
        unseen[i] = 1
    under: set[int] = set()
    if paints or any(_is_lost(run, WHITE) for run in runs):
        covered, under = _covered(chars, runs, paints)
        under = {i for i in under - covered if not unseen[i]}
        for i in covered | under:
            unseen[i] = 1
    if not any(unseen):
        return Seen(list(chars), [], [])
    return Seen(
        [char for char, hidden in zip(chars, unseen, strict=True) if not hidden],
        [(chars[i - 1], chars[i]) for i in clipped if i and not unseen[i - 1]],
        [chars[i] for i in sorted(under)],
    )


def as_layer_of_scan(
    runs: Sequence[GlyphRun], paints: Sequence[Paint]
) -> tuple[list[GlyphRun], list[Paint]]:
    """Return what was painted on a page that a picture fills, with the text of that picture seen.

    It is written in render mode 3 over the picture, or plainly beneath it.
    """
    shown = [replace(run, mode=0) if run.mode == _INVISIBLE else run for run in runs]
    return shown, [paint for paint in paints if not paint.picture]


def _paints_nothing(run: GlyphRun, paints: Sequence[Paint]) -> bool:
    """Whether the render mode paints no letters, nor lets a picture shine through them."""
    if run.mode == _CLIPS_ONLY:
        return all(paint.colour is not None for paint in paints[run.after :])
    return run.mode == _INVISIBLE


def _outside(chars: Sequence[Char], run: GlyphRun) -> Iterator[int]:
    """The characters of a run whose middle lies outside its clipping path."""
    return (i for i in range(run.start, run.end) if not run.view.holds(chars[i]))


def _covered(
    chars: Sequence[Char], runs: Sequence[GlyphRun], paints: Sequence[Paint]
) -> tuple[set[int], set[int]]:
    """What lies under an area that was painted later or has the colour of its ground; and what lies
    under a picture that was painted later."""
    grounds = {WHITE, *(paint.colour for paint in paints)}
    risky = [any(_is_lost(run, ground) for ground in grounds) for run in runs]
    boxes = [_around(chars[run.start : run.end]) for run in runs]
    ground: dict[int, Colour | None] = {}
    covered: set[int] = set()
    under: set[int] = set()
    for number, paint in enumerate(paints):
        for run, box, at_risk in zip(runs, boxes, risky, strict=True):
            later = run.after > number
            if (not at_risk if later else not paint.covers) or not _meet(box, paint.box):
                continue
            inside = _within(chars, run, paint.box)
            if later:
                ground |= dict.fromkeys(inside, paint.colour if paint.covers else None)
            else:
                (under if paint.picture else covered).update(inside)
    for run, at_risk in zip(runs, risky, strict=True):
        for i in range(run.start, run.end) if at_risk else ():
            if _is_lost(run, ground.get(i, WHITE)):
                covered.add(i)
    return covered, under


def _around(chars: Sequence[Char]) -> Rect:
    return (
        min([char["x0"] for char in chars]),
        min([char["y0"] for char in chars]),
        max([char["x1"] for char in chars]),
        max([char["y1"] for char in chars]),
    )


def _meet(a: Rect, b: Rect) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _within(chars: Sequence[Char], run: GlyphRun, box: Rect) -> list[int]:
    """The characters of a run whose middle lies in the box."""
    x0, y0, x1, y1 = (2 * edge for edge in box)
    found = []
    for i in range(run.start, run.end):
        char = chars[i]
        if x0 <= char["x0"] + char["x1"] <= x1 and y0 <= char["y0"] + char["y1"] <= y1:
            found.append(i)
    return found


def _is_lost(run: GlyphRun, ground: Colour | None) -> bool:
    """Whether text has the colour of what lies beneath."""
    return run.mode != _CLIPS_ONLY and is_same(run.colour, ground, run.view)


def is_same(colour: Colour | None, ground: Colour | None, view: Visibility) -> bool:
    """Return whether nobody sees what is painted in a colour on a ground."""
    if ground is None or colour is None or view.blended:
        return False
    pairs = zip(colour, ground, strict=True)
    return all(view.alpha * abs(a - b) < _SAME_COLOUR for a, b in pairs)
