"""Columns as they are published: what documents have to do with one another is settled later."""

from typing import Any

import sqlalchemy as sa

from pipeline.dataset.rows import BETWEEN
from pipeline.dataset.store.schema import results, tables


def published(table: sa.Table, name: str) -> "sa.ColumnElement[Any]":
    """Return a column of a table, which is joined to its results, as it is published."""
    if table.name == "documents" and name in ("superseded_by", "other_sources", "twin_of"):
        return results.c[name]
    if (table.name, name) == ("documents", "flags"):
        return _flags(table.c.flags)
    if (table.name, name) == ("documents", "review_state"):
        return _state()
    if (table.name, name) == ("documents", "approved_by"):
        return sa.case((_state() == "approved", results.c.approved_by), else_=None)
    return table.c[name]


def _state() -> "sa.ColumnElement[Any]":
    """How far the review of a document is; null for what a later version took the place of."""
    review = tables["review"].c
    doubted = sa.exists().where(review.result == results.c.number).correlate(results)
    return sa.case(
        (results.c.superseded_by.is_not(None), sa.null()),
        (doubted, "to_review"),
        (results.c.approved_by.is_not(None), "approved"),
        else_="reviewed",
    )


def _flags(own: "sa.ColumnElement[str]") -> "sa.ColumnElement[str]":
    """The flags of a document with those that say what it has to do with another."""
    flags = own
    for holds, flag in (
        (results.c.later_than.is_not(None), "possible_new_version"),
        (results.c.twin_said.is_(False), "twin_of"),
        (results.c.twin_differs.is_(True), "differs_from_twin"),
    ):
        before = sa.case((flags == "", ""), else_=flags + BETWEEN)
        flags = sa.case((holds, before + flag), else_=flags)
    return flags


def worst_first() -> "tuple[sa.ColumnElement[Any], ...]":
    """Return by what `review` is ordered, before the place of its documents."""
    review = tables["review"].c
    return (
        review.severity.desc(),
        sa.func.coalesce(review.score, 1.0),
        review.source_file,
        sa.func.coalesce(review.page, 0),
        sa.func.coalesce(review.top, 0.0),
        sa.func.coalesce(review.x0, 0.0),
        review.reasons,
        review.text,
    )
