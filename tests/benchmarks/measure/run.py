"""Runs the pipeline over documents, one child process each, and counts what is right."""

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from msgspec import Struct

from flows.isolate import children, run_isolated
from pipeline.agencies import shipped_office
from pipeline.extract import extract_document
from pipeline.job import Job
from pipeline.settings import Settings
from schemas.outcome import Outcome
from tests.benchmarks.measure.content import content_tally
from tests.benchmarks.measure.documents import CorpusDocument
from tests.benchmarks.measure.joins import join_tally, wrong_boundaries
from tests.benchmarks.measure.tables import table_tally
from tests.benchmarks.measure.tally import Tally


class Measured(Struct, frozen=True):
    """What came of one document. `failure` is the code of its named error, "" where it has none."""

    document: CorpusDocument
    tally: Tally
    wrong_boundaries: tuple[int, ...]
    failure: str
    produced_by: tuple[tuple[str, str], ...]


def measure_all(found: Sequence[CorpusDocument], workers: int) -> list[Measured]:
    """Return what came of each document, in their order; `workers` are read side by side."""
    settings = Settings(workers=max(1, (os.cpu_count() or 1) // workers))

    def one(document: CorpusDocument) -> Measured:
        job = Job(document.path, document.path.name, settings, shipped_office())
        outcome = run_isolated(extract_document, job)
        measured = measure(document, outcome)
        print(f"{document.path.name}: {_in_short(measured)}", file=sys.stderr, flush=True)
        return measured

    with children(), ThreadPoolExecutor(workers) as pool:
        return list(pool.map(one, found))


def measure(document: CorpusDocument, outcome: Outcome) -> Measured:
    """Return the counts of one outcome; a failed document has found nothing."""
    gold = document.gold()
    plan: dict[str, Any] = outcome.plan.model_dump(mode="json") if outcome.plan else {}
    about = Tally(
        documents=1,
        failed=outcome.plan is None,
        pages=gold.get("page_count") or plan.get("document", {}).get("pages", 0),
    )
    made = {k: v for k, v in plan.get("produced_by", {}).items() if v}
    return Measured(
        document=document,
        tally=about
        + content_tally(gold, plan)
        + join_tally(gold, plan)
        + table_tally(gold, plan, outcome.tables),
        wrong_boundaries=tuple(wrong_boundaries(gold, plan)),
        failure=outcome.failure.code if outcome.failure else "",
        produced_by=tuple(sorted(made.items())),
    )


def _in_short(measured: Measured) -> str:
    if measured.failure:
        return measured.failure
    tally = measured.tally
    return f"{tally.matched} of {tally.items} items, {tally.found} found"
