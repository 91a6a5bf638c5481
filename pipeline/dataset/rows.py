"""A plan as rows of the tables. Nothing is decided here: columns are the plan's fields, flat."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pipeline.files.addresses import cell_name
from pipeline.papi import dimension_name
from schemas.dataset import (
    TABLES,
    DocumentRow,
    ItemAgencyRow,
    ItemRow,
    Role,
    TableCellRow,
    TableRow,
    TaskRow,
)
from schemas.plan import Agency, Appendix, Item, Plan, PrintedTable, Record, Section

BETWEEN = "; "

Rows = Mapping[str, list[Record]]


def rows_of(plan: Plan) -> dict[str, list[Record]]:
    """Return the rows of one plan by table (review aside, see `review`).

    Raises pydantic.ValidationError where a value does not fit its column.
    """
    appendices = {appendix.id: appendix for appendix in plan.appendices}
    sections = {section.id: section for section in plan.sections}
    return {
        "documents": [document_row(plan)],
        "items": [
            _item(plan, item, appendices.get(item.appendix_id), sections.get(item.section_id or ""))
            for item in plan.items
        ],
        "tasks": [
            TaskRow(document_id=plan.document.id, item_id=item.id, task_no=number, text=text)
            for item in plan.items
            for number, text in enumerate(item.tasks, 1)
        ],
        "item_agencies": [row for item in plan.items for row in _agencies(plan, item)],
        "tables": [_table(plan, table) for table in plan.tables],
        "table_cells": [row for table in plan.tables for row in _cells(plan, table)],
    }


def check_keys(rows: Rows) -> None:
    """Raise ValueError where a primary key repeats or a foreign key leads nowhere."""
    keys: dict[str, set[tuple[Any, ...]]] = {}
    for spec in TABLES:
        of_rows = [_values(row, spec.primary_key) for row in rows.get(spec.name, [])]
        keys[spec.name] = set(of_rows)
        if spec.primary_key and len(keys[spec.name]) < len(of_rows):
            raise ValueError(f"{spec.name}: {spec.primary_key} repeats")
        for foreign in spec.foreign_keys:
            for row in rows.get(spec.name, []):
                if _values(row, foreign.fields) not in keys[foreign.table]:
                    raise ValueError(f"{spec.name}: no {foreign.table} for {foreign.fields}")


def document_row(plan: Plan) -> DocumentRow:
    """Return the row of a plan in `documents`."""
    document = plan.document
    return DocumentRow(
        document_id=document.id,
        **document.model_dump(exclude={"id", "issued_on", "flags", "places", "corrected"}),
        issued_day=document.issued_on.day,
        issued_month=document.issued_on.month,
        issued_year=document.issued_on.year,
        appendices=len(plan.appendices),
        sections=len(plan.sections),
        items=len(plan.items),
        flags=BETWEEN.join(document.flags),
        produced_by_phuluc=plan.produced_by.phuluc,
        produced_by_registry=plan.produced_by.registry,
        produced_by_ocr=plan.produced_by.ocr,
    )


def _item(plan: Plan, item: Item, appendix: Appendix | None, section: Section | None) -> ItemRow:
    pages = [fragment.page for fragment in item.fragments if fragment.page is not None]
    return ItemRow(
        document_id=plan.document.id,
        item_id=item.id,
        appendix_id=item.appendix_id,
        appendix_marker=appendix.marker if appendix else "",
        section_id=item.section_id,
        section_marker=section.marker if section else None,
        section_title=section.title if section else None,
        marker=item.marker,
        title=item.title,
        lead_in=item.lead_in,
        tasks="\n".join(item.tasks),
        lead=_names(item.lead),
        partners=_names(item.partners),
        timeframe_raw=item.timeframe.raw,
        timeframe_kind=item.timeframe.kind,
        timeframe_start=_date(item.timeframe.start),
        timeframe_end=_date(item.timeframe.end),
        timeframe_recurrence=item.timeframe.recurrence,
        timeframe_flags=BETWEEN.join(item.timeframe.flags),
        deliverable=item.deliverable,
        extra=_json(item.extra),
        first_page=min(pages, default=None),
        last_page=max(pages, default=None),
        joins=_json([join.model_dump() for join in item.joins]),
        confidence=item.confidence,
        flags=BETWEEN.join(item.flags),
        papi_dimension=item.papi_dimension,
        papi_dimension_name=dimension_name(item.papi_dimension),
    )


def _agencies(plan: Plan, item: Item) -> Iterator[ItemAgencyRow]:
    roles: tuple[tuple[Role, tuple[Agency, ...]], ...] = (
        ("lead", item.lead),
        ("partner", item.partners),
    )
    for role, agencies in roles:
        for position, agency in enumerate(agencies, 1):
            yield ItemAgencyRow(
                document_id=plan.document.id,
                item_id=item.id,
                role=role,
                position=position,
                **agency.model_dump(exclude={"flags"}),
                flags=BETWEEN.join(agency.flags),
            )


def _table(plan: Plan, table: PrintedTable) -> TableRow:
    first, last = table.pages or (None, None)
    return TableRow(
        document_id=plan.document.id,
        table_id=table.id,
        appendix_id=table.appendix_id,
        kind=table.kind,
        title=table.title,
        first_page=first,
        last_page=last,
        columns=json.dumps([c.model_dump() for c in table.columns], ensure_ascii=False),
        rows=table.row_count,
    )


def _cells(plan: Plan, table: PrintedTable) -> Iterator[TableCellRow]:
    headers = [column.header for column in table.columns]
    for number, row in enumerate(table.rows, 1):
        cells = zip(headers, row.cells, row.places, strict=True)
        for column, (header, text, place) in enumerate(cells, 1):
            if place is None:
                continue
            x0, top, x1, bottom = place.bbox or (None, None, None, None)
            yield TableCellRow(
                document_id=plan.document.id,
                table_id=table.id,
                row=number,
                column=column,
                header=header,
                text=text,
                confidence=place.confidence,
                page=place.page,
                x0=x0,
                top=top,
                x1=x1,
                bottom=bottom,
                cell=cell_name(place.cell),
            )


def _names(agencies: Iterable[Agency]) -> str:
    return BETWEEN.join(agency.name or agency.raw for agency in agencies)


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _json(value: object) -> str | None:
    return json.dumps(value, ensure_ascii=False) if value else None


def _values(row: Record, fields: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in fields)
