"""From rules and words to the tables of each page."""

from pipeline.tables.find import find_tables, lines_outside

__all__ = ["find_tables", "lines_outside"]
