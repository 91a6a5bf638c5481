"""Tables that hold no tasks: items that were made of them all the same, and rows that were lost.

**Items invented** are the items of a document that are more than its gold has, of documents that
hold such a table or no plan. **Rows lost** are rows of the
gold of which no row of the printed tables holds the same texts, folded, but for one letter in ten.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rapidfuzz.distance import Levenshtein

from tests.benchmarks.measure.tally import Tally
from tests.benchmarks.measure.text import folded

Record = Mapping[str, Any]
_ALIKE = 0.9


def table_tally(gold: Record, plan: Record, tables: Mapping[str, Sequence[Sequence[str]]]) -> Tally:
    """Return the counts of a plan and of its tables as they are printed against its gold."""
    wanted = [_text(row) for row in gold.get("other_rows", ())]
    found = [_text(row) for rows in tables.values() for row in rows]
    others = bool(wanted) or not gold["items"]
    return Tally(
        invented=max(0, len(plan.get("items", ())) - len(gold["items"])) if others else 0,
        other_rows=len(wanted),
        other_rows_lost=sum(not _holds(found, row) for row in wanted),
    )


def _text(row: Iterable[str]) -> str:
    return folded(" ".join(text for text in row if text))


def _holds(found: Sequence[str], row: str) -> bool:
    if row in found:
        return True
    return any(
        Levenshtein.normalized_similarity(row, other, score_cutoff=_ALIKE) for other in found
    )
