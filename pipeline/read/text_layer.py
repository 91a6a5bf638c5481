"""Pages of a born-digital PDF: words and rules from pdfplumber, and whether they can be trusted."""

from dataclasses import dataclass
from typing import Any

from pipeline.syllables import share_of_marked, share_of_syllables
from pipeline.text import clean
from schemas.geometry import Box
from schemas.stages import Page, Rule, Word

# Measured on real files of Vietnamese offices: good layers have 0.95-0.99 valid syllables and
# 0.83-0.88 marked words; a scanner's English OCR 0.41-0.61 and under 0.35; TCVN3, VNI and
# glyph-number layers 0.22-0.43. Lists of numbers and codes pull a good layer down, hence the room.
LEAST_VALID = 0.75
LEAST_MARKED = 0.45
# With fewer letters than this a page that carries a picture is a scan with a stamp or a number.
LEAST_LETTERS = 200
# A picture over this share of the page is taken for a scan.
SCAN_COVERS = 0.5
# Drawn things thinner than this many points are rules; Word draws cell borders of 0.5 to 3 pt.
RULE_THICKNESS = 4.0
RULE_LENGTH = 6.0
# A gap wider than this share of the font's size parts two words.
_GAP = 0.2


@dataclass(frozen=True, slots=True)
class LayerVerdict:
    """Whether a text layer is used, how good it is (0..1, share of valid syllables), and why."""

    used: bool
    score: float
    reasons: tuple[str, ...]


def judge_layer(text: str, picture_covers: float) -> LayerVerdict:
    """Judge a text layer by what it says; `picture_covers` is the picture's share of the page."""
    letters = sum(char.isalpha() for char in text)
    valid, marked = share_of_syllables(text), share_of_marked(text)
    scanned = picture_covers >= SCAN_COVERS
    if letters == 0:
        return LayerVerdict(not scanned, 0.0, ("no_text_layer",))
    if scanned and letters < LEAST_LETTERS:
        return LayerVerdict(False, valid, ("text_layer_sparse",))
    reasons = []
    if valid < LEAST_VALID:
        reasons.append("syllables_invalid")
    if marked < LEAST_MARKED:
        reasons.append("marks_missing")
    # On a short page (a cover, a table of numbers) the shares mean little unless they are very bad.
    if letters < LEAST_LETTERS and valid >= LEAST_VALID / 2 and len(reasons) < 2:
        reasons = []
    return LayerVerdict(not reasons, valid, tuple(reasons) or ("text_layer_good",))


def picture_share(page: Any) -> float:
    """Return the share of a pdfplumber page that its largest picture covers, 0..1."""
    areas = [
        max(0.0, min(i["x1"], page.width) - max(i["x0"], 0))
        * max(0.0, min(i["bottom"], page.height) - max(i["top"], 0))
        for i in page.images
    ]
    return float(max(areas, default=0.0) / (page.width * page.height))


def read_words(page: Any) -> tuple[Word, ...]:
    """Return the words of a pdfplumber page; accents from a fallback font stay with their word."""
    from pipeline.read.pdf_words import words_of  # noqa: PLC0415  scans do not need it

    found = []
    for word in words_of(page.chars, _GAP):
        text = clean(word["text"])
        if text:
            box = Box(word["x0"], word["top"], word["x1"], word["bottom"])
            chars = word["chars"]
            bold = sum("bold" in c["fontname"].lower() for c in chars) * 2 > len(chars)
            found.append(Word(text, box, 1.0, bold))
    return tuple(found)


def read_rules(page: Any) -> tuple[Rule, ...]:
    """Return the straight lines drawn on a pdfplumber page: strokes, thin boxes, box edges."""
    boxes = [
        Box(edge["x0"], edge["top"], edge["x1"], edge["bottom"])
        for edge in page.edges
        if edge["object_type"] != "rect_edge"  # rectangles may be mere shading: see below
    ]
    for rect in page.rects:
        boxes += _edges_of(Box(rect["x0"], rect["top"], rect["x1"], rect["bottom"]), rect)
    return tuple(
        Rule(b)
        for b in boxes
        if min(b.width, b.height) <= RULE_THICKNESS and max(b.width, b.height) >= RULE_LENGTH
    )


def _edges_of(box: Box, rect: dict[str, Any]) -> list[Box]:
    if min(box.width, box.height) <= RULE_THICKNESS:
        return [box]
    if not rect.get("stroke"):  # a shaded area: its edge is no rule
        return []
    x0, top, x1, bottom = box
    return [
        Box(x0, top, x1, top),
        Box(x0, bottom, x1, bottom),
        Box(x0, top, x0, bottom),
        Box(x1, top, x1, bottom),
    ]


def read_text_layer(page: Any) -> tuple[Page, LayerVerdict]:
    """Return a pdfplumber page as a `Page`, with the verdict on its text layer.

    Boxes are points of the page as it is shown: pdfplumber applies /Rotate.
    """
    words = read_words(page)
    verdict = judge_layer(" ".join(w.text for w in words), picture_share(page))
    blank = not words and verdict.used
    read = Page(
        number=page.page_number,
        width=float(page.width),
        height=float(page.height),
        words=words,
        rules=read_rules(page),
        method="blank" if blank else "text_layer",
        reasons=verdict.reasons,
    )
    return read, verdict
