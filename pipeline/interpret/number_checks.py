"""The numbers of rows and sections against their order: gaps, repetitions, and what steps back."""

from collections.abc import Sequence

from msgspec import Struct

from pipeline.language.markers import Marker, classify

_SKIPPED = {("d", "e")}  # many offices leave out đ
_LISTS = frozenset({"number", "decimal", "roman"})  # of letters a list may begin anywhere


class Numbered(Struct, frozen=True):
    """A row as it is numbered: its label ("" for none), whether it is a heading, and whether its
    number stands in one cell with that of the row above."""

    label: str
    heading: bool
    merged: bool = False


class _List(Struct):
    """A list that is being counted: its last number, and what came since."""

    last: Marker
    unnumbered: int = 0  # rows, each of which may stand for a number
    open: bool = False  # a heading or another list, after which this one may begin anew


class NumberChecks:
    """Follows the numbers of a document from row to row, over all of its tables."""

    def __init__(self) -> None:
        self._lists: dict[tuple[bool, str, int], _List] = {}
        self._unnumbered = 0  # items since the last number or heading

    def next_table(self) -> None:
        """Note that another table begins: its lists may count on or begin anew."""
        for one in self._lists.values():
            one.open = True

    def faults(self, rows: Sequence[Numbered]) -> list[str]:
        """Return for each row of a table what is wrong with its number, "" for nothing.

        numbering_gap: numbers are left out before it; numbering_repeated: it stands there twice;
        numbering_out_of_order: it steps back.
        """
        return [self._fault(row) for row in rows]

    def _fault(self, row: Numbered) -> str:
        if row.merged:
            return ""
        marker = classify(row.label) if row.label else None
        key = (row.heading, marker.kind, len(marker.value)) if marker else None
        for other, one in self._lists.items():
            one.unnumbered += not row.label and other[0] == row.heading
            if other != key and (row.heading or (row.label and not other[0])):
                one.open = True
        before = self._unnumbered
        self._unnumbered = 0 if row.label or row.heading else before + 1
        if marker is None or key is None:
            return ""
        known = self._lists.get(key)
        self._lists[key] = now = _List(marker)
        begins = marker.value[-1] <= 1 + before
        if known is None:
            return "" if begins or marker.kind not in _LISTS else "numbering_gap"
        fault = "" if begins and known.open else _compared(known, marker)
        # A misprint: the next may count on from what was meant.
        now.unnumbered = int(fault in {"numbering_repeated", "numbering_out_of_order"})
        return fault


def _compared(known: _List, marker: Marker) -> str:
    """What is wrong with a number behind the last one of its list."""
    last, value = known.last, marker.value[-1]
    if last.value[:-1] != marker.value[:-1]:  # 2.1 after 1.3
        return "" if value == 1 else "numbering_gap"
    step = value - last.value[-1]
    if 1 <= step <= 1 + known.unnumbered or (last.label, marker.label) in _SKIPPED:
        return ""
    if step > 1:
        return "numbering_gap"
    return "numbering_out_of_order" if step else "numbering_repeated"
