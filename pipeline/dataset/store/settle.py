"""What plans have to do with one another, settled anew where one came, went or changed.

Results that came are not settled, nor are those that had something in common with one that went.
With each of them its whole group is settled anew, so that it does not matter in what order they
came; all other groups stay as they are.
"""

from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from pipeline.dataset.store.schema import results, tables
from pipeline.dataset.store.twins import STAMPED, forget_twins, settle_twins
from pipeline.dataset.store.versions import forget_versions, settle_versions
from pipeline.dataset.store.write import note_change

_OF_RESULT = (
    "number", "path", "document_id", "source_file", "sent", "versions_of", "twins_of", "is_office",
    "superseded_by", "later_than", "twin_of", "twin_said", "place",
)  # fmt: skip
# Without an office's file there are no twins, however many prints a unit has sent.
_OF_OFFICE = sa.select(results.c.twins_of).where(
    results.c.is_office.is_(True), results.c.twins_of != ""
)
_unsettled = results.c.settled.is_(False)


def settle(connection: sa.Connection, out: Path) -> None:
    """Note which plans took the place of others, and which are the same in another form."""
    if connection.scalar(sa.select(results.c.number).where(_unsettled).limit(1)) is None:
        return
    _unsettle(connection, results.c.versions_of, results.c.versions_of != "")
    changed = set(connection.scalars(sa.select(results.c.versions_of).where(_unsettled)))
    _unsettle(connection, results.c.twins_of, results.c.twins_of.in_(_OF_OFFICE))
    forget_twins(connection, out, _plans(connection))
    versions = [plan for plan in _plans(connection) if plan.versions_of in changed]
    forget_versions(connection, versions)
    for group in _groups(versions, "versions_of"):
        settle_versions(connection, group)
    standing = [plan for plan in _plans(connection) if plan.superseded_by is None]
    for group in _groups(standing, "twins_of"):
        settle_twins(connection, out, group)
    connection.execute(results.update().where(_unsettled).values(settled=True))
    note_change(connection)


def _unsettle(
    connection: sa.Connection, key: "sa.ColumnElement[str]", holds: "sa.ColumnElement[bool]"
) -> None:
    """Where one of a group is not settled, none is."""
    keys = sa.select(key).where(_unsettled, holds)
    connection.execute(results.update().where(key.in_(keys)).values(settled=False))


def _plans(connection: sa.Connection) -> list["sa.Row[Any]"]:
    """The plans that are not settled, in the order in which they are published."""
    documents = tables["documents"].c
    query = (
        sa.select(
            *(results.c[name] for name in _OF_RESULT),
            *(documents[name] for name in STAMPED),
        )
        .join_from(results, tables["documents"], documents.result == results.c.number)
        .where(_unsettled)
    )
    # Put in order here: by its index SQLite would go through all that are settled as well.
    return sorted(connection.execute(query), key=attrgetter("place"))


def _groups(plans: Sequence["sa.Row[Any]"], key: str) -> list[list["sa.Row[Any]"]]:
    """Those of several plans that have this in common."""
    groups: defaultdict[str, list[sa.Row[Any]]] = defaultdict(list)
    for plan in plans:
        groups[plan._mapping[key]].append(plan)
    return [group for of, group in groups.items() if of and len(group) > 1]
