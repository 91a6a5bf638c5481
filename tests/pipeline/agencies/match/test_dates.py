"""Names in plans of four days: the body of that day, its level, and what came after it.

`dates.csv` has a line for each name: by whom the plan is issued, and for each day the id and the
level (P province, D district, C commune, T central, - none); "!" stands before the successors of a
body that was not there that day. "?" stands before what is left to review: a name that nobody
bore yet may be something else. An empty cell is not asked.
"""

import csv
from datetime import date
from pathlib import Path

import pytest

from pipeline.agencies import IssuerContext, match_cell, shipped_office

ISSUERS = {
    "province": ("province", "tỉnh Lạng Sơn", "Lạng Sơn"),
    "city": ("province", "thành phố Đà Nẵng", "Đà Nẵng"),
    "district": ("district", "huyện Chi Lăng", "Lạng Sơn"),
    "commune": ("commune", "xã Chi Lăng", "Lạng Sơn"),
}
LEVELS = {"province": "P", "district": "D", "commune": "C", "central": "T", None: "-"}
ROWS = list(csv.DictReader((Path(__file__).parent / "dates.csv").open(encoding="utf-8")))
DAYS = [name for name in ROWS[0] if name[0].isdigit()]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["cell"])
def test_name_on_a_day(row, day):
    if not row[day]:
        return
    context = IssuerContext(*ISSUERS[row["issuer"]], date.fromisoformat(day))
    (found,) = match_cell(row["cell"], context, shipped_office().registry())
    ended = "out_of_time" in found.flags
    told = f"{found.agency_id} {LEVELS[found.level]}" + (f" !{found.successor or ''}" * ended)
    sign = {"accepted": "", "review": "?"}[found.status]
    assert sign + told == row[day], found


def test_sixty_names():
    assert len(ROWS) >= 60
