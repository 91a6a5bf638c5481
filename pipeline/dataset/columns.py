"""The columns of a table as its model declares them: what every writer goes by."""

from datetime import date
from functools import cache
from types import UnionType
from typing import Literal, Union, get_args, get_origin

from msgspec import Struct

from schemas.dataset import TableSpec

ValueType = Literal["string", "integer", "number", "date"]

_TYPES: dict[type, ValueType] = {
    str: "string",
    int: "integer",
    float: "number",
    date: "date",
}


class ColumnSpec(Struct, frozen=True):
    """A column as its model declares it. `choices` are the only values that it may have, if any."""

    name: str
    title_vi: str
    description: str
    type: ValueType
    nullable: bool
    choices: tuple[str, ...] = ()


@cache
def columns(spec: TableSpec) -> tuple[ColumnSpec, ...]:
    """Return the columns of a table in the order of its model's fields."""
    return tuple(
        _column(name, info.title, info.description, info.annotation)
        for name, info in spec.row.model_fields.items()
    )


def _column(
    name: str, title: str | None, description: str | None, annotation: object
) -> ColumnSpec:
    union = get_origin(annotation) in (Union, UnionType)
    parts = get_args(annotation) if union else (annotation,)
    nullable = type(None) in parts
    (kind,) = (part for part in parts if part is not type(None))
    choices = get_args(kind) if get_origin(kind) is Literal else ()
    value_type = "string" if choices else _TYPES[kind]
    return ColumnSpec(name, title or name, description or "", value_type, nullable, choices)
