"""The report in Markdown: ground, noise and date, then the figures by grade and by layout."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from tests.benchmarks.measure.documents import CorpusDocument
from tests.benchmarks.measure.run import Measured
from tests.benchmarks.measure.tally import Tally
from tests.benchmarks.provenance import Provenance

_FIGURES = {
    "item_f1": "item F1",
    "exact": "exact rows",
    "same_text": "content exact",
    "silent": "wrong and silent",
    "cer": "CER",
    "cer_toneless": "CER without tones",
    "agency_f1": "agency F1",
    "accepted_precision": "accepted agencies right",
    "timeframe": "timeframe",
    "section": "section",
    "marker": "marker",
    "meta": "title block",
    "row_join_f1": "row-join F1",
    "table_join_f1": "table-join F1",
    "header_drop_f1": "header-drop F1",
    "boundaries_right": "page boundaries right",
}
_COUNTS = {"invented": "items invented", "other_rows_lost": "rows lost"}
_MISSING = "–"


class Ground(Struct, frozen=True):
    """What was measured on. `seed` is the generator's, None where it is not told."""

    name: str
    digest: str
    seed: int | None
    date: str
    code: Provenance


def report(results: Sequence[Measured], ground: Ground) -> str:
    """Return the whole report; the same results give the same text."""
    total = _sum(results)
    parts = [
        "# Benchmark",
        "\n".join(_statement(results, total, ground)),
        "## By grade",
        _table("grade", results, lambda document: document.grade),
        "## By layout",
        _table("layout", results, lambda document: document.layout),
        "## How sure it is, and how often it is right",
        _sureness(results),
        "## Where it went wrong",
        _faults(results),
    ]
    return "\n\n".join(parts) + "\n"


def _statement(results: Sequence[Measured], total: Tally, ground: Ground) -> list[str]:
    code = ground.code
    made = dict(pair for result in results for pair in result.produced_by)
    seed = f"seed {ground.seed}" if ground.seed is not None else "seed not told"
    changed = " with changes not committed" if code.changed else ""
    grades = sorted({result.document.grade for result in results})
    return [
        f"- Date: {ground.date}",
        f"- Version: phuluc {code.version}, commit {code.commit or 'unknown'}{changed}; registry "
        f"{made.get('registry', 'unknown')}; OCR {made.get('ocr', 'none')}",
        f"- Ground: `{ground.name}`, {seed}, digest {ground.digest}; {total.documents} documents"
        f" ({total.failed} failed), {total.pages} pages, {total.items} items,"
        f" {total.boundaries} page boundaries",
        *(f"- Noise, {grade}: {noise(grade)}" for grade in grades),
        "- Every figure is over all items, letters, names or pages of its line together, not a mean"
        " of documents; n stands in brackets. Each is defined in `tests/benchmarks/measure/`.",
    ]


def noise(grade: str) -> str:
    """Return what a grade of scan does to a page, as the generator of the corpus has it."""
    if grade == "digital":
        return "none, the text layer as laid out"
    try:
        from tests.benchmarks.corpus.scan import GRADES  # noqa: PLC0415  needs what only the corpus needs
    except ImportError:
        return "see tests/benchmarks/README.md"
    made = GRADES.get(grade)
    if made is None:
        return "as the files are"
    chances = {
        "streaks": made.streaks,
        "seals": made.seals,
        "initials": made.initials,
        "sideways": made.sideways,
    }
    often = ", ".join(f"{name} {chance:.0%}" for name, chance in chances.items() if chance)
    return (
        f"{made.dpi} dpi{', one bit' if made.bilevel else ''}, skew to {made.skew}°, blur"
        f" {made.blur} px, noise {made.noise:g} and shading {made.shading:g} grey levels, JPEG"
        f" {made.jpeg}, {made.specks} specks; chance of {often or 'anything else: none'}"
    )


def _table(title: str, results: Sequence[Measured], group: Callable[[CorpusDocument], str]) -> str:
    groups: dict[str, list[Measured]] = {}
    for result in results:
        groups.setdefault(group(result.document), []).append(result)
    heads = [title, "documents", "pages", "items", *_FIGURES.values(), *_COUNTS.values()]
    lines = [_line(heads), _line(["---", *["--:"] * (len(heads) - 1)])]
    lines += [_line(_row(name, _sum(groups[name]))) for name in sorted(groups)]
    if len(groups) > 1:
        lines.append(_line(_row("**all**", _sum(results))))
    return "\n".join(lines)


def _row(name: str, tally: Tally) -> list[str]:
    counts = {
        "accepted_precision": tally.accepted,
        "boundaries_right": tally.boundaries,
    }
    cells = [name, str(tally.documents), str(tally.pages), str(tally.items)]
    figures = tally.figures()
    for figure in _FIGURES:
        value = figures[figure]
        shown = _MISSING if value is None else f"{value:.4f}"
        cells.append(f"{shown} ({counts[figure]})" if figure in counts else shown)
    return [*cells, *(str(getattr(tally, name)) for name in _COUNTS)]


def _sureness(results: Sequence[Measured]) -> str:
    """Of the items of each tenth of confidence: the share read letter for letter, and how many."""
    grades = sorted({result.document.grade for result in results})
    heads = ["grade", *(f"{i / 10:.1f}" for i in range(10))]
    lines = [_line(heads), _line(["---", *["--:"] * 10])]
    for grade in grades:
        sure = _sum([r for r in results if r.document.grade == grade]).sureness
        cells = [
            f"{right / items:.2f} ({items})" if items else _MISSING
            for right, items in zip(sure.right, sure.items, strict=True)
        ]
        lines.append(_line([grade, *cells]))
    return "\n".join(lines)


def _faults(results: Sequence[Measured]) -> str:
    """Documents that failed, whose items were not all found whole, or with a wrong boundary."""
    rows = [
        _line([r.document.path.name, _items(r.tally), _pages(r.wrong_boundaries), r.failure])
        for r in results
        if r.failure or r.tally.item_f1 < 1 or r.wrong_boundaries or r.tally.other_rows_lost
    ]
    if not rows:
        return "Nowhere: every item was found whole, and every page boundary is right."
    heads = ["document", "items whole / in gold / found", "wrong at the top of page", "failure"]
    return "\n".join([_line(heads), _line(["---"] * len(heads)), *rows])


def _items(tally: Tally) -> str:
    return f"{tally.matched} / {tally.items} / {tally.found}"


def _pages(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _sum(results: Sequence[Measured]) -> Tally:
    return sum((result.tally for result in results), Tally())
