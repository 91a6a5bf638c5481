"""Counts that can be added up over documents, and the figures that they make."""

from typing import Any

from msgspec import Struct
from msgspec.structs import fields


def share(part: float, whole: float) -> float | None:
    """Return part / whole, None where there was nothing to be right or wrong about."""
    return part / whole if whole else None


class Hits(Struct, frozen=True):
    """What was found and is right, was found and is wrong, was missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Hits") -> "Hits":
        return Hits(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall, None where there was nothing to find."""
        return share(2 * self.right, 2 * self.right + self.wrong + self.missed)

    @staticmethod
    def of(wanted: set[Any], found: set[Any]) -> "Hits":
        """Return the hits of one set against another."""
        return Hits(len(wanted & found), len(found - wanted), len(wanted - found))


class Sureness(Struct, frozen=True):
    """Items by the confidence that the program has in them, in tenths: how many, and how many of
    them were read letter for letter (title, lead-in, tasks)."""

    items: tuple[int, ...] = (0,) * 10
    right: tuple[int, ...] = (0,) * 10

    def __add__(self, other: "Sureness") -> "Sureness":
        return Sureness(
            tuple(a + b for a, b in zip(self.items, other.items, strict=True)),
            tuple(a + b for a, b in zip(self.right, other.right, strict=True)),
        )

    @staticmethod
    def of(confidence: float, *, right: bool) -> "Sureness":
        """Return the count of one item."""
        tenth = min(int(confidence * 10), 9)
        one = tuple(int(i == tenth) for i in range(10))
        return Sureness(one, one if right else (0,) * 10)


class Tally(Struct, frozen=True):
    """What was counted over some documents. The counts of two tallies add up.

    `items` are in the gold, `found` in the result; `letters` and `errors` are edit distances over
    the folded content of gold items; `timeframe` to `exact` count matched items in which it is
    right. `same_text` are those that were read letter for letter, `silent` those that were not, and
    that no flag puts in doubt. `invented` are items of documents that hold none, `other_rows` the
    rows of tables that hold no tasks.
    """

    documents: int = 0
    failed: int = 0
    pages: int = 0
    items: int = 0
    found: int = 0
    matched: int = 0
    letters: int = 0
    errors: int = 0
    letters_toneless: int = 0
    errors_toneless: int = 0
    agencies: Hits = Hits()
    accepted: int = 0
    accepted_right: int = 0
    timeframe: int = 0
    section: int = 0
    marker: int = 0
    task_count: int = 0
    exact: int = 0
    same_text: int = 0
    silent: int = 0
    sureness: Sureness = Sureness()
    meta: int = 0
    meta_right: int = 0
    row_joins: Hits = Hits()
    table_joins: Hits = Hits()
    header_drops: Hits = Hits()
    boundaries: int = 0
    boundaries_right: int = 0
    invented: int = 0
    other_rows: int = 0
    other_rows_lost: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            **{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(Tally)}
        )

    @property
    def item_f1(self) -> float:
        """F1 of items found whole; 1.0 where there are none and none was found."""
        both = self.items + self.found
        return 2 * self.matched / both if both else 1.0

    def figures(self) -> dict[str, float | None]:
        """Return every figure by name, None where there was nothing to measure."""
        return {
            "item_f1": self.item_f1,
            "exact": share(self.exact, self.items),
            "same_text": share(self.same_text, self.items),
            "silent": share(self.silent, self.items),
            "cer": share(self.errors, self.letters),
            "cer_toneless": share(self.errors_toneless, self.letters_toneless),
            "agency_f1": self.agencies.f1,
            "accepted_precision": share(self.accepted_right, self.accepted),
            "timeframe": share(self.timeframe, self.items),
            "section": share(self.section, self.items),
            "marker": share(self.marker, self.items),
            "task_count": share(self.task_count, self.items),
            "meta": share(self.meta_right, self.meta),
            "row_join_f1": self.row_joins.f1,
            "table_join_f1": self.table_joins.f1,
            "header_drop_f1": self.header_drops.f1,
            "boundaries_right": share(self.boundaries_right, self.boundaries),
        }
