"""Knowledge as data: files that an official can read and correct, and how they are loaded."""

from importlib.resources import files
from typing import Any

import yaml


def read_text(name: str) -> str:
    """Return the content of a knowledge file (UTF-8)."""
    return files(__name__).joinpath(name).read_text("utf-8")


def load_yaml(name: str) -> Any:
    """Return a YAML knowledge file as plain lists and dicts."""
    return yaml.load(read_text(name), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
