import hashlib
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dataset.names import (
    NamedResult,
    assign_names,
    choose_names,
    copies,
    failure_path,
    plan_path,
    safe_stem,
)
from pipeline.dataset.plans import write_outcome
from schemas.failure import Failure, FailureCode
from schemas.outcome import Outcome

OUT = Path("out")


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def failed(source_file):
    failure = Failure(
        source_file=source_file,
        code=FailureCode.EMPTY_FILE,
        stage="ingest",
        page=None,
        message="m",
        hint="h",
        message_vi="m",
        hint_vi="h",
    )
    return Outcome(source_file=source_file, sha256=None, failure=failure)


@pytest.fixture
def run(tmp_path, make_plan):
    """Does what a run does with files given as {source file: content}; None is a failing file."""

    def run(failing=(), **contents):
        sources = [(name, sha(content)) for name, content in contents.items()]
        names = assign_names(sources, tmp_path)
        repeated = copies(sources)
        for source_file, content in contents.items():
            if source_file in failing:
                write_outcome(tmp_path, names[source_file], failed(source_file))
            elif source_file not in repeated:
                plan = make_plan(source_file, content=content)
                outcome = Outcome(source_file=source_file, sha256=sha(content), plan=plan)
                write_outcome(tmp_path, names[source_file], outcome)
        return names

    return run


def listing(out):
    """What lies in plans/ and failed/: name and the source file that it is of."""
    plans = {
        p.name: json.loads(p.read_text("utf-8"))["document"]["source_file"]
        for p in (out / "plans").glob("*")
    }
    failures = {
        p.name: json.loads(p.read_text("utf-8"))["source_file"] for p in (out / "failed").glob("*")
    }
    return plans, failures


def test_first_gets_the_stem_and_others_its_sha8(run):
    names = run(**{"b/Phu luc.pdf": "B", "c/Phu luc.png": "C", "a/Phu luc.pdf": "A"})
    assert names == {
        "a/Phu luc.pdf": "Phu luc",
        "b/Phu luc.pdf": f"Phu luc-{sha('B')[:8]}",
        "c/Phu luc.png": f"Phu luc-{sha('C')[:8]}",
    }


def test_names_are_kept_when_an_earlier_path_arrives(run):
    run(**{"m/P.pdf": "M"})
    names = run(**{"a/P.pdf": "A", "m/P.pdf": "M changed"})
    assert names == {"m/P.pdf": "P", "a/P.pdf": f"P-{sha('A')[:8]}"}


def test_a_second_run_gives_the_same_names(run, tmp_path):
    files = {"a/P.pdf": "A", "b/P.pdf": "B", "c/p.PDF": "C", "d/P.pdf": "A"}
    first = run(failing=("b/P.pdf",), **files)
    before = listing(tmp_path)
    assert run(failing=("b/P.pdf",), **files) == first
    assert listing(tmp_path) == before


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a/Phu Luc.pdf", "b/phu luc.pdf"),
        ("a/Phụ lục.pdf", unicodedata.normalize("NFD", "b/Phụ lục.pdf")),
        ("a/Straße.pdf", "b/STRASSE.pdf"),
    ],
)
def test_stems_that_some_file_system_takes_for_one_collide(run, one, other):
    names = run(**{one: "1", other: "2"})
    assert names[one] == unicodedata.normalize("NFC", one[2:-4])
    assert names[other].endswith(f"-{sha('2')[:8]}")


def test_same_content_elsewhere_replaces_the_earlier_document(run, tmp_path):
    run(**{"scan1.pdf": "X"})
    assert run(**{"chi-lang.pdf": "X"}) == {"chi-lang.pdf": "chi-lang"}
    assert listing(tmp_path) == ({"chi-lang.json": "chi-lang.pdf"}, {})


def test_the_earlier_document_stays_until_it_is_replaced(run, tmp_path):
    run(**{"scan1.pdf": "X"})
    assign_names([("chi-lang.pdf", sha("X"))], tmp_path)
    assert listing(tmp_path)[0] == {"chi-lang.json": "scan1.pdf"}


def test_changed_content_replaces_the_document_under_its_name(run, tmp_path):
    run(**{"a/P.pdf": "A", "b/P.pdf": "B"})
    kept = f"P-{sha('B')[:8]}"
    assert run(**{"b/P.pdf": "B2"}) == {"b/P.pdf": kept}
    assert listing(tmp_path)[0] == {"P.json": "a/P.pdf", f"{kept}.json": "b/P.pdf"}


def test_a_file_that_turns_into_a_copy_takes_its_earlier_plan_along(run, tmp_path):
    run(**{"a.pdf": "A", "b.pdf": "B"})
    run(**{"a.pdf": "A", "b.pdf": "A"})
    assert listing(tmp_path)[0] == {"a.json": "a.pdf"}


def test_files_that_change_places(run, tmp_path):
    run(**{"a.pdf": "A", "b.pdf": "B"})
    run(**{"a.pdf": "B", "b.pdf": "A"})
    assert listing(tmp_path)[0] == {"a.json": "a.pdf", "b.json": "b.pdf"}


