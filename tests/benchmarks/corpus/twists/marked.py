"""Twists of text: struck out, underlined, hidden, covered, doubled, watermarked, drawn."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Pdf

from schemas.geometry import Box
from tests.benchmarks.corpus.twists import Gold, Twist, plan
from tests.benchmarks.corpus.twists.sheet import SIZE, Cell, Sheet, table, width_of

_TIME = 4


def _through(sheet: Sheet, cell: Cell, words: str = "") -> None:
    """A line through the text of a cell, or through some words of it."""
    for line, x, y in cell.lines:
        if words in line:
            start = x + width_of(line[: line.index(words)], cell.font)
            end = start + width_of(words or line, cell.font)
            sheet.line(start, y - 0.27 * SIZE, end, y - 0.27 * SIZE, 0.6)


def _struck_before(path: Path) -> Gold:
    """An old time struck out, the new one behind it."""
    rows = [(*row[:4], f"Quý I/2025 {row[4]}" if row[0] == "1" else row[4]) for row in plan.rows()]

    def over(sheet: Sheet, cell: Cell) -> None:
        if (cell.row, cell.col) == (1, _TIME):
            _through(sheet, cell, "Quý I/2025")

    return plan.on_a_page(path, rows, over=over)


def _struck_row(path: Path, *, by_words: bool = True, number: bool = False) -> Gold:
    def over(sheet: Sheet, cell: Cell) -> None:
        if cell.row == 3 and by_words and (cell.col or number):
            _through(sheet, cell)
        if cell.row == 3 and not by_words and cell.col == 1:
            for _, _, y in cell.lines[:1]:
                sheet.line(40, y - 0.27 * SIZE, 555, y - 0.27 * SIZE, 0.6)

    return plan.on_a_page(path, over=over)


def _struck_by_note(path: Path) -> Gold:
    """A reviewer's notes cross out the partner of a row: it has none."""
    places: list[tuple[float, float, float, float]] = []

    def over(sheet: Sheet, cell: Cell) -> None:
        if (cell.row, cell.col) == (3, 3):
            for line, x, y in cell.lines:
                low = sheet.height - y
                places.append((x, low - 2, x + width_of(line, cell.font), low + SIZE - 2))

    gold = plan.on_a_page(path, over=over)
    with Pdf.open(path, allow_overwriting_input=True) as pdf:
        for x0, y0, x1, y1 in places:
            note = Dictionary(
                Type=Name.Annot,
                Subtype=Name.StrikeOut,
                Rect=Array([x0, y0, x1, y1]),
                QuadPoints=Array([x0, y1, x1, y1, x0, y0, x1, y0]),
                F=4,
                C=Array([1, 0, 0]),
            )
            page = pdf.pages[0].obj
            page.Annots = Array([*page.get("/Annots", []), pdf.make_indirect(note)])
        pdf.save(path, deterministic_id=True)
    gold["items"][2]["partner_names"] = []
    return gold


def _hidden(paint: Callable[[Sheet, Cell], None], path: Path) -> Gold:
    """Other text in the cells of time, that nobody sees."""

    def ground(sheet: Sheet, cell: Cell) -> None:
        if cell.col == _TIME and cell.row:
            paint(sheet, cell)

    return plan.on_a_page(path, ground=ground)


def _ghost(sheet: Sheet, cell: Cell) -> None:
    sheet.text(cell.box.x0 + 3, cell.box.top + 12, "Quý IV/2029")


def _white(sheet: Sheet, cell: Cell) -> None:
    sheet.canvas.setFillColor("white")
    _ghost(sheet, cell)
    sheet.canvas.setFillColor("black")


def _invisible(sheet: Sheet, cell: Cell) -> None:
    text = sheet.canvas.beginText(cell.box.x0 + 3, sheet.height - cell.box.top - 12)
    text.setFont("body", SIZE)
    text.setTextRenderMode(3)
    text.textOut("Quý IV/2029")
    text.setTextRenderMode(0)
    sheet.canvas.drawText(text)


def _covered(sheet: Sheet, cell: Cell) -> None:
    _ghost(sheet, cell)
    x0, top, x1, bottom = cell.box
    sheet.box(Box(x0 + 1, top + 1, x1 - 1, bottom - 1), fill="white")


def _clipped(sheet: Sheet, cell: Cell) -> None:
    sheet.canvas.saveState()
    area = sheet.canvas.beginPath()
    area.rect(0, 0, 30, 30)
    sheet.canvas.clipPath(area, stroke=0, fill=0)
    _ghost(sheet, cell)
    sheet.canvas.restoreState()


