"""The results as a table and as a chart."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.benchmarks.measure.documents import DIGITAL
from tests.benchmarks.measure.tally import Tally
from tests.benchmarks.peers.tools import OURS, PEERS, RAW, Result

GRADES = (DIGITAL, "clean300", "office200", "poor200", "fax200")
_TITLES = {
    OURS: "phuluc",
    "pdfplumber": "pdfplumber + script",
    "camelot": "camelot lattice + script",
    "img2table": "img2table + Tesseract + script",
    RAW: "Tesseract alone",
}
# Told apart without colour, too: the bars stand in the order of the legend.
_COLOURS = {OURS: "#1b7837", "pdfplumber": "#9970ab", "camelot": "#c2a5cf", "img2table": "#f4a582"}
_MISSING = "–"


def table(results: Sequence[Result]) -> str:
    """Return the results as a Markdown table, a line for each grade and tool.

    Times are of whole processes; their ratio is to Tesseract alone on scans, on digital files to
    pdfplumber.
    """
    heads = ["grade", "tool", "documents", "pages", "rows", "rows found whole (F1)", "rows exact"]
    heads += ["letters wrong", "seconds a page", "time by that of the tool beneath", "peak, MiB"]
    lines = [_line(heads), _line(["---", "---", *["--:"] * (len(heads) - 2)])]
    for grade in grades_in(results):
        of_grade = [r for r in results if r.document.grade == grade]
        beneath = "pdfplumber" if grade == DIGITAL else RAW
        base = _seconds(of_grade, beneath)
        for tool, title in _TITLES.items():
            mine = [r for r in of_grade if r.tool == tool]
            if mine:
                lines.append(_line([grade, title, *_cells(mine, base)]))
    return "\n".join(lines) + "\n"


def grades_in(results: Sequence[Result]) -> list[str]:
    """Return the grades that there are results of, the cleanest first."""
    there = {r.document.grade for r in results}
    return [grade for grade in GRADES if grade in there] + sorted(there - set(GRADES))


def f1_of(results: Sequence[Result], grade: str, tool: str) -> float | None:
    """Return the item F1 of a tool over all documents of a grade, None where it read none."""
    tallies = [r.tally for r in results if r.document.grade == grade and r.tool == tool and r.tally]
    return sum(tallies, Tally()).item_f1 if tallies else None


def _cells(mine: Sequence[Result], base: float) -> list[str]:
    seconds = sum(r.used.seconds for r in mine)
    pages = sum(r.document.gold()["page_count"] for r in mine)
    total = sum((r.tally for r in mine if r.tally), Tally())
    figures = total.figures() if total.documents else {}
    shown = [_share(figures.get(name)) for name in ("item_f1", "exact", "cer")]
    return [
        str(len(mine)),
        str(pages),
        str(total.items) if total.documents else _MISSING,
        *shown,
        f"{seconds / pages:.2f}",
        f"{seconds / base:.2f}",
        f"{max(r.used.peak for r in mine):.0f}",
    ]


def _seconds(results: Sequence[Result], tool: str) -> float:
    return sum(r.used.seconds for r in results if r.tool == tool)


def _share(value: float | None) -> str:
    return _MISSING if value is None else f"{value:.3f}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


_WIDTH, _TOP, _HEIGHT, _LEFT, _BAR, _GAP = 700, 64, 220, 44, 30, 46


def chart(results: Sequence[Result]) -> str:
    """Return the item F1 of all tools by grade as a bar chart (SVG)."""
    parts = [_text(_LEFT, 20, "Rows found whole (F1)", size=15, weight="bold"), *_axis()]
    x = _LEFT
    for tool in (OURS, *PEERS):
        parts.append(_rect(x, 34, 12, 12, _COLOURS[tool]))
        parts.append(_text(x + 17, 44, _TITLES[tool]))
        x += 30 + 7 * len(_TITLES[tool])
    left = _LEFT + 14
    for grade in grades_in(results):
        known = [(tool, f1_of(results, grade, tool)) for tool in (OURS, *PEERS)]
        bars = [(tool, f1) for tool, f1 in known if f1 is not None]
        for place, (tool, f1) in enumerate(bars):
            x, height = left + place * _BAR, f1 * _HEIGHT
            parts.append(_rect(x, _TOP + _HEIGHT - height, _BAR - 3, height, _COLOURS[tool]))
            parts.append(
                _text(x + _BAR / 2 - 1, _TOP + _HEIGHT - height - 4, f"{f1:.2f}", "middle")
            )
        middle = left + len(bars) * _BAR / 2
        parts.append(_text(middle, _TOP + _HEIGHT + 18, grade, "middle"))
        left += len(bars) * _BAR + _GAP
    height = _TOP + _HEIGHT + 30
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img"'
        ' font-family="sans-serif" font-size="12">'
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>'
    )
    return "\n".join([head, *parts, "</svg>"]) + "\n"


def _axis() -> list[str]:
    lines = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = _TOP + _HEIGHT * (1 - share)
        lines.append(
            f'<line x1="{_LEFT}" x2="{_WIDTH - 10}" y1="{y:g}" y2="{y:g}" stroke="#cccccc"/>'
        )
        lines.append(_text(_LEFT - 6, y + 4, f"{share:.2f}", "end"))
    return lines


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:g}" y="{y:.1f}" width="{width:g}" height="{height:.1f}" fill="{colour}"/>'


def _text(  # noqa: PLR0917
    x: float, y: float, text: str, anchor: str = "start", size: int = 12, weight: str = "normal"
) -> str:
    return (
        f'<text x="{x:g}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
        f' font-weight="{weight}" fill="#222222">{escape(text)}</text>'
    )
