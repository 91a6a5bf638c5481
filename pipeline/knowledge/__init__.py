"""Knowledge as data: files that an official can read and correct, and how they are loaded."""

from pathlib import Path
from typing import Any

import yaml


def read_bytes(name: str) -> bytes:
    """Return the content of a knowledge file."""
    return (Path(__file__).parent / name).read_bytes()


def read_text(name: str) -> str:
    """Return the text of a knowledge file (UTF-8, with or without a byte order mark)."""
    return read_bytes(name).decode("utf-8-sig")


def load_yaml(name: str) -> Any:
    """Return a YAML knowledge file as plain lists and dicts."""
    return yaml.load(read_text(name), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
