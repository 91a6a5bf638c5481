"""Cells as Tesseract reads them: slips drawn from what it made of such cells (`slips.csv`)."""

import csv
import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from tests.benchmarks.agencies.cells import Case, clean_cells

SLIPS = Path(__file__).with_name("slips.csv")
# Words read amiss on scans as offices make them, of all words.
OFFICE = 0.015
# Letters that are taken for one another, most often tones: ế/ề, ổ/ố, ủ/ú, l/I/1.
ALIKE = (
    "ếềểễê", "ốồổỗô", "ấầẩẫâ", "áàảãa", "óòỏõo", "úùủũu", "íìỉĩi", "ớờởỡơ", "ứừửữư", "ýỳỷỹy",
    "ắằẳẵă", "ệẹê", "ộọô", "ậạâ", "ợọơ", "ựụư", "lI1i", "ưu", "ơo", "đd", "ĐÐD", "0O", "rn",
    "un", "hb", "ce", "vy", "ft",
)  # fmt: skip
_WORD = re.compile(r"\S+")


def misread_cells(count: int, seed: int) -> list[Case]:
    """Return distinct cells: half as of an office's scan, half with a slip or two in each."""
    rng = random.Random(seed)
    found: dict[tuple[str, object], Case] = {}
    for number, case in enumerate(clean_cells(count * 3, seed)):
        if len(found) == count:
            break
        if case.kind == "no tones" or case.kind.startswith("unknown"):
            continue
        office = number % 2 == 0
        text = _office(rng, case.text) if office else _amiss(rng, case.text)
        kind = "office scan" if office else "slips in each cell"
        found.setdefault((text, case.context), replace(case, kind=kind, text=text, units=None))
    return list(found.values())


def _office(rng: random.Random, text: str) -> str:
    return _WORD.sub(lambda m: _slip(rng, m[0]) if rng.random() < OFFICE else m[0], text)


def _amiss(rng: random.Random, text: str) -> str:
    spans = [match.span() for match in _WORD.finditer(text)]
    for start, end in sorted(rng.sample(spans, min(len(spans), rng.choice((1, 1, 2)))))[::-1]:
        text = text[:start] + _slip(rng, text[start:end]) + text[end:]
    marks: tuple[Callable[[str], str], ...] = (
        lambda t: t.replace(", ", " ", 1),
        lambda t: t.replace(" ", "", 1),
        lambda t: t.replace(";", ":", 1),
        lambda t: t.replace(", ", ". ", 1),
        lambda t: t,
        lambda t: t,
        lambda t: t,
        lambda t: t,
    )
    return rng.choice(marks)(text)


def _slip(rng: random.Random, word: str) -> str:
    """Return the word misread: as Tesseract did where it did, else by one letter."""
    known = _read().get(word)
    if known and rng.random() < 0.7:
        reads, times = zip(*known, strict=True)
        return str(rng.choices(reads, times)[0])
    places = [(n, group) for n, c in enumerate(word) for group in ALIKE if c in group]
    if not places:
        return word
    at, group = rng.choice(places)
    return word[:at] + rng.choice([c for c in group if c != word[at]]) + word[at + 1 :]


@cache
def _read() -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    with SLIPS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["printed"], []).append((row["read"], int(row["times"])))
    return found
