"""A picture of a page into a `Page`: clean, turn upright, find rules, read the text once."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.language.syllables import share_of_syllables
from pipeline.plausibility import is_plausible
from pipeline.read.ocr.engine import OcrEngine, OcrWord
from pipeline.read.ocr.slips import without_slips, without_specks
from pipeline.read.scan import pixels
from pipeline.read.scan.dark_cells import with_usual_cells
from pipeline.read.scan.edges import broken_levels, second_look
from pipeline.read.scan.numerals import with_numerals
from pipeline.read.scan.page_image import PageImage
from pipeline.read.scan.pixels import Grey
from pipeline.read.scan.regions import Stack, beginning, moved_back, stack_regions
from pipeline.read.scan.rules import Drawn, find_rules, with_boxes, without_edges, without_rules
from pipeline.read.scan.second_reading import read_again
from pipeline.read.scan.squares import with_squares
from pipeline.tables.borderless import with_columns
from pipeline.tables.grid import Grid, find_grids
from schemas.geometry import Affine, Box
from schemas.page import Page, Rule, Word

# Text that is upside down gives few syllables that can be Vietnamese (measured: under 0.35).
_READABLE = 0.6
_ENOUGH_WORDS = 12
# Finer scans are shrunk to this for the OCR: of a page of 300 dpi Tesseract's `vie` then misreads
# fewer letters, in less time.
_OCR_DPI = 220
_SPECK = 2.2  # points: no word, nor a dash, is smaller than this both ways
# What is left of the confidence in a word that can be neither Vietnamese nor a number nor a code.
_IMPLAUSIBLE = 0.5


class _Upright(Struct, frozen=True):
    """A page made upright: its rules, its text laid out for the OCR, and the way back."""

    rules: tuple[Box, ...]
    stacks: list[Stack]
    size: tuple[float, float]
    to_display: Affine


class _Reader(Struct, frozen=True):
    """An engine that reads a page: which page, and its pixels a point."""

    engine: OcrEngine
    number: int
    scale: float


def read_scan(image: PageImage, number: int, reasons: tuple[str, ...], engine: OcrEngine) -> Page:
    """Return the page that a picture shows, read by an engine; words and rules in points."""
    scale = image.scale
    grey = with_usual_cells(pixels.ink_of(image.pixels), image.pixels, scale)
    grey = pixels.darkened(pixels.without_streaks(grey))
    del image  # three times the memory of all that follows
    turns, words, upright = _read_upright(grey, scale, number, engine)
    if turns:
        reasons = (*reasons, f"turned_{90 * turns}")
    width, height = upright.size
    return Page(
        number=number,
        width=width,
        height=height,
        words=tuple(
            Word(w.text, _scaled(w.box, scale), _believed(w), symbols=w.symbols) for w in words
        ),
        rules=tuple(Rule(_scaled(box, scale)) for box in upright.rules),
        method="ocr" if words else "blank",
        reasons=reasons,
        to_display=upright.to_display,
    )


def _read_upright(
    grey: Grey, scale: float, number: int, engine: OcrEngine
) -> tuple[int, list[OcrWord], _Upright]:
    """Return by how many quarters the page was turned, its words, and the page upright.

    A page that lies sideways is tried both ways on its first lines; one that stands is read. The
    other ways are tried only where what was read makes no sense.
    """
    reader = _Reader(engine, number, scale)
    if pixels.is_sideways(grey, scale):
        # Columns of figures in high rows look like lines that run up the page.
        return _best_of((1, 3, 0, 2), grey, reader)
    page = _made_upright(grey, 0, scale)
    words = _words_of(page, reader)
    if len(words) >= _ENOUGH_WORDS and _sense(words) < _READABLE:
        turns, others, other = _best_of((2, 1, 3), grey, reader)
        if _sense(others) > _sense(words):
            return turns, others, other
    return 0, words, page


def _best_of(
    turns: Sequence[int], grey: Grey, reader: _Reader
) -> tuple[int, list[OcrWord], _Upright]:
    """The page turned the first way that makes sense, else that which makes most; its words.

    Some first lines make sense by chance, some are none: then all that is read must.
    """
    tried = []
    for turn in turns:
        page = _made_upright(grey, turn, reader.scale)
        words: list[OcrWord] | None = None
        if _sense(_first_words_of(page, reader)) >= _READABLE:
            words = _words_of(page, reader)
            if len(words) < _ENOUGH_WORDS or _sense(words) >= _READABLE:
                return turn, words, page
        tried.append((turn, words, page))
    read = [
        (turn, _words_of(page, reader) if words is None else words, page)
        for turn, words, page in tried
    ]
    return max(read, key=lambda one: _sense(one[1]))


def _words_of(page: _Upright, reader: _Reader) -> list[OcrWord]:
    return [word for stack in page.stacks for word in _recognised(stack, reader, again=True)]


def _first_words_of(page: _Upright, reader: _Reader) -> list[OcrWord]:
    """The words of the first lines, of the stack that holds most text."""
    longest = max(page.stacks, key=lambda stack: len(stack.image), default=None)
    if longest is None:
        return []
    return _recognised(beginning(longest, reader.scale), reader, again=False)


def _recognised(stack: Stack, reader: _Reader, *, again: bool) -> list[OcrWord]:
    """The words of a stack at their places on the page, those that can be none read `again`."""
    scale = reader.scale
    share = min(1.0, _OCR_DPI / (72 * scale))
    picture = pixels.shrunk(stack.image, share)

    def engine_reads(part: Grey, size: float = 1.0) -> Sequence[OcrWord]:
        dpi = round(72 * scale * share * size)
        return reader.engine.recognise(part, dpi=dpi, page=reader.number)

    found = engine_reads(picture)
    if again:
        found = read_again(found, picture, engine_reads)
    found = [replace(word, box=_scaled(word.box, share)) for word in found]
    side = _SPECK * scale
    words = [w for w in found if w.box.width > side or w.box.height > side]
    told = with_squares(with_numerals(without_specks(words), stack.image), stack.image)
    return moved_back(without_slips(told), stack)


def _sense(words: list[OcrWord]) -> float:
    """How much of what was read makes sense: valid syllables, weighed by confidence, 0..1."""
    if not words:
        return 0.0
    sure = sum(word.confidence for word in words) / len(words)
    return share_of_syllables(" ".join(word.text for word in words)) * (0.5 + sure / 2)


def _made_upright(grey: Grey, turns: int, scale: float) -> _Upright:
    standing, back = pixels.quarter_turned(grey, turns, scale)
    level, matrix = pixels.turned(standing, pixels.skew_of(standing))
    drawn = find_rules(level, scale)
    grids = find_grids(drawn.boxes, unit=scale)
    look = second_look(level, grids, scale)
    lost = [*look.lost, *broken_levels(level, grids, drawn.boxes, scale)]
    drawn = with_boxes(without_edges(drawn, look.false, scale), lost)
    bare = pixels.sharpened(without_rules(level, drawn))
    mask = pixels.text_mask(bare, scale)
    stacks = stack_regions(bare, mask, _grids(drawn, mask, scale), scale)
    height, width = standing.shape
    to_display = back.after(pixels.back_transform(matrix, scale))
    return _Upright(drawn.boxes, stacks, (width / scale, height / scale), to_display)


def _grids(drawn: Drawn, mask: Grey, scale: float) -> list[Grid]:
    """The tables of a page; where no upright rules part the columns, white does."""
    grids = []
    for grid in find_grids(drawn.boxes, unit=scale):
        if len(grid.xs) > 2:
            grids.append(grid)
            continue
        extents = [pixels.marks_across(mask, cell.box, scale) for cell in grid.cells]
        divided = with_columns(grid, extents, scale)
        if divided is not None:
            grids.append(divided)
    return grids


def _believed(word: OcrWord) -> float:
    """The confidence of a word, less where it can be no word of the language."""
    return word.confidence * (1.0 if is_plausible(word.text) else _IMPLAUSIBLE)


def _scaled(box: Box, scale: float) -> Box:
    return Box(box.x0 / scale, box.top / scale, box.x1 / scale, box.bottom / scale)
