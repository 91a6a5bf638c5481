"""The index over what items say, without tones: FTS5 on SQLite, a text search vector on PostgreSQL.

The text is folded before it gets here: FTS5 by itself would keep đ apart and half of the letters.
"""

from typing import Any

import sqlalchemy as sa

from pipeline.dataset.store.schema import ITEM_BITS, item_texts

_FTS5 = """
CREATE VIRTUAL TABLE IF NOT EXISTS item_index
USING fts5(folded, content='item_texts', content_rowid='number', columnsize=0)
"""
_VECTOR = """
ALTER TABLE item_texts ADD COLUMN IF NOT EXISTS words tsvector
GENERATED ALWAYS AS (to_tsvector('simple', folded)) STORED
"""


def create_index(connection: sa.Connection) -> None:
    """Make the index, if it is not there."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_FTS5)
    else:
        connection.exec_driver_sql(_VECTOR)
        connection.exec_driver_sql(
            "CREATE INDEX IF NOT EXISTS item_texts_words ON item_texts USING gin (words)"
        )


def drop_index(connection: sa.Connection) -> None:
    """Take the index away, with all that is in it."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TABLE IF EXISTS item_index")


def index_result(connection: sa.Connection, result: int) -> None:
    """Index the texts of a result, which are in `item_texts` already."""
    _into_fts5(connection, "INSERT INTO item_index (rowid, folded)", result)


def unindex_result(connection: sa.Connection, result: int) -> None:
    """Take the texts of a result out of the index, while they are still in `item_texts`."""
    _into_fts5(
        connection, "INSERT INTO item_index (item_index, rowid, folded)", result, "'delete', "
    )


def _into_fts5(connection: sa.Connection, into: str, result: int, command: str = "") -> None:
    if connection.dialect.name == "sqlite":  # PostgreSQL keeps its column up to date by itself
        connection.exec_driver_sql(
            f"{into} SELECT {command}number, folded FROM item_texts WHERE number BETWEEN ? AND ?",
            (result << ITEM_BITS, (result + 1 << ITEM_BITS) - 1),
        )


def items_with(connection: sa.Connection, words: str) -> "sa.Select[Any]":
    """Return the query for result and item of those whose text holds these folded words so."""
    if connection.dialect.name == "sqlite":
        # Quoted it is a phrase, whatever signs of FTS5 it holds.
        matching = sa.text("SELECT rowid AS number FROM item_index WHERE item_index MATCH :words")
        found = matching.bindparams(words=f'"{words}"').columns(sa.column("number", sa.Integer))
        number = found.subquery().c.number
        return sa.select(number.op(">>")(ITEM_BITS), number.op("&")((1 << ITEM_BITS) - 1))
    vector: sa.ColumnElement[object] = sa.literal_column("item_texts.words")
    holds = vector.op("@@")(sa.func.phraseto_tsquery("simple", words))
    return sa.select(item_texts.c.result, item_texts.c.item).where(holds)
