"""A word that tells one name from another is never taken on trust."""

import pytest

from pipeline.agencies import IssuerContext, match_cell
from pipeline.agencies.registry.decisions import Verdicts
from pipeline.agencies.registry.entries import Entry
from pipeline.agencies.registry.registry import Registry, Thresholds

NAMES = ("Phòng Công bằng", "Phòng Công vằn", "Trạm Bơm nước Đông Hà", "Viện Xzyq")


@pytest.fixture(scope="module")
def registry():
    entries = {n: Entry(n, n, "district", "agency") for n in NAMES}
    return Registry(entries, "", Verdicts(), entries, Thresholds(0.93, 0.75))


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("Phòng Công bằng", "accepted"),
        ("Phòng Công vbằng", "review"),  # one letter from either
        ("Trạm Bơm nưxc Đông Hà", "accepted"),  # nothing else is called so
    ],
)
def test_the_word_that_tells_apart(registry, cell, status):
    (found,) = match_cell(cell, IssuerContext("district"), registry)
    assert found.status == status, found


def test_the_only_word_behind_the_head(registry):
    (found,) = match_cell("Viện Xzyqk", IssuerContext("district"), registry)
    assert found.status != "accepted"
