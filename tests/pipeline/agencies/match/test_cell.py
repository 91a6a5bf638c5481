"""Cells of every failure class, as tables: see cells/*.yaml."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from pipeline.agencies import IssuerContext, match_cell, shipped_office

CONTEXTS = {
    "district": IssuerContext("district", "huyện Chi Lăng", "Lạng Sơn", date(2024, 5, 1)),
    "spring_2025": IssuerContext("district", "huyện Chi Lăng", "Lạng Sơn", date(2025, 4, 1)),
    "commune": IssuerContext("commune", "xã Chi Lăng", "Lạng Sơn", date(2026, 1, 5)),
    "province": IssuerContext("province", "tỉnh Lạng Sơn", "Lạng Sơn", date(2024, 5, 1)),
    "province_2026": IssuerContext("province", "tỉnh Lạng Sơn", "Lạng Sơn", date(2026, 1, 5)),
    "ward": IssuerContext("commune", "phường Đông Kinh", "Lạng Sơn", date(2026, 1, 5)),
    "nobody": IssuerContext(),
}
SIGNS = {"accepted": "=", "review": "?", "unresolved": "!"}


def cells():
    for path in sorted((Path(__file__).parent / "cells").glob("*.yaml")):
        for row in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(row, id=f"{path.stem}: {row['cell']}")


@pytest.mark.parametrize("row", list(cells()))
def test_cell(row):
    context = CONTEXTS[row.get("context", "district")]
    found = match_cell(row["cell"], context, shipped_office().registry())
    assert [f"{SIGNS[a.status]} {a.name or a.raw}" for a in found] == row["want"]
    if "units" in row:
        assert [a.unit for a in found] == row["units"]
    if "kinds" in row:
        assert [a.kind for a in found] == row["kinds"]
    if "flags" in row:
        assert [flag for a in found for flag in a.flags] == row["flags"]
    if "successor" in row:
        assert found[0].successor == row["successor"]
