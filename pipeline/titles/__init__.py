"""Title blocks: what the document is, whose and of when, and what each appendix is called."""

from pipeline.titles.captions import Caption, is_caption, is_continuation, parse_caption
from pipeline.titles.fields import find_date, find_number
from pipeline.titles.head import DocumentHead, parse_head
from pipeline.titles.lines import lines_before_tables

__all__ = [
    "Caption",
    "DocumentHead",
    "find_date",
    "find_number",
    "is_caption",
    "is_continuation",
    "lines_before_tables",
    "parse_caption",
    "parse_head",
]
