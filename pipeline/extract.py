"""The way of a document through the house: open, read, find tables, stitch, interpret."""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from pipeline import readings
from pipeline.agencies import Office
from pipeline.correct.texts import with_texts
from pipeline.correct.told import Told
from pipeline.ingest import open_source, sha256_of
from pipeline.interpret import interpret, printed_texts
from pipeline.job import Job
from pipeline.letters.context import in_context
from pipeline.messages import failure_from
from pipeline.read.readers import reader_of
from pipeline.settings import Settings
from pipeline.stitch import stitch
from pipeline.stitch.beside import columns_beside
from pipeline.stitch.page_order import doubled_pages, order_doubts
from pipeline.tables.find import find_tables, lines_outside
from pipeline.tables.sheets import as_pages
from schemas.correction import Correction
from schemas.failure import FailureCode, PhulucError
from schemas.outcome import Outcome
from schemas.page import TextLine
from schemas.plan import Plan
from schemas.reading import Reading, Source, Stitched
from schemas.table import PageTable

_log = logging.getLogger(__name__)


def extract_plan(job: Job) -> Plan:
    """Return the plan that a file holds; raises PhulucError where it cannot be done.

    A reading that lies in the folder `kept` of the job is not done again, one that does not is put
    there.
    """
    return _interpreted(job, job.sha256)[0]


def _interpreted(job: Job, sha256: str | None) -> tuple[Plan, Stitched]:
    """The plan of a file, and the tables that it was made of."""
    source = open_source(job.path, job.source_file, sha256)
    reading = read_source(source, job.settings, job.kept)
    stitched = stitch_reading(source, reading, job.settings, job.office, job.corrections)
    plan = interpret(stitched, job.settings, job.office)
    if job.debug is not None:
        from pipeline.debug import draw_pages  # noqa: PLC0415  only on demand

        draw_pages(stitched, plan, job.debug, job.settings)
    return plan, stitched


def read_source(source: Source, settings: Settings, kept: Path | None = None) -> Reading:
    """Return what a reader gives of a file, or gave of it earlier; raises as `extract_plan`."""
    found = readings.find(kept, source.sha256, settings) if kept else None
    if found is not None:
        return found
    reading = reader_of(source.kind).read(source, settings, kept)
    if kept:
        readings.keep(kept, source.sha256, reading, settings)
    return reading


def stitch_reading(
    source: Source,
    reading: Reading,
    settings: Settings,
    office: Office,
    corrections: Sequence[Correction] = (),
) -> Stitched:
    """Return a reading with its tables found and made whole over page breaks.

    Letters that an OCR took for others are mended, names by those that the office has; then
    people's corrections are laid over.
    """
    page_tables: Mapping[int, Sequence[PageTable]]
    outside: Mapping[int, Sequence[TextLine]]
    if reading.exact is not None:
        page_tables, outside = reading.exact.tables, reading.exact.outside
    else:
        reading = replace(reading, pages=as_pages(reading.pages))
        page_tables = find_tables(reading.pages)
        outside = {p.number: lines_outside(p, page_tables[p.number]) for p in reading.pages}
    paged = reading.exact is None
    doubled = doubled_pages(reading.pages, page_tables, outside) if paged else []
    left_out = {page for decision in doubled if (page := decision.page) is not None}
    pages = [page for page in reading.pages if page.number not in left_out]
    outside = {**outside, **dict.fromkeys(left_out, ())}
    doubts = order_doubts(pages, page_tables, outside) if paged else []
    kept = {page.number: page_tables[page.number] for page in pages}
    page_tables, beside = columns_beside(kept) if paged else (kept, [])
    in_order = [table for page in pages for table in page_tables[page.number]]
    told = Told.of(corrections, reading.pages)
    tables, joins = stitch(pages, in_order, outside, settings, told)
    noted = [*reading.decisions, *doubled, *doubts, *beside, *joins]
    stitched = Stitched(source, reading, tables, outside, noted, tuple(corrections))
    if settings.context:
        stitched = in_context(stitched, office)
    return with_texts(stitched, corrections)


def extract_document(job: Job) -> Outcome:
    """Return what became of a file: its plan, or its named error. Never raises for its faults."""
    name, sha256 = job.source_file, job.sha256
    try:
        sha256 = sha256 or sha256_of(job.path)
        plan, stitched = _interpreted(job, sha256)
        tables = printed_texts(stitched.tables)
        return Outcome(source_file=name, sha256=sha256, plan=plan, tables=tables)
    except PhulucError as error:
        return Outcome(source_file=name, sha256=sha256, failure=failure_from(error, name))
    except MemoryError:
        too_large = PhulucError(FailureCode.TOO_LARGE, stage="extract", limit="memory")
        return Outcome(source_file=name, sha256=sha256, failure=failure_from(too_large, name))
    except Exception as error:
        _log.exception("unexpected error in %s", name)
        internal = PhulucError(FailureCode.INTERNAL, stage="extract", reason=repr(error))
        return Outcome(source_file=name, sha256=sha256, failure=failure_from(internal, name))
