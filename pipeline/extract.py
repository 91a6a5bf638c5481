"""The way of a document through the house: open, read, find tables, stitch, interpret."""

import logging
from pathlib import Path

from pipeline.ingest import open_source, sha256_of
from pipeline.interpret import interpret
from pipeline.messages import failure_from
from pipeline.read.readers import reader_of
from pipeline.settings import Settings
from pipeline.stitch import stitch
from pipeline.tables.find import find_tables, lines_outside
from schemas.failure import FailureCode, PhulucError
from schemas.outcome import Outcome
from schemas.plan import Plan
from schemas.reading import Reading

_log = logging.getLogger(__name__)


def extract_plan(
    path: Path,
    name: str,
    settings: Settings,
    debug: Path | None = None,
    sha256: str | None = None,
) -> Plan:
    """Return the plan that a file holds; raises PhulucError where it cannot be done.

    With `debug`, a picture of every page with its rules, cells, words and joins is drawn there.
    `sha256` is that of the file's content, where it is known already.
    """
    reading = read_document(path, name, settings, sha256)
    plan = interpret(reading, settings)
    if debug is not None:
        from pipeline.debug import draw_pages  # noqa: PLC0415  only on demand

        draw_pages(reading, plan, debug, settings)
    return plan


def read_document(path: Path, name: str, settings: Settings, sha256: str | None = None) -> Reading:
    """Return what stands in a file, its tables stitched; raises PhulucError as `extract_plan`."""
    source = open_source(path, name, sha256)
    content = reader_of(source.kind).read(source, settings)
    pages = content.pages
    if content.exact is not None:
        page_tables, outside = content.exact.tables, content.exact.outside
    else:
        page_tables = find_tables(pages)
        outside = {p.number: lines_outside(p, page_tables[p.number]) for p in pages}
    in_order = [table for page in pages for table in page_tables[page.number]]
    tables, join_decisions = stitch(pages, in_order, outside, settings)
    return Reading(source, pages, tables, outside, [*content.decisions, *join_decisions])


def extract_document(
    path: Path,
    name: str,
    settings: Settings,
    debug: Path | None = None,
    sha256: str | None = None,
) -> Outcome:
    """Return what became of a file: its plan, or its named error. Never raises for its faults."""
    try:
        sha256 = sha256 or sha256_of(path)
        plan = extract_plan(path, name, settings, debug, sha256)
        return Outcome(source_file=name, sha256=sha256, plan=plan)
    except PhulucError as error:
        return Outcome(source_file=name, sha256=sha256, failure=failure_from(error, name))
    except MemoryError:
        too_large = PhulucError(FailureCode.TOO_LARGE, stage="extract", limit="memory")
        return Outcome(source_file=name, sha256=sha256, failure=failure_from(too_large, name))
    except Exception as error:
        _log.exception("unexpected error in %s", name)
        internal = PhulucError(FailureCode.INTERNAL, stage="extract", reason=repr(error))
        return Outcome(source_file=name, sha256=sha256, failure=failure_from(internal, name))
