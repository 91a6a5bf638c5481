"""Objects of a PDF as pdfminer gives them, references followed; what is of another kind is empty.

A damaged file may hold anything anywhere.
"""

from typing import Any

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral

Matrix = tuple[float, float, float, float, float, float]
Rect = tuple[float, float, float, float]  # x0, y0, x1, y1: points, y upwards


def name_of(value: Any) -> str:
    """Return a name without its slash; "" for what is none."""
    found = resolve1(value)
    return str(found.name) if isinstance(found, PSLiteral) else ""


def list_of(value: Any) -> list[Any]:
    """Return the members of an array, which may be references; [] for what is none."""
    found = resolve1(value)
    return found if isinstance(found, list) else []


def dict_of(value: Any) -> dict[str, Any]:
    """Return a dictionary, whose values may be references; {} for what is none."""
    found = resolve1(value)
    return found if isinstance(found, dict) else {}
