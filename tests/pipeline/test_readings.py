import shutil
from pathlib import Path
from typing import NamedTuple

import grimp
import pytest
from PIL import Image

from pipeline import extract, readings
from pipeline.agencies import shipped_office
from pipeline.extract import extract_document
from pipeline.ingest import open_source
from pipeline.job import Job
from pipeline.read.ocr import engines
from pipeline.read.pages import read_pages
from pipeline.read.scan.render import render_page
from pipeline.settings import Settings
from schemas.failure import EnvironmentLacks, FailureCode
from schemas.reading import Reading

SAMPLES = Path(__file__).parents[2] / "samples"
DIGITAL, SCAN = SAMPLES / "chi-lang-papi-2024.pdf", SAMPLES / "chi-lang-papi-2024-scan.pdf"
needs_tesseract = pytest.mark.skipif(
    not shutil.which("tesseract"), reason="Tesseract not installed"
)


class Described(NamedTuple):
    """An engine that is what it says it is, or is not there."""

    said: str | None

    def describe(self):
        if self.said is None:
            raise EnvironmentLacks(FailureCode.TESSERACT_MISSING, stage="read")
        return self.said


@pytest.fixture
def nothing_is_read(monkeypatch):
    """Lets a test fail where a file is read after all."""

    def refuse(*_, **__):
        raise AssertionError("read again")

    return lambda: monkeypatch.setattr(extract, "reader_of", refuse)


def plan_of(path: Path, folder: Path, **settings):
    outcome = extract_document(
        Job(path, path.name, Settings(**settings), shipped_office(), kept=folder)
    )
    assert outcome.plan is not None, outcome.failure
    return outcome.plan


def kept_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def picture(tmp_path) -> Path:
    """The last page of the scan: one is read in a sixth of the time of all."""
    path = tmp_path / "page.png"
    pixels = render_page(open_source(SCAN, "x"), 6, 60_000_000).pixels
    Image.fromarray(pixels[:, :, ::-1]).save(path, dpi=(200, 200))
    return path


def same_when_kept(path: Path, folder: Path, nothing_is_read) -> bool:
    fresh = plan_of(path, folder)
    nothing_is_read()
    return plan_of(path, folder).model_dump_json() == fresh.model_dump_json()


def test_a_kept_reading_gives_the_same_plan_to_the_last_byte(tmp_path, nothing_is_read):
    assert same_when_kept(DIGITAL, tmp_path / "kept", nothing_is_read)


@needs_tesseract
def test_so_does_that_of_a_scan(picture, tmp_path, nothing_is_read):
    assert same_when_kept(picture, tmp_path / "kept", nothing_is_read)


def test_a_reading_comes_back_equal(tmp_path):
    reading = read_pages(open_source(DIGITAL, "x"), Settings())
    readings.keep(tmp_path, "ab12", reading, Settings())
    assert readings.find(tmp_path, "ab12", Settings()) == reading


def test_it_is_found_under_another_name_of_the_file(tmp_path, nothing_is_read):
    plan_of(DIGITAL, tmp_path)
    nothing_is_read()
    outcome = extract_document(
        Job(DIGITAL, "huyện/khác.pdf", Settings(), shipped_office(), kept=tmp_path)
    )
    assert outcome.plan.document.source_file == "huyện/khác.pdf"


@pytest.mark.parametrize(
    "changed", [{"join_rows": False}, {"join_threshold": 0.9}, {"agency_accept": 0.99}]
)
def test_what_an_office_decides_reads_nothing_anew(changed, tmp_path, nothing_is_read):
    before = plan_of(DIGITAL, tmp_path)
    nothing_is_read()
    after = plan_of(DIGITAL, tmp_path, **changed)
    assert after.produced_by.settings != before.produced_by.settings


def test_joins_are_judged_anew_from_a_kept_reading(tmp_path, nothing_is_read):
    joined = plan_of(DIGITAL, tmp_path)
    nothing_is_read()
    assert len(plan_of(DIGITAL, tmp_path, join_rows=False).items) > len(joined.items)


@pytest.mark.parametrize("changed", [{"max_pixels": 50_000_000}, {"ocr_language": "eng"}])
def test_settings_that_reading_depends_on_read_anew(changed, tmp_path):
    plan_of(DIGITAL, tmp_path)
    sha256 = open_source(DIGITAL, "x").sha256
    assert readings.find(tmp_path, sha256, Settings()) is not None
    assert readings.find(tmp_path, sha256, Settings(**changed)) is None


def test_a_changed_reader_reads_anew_and_leaves_no_old_reading(tmp_path, monkeypatch):
    plan_of(DIGITAL, tmp_path)
    (old,) = kept_files(tmp_path)
    monkeypatch.setattr(readings, "_digest_of_code", lambda: b"another")
    assert readings.find(tmp_path, open_source(DIGITAL, "x").sha256, Settings()) is None
    plan_of(DIGITAL, tmp_path)
    (new,) = kept_files(tmp_path)
    assert new != old


@pytest.mark.parametrize("damage", [b"", b"\x00" * 9, "half"])
def test_a_damaged_reading_counts_as_none(damage, tmp_path):
    before = plan_of(DIGITAL, tmp_path)
    (path,) = kept_files(tmp_path)
    whole = path.read_bytes()
    if damage == "half":
        path.write_bytes(whole[: len(whole) // 2])
    else:
        path.write_bytes(damage)
    assert plan_of(DIGITAL, tmp_path) == before
    assert path.read_bytes() == whole


def test_another_engine_or_language_data_read_anew(tmp_path, monkeypatch):
    reading = read_pages(open_source(DIGITAL, "x"), Settings())
    readings.keep(tmp_path, "ab12", Reading(reading.pages, engine="a 1"), Settings())
    for described, holds in (("a 1", True), ("a 2", False)):
        monkeypatch.setattr(engines, "engine_of", lambda _, said=described: Described(said))
        found = readings.find(tmp_path, "ab12", Settings())
        assert (found is not None) == holds


def test_what_was_read_stays_where_the_engine_has_gone(tmp_path, monkeypatch):
    reading = read_pages(open_source(DIGITAL, "x"), Settings())
    readings.keep(tmp_path, "ab12", Reading(reading.pages, engine="a 1"), Settings())

    monkeypatch.setattr(engines, "engine_of", lambda _: Described(None))
    assert readings.find(tmp_path, "ab12", Settings()) is not None


# They do not say what is read, only where and how it is done.
HOW = {"pipeline.files.atomic", "pipeline.parallel", "pipeline.settings"}


def test_all_code_that_reads_decides_whether_a_reading_holds():
    graph = grimp.build_graph("pipeline", "schemas", cache_dir=None)
    rooms = ("pipeline.read", "pipeline.tables")
    readers = {name for room in rooms for name in (room, *graph.find_descendants(room))}
    used = set().union(*map(graph.find_upstream_modules, readers))
    counted = tuple(name.removesuffix(".py").replace("/", ".") for name in readings._READS)
    assert {name for name in used | readers if not name.startswith(counted)} == HOW
    assert all((Path(readings.__file__).parents[1] / name).exists() for name in readings._READS)


def test_all_knowledge_that_only_interpreting_asks_for_exists():
    knowledge = Path(readings.__file__).parent / "knowledge"
    assert [name for name in readings._INTERPRETS if not (knowledge / name).is_file()] == []
