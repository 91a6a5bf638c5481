"""Draws tables on PDF pages rule by rule, so that each can be drawn otherwise than usual.

Points from the top left corner throughout.
"""

import subprocess
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from schemas.geometry import Box

A4 = (595.3, 841.9)
WIDTHS = (30.0, 200.0, 100.0, 100.0, 85.0)
SIZE, LEADING = 9.5, 12.5
_PADDING = 3.0

Rule = Callable[["Sheet", float, float, float, float], None]


@lru_cache
def font_file(style: str) -> str:
    """Return the file of Liberation Serif in a style ("Regular", "Bold", "Italic")."""
    wanted = f"Liberation Serif:style={style}"
    found = subprocess.run(
        ["fc-match", "-f", "%{file}", wanted], capture_output=True, text=True, check=True
    )
    return found.stdout


@lru_cache
def _register() -> None:
    for name, style in (("body", "Regular"), ("bold", "Bold"), ("italic", "Italic")):
        pdfmetrics.registerFont(TTFont(name, font_file(style)))


class Cell(Struct, frozen=True):
    """A drawn cell: its box, its row and column, and its wrapped lines with their baselines."""

    box: Box
    row: int
    col: int
    lines: tuple[tuple[str, float, float], ...]  # text, x, baseline
    font: str


class Sheet:
    """A PDF that is drawn page by page."""

    def __init__(self, path: Path, size: tuple[float, float] = A4) -> None:
        _register()
        self.width, self.height = size
        self.canvas: Any = Canvas(str(path), pagesize=size, invariant=1)

    def page(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()

    def save(self) -> None:
        """Write the file."""
        self.canvas.save()

    def text(self, x: float, y: float, text: str, font: str = "body", size: float = SIZE) -> None:
        """Print a line from `x` on the baseline `y`."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y, text)

    def centred(self, y: float, text: str, font: str, *, within: Sequence[float] = ()) -> None:
        """Print a line in the middle of the page, or of a stretch of it."""
        left, right = within or (0.0, self.width)
        self.canvas.setFont(font, 10)
        self.canvas.drawCentredString((left + right) / 2, self.height - y, text)

    def heading(self, lines: Sequence[str], top: float = 50, within: Sequence[float] = ()) -> float:
        """Print the title block; returns how far down the page it reaches."""
        for i, line in enumerate(lines):
            font = "italic" if line.startswith("(") else "bold"
            self.centred(top + 15 * i, line, font, within=within)
        return top + 15 * len(lines)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.7) -> None:
        """Draw a straight line."""
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def box(self, box: Box, *, fill: Any = None, stroke: Any = None) -> None:
        """Fill or outline a box; colours as reportlab has them."""
        if fill is not None:
            self.canvas.setFillColor(fill)
        if stroke is not None:
            self.canvas.setStrokeColor(stroke)
        self.canvas.rect(
            box.x0, self.height - box.bottom, box.width, box.height,
            fill=int(fill is not None), stroke=int(stroke is not None),
        )  # fmt: skip
        self.canvas.setFillColor("black")
        self.canvas.setStrokeColor("black")


def solid(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
    """The usual rule."""
    sheet.line(x0, y0, x1, y1)


def table(
    sheet: Sheet,
    top: float,
    rows: Iterable[Sequence[str]],
    *,
    left: float = 40.0,
    widths: Sequence[float] = WIDTHS,
    rule: Rule = solid,
    sides: str = "lrtb",
    header: bool = True,
    padding: float = _PADDING,
    height: float = 0.0,
    ground: Callable[[Sheet, Cell], None] | None = None,
    over: Callable[[Sheet, Cell], None] | None = None,
    ink: Callable[[Cell], Any] | None = None,
) -> float:
    """Draw a table and return its lower edge.

    `sides` are the outer borders that are drawn, rows are `height` at least; `ground` and `over`
    draw beneath and above the text of each cell, `ink` gives its colour.
    """
    xs = [left + sum(widths[:i]) for i in range(len(widths) + 1)]
    ys, cells = [top], []
    for r, row in enumerate(rows):
        font = "bold" if header and r == 0 else "body"
        wrapped = [
            simpleSplit(text, font, SIZE, xs[c + 1] - xs[c] - 2 * padding) or [""]
            for c, text in enumerate(row)
        ]
        bottom = ys[-1] + max(height, max(map(len, wrapped)) * LEADING + 5)
        for c, lines in enumerate(wrapped):
            places = tuple(
                (line, xs[c] + padding, ys[-1] + LEADING * (i + 1) - 1)
                for i, line in enumerate(lines)
            )
            cells.append(Cell(Box(xs[c], ys[-1], xs[c + 1], bottom), r, c, places, font))
        ys.append(bottom)
    for cell in cells:
        if ground:
            ground(sheet, cell)
    _rules(sheet, xs, ys, rule, sides)
    for cell in cells:
        sheet.canvas.setFillColor(ink(cell) if ink else "black")
        for line, x, y in cell.lines:
            sheet.text(x, y, line, cell.font)
        sheet.canvas.setFillColor("black")
        if over:
            over(sheet, cell)
    return ys[-1]


def _rules(sheet: Sheet, xs: Sequence[float], ys: Sequence[float], rule: Rule, sides: str) -> None:
    for i, y in enumerate(ys):
        if 0 < i < len(ys) - 1 or (i == 0 and "t" in sides) or (i and "b" in sides):
            rule(sheet, xs[0], y, xs[-1], y)
    for i, x in enumerate(xs):
        if 0 < i < len(xs) - 1 or (i == 0 and "l" in sides) or (i and "r" in sides):
            rule(sheet, x, ys[0], x, ys[-1])


def width_of(text: str, font: str = "body", size: float = SIZE) -> float:
    """Return how wide a printed text is."""
    return float(pdfmetrics.stringWidth(text, font, size))