def _shadows(path: Path, dx: float, dy: float, colour: str) -> Gold:
    """All text drawn twice, first as its own shadow."""

    def ground(sheet: Sheet, cell: Cell) -> None:
        sheet.canvas.setFillColor(colour)
        for line, x, y in cell.lines:
            sheet.text(x + dx, y + dy, line, cell.font)
        sheet.canvas.setFillColor("black")

    return plan.on_a_page(path, ground=ground)


def _watermark(path: Path, angle: float, size: float, colour: str, *, tiled: bool = False) -> Gold:
    sheet = Sheet(path)

    def mark(x: float, y: float) -> None:
        canvas = sheet.canvas
        canvas.saveState()
        canvas.setFillColor(colour)
        canvas.translate(x, sheet.height - y)
        canvas.rotate(angle)
        canvas.setFont("bold", size)
        canvas.drawCentredString(0, 0, "BẢN DỰ THẢO")
        canvas.restoreState()

    if tiled:
        for y in range(60, 500, 55):
            for x in range(80, 560, 130):
                mark(x, y)
    else:
        mark(297, 230)
    table(sheet, sheet.heading(plan.TITLE), [plan.HEADER, *plan.rows()])
    sheet.save()
    return plan.gold()


def _bullets(sign: str, path: Path) -> Gold:
    """Two tasks in one cell, each behind a sign of a font of symbols."""
    rows = plan.rows()
    task = rows[1][1]
    second = "Công khai kết quả giải quyết hồ sơ hằng tháng."
    sheet = Sheet(path)

    def over(sheet: Sheet, cell: Cell) -> None:
        if (cell.row, cell.col) == (2, 1):
            for line, x, y in cell.lines:
                for begin in (task[:8], second[:8]):
                    if line.startswith(begin):
                        sheet.text(x - 8, y, sign)

    wide = [(*r[:1], f"{r[1]}\n{second}" if r[0] == "2" else r[1], *r[2:]) for r in rows]
    table(sheet, sheet.heading(plan.TITLE), [plan.HEADER, *wide], over=over, padding=11)
    sheet.save()
    gold = plan.gold()
    gold["items"][1]["tasks"].append(second)
    return gold


# The font has none of the first: what stands for it has no character.
_SIGNS = {"unknown": "\uf0b7", "letter_o": "o", "square": "▪"}


def _struck_heading(path: Path) -> Gold:
    """A heading over rows, of which a word is struck out."""
    rows = [("I", "Nhiệm vụ chung cũ", "", "", ""), *plan.rows()]

    def over(sheet: Sheet, cell: Cell) -> None:
        if (cell.row, cell.col) == (1, 1):
            _through(sheet, cell, "cũ")

    gold = plan.on_a_page(path, rows, over=over)
    gold["sections"] = [{"title": "Nhiệm vụ chung", "marker": "I"}]
    for item in gold["items"]:
        item["section"] = 0
    return gold


TWISTS = [
    Twist("struck_heading", _struck_heading, "text_struck"),
    Twist("struck_time", _struck_before, "text_struck"),
    Twist("struck_row", _struck_row, "text_struck"),
    Twist("struck_row_with_number", partial(_struck_row, number=True), "text_struck"),
    Twist("struck_row_by_note", _struck_by_note, "text_struck"),
    *(
        Twist(f"hidden_{name}", partial(_hidden, paint))
        for name, paint in (
            ("white", _white),
            ("mode_3", _invisible),
            ("covered", _covered),
            ("clipped", _clipped),
        )
    ),
    Twist("shadow_grey", partial(_shadows, dx=0.8, dy=0.8, colour="grey")),
    Twist("shadow_black", partial(_shadows, dx=0.3, dy=0.0, colour="black")),
    Twist("watermark_aslant", partial(_watermark, angle=45, size=70, colour="#cccccc")),
    Twist("watermark_level", partial(_watermark, angle=0, size=70, colour="#cccccc")),
    Twist("watermark_level_red", partial(_watermark, angle=0, size=60, colour="#ff9999")),
    Twist(
        "watermark_tiled",
        partial(_watermark, angle=0, size=12, colour="#d8d8d8", tiled=True),
    ),
    Twist(
        "watermark_tiled_aslant",
        partial(_watermark, angle=30, size=12, colour="#d8d8d8", tiled=True),
    ),
    *(Twist(f"bullets_{name}", partial(_bullets, sign)) for name, sign in _SIGNS.items()),
]
