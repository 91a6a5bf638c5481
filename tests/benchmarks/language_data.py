"""Command line: ``python -m tests.benchmarks.language_data --corpus DIR [--data NAME=FILE ...]``.

Which of Tesseract's data reads scans best? Some documents of every grade are read with the data
that the settings name, and with every other file that is given, and for each is printed

- words: the share of the words of gold items and section headings (folded: see `measure.text`)
  that were read somewhere in the document, however they were put into cells, and how many were
  not. A cell merged with the one above counts once;
- items, CER with and without tones: see `measure.content`; an item that was not found whole
  counts with all of its letters;
- time: processor seconds of reading, Tesseract's included, by those of the first data on the same
  documents. The data go first by turns.
"""

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from pipeline.agencies import shipped_office
from pipeline.extract import stitch_reading
from pipeline.ingest import open_source
from pipeline.interpret import interpret
from pipeline.read.ocr.tesseract import Tesseract, language_data
from pipeline.read.pages import read_pages
from pipeline.settings import Settings
from schemas.page import Page
from tests.benchmarks.measure.content import content_tally
from tests.benchmarks.measure.documents import DIGITAL, CorpusDocument, documents
from tests.benchmarks.measure.tally import Tally, share
from tests.benchmarks.measure.text import folded
from tests.benchmarks.peers.__main__ import selected
from tests.benchmarks.provenance import provenance

_PER_GRADE = 4  # documents: some 60 pages in all
_CELLS = ("title", "lead_in", "lead", "partner", "time", "deliverable")


class Reading(Struct, frozen=True):
    """What came of some documents with one file of data; the counts of two add up."""

    words: int = 0
    missed: int = 0
    seconds: float = 0.0
    tally: Tally = field(default_factory=Tally)

    def __add__(self, other: "Reading") -> "Reading":
        return Reading(
            self.words + other.words,
            self.missed + other.missed,
            self.seconds + other.seconds,
            self.tally + other.tally,
        )


def read(document: CorpusDocument, name: str) -> Reading:
    """Read a document with the data of that name, and compare with its gold."""
    settings = Settings.of_environment(ocr_language=name)
    before = _processor_seconds()
    source = open_source(document.path, document.path.name)
    reading = read_pages(source, settings)
    seconds = _processor_seconds() - before
    gold = document.gold()
    wanted, found = printed_words(gold), words_of(reading.pages)
    plan = interpret(
        stitch_reading(source, reading, settings, shipped_office()), settings, shipped_office()
    ).model_dump(mode="json")
    return Reading(
        words=wanted.total(),
        missed=(wanted - found).total(),
        seconds=seconds,
        tally=content_tally(gold, plan),
    )


def _processor_seconds() -> float:
    """Of this process and of those that it has waited for."""
    return sum(os.times()[:4])


def printed_words(gold: Mapping[str, Any]) -> Counter[str]:
    """Return the folded words that stand in the table by its gold, each as often as it is there."""
    words = Counter[str]()
    for section in gold["sections"]:
        words.update(folded(section["title"]).split())
    for item in gold["items"]:
        own = [item.get(name) for name in _CELLS if name not in item.get("merged_above", ())]
        for text in (*own, *item["tasks"]):
            words.update(folded(text).split())
    return words


def words_of(pages: Sequence[Page]) -> Counter[str]:
    """Return the folded words of some pages, each as often as it was read."""
    return Counter(part for p in pages for word in p.words for part in folded(word.text).split())


@contextmanager
def one_folder(data: Mapping[str, Path]) -> Iterator[None]:
    """Let Tesseract find these data, and no others, each by its name."""
    with tempfile.TemporaryDirectory() as folder:
        for name, path in data.items():
            Path(folder, f"{name}.traineddata").symlink_to(path.resolve())
        outside = os.environ.get("TESSDATA_PREFIX")
        os.environ["TESSDATA_PREFIX"] = folder
        try:
            yield
        finally:
            del os.environ["TESSDATA_PREFIX"]
            if outside is not None:
                os.environ["TESSDATA_PREFIX"] = outside


def line(grade: str, name: str, reading: Reading, first: Reading) -> str:
    """Return a line of the table; `first` is what came of the first data on the same documents."""
    tally = reading.tally
    cells = [
        grade,
        name,
        f"{tally.matched} of {tally.items}",
        f"{share(reading.words - reading.missed, reading.words) or 0:.4f}",
        f"{reading.missed} of {reading.words}",
        f"{share(tally.errors, tally.letters) or 0:.4f}",
        f"{share(tally.errors_toneless, tally.letters_toneless) or 0:.4f}",
        f"{reading.seconds / first.seconds:.2f}",
    ]
    return f"| {' | '.join(cells)} |"


def _print_grade(chosen: Sequence[CorpusDocument], names: Sequence[str]) -> None:
    totals = dict.fromkeys(names, Reading())
    for turn, document in enumerate(chosen):
        first = turn % len(names)
        for name in (*names[first:], *names[:first]):
            reading = read(document, name)
            totals[name] += reading
            missed = f"{reading.missed} of {reading.words} words missed"
            print(f"{document.path.name}, {name}: {missed}", file=sys.stderr, flush=True)
    for name in names:
        print(line(chosen[0].grade, name, totals[name], totals[names[0]]), flush=True)


def _named(text: str) -> tuple[str, Path]:
    name, _, path = text.partition("=")
    if not name or not Path(path).is_file():
        raise argparse.ArgumentTypeError(f"{text}: not NAME=FILE, or no such file")
    return name, Path(path)


def main() -> int:
    """Print a line for each grade and file of data; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.language_data")
    parser.add_argument("--corpus", type=Path, required=True, help="documents with gold beside")
    parser.add_argument(
        "--data", type=_named, nargs="+", default=[], metavar="NAME=FILE", help="unpacked data"
    )
    parser.add_argument("--per-grade", type=int, default=_PER_GRADE, help="documents of each grade")
    arguments = parser.parse_args()
    default = Settings.of_environment().ocr_language
    installed = language_data(default)
    if installed is None:
        parser.error(f"Tesseract has no data named {default}")
    data = {default: installed, **dict(arguments.data)}
    scans = [d for d in documents(arguments.corpus) if d.grade != DIGITAL]
    chosen = selected(scans, arguments.per_grade)
    code = provenance()
    print(f"{code.version}, {code.commit} of {code.date}{', changed' if code.changed else ''}\n")
    with one_folder(data):
        for name in data:
            print(f"- {name}: {Tesseract(name).describe()}")
        print("\n| grade | data | items | words | missed | CER | CER without tones | time |")
        print("|---|---|--:|--:|--:|--:|--:|--:|", flush=True)
        for grade in dict.fromkeys(document.grade for document in chosen):
            _print_grade([d for d in chosen if d.grade == grade], list(data))
    return 0


if __name__ == "__main__":
    sys.exit(main())