def test_copies_name_the_first_of_their_content():
    sources = [("c.pdf", "1" * 64), ("a.pdf", "1" * 64), ("b.pdf", "2" * 64), ("d.pdf", "1" * 64)]
    assert copies(sources) == {"c.pdf": "a.pdf", "d.pdf": "a.pdf"}


def test_failed_files_follow_the_same_rule_with_their_suffix(run, tmp_path):
    run(failing=("a/P.pdf", "b/P.pdf"), **{"a/P.pdf": "", "b/P.pdf": "B", "c/P.png": "C"})
    plans, failures = listing(tmp_path)
    assert failures == {"P.pdf.json": "a/P.pdf", f"P-{sha('B')[:8]}.pdf.json": "b/P.pdf"}
    assert plans == {f"P-{sha('C')[:8]}.json": "c/P.png"}


def test_success_takes_the_failure_away_and_the_other_way_round(run, tmp_path):
    files = {"a/P.pdf": "A", "b/P.pdf": "B"}
    run(failing=("a/P.pdf",), **files)
    assert run(failing=("b/P.pdf",), **files)["a/P.pdf"] == "P"
    assert listing(tmp_path) == ({"P.json": "a/P.pdf"}, {f"P-{sha('B')[:8]}.pdf.json": "b/P.pdf"})


def test_a_copy_does_not_stay_failed_when_its_original_is_done(run, tmp_path):
    files = {"a.pdf": "A", "b.pdf": "A"}
    run(failing=("a.pdf", "b.pdf"), **files)
    assert set(listing(tmp_path)[1]) == {"a.pdf.json", "b.pdf.json"}
    run(**files)
    assert listing(tmp_path) == ({"a.json": "a.pdf"}, {})


def test_what_is_no_plan_keeps_its_name(run, tmp_path):
    plan_path(tmp_path, "P").parent.mkdir()
    plan_path(tmp_path, "P").write_text("not JSON", encoding="utf-8")
    assert run(**{"P.pdf": "A"}) == {"P.pdf": f"P-{sha('A')[:8]}"}


def test_two_files_of_one_name_are_refused(tmp_path):
    with pytest.raises(ValueError, match="one source file name"):
        assign_names([("P.pdf", "1" * 64), ("P.pdf", "2" * 64)], tmp_path)


@pytest.mark.parametrize(
    ("source_file", "stem"),
    [
        ("KH 12.5.2024.pdf", "KH 12.5.2024"),
        ("a/Phụ lục: số 1?.pdf", "Phụ lục_ số 1_"),
        ("nul.pdf", "_nul"),
        ("COM1.old.pdf", "_COM1.old"),
        (".hidden.pdf", "_.hidden"),
        ("tail. .pdf", "tail"),
        (" .pdf", "_"),
        ("bad\udcff.pdf", "bad_"),
        ("line\nbreak.pdf", "line_break"),
    ],
)
def test_stems_become_safe_names(source_file, stem):
    assert safe_stem(source_file) == stem


def test_a_full_sha_is_used_where_short_ones_are_taken():
    digest = sha("B")
    taken = ["P", *(f"P-{digest[:digits]}" for digits in (8, 16, 32, 64))]
    entries = [NamedResult(name, f"x/{name}.pdf", sha(name)) for name in taken]
    assert choose_names([("b/P.pdf", digest)], entries) == {"b/P.pdf": f"P-{digest}-2"}


names_of_files = st.tuples(
    st.sampled_from("abc"), st.text("aAéE\u0301. -/", max_size=4), st.sampled_from([".pdf", ".Png"])
).map(lambda parts: f"{parts[0]}/{parts[1].strip('/')}{parts[2]}")


@given(
    st.dictionaries(names_of_files, st.sampled_from("1234567"), max_size=8),
    st.dictionaries(names_of_files, st.sampled_from("1234567"), max_size=8),
)
def test_names_are_never_shared_and_never_change(earlier, later):
    def with_sha(files):
        return [(name, sha(content)) for name, content in sorted(files.items())]

    first = choose_names(with_sha(earlier), [])
    entries = [NamedResult(first[name], name, digest) for name, digest in with_sha(earlier)]
    second = choose_names(with_sha(later), entries)
    assert all(second[name] == first[name] for name in second.keys() & first.keys())
    run_contents = {digest for _, digest in with_sha(later)}
    staying = [
        e.name for e in entries if e.source_file not in second and e.sha256 not in run_contents
    ]
    everything = [unicodedata.normalize("NFD", n).casefold() for n in [*second.values(), *staying]]
    assert len(set(everything)) == len(everything)


@given(st.text(max_size=300), st.text(max_size=50))
def test_every_name_can_be_written(folder, stem):
    source_file = f"{folder}/{stem}.pdf"
    (name,) = choose_names([(source_file, "0" * 64)], []).values()
    for path in (plan_path(OUT, name), failure_path(OUT, name, source_file)):
        assert path.parent.name in ("plans", "failed")
        assert 0 < len(path.name.encode()) < 255
        assert not set(path.name) & set('<>:"/\\|?*\0\n')
        assert not path.name.startswith(".")
