"""Make pipeline/knowledge/units.csv from the data of the package vietnamadminunits (MIT).

usage: pip download --no-deps vietnamadminunits==1.0.4
       python scripts/build_units.py vietnamadminunits-1.0.4-py3-none-any.whl

Only the package's data is used: names and official codes of before and after 1 July 2025, and which
new commune each old one went into. `units_earlier.csv` beside it is kept by hand.
"""

import csv
import json
import sqlite3
import sys
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path

KNOWLEDGE = Path(__file__).parents[1] / "pipeline" / "knowledge"
LAST_OLD, FIRST_NEW = "2025-06-30", "2025-07-01"
# The source calls it "Thành phố Huế" throughout; until 2024 it was tỉnh Thừa Thiên Huế
# (Resolution 175/2024/QH15), which stands in units_earlier.csv.
SINCE = {"46": "2025-01-01"}
COLUMNS = ("code", "name", "level", "parent", "valid_from", "valid_to", "successors", "earlier")
_TYPES = ("Tỉnh", "Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Huyện", "Quận", "Phường", "Xã")

Row = tuple[str, ...]
Names = list[tuple[str, ...]]


def _plain(name: str) -> str:
    """Return the name with its first word in lower case: huyện Chi Lăng."""
    for kind in _TYPES:
        if name.lower().startswith(kind.lower() + " "):
            return kind.lower() + name[len(kind) :]
    return name


def _provinces(db: sqlite3.Connection, merged: dict[str, list[str]]) -> list[Row]:
    old: Names = db.execute(
        "select distinct provinceCode, province, provinceKey from admin_units_legacy order by 1"
    ).fetchall()
    new: Names = db.execute(
        "select distinct provinceCode, province, provinceKey from admin_units order by 1"
    ).fetchall()
    into = {old_key: key for key, olds in merged.items() for old_key in olds}
    code_of = {key: code for code, _, key in new}
    kept = {(code, name) for code, name, _ in old} & {(code, name) for code, name, _ in new}
    rows: list[Row] = []
    for code, name, key in old:
        same = (code, name) in kept
        end, successor = ("", "") if same else (LAST_OLD, code_of[into[key]])
        rows.append((code, _plain(name), "province", "", SINCE.get(code, ""), end, successor, ""))
    rows += [
        (code, _plain(name), "province", "", FIRST_NEW, "", "", "")
        for code, name, _ in new
        if (code, name) not in kept
    ]
    return rows


def _successors(db: sqlite3.Connection, converter: dict[str, dict[str, object]]) -> dict[str, str]:
    """Return old commune key (province_district_commune) -> codes of the new communes."""
    new: Names = db.execute("select provinceKey, wardKey, wardCode from admin_units").fetchall()
    code_of = {(province, ward): code for province, ward, code in new}
    codes: dict[str, set[str]] = defaultdict(set)
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():  # type: ignore[attr-defined]
            for old in olds:
                codes[old].add(code_of.get((province, ward), ""))
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():  # type: ignore[attr-defined]
            codes[old] |= {code_of.get((province, part["newWardKey"]), "") for part in parts}
    return {old: " ".join(sorted(found - {""})) for old, found in codes.items()}


def _earlier(aliases: str | None) -> str:
    """Return names of what went into a commune before 2025, kind and all: xahoabinh."""
    names: list[str] = json.loads(aliases or "[]")
    return " ".join(sorted(n for n in names if n.startswith(("xa", "phuong", "thitran"))))


def _below(db: sqlite3.Connection, successors: dict[str, str]) -> list[Row]:
    districts: Names = db.execute(
        "select distinct districtCode, district, provinceCode from admin_units_legacy order by 1"
    ).fetchall()
    old: Names = db.execute(
        "select wardCode, ward, districtCode, provinceKey||'_'||districtKey||'_'||wardKey,"
        " wardAlias from admin_units_legacy where wardCode is not null order by 1"
    ).fetchall()
    new: Names = db.execute(
        "select wardCode, ward, provinceCode from admin_units order by 1"
    ).fetchall()
    return [
        *((c, _plain(n), "district", up, "", LAST_OLD, "", "") for c, n, up in districts),
        *(
            (c, _plain(n), "commune", up, "", LAST_OLD, successors.get(key, ""), _earlier(also))
            for c, n, up, key, also in old
        ),
        *((c, _plain(n), "commune", up, FIRST_NEW, "", "", "") for c, n, up in new),
    ]


def main(wheel: Path) -> None:
    """Write units.csv and the licence of its source from the wheel."""
    with zipfile.ZipFile(wheel) as archive, tempfile.TemporaryDirectory() as folder:
        path = archive.extract("vietnamadminunits/data/dataset.db", folder)
        converter = json.loads(archive.read("vietnamadminunits/data/converter_2025.json"))
        licence = next(name for name in archive.namelist() if name.endswith("licenses/LICENSE"))
        notice = archive.read(licence).decode()
        db = sqlite3.connect(path)
        rows = _provinces(db, converter["DICT_PROVINCE"])
        rows += _below(db, _successors(db, converter))
        db.close()
    with (KNOWLEDGE / "units.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    head = (
        "# Source of units.csv\n\nNames, codes and the mapping of 2025 come from the package"
        " vietnamadminunits 1.0.4\n(https://github.com/tranngocminhhieu/vietnamadminunits),"
        " by scripts/build_units.py. Its licence:\n\n"
    )
    (KNOWLEDGE / "units.LICENSE.md").write_text(head + notice, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
