"""``python -m tests.benchmarks.agencies.heldout``: cells set down apart from the rules, and judged.

`heldout.csv` has cells as plans of provinces, communes and districts show them, written down before
any of them was matched: by whom the plan is issued, the cell, and the ids that it names ("!": no
body of the registry). Prints what is accepted wrongly, what a known body lost, and the counts.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipeline.agencies import IssuerContext, match_cell, shipped_office
from schemas.plan import Agency

ISSUERS = {
    "p": IssuerContext("province", "tỉnh Lâm Đồng", "Lâm Đồng", date(2026, 3, 15)),
    "t": IssuerContext("province", "thành phố Đà Nẵng", "Đà Nẵng", date(2026, 3, 15)),
    "c": IssuerContext("commune", "xã Đơn Dương", "Lâm Đồng", date(2026, 3, 15)),
    "d": IssuerContext("district", "huyện Chi Lăng", "Lạng Sơn", date(2024, 5, 1)),
}


def judged() -> Iterator[tuple[str, set[str], tuple[Agency, ...]]]:
    """Yield each cell with the ids that it names and what was found."""
    registry = shipped_office().registry()
    with Path(__file__).with_name("heldout.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            cell = row["cell"].replace("\\n", "\n")
            truth = set(row["truth"].split()) - {"!"}
            yield cell, truth, match_cell(cell, ISSUERS[row["issuer"]], registry)


def main() -> None:
    """Print what went wrong, and the counts."""
    accepted = wrong = named = lost = cells = 0
    for cell, truth, found in judged():
        sure = {a.agency_id for a in found if a.status == "accepted"}
        seen = {a.agency_id for a in found}
        cells, accepted, named = cells + 1, accepted + len(sure), named + len(truth)
        wrong, lost = wrong + len(sure - truth), lost + len(truth - seen)
        for what, ids in (("WRONG", sure - truth), ("lost", truth - seen)):
            if ids:
                told = [(a.status, a.agency_id, a.raw) for a in found]
                print(f"{what} {sorted(map(str, ids))} in {cell!r}: {told}")
    print(f"{cells} cells: accepted {accepted}, wrong {wrong}; known bodies {named}, lost {lost}")


if __name__ == "__main__":
    main()
