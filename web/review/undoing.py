"""What an undo is about: the last thing that somebody said, or an entry that they choose."""

from collections.abc import Sequence

from pipeline.correct.standing import live, not_taken_back
from schemas.correction import Correction


def target(
    entries: Sequence[Correction], number: int, who: str, *, again: bool
) -> Correction | None:
    """Return the entry that an undo takes back, be it an undo itself; None where there is none.

    It is the one of that number, by whomever. With 0 it is the last thing that `who` said, or where
    `again` the last that they took back and said nothing after: by a key nobody takes back what
    somebody else said, since they would not know.
    """
    if number:
        return next((entry for entry in not_taken_back(entries) if entry.number == number), None)
    mine = [entry for entry in entries if entry.who == who]
    if not again:
        return next((entry for entry in reversed(live(entries)) if entry.who == who), None)
    said = max((entry.number for entry in mine if entry.verdict != "undo"), default=0)
    undone = {entry.undoes for entry in entries if entry.verdict == "undo"}
    return next(
        (
            entry
            for entry in reversed(mine)
            if entry.verdict == "undo"
            and entry.number > said
            and entry.number not in undone
            and not _brings_back(entry, entries)
        ),
        None,
    )


def undo_of(entry: Correction) -> Correction:
    """Return the entry that takes back another, without who says so and when."""
    return Correction(
        number=0, sha256=entry.sha256, field=entry.field, read="", verdict="undo", who="", at="",
        program="", undoes=entry.number, page=entry.page, bbox=entry.bbox, cell=entry.cell,
        column=entry.column, base=entry.number,
    )  # fmt: skip


def _brings_back(entry: Correction, entries: Sequence[Correction]) -> bool:
    """Whether an undo takes back another undo."""
    return any(e.number == entry.undoes and e.verdict == "undo" for e in entries)
