"""Command line: ``python -m tests.benchmarks.letters --corpus DIR``.

What the words around do for the letters of scans. Each scan is read once and understood twice, with
`PHULUC_CONTEXT` and without it, and for each grade is printed, over titles, lead-ins and tasks of
the items of gold that both found (folded: see `measure.text`)

- wrong letters: edit distance of the texts to gold, before and after;
- content exact: the share of items without any, before and after;
- harm: words that were right before and are wrong after, of how many;
- wrong and silent: items that are wrong after, and that no flag puts in doubt;
- flagged: the share of items with any flag, and of those that are right and have one.

"Before" has all that mends a word by itself (`read/ocr/slips`). 108 scans take some 3 minutes.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple
from rapidfuzz.distance import Levenshtein

from pipeline.agencies import shipped_office
from pipeline.extract import stitch_reading
from pipeline.ingest import open_source
from pipeline.interpret import interpret
from pipeline.read.pages import read_pages
from pipeline.settings import Settings
from tests.benchmarks.measure.content import content_of
from tests.benchmarks.measure.documents import DIGITAL, CorpusDocument, documents
from tests.benchmarks.measure.text import aligned, folded
from tests.benchmarks.provenance import provenance

Record = Mapping[str, Any]


class Letters(Struct, frozen=True):
    """Counts over items; those of two documents add up."""

    items: int = 0
    wrong_before: int = 0  # letters
    wrong_after: int = 0
    exact_before: int = 0  # items
    exact_after: int = 0
    words: int = 0
    harmed: int = 0
    silent: int = 0
    flagged: int = 0
    flagged_right: int = 0

    def __add__(self, other: "Letters") -> "Letters":
        return Letters(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


def letters_of(gold: Record, before: Record, after: Record) -> Letters:
    """Return the counts of a plan made without the words around and of one made with them."""
    wanted = [folded(content_of(item)) for item in gold["items"]]
    was, became = (_found(wanted, plan["items"]) for plan in (before, after))
    total = Letters()
    for number in was.keys() & became.keys():
        total += _of_item(
            wanted[number],
            folded(content_of(was[number])),
            folded(content_of(became[number])),
            flagged=bool(became[number]["flags"]),
        )
    return total


def _found(wanted: Sequence[str], items: Sequence[Record]) -> dict[int, Record]:
    texts = [folded(content_of(item)) for item in items]
    return {number: items[at] for number, at in aligned(wanted, texts)}


def _of_item(wanted: str, before: str, after: str, *, flagged: bool) -> Letters:
    words = wanted.split()
    right = after == wanted
    return Letters(
        items=1,
        wrong_before=Levenshtein.distance(wanted, before),
        wrong_after=Levenshtein.distance(wanted, after),
        exact_before=before == wanted,
        exact_after=right,
        words=len(words),
        harmed=len(_right(words, before) - _right(words, after)),
        silent=not right and not flagged,
        flagged=flagged,
        flagged_right=right and flagged,
    )


def _right(words: Sequence[str], text: str) -> set[int]:
    """Which of the words stand in the text, each at its place."""
    blocks = Levenshtein.opcodes(words, text.split())
    same = (range(o.src_start, o.src_end) for o in blocks if o.tag == "equal")
    return {number for block in same for number in block}


def _plans(document: CorpusDocument, settings: Settings) -> Iterator[Record]:
    """Yield the plan of a scan without the words around, and with them."""
    source, office = open_source(document.path, document.path.name), shipped_office()
    reading = read_pages(source, settings)
    for context in (False, True):
        asked = settings.model_copy(update={"context": context})
        stitched = stitch_reading(source, reading, asked, office)
        yield interpret(stitched, asked, office).model_dump(mode="json")


def _line(grade: str, of: Letters) -> str:
    def share(count: int) -> str:
        return f"{count / of.items:.3f}"

    fold = of.wrong_before / max(of.wrong_after, 1)
    cells = (
        grade,
        of.items,
        f"{of.wrong_before} → {of.wrong_after} ({fold:.1f}-fold)",
        f"{share(of.exact_before)} → {share(of.exact_after)}",
        f"{of.harmed} of {of.words:,}",
        f"{share(of.silent)} ({of.silent})",
        f"{share(of.flagged)} ({share(of.flagged_right)})",
    )
    return f"| {' | '.join(map(str, cells))} |"


def main() -> int:
    """Print a line for each grade of scan; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.letters")
    parser.add_argument("--corpus", type=Path, required=True, help="documents with gold beside")
    scans = [d for d in documents(parser.parse_args().corpus) if d.grade != DIGITAL]
    settings = Settings.of_environment()
    code = provenance()
    print(f"{code.version}, {code.commit} of {code.date}{', changed' if code.changed else ''}\n")
    print(
        "| grade | items | wrong letters | content exact | harm, words | wrong and silent", end=""
    )
    print(" | flagged (right) |\n|---|--:|--:|--:|--:|--:|--:|", flush=True)
    for grade in dict.fromkeys(scan.grade for scan in scans):
        total = Letters()
        for scan in (scan for scan in scans if scan.grade == grade):
            total += letters_of(scan.gold(), *_plans(scan, settings))
        if total.items:
            print(_line(grade, total), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
