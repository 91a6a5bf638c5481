"""Which documents of a folder have gold, and which grade and layout they are."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from pipeline.read.readers import suffixes

_GOLD = ".gold.json"
DIGITAL = "digital"


class CorpusDocument(Struct, frozen=True):
    """A file and the gold that says what it holds."""

    path: Path
    gold_path: Path
    grade: str
    layout: str

    def gold(self) -> dict[str, Any]:
        """Return the gold."""
        return _read(self.gold_path)


def documents(folder: Path) -> list[CorpusDocument]:
    """Return the documents of a folder that have gold, in the order of their names.

    `x.gold.json` is the gold of `x.pdf` and of its scans, `x-scan.pdf` and the like. What follows
    the "-" is then the grade; that of `x.pdf` itself stands in the gold, or is "digital".
    """
    golds = {path.name.removesuffix(_GOLD): path for path in folder.glob(f"*{_GOLD}")}
    about = {stem: _read(path) for stem, path in golds.items()}
    found = []
    for path in sorted(folder.iterdir()):
        stem = _gold_stem(path.stem, golds)
        if path.suffix.lower() not in suffixes() or stem is None:
            continue
        gold = about[stem]
        grade = path.stem[len(stem) + 1 :] or gold.get("grade", DIGITAL)
        layout = gold.get("layout") or gold.get("template") or "unnamed"
        found.append(CorpusDocument(path, golds[stem], grade, layout))
    return found


def digest(found: Sequence[CorpusDocument]) -> str:
    """Return 12 hex digits that stand for the gold and the names of the documents."""
    total = hashlib.sha256()
    for document in found:
        total.update(document.path.name.encode())
        total.update(document.gold_path.read_bytes())
    return total.hexdigest()[:12]


def _gold_stem(stem: str, golds: dict[str, Path]) -> str | None:
    """Return the longest stem of a gold that covers a file's stem."""
    covering = [gold for gold in golds if stem == gold or stem.startswith(f"{gold}-")]
    return max(covering, key=len, default=None)


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
