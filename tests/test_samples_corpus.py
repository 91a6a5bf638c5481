"""The small corpus in samples/corpus/: every layout there is read as its gold says."""

import shutil
from pathlib import Path

import pytest

from pipeline.agencies import shipped_office
from pipeline.extract import extract_document
from pipeline.job import Job
from pipeline.settings import Settings
from tests.benchmarks.measure.documents import DIGITAL, CorpusDocument, documents
from tests.benchmarks.measure.run import Measured, measure

CORPUS = documents(Path(__file__).parents[1] / "samples" / "corpus")
BORN_DIGITAL = [each for each in CORPUS if each.grade == DIGITAL]
SCANS = [each for each in CORPUS if each.grade != DIGITAL]


def _measured(document: CorpusDocument) -> Measured:
    return measure(
        document,
        extract_document(Job(document.path, document.path.name, Settings(), shipped_office())),
    )


def _name(document: CorpusDocument) -> str:
    return document.path.stem


@pytest.mark.parametrize("document", BORN_DIGITAL, ids=_name)
def test_a_digital_document_is_read_to_the_letter(document: CorpusDocument):
    measured = _measured(document)
    tally = measured.tally
    assert (tally.matched, tally.found, tally.exact) == (tally.items, tally.items, tally.items)
    assert not measured.wrong_boundaries
    assert tally.accepted_right == tally.accepted


@pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract not installed")
@pytest.mark.parametrize("document", SCANS, ids=_name)
def test_every_row_of_a_scan_is_found_whole(document: CorpusDocument):
    measured = _measured(document)
    tally = measured.tally
    assert (tally.matched, tally.found) == (tally.items, tally.items)
    assert not measured.wrong_boundaries
    assert tally.errors <= 0.02 * tally.letters
    assert tally.accepted_right == tally.accepted


def test_the_corpus_holds_both_kinds():
    assert len(BORN_DIGITAL) >= 10
    assert {each.grade for each in SCANS} == {"fax200", "poor200"}
