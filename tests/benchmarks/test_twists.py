"""The twisted inputs, and how a result is judged."""

import pytest

from pipeline.agencies import shipped_office
from pipeline.extract import extract_document
from pipeline.job import Job
from pipeline.settings import Settings
from tests.benchmarks.corpus.twists import plan
from tests.benchmarks.corpus.twists.__main__ import TWISTS, judged


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    path = tmp_path_factory.mktemp("twists") / "base.pdf"
    TWISTS["base"].make(path)
    return extract_document(Job(path, path.name, Settings(), shipped_office()))


def test_the_plan_without_a_twist_is_read_right(outcome):
    verdict, _ = judged(outcome, plan.gold(), "")
    assert verdict == "right"


def test_a_wrong_value_without_a_doubt_is_silent(outcome):
    gold = plan.gold()
    gold["items"][0]["lead_names"] = ["Phòng Nội vụ"]
    assert judged(outcome, gold, "")[0] == "silent"


def test_a_doubt_that_is_asked_for_must_be_shown(outcome):
    assert judged(outcome, plan.gold(), "page_missing")[0] == "silent"


def test_names_are_not_taken_twice():
    assert all(name == twist.name for name, twist in TWISTS.items())
