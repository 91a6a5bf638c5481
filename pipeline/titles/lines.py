"""Which lines of a document stand before its first table: its title block."""

from schemas.page import TextLine
from schemas.reading import Stitched


def lines_before_tables(stitched: Stitched) -> list[TextLine]:
    """Return the lines above the first table with a header; all lines where there is no table."""
    if not stitched.tables:
        return [line for page in stitched.pages for line in stitched.outside[page.number]]
    # A stamp's box or a small form above is no table of the plan: its rows have no header.
    headed = (table for table in stitched.tables if table.header)
    first = next(headed, stitched.tables[0]).parts[0]
    return [
        line
        for page in stitched.pages
        if page.number <= first.page
        for line in stitched.outside[page.number]
        if page.number < first.page or line.box.bottom <= first.box.top + 2
    ]
