"""`phuluc compare`: what changed between two plans."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows.errors import CommandError
from flows.messages import say
from pipeline.dataset.alike import row_text
from pipeline.dataset.compare import Comparison, FieldChange, RowChange, compare
from pipeline.dataset.plans import plan_files, read_plan
from schemas.plan import Plan

_SIGNS = {"changed": "~", "added": "+", "removed": "-"}


def compare_plans(before: str, after: str, out: Path | None, *, as_json: bool) -> None:
    """Print what the second plan says otherwise; each is a plan's file or, with `out`, an id.

    Raises CommandError where there is no such plan.
    """
    found = compare(_plan(before, out), _plan(after, out))
    if as_json:
        print(json.dumps(_as_json(found), ensure_ascii=False, indent=1))
        return
    for line in _lines(found):
        print(line)


def _plan(name: str, out: Path | None) -> Plan:
    path = Path(name)
    try:
        if path.is_file():
            return read_plan(path)
        for file in plan_files(out) if out else ():
            plan = read_plan(file)
            if name in (plan.document.id, plan.document.source_file, file.stem):
                return plan
    except ValueError as error:
        raise CommandError("no_plan", name=name) from error
    raise CommandError("no_plan", name=name)


def _lines(found: Comparison) -> Iterator[str]:
    for change in found.head:
        yield _field(change)
    for row in found.changed:
        item = row.after or row.before
        yield f"{_SIGNS[row.kind]} {row_text(item)[:100] if item else ''}"
        yield from (f"    {_field(change)}" for change in row.fields)
    counts = {kind: sum(row.kind == kind for row in found.rows) for kind in ("same", *_SIGNS)}
    yield say("compare.counts", **counts)


def _field(change: FieldChange) -> str:
    return f"{change.field}: “{change.before}” → “{change.after}”"


def _as_json(found: Comparison) -> dict[str, Any]:
    return {"head": [_change(c) for c in found.head], "rows": [_row(r) for r in found.changed]}


def _row(row: RowChange) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "before": row.before.id if row.before else None,
        "after": row.after.id if row.after else None,
        "fields": [_change(change) for change in row.fields],
    }


def _change(change: FieldChange) -> dict[str, str]:
    return {"field": change.field, "before": change.before, "after": change.after}
