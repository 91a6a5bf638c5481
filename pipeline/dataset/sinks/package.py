"""The Frictionless Data Package that describes the tables (datapackage.json, specification v1)."""

import hashlib
import json
from pathlib import Path
from typing import Any

from pipeline.dataset.columns import ColumnSpec, columns
from schemas.dataset import TABLES, TableSpec


def datapackage_bytes(folder: Path) -> bytes:
    """Return datapackage.json for the CSV files in a folder."""
    package = {
        "profile": "data-package",
        "name": "phuluc-dataset",
        "title": "Phụ lục kế hoạch / Plan appendices",
        "description": (
            "What Vietnamese plan appendices say is to be done, by whom and by when. Text that a "
            "spreadsheet might run as a formula is preceded by an apostrophe in the CSV files."
        ),
        "resources": [_resource(spec, folder / f"{spec.name}.csv") for spec in TABLES],
    }
    return json.dumps(package, ensure_ascii=False, indent=1).encode() + b"\n"


def _resource(spec: TableSpec, path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "name": spec.name,
        "title": spec.title_vi,
        "description": spec.description,
        "profile": "tabular-data-resource",
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": _schema(spec),
    }


def _schema(spec: TableSpec) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, column.name in spec.primary_key) for column in columns(spec)],
        "missingValues": [""],
    }
    if spec.primary_key:
        schema["primaryKey"] = list(spec.primary_key)
    if spec.foreign_keys:
        schema["foreignKeys"] = [
            {
                "fields": list(key.fields),
                "reference": {"resource": key.table, "fields": list(key.fields)},
            }
            for key in spec.foreign_keys
        ]
    return schema


def _field(column: ColumnSpec, key: bool) -> dict[str, Any]:
    # A text that is not null may still be empty, and in CSV the two look alike.
    filled = key or (not column.nullable and (column.type != "string" or bool(column.choices)))
    constraints: dict[str, Any] = {"required": True} if filled else {}
    if column.choices:
        constraints["enum"] = list(column.choices)
    described = {
        "name": column.name,
        "type": column.type,
        "title": column.title_vi,
        "description": column.description,
    }
    return {**described, "constraints": constraints} if constraints else described
