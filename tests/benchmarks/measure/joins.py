"""What the result decided at page breaks, against gold.

Gold knows of each table its first and last page, of each page of it but the first whether an
item's row runs on over its top, and whether the header stands there again. From these:

**Row joins.** Wanted: the pages over whose top a row runs on; one that runs over three pages is
wanted twice. Found: every entry of an item's `joins`. The first on a wanted page is right, any
other is wrong. Only rows of items count: gold does not say where a heading cut by a page break
ends, so a cut heading is measured by `section` alone.

**Page boundaries.** Asked: all pages of a table but its first, and any page that an item was
joined over. Right: joined once where a row runs on, not at all where none does. No table found
on the page is an answer too: no join.

**Table joins.** Wanted: all pages of a table but its first. Found: the pages whose *first*
`table_join` decision was taken (those after it are about grids that stand lower on the page).
The first page of the first table is left out: nothing stands before it.

**Header drops.** Wanted: all pages of a table but its first where the header is repeated, none
where it is not. Found: the pages of `header_drop` decisions that were taken. One not dropped
because its page was taken for a new table counts as missed.

Documents whose gold knows no `boundaries` do not count, and for table joins and header drops
neither do those whose gold knows no pages of the table (an empty form, a file without a table).
"""

from collections import Counter
from typing import Any

from tests.benchmarks.measure.content import Record
from tests.benchmarks.measure.tally import Hits, Tally


def join_tally(gold: Record, plan: Record) -> Tally:
    """Return the counts of a plan's joins against its gold."""
    if "boundaries" not in gold:
        return Tally()
    running = {b["page"] for b in gold["boundaries"] if b["runs_on"]}
    joined = _row_joins(plan)
    right = len(running & joined.keys())
    asked = _following(gold) | joined.keys()
    known = all(appendix["pages"] for appendix in gold["appendices"])
    return Tally(
        row_joins=Hits(right, joined.total() - right, len(running) - right),
        boundaries=len(asked),
        boundaries_right=len(asked) - len(wrong_boundaries(gold, plan)),
        table_joins=_table_joins(gold, plan) if known else Hits(),
        header_drops=_header_drops(gold, plan) if known else Hits(),
    )


def wrong_boundaries(gold: Record, plan: Record) -> list[int]:
    """Return the pages at whose top the result is wrong about a row that runs on, or not."""
    running = {b["page"] for b in gold.get("boundaries", ()) if b["runs_on"]}
    joined = _row_joins(plan) if "boundaries" in gold else Counter()
    return sorted(p for p in running | joined.keys() if joined[p] != (p in running))


def _row_joins(plan: Record) -> Counter[int]:
    return Counter(join["page"] for item in plan.get("items", ()) for join in item["joins"])


def _spans(gold: Record) -> list[tuple[int, int]]:
    """Return first and last page of each table; a heading alone at the foot begins it too."""
    spans = []
    for number, appendix in enumerate(gold["appendices"]):
        pages = [*(appendix["pages"] or ())]
        pages += [s["page"] for s in gold["sections"] if s["appendix"] == number]
        if pages:
            spans.append((min(pages), max(pages)))
    return spans


def _following(gold: Record) -> set[int]:
    return {page for first, last in _spans(gold) for page in range(first + 1, last + 1)}


def _table_joins(gold: Record, plan: Record) -> Hits:
    first_decision: dict[int, bool] = {}
    for decision in _decisions(plan, "table_join"):
        first_decision.setdefault(decision["page"], decision["taken"])
    start = min(first for first, _ in _spans(gold))
    found = {page for page, taken in first_decision.items() if taken and page != start}
    return Hits.of(_following(gold), found)


def _header_drops(gold: Record, plan: Record) -> Hits:
    wanted = _following(gold) if gold["repeat_header"] else set()
    found = {d["page"] for d in _decisions(plan, "header_drop") if d["taken"]}
    return Hits.of(wanted, found)


def _decisions(plan: Record, what: str) -> list[dict[str, Any]]:
    return [d for d in plan.get("decisions", ()) if d["what"] == what]
