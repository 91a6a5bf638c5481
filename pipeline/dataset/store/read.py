"""The tables of the database in the order in which they are published, some rows at a time."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from pipeline.dataset.arrow import record_batch
from pipeline.dataset.columns import columns
from pipeline.dataset.overview import OF_DOCUMENT, OF_ITEM, overview_batch, with_shared
from pipeline.dataset.store.published import published, worst_first
from pipeline.dataset.store.schema import results, tables
from schemas.dataset import TableSpec

_ROWS = 4096


def batches(connection: sa.Connection, spec: TableSpec) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a table by document, then as they stand in it; review worst first.

    What a later version of a plan took the place of is in `documents` alone.
    """
    table = tables[spec.name]
    query = sa.select(*(published(table, column.name) for column in columns(spec)))
    query = query.join_from(results, table, table.c.result == results.c.number)
    if spec.name != "documents":
        query = query.where(results.c.superseded_by.is_(None))
    query = query.order_by(*worst_first() if spec.name == "review" else (), results.c.place)
    rows = connection.execution_options(yield_per=_ROWS).execute(query.order_by(table.c.ordinal))
    for part in rows.partitions():
        yield record_batch(spec, [tuple(row) for row in part])


def longest(connection: sa.Connection, spec: TableSpec) -> list[int]:
    """Return how many characters the longest text of each column has; 0 for other columns."""
    # As text: SQLAlchemy takes 2 ms to put each of these questions together, SQLite less to answer.
    lengths = ", ".join(
        f'COALESCE(MAX(LENGTH("{column.name}")), 0)' if column.type == "string" else "0"
        for column in columns(spec)
    )
    return list(connection.exec_driver_sql(f"SELECT {lengths} FROM {spec.name}").one())


def overview(
    connection: sa.Connection, wanted: "sa.Select[Any] | None" = None
) -> Iterator[pa.RecordBatch]:
    """Yield the rows of the sheet for people, by unit and number of the plan.

    `wanted` is a query for the result and ordinal of items: then only those are there. Why to look
    at a plan as a whole, at a section or a column, stands in the first of its rows that is there.
    """
    documents, items = tables["documents"], tables["items"]
    query = (
        sa.select(
            results.c.number,
            *(documents.c[name] for name in OF_DOCUMENT),
            *(items.c[name] for name in OF_ITEM),
            items.c.reasons,
        )
        .select_from(results)
        .join(documents, documents.c.result == results.c.number)
        .join(items, items.c.result == results.c.number)
        .where(results.c.superseded_by.is_(None))
        .order_by(results.c.shown_place, results.c.place, items.c.ordinal)
    )
    if wanted is not None:
        query = query.where(sa.tuple_(items.c.result, items.c.ordinal).in_(wanted))
    first = 1
    before = None
    for part in connection.execution_options(yield_per=_ROWS).execute(query).partitions():
        shared = _of_no_item(connection, {row.number for row in part})
        rows = []
        for number, *row, reasons in part:
            shown = reasons if number == before else with_shared(shared.get(number, ()), reasons)
            rows.append((*row, shown))
            before = number
        yield overview_batch(rows, first)
        first += len(part)


def _of_no_item(
    connection: sa.Connection, numbers: Collection[int]
) -> dict[int, list[tuple[str, int | None]]]:
    """What is doubted of results besides their items, the worst first: reason and page."""
    review = tables["review"]
    query = sa.select(review.c.result, review.c.reason_vi, review.c.page)
    query = query.where(review.c.result.in_(numbers), review.c.item_id.is_(None))
    found = defaultdict(list)
    for number, reason, page in connection.execute(query.order_by(*worst_first())):
        found[number].append((reason, page))
    return found
