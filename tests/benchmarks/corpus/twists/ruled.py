"""Twists of rules: white, dotted, double, drawn as boxes; what is shaded or underlined."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image
from reportlab.lib.utils import ImageReader

from schemas.geometry import Box
from tests.benchmarks.corpus.twists import Gold, Twist, plan
from tests.benchmarks.corpus.twists.sheet import WIDTHS, Cell, Sheet, table, width_of


def _underlined(columns: Sequence[int], padding: float) -> Callable[[Path], Gold]:
    def over(sheet: Sheet, cell: Cell) -> None:
        if cell.row and cell.col in columns:
            for line, x, y in cell.lines:
                sheet.line(x, y + 1.2, x + width_of(line, cell.font), y + 1.2, width=0.5)

    return lambda path: plan.on_a_page(path, over=over, padding=padding)


def _white_rules(path: Path) -> Gold:
    """White lines through the cells, as programs leave them behind words."""

    def ground(sheet: Sheet, cell: Cell) -> None:
        sheet.canvas.setStrokeColor("white")
        for i in range(1, len(cell.lines)):
            y = cell.box.top + 12.5 * i + 1
            sheet.line(cell.box.x0, y, cell.box.x1, y)
        sheet.canvas.setStrokeColor("black")

    return plan.on_a_page(path, ground=ground)


def _white_boxes(path: Path) -> Gold:
    """A white box with a white outline behind each line of words."""

    def ground(sheet: Sheet, cell: Cell) -> None:
        for line, x, y in cell.lines:
            box = Box(x, y - 9, x + width_of(line, cell.font), y + 3)
            sheet.box(box, fill="white", stroke="white")

    return plan.on_a_page(path, ground=ground)


def _shaded_rows(path: Path) -> Gold:
    def ground(sheet: Sheet, cell: Cell) -> None:
        if cell.row % 2 == 0:
            sheet.box(cell.box, fill="#d9e2f3")

    return plan.on_a_page(path, ground=ground)


def _shaded_lines(path: Path) -> Gold:
    """Shading in strips of 3 pt, as some programs paint it: no rules."""

    def ground(sheet: Sheet, cell: Cell) -> None:
        y = cell.box.top
        while cell.row == 0 and y < cell.box.bottom:
            strip = Box(cell.box.x0, y, cell.box.x1, min(y + 3, cell.box.bottom))
            sheet.box(strip, fill="#e0e0e0")
            y += 3

    return plan.on_a_page(path, ground=ground)


def _white_letters(path: Path) -> Gold:
    """A dark header with white letters."""

    def ground(sheet: Sheet, cell: Cell) -> None:
        if cell.row == 0:
            sheet.box(cell.box, fill="#1f3864")

    return plan.on_a_page(
        path, ground=ground, ink=lambda cell: "white" if cell.row == 0 else "black"
    )


def _white_rules_on_colour(path: Path) -> Gold:
    """Coloured cells that white rules part: there the white ones are what a reader sees."""

    def ground(sheet: Sheet, cell: Cell) -> None:
        sheet.box(cell.box, fill="#b4c6e7" if cell.row == 0 else "#dae3f3")

    def rule(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
        sheet.canvas.setStrokeColor("white")
        sheet.line(x0, y0, x1, y1, width=1.5)
        sheet.canvas.setStrokeColor("black")

    return plan.on_a_page(path, ground=ground, rule=rule)


def _dots(size: float, step: float, *, round_ones: bool = False) -> Callable[[Path], Gold]:
    """Rules of dots or dashes, each drawn by itself."""

    def rule(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
        along = max(x1 - x0, y1 - y0)
        for i in range(int(along / step) + 1):
            at = min(i * step, along - size)
            x, y = (x0 + at, y0) if y0 == y1 else (x0, y0 + at)
            if round_ones:
                sheet.canvas.circle(x, sheet.height - y, 0.4, stroke=0, fill=1)
            elif y0 == y1:
                sheet.box(Box(x, y - 0.3, x + size, y + 0.3), fill="black")
            else:
                sheet.box(Box(x - 0.3, y, x + 0.3, y + size), fill="black")

    return lambda path: plan.on_a_page(path, rule=rule)


def _boxes_apart(gap: float) -> Callable[[Path], Gold]:
    """Each cell in a box of its own, as browsers print tables."""

    def over(sheet: Sheet, cell: Cell) -> None:
        x0, top, x1, bottom = cell.box
        half = gap / 2
        sheet.box(Box(x0 + half, top + half, x1 - half, bottom - half), stroke="black")

    return lambda path: plan.on_a_page(path, rule=_no_rule, over=over, padding=gap / 2 + 2)


def _double_rules(gap: float) -> Callable[[Path], Gold]:
    def rule(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
        for off in (-gap / 2, gap / 2):
            if y0 == y1:
                sheet.line(x0 + gap / 2, y0 + off, x1 - gap / 2, y1 + off, width=0.5)
            else:
                sheet.line(x0 + off, y0 + gap / 2, x1 + off, y1 - gap / 2, width=0.5)

    return lambda path: plan.on_a_page(path, rule=rule)


def _no_rule(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
    pass


def _white_cells_on_black(path: Path) -> Gold:
    """The rules are what shows of the black ground between white cells."""
    sheet = Sheet(path)
    top = sheet.heading(plan.TITLE)

    def ground(sheet: Sheet, cell: Cell) -> None:
        x0, y0, x1, y1 = cell.box
        if cell.row == cell.col == 0:
            sheet.box(Box(39, top - 1, 41 + sum(WIDTHS), top + 211), fill="black")
        sheet.box(Box(x0 + 0.5, y0 + 0.5, x1 - 0.5, y1 - 0.5), fill="white")

    table(sheet, top, [plan.HEADER, *plan.rows()], ground=ground, rule=_no_rule)
    sheet.save()
    return plan.gold()


def _rules_as_pictures(path: Path) -> Gold:
    """Each rule is a black picture of one pixel, drawn out."""
    dot = ImageReader(Image.new("L", (1, 1), 0))

    def rule(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
        across, down = max(x1 - x0, 0.7), max(y1 - y0, 0.7)
        sheet.canvas.drawImage(dot, x0, sheet.height - y1, across, down)

    return plan.on_a_page(path, rule=rule)


def _only_level_rules(path: Path) -> Gold:
    def rule(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
        if y0 == y1:
            sheet.line(x0, y0, x1, y1)

    return plan.on_a_page(path, rule=rule)


TWISTS = (
    Twist("base", plan.on_a_page),
    Twist("underlined_narrow_margins", _underlined((4,), 2.0)),
    Twist("underlined_no_margins", _underlined((1, 4), 0.3)),
    Twist("underlined_everywhere", _underlined((1, 2, 3, 4), 3.0)),
    Twist("white_rules", _white_rules),
    Twist("white_boxes", _white_boxes),
    Twist("shaded_rows", _shaded_rows),
    Twist("shaded_strips", _shaded_lines),
    Twist("white_letters", _white_letters),
    Twist("white_rules_on_colour", _white_rules_on_colour),
    Twist("dots", _dots(0.6, 1.8)),
    Twist("dots_round", _dots(0.8, 2.2, round_ones=True)),
    Twist("dashes", _dots(3.0, 5.0)),
    Twist("double_rules", _double_rules(1.5)),
    Twist("double_rules_apart", _double_rules(3.0)),
    Twist("boxes_apart", _boxes_apart(3)),
    Twist("boxes_well_apart", _boxes_apart(6)),
    Twist("white_cells_on_black", _white_cells_on_black),
    Twist("rules_as_pictures", _rules_as_pictures),
    Twist("only_level_rules", _only_level_rules),
)
