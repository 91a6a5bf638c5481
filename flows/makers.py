"""What would make a result of a file now, and whether what is there of it was made so."""

import hashlib

from flows.run import Run
from flows.sources import InputFile
from pipeline.correct.log import standing_of_all
from pipeline.dataset import read_plan
from pipeline.dataset.names import plan_path
from pipeline.version import current
from schemas.correction import Correction
from schemas.failure import EnvironmentLacks
from schemas.plan import Plan, ProducedBy


class Makers:
    """What would make a result now: of each content, with OCR or without.

    Corrections are looked up once, when it is made.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._corrections = standing_of_all(run.out)
        self._known: dict[tuple[bool, tuple[Correction, ...]], ProducedBy | None] = {}

    def digest(self, sha256: str | None, *, ocr: bool) -> str | None:
        """Return the digest of it; None where the machine lacks what it takes."""
        made_by = self._of(sha256, ocr=ocr)
        return None if made_by is None else digest_of(made_by)

    def unchanged_plan(self, document: InputFile) -> Plan | None:
        """Return the plan that is there, if it is of this very file and made as now; else None.

        What was read before Tesseract went away cannot be read better without it, and is as now.
        """
        try:
            plan = read_plan(plan_path(self._run.out, document.name))
        except (OSError, ValueError):
            return None
        of_file = (plan.document.source_file, plan.document.sha256)
        if of_file != (document.source_file, document.sha256):
            return None
        made_by = self._of(document.sha256, ocr=plan.produced_by.ocr is not None)
        return plan if made_by in (None, plan.produced_by) else None

    def _of(self, sha256: str | None, *, ocr: bool) -> ProducedBy | None:
        corrections = self._corrections.get(sha256 or "", ())
        key = ocr, corrections
        if key not in self._known:
            self._known[key] = self._made(ocr, corrections)
        return self._known[key]

    def _made(self, ocr: bool, corrections: tuple[Correction, ...]) -> ProducedBy | None:
        run = self._run
        try:
            return current(run.office.version, run.settings, ocr=ocr, corrections=corrections)
        except EnvironmentLacks:
            return None


def digest_of(made_by: ProducedBy) -> str:
    """Return what made a result as 16 hex digits."""
    return hashlib.sha256(made_by.model_dump_json().encode()).hexdigest()[:16]
