"""Every failure, flag and reason that the program can utter has its words in both languages."""

import ast
import errno
import re
from pathlib import Path
from string import Formatter

import pytest
import yaml

import pipeline
from pipeline.messages import doubts, explain, failure_from, has_text, severity, tell
from schemas.errors import UserError
from schemas.failure import EnvironmentLacks, FailureCode, PhulucError

PACKAGE = Path(pipeline.__file__).parent
TEXTS = yaml.safe_load((PACKAGE / "knowledge" / "messages.yaml").read_text("utf-8"))
CODE = re.compile(r"[a-z]+(_[a-z]+)*")
CALLED = re.compile(r"flag|reason|doubt", re.IGNORECASE)


def sentences():
    """All texts, each a list of sentences."""
    for code, text in TEXTS["failures"].items():
        for lang in ("en", "vi"):
            for part in ("message", "hint"):
                yield pytest.param(text[lang][part], id=f"{code}-{lang}-{part}")
    for code, text in {**TEXTS["doubts"], **TEXTS["reasons"]}.items():
        for lang in ("en", "vi"):
            yield pytest.param(text[lang], id=f"{code}-{lang}")


@pytest.mark.parametrize("text", list(sentences()))
def test_texts_say_something_whatever_is_known(text):
    assert isinstance(text, list)
    assert all(isinstance(sentence, str) and sentence.strip() for sentence in text)
    assert not [name for _, name, _, _ in Formatter().parse(text[0]) if name]


@pytest.mark.parametrize("code", FailureCode)
def test_every_failure_is_explained_in_both_languages(code):
    failure = failure_from(PhulucError(code, stage="read"), "a/x.pdf")
    texts = [failure.message, failure.hint, failure.message_vi, failure.hint_vi]
    assert all(texts)
    assert len(set(texts)) == 4
    assert "{" not in "".join(texts)
    assert (failure.source_file, failure.code, failure.stage) == ("a/x.pdf", code, "read")


def test_details_are_filled_in_and_unknown_ones_left_out():
    error = EnvironmentLacks(FailureCode.LANGUAGE_MISSING, stage="read", language="vie")
    failure = failure_from(error, "x.pdf")
    assert failure.environment
    assert "apt-get install tesseract-ocr-vie" in failure.hint
    assert "apt-get install tesseract-ocr-vie" in failure.hint_vi
    known = failure_from(PhulucError(FailureCode.TIMEOUT, stage="read", page=3, seconds=9), "x.pdf")
    assert "3" in known.message
    assert "9" in known.message
    unknown = failure_from(PhulucError(FailureCode.TIMEOUT, stage="read"), "x.pdf")
    assert "Page" not in unknown.message
    assert not unknown.environment


def test_details_are_text_not_templates():
    error = PhulucError(FailureCode.DAMAGED_FILE, stage="ingest", reason="{page} {x!r} {")
    assert "{page} {x!r} {" in failure_from(error, "x.pdf").message


def test_missing_tesseract_says_what_to_install():
    failure = failure_from(EnvironmentLacks(FailureCode.TESSERACT_MISSING, stage="read"), "x.pdf")
    assert "apt-get install tesseract-ocr tesseract-ocr-vie" in failure.hint
    assert "apt-get install tesseract-ocr tesseract-ocr-vie" in failure.hint_vi


def test_a_code_without_a_text_is_shown_and_graded():
    assert not has_text("brand_new")
    assert "brand_new" in explain("brand_new", "vi")
    assert severity("brand_new") == severity("unlisted") > 0


def test_severities_order_the_doubts():
    assert all(0 <= text["severity"] <= 100 for text in TEXTS["doubts"].values())
    assert doubts()[0] == "plan_unusable"


def codes_uttered(source):
    """The codes that a module puts into something called flags, reasons or doubts.

    And those of timeframes, which are constants by other names.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and str(node.value).startswith("timeframe_"):
            named, values = "flag", [node]
        elif isinstance(node, ast.keyword):
            named, values = node.arg or "", [node.value]
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            named, values = " ".join(map(ast.unparse, targets)), [node.value]
        elif isinstance(node, ast.Call):
            named, values = ast.unparse(node.func), node.args
        elif isinstance(node, ast.FunctionDef):
            named, values = node.name, [n for n in ast.walk(node) if isinstance(n, ast.Return)]
        else:
            continue
        if CALLED.search(named):
            constants = [n for value in values if value for n in ast.walk(value)]
            yield from (
                n.value
                for n in constants
                if isinstance(n, ast.Constant)
                and isinstance(n.value, str)
                and CODE.fullmatch(n.value)
                and not CALLED.match(n.value)
            )


def test_codes_are_found_where_they_are_uttered():
    source = """
reasons = ["one_of", "not a code"]
flags.append("two_of")
_doubted(x, "seven")
Decision(reasons=("three_of",) if x else ())
other("four_of", kind="five_of")
def _flags(): return ("six_of",)
"""
    assert set(codes_uttered(source)) == {"one_of", "two_of", "three_of", "six_of", "seven"}


# The modules that decide; these only pass on what others decided.
MODULES = [
    path.relative_to(PACKAGE).as_posix()
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.parent.name not in ("dataset", "store") and path.name != "messages.py"
]


@pytest.mark.parametrize("module", MODULES)
def test_every_flag_and_reason_in_the_pipeline_has_a_text(module):
    missing = [
        code for code in codes_uttered((PACKAGE / module).read_text("utf-8")) if not has_text(code)
    ]
    assert not missing, f"add to knowledge/messages.yaml: {sorted(set(missing))}"


def test_every_code_of_the_review_list_has_a_text():
    decisions = ("row_join", "table_join", "header_drop", "column_role")
    codes = [f"{what}_{how}" for what in decisions for how in ("uncertain", "refused")]
    codes += ["agency_review", "agency_unresolved", "low_confidence", "timeframe_unknown"]
    codes += ["plan_unusable", "duplicate_document"]
    assert not [code for code in codes if not has_text(code)]


def strings(data):
    if isinstance(data, dict):
        yield from (text for pair in data.items() for part in pair for text in strings(part))
    elif isinstance(data, list):
        yield from (text for part in data for text in strings(part))
    elif isinstance(data, str):
        yield data


def test_every_code_in_the_knowledge_has_a_text():
    def load(name):
        return yaml.safe_load((PACKAGE / "knowledge" / name).read_text("utf-8"))

    weighed = {code for weights in load("join_weights.yaml").values() for code in weights} - {
        "bias"
    }
    timed = {text for text in strings(load("timeframes.yaml")) if text.startswith("timeframe_")}
    assert len(weighed) > 10
    assert len(timed) > 5
    assert not [code for code in sorted(weighed | timed) if not has_text(code)]


def test_what_the_system_says_is_told_in_the_language():
    full = UserError("cannot_write", path="kq", reason=OSError(errno.ENOSPC, "No space left"))
    assert "đĩa đã đầy" in tell(full, "vi")
    assert "the disk is full" in tell(full, "en")
    other = UserError("cannot_write", path="kq", reason=OSError(errno.ELOOP, "Too many links"))
    assert "Too many links" in tell(other, "vi")


def test_the_system_has_such_errors():
    assert [name for name in TEXTS["system"] if not hasattr(errno, name)] == []
